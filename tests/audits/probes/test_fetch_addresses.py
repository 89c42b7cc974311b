"""Only the open internet is reached: by no spelling, name, redirect or second answer else."""

import asyncio
from ipaddress import ip_network

import pytest

from audits.probes.door_settings import DoorSettings
from audits.probes.exchange import Failure, Request, Response
from audits.probes.fetch import Door
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites, QuickClock, redirect
from tests.audits.probes.sockets_seen import connected_to, sockets_seen
from tests.audits.probes.test_public_address import NOT_PUBLIC, REFUSED

HOST = "www.example.org"


def door_where(names: dict[str, list[str]]) -> Door:
    """Return a door for which names resolve as said, and which allows nothing out of the way."""

    async def resolve(host: str) -> list[str]:
        if host not in names:
            raise OSError("no such name")
        return names[host]

    return Door(DoorSettings(resolver=resolve, clock=QuickClock()))


async def refused(door: Door, address: str) -> Reason:
    """Return why an address is not asked, once it is sure that nothing was connected to."""
    with sockets_seen() as seen:
        reply = await door.fetch(Request(address, "example"))
    assert connected_to(seen) == []
    assert isinstance(reply, Failure)
    return reply.reason


@pytest.mark.parametrize("address", [repr(address)[1:-1] for address in REFUSED])
async def test_odd_addresses_are_refused_before_any_connection(address: str) -> None:
    async with door_where({}) as door:
        written = address.encode().decode("unicode_escape") if "\\" in address else address
        assert await refused(door, written) is Reason.REFUSED


@pytest.mark.parametrize("address", NOT_PUBLIC)
async def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    async with door_where({HOST: [address], "mixed.example.org": ["8.8.8.8", address]}) as door:
        assert await refused(door, f"https://{HOST}/") is Reason.REFUSED
        assert await refused(door, f"http://{HOST}/") is Reason.REFUSED
        assert await refused(door, "https://mixed.example.org/") is Reason.REFUSED


async def test_a_name_that_leads_nowhere_is_told_as_such() -> None:
    async with door_where({"empty.example.org": []}) as door:
        assert await refused(door, "https://nowhere.example.org/") is Reason.DNS
        assert await refused(door, "https://empty.example.org/") is Reason.DNS


async def test_a_resolver_that_answers_nonsense_opens_nothing() -> None:
    async with door_where({HOST: ["127.0.0.1 ", "evil"]}) as door:
        assert await refused(door, f"https://{HOST}/") is Reason.REFUSED


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "https://inside.example.org/",
        "http://[::1]/",
        "http://2130706433/",
        "//127.0.0.1/",
        "file:///etc/passwd",
        "ftp://www.example.org/",
        "http://www.example.org:8080/",
        "https://user:password@www.example.org/",
        "http://localhost/",
        "\\\\127.0.0.1\\x",
        "http:/\\127.0.0.1/",
    ],
)
@pytest.mark.parametrize("before", [0, 2])
async def test_no_redirect_leads_inside(target: str, before: int) -> None:
    chain = {f"/{number}": redirect(f"/{number + 1}") for number in range(before)}
    sites = LocalSites({HOST: {**chain, f"/{before}": redirect(target)}})

    async def resolve(host: str) -> list[str]:
        return ["10.0.0.1"] if host == "inside.example.org" else await sites.resolve(host)

    async with sites, Door(sites.settings(resolver=resolve)) as door:
        with sockets_seen() as seen:
            reply = await door.fetch(Request(f"https://{HOST}/0", "example"))
    reached = {whom[:2] for whom in connected_to(seen) if isinstance(whom, tuple)}
    assert reached <= {("127.0.0.1", port) for port in sites.ports}
    if isinstance(reply, Response):  # a backslash is part of a path here, never of an address
        assert target.startswith(("\\", "http:/\\"))
        assert {asked.host for asked in sites.asked} == {HOST}
    else:
        assert reply.reason is Reason.REFUSED


async def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    sites = LocalSites({HOST: {"/": Answer(headers={"Connection": "close"})}})
    answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1"]]
    asked = 0

    async def rebinding(_host: str) -> list[str]:
        nonlocal asked
        asked += 1
        return answers[(asked - 1) % len(answers)]

    async with sites, Door(sites.settings(resolver=rebinding)) as door:
        with sockets_seen() as seen:
            replies = [await door.fetch(Request(f"https://{HOST}/", "example")) for _ in range(3)]
    assert [isinstance(reply, Response) for reply in replies] == [True, False, True]
    assert asked == 3  # each connection resolves once, and goes where that answer was checked
    assert {whom[0] for whom in connected_to(seen) if isinstance(whom, tuple)} == {"127.0.0.1"}
    assert not [event for event, _whom in seen if event == "socket.getaddrinfo"]


async def test_two_hundred_changes_of_mind_never_reach_the_inside() -> None:
    inside = 0

    async def welcome(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal inside
        inside += 1
        writer.close()

    server = await asyncio.start_server(welcome, "127.0.0.2", 0)
    port = server.sockets[0].getsockname()[1]
    turns = iter([["127.0.0.1"], ["127.0.0.1", "127.0.0.2"], ["127.0.0.2"], ["::1"]] * 50)

    async def rebinding(_host: str) -> list[str]:
        return next(turns)

    settings = DoorSettings(
        resolver=rebinding,
        clock=QuickClock(),
        allow=(ip_network("127.0.0.1/32"),),
        detour={80: port, 443: port},
        patience=1e9,
    )
    async with Door(settings) as door:
        replies = [await door.fetch(Request(f"http://{HOST}/", "example")) for _ in range(200)]
    server.close()
    assert inside == 0
    assert {reply.reason for reply in replies if isinstance(reply, Failure)} == {
        Reason.CONNECTION,
        Reason.REFUSED,
    }


async def test_another_address_of_the_name_is_tried_when_one_does_not_answer() -> None:
    sites = LocalSites({HOST: {"/": Answer(body="here")}})

    async def resolve(_host: str) -> list[str]:
        return ["127.0.0.3", "127.0.0.1"]  # nobody listens on the first

    everywhere = (ip_network("127.0.0.0/8"),)
    async with sites, Door(sites.settings(resolver=resolve, allow=everywhere)) as door:
        reply = await door.fetch(Request(f"https://{HOST}/", "example"))
    assert isinstance(reply, Response)


async def test_a_refusal_shows_no_query_and_no_user_name() -> None:
    async with door_where({}) as door:
        for address in (f"http://{HOST}:8080/a?token=rahsia", f"https://nama:rahsia@{HOST}/a"):
            reply = await door.fetch(Request(address, "example"))
            assert isinstance(reply, Failure)
            assert f"{HOST}/a" in reply.detail
            assert "rahsia" not in reply.detail


@pytest.mark.parametrize("path", ["/%1b]0;x%07", "/%E2%80%AE", "/a%0d%0ab", "/\u202eabc"])
async def test_a_refusal_cannot_move_a_cursor(path: str) -> None:
    async with door_where({}) as door:
        reply = await door.fetch(Request(f"http://{HOST}:8080{path}", "example"))
    assert isinstance(reply, Failure)
    assert reply.detail.isascii()
    assert reply.detail.isprintable()
