"""Names are looked up beside the program, which never waits for a dead name server to end."""

import asyncio
import socket
import threading

import pytest

from audits.probes.network import system_resolver


def entry(address: str) -> tuple[object, ...]:
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))


async def test_all_addresses_of_a_name_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(host: str, *_others: object, **_more: object) -> list[tuple[object, ...]]:
        assert host == "www.example.org"
        return [entry("8.8.8.8"), entry("1.1.1.1")]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    assert await system_resolver("www.example.org") == ["8.8.8.8", "1.1.1.1"]


@pytest.mark.parametrize("error", [socket.gaierror(-2, "no such name"), UnicodeError("too long")])
async def test_a_name_without_addresses_is_an_error(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_given: object, **_more: object) -> list[tuple[object, ...]]:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", lost)
    with pytest.raises(OSError):  # noqa: PT011 -- whichever the system gives
        await system_resolver("www.example.org")


def test_a_dead_name_server_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def silent(*_given: object, **_more: object) -> list[tuple[object, ...]]:
        release.wait(60)
        return []

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await system_resolver("www.example.org")

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    asyncio.run(give_up())
    waiting = [thread for thread in threading.enumerate() if thread.name == "resolver"]
    assert waiting  # still looking, and yet the run above is over
    assert all(thread.daemon for thread in waiting)
    release.set()
    for thread in waiting:
        thread.join()
