"""Every use of a socket in this process, seen by Python's own audit: nothing can go round it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_LISTENERS: list[list[tuple[str, object]]] = []
_hooked = False


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if _LISTENERS and event.startswith("socket."):
        if event == "socket.__new__":
            seen: tuple[str, object] = (event, arguments[1:])
        elif event in ("socket.connect", "socket.bind", "socket.sendto"):
            seen = (event, arguments[1])
        else:
            seen = (event, arguments)
        for listener in _LISTENERS:
            listener.append(seen)


@contextmanager
def sockets_seen() -> Iterator[list[tuple[str, object]]]:
    """Yield the list of what is done with sockets while the block runs: events, and to whom."""
    global _hooked  # a hook can never be taken away again
    if not _hooked:
        sys.addaudithook(_hear)
        _hooked = True
    listener: list[tuple[str, object]] = []
    _LISTENERS.append(listener)
    try:
        yield listener
    finally:
        _LISTENERS.remove(listener)


def connected_to(seen: list[tuple[str, object]]) -> list[object]:
    """Return whom somebody tried to connect or send to."""
    return [whom for event, whom in seen if event in ("socket.connect", "socket.sendto")]
