"""Damaged inventories: a sentence with its remedy, never a program that failed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from audits import ledger
from audits.account_rows import register
from audits.figures import flag_totals, ministries, platform_matrix
from audits.finding_counts import open_findings
from audits.findings import findings
from audits.findings_search import FindingList, GroupedBy
from audits.runs import Run
from inventory.errors import NotAnInventory
from inventory.store import Store
from inventory.vocabulary import AccountClass

Add = Callable[..., int]
Audit = Callable[..., Run]


@pytest.mark.parametrize(
    ("column", "value"),
    [("delta", "not json"), ("tallies", '{"OFF001": {"sideways": 1}}'), ("held_on", "soon"),
     ("flags", "[]"), ("params", "{")],
)  # fmt: skip
def test_a_damaged_run_is_told_as_damage(
    store: Store, add: Add, audit: Audit, column: str, value: str
) -> None:
    add(account_class=AccountClass.CORPORATE, admin_count=1)
    audit()
    damage(store.path, f"UPDATE audit_runs SET {column} = '{value}'")
    with pytest.raises(NotAnInventory, match=r"inventory\.db is damaged"):
        ledger.latest_run(store.connection)
    with pytest.raises(NotAnInventory):
        ledger.runs(store.connection)


def damage(path: Path, statement: str) -> None:
    """Write past every guard, as a broken disk or a stranger's program would."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("UPDATE accounts SET badge = 'sideways'", platform_matrix),
        ("UPDATE accounts SET official_status = 'sideways'", platform_matrix),
        ("UPDATE account_marks SET individual = 'perhaps'", flag_totals),
        ("UPDATE organisations SET kind = 'sideways'", ministries),
        ("UPDATE audit_rules SET severity = 'sideways'", ministries),
        ("UPDATE audit_rules SET severity = 'sideways'", open_findings),
        ("UPDATE audit_rules SET severity = 'sideways'", lambda c: list(findings(c))),
        (
            "UPDATE audit_rules SET severity = 'sideways'",
            lambda c: FindingList(c).groups("", GroupedBy.SEVERITY),
        ),
        ("UPDATE accounts SET lifecycle = 'sideways'", lambda c: list(register(c).rows())),
        ("UPDATE accounts SET reviewed_on = 'soon'", lambda c: list(register(c).rows())),
        ("UPDATE account_marks SET worst = 'sideways'", lambda c: list(register(c).rows())),
    ],
)
def test_a_word_no_vocabulary_knows_is_told_as_damage(
    store: Store,
    add: Add,
    audit: Audit,
    statement: str,
    read: Callable[[sqlite3.Connection], object],
) -> None:
    add(account_class=AccountClass.CORPORATE, admin_count=1)
    audit()
    damage(store.path, statement)
    with pytest.raises(NotAnInventory, match="damaged"):
        read(store.connection)
