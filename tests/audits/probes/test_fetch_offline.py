"""Offline means that no socket is opened at all."""

import asyncio

from audits.probes.door_settings import DoorSettings
from audits.probes.exchange import Failure, Request
from audits.probes.fetch import Door
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites
from tests.audits.probes.sockets_seen import sockets_seen

REQUEST = Request("https://www.example.org/", "example", honour_robots=True)


async def test_offline_opens_no_socket() -> None:
    with sockets_seen() as seen:
        async with Door(DoorSettings(offline=True, proxy="http://127.0.0.1:3128")) as door:
            replies = await asyncio.gather(*(door.fetch(REQUEST) for _ in range(20)))
    assert seen == []
    assert all(isinstance(reply, Failure) and reply.reason is Reason.OFFLINE for reply in replies)


async def test_the_watch_would_have_seen_one() -> None:
    sites = LocalSites({"www.example.org": {"/": Answer()}})
    async with sites, Door(sites.settings()) as door:
        with sockets_seen() as seen:
            await door.fetch(REQUEST)
    assert "socket.connect" in [event for event, _whom in seen]


async def test_nothing_is_opened_before_something_is_asked() -> None:
    with sockets_seen() as seen:
        async with Door(DoorSettings()):
            await asyncio.sleep(0)
    assert seen == []
