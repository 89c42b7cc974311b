"""A check of everything in an inventory against local sites that play the platform."""

import asyncio

from audits.probes.check import CheckResult, run_check
from audits.probes.check_jobs import Lane
from audits.probes.check_progress import Board, CheckProgress
from audits.probes.fetch import Door
from inventory.store import Store
from tests.audits.probes.invented import (
    ACTOR,
    BAD,
    GOOD,
    HOST,
    Clock,
    Invented,
    planned,
)
from tests.audits.probes.local_site import Answer, LocalSites

CANARIES = {f"/{GOOD}": Answer(body="yes"), f"/{BAD}": Answer(body="no")}


def platform(**answers: object) -> LocalSites:
    """Return a platform that answers its canaries and, unless told otherwise, finds everybody."""
    named = {f"/{name.replace('_', ' ')}": said for name, said in answers.items()}
    return LocalSites({HOST: CANARIES | {"*": Answer(body="plain")} | named})


async def checked(
    sites: LocalSites,
    store: Store,
    *adapters: Invented,
    plan: object = None,
    stop_at: int | None = None,
    told: list[CheckProgress] | None = None,
    lanes: tuple[Lane, ...] = (),
    **settings: object,
) -> CheckResult:
    """Check everything in the inventory; with `stop_at`, stop when so many are done."""
    cancelled = asyncio.Event()

    def tell(progress: CheckProgress) -> None:
        if told is not None:
            told.append(progress)
        if stop_at is not None and progress.done >= stop_at:
            cancelled.set()

    board = Board(sites.clock, tell)
    async with Door(sites.settings(waiting=board.waiting, **settings)) as door:
        return await run_check(
            store,
            ACTOR,
            plan or planned(store, *adapters),  # type: ignore[arg-type]
            door,
            now=Clock(),
            progress=board,
            cancelled=cancelled,
            lanes=lanes,
            hold=0.0,
        )


def names(count: int) -> list[str]:
    return [f"akaun{number:03}" for number in range(count)]
