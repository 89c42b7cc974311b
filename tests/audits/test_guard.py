"""Rule texts reach the facts and nothing else, in the inventory itself too."""

import sqlite3
from collections.abc import Callable

import pytest

from audits import engine
from audits.engine import ExpressionRefused, bench, facts_read, guarded
from audits.explanation import core_policy
from audits.runs import Run
from inventory.store import Store


@pytest.mark.parametrize(
    "expression",
    [
        "(SELECT count(*) FROM accounts)",
        "EXISTS (SELECT 1)",
        "load_extension('x')",
        "randomblob(10)",
        "zeroblob(1000000000)",
        "writefile('x', 'y')",
        "hex(badge)",
        "printf('%s', badge)",
        "rowid",
        "account_id",
        "no_such_fact",
        '"no_such_fact" = 1',
        "[badge] = 1",
        "badge; DROP TABLE audit_facts",
        "badge -- ",
        "badge /* */",
        "1) FROM audit_facts UNION SELECT (1",
        "?",
        "?1",
        "@x",
        "$x",
        ":nobody",
        "",
        "badge =",
        "sum(admin_count) OVER ()",
        "group_concat(badge)",
    ],
)
def test_an_expression_that_is_more_than_a_comparison_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionRefused):
        facts_read(bench(), expression, ["limit"])


def test_what_an_expression_reads_is_known() -> None:
    read = facts_read(bench(), "coalesce(admin_count, :limit) < 2 AND badge LIKE 'x%'", ["limit"])
    assert read == {"admin_count", "badge"}


def test_the_guard_holds_in_the_inventory_and_is_lifted_afterwards(
    store: Store, audit: Callable[..., Run]
) -> None:
    audit()
    connection = store.connection
    with guarded(connection, {"audit_facts"}):
        connection.execute("SELECT badge FROM audit_facts").fetchall()
        for statement in (
            "SELECT * FROM accounts",
            "SELECT * FROM sqlite_master",
            "DELETE FROM audit_facts",
            "PRAGMA user_version",
            "ATTACH ':memory:' AS other",
            "CREATE TEMP TABLE x (y)",
            "SELECT random() FROM audit_facts",
        ):
            with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
                connection.execute(statement)
        with pytest.raises((sqlite3.Warning, sqlite3.ProgrammingError)):
            connection.execute("SELECT badge FROM audit_facts; SELECT 1")
    connection.execute("SELECT * FROM accounts").fetchall()


def test_the_scan_runs_under_the_guard(
    store: Store, audit: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    audit()
    rule = core_policy().rules[0]
    monkeypatch.setattr(engine, "status_sql", lambda _rule: "(SELECT id FROM organisations)")
    with pytest.raises(sqlite3.DatabaseError, match="prohibited"):
        list(engine.scan(store.connection, [(0, rule)], 1))
