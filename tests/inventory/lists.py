"""Small invented lists, as tables, and what importing them does; shared by the import's tests."""

import csv
import io
from collections.abc import Mapping as Dictionary
from datetime import date

from inventory.actor import Actor
from inventory.importing.apply import Applied, apply_plan
from inventory.importing.lines import Line, Outcome
from inventory.importing.mapping import Mapping, corrected, propose
from inventory.importing.plan import Plan, make_plan
from inventory.importing.rows import Row, Table
from inventory.store import Store

TODAY = date(2026, 11, 20)
ACTOR = Actor("Juruaudit Contoh", "tester")


def table(text: str, *, name: str = "senarai.csv", format: str = "csv", **more: str) -> Table:  # noqa: A002
    """Return the table that comma-separated `text` holds, its first line being the header."""
    header, *rows = csv.reader(io.StringIO(text.strip()))
    numbered = tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, 2))
    return Table(name, more.get("sha256", "0" * 64), format, "", tuple(header), numbered, ())


def shuffled(whole: Table, order: list[int]) -> Table:
    """Return the same table with its rows in another order, numbered anew."""
    rows = tuple(Row(number, whole.rows[at].cells) for number, at in enumerate(order, 2))
    return Table(
        whole.name, whole.sha256, whole.format, whole.detail, whole.headers, rows, whole.warnings
    )


def planned(
    store: Store,
    text: str | Table,
    *,
    source: str = "senarai",
    mapped: Dictionary[str, str] | None = None,
    answers: Dictionary[str, str] | None = None,
    organisation: str = "",
    today: date = TODAY,
) -> Plan:
    """Return the plan for a list on the inventory in `store`."""
    whole = table(text) if isinstance(text, str) else text
    mapping: Mapping = propose(whole)
    if mapped:
        mapping = corrected(whole, mapping, mapped)
    return make_plan(
        store.connection,
        whole,
        mapping,
        source=source,
        today=today,
        answers=answers,
        organisation=organisation,
    )


def imported(store: Store, text: str | Table, **how: object) -> Applied:
    """Import a list into `store` and return what was done."""
    plan = planned(store, text, **how)  # type: ignore[arg-type]
    return apply_plan(store, ACTOR, plan, today=TODAY)


def outcomes(plan: Plan) -> list[str]:
    """Return the outcome of every line, in order."""
    return [line.outcome.value for line in plan.lines]


def counted(plan: Plan) -> dict[str, int]:
    """Return the counts of the outcomes that occur."""
    return {outcome.value: count for outcome, count in plan.counts.items() if count}


def line_of(plan: Plan, row: int) -> Line:
    """Return the only line of a row."""
    (line,) = [line for line in plan.lines if line.row == row]
    return line


def rows_of(store: Store, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query, for tests that look at what is stored."""
    return store.connection.execute(query).fetchall()


__all__ = [
    "ACTOR",
    "TODAY",
    "Outcome",
    "counted",
    "imported",
    "line_of",
    "outcomes",
    "planned",
    "rows_of",
    "shuffled",
    "table",
]
