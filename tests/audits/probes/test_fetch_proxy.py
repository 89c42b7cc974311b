"""A proxy is used when somebody names one, and only then."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from audits.probes.door_settings import DoorSettings
from audits.probes.exchange import Failure, Request, Response
from audits.probes.fetch import Door, DoorError
from audits.probes.keys import Keys
from audits.probes.sightings import Reason
from tests.audits.probes.local_site import Answer, LocalSites

HOST = "www.example.org"


class Proxy:
    """A small proxy on loopback: tunnels to the sites, answers plain questions itself."""

    def __init__(self, sites: LocalSites) -> None:
        self._sites = sites
        self.heads: list[str] = []
        self.port = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Proxy"]:
        server = await asyncio.start_server(self._welcome, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            await server.wait_closed()

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        if not head.startswith("CONNECT"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy")
            await writer.drain()
            writer.close()
            return
        further, onward = await asyncio.open_connection("127.0.0.1", self._sites.ports[1])
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await asyncio.gather(_pour(reader, onward), _pour(further, writer))


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def unreachable(_host: str) -> list[str]:
    raise AssertionError("with a proxy, names are resolved by the proxy")


async def test_questions_go_through_the_proxy_and_certificates_are_still_checked() -> None:
    sites = LocalSites(
        {HOST: {"/": Answer(body="page")}, "bad.example.org": {}},
        certificates={"bad.example.org": "wrong name"},
    )
    async with sites, Proxy(sites).running() as proxy:
        settings = sites.settings(proxy=f"http://127.0.0.1:{proxy.port}", resolver=unreachable)
        async with Door(settings) as door:
            secure = await door.fetch(Request(f"https://{HOST}/", "example"))
            plain = await door.fetch(Request(f"http://{HOST}/a", "example"))
            wrong = await door.fetch(Request("https://bad.example.org/", "example"))
    assert isinstance(secure, Response)
    assert secure.text == "page"
    assert isinstance(plain, Response)
    assert plain.text == "proxy"
    assert isinstance(wrong, Failure)
    assert wrong.reason is Reason.TLS
    assert proxy.heads[0].startswith(f"CONNECT {HOST}:443 ")
    assert proxy.heads[1].startswith(f"GET http://{HOST}/a ")


async def test_what_is_plainly_not_public_is_refused_with_a_proxy_too() -> None:
    sites = LocalSites({})
    async with sites, Proxy(sites).running() as proxy:
        settings = sites.settings(proxy=f"http://127.0.0.1:{proxy.port}")
        async with Door(settings) as door:
            for address in ("http://127.0.0.1/", "http://localhost/", f"http://{HOST}:8080/"):
                reply = await door.fetch(Request(address, "example"))
                assert isinstance(reply, Failure)
                assert reply.reason is Reason.REFUSED
    assert proxy.heads == []


async def test_the_proxys_password_is_a_key() -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    keys = Keys({"RASMI_KEY_PROXY": "nama:rahsia"}, Path("/nonexistent"), use_store=False)
    async with sites, Proxy(sites).running() as proxy:
        settings = sites.settings(proxy=f"http://127.0.0.1:{proxy.port}", keys=keys)
        async with Door(settings) as door:
            await door.fetch(Request(f"https://{HOST}/", "example"))
    expected = base64.b64encode(b"nama:rahsia").decode()
    assert f"Proxy-Authorization: Basic {expected}" in proxy.heads[0]
    assert "rahsia" not in str(sites.asked)
    assert expected not in str(sites.asked)


async def test_a_proxy_that_does_not_answer_is_no_connection() -> None:
    sites = LocalSites({HOST: {"/": Answer()}})
    async with sites, Door(sites.settings(proxy="http://127.0.0.1:1")) as door:
        reply = await door.fetch(Request(f"https://{HOST}/", "example"))
    assert isinstance(reply, Failure)
    assert reply.reason is Reason.CONNECTION


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy"])
async def test_a_proxy_of_the_environment_is_not_used(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = LocalSites({HOST: {"/": Answer(body="page")}})
    async with sites, Proxy(sites).running() as proxy:
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with Door(sites.settings()) as door:
            assert isinstance(await door.fetch(Request(f"https://{HOST}/", "example")), Response)
            assert isinstance(await door.fetch(Request(f"http://{HOST}/", "example")), Response)
    assert proxy.heads == []


@pytest.mark.parametrize(
    "proxy",
    ["", "127.0.0.1:3128", "socks5://127.0.0.1", "http://", "http://a:b@host:1", "http://[x"],
)
def test_a_proxy_that_cannot_be_used_is_told_at_once(proxy: str) -> None:
    with pytest.raises(DoorError, match="http://host:port") as caught:
        Door(DoorSettings(proxy=proxy))
    assert "a:b" not in str(caught.value)
