"""Connections are kept for the next question, few to a host, and given back whatever happens."""

import asyncio
from dataclasses import replace

import pytest

from audits.probes.door_settings import Pace
from audits.probes.exchange import Failure, Reply, Request, Response
from audits.probes.fetch import Door
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites

HOST = "www.example.org"
PAGE = Request(f"https://{HOST}/", "example")
FAST = Pace(rate=1e9)


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_one_connection_serves_one_question_after_another(scheme: str) -> None:
    sites = LocalSites({HOST: {"/": Answer(body="page")}})
    async with sites, Door(sites.settings()) as door:
        for _ in range(10):
            await door.fetch(replace(PAGE, url=f"{scheme}://{HOST}/"))
    assert sites.connections == 1


async def test_there_are_never_more_than_a_few_to_one_host() -> None:
    sites = LocalSites({HOST: {"/": Answer(body="page", delay=0.01)}})
    async with sites, Door(sites.settings(pace=FAST, per_host=2, overall=8)) as door:
        await asyncio.gather(*(door.fetch(PAGE) for _ in range(40)))
    assert sites.connections == 2
    assert len(sites.asked) == 40


async def test_each_of_several_hosts_keeps_its_own() -> None:
    hosts = [f"site{number}.example.org" for number in range(5)]
    sites = LocalSites({host: {"/": Answer()} for host in hosts})
    async with sites, Door(sites.settings(pace=FAST)) as door:
        for _ in range(4):
            for host in hosts:
                await door.fetch(Request(f"https://{host}/", host))
    assert sites.connections == 5


async def test_of_many_hosts_only_the_latest_stay_open() -> None:
    hosts = [f"site{number}.example.org" for number in range(30)]
    sites = LocalSites({"*": {"/": Answer()}})
    async with sites, Door(sites.settings(pace=FAST, open_hosts=4)) as door:
        for host in hosts:
            assert isinstance(await door.fetch(Request(f"https://{host}/", host)), Response)
        await asyncio.sleep(0.05)
        assert sites.talking <= 4
        await asyncio.gather(*(door.fetch(Request(f"https://{host}/", host)) for host in hosts))


@pytest.mark.parametrize(
    "first",
    [Answer(body="x", headers={"Connection": "close"}), Answer(raw=b"HTTP/1.0 200 OK\r\n\r\nx")],
)
async def test_a_connection_the_site_closes_is_not_used_again(first: Answer) -> None:
    sites = LocalSites({HOST: {"/": [first, Answer(body="again")]}})
    async with sites, Door(sites.settings()) as door:
        await door.fetch(PAGE)
        reply = await door.fetch(PAGE)
    assert isinstance(reply, Response)
    assert reply.text == "again"
    assert sites.connections == 2


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_connection_closed_while_idle_costs_nothing(scheme: str) -> None:
    sites = LocalSites({HOST: {"/": Answer(body="page")}})
    page = replace(PAGE, url=f"{scheme}://{HOST}/")
    async with sites, Door(sites.settings()) as door:
        await door.fetch(page)
        sites.hang_up()
        await asyncio.sleep(0.02)
        assert isinstance(await door.fetch(page), Response)
        sites.hang_up()  # and this time nobody had a moment to notice
        assert isinstance(await door.fetch(page), Response)


async def test_what_a_site_sends_unasked_is_no_answer() -> None:
    unasked = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nbefore"
    first = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"

    async def welcome(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(first)
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.write(unasked)
        await reader.read()
        writer.close()

    server = await asyncio.start_server(welcome, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sites = LocalSites({HOST: {}})
    async with sites, Door(sites.settings(detour={80: port})) as door:
        texts = []
        for _ in range(2):
            reply = await door.fetch(replace(PAGE, url=f"http://{HOST}/"))
            assert isinstance(reply, Response)
            texts.append(reply.text)
            await asyncio.sleep(0.05)
    server.close()
    assert texts == ["first", "first"]


async def test_a_new_connection_that_breaks_is_not_tried_again() -> None:
    sites = LocalSites({HOST: {"/": Answer(reset=True)}})
    async with sites, Door(sites.settings()) as door:
        assert isinstance(await door.fetch(PAGE), Failure)
    assert len(sites.asked) == 1


async def test_a_form_is_not_sent_twice() -> None:
    sites = LocalSites({HOST: {"/": Answer(reset=True)}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(replace(PAGE, method="POST", body=b"form"))
    assert isinstance(reply, Failure)
    assert len(sites.asked) == 1


async def test_many_time_outs_leave_the_door_as_it_was() -> None:
    sites = LocalSites({HOST: {"/": Answer(delay=30), "/well": Answer(body="well")}})
    async with sites, Door(sites.settings(pace=FAST, total_time=0.1, patience=1e9)) as door:
        lost = await asyncio.gather(*(door.fetch(PAGE) for _ in range(8)))
        reply = await door.fetch(replace(PAGE, url=f"https://{HOST}/well"))
    assert {reply.reason for reply in lost if isinstance(reply, Failure)} == {Reason.TIME_OUT}
    assert isinstance(reply, Response)


async def test_giving_up_in_the_middle_leaves_the_door_as_it_was() -> None:
    sites = LocalSites({HOST: {"/": Answer(body="x" * 100, drip=0.02), "/well": Answer()}})
    async with sites, Door(sites.settings(pace=FAST)) as door:
        tasks: list[asyncio.Task[Reply]] = [asyncio.create_task(door.fetch(PAGE)) for _ in range(6)]
        await asyncio.sleep(0.1)
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(end, asyncio.CancelledError) for end in ends)
        assert isinstance(await door.fetch(replace(PAGE, url=f"https://{HOST}/well")), Response)


async def test_closing_the_door_closes_all_connections() -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites:
        async with Door(sites.settings()) as door:
            await door.fetch(PAGE)
            assert sites.talking == 1
        await asyncio.sleep(0.02)
        assert sites.talking == 0


async def test_a_body_larger_than_the_pipe_arrives_whole() -> None:
    body = bytes(range(256)) * 8_000
    sites = LocalSites({HOST: {"/": Answer(body=body)}})
    async with sites, Door(sites.settings()) as door:
        for scheme in ("http", "https"):
            reply = await door.fetch(replace(PAGE, url=f"{scheme}://{HOST}/", limit=1 << 22))
            assert isinstance(reply, Response)
            assert reply.body == body
