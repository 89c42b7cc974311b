"""What the last live check came to, read back from the observations it left."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from audits.probes.sightings import Outcome, Reason

_LAST = (
    "SELECT o.account_id, o.value, o.reason FROM observations o JOIN ("
    "SELECT max(id) AS id FROM observations WHERE kind = 'existence' AND method = 'probe'"
    " AND seen_at >= ? GROUP BY account_id) USING (id)"
)


@dataclass(frozen=True, slots=True)
class LastCheck:
    """The newest check: what was last seen of each account since it began."""

    number: int
    begun_at: str
    query: str
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    reasons: Mapping[Reason | None, int] = field(default_factory=dict)
    leads: int = 0


def last_check(connection: sqlite3.Connection) -> LastCheck | None:
    """Return the newest check with its figures, None in an inventory that was never checked."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'checks'").fetchone()
    row = (
        connection.execute(
            "SELECT id, begun_at, query FROM checks ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if there
        else None
    )
    if row is None:
        return None
    number, begun_at, query = row
    outcomes: Counter[Outcome] = Counter()
    reasons: Counter[Reason | None] = Counter()
    for _account, value, why in connection.execute(_LAST, (begun_at,)):
        outcome = Outcome(value) if value in frozenset(Outcome) else Outcome.UNKNOWN
        outcomes[outcome] += 1
        if outcome is Outcome.UNKNOWN:
            reasons[Reason(why) if why in frozenset(Reason) else None] += 1
    return LastCheck(number, begun_at, query, outcomes, reasons, _leads(connection, begun_at))


def accounts_seen(
    connection: sqlite3.Connection, since: str, outcome: Outcome, reason: Reason | None = None
) -> list[int]:
    """Return the accounts last seen so since a moment (ISO, UTC); any reason when none is named."""
    return [
        account_id
        for account_id, value, why in connection.execute(_LAST, (since,))
        if value == outcome.value and (reason is None or why == reason.value)
    ]


def _leads(connection: sqlite3.Connection, begun_at: str) -> int:
    """Count the open leads found since the day a check began, where the program runs."""
    day = datetime.fromisoformat(begun_at).astimezone().date().isoformat()
    (count,) = connection.execute(
        "SELECT count(*) FROM leads WHERE state = 'open' AND found_on >= ?", (day,)
    ).fetchone()
    return int(count)
