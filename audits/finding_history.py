"""What became of one finding in every run since it was opened."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from audits import ledger
from audits.runs import Delta


@dataclass(frozen=True, slots=True)
class FindingEvent:
    """What one run did to a finding; `unchanged` is "it was still open"."""

    run: int
    on: date
    what: Delta


def history_of(connection: sqlite3.Connection, finding: int) -> list[FindingEvent]:
    """Return what became of a finding, by run; runs while it was resolved are left out."""
    if not ledger.has_runs(connection):
        return []
    found = connection.execute(
        "SELECT first_run FROM audit_findings WHERE number = ?", (finding,)
    ).fetchone()
    if found is None:
        return []
    (first,) = found
    noted = dict(
        connection.execute(
            "SELECT run, what FROM audit_finding_events WHERE number = ?", (finding,)
        )
    )
    days = connection.execute(
        "SELECT id, held_on FROM audit_runs WHERE id >= ? ORDER BY id", (first,)
    )
    events: list[FindingEvent] = []
    is_open = True
    for run, day in days:
        what = Delta.NEW if run == first else Delta(noted.get(run, Delta.UNCHANGED))
        if is_open or what is Delta.REOPENED:
            events.append(FindingEvent(run, date.fromisoformat(day), what))
        is_open = what is not Delta.RESOLVED and (is_open or what is Delta.REOPENED)
    return events
