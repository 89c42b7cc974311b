"""The books of live checks: which were begun, what each has still to ask, answers kept for later.

That a check was begun is in the log like the record itself; the rest follows from it and from the
observations. What is pending goes in the very change that writes what was seen, so that a check
can be killed at any moment and go on later.
"""

import sqlite3
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from audits.probes.door_settings import Stored
from inventory.change import Change
from inventory.schema import logged_table_sql

_COLUMNS = ("id", "begun_at", "query", "subjects")
_MOST_ANSWERS = 2_000
_LARGEST_ANSWER = 128 * 1024  # as it is kept, compressed
_INFLATED = 2 * 1024 * 1024

_TABLES = f"""
CREATE TABLE checks (
  id INTEGER PRIMARY KEY,
  begun_at TEXT NOT NULL,
  query TEXT NOT NULL,
  subjects INTEGER NOT NULL
) STRICT;
{logged_table_sql("checks", _COLUMNS)}
CREATE TRIGGER checks_stay BEFORE UPDATE ON checks
BEGIN SELECT RAISE(ABORT, 'a check is never edited'); END;
CREATE TRIGGER checks_never_go BEFORE DELETE ON checks
BEGIN SELECT RAISE(ABORT, 'a check is never taken back'); END;
CREATE TABLE check_pending (
  check_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  PRIMARY KEY (check_id, subject, subject_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_pending_of ON check_pending (subject, subject_id);
CREATE TABLE check_answers (
  url TEXT PRIMARY KEY,
  etag TEXT,
  last_modified TEXT,
  body BLOB NOT NULL,
  kept_at TEXT NOT NULL
) STRICT;
CREATE INDEX check_answers_by_age ON check_answers (kept_at);
"""


class Subject(StrEnum):
    """What one asks about."""

    ACCOUNT = "account"
    SITE = "site"  # an organisation's official website


@dataclass(frozen=True, slots=True)
class Check:
    """One live check that was begun. `left` is how many of its `subjects` are still to be asked."""

    number: int
    begun_at: datetime
    query: str
    subjects: int
    left: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer worth keeping, for the site may say next time that it still holds."""

    url: str
    stored: Stored


def begin(change: Change, query: str, pending: Iterable[tuple[Subject, int]], at: datetime) -> int:
    """Note that a check begins and what it is to ask; return its number.

    What it asks anew is taken off the lists of checks that were not finished.
    """
    _prepare(change.connection)
    pending = list(pending)
    settle(change.connection, pending)
    (number,) = change.connection.execute("SELECT coalesce(max(id), 0) + 1 FROM checks").fetchone()
    change.connection.execute(
        "INSERT INTO checks (id, begun_at, query, subjects) VALUES (?, ?, ?, ?)",
        (number, at.astimezone(UTC).isoformat(timespec="seconds"), query, len(pending)),
    )
    change.connection.executemany(
        "INSERT INTO check_pending VALUES (?, ?, ?)",
        ((number, subject.value, row_id) for subject, row_id in pending),
    )
    return int(number)


def settle(connection: sqlite3.Connection, done: Iterable[tuple[Subject, int]]) -> None:
    """Take what was asked off every list, inside an open change."""
    connection.executemany(
        "DELETE FROM check_pending WHERE subject = ? AND subject_id = ?",
        ((subject.value, row_id) for subject, row_id in done),
    )


def settle_rest(connection: sqlite3.Connection, done: Collection[tuple[Subject, int]]) -> None:
    """Take what was asked off every list where no change did: one that wrote nothing is undone."""
    rest = [
        (subject, row_id)
        for subject, row_id in done
        if connection.execute(
            "SELECT 1 FROM check_pending WHERE subject = ? AND subject_id = ?",
            (subject.value, row_id),
        ).fetchone()
    ]
    if rest:
        connection.execute("BEGIN IMMEDIATE")
        settle(connection, rest)
        connection.execute("COMMIT")


def unfinished(connection: sqlite3.Connection) -> Check | None:
    """Return the newest check that has something left to ask, None when there is none."""
    if not _is_there(connection):
        return None
    row = connection.execute(
        "SELECT c.id, c.begun_at, c.query, c.subjects, count(*) FROM checks c"
        " JOIN check_pending p ON p.check_id = c.id GROUP BY c.id ORDER BY c.id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    number, begun_at, query, subjects, left = row
    return Check(number, datetime.fromisoformat(begun_at), query, subjects, left)


def pending(connection: sqlite3.Connection, number: int, subject: Subject) -> list[int]:
    """Return the row ids that a check has still to ask about."""
    if not _is_there(connection):
        return []
    rows = connection.execute(
        "SELECT subject_id FROM check_pending WHERE check_id = ? AND subject = ?"
        " ORDER BY subject_id",
        (number, subject.value),
    )
    return [row_id for (row_id,) in rows]


def stored_answer(connection: sqlite3.Connection, url: str) -> Stored | None:
    """Return what is kept of an earlier answer from an address, None when nothing is."""
    if not _is_there(connection):
        return None
    row = connection.execute(
        "SELECT etag, last_modified, body FROM check_answers WHERE url = ?", (url,)
    ).fetchone()
    if row is None:
        return None
    etag, last_modified, body = row
    inflating = zlib.decompressobj()
    try:
        whole = inflating.decompress(body, _INFLATED)
    except zlib.error:
        return None
    return Stored(etag, last_modified, whole) if inflating.eof else None


def worth_keeping(url: str, stored: Stored) -> KeptAnswer | None:
    """Return the answer ready to be kept, None for one that is empty or too large."""
    packed = zlib.compress(stored.body, 6)
    small = len(packed) <= _LARGEST_ANSWER and 0 < len(stored.body) < _INFLATED
    kept = Stored(stored.etag, stored.last_modified, packed)
    return KeptAnswer(url, kept) if small else None


def keep_answers(
    connection: sqlite3.Connection, answers: Collection[KeptAnswer], at: datetime
) -> None:
    """Keep answers in place of earlier ones, the newest few thousand, inside an open change."""
    if not answers:
        return
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    connection.executemany(
        "INSERT INTO check_answers VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (url) DO UPDATE"
        " SET etag = ?2, last_modified = ?3, body = ?4, kept_at = ?5",
        (
            (one.url, one.stored.etag, one.stored.last_modified, one.stored.body, moment)
            for one in answers
        ),
    )
    connection.execute(
        "DELETE FROM check_answers WHERE url IN (SELECT url FROM check_answers"
        " ORDER BY kept_at DESC, url LIMIT -1 OFFSET ?)",
        (_MOST_ANSWERS,),
    )


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables in an inventory that was never checked, inside an open change."""
    if _is_there(connection):
        return
    statement = ""
    for line in _TABLES.splitlines():
        statement += line + "\n"
        if statement.strip() and sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _is_there(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'checks'")
    return found.fetchone() is not None
