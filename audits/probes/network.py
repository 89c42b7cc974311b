"""The wire: connections that are checked where they are made, and nothing taken from around.

Resolving a name, judging what it resolves to and connecting are one step here, for every
connection of every hop: a name that answers differently a moment later gains nothing.
There is no client of httpx: it is where cookies, proxies of the environment and redirects live.
"""

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import certifi
import httpcore
import httpx

from audits.probes.door_settings import DoorSettings, Resolver
from audits.probes.public_address import Address, Network, Place, checked_addresses, is_public
from audits.probes.wire import OpenBackend, connected, cut_off

_MOST_ADDRESSES = 4  # of one name that are tried
_KEPT_OPEN = 30.0  # seconds an idle connection stays open
_NOISY = ("httpx", "httpcore", *(f"httpcore.{part}" for part in ("connection", "http11", "proxy")))


class NameLost(Exception):
    """The name resolves to nothing, or the machine could not find out."""


def silence_loggers() -> None:
    """Keep the libraries from writing down what is asked and answered, whatever the level."""
    for name in _NOISY:
        logger = logging.getLogger(name)
        if _say_nothing not in logger.filters:
            logger.addFilter(_say_nothing)
            logger.setLevel(logging.CRITICAL)


def _say_nothing(_record: logging.LogRecord) -> bool:
    return False


def trusted(ca_file: Path | None) -> ssl.SSLContext:
    """Return what certificates are checked against: the usual authorities, and the file's too.

    Built by hand because the ready-made contexts listen to SSL_CERT_FILE and SSLKEYLOGFILE.
    Raises OSError (also ssl.SSLError) when the file cannot be read or holds no certificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cafile=certifi.where())
    if ca_file is not None:
        context.load_verify_locations(cafile=str(ca_file))
    return context


async def system_resolver(host: str) -> list[str]:
    """Return the addresses the machine's resolver gives for a name. Raises OSError.

    In a thread of its own that nobody waits for: a dead name server must not hold up the end of
    the program, as the threads of an executor do.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(found: list[str] | OSError) -> None:
        if answer.done():
            return
        if isinstance(found, OSError):
            answer.set_exception(found)
        else:
            answer.set_result(found)

    def look_up() -> None:
        found: list[str] | OSError
        try:
            entries = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = [str(entry[4][0]) for entry in entries]
        except OSError as error:
            found = error
        except UnicodeError:
            found = OSError("not a name")
        with suppress(RuntimeError):  # the program may have gone on to its end
            loop.call_soon_threadsafe(settle, found)

    threading.Thread(target=look_up, name="resolver", daemon=True).start()
    return await answer


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses only, and to the very address that was checked."""

    def __init__(self, settings: DoorSettings) -> None:
        self._resolver: Resolver = settings.resolver or system_resolver
        self._allow: tuple[Network, ...] = settings.allow
        self._detour = settings.detour
        self._connect_time = settings.connect_time

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of the host's addresses that answers.

        Raises `NameLost`, `RefusedAddress` and what `connected` raises.
        """
        *others, last = (await self._addresses(host))[:_MOST_ADDRESSES]
        share = self._connect_time / (len(others) + 1)
        for address in others:
            try:
                return await connected(str(address), self._port(address, port), share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await connected(str(last), self._port(last, port), share)

    async def _addresses(self, host: str) -> list[Address]:
        try:
            found = await self._resolver(host)
        except OSError as error:
            raise NameLost(host) from error
        if not found:
            raise NameLost(host)
        return checked_addresses(found, self._allow)

    def _port(self, address: Address, port: int) -> int:
        """Return the port; another one only for a test's own server."""
        return port if is_public(address) else self._detour.get(port, port)


class Transport(httpx.AsyncBaseTransport):
    """Carries requests to one place over a few connections that are kept for the next one.

    How many there are at once is for whoever asks to decide (`politeness.py`): a stack of idle
    connections is all the pool that takes. httpcore's own pool searches through every waiting
    request and every connection each time, and one pool for all places closes connections to one
    host in order to ask another.
    """

    def __init__(self, settings: DoorSettings, context: ssl.SSLContext) -> None:
        self._context = context
        self._backend = CheckedBackend(settings)
        self._idle: list[httpcore.AsyncHTTPConnection] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and return the answer with its body still on the wire.

        Raises what httpcore and `CheckedBackend` raise.
        """
        question = _question(request)
        while kept := await self._idle_connection():
            try:
                return await self._asked(kept, question)
            except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
                # It may have been closed just when we asked; what is no question is not repeated.
                if request.method != "GET" or not cut_off(error):
                    raise
        return await self._asked(self._new_connection(question), question)

    async def _asked(
        self, connection: httpcore.AsyncHTTPConnection, question: httpcore.Request
    ) -> httpx.Response:
        answer = await connection.handle_async_request(question)
        body = _Body(answer, connection, self._idle)
        return httpx.Response(answer.status, headers=answer.headers, stream=body)

    def _new_connection(self, question: httpcore.Request) -> httpcore.AsyncHTTPConnection:
        return httpcore.AsyncHTTPConnection(
            question.url.origin,
            ssl_context=self._context,
            keepalive_expiry=_KEPT_OPEN,
            network_backend=self._backend,
        )

    async def aclose(self) -> None:
        """Close the idle connections; those in use close with their answers."""
        while self._idle:
            await self._idle.pop().aclose()

    async def _idle_connection(self) -> httpcore.AsyncHTTPConnection | None:
        """Return the connection used last that is still good."""
        while self._idle:
            connection = self._idle.pop()
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return None


class ProxyTransport(httpx.AsyncBaseTransport):
    """Carries requests through a proxy somebody named, by httpcore's own means."""

    def __init__(self, settings: DoorSettings, context: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            keepalive_expiry=_KEPT_OPEN,
            proxy=_proxy(settings, context),
            network_backend=OpenBackend(settings.connect_time),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and return the answer. Raises what httpcore raises."""
        answer = await self._pool.handle_async_request(_question(request))
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class Transports:
    """One transport for each place, kept open for the most recent places."""

    def __init__(self, settings: DoorSettings) -> None:
        self._settings = settings
        self._context = trusted(settings.ca_file)
        self._open: dict[str, httpx.AsyncBaseTransport] = {}
        self._users: dict[str, int] = {}

    @asynccontextmanager
    async def to(self, place: Place) -> AsyncIterator[httpx.AsyncBaseTransport]:
        """Hold the transport for a place."""
        origin = place.origin
        kind = ProxyTransport if self._settings.proxy else Transport
        transport = self._open.pop(origin, None) or kind(self._settings, self._context)
        self._open[origin] = transport  # now the most recent
        self._users[origin] = self._users.get(origin, 0) + 1
        try:
            yield transport
        finally:
            self._users[origin] -= 1
            if not self._users[origin]:
                del self._users[origin]
            await self._close_oldest()

    async def aclose(self) -> None:
        """Close everything."""
        while self._open:
            _origin, transport = self._open.popitem()
            await transport.aclose()

    async def _close_oldest(self) -> None:
        """Close the idle transports that too many others were used after."""
        surplus = len(self._open) - self._settings.open_hosts
        if surplus <= 0:
            return
        idle = [origin for origin in self._open if origin not in self._users][:surplus]
        closing = [self._open.pop(origin) for origin in idle]  # at once: others run meanwhile
        for transport in closing:
            await transport.aclose()


class _Body(httpx.AsyncByteStream):
    """An answer's body as it comes over the wire; at its end the connection is idle again."""

    def __init__(
        self,
        answer: httpcore.Response,
        connection: httpcore.AsyncHTTPConnection | None = None,
        idle: list[httpcore.AsyncHTTPConnection] | None = None,
    ) -> None:
        self._answer = answer
        self._connection = connection
        self._idle = idle

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()
        connection, self._connection = self._connection, None
        if connection is not None and self._idle is not None and connection.is_idle():
            self._idle.append(connection)


def _question(request: httpx.Request) -> httpcore.Request:
    url = request.url
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    return httpcore.Request(
        request.method, target, headers=request.headers.raw, content=request.stream
    )


def _proxy(settings: DoorSettings, context: ssl.SSLContext) -> httpcore.Proxy:
    """Return the proxy somebody asked for, with its name and password from the keys."""
    assert settings.proxy is not None
    key = settings.keys.find("proxy") if settings.keys else None
    name, _colon, password = key.reveal().partition(":") if key else ("", "", "")
    return httpcore.Proxy(
        settings.proxy,
        auth=(name, password) if name else None,
        ssl_context=context if settings.proxy.startswith("https:") else None,
    )
