"""Websites on loopback that answer by a table, as if they stood at real addresses on the internet.

    sites = LocalSites({"www.example.org": {"/contact": Answer(body="<html>")}})
    async with sites, Door(sites.settings()) as door:
        reply = await door.fetch(Request("https://www.example.org/contact", "example"))

Every host in the table answers over http and over https, with a certificate of the sites' own
authority. A path may be an `Answer`, a list of them (one after another, the last for ever) or a
function of what was asked. `*` as a path stands for all others of the host, `*` as a host for all
other hosts; what is in no table is 404. What was asked is in `asked`.
"""

import asyncio
import contextlib
import ssl
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from ipaddress import ip_network
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import trustme

from audits.probes.door_settings import DoorSettings

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers. Times are seconds.

    `delay` passes before the first byte, `drip` before every byte of the body. `endless` repeats
    the body for ever. `cut` hangs up after that many bytes of the body, `reset` before any answer.
    `raw` replaces the whole answer, headers and all.
    """

    status: int = 200
    body: bytes | str = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    endless: bool = False
    cut: int | None = None
    reset: bool = False
    raw: bytes | None = None

    @property
    def content(self) -> bytes:
        """The body as bytes."""
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked: `target` is the path with its query, header names are lower case."""

    scheme: str
    host: str
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path without its query."""
        return self.target.split("?", 1)[0]


Said = Answer | Sequence[Answer] | Callable[[Asked], Answer]
Table = Mapping[str, Mapping[str, Said]]


def redirect(to: str, status: int = 302) -> Answer:
    """Return an answer that leads elsewhere."""
    return Answer(status, headers={"Location": to})


class QuickClock:
    """A clock whose pauses pass at once; `slept` says which there were, in seconds."""

    def __init__(self, start: datetime = datetime(2026, 11, 20, tzinfo=UTC)) -> None:
        self._start = start
        self._passed = 0.0
        self.slept: list[float] = []

    def ticks(self) -> float:
        """Return the seconds that passed."""
        return self._passed

    def now(self) -> datetime:
        """Return the date and time it pretends to be."""
        return self._start + timedelta(seconds=self._passed)

    def wind(self, seconds: float) -> None:
        """Let time pass that nobody slept through."""
        self._passed += seconds

    async def sleep(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self.slept.append(seconds)
        until = self._passed + seconds
        await asyncio.sleep(0)
        self._passed = max(self._passed, until)


class LocalSites:
    """The sites of a table, running while in `async with`.

    `certificates` names what is wrong with the certificates of some hosts: `wrong name`,
    `expired` or `unknown authority`. With `old_tls`, no host speaks anything newer than TLS 1.1.
    """

    def __init__(
        self, table: Table, *, certificates: Mapping[str, str] | None = None, old_tls: bool = False
    ) -> None:
        self.table = {host: dict(paths) for host, paths in table.items()}
        self.asked: list[Asked] = []
        self.resolved: list[str] = []
        self.connections = 0
        self.clock = QuickClock()
        self._old_tls = old_tls
        self._faults = dict(certificates or {})
        self._turns: dict[tuple[str, str], int] = {}
        self._authority = trustme.CA(key_type=trustme.KeyType.ECDSA)
        self._stranger: trustme.CA | None = None
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._talks: set[asyncio.Task[Any]] = set()
        self._open = contextlib.AsyncExitStack()
        self._ports: dict[int, int] = {}
        self.ca_file = Path()

    def settings(self, **others: Any) -> DoorSettings:
        """Return settings of a door that finds the sites; its pauses pass at once."""
        assert self._ports, "the sites are not running: enter them first"
        ready: dict[str, Any] = {
            "resolver": self.resolve,
            "allow": (ip_network(f"{LOOPBACK}/32"),),
            "detour": dict(self._ports),
            "ca_file": self.ca_file,
            "clock": self.clock,
            "jitter": lambda: 0.0,
            "total_time": 5.0,
            "connect_time": 2.0,
        }
        return DoorSettings(**(ready | others))

    @property
    def talking(self) -> int:
        """How many connections are open now."""
        return len(self._talks)

    def hang_up(self) -> None:
        """Close every connection that is open now."""
        for talk in self._talks:
            talk.cancel()

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports of this machine the sites stand on."""
        return tuple(self._ports.values())

    async def resolve(self, host: str) -> list[str]:
        """Return loopback for the hosts in the table; others lead nowhere."""
        self.resolved.append(host)
        if host in self.table or "*" in self.table:
            return [LOOPBACK]
        raise OSError("no such name")

    def paths(self, host: str) -> list[str]:
        """Return what was asked of a host, in order, with queries."""
        return [asked.target for asked in self.asked if asked.host == host]

    async def __aenter__(self) -> Self:
        folder = self._open.enter_context(tempfile.TemporaryDirectory(prefix="rasmi-sites-"))
        self.ca_file = Path(folder) / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.ca_file))
        self._ports = {80: await self._listen(None), 443: await self._listen(self._by_name())}
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await self._open.aclose()

    async def _listen(self, context: ssl.SSLContext | None) -> int:
        server = await asyncio.start_server(self._welcome, LOOPBACK, 0, ssl=context, limit=1 << 20)
        self._open.push_async_callback(server.wait_closed)
        self._open.callback(server.close)
        return int(server.sockets[0].getsockname()[1])

    def _by_name(self) -> ssl.SSLContext:
        """Return a context that changes into the one of the host that is asked for."""
        if self._old_tls:
            return _outdated(self._context(next(iter(self.table))))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

        def choose(connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
            connection.context = self._context(name or LOOPBACK)

        context.sni_callback = choose  # type: ignore[assignment]
        return context

    def _context(self, host: str) -> ssl.SSLContext:
        if host not in self._contexts:
            self._contexts[host] = self._certified(host, self._faults.get(host))
        return self._contexts[host]

    def _certified(self, host: str, fault: str | None) -> ssl.SSLContext:
        authority, name, until = self._authority, host, None
        if fault == "wrong name":
            name = "another.example"
        elif fault == "expired":
            until = datetime.now(UTC) - timedelta(days=1)
        elif fault == "unknown authority":
            authority = self._stranger = self._stranger or trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        kind = trustme.KeyType.ECDSA
        authority.issue_cert(name, not_after=until, key_type=kind).configure_cert(context)
        return context

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self.connections += 1
        scheme = "https" if writer.get_extra_info("ssl_object") else "http"
        try:
            while await self._talk(scheme, reader, writer):
                pass
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the other side has gone, or the sites are closing
        finally:
            self._talks.discard(task)
            writer.transport.abort()

    async def _talk(
        self, scheme: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one question; return whether the connection stays open."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")[:-2]
        method, target, _version = first.split(" ")
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _colon, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        host = headers.get("host", "").partition(":")[0]
        asked = Asked(scheme, host, method, target, headers, body)
        self.asked.append(asked)
        answer = self._answer(asked)
        await asyncio.sleep(answer.delay)
        if answer.reset:
            return False
        if answer.raw is not None:
            writer.write(answer.raw)
            await writer.drain()
            return False
        return await _say(answer, writer)

    def _answer(self, asked: Asked) -> Answer:
        host = asked.host if asked.host in self.table else "*"
        paths = self.table.get(host, {})
        path = next((path for path in (asked.target, asked.path, "*") if path in paths), None)
        if path is None:
            return Answer(404, "not here")
        said = paths[path]
        if isinstance(said, Answer):
            return said
        if callable(said):
            return said(asked)
        turn = self._turns.get((asked.host, path), 0)
        self._turns[asked.host, path] = turn + 1
        return said[min(turn, len(said) - 1)]


def _outdated(context: ssl.SSLContext) -> ssl.SSLContext:
    """Return the context, made to speak nothing newer than TLS 1.1."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


async def _say(answer: Answer, writer: asyncio.StreamWriter) -> bool:
    """Write an answer; return whether the connection stays open after it."""
    named = {name.lower() for name in answer.headers}
    lines = [f"HTTP/1.1 {answer.status} {_phrase(answer.status)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    bodiless = answer.status in (204, 304)
    if not bodiless and not answer.endless and "content-length" not in named:
        lines.append(f"Content-Length: {len(answer.content)}")
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    if bodiless:
        await writer.drain()
        return True
    sent = 0
    async for piece in _pieces(answer):
        writer.write(piece[: answer.cut - sent] if answer.cut is not None else piece)
        sent += len(piece)
        await writer.drain()
        await asyncio.sleep(0)  # a full pipe over TLS does not hold `drain` back once it is closed
        if writer.transport.is_closing():
            return False
        if answer.cut is not None and sent >= answer.cut:
            return False
    await writer.drain()
    return True


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    """Yield the body as it is to be sent."""
    once = True
    while once or answer.endless:
        once = False
        if not answer.drip:
            yield answer.content
            continue
        for number in range(len(answer.content)):
            await asyncio.sleep(answer.drip)
            yield answer.content[number : number + 1]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Odd"


def with_header(answer: Answer, name: str, value: str) -> Answer:
    """Return the answer with one more header."""
    return replace(answer, headers={**answer.headers, name: value})
