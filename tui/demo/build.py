"""Building the demo: the story is told into an empty inventory, audits included."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import partial

from audits.policy import load_policy
from audits.run import run_audit
from inventory.store import Store
from tui.demo.register import Register
from tui.demo.roster import roster
from tui.demo.story import AUDITOR, AUDITS, Event, story

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done."""

_LOCAL = timezone(timedelta(hours=8))
_AUDIT_MINUTE = 17 * 60 + 45


def build_demo(store: Store, *, today: date, progress: Progress | None = None) -> None:
    """Fill an empty inventory with the demo as it stands on `today`.

    The same day gives the same records, under the same ids. Raises what `Store.change()` raises.
    """
    steps = sorted(_steps(store, today), key=lambda step: step[0])
    for done, (_moment, take) in enumerate(steps, 1):
        take()
        if progress is not None:
            progress(done, len(steps))


def _steps(store: Store, today: date) -> Iterator[tuple[datetime, Callable[[], object]]]:
    for event in story(Register(today), roster()):
        at = _moment(today, event.days, event.minute)
        yield at, partial(_tell, store, event, at)
    policy = load_policy("core")
    for days in AUDITS:
        on = today - timedelta(days=days)
        at = _moment(today, days, _AUDIT_MINUTE)
        yield at, partial(run_audit, store, AUDITOR, on=on, policy=policy, at=at)


def _tell(store: Store, event: Event, at: datetime) -> None:
    with store.change(event.actor, event.reason, event.source, at=at) as change:
        event.apply(change)


def _moment(today: date, days: int, minute: int) -> datetime:
    """Return a minute of the office day, so many days before today, as UTC."""
    on = today - timedelta(days=days)
    return datetime.combine(on, time(minute // 60, minute % 60), _LOCAL).astimezone(UTC)
