"""Finding damage and tampering: the file, its references, the chain of the log, its replay."""

import sqlite3
from collections.abc import Iterator

from inventory import log
from inventory.language import _


def faults(connection: sqlite3.Connection, *, expected_head: str | None = None) -> Iterator[str]:
    """Yield a sentence for everything that is wrong.

    `expected_head` is `NUMBER:HASH` of a change as noted outside the file. Without one, a log
    that was cut short or rewritten as a whole cannot be told from the true one.
    """
    try:
        yield from _damage(connection)
        yield from log.chain_faults(connection)
        yield from log.replay_faults(connection)
        if expected_head is not None:
            yield from _head_faults(connection, expected_head)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        yield _("the file cannot be read to its end: {error}").format(error=error)


def _damage(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield _("damaged: {line}").format(line=line)
    for table, row_id, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        yield _("{table} row {row} refers to a row of {parent} that is not there").format(
            table=table, row=row_id, parent=parent
        )


def _head_faults(connection: sqlite3.Connection, expected: str) -> Iterator[str]:
    number, _colon, sealed = expected.partition(":")
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else -1
    row = connection.execute("SELECT hash FROM changes WHERE seq = ?", (place,)).fetchone()
    if place == 0:
        row = (log.GENESIS,)
    if row is None:
        yield _("the log ends before change {number}").format(number=number)
    elif row[0] != sealed:
        yield _("change {number} is not the one that was noted").format(number=number)
