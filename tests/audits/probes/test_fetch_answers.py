"""What comes back through the door, and what it says about itself when it asks."""

from dataclasses import replace
from importlib.metadata import version

import pytest

from audits.probes.door_settings import Stored
from audits.probes.exchange import Failure, Request, Response
from audits.probes.fetch import Door
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, Asked, LocalSites

HOST = "www.example.org"


def page(path: str = "/", **others: object) -> Request:
    return replace(Request(f"https://{HOST}{path}", "example"), **others)  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_page_comes_back_whole(scheme: str) -> None:
    answer = Answer(body="<p>Laman contoh</p>", headers={"X-Kind": "Contoh"})
    sites = LocalSites({HOST: {"/a?b=c": answer}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(Request(f"{scheme}://{HOST}/a?b=c#part", "example"))
    assert isinstance(reply, Response)
    assert reply.url == f"{scheme}://{HOST}/a?b=c"
    assert (reply.status, reply.text, reply.redirects) == (200, "<p>Laman contoh</p>", ())
    assert reply.headers["x-kind"] == "Contoh"
    assert sites.asked[0].scheme == scheme


@pytest.mark.parametrize(
    "status", [200, 204, 400, 401, 403, 404, 405, 410, 418, 500, 502, 503, 999]
)
async def test_every_status_is_an_answer_for_adapters_to_judge(status: int) -> None:
    sites = LocalSites({HOST: {"/": Answer(status, body="" if status == 204 else "why")}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(page())
    assert isinstance(reply, Response)
    assert reply.status == status


async def test_it_says_who_it_is_and_nothing_of_the_machine() -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings(contact="https://audit.example/\r\nX: y")) as door:
        await door.fetch(page())
    asked = sites.asked[0].headers
    assert asked["user-agent"] == f"rasmi/{version('rasmi')} (+https://audit.example/X:y)"
    assert set(asked) == {"host", "user-agent", "accept", "accept-encoding"}
    assert asked["accept-encoding"] == "gzip, deflate"


async def test_an_adapter_adds_headers_but_never_the_doors_own() -> None:
    headers = {
        "accept": "application/json",
        "X-Own": "1",
        "user-agent": "Googlebot",
        "HOST": "evil.example",
        "Cookie": "session=1",
        "Accept-Encoding": "br",
        "if-none-match": "x",
        "Content-Length": "7",
    }
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings()) as door:
        await door.fetch(page(headers=headers))
    asked = sites.asked[0].headers
    assert (asked["accept"], asked["x-own"], asked["host"]) == ("application/json", "1", HOST)
    assert asked["user-agent"].startswith("rasmi/")
    assert asked["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "if-none-match", "content-length"} & set(asked)


async def test_cookies_are_neither_kept_nor_passed_on() -> None:
    sites = LocalSites({HOST: {"/": Answer(headers={"Set-Cookie": "id=1; Path=/"})}})
    async with sites, Door(sites.settings()) as door:
        first, second = await door.fetch(page()), await door.fetch(page())
    assert isinstance(first, Response)
    assert isinstance(second, Response)
    assert "set-cookie" not in first.headers
    assert "cookie" not in sites.asked[1].headers


async def test_a_form_can_be_sent() -> None:
    sites = LocalSites({HOST: {"/": lambda asked: Answer(body=asked.method.encode() + asked.body)}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(page(method="POST", body=b"a=b"))
    assert isinstance(reply, Response)
    assert reply.body == b"POSTa=b"


@pytest.mark.parametrize(
    "method", ["HEAD", "PUT", "DELETE", "CONNECT", "get", "GET / HTTP/1.1\r\nX:"]
)
async def test_only_questions_are_asked(method: str) -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(page(method=method))
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.REFUSED
    assert sites.connections == 0


def _unchanged(asked: Asked) -> Answer:
    if asked.headers.get("if-none-match") == '"v1"':
        return Answer(304, headers={"ETag": '"v1"'})
    return Answer(body="new", headers={"ETag": '"v2"'})


async def test_a_stored_copy_that_still_holds_is_handed_back() -> None:
    stored = Stored('"v1"', "Fri, 20 Nov 2026 08:00:00 GMT", b"kept")
    sites = LocalSites({HOST: {"/": _unchanged}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(page(), stored=stored)
    assert isinstance(reply, Response)
    assert (reply.status, reply.not_modified, reply.body) == (304, True, b"kept")
    assert sites.asked[0].headers["if-modified-since"] == "Fri, 20 Nov 2026 08:00:00 GMT"


async def test_a_changed_page_comes_anew() -> None:
    sites = LocalSites({HOST: {"/": _unchanged}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(page(), stored=Stored(etag='"v0"', body=b"kept"))
    assert isinstance(reply, Response)
    assert (reply.status, reply.not_modified, reply.body) == (200, False, b"new")
    assert "if-modified-since" not in sites.asked[0].headers


async def test_not_modified_without_a_copy_is_no_page() -> None:
    sites = LocalSites({HOST: {"/": Answer(304)}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(page())
    assert isinstance(reply, Response)
    assert (reply.not_modified, reply.body) == (False, b"")


@pytest.mark.parametrize(
    "etag", ['"a"\r\nX: y', "é\ud800", "x" * 200_000], ids=["two lines", "no ASCII", "too long"]
)
async def test_a_stored_mark_that_no_header_can_carry_does_no_harm(etag: str) -> None:
    sites = LocalSites({HOST: {"/": Answer(body="new")}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(page(), stored=Stored(etag=etag))
    assert isinstance(reply, Response)
    assert "if-none-match" not in sites.asked[0].headers


@pytest.mark.parametrize("headers", [{"X y": "1"}, {"X": "a\r\nb: c"}, {"X": "é"}, {"": "1"}])
async def test_headers_that_cannot_be_written_are_refused(headers: dict[str, str]) -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(page(headers=headers))
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.REFUSED
    assert sites.asked == []
