"""Asking one adapter about accounts: canaries first and now and then, answers only as far as these
vouch for them, an end where going on would be of no use.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from audits.probes.canaries import (
    EVERY,
    TRUSTED,
    Verdict,
    ask_canaries,
    has_canaries,
    is_surprise,
)
from audits.probes.check_jobs import Fetch, Job, Landed, driven
from audits.probes.check_ledger import Subject
from audits.probes.check_plan import Ask, Assignment
from audits.probes.exchange import Failure, Reply, Request
from audits.probes.observing import observations
from audits.probes.sightings import Outcome, Reason, Sighting
from inventory.change import Change
from inventory.language import _

# Asking the others would bring the same answer.
FUTILE = frozenset({Reason.OFFLINE, Reason.NO_KEY, Reason.AUTH, Reason.QUOTA})
# Nobody was asked, so nothing was seen.
_UNASKED = frozenset({Reason.OFFLINE, Reason.NO_KEY})
_LIMITED = 2  # jobs in a row that a site answered with "not so fast" before it is left alone


class GivenUp(Exception):
    """The queue ends here; the text says why. `landed` is what the last job still left behind."""

    def __init__(self, why: str, landed: Landed | None = None) -> None:
        super().__init__(why)
        self.landed = landed


Note = Callable[[str], None]
Seen = Callable[[Sighting], None]


class AccountAsking:
    """One adapter during one check. `fresh` fetches past what is kept, for the canaries.

    `note` is told in a sentence what cannot be trusted, `seen` every sighting that counts.
    """

    def __init__(
        self,
        assignment: Assignment,
        *,
        fresh: Fetch,
        now: Callable[[], datetime],
        note: Note,
        seen: Seen,
    ) -> None:
        self._adapter = assignment.adapter
        self._fresh = fresh
        self._now = now
        self._note = note
        self._seen = seen
        self._lock = asyncio.Lock()
        self._verdict: Verdict | None = None
        self._since = 0
        self._surprised = False
        self._hosts: set[str] = set()
        self._limited: Counter[str] = Counter()
        self.jobs = [self._job(batch) for batch in assignment.batches]

    def _job(self, batch: Sequence[Ask]) -> Job:
        async def carry(fetch: Fetch) -> Landed:
            return await self._carry(batch, fetch)

        subjects = tuple((Subject.ACCOUNT, ask.candidate.account_id) for ask in batch)
        return Job(subjects, carry)

    async def _carry(self, batch: Sequence[Ask], fetch: Fetch) -> Landed:
        """Ask about a batch. Raises GivenUp when the others need not be asked."""
        verdict = await self._checked(len(batch))
        if verdict.hopeless:
            return self._landed(batch, [self._unasked(ask) for ask in batch])
        meter = _Meter(fetch)
        sightings = await self._asked(batch, meter)
        self._hosts |= meter.hosts
        lost = await self._doubted(batch, sightings)
        assert self._verdict is not None
        sightings = [self._verdict.applied(one) for one in sightings]
        useless = self._useless(sightings, meter)
        if useless or lost:
            told = [one for one in sightings if one.reason not in _UNASKED]
            landed = self._landed(batch, sightings) if told else None
            raise GivenUp(useless or lost, landed)
        return self._landed(batch, sightings)

    async def _asked(self, batch: Sequence[Ask], fetch: Fetch) -> list[Sighting]:
        """Return one sighting for each account of a batch, in its order."""
        try:
            told = await driven(self._adapter.ask([ask.target for ask in batch]), fetch)
        except Exception as error:  # an answer made to break its reader must not end the check
            self._note(_("an answer could not be read ({kind})").format(kind=type(error).__name__))
            told = []
        by_key = {sighting.key: sighting for sighting in told}
        return [
            by_key.get(ask.target.key) or self._unasked(ask, Reason.UNREADABLE) for ask in batch
        ]

    async def _checked(self, accounts: int) -> Verdict:
        """Return the verdict on the adapter, asking its canaries when that is due."""
        async with self._lock:
            if self._verdict is None or self._since >= EVERY:
                await self._ask_canaries()
                self._since, self._surprised = 0, False
            self._since += accounts
            assert self._verdict is not None
            if not self._verdict.answered:
                raise GivenUp(self._verdict.describe())
            return self._verdict

    async def _doubted(self, batch: Sequence[Ask], sightings: Sequence[Sighting]) -> str:
        """Ask the canaries again at the first surprise; return why to end here, else nothing."""
        surprise = any(
            is_surprise(sighting, ask.candidate.seen_as)
            for ask, sighting in zip(batch, sightings, strict=True)
        )
        async with self._lock:
            if surprise and not self._surprised:
                self._surprised = True
                await self._ask_canaries()
            assert self._verdict is not None
            return "" if self._verdict.answered else self._verdict.describe()

    async def _ask_canaries(self) -> None:
        if not has_canaries(self._adapter):
            self._verdict = TRUSTED
            return
        verdict = await driven(ask_canaries(self._adapter), self._fresh)
        if not verdict.answered and verdict.reason not in FUTILE:
            verdict = await driven(ask_canaries(self._adapter), self._fresh)
        if not verdict.trusted:
            self._note(verdict.describe())
        self._verdict = verdict

    def _useless(self, sightings: Sequence[Sighting], meter: "_Meter") -> str:
        """Return why asking on would be of no use, empty when it may be."""
        reasons = {one.reason for one in sightings}
        only = next(iter(reasons)) if len(reasons) == 1 else None
        if only in FUTILE:
            assert only is not None
            return only.label
        if only is not Reason.RATE_LIMIT or meter.limited is None:
            self._limited.clear()
            return ""
        self._limited[meter.limited] += 1
        alone = self._hosts == {meter.limited}
        return only.label if alone and self._limited[meter.limited] >= _LIMITED else ""

    def _unasked(self, ask: Ask, reason: Reason = Reason.CANARY) -> Sighting:
        name, key = self._adapter.name, ask.target.key
        return Sighting(key, name, self._now(), Outcome.UNKNOWN, reason)

    def _landed(self, batch: Sequence[Ask], sightings: Sequence[Sighting]) -> Landed:
        pairs = [
            (ask.candidate.account_id, sighting)
            for ask, sighting in zip(batch, sightings, strict=True)
            if sighting.reason not in _UNASKED
        ]
        for _account_id, sighting in pairs:
            self._seen(sighting)

        def write(change: Change) -> None:
            for account_id, sighting in pairs:
                change.add_many(observations(account_id, sighting))

        return Landed(tuple((Subject.ACCOUNT, account_id) for account_id, _seen in pairs), write)


class _Meter:
    """Fetches, and remembers which hosts were asked and which of them asked for a pause."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self.hosts: set[str] = set()
        self.limited: str | None = None

    async def __call__(self, request: Request) -> Reply:
        host = urlsplit(request.url).hostname or ""
        self.hosts.add(host)
        reply = await self._fetch(request)
        if isinstance(reply, Failure) and reply.reason is Reason.RATE_LIMIT:
            self.limited = host
        return reply
