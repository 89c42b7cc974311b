"""Reading an answer without letting it fill the memory: bounds on what comes and what it becomes.

A compressed answer of a few kilobytes can inflate to gigabytes. So the answer is taken as it
comes over the wire and inflated here, a bounded step at a time.
"""

import zlib
from collections.abc import AsyncIterator

ENCODINGS = "gzip, deflate"  # all that is advertised; others cannot be inflated within bounds
_GZIP, _ZLIB, _RAW = 31, 15, -15  # what zlib calls the three wrappings


class TooLarge(Exception):
    """The answer is larger than the limit, before or after inflating."""


class Unreadable(Exception):
    """The answer is compressed in a way that is broken, cut off or was never offered."""


class Inflater:
    """Inflates one body, never past the limit. `encoding` is the header's value, or empty."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._left = limit
        self._wrapping = _wrapping(encoding)
        self._stream = zlib.decompressobj(self._wrapping) if self._wrapping else None
        self._head = b""
        self._began = False
        self._ended = False

    def feed(self, data: bytes) -> bytes:
        """Return what the next piece becomes. Raises `TooLarge` and `Unreadable`."""
        if self._stream is None:
            return self._counted(data)
        if not self._began:
            data = self._head = self._head + data
            if len(data) < 2:
                return b""
            self._begin(data)
        pieces = []
        while data and not self._ended:
            if self._stream.eof and not self._next_member(data):
                break
            try:
                pieces.append(self._counted(self._stream.decompress(data, self._left + 1)))
            except zlib.error:
                raise Unreadable("broken compression") from None
            data = self._stream.unused_data
        return b"".join(pieces)

    def finish(self) -> None:
        """Raise `Unreadable` when the compressed body stops before its end."""
        if self._stream is not None and self._head and not self._stream.eof:
            raise Unreadable("cut off")

    def _begin(self, head: bytes) -> None:
        """Look at the first two bytes: many servers send deflate without its zlib wrapping."""
        self._began = True
        wrapped = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0  # RFC 1950
        if self._wrapping == _ZLIB and not wrapped:
            self._stream = zlib.decompressobj(_RAW)

    def _next_member(self, rest: bytes) -> bool:
        """Go on with the next member of a gzip body; anything else after the end is padding."""
        if self._wrapping == _GZIP and b"\x1f\x8b".startswith(rest[:2]):
            self._stream = zlib.decompressobj(_GZIP)
        else:
            self._ended = True
        return not self._ended

    def _counted(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise TooLarge
        return piece


def _wrapping(encoding: str) -> int:
    match encoding.strip().lower():
        case "" | "identity":
            return 0
        case "gzip" | "x-gzip":
            return _GZIP
        case "deflate":
            return _ZLIB
    raise Unreadable("an encoding that was not offered")


async def read_bounded(
    pieces: AsyncIterator[bytes], encoding: str, limit: int, *, cut: bool = False
) -> bytes:
    """Return the whole inflated body. Raises `TooLarge` and `Unreadable`.

    `limit` holds for the bytes that come and for what they become. With `cut`, a body that is too
    large is cut at the limit instead.
    """
    inflater = Inflater(encoding, limit)
    body = bytearray()
    came = 0
    try:
        async for piece in pieces:
            came += len(piece)
            if came > limit:
                raise TooLarge
            body += inflater.feed(piece)
    except TooLarge:
        if cut:
            return bytes(body)
        raise
    inflater.finish()
    return bytes(body)
