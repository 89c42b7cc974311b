"""The log of changes: how a change is sealed, how the chain is checked, how it replays.

The hash of a change covers its header, its items and the hash before it, so an edit anywhere in
the past shows. Whoever can write the file can also recompute the whole chain: only a head kept
elsewhere (on a report, in a mail) shows that.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inventory.language import _
from inventory.schema import logged_tables

GENESIS = "0" * 64
_DOMAIN = b"\0rasmi-change-v1"
_HEADER = "seq, at, actor, reason, source, undoes, items, digest, prev"


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """One row that a change wrote: what it held before and after; None where there was no row."""

    entity: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One entry of the log; `at` is UTC, `actor` names who by account and as declared."""

    seq: int
    at: str
    actor: dict[str, Any]
    reason: str
    source: str | None
    undoes: int | None
    items: int
    hash: str


def seal(connection: sqlite3.Connection, seq: int) -> int:
    """Close the open change `seq`: count and hash its items and chain it. Returns the count."""
    count, digest = _items_digest(connection, seq)
    connection.execute(
        "UPDATE changes SET items = ?, digest = ? WHERE seq = ?", (count, digest, seq)
    )
    header = connection.execute(f"SELECT {_HEADER} FROM changes WHERE seq = ?", (seq,)).fetchone()
    connection.execute("UPDATE changes SET hash = ? WHERE seq = ?", (_hash(header), seq))
    return count


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return the number and hash of the newest change; (0, GENESIS) for an empty log."""
    row = connection.execute(
        "SELECT seq, hash FROM changes WHERE hash IS NOT NULL ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def changes(
    connection: sqlite3.Connection, *, newest_first: bool = True, limit: int = -1
) -> Iterator[LoggedChange]:
    """Yield the entries of the log."""
    direction = "DESC" if newest_first else "ASC"
    rows = connection.execute(
        "SELECT seq, at, actor, reason, source, undoes, items, hash FROM changes"
        f" WHERE hash IS NOT NULL ORDER BY seq {direction} LIMIT ?",
        (limit,),
    )
    for seq, at, actor, *rest in rows:
        yield LoggedChange(seq, at, _actor(actor), *rest)


def items(connection: sqlite3.Connection, seq: int) -> Iterator[ChangeItem]:
    """Yield what one change wrote, in order."""
    rows = connection.execute(
        "SELECT entity, row_id, before, after FROM change_items WHERE seq = ? ORDER BY id", (seq,)
    )
    yield from map(_item, rows)


def history(
    connection: sqlite3.Connection, entity: str, row_id: int
) -> Iterator[tuple[LoggedChange, ChangeItem]]:
    """Yield every change of one row, newest first."""
    rows = connection.execute(
        "SELECT c.seq, c.at, c.actor, c.reason, c.source, c.undoes, c.items, c.hash,"
        " i.entity, i.row_id, i.before, i.after"
        " FROM change_items i JOIN changes c ON c.seq = i.seq"
        " WHERE i.entity = ? AND i.row_id = ? ORDER BY i.id DESC",
        (entity, row_id),
    )
    for seq, at, actor, reason, source, undoes, count, sealed, *item in rows:
        change = LoggedChange(seq, at, _actor(actor), reason, source, undoes, count, sealed)
        yield change, _item(item)


def chain_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for every link of the chain that does not hold."""
    before, expected = GENESIS, 0
    rows = connection.execute(f"SELECT {_HEADER}, hash FROM changes ORDER BY seq")
    for *header, sealed in rows.fetchall():
        seq, prev, expected = header[0], header[8], expected + 1
        if seq != expected:
            yield _("change {seq} stands where change {expected} should be").format(
                seq=seq, expected=expected
            )
        if prev != before:
            yield _("change {seq} does not follow the change before it").format(seq=seq)
        if tuple(header[6:8]) != _items_digest(connection, seq):
            yield _("change {seq} does not hold the items it was sealed with").format(seq=seq)
        if sealed != _hash(header):
            yield _("change {seq} was edited after it was sealed").format(seq=seq)
        before, expected = sealed or "", seq
    orphans = connection.execute(
        "SELECT count(*) FROM change_items WHERE seq NOT IN (SELECT seq FROM changes)"
    ).fetchone()[0]
    if orphans:
        yield _("{orphans} items belong to no change").format(orphans=orphans)


def replay_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for every row that the log, replayed from nothing, does not lead to."""
    for table in logged_tables(connection):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        expected = _replayed(connection, table)
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            known = dict(zip(columns, row, strict=True))
            logged = expected.pop(row[0], None)
            if logged is None:
                yield _("{table} row {row} is in no change of the log").format(
                    table=table, row=row[0]
                )
            elif {name: logged.get(name) for name in columns} != known:
                yield _("{table} row {row} differs from what the log says").format(
                    table=table, row=row[0]
                )
        for row_id in expected:
            yield _("{table} row {row} is in the log but not in the table").format(
                table=table, row=row_id
            )


def _replayed(connection: sqlite3.Connection, table: str) -> dict[int, dict[str, Any]]:
    rows: dict[int, dict[str, Any]] = {}
    cursor = connection.execute(
        "SELECT row_id, before, after FROM change_items WHERE entity = ? ORDER BY id", (table,)
    )
    for row_id, before, after in cursor:
        if after is None:
            rows.pop(row_id, None)
        elif before is None:
            rows[row_id] = _values(after)
        else:
            rows.setdefault(row_id, {}).update(_values(after))
    return rows


def _items_digest(connection: sqlite3.Connection, seq: int) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    rows = connection.execute(
        "SELECT entity, row_id, before, after FROM change_items WHERE seq = ? ORDER BY id", (seq,)
    )
    for row in rows:
        count += 1
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return count, digest.hexdigest()


def _hash(header: Any) -> str:
    text = json.dumps(list(header), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(_DOMAIN + text.encode()).hexdigest()


def _item(row: Any) -> ChangeItem:
    entity, row_id, before, after = row
    return ChangeItem(
        entity,
        row_id,
        _values(before) if before is not None else None,
        _values(after) if after is not None else None,
    )


def _actor(text: str) -> dict[str, Any]:
    return {"name": "?"} | _values(text)


def _values(text: str) -> dict[str, Any]:
    """Return the object in a text of the log; no object at all where it was tampered with."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
