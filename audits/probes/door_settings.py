"""What the door to the network is told before it opens, and what it remembers of an answer."""

import random
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from audits.probes.clock import Clock, SystemClock
from audits.probes.public_address import Network
from audits.probes.robots import KeptRobots
from inventory.language import N_, _

Resolver = Callable[[str], Awaitable[Sequence[str]]]


class Why(StrEnum):
    """Why a request waits."""

    PACE = "pace"
    ASKED = "asked"
    TROUBLE = "trouble"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_WHY[self])


_WHY = {
    Why.PACE: N_("asking slowly"),
    Why.ASKED: N_("the site asked us to wait"),
    Why.TROUBLE: N_("the site had trouble; giving it time"),
}

Waiting = Callable[[str, float, Why], None]


def wait_silently(_site: str, _seconds: float, _why: Why) -> None:
    """Tell nobody."""


class Secret(Protocol):
    """An API key that shows itself only when asked to."""

    def reveal(self) -> str:
        """Return the key itself."""
        ...


class SecretFinder(Protocol):
    """Where API keys come from (`keys.Keys`)."""

    def find(self, name: str) -> Secret | None:
        """Return the key of that name, or None when none is set."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one site is asked: requests a second."""

    rate: float = 1.0

    @property
    def interval(self) -> float:
        """Seconds from the start of one request to the next."""
        return 1.0 / self.rate


@dataclass(frozen=True)
class DoorSettings:
    """Everything a door needs to know. The defaults are those for the open internet.

    `contact` is an address or page a site's owner can turn to; it is part of what the program
    calls itself. `proxy` is `http://host:port`; its name and password, where it wants them, are
    the key `proxy`, as `name:password`. With a proxy it is the proxy that resolves names, so the
    check of what they resolve to is the proxy's too. `ca_file` adds authorities to the usual ones.
    `total_time` is in seconds and covers a request with its redirects and its body, but not the
    time spent waiting out of politeness. `paces` goes by the site of a request.
    `patience` is the longest one request waits because a site asked for it, in seconds.
    `robots` keeps what sites say to robots; a mapping of the caller's can outlive the program.
    `resolver`, `allow` and `detour` (port to port, only for addresses in `allow`) are for tests.
    """

    offline: bool = False
    contact: str = ""
    proxy: str | None = None
    ca_file: Path | None = None
    keys: SecretFinder | None = None
    total_time: float = 20.0
    connect_time: float = 8.0
    pace: Pace = Pace()
    paces: Mapping[str, Pace] = field(default_factory=dict)
    per_host: int = 2
    overall: int = 8
    open_hosts: int = 32
    attempts: int = 3
    patience: float = 60.0
    crawl_delay_cap: float = 10.0
    waiting: Waiting = wait_silently
    robots: MutableMapping[str, KeptRobots] = field(default_factory=dict)
    clock: Clock = field(default_factory=SystemClock)
    jitter: Callable[[], float] = random.random
    resolver: Resolver | None = None
    allow: tuple[Network, ...] = ()
    detour: Mapping[int, int] = field(default_factory=dict)

    @property
    def user_agent(self) -> str:
        """What the program calls itself: honest, and with somebody to turn to when given."""
        from importlib.metadata import version

        name = f"rasmi/{version('rasmi')}"
        contact = "".join(letter for letter in self.contact if " " < letter < "\x7f")[:120]
        return f"{name} (+{contact})" if contact else name


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of an earlier answer, so that the site may say "not modified"."""

    etag: str | None = None
    last_modified: str | None = None
    body: bytes = b""
