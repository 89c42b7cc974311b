"""How far a live check is, site by site, and what it waits for."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from audits.probes.door_settings import Why


@dataclass(frozen=True, slots=True)
class SiteProgress:
    """One queue of a check: so many done of so many. `site` is the one it waited for last.

    While it waits, `why` says what for, `seconds` how long in all, and `until` when that ends by
    the clock of the door. `note` is a sentence on what went wrong; `ended`: nothing more comes.
    """

    name: str
    site: str
    total: int
    done: int = 0
    why: Why | None = None
    seconds: float = 0.0
    until: float = 0.0
    note: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """How far the whole check is."""

    sites: tuple[SiteProgress, ...] = field(default=())

    @property
    def total(self) -> int:
        """How many subjects there are."""
        return sum(one.total for one in self.sites)

    @property
    def done(self) -> int:
        """How many are done with."""
        return sum(one.done for one in self.sites)


Tell = Callable[[CheckProgress], None]


class Ticks(Protocol):
    """Something that counts seconds."""

    def ticks(self) -> float:
        """Return seconds since some moment."""
        ...


class Board:
    """Where a check and its door write how far they are; every change is told.

    `waiting` is for the settings of the door, whose clock `clock` is.
    """

    def __init__(self, clock: Ticks, tell: Tell | None = None) -> None:
        self._clock = clock
        self._tell = tell
        self._sites: dict[str, SiteProgress] = {}
        self._served: dict[str, set[str]] = {}

    @property
    def now(self) -> CheckProgress:
        """How far the check is."""
        return CheckProgress(tuple(self._sites.values()))

    def waiting(self, site: str, seconds: float, why: Why) -> None:
        """Note that requests to a site wait; the door calls this."""
        until = self._clock.ticks() + seconds
        for name in self._served.get(site, ()):
            one = self._sites[name]
            if not one.ended:
                self._sites[name] = replace(one, site=site, why=why, seconds=seconds, until=until)
        self._say()

    def begun(self, name: str, site: str, total: int) -> None:
        """Note that a queue begins."""
        self._sites[name] = SiteProgress(name, site, total)
        self._say()

    def asks(self, name: str, site: str) -> None:
        """Note that a queue asks a site: where it waits there, the queue does."""
        self._served.setdefault(site, set()).add(name)

    def went_on(self, name: str, done: int) -> None:
        """Note that so many more are done with; whatever it waited for is over."""
        one = self._sites[name]
        self._sites[name] = replace(_going(one), done=one.done + done)
        self._say()

    def noted(self, name: str, note: str) -> None:
        """Note what went wrong."""
        self._sites[name] = replace(self._sites[name], note=note)
        self._say()

    def ended(self, name: str) -> None:
        """Note that nothing more comes."""
        self._sites[name] = replace(_going(self._sites[name]), ended=True)
        self._say()

    def _say(self) -> None:
        if self._tell is not None:
            self._tell(self.now)


def _going(one: SiteProgress) -> SiteProgress:
    """Return the queue as it is when it waits for nothing."""
    return replace(one, why=None, seconds=0.0, until=0.0)
