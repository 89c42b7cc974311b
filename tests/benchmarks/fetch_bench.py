"""Asking 5,000 addresses on 8 hosts that take 50 ms each: the door beside bare httpx and aiohttp.

All on loopback, each client in a process of its own, the same number of connections to a host.
Prints wall time, processor time a request, memory and connections; nothing is judged.
"""

import asyncio
import importlib.util
import json
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

ADDRESSES, HOSTS, LATENCY, PER_HOST = 5_000, 8, 0.05, 5
ROOT = Path(__file__).resolve().parents[2]
PAGE = b"<html><title>Contoh</title>" + b"<p>Laman contoh.</p>" * 100
REPLY = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE
)
Ask = Callable[[str], Awaitable[int]]


class Site(asyncio.Protocol):
    """Answers every question with the same page, a little later; counts connections."""

    opened = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Count the connection."""
        assert isinstance(transport, asyncio.Transport)
        Site.opened += 1
        self._transport = transport
        self._waiting = b""

    def data_received(self, data: bytes) -> None:
        """Answer each whole question."""
        *questions, self._waiting = (self._waiting + data).split(b"\r\n\r\n")
        for question in questions:
            if question.startswith(b"GET /count"):
                body = str(Site.opened).encode()
                self._transport.write(b"HTTP/1.0 200 OK\r\n\r\n" + body)
                self._transport.close()
            else:
                asyncio.get_running_loop().call_later(LATENCY, self._transport.write, REPLY)


async def serve() -> None:
    """Listen on every loopback address at a port of the system's choice, and say which."""
    server = await asyncio.get_running_loop().create_server(Site, "0.0.0.0", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def drained(addresses: list[list[str]], ask: Ask) -> None:
    """Ask all addresses: a few workers for each host, pulling from that host's list."""

    async def work(mine: list[str]) -> None:
        while mine:
            assert await ask(mine.pop()) == len(PAGE)

    await asyncio.gather(*(work(mine) for mine in addresses for _ in range(PER_HOST)))


def named(host: str) -> list[list[str]]:
    """Return the addresses, a list for each host; `host` has a place for its number."""
    each = ADDRESSES // HOSTS
    return [
        [f"http://{host.format(number)}/akaun/{page}" for page in range(each)]
        for number in range(1, HOSTS + 1)
    ]


async def door(port: int) -> None:
    """Ask through the door, with its pace out of the way."""
    from ipaddress import ip_network

    from audits.probes.door_settings import DoorSettings, Pace
    from audits.probes.exchange import Request, Response
    from audits.probes.fetch import Door

    async def resolve(host: str) -> list[str]:
        return ["127.0.0.1"]

    settings = DoorSettings(
        pace=Pace(rate=1e9),
        per_host=PER_HOST,
        overall=HOSTS * PER_HOST,
        resolver=resolve,
        allow=(ip_network("127.0.0.1/32"),),
        detour={80: port},
    )
    async with Door(settings) as opened:

        async def ask(url: str) -> int:
            reply = await opened.fetch(Request(url, "bench"))
            assert isinstance(reply, Response), reply
            return len(reply.body)

        await drained(named("site{}.example.org"), ask)


async def httpx_pool_per_host(port: int) -> None:
    """Ask with bare httpx, a client for each host."""
    import httpx

    limits = httpx.Limits(max_connections=PER_HOST, max_keepalive_connections=PER_HOST)
    clients = {
        f"127.0.0.{number}": httpx.AsyncClient(limits=limits, trust_env=False)
        for number in range(1, HOSTS + 1)
    }

    async def ask(url: str) -> int:
        return len((await clients[httpx.URL(url).host].get(url)).content)

    await drained(named("127.0.0.{}:" + str(port)), ask)
    for client in clients.values():
        await client.aclose()


async def httpx_one_pool(port: int) -> None:
    """Ask with bare httpx, one client for all."""
    import httpx

    connections = HOSTS * PER_HOST
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def ask(url: str) -> int:
            return len((await client.get(url)).content)

        await drained(named("127.0.0.{}:" + str(port)), ask)


async def aiohttp(port: int) -> None:
    """Ask with bare aiohttp."""
    import aiohttp

    connector = aiohttp.TCPConnector(limit=HOSTS * PER_HOST, limit_per_host=PER_HOST)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def ask(url: str) -> int:
            async with session.get(url) as answer:
                return len(await answer.read())

        await drained(named("127.0.0.{}:" + str(port)), ask)


CLIENTS = {
    "the door": door,
    "httpx, a pool for each host": httpx_pool_per_host,
    "httpx, one pool": httpx_one_pool,
    "aiohttp": aiohttp,
}


def measure(name: str, port: int) -> None:
    """Run one client in this process and print what it took, as JSON."""
    before, began = time.process_time(), time.perf_counter()
    asyncio.run(CLIENTS[name](port))
    wall, spent = time.perf_counter() - began, time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": spent, "memory": memory}))


def opened(port: int) -> int:
    """Return how many connections the sites have seen, this one left out."""
    import socket

    with socket.create_connection(("127.0.0.1", port)) as wire:
        wire.sendall(b"GET /count HTTP/1.0\r\n\r\n")
        answer = b""
        while piece := wire.recv(4096):
            answer += piece
    return int(answer.rpartition(b"\r\n\r\n")[2]) - 1


def main() -> None:
    """Run each client against sites of its own and print one line for it."""
    print(f"  {ADDRESSES:,} addresses, {HOSTS} hosts, {PER_HOST} connections to each,")
    ideal = ADDRESSES * LATENCY / (HOSTS * PER_HOST)
    print(f"  {LATENCY * 1000:.0f} ms latency: no client can take less than {ideal:.2f} s")
    for name in CLIENTS:
        if name == "aiohttp" and importlib.util.find_spec("aiohttp") is None:
            print(f"  {name:<30} not installed")
            continue
        command = [sys.executable, __file__]
        with subprocess.Popen([*command, "serve"], stdout=subprocess.PIPE, text=True) as sites:
            assert sites.stdout is not None
            port = int(sites.stdout.readline())
            run = subprocess.run(
                [*command, name, str(port)], capture_output=True, text=True, check=True
            )
            took, connections = json.loads(run.stdout), opened(port)
            sites.terminate()
        print(
            f"  {name:<30} {took['wall']:6.2f} s"
            f"  {took['cpu'] / ADDRESSES * 1e6:6.0f} µs CPU a request"
            f"  {took['memory']:4.0f} MB  {connections:4} connections"
        )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    match sys.argv[1:]:
        case ["serve"]:
            asyncio.run(serve())
        case [name, port]:
            measure(name, int(port))
        case _:
            main()
