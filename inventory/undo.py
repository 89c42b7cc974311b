"""Taking a change back: by a new change that writes what was there before."""

import sqlite3
from datetime import datetime

from inventory import log
from inventory.actor import Actor
from inventory.errors import Refused
from inventory.language import _
from inventory.log import ChangeItem, LoggedChange
from inventory.record import TABLES
from inventory.store import Store


def last_undoable(connection: sqlite3.Connection) -> LoggedChange | None:
    """Return the newest change of the record that still stands, None when there is none.

    Left out are changes that were taken back, that take one back, or that kept something else
    than the record, such as an audit.
    """
    undone = set()
    for change in log.changes(connection):
        if change.undoes is not None:
            undone.add(change.undoes)
        elif change.seq not in undone and _wrote_the_record(connection, change.seq):
            return change
    return None


def _wrote_the_record(connection: sqlite3.Connection, seq: int) -> bool:
    marks = ", ".join("?" * len(TABLES))
    found = connection.execute(
        f"SELECT 1 FROM change_items WHERE seq = ? AND entity IN ({marks}) LIMIT 1",
        (seq, *TABLES.values()),
    )
    return found.fetchone() is not None


def undo(
    store: Store, actor: Actor, seq: int, reason: str, *, at: datetime | None = None
) -> LoggedChange:
    """Take back change `seq` and return its entry.

    Raises Refused when it was taken back already or a later change touched the same rows.
    """
    target = next((c for c in log.changes(store.connection) if c.seq == seq), None)
    if target is None:
        raise Refused(_("There is no change number {seq}.").format(seq=seq))
    with store.change(actor, reason, at=at, undoes=seq) as change:
        _refuse_twice(change.connection, seq)
        for item in reversed(list(log.items(change.connection, seq))):
            _take_back(change.connection, item)
    return target


def _refuse_twice(connection: sqlite3.Connection, seq: int) -> None:
    already = connection.execute(
        "SELECT 1 FROM changes WHERE undoes = ? AND hash IS NOT NULL", (seq,)
    ).fetchone()
    if already:
        raise Refused(_("Change {seq} was taken back already.").format(seq=seq))


def _take_back(connection: sqlite3.Connection, item: ChangeItem) -> None:
    _refuse_touched(connection, item)
    if item.before is None:
        connection.execute(f"DELETE FROM {item.entity} WHERE id = ?", (item.row_id,))
    elif item.after is None:
        names, marks = ", ".join(item.before), ", ".join("?" * len(item.before))
        connection.execute(
            f"INSERT INTO {item.entity} ({names}) VALUES ({marks})", tuple(item.before.values())
        )
    else:
        # The version goes on counting: a form that is still open must notice.
        values = {name: value for name, value in item.before.items() if name != "version"}
        assignments = ", ".join(f"{name} = ?" for name in values)
        connection.execute(
            f"UPDATE {item.entity} SET {assignments}, version = version + 1 WHERE id = ?",
            (*values.values(), item.row_id),
        )


def _refuse_touched(connection: sqlite3.Connection, item: ChangeItem) -> None:
    cursor = connection.execute(f"SELECT * FROM {item.entity} WHERE id = ?", (item.row_id,))
    row = cursor.fetchone()
    names = [column[0] for column in cursor.description]
    current = None if row is None else dict(zip(names, row, strict=True))
    expected = item.after
    if item.before is None and expected is not None:
        expected = dict.fromkeys(names) | expected
    if (current is None) != (expected is None) or (
        current is not None
        and expected is not None
        and any(current.get(name) != value for name, value in expected.items() if name != "version")
    ):
        raise Refused(
            _("Something it wrote was changed again later. Take back the later change first.")
        )
