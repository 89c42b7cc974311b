"""Asking a site what it asks of robots: once a day, before anything else."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import lru_cache

from audits.probes.door_settings import DoorSettings
from audits.probes.failures import NoAnswer
from audits.probes.public_address import Place
from audits.probes.robots import KeptRobots, Rules, rules_of
from audits.probes.sightings import Reason

Ask = Callable[[str, str], Awaitable[KeptRobots]]


class RobotsGate:
    """Knows which pages may be asked. `ask` brings the robots.txt at an address, for a site."""

    def __init__(self, settings: DoorSettings, ask: Ask) -> None:
        self._settings = settings
        self._ask = ask
        self._asking: dict[str, asyncio.Lock] = {}

    async def rules(self, place: Place, site: str) -> Rules:
        """Return the rules that hold at a place.

        Raises `NoAnswer` when the site cannot be reached; then its pages are not asked either.
        """
        origin = place.origin
        async with self._asking.setdefault(origin, asyncio.Lock()):
            kept = self._settings.robots.get(origin)
            if kept is None or not kept.holds(self._settings.clock.now()):
                kept = await self._ask(f"{origin}/robots.txt", site)
                self._settings.robots[origin] = kept
        return _rules(kept)

    async def check(self, place: Place, target: str, site: str) -> float | None:
        """Return the pause the site asks for between requests.

        Raises `NoAnswer` when the page may not be asked.
        """
        rules = await self.rules(place, site)
        if not rules.allow(target):
            raise NoAnswer(Reason.ROBOTS, Reason.ROBOTS.label)
        if rules.crawl_delay is None:
            return None
        return min(rules.crawl_delay, self._settings.crawl_delay_cap)


@lru_cache(maxsize=256)
def _rules(kept: KeptRobots) -> Rules:
    return rules_of(kept)
