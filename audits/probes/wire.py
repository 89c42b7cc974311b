"""Bytes over a connection, as httpcore wants them, straight on asyncio.

httpcore's own streams set a timer and cross two more layers for every read; the door sets one
timer for a whole request (`fetch.py`), so time-outs given here are not needed and not used.
"""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

_ENOUGH = 256 * 1024  # bytes that wait to be read before the sender is held back


class _Mailbox(asyncio.Protocol):
    """Keeps what comes until it is read."""

    def __init__(self) -> None:
        self.received = bytearray()
        self.ended = False
        self.error: Exception | None = None
        self.transport: asyncio.Transport | None = None
        self.held_back = False
        self._reader: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        if len(self.received) > _ENOUGH and self.transport and not self.held_back:
            self.transport.pause_reading()
            self.held_back = True
        self._wake()

    def eof_received(self) -> None:
        self.ended = True
        self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        self.ended = True
        self.error = error
        self._wake()

    async def something(self) -> None:
        """Wait until there is something to read, or never will be."""
        while not self.received and not self.ended:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)


class Wire(httpcore.AsyncNetworkStream):
    """One connection, plain or with TLS."""

    def __init__(self, mailbox: _Mailbox, transport: asyncio.Transport) -> None:
        self._mailbox = mailbox
        self._transport = transport

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Return the next bytes, none at the end. Raises `httpcore.ReadError`."""
        mailbox = self._mailbox
        if not mailbox.received:
            await mailbox.something()
            if mailbox.error is not None and not mailbox.received:
                raise httpcore.ReadError("the connection broke") from mailbox.error
        piece = bytes(mailbox.received[:max_bytes])
        del mailbox.received[:max_bytes]
        if mailbox.held_back and not mailbox.received and not mailbox.ended:
            self._transport.resume_reading()
            mailbox.held_back = False
        return piece

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send the bytes. Requests are small: nothing waits for the other side to take them."""
        if self._transport.is_closing():
            raise httpcore.WriteError("the connection is closed")
        self._transport.write(buffer)

    async def aclose(self) -> None:
        """Close the connection without waiting for the other side's farewell."""
        self._transport.close()
        await asyncio.sleep(0)
        self._transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """Return the connection with TLS on it. Raises `httpcore.ConnectError`."""
        try:
            if self._mailbox.received:
                raise ConnectionError("the server spoke first")
            secured = await asyncio.get_running_loop().start_tls(
                self._transport, self._mailbox, ssl_context, server_hostname=server_hostname
            )
            if secured is None:
                raise ConnectionError("the server hung up")
        except OSError as error:  # ssl.SSLError is one
            self._transport.abort()
            raise httpcore.ConnectError("no TLS") from error
        except BaseException:
            self._transport.abort()
            raise
        self._mailbox.transport = secured
        return Wire(self._mailbox, secured)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks about a connection."""
        if info == "is_readable":  # asked of idle connections: then it can only be a farewell
            return bool(self._mailbox.received) or self._mailbox.ended
        if info in ("ssl_object", "socket"):
            return self._transport.get_extra_info(info)
        return None


async def connected(address: str, port: int, seconds: float) -> Wire:
    """Return a connection. Raises `httpcore.ConnectError` and `httpcore.ConnectTimeout`."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            transport, mailbox = await loop.create_connection(_Mailbox, address, port)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout("no connection in time") from error
    except OSError as error:
        raise httpcore.ConnectError("no connection") from error
    return Wire(mailbox, transport)


def cut_off(error: BaseException) -> bool:
    """Say whether the other side hung up before its answer was whole."""
    return isinstance(error, httpcore.ReadError | httpcore.WriteError) or (
        isinstance(error, httpcore.RemoteProtocolError)
        and ("disconnected" in str(error) or "closed connection" in str(error))
    )


class OpenBackend(httpcore.AsyncNetworkBackend):
    """Connects to whatever it is told: for a proxy, which stands in the office's own network."""

    def __init__(self, connect_time: float) -> None:
        self._connect_time = connect_time

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect. Raises what `connected` raises."""
        return await connected(host, port, self._connect_time)
