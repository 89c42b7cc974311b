"""Patience with each site: one question after another, longer pauses when it asks for them.

A site is what a request says it is (`Request.site`). Waiting is told to whoever shows progress.
Nothing here knows of requests or answers: it is told of trouble and of being asked to wait.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from audits.probes.door_settings import DoorSettings, Why
from audits.probes.sightings import Reason

_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 300.0
_LONGEST_ASKED = 24 * 3600.0
_WORTH_TELLING = 0.05  # seconds


class Deferred(Exception):
    """The host is left alone for longer than one request waits: why, and for how many seconds."""

    def __init__(self, reason: Reason, why: Why, seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.why = why
        self.seconds = seconds


@dataclass(slots=True)
class _Lane:
    """When a site or a host may be asked next."""

    interval: float = 0.0
    next_turn: float = 0.0


@dataclass(slots=True)
class _Host(_Lane):
    """How a host fared lately, and until when it is left alone."""

    closed_until: float = 0.0
    why: Why = Why.ASKED
    reason: Reason = Reason.RATE_LIMIT
    troubles: int = 0


class Politeness:
    """Gives requests their turn: so many a second for a site, few at once for a host and overall.

    Rates go by site, pauses by host: of a hundred websites asked as one site, the one that is
    down does not hold up the others.
    """

    def __init__(self, settings: DoorSettings) -> None:
        self._settings = settings
        self._clock = settings.clock
        self._sites: dict[str, _Lane] = {}
        self._hosts: dict[str, _Host] = {}
        self._at_host: dict[str, asyncio.Semaphore] = {}
        self._overall = asyncio.Semaphore(settings.overall)

    @asynccontextmanager
    async def turn(self, site: str, host: str) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Raises `Deferred` when that would take too long."""
        at_host = self._at_host.setdefault(host, asyncio.Semaphore(self._settings.per_host))
        async with at_host:
            await self._wait(site, host)
            async with self._overall:
                yield

    def slow_down(self, host: str, interval: float) -> None:
        """Ask the host no faster than once in `interval` seconds from now on."""
        state = self._host(host)
        state.interval = max(state.interval, interval)

    def asked_to_wait(self, host: str, seconds: float | None) -> float:
        """Note that a host asked for a pause; without a number it grows from time to time.

        Returns the pause in seconds.
        """
        state = self._host(host)
        state.troubles += 1
        pause = self._pause(state) if seconds is None else min(seconds, _LONGEST_ASKED)
        self._close(state, pause, Why.ASKED, Reason.RATE_LIMIT)
        return pause

    def in_trouble(self, host: str, reason: Reason) -> None:
        """Note that the host failed, and how: the next request waits, longer each time in a row."""
        state = self._host(host)
        state.troubles += 1
        self._close(state, self._pause(state), Why.TROUBLE, reason)

    def went_well(self, host: str) -> None:
        """Note that the host answered."""
        self._host(host).troubles = 0

    async def _wait(self, site: str, host: str) -> None:
        """Let time pass until the host may be asked on behalf of the site, and take that turn."""
        lane, state = self._site(site), self._host(host)
        while True:
            await self._until_open(site, state)
            now = self._clock.ticks()
            mine = max(now, lane.next_turn, state.next_turn)
            lane.next_turn = mine + lane.interval
            state.next_turn = mine + state.interval
            if mine > now:
                await self._let_pass(site, mine - now, Why.PACE)
            if state.closed_until <= self._clock.ticks():  # else it was closed meanwhile
                return

    async def _until_open(self, site: str, state: _Host) -> None:
        while (pause := state.closed_until - self._clock.ticks()) > 0:
            if pause > self._settings.patience:
                raise Deferred(state.reason, state.why, pause)
            await self._let_pass(site, pause, state.why)

    async def _let_pass(self, site: str, seconds: float, why: Why) -> None:
        if seconds >= _WORTH_TELLING:
            self._settings.waiting(site, seconds, why)
        await self._clock.sleep(seconds)

    def _site(self, name: str) -> _Lane:
        lane = self._sites.get(name)
        if lane is None:
            pace = self._settings.paces.get(name, self._settings.pace)
            lane = self._sites[name] = _Lane(pace.interval)
        return lane

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def _pause(self, state: _Host) -> float:
        """Return a pause that doubles with each trouble in a row, half of it by chance."""
        full = min(_FIRST_PAUSE * 2.0 ** min(state.troubles - 1, 16), _LONGEST_PAUSE)
        return full * (0.5 + self._settings.jitter() / 2)

    def _close(self, state: _Host, pause: float, why: Why, reason: Reason) -> None:
        until = self._clock.ticks() + pause
        if until > state.closed_until:
            state.closed_until, state.why, state.reason = until, why, reason


def seconds_asked(value: str, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for, or None when it says nothing readable.

    Both forms of RFC 9110, 10.2.3: whole seconds, or a date, which is compared with `now` (the
    date of the answer itself where it has one, since clocks differ).
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    moment = http_date(text)
    return None if moment is None else max(0.0, (moment - now) / timedelta(seconds=1))


def seconds_until_reset(value: str, now: datetime) -> float | None:
    """Return the seconds until a rate limit is over, from a `RateLimit-Reset` kind of header.

    Platforms write it as seconds left, as a Unix time or as an ISO date.
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        number = float(text[:12])
        return number if number < 1e9 else max(0.0, number - now.timestamp())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now) / timedelta(seconds=1))


def http_date(text: str) -> datetime | None:
    """Return the moment an HTTP date names, or None when it names none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
