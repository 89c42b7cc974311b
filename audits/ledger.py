"""The books of the audit: the outcomes on file, what they were before each run, and the findings.

Outcomes are kept once, as they are now; a run that changes one puts the former words aside, so that
any earlier run can be read back. Everything here is written inside one open change; `audit_runs` is
in the log like the record itself, the other tables follow from it and the facts.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from audits.damaged import intact
from audits.flags import Flag, Raised
from audits.outcomes import WORDS, Outcome
from audits.rules import Policy, Severity, Status
from audits.runs import Delta, Run
from inventory.schema import logged_table_sql

_RUN_COLUMNS = (
    "id", "held_on", "policy", "policy_version", "policy_hash", "params", "accounts", "tallies",
    "flags", "delta", "errors", "digest", "actor", "seq",
)  # fmt: skip
_BLOCK = 5000
_WORDS = ", ".join(f"w{i}" for i in range(WORDS))
_MARKS = ", ".join("?" * WORDS)

_TABLES = f"""
CREATE TABLE audit_runs (
  id INTEGER PRIMARY KEY,
  held_on TEXT NOT NULL CHECK (held_on = date(held_on)),
  policy TEXT NOT NULL,
  policy_version TEXT NOT NULL,
  policy_hash TEXT NOT NULL,
  params TEXT NOT NULL,
  accounts INTEGER NOT NULL,
  tallies TEXT NOT NULL,
  flags TEXT NOT NULL,
  delta TEXT NOT NULL,
  errors TEXT NOT NULL,
  digest TEXT NOT NULL,
  actor TEXT NOT NULL,
  seq INTEGER NOT NULL
) STRICT;
{logged_table_sql("audit_runs", _RUN_COLUMNS)}
CREATE TRIGGER audit_runs_stay BEFORE UPDATE ON audit_runs
BEGIN SELECT RAISE(ABORT, 'an audit is never edited'); END;
CREATE TRIGGER audit_runs_never_go BEFORE DELETE ON audit_runs
BEGIN SELECT RAISE(ABORT, 'an audit is never taken back'); END;
CREATE TABLE audit_rules (
  position INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  severity TEXT NOT NULL,
  rank INTEGER NOT NULL
) STRICT;
CREATE TABLE audit_outcomes (
  account_id INTEGER PRIMARY KEY,
  {", ".join(f"w{i} INTEGER NOT NULL" for i in range(WORDS))}
) STRICT;
CREATE TABLE audit_past (
  account_id INTEGER NOT NULL,
  run INTEGER NOT NULL,
  {", ".join(f"w{i} INTEGER" for i in range(WORDS))},
  PRIMARY KEY (account_id, run)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit_findings (
  number INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  rule INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
  evaluated INTEGER NOT NULL,
  first_run INTEGER NOT NULL,
  until_run INTEGER,
  reopened INTEGER NOT NULL DEFAULT 0,
  closed_by TEXT
) STRICT;
CREATE UNIQUE INDEX audit_finding_of ON audit_findings (account_id, rule);
CREATE TABLE audit_finding_events (
  run INTEGER NOT NULL,
  number INTEGER NOT NULL,
  what TEXT NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;
"""


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables of the audit in an inventory that has none, inside an open change."""
    if has_runs(connection):
        return
    statement = ""
    for line in _TABLES.splitlines():
        statement += line + "\n"
        if statement.strip() and sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def has_runs(connection: sqlite3.Connection) -> bool:
    """Say whether the inventory was ever audited."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit_runs'")
    return found.fetchone() is not None


def register(connection: sqlite3.Connection, policy: Policy) -> bool:
    """Give every rule of the policy its place in the words; say whether anything was new.

    Raises ValueError when there is no place left.
    """
    known = places(connection)
    rows = connection.execute("SELECT code, severity FROM audit_rules").fetchall()
    now = [(rule.code, rule.severity.value) for rule in policy.rules]
    free = iter(range(len(known), 31 * WORDS))
    for code, severity in now:
        position = known.get(code)
        if position is None:
            position = next(free, None)
        if position is None:
            raise ValueError("there are more rule codes than the words have places for")
        connection.execute(
            "INSERT INTO audit_rules VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (position) DO UPDATE SET severity = ?3, rank = ?4",
            (position, code, severity, Severity(severity).rank),
        )
    return not set(now) <= set(rows)


def places(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the position of every rule code that was ever evaluated."""
    return dict(connection.execute("SELECT code, position FROM audit_rules ORDER BY position"))


def severities(connection: sqlite3.Connection) -> dict[int, Severity]:
    """Return the severity of every rule at its position, as the last policy had it."""
    rows = connection.execute("SELECT position, severity FROM audit_rules")
    with intact(connection):
        return {position: Severity(name) for position, name in rows}


def stage(connection: sqlite3.Connection, blocks: Iterable[Sequence[tuple[Any, ...]]]) -> None:
    """Put what the scan found into a table of its own, to be settled block by block."""
    connection.execute("DROP TABLE IF EXISTS temp.audit_changed")
    now, before = ([f"{name}{i}" for i in range(WORDS)] for name in "nw")
    connection.execute(f"CREATE TEMP TABLE audit_changed (account_id, {', '.join(now + before)})")
    for block in blocks:
        connection.executemany(
            f"INSERT INTO temp.audit_changed VALUES (?, {_MARKS}, {_MARKS})", block
        )


def staged(connection: sqlite3.Connection) -> int:
    """Return how many accounts are staged."""
    (count,) = connection.execute("SELECT count(*) FROM temp.audit_changed").fetchone()
    return int(count)


def staged_changes(
    connection: sqlite3.Connection,
) -> Iterator[list[tuple[int, Outcome, Outcome | None]]]:
    """Yield the staged accounts in blocks: the account, its outcome now, its outcome before."""
    cursor = connection.execute("SELECT * FROM temp.audit_changed")
    while rows := cursor.fetchmany(_BLOCK):
        yield [
            (row[0], row[1 : 1 + WORDS], row[1 + WORDS :] if row[-1] is not None else None)
            for row in rows
        ]


def keep_outcomes(
    connection: sqlite3.Connection,
    run: int,
    changes: Iterable[tuple[int, Outcome, Outcome | None]],
) -> None:
    """Put new outcomes on file and the former ones aside, as they were before `run`."""
    changes = list(changes)
    none = (None,) * WORDS
    if run > 1:
        connection.executemany(
            f"INSERT INTO audit_past (account_id, run, {_WORDS}) VALUES (?, ?, {_MARKS})",
            ((account, run, *(before or none)) for account, _now, before in changes),
        )
    connection.executemany(
        f"INSERT OR REPLACE INTO audit_outcomes (account_id, {_WORDS}) VALUES (?, {_MARKS})",
        ((account, *now) for account, now, _before in changes),
    )


def forget_outcomes(
    connection: sqlite3.Connection, run: int, made: str
) -> list[tuple[int, Outcome]]:
    """Take outcomes off file whose account is gone; return them. `run` is the first without.

    `made` names the temporary table of accounts that were looked at anew; others are still there.
    """
    gone = [
        (account, tuple(words))
        for account, *words in connection.execute(
            f"SELECT account_id, {_WORDS} FROM audit_outcomes"
            f" WHERE account_id IN (SELECT account_id FROM temp.{made} EXCEPT"
            " SELECT account_id FROM audit_facts)"
        )
    ]
    connection.executemany(
        f"INSERT INTO audit_past (account_id, run, {_WORDS}) VALUES (?, ?, {_MARKS})",
        ((account, run, *words) for account, words in gone),
    )
    connection.executemany(
        "DELETE FROM audit_outcomes WHERE account_id = ?", ((account,) for account, _words in gone)
    )
    return gone


def outcomes_now(connection: sqlite3.Connection) -> Iterator[tuple[int, Outcome]]:
    """Yield every account's outcome on file."""
    rows = connection.execute(f"SELECT account_id, {_WORDS} FROM audit_outcomes")
    return ((account, tuple(words)) for account, *words in rows)


def outcomes_of(connection: sqlite3.Connection, run: int) -> Iterator[tuple[int, Outcome]]:
    """Yield every account's outcome as `run` left it, in the order of account ids."""
    rows = connection.execute(
        f"WITH back AS (SELECT account_id, {_WORDS}, min(run) FROM audit_past WHERE run > ?1"
        " GROUP BY account_id)"
        f" SELECT account_id, {_WORDS} FROM audit_outcomes"
        " WHERE account_id NOT IN (SELECT account_id FROM back)"
        f" UNION ALL SELECT account_id, {_WORDS} FROM back WHERE w0 IS NOT NULL ORDER BY 1",
        (run,),
    )
    return ((account, tuple(words)) for account, *words in rows)


def write_run(connection: sqlite3.Connection, run: Run) -> None:
    """Write a run down, for good."""
    values = (
        run.number,
        run.on.isoformat(),
        run.policy,
        run.policy_version,
        run.policy_hash,
        _json(run.params),
        run.accounts,
        _json(run.tallies),
        _json(run.flags),
        _json(run.delta),
        _json(list(run.errors)),
        run.digest,
        run.actor,
        run.seq,
    )
    marks = ", ".join("?" * len(_RUN_COLUMNS))
    connection.execute(
        f"INSERT INTO audit_runs ({', '.join(_RUN_COLUMNS)}) VALUES ({marks})", values
    )


def runs(connection: sqlite3.Connection) -> list[Run]:
    """Return every run, the newest first."""
    if not has_runs(connection):
        return []
    rows = connection.execute(f"SELECT {', '.join(_RUN_COLUMNS)} FROM audit_runs ORDER BY id DESC")
    return [_read(connection, row) for row in rows]


def latest_run(connection: sqlite3.Connection) -> Run | None:
    """Return the newest run, None for an inventory that was never audited."""
    if not has_runs(connection):
        return None
    row = connection.execute(
        f"SELECT {', '.join(_RUN_COLUMNS)} FROM audit_runs ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return _read(connection, row) if row else None


def last_number(connection: sqlite3.Connection) -> int:
    """Return the number of the newest run, 0 for an inventory that was never audited."""
    if not has_runs(connection):
        return 0
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM audit_runs").fetchone()
    return int(number)


def _read(connection: sqlite3.Connection, row: Sequence[Any]) -> Run:
    with intact(connection):
        return _run(row)


def _run(row: Sequence[Any]) -> Run:
    number, held_on, policy, version, policy_hash, params, accounts, *rest = row
    tallies, flags, delta, errors, digest, actor, seq = rest
    return Run(
        number=number,
        on=date.fromisoformat(held_on),
        policy=policy,
        policy_version=version,
        policy_hash=policy_hash,
        params=json.loads(params),
        accounts=accounts,
        tallies={
            code: {Status(name): count for name, count in tally.items()}
            for code, tally in json.loads(tallies).items()
        },
        flags={
            Flag(name): {Raised(value): count for value, count in counts.items()}
            for name, counts in json.loads(flags).items()
        },
        delta={Delta(name): count for name, count in json.loads(delta).items()},
        errors=tuple(json.loads(errors)),
        digest=digest,
        actor=actor,
        seq=seq,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
