"""The accounts a check is about: those a search finds, each by its current keys."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from audits.probes.exchange import Target
from audits.probes.sightings import Outcome
from inventory.search import AccountList

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """One account to be checked.

    `targets` are its current keys, one way of asking each, handles first. `seen_as` and `seen_at`
    are what a probe last concluded of its existence, and when (UTC); an unknown concludes nothing.
    """

    account_id: int
    uid: str
    platform: str
    handle: str
    url: str
    organisation_id: int = 0
    targets: tuple[Target, ...] = ()
    seen_as: Outcome | None = None
    seen_at: datetime | None = None


def candidates(connection: sqlite3.Connection, query: str) -> list[Candidate]:
    """Return the accounts a search finds, in the order lists have."""
    ids = list(AccountList(connection, ("uid",)).all_ids(query))
    return list(candidates_of(connection, ids))


def candidates_of(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Candidate]:
    """Yield the accounts with these row ids, in this order; closed ones are asked about too."""
    for start in range(0, len(ids), _BLOCK):
        block = ids[start : start + _BLOCK]
        found = _block(connection, block)
        yield from (found[row_id] for row_id in block if row_id in found)


def _block(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Candidate]:
    marks = ", ".join("?" * len(ids))
    keys: dict[int, list[str]] = {}
    for account_id, key in connection.execute(
        "SELECT account_id, key FROM account_keys"
        f" WHERE status = 'current' AND account_id IN ({marks}) ORDER BY id",
        tuple(ids),
    ):
        keys.setdefault(account_id, []).append(key)
    seen = _last_seen(connection, ids)
    rows = connection.execute(
        "SELECT a.id, a.uid, a.platform, a.handle, a.url, a.platform_id, o.id, o.website"
        " FROM accounts a JOIN organisations o ON o.id = a.organisation_id"
        f" WHERE a.id IN ({marks})",
        tuple(ids),
    )
    found = {}
    for row_id, uid, platform, handle, url, platform_id, owner, website in rows.fetchall():
        targets = [
            Target(row_id, key, *parts, handle, url, platform_id, website)
            for key in keys.get(row_id, ())
            if (parts := _parts(key)) is not None
        ]
        targets.sort(key=lambda target: target.kind != "handle")
        outcome, at = seen.get(row_id, (None, None))
        found[row_id] = Candidate(
            row_id, uid, platform, handle, url, owner, tuple(targets), outcome, at
        )
    return found


def _parts(key: str) -> tuple[str, str, str] | None:
    """Split a key into platform, kind and value; None for a text that is no key."""
    platform, _colon, rest = key.partition(":")
    kind, _colon, value = rest.partition(":")
    return (platform, kind, value) if platform and kind and value else None


def _last_seen(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, tuple[Outcome, datetime | None]]:
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(
        "SELECT account_id, value, seen_at FROM observations WHERE id IN ("
        "SELECT max(id) FROM observations WHERE kind = 'existence' AND method = 'probe'"
        f" AND value <> 'unknown' AND account_id IN ({marks}) GROUP BY account_id)",
        tuple(ids),
    )
    known = frozenset(Outcome)
    return {
        account_id: (Outcome(value), _moment(at))
        for account_id, value, at in rows
        if value in known
    }


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:  # kept by an import, in words of its own
        return None
