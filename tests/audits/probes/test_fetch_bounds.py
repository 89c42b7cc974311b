"""No site can fill the memory or hold up a run: size and time are bounded, in every form."""

import gzip
import zlib
from dataclasses import replace

import pytest

from audits.probes.exchange import Failure, Request, Response
from audits.probes.fetch import Door
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites, redirect

HOST = "www.example.org"
PAGE = Request(f"https://{HOST}/", "example", limit=100_000)
LARGE = b"\x00" * 50_000_000
SHORT = 0.4  # seconds a whole request may take, where a test waits for the end of them


async def reason_of(answer: Answer, **settings: object) -> Reason:
    """Return why there is no answer, and see that the door still works afterwards."""
    sites = LocalSites({HOST: {"/": answer, "/well": Answer(body="well")}})
    async with sites, Door(sites.settings(**settings)) as door:
        reply = await door.fetch(PAGE)
        after = await door.fetch(replace(PAGE, url=f"https://{HOST}/well"))
    assert isinstance(after, Response)
    assert after.text == "well"
    assert isinstance(reply, Failure)
    return reply.reason


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"x" * 100_001),
        Answer(body=b"x" * 65_536, endless=True),
        Answer(body=b"x" * 65_536, endless=True, headers={"Content-Length": str(10**18)}),
        Answer(body=gzip.compress(LARGE), headers={"Content-Encoding": "gzip"}),
        Answer(body=zlib.compress(LARGE), headers={"Content-Encoding": "deflate"}),
        Answer(headers={"X-Long": "y" * 200_000}),
        Answer(headers={f"X-{number}": "y" * 90 for number in range(2_000)}),
        Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X" * 200_000),
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"9" * 200_000),
    ],
    ids=["body", "endless", "said to be huge", "gzip bomb", "deflate bomb", "header", "headers",
         "first lines", "chunk size"],
)  # fmt: skip
async def test_what_is_too_large_is_not_taken(answer: Answer) -> None:
    assert await reason_of(answer) in (Reason.TOO_LARGE, Reason.UNREADABLE)


async def test_a_page_of_exactly_the_limit_is_taken() -> None:
    squeezed = Answer(body=gzip.compress(b"x" * 100_000), headers={"Content-Encoding": "gzip"})
    sites = LocalSites({HOST: {"/": [Answer(body=b"x" * 100_000), squeezed]}})
    async with sites, Door(sites.settings()) as door:
        for _ in range(2):
            reply = await door.fetch(PAGE)
            assert isinstance(reply, Response)
            assert len(reply.body) == 100_000


@pytest.mark.parametrize(
    "answer",
    [
        Answer(delay=30),
        Answer(body="x" * 1000, drip=0.01),
        Answer(body=gzip.compress(b"x") * 30, headers={"Content-Encoding": "gzip"}, drip=0.01),
        Answer(body="x" * 30, drip=0.05, status=404),
        Answer(302, "x" * 1000, {"Location": "/well"}, drip=0.01),
    ],
    ids=["silence", "drip", "dripping gzip", "dripping error", "dripping redirect"],
)  # fmt: skip
async def test_what_takes_too_long_is_given_up(answer: Answer) -> None:
    assert await reason_of(answer, total_time=SHORT) is Reason.TIME_OUT


async def test_redirects_share_the_time_of_their_request() -> None:
    slow = [replace(redirect(f"/{number}"), delay=0.15) for number in range(1, 6)]
    sites = LocalSites({HOST: {f"/{n or ''}": answer for n, answer in enumerate(slow)}})
    async with sites, Door(sites.settings(total_time=SHORT)) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.TIME_OUT


async def test_waiting_out_of_politeness_is_not_counted() -> None:
    sites = LocalSites({HOST: {"/": [Answer(429, headers={"Retry-After": "50"}), Answer()]}})
    async with sites, Door(sites.settings(total_time=SHORT)) as door:
        assert isinstance(await door.fetch(PAGE), Response)
    assert 50.0 in sites.clock.slept


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=b"broken", headers={"Content-Encoding": "gzip"}),
        Answer(body=gzip.compress(b"whole page")[:-4], headers={"Content-Encoding": "gzip"}),
        Answer(body=b"never offered", headers={"Content-Encoding": "br"}),
        Answer(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        Answer(raw=b"HTTP/1.1 abc OK\r\n\r\n"),
        Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
        Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx"),
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        Answer(raw=b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
    ],
    ids=["no gzip", "cut gzip", "brotli", "ssh", "no status", "negative", "two lengths", "chunks",
         "upgrade"],
)  # fmt: skip
async def test_what_cannot_be_read_is_told_as_such(answer: Answer) -> None:
    assert await reason_of(answer) is Reason.UNREADABLE


@pytest.mark.parametrize(
    "answer",
    [
        Answer(reset=True),
        Answer(body="x" * 1000, cut=10),
        Answer(raw=b"HTTP/1.1 200 O"),
        Answer(raw=b""),
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
    ],
    ids=["reset", "cut", "half a line", "nothing", "half a chunk"],
)
async def test_a_connection_that_breaks_is_told_as_such(answer: Answer) -> None:
    assert await reason_of(answer) is Reason.CONNECTION


async def test_nobody_listening_is_no_connection() -> None:
    sites = LocalSites({HOST: {}})
    async with sites, Door(sites.settings(detour={80: 1, 443: 1})) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.CONNECTION


async def test_a_connection_that_is_never_made_is_given_up() -> None:
    async def never(_host: str) -> list[str]:
        import asyncio

        await asyncio.Event().wait()
        return []

    sites = LocalSites({HOST: {}})
    async with sites, Door(sites.settings(resolver=never, total_time=0.1)) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.TIME_OUT


async def test_answers_of_older_servers_are_read() -> None:
    raws = [b"HTTP/1.0 200 OK\r\n\r\nolder", b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nolder"]
    sites = LocalSites({HOST: {"/": [Answer(raw=raw) for raw in raws]}})
    async with sites, Door(sites.settings()) as door:
        for _ in raws:
            reply = await door.fetch(PAGE)
            assert isinstance(reply, Response)
            assert reply.text == "older"


async def test_early_hints_are_passed_over() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 3
    raw = hints + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage"
    sites = LocalSites({HOST: {"/": Answer(raw=raw)}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Response)
    assert reply.text == "page"
