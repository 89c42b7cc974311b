"""A live check: a few workers a queue ask through the door, what they learn is written as it lands.

Killed at any moment, it keeps what was written, which is everything up to about half a second
before; stopped in order, it keeps everything that landed. What it did not come to stays on its
list, for the next time.
"""

import asyncio
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from audits.probes import check_ledger
from audits.probes.account_asking import AccountAsking, GivenUp
from audits.probes.check_jobs import Job, Landed, Lane
from audits.probes.check_ledger import KeptAnswer
from audits.probes.check_plan import CheckPlan
from audits.probes.check_progress import Board, Tell
from audits.probes.door_settings import DoorSettings, Stored
from audits.probes.exchange import Reply, Request, Response
from audits.probes.sightings import Outcome, Reason, Sighting
from inventory.actor import Actor
from inventory.errors import InventoryBusy
from inventory.language import _
from inventory.store import Store

if TYPE_CHECKING:
    from audits.probes.fetch import Door

HOLD = 0.5
"""Seconds between two writes: what lands meanwhile is written together."""

_MOST_BUSY = 12  # writes in a row that found the inventory in use by somebody else
_LOOK = 0.1  # seconds between two looks at whether somebody wants it to stop


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check came to. `notes` are sentences on what cannot be trusted, or was given up."""

    number: int | None
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    reasons: Mapping[Reason, int] = field(default_factory=dict)
    done: int = 0
    left: int = 0
    cancelled: bool = False
    notes: tuple[str, ...] = ()


async def run_check(
    store: Store,
    actor: Actor,
    plan: CheckPlan,
    door: "Door",
    *,
    now: Callable[[], datetime],
    progress: Board,
    cancelled: asyncio.Event,
    lanes: Sequence[Lane] = (),
    hold: float = HOLD,
) -> CheckResult:
    """Carry out a plan, and further queues beside it, until done or `cancelled` is set.

    Everything that landed is written when it returns or raises. Raises InventoryError when the
    inventory cannot be written.
    """
    return await _Run(store, actor, plan, door, now, progress, lanes, hold).until(cancelled)


def check(
    store: Store,
    actor: Actor,
    plan: CheckPlan,
    settings: DoorSettings,
    *,
    now: Callable[[], datetime] | None = None,
    tell: Tell | None = None,
    stopped: Callable[[], bool] = lambda: False,
    lanes: Sequence[Lane] = (),
) -> CheckResult:
    """Carry out a plan from ordinary code: opens the door, closes it, and returns the result.

    In the main thread one Ctrl-C, or SIGTERM, stops it; in any thread `stopped` does, which is
    looked at ten times a second. Raises DoorError for settings that cannot be used.
    """
    from audits.probes.fetch import Door  # httpx only where it is used

    async def whole() -> CheckResult:
        cancelled = asyncio.Event()
        board = Board(settings.clock, tell)
        with _signals(cancelled):
            watch = asyncio.create_task(_watch(stopped, cancelled))
            try:
                async with Door(replace(settings, waiting=board.waiting)) as door:
                    return await run_check(
                        store,
                        actor,
                        plan,
                        door,
                        now=now or _utc_now,
                        progress=board,
                        cancelled=cancelled,
                        lanes=lanes,
                    )
            finally:
                watch.cancel()

    return asyncio.run(whole())


class _Run:
    """One check while it runs."""

    def __init__(
        self,
        store: Store,
        actor: Actor,
        plan: CheckPlan,
        door: "Door",
        now: Callable[[], datetime],
        progress: Board,
        lanes: Sequence[Lane],
        hold: float,
    ) -> None:
        self._store = store
        self._actor = actor
        self._plan = plan
        self._door = door
        self._now = now
        self._board = progress
        self._hold = hold
        self._lanes = [*self._account_lanes(), *lanes]
        self._number: int | None = plan.resumes
        self._landed: list[tuple[str, Landed]] = []
        self._answers: dict[str, KeptAnswer] = {}
        self._something = asyncio.Event()
        self._busy = 0
        self._outcomes: Counter[Outcome] = Counter()
        self._reasons: Counter[Reason] = Counter()
        self._notes: dict[str, None] = {}
        self._written = 0

    async def until(self, cancelled: asyncio.Event) -> CheckResult:
        """Run until everything is done, or until `cancelled` is set."""
        total = sum(len(list(lane.subjects)) for lane in self._lanes)
        if total and not cancelled.is_set():
            self._begin()
            for last in (False, True):
                lanes = [lane for lane in self._lanes if lane.last is last]
                await self._all(lanes, cancelled)
        return CheckResult(
            self._number,
            dict(self._outcomes),
            dict(self._reasons),
            self._written,
            total - self._written,
            cancelled.is_set(),
            tuple(self._notes),
        )

    def _begin(self) -> None:
        for lane in self._lanes:
            self._board.begun(lane.name, lane.site, len(list(lane.subjects)))
        if self._number is not None:
            return
        subjects = (subject for lane in self._lanes for subject in lane.subjects)
        with self._store.change(self._actor, _("Live check begun")) as change:
            self._number = check_ledger.begin(change, self._plan.query, subjects, self._now())

    async def _all(self, lanes: Sequence[Lane], cancelled: asyncio.Event) -> None:
        """Let the workers work and write what lands. Raises what one of them raised."""
        if cancelled.is_set():
            return
        work = [
            asyncio.create_task(self._work(lane, queue))
            for lane in lanes
            for queue in [deque(lane.jobs)]
            for _worker in range(min(lane.workers, len(lane.jobs)))
        ]
        writer = asyncio.create_task(self._write_on())
        stop = asyncio.create_task(cancelled.wait())
        waiting = set(work)
        try:
            while waiting and not stop.done() and not writer.done():
                done, _rest = await asyncio.wait(
                    {*waiting, stop, writer}, return_when=asyncio.FIRST_COMPLETED
                )
                waiting -= done
                for task in done:
                    task.result()
        finally:
            everything = [*work, writer, stop]
            for task in everything:
                task.cancel()
            await asyncio.gather(*everything, return_exceptions=True)
            self._flush(last=True)

    async def _work(self, lane: Lane, queue: deque[Job]) -> None:
        """Take one job after another until none is left, or going on is of no use."""
        while queue:
            job = queue.popleft()
            try:
                self._lands(lane.name, await job.carry(partial(self._fetch, lane.name)))
            except GivenUp as end:
                if end.landed is not None:
                    self._lands(lane.name, end.landed)
                queue.clear()
                self._note(lane.name, str(end))
        self._board.ended(lane.name)

    def _lands(self, lane: str, landed: Landed) -> None:
        self._landed.append((lane, landed))
        self._something.set()
        self._board.went_on(lane, len(landed.subjects))

    async def _fetch(self, lane: str, request: Request) -> Reply:
        """Ask, conditionally where an earlier answer is kept, and keep what is worth it."""
        self._board.asks(lane, request.site)
        if request.method != "GET" or request.secret is not None or request.body is not None:
            return await self._door.fetch(request)
        stored = check_ledger.stored_answer(self._store.connection, request.url)
        reply = await self._door.fetch(request, stored=stored)
        if isinstance(reply, Response) and reply.status == 200:
            fresh = Stored(
                reply.headers.get("etag"), reply.headers.get("last-modified"), reply.body
            )
            if fresh.etag or fresh.last_modified:
                kept = check_ledger.worth_keeping(request.url, fresh)
                if kept is not None:
                    self._answers[request.url] = kept
        return reply

    async def _fetch_afresh(self, lane: str, request: Request) -> Reply:
        self._board.asks(lane, request.site)
        return await self._door.fetch(request)

    async def _write_on(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            self._flush()
            await asyncio.sleep(self._hold)

    def _flush(self, *, last: bool = False) -> None:
        """Write what landed, one change a queue; somebody else's change is waited out a while."""
        for name in dict.fromkeys(name for name, _landed in self._landed):
            batch = [landed for lane, landed in self._landed if lane == name]
            try:
                self._write(name, batch)
            except InventoryBusy:
                self._busy += 1
                if last or self._busy > _MOST_BUSY:
                    raise
                self._something.set()
                return
            self._busy = 0
            self._landed = [pair for pair in self._landed if pair[0] != name]
            self._written += sum(len(landed.subjects) for landed in batch)

    def _write(self, name: str, batch: Sequence[Landed]) -> None:
        reason = _("Live check {number}").format(number=self._number)
        with self._store.change(self._actor, reason, name) as change:
            for landed in batch:
                landed.write(change)
                check_ledger.settle(change.connection, landed.subjects)
            check_ledger.keep_answers(change.connection, self._answers.values(), self._now())
        self._answers.clear()
        subjects = [subject for landed in batch for subject in landed.subjects]
        check_ledger.settle_rest(self._store.connection, subjects)

    def _account_lanes(self) -> Iterator[Lane]:
        for assignment in self._plan.assignments:
            name = assignment.adapter.name
            asking = AccountAsking(
                assignment,
                fresh=partial(self._fetch_afresh, name),
                now=self._now,
                note=partial(self._note, name),
                seen=self._count,
            )
            yield Lane(name, assignment.adapter.site, asking.jobs, assignment.workers)

    def _count(self, sighting: Sighting) -> None:
        self._outcomes[sighting.outcome] += 1
        if sighting.reason is not None:
            self._reasons[sighting.reason] += 1

    def _note(self, lane: str, text: str) -> None:
        self._notes[f"{lane}: {text}"] = None
        self._board.noted(lane, text)


async def _watch(stopped: Callable[[], bool], cancelled: asyncio.Event) -> None:
    while not stopped():  # noqa: ASYNC110 - it is asked of another thread
        await asyncio.sleep(_LOOK)
    cancelled.set()


@contextmanager
def _signals(cancelled: asyncio.Event) -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM end the check in order, where signals can be had at all."""
    loop = asyncio.get_running_loop()
    taken = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # no main thread, no signals
            loop.add_signal_handler(number, cancelled.set)
            taken.append(number)
    try:
        yield
    finally:
        for number in taken:
            loop.remove_signal_handler(number)


def _utc_now() -> datetime:
    return datetime.now(UTC)
