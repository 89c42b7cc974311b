"""The plan of a live check: whom it asks about what, how often, for how long and at what price.

Pure: it is made from values, and asks nobody.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from audits.probes.canaries import EVERY, has_canaries
from audits.probes.door_settings import Pace
from audits.probes.exchange import Adapter, Target
from audits.probes.targets import Candidate
from inventory.language import N_, _


class Left(StrEnum):
    """Why an account of the query is not asked about."""

    FRESH = "fresh"
    NO_KEY = "no_key"
    OPT_IN = "opt_in"
    BY_HAND = "by_hand"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_LEFT[self])


_LEFT = {
    Left.FRESH: N_("seen not long ago"),
    Left.NO_KEY: N_("no key is set"),
    Left.OPT_IN: N_("to be looked at by hand, or --opt-in PLATFORM"),
    Left.BY_HAND: N_("to be looked at by hand"),
}


@runtime_checkable
class CountsRequests(Protocol):
    """An adapter that asks more than once a batch, and knows how often."""

    def requests(self, accounts: int) -> int:
        """Return how many requests it makes, at most, about so many accounts."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """One account, and the key of it that an adapter takes."""

    candidate: Candidate
    target: Target


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one adapter is to ask. `seconds` is the least that politeness makes of it."""

    adapter: Adapter
    asks: tuple[Ask, ...]
    pace: Pace = field(default_factory=Pace)

    @property
    def batches(self) -> tuple[tuple[Ask, ...], ...]:
        """What is asked with one flow each."""
        step = max(1, self.adapter.batch)
        return tuple(self.asks[at : at + step] for at in range(0, len(self.asks), step))

    @property
    def canary_rounds(self) -> int:
        """How often the canaries are asked, when nothing surprises."""
        if not has_canaries(self.adapter):
            return 0
        return ceil(len(self.batches) / ceil(EVERY / max(1, self.adapter.batch)))

    @property
    def requests(self) -> int:
        """About how many requests it takes, canaries with them."""
        return self._requests(len(self.asks)) + self.canary_rounds * self._requests(2)

    @property
    def workers(self) -> int:
        """How many flows go on at once: more where every account has a site of its own."""
        return 8 if self._scattered else 2

    @property
    def seconds(self) -> float:
        """The seconds it takes at least, at the pace of the site or of the busiest of its sites."""
        if not self._scattered:
            return self.requests * self.pace.interval
        hosts = Counter(urlsplit(ask.target.url).hostname for ask in self.asks)
        return max(hosts.values(), default=0) * self.pace.interval

    @property
    def cost(self) -> float:
        """What it costs in US dollars, canaries with it."""
        return (len(self.asks) + 2 * self.canary_rounds) * self.adapter.cost

    @property
    def _scattered(self) -> bool:
        """Say whether every account stands on a site of its own, as websites do."""
        return self.adapter.needs is None and not has_canaries(self.adapter)

    def _requests(self, accounts: int) -> int:
        if isinstance(self.adapter, CountsRequests):
            return self.adapter.requests(accounts)
        return ceil(accounts / max(1, self.adapter.batch))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An account that is not asked about, and why; `needs` names the key that is missing."""

    candidate: Candidate
    why: Left
    needs: str = ""


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """What a live check is going to do."""

    query: str = ""
    assignments: tuple[Assignment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    resumes: int | None = None

    @property
    def accounts(self) -> int:
        """How many accounts are asked about."""
        return sum(len(one.asks) for one in self.assignments)

    @property
    def requests(self) -> int:
        """About how many requests it takes, canaries with them."""
        return sum(one.requests for one in self.assignments)

    @property
    def seconds(self) -> float:
        """The seconds it takes at least: adapters of one site wait for each other, sites do not."""
        by_site: dict[str, float] = {}
        for one in self.assignments:
            by_site[one.adapter.site] = by_site.get(one.adapter.site, 0.0) + one.seconds
        return max(by_site.values(), default=0.0)

    @property
    def cost(self) -> float:
        """What it costs in US dollars."""
        return sum(one.cost for one in self.assignments)

    def left(self, why: Left) -> tuple[LeftOut, ...]:
        """Return the accounts that are not asked about for one reason."""
        return tuple(one for one in self.left_out if one.why is why)


def make_plan(
    query: str,
    candidates: Iterable[Candidate],
    adapters: Sequence[Adapter],
    *,
    now: datetime,
    has_key: Callable[[str], bool],
    opted_in: Collection[str] = (),
    older_than: timedelta | None = None,
    paces: Mapping[str, Pace] | None = None,
    resumes: int | None = None,
) -> CheckPlan:
    """Give every account the first adapter that may ask about it.

    `adapters` are in the order of preference, `opted_in` the platforms whose pages may be read in
    spite of their terms. An account a probe told of less than `older_than` ago is left alone.
    """
    given: dict[int, list[Ask]] = {}
    left: list[LeftOut] = []
    usable = [one for one in adapters if one.needs is None or has_key(one.needs)]
    for candidate in candidates:
        if older_than is not None and _is_fresh(candidate, now - older_than):
            left.append(LeftOut(candidate, Left.FRESH))
        elif (found := _first(candidate, usable, opted_in)) is not None:
            place, target = found
            given.setdefault(place, []).append(Ask(candidate, target))
        else:
            left.append(_left_out(candidate, adapters, has_key))
    paces = paces or {}
    return CheckPlan(
        query,
        tuple(
            Assignment(usable[place], tuple(asks), paces.get(usable[place].site, Pace()))
            for place, asks in sorted(given.items())
        ),
        tuple(left),
        resumes,
    )


def parse_age(text: str) -> timedelta:
    """Read an age such as `30d`, `12h` or `2w`; a bare number is days. Raises ValueError."""
    number, unit = text[:-1], text[-1:]
    if text.isascii() and text.isdigit():
        number, unit = text, "d"
    hours = {"h": 1, "d": 24, "w": 168}.get(unit.lower())
    if hours is None or not (number.isascii() and number.isdigit()) or len(number) > 5:
        raise ValueError(text)
    return timedelta(hours=hours * int(number))


def _is_fresh(candidate: Candidate, since: datetime) -> bool:
    return candidate.seen_at is not None and candidate.seen_at > since


def _first(
    candidate: Candidate, adapters: Sequence[Adapter], opted_in: Collection[str]
) -> tuple[int, Target] | None:
    for place, adapter in enumerate(adapters):
        for target in candidate.targets:
            if adapter.takes(target) and (not adapter.opt_in or target.platform in opted_in):
                return place, target
    return None


def _left_out(
    candidate: Candidate, adapters: Sequence[Adapter], has_key: Callable[[str], bool]
) -> LeftOut:
    """Say what would have to be done for a probe to look: set a key, opt in, or nothing helps."""
    able = [one for one in adapters if any(one.takes(target) for target in candidate.targets)]
    for adapter in able:
        if adapter.needs is not None and not has_key(adapter.needs):
            return LeftOut(candidate, Left.NO_KEY, adapter.needs)
    why = Left.OPT_IN if any(one.opt_in for one in able) else Left.BY_HAND
    return LeftOut(candidate, why)
