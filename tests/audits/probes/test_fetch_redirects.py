"""Redirects are followed by hand: five at most, and what was given to one place stays there."""

from dataclasses import replace

import pytest

from audits.probes.exchange import Failure, Request, Response
from audits.probes.fetch import MOST_REDIRECTS, Door
from audits.probes.keys import Keys
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites, redirect

HOST, OTHER = "www.example.org", "other.example.org"
START = Request(f"https://{HOST}/0", "example")


def chain(length: int) -> dict[str, Answer]:
    steps = {f"/{number}": redirect(f"/{number + 1}") for number in range(length)}
    return {**steps, f"/{length}": Answer(body="the end")}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_and_told(status: int) -> None:
    sites = LocalSites({HOST: {"/0": redirect(f"http://{OTHER}/b?c", status)},
                        OTHER: {"/b?c": Answer(body="there")}})  # fmt: skip
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(START)
    assert isinstance(reply, Response)
    assert (reply.url, reply.text) == (f"http://{OTHER}/b?c", "there")
    assert reply.redirects == (f"https://{HOST}/0",)


async def test_five_redirects_are_the_most() -> None:
    sites = LocalSites({HOST: chain(MOST_REDIRECTS)})
    async with sites, Door(sites.settings()) as door:
        assert isinstance(await door.fetch(START), Response)
    sites = LocalSites({HOST: chain(MOST_REDIRECTS + 1)})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(START)
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.REFUSED
    assert len(sites.asked) == MOST_REDIRECTS + 1


async def test_a_circle_ends() -> None:
    sites = LocalSites({HOST: {"/0": redirect("/0")}})
    async with sites, Door(sites.settings()) as door:
        assert isinstance(await door.fetch(START), Failure)
    assert len(sites.asked) == MOST_REDIRECTS + 1


async def test_an_adapter_may_want_the_redirect_itself() -> None:
    sites = LocalSites({HOST: {"/0": redirect("https://login.example.org/")}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(replace(START, follow=False))
    assert isinstance(reply, Response)
    assert (reply.status, reply.headers["location"]) == (302, "https://login.example.org/")


@pytest.mark.parametrize("answer", [Answer(302), Answer(300, headers={"Location": "/x"})])
async def test_a_redirect_to_nowhere_is_an_answer(answer: Answer) -> None:
    sites = LocalSites({HOST: {"/0": answer}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(START)
    assert isinstance(reply, Response)
    assert reply.status == answer.status


@pytest.mark.parametrize("body", [b"x" * 1_000_000, b"\x1f\x8bbroken"])
async def test_the_body_of_a_redirect_does_not_matter(body: bytes) -> None:
    leading = Answer(302, body, {"Location": "/1", "Content-Encoding": "gzip"})
    sites = LocalSites({HOST: {"/0": leading, "/1": Answer(body="there")}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(START)
    assert isinstance(reply, Response)
    assert reply.text == "there"


SECRET = replace(
    START, secret="x", secret_header=("Authorization", "Bearer {key}"), headers={"X-Own": "kept"}
)
ELSEWHERE = [f"https://{OTHER}/1", f"http://{HOST}/1"]


async def test_a_key_goes_along_within_its_place() -> None:
    sites = LocalSites({HOST: chain(2)})
    async with sites, Door(sites.settings(keys=Keys({"RASMI_KEY_X": "kunci"}))) as door:
        await door.fetch(SECRET)
    assert [asked.headers.get("authorization") for asked in sites.asked] == ["Bearer kunci"] * 3
    assert sites.asked[2].headers["x-own"] == "kept"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
async def test_a_key_never_goes_along_to_another_host_or_scheme(elsewhere: str) -> None:
    sites = LocalSites({HOST: {"/0": redirect(elsewhere), "/1": Answer()}, OTHER: {"/1": Answer()}})
    async with sites, Door(sites.settings(keys=Keys({"RASMI_KEY_X": "kunci"}))) as door:
        reply = await door.fetch(SECRET)
    assert isinstance(reply, Response)
    assert "authorization" in sites.asked[0].headers
    assert "kunci" not in str(sites.asked[1])
    assert "x-own" not in sites.asked[1].headers


async def test_a_key_does_not_come_back_after_a_detour() -> None:
    sites = LocalSites({HOST: {"/0": redirect(f"https://{OTHER}/1"), "/2": Answer()},
                        OTHER: {"/1": redirect(f"https://{HOST}/2")}})  # fmt: skip
    async with sites, Door(sites.settings(keys=Keys({"RASMI_KEY_X": "kunci"}))) as door:
        await door.fetch(SECRET)
    assert [("authorization" in asked.headers) for asked in sites.asked] == [True, False, False]


@pytest.mark.parametrize(("status", "expected"), [(301, "GET"), (302, "GET"), (303, "GET"),
                                                  (307, "POST"), (308, "POST")])  # fmt: skip
async def test_what_becomes_of_a_form_within_its_place(status: int, expected: str) -> None:
    sites = LocalSites({HOST: {"/0": redirect("/1", status), "/1": Answer()}})
    async with sites, Door(sites.settings()) as door:
        await door.fetch(replace(START, method="POST", body=b"form"))
    assert sites.asked[1].method == expected
    assert sites.asked[1].body == (b"form" if expected == "POST" else b"")


async def test_a_form_is_not_sent_on_to_another_place() -> None:
    sites = LocalSites({HOST: {"/0": redirect(f"https://{OTHER}/1", 307)}, OTHER: {}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(replace(START, method="POST", body=b"form"))
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.REFUSED
    assert len(sites.asked) == 1
