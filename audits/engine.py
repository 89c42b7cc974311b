"""Rules become SQL here: each one expression over the facts, all of them one scan.

A rule's text never reaches a table but the facts: a guard in SQLite itself refuses every other
read, every write, every function off a short list, and every query inside an expression.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from audits.fact_vocabulary import FactKind, FactValue, facts
from audits.outcomes import BITS_OF, OF_OTHERS, PLACES_A_WORD, STATUS_OF, UNREASONED, WORDS
from audits.rules import Policy, Rule, Status

FUNCTIONS = frozenset(
    {"abs", "coalesce", "ifnull", "instr", "length", "like", "lower", "nullif", "trim", "upper"}
)
_FACTS = "audit_facts"
_BLOCK = 5000
_PARAMETER = re.compile(r":([a-z_][a-z0-9_]*)")
# SQLite reads a quoted name it does not know as text: a slip would never be noticed.
_NOT_AN_EXPRESSION = re.compile(r"--|/\*|[;?@$\"`\[]")
_SQL_TYPES = dict.fromkeys((FactKind.CHOICE, FactKind.TEXT, FactKind.CODES, FactKind.LINES), "TEXT")


class ExpressionRefused(Exception):
    """An expression does what a rule may not; the message says what."""


def fact_columns() -> str:
    """Return the columns of a table that holds every fact of the vocabulary."""
    return ", ".join(
        f"{fact.name} {_SQL_TYPES.get(fact.kind, 'INTEGER')}" for fact in facts().values()
    )


def bench() -> sqlite3.Connection:
    """Return an empty table of facts in memory: where expressions are checked and cases judged."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(f"CREATE TABLE {_FACTS} (account_id INTEGER PRIMARY KEY, {fact_columns()})")
    return connection


def facts_read(
    connection: sqlite3.Connection, expression: str, params: Iterable[str]
) -> frozenset[str]:
    """Return the facts that an expression reads, on a `bench()`.

    Raises ExpressionRefused for anything but an expression over facts, parameters and the
    functions of the short list.
    """
    if _NOT_AN_EXPRESSION.search(expression):
        raise ExpressionRefused(f"{expression!r} holds more than an expression")
    named = set(_PARAMETER.findall(expression))
    if unknown := named - {"today", *params}:
        raise ExpressionRefused(f"{expression!r} names no parameter called {min(unknown)}")
    read: set[str] = set()
    with guarded(connection, {_FACTS}, seen=read, selects=1):
        try:
            cursor = connection.execute(
                f"SELECT ({expression}\n) FROM {_FACTS}", dict.fromkeys(named, 0)
            )
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise ExpressionRefused(f"{expression!r} is refused: {error}") from error
        if len(cursor.description) != 1:
            raise ExpressionRefused(f"{expression!r} is more than one expression")
    if strange := read - set(facts()):
        raise ExpressionRefused(f"{expression!r} names no fact called {min(strange)}")
    return frozenset(read)


@contextmanager
def guarded(
    connection: sqlite3.Connection,
    tables: Iterable[str],
    *,
    seen: set[str] | None = None,
    selects: int | None = None,
) -> Iterator[None]:
    """Let statements prepared inside the block read `tables` and call listed functions only."""
    connection.set_authorizer(_guard(frozenset(tables), seen, selects))
    try:
        yield
    finally:
        connection.set_authorizer(None)


def _guard(
    tables: frozenset[str], seen: set[str] | None, selects: int | None
) -> Callable[[int, str | None, str | None, str | None, str | None], int]:
    left = selects

    def decide(
        action: int, first: str | None, second: str | None, _base: str | None, _view: str | None
    ) -> int:
        nonlocal left
        if action == sqlite3.SQLITE_SELECT:
            if left is not None:
                left -= 1
            return sqlite3.SQLITE_OK if left is None or left >= 0 else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_READ and first in tables:
            if seen is not None and second:
                seen.add(second)
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and second in FUNCTIONS:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    return decide


def bound(rule: Rule, expression: str) -> str:
    """Return the expression with the rule's parameters under names no other rule has."""
    return _PARAMETER.sub(
        lambda found: found[0] if found[1] == "today" else f":{rule.code}_{found[1]}", expression
    )


def bindings(rules: Iterable[Rule], today: int) -> dict[str, int | str]:
    """Return what the parameters of these rules stand for on the day `today`."""
    values: dict[str, int | str] = {"today": today}
    for rule in rules:
        values.update({f"{rule.code}_{name}": value for name, value in rule.params.items()})
    return values


def status_sql(rule: Rule) -> str:
    """Return the expression that gives the rule's two bits for one row of facts.

    The order is the law: not applicable, fail, pass, not assessed. NULL falls through to the
    last, and a rule whose applicability is not known convicts nobody.
    """
    applies, fails, passes = (bound(rule, text) for text in (rule.applies, rule.fails, rule.passes))
    return (
        f"CASE WHEN ({applies}) THEN CASE WHEN ({fails}) THEN {BITS_OF[Status.FAIL]}"
        f" WHEN ({passes}) THEN {BITS_OF[Status.PASS]} ELSE {BITS_OF[Status.NOT_ASSESSED]} END"
        f" WHEN ({applies}) IS NULL THEN {BITS_OF[Status.NOT_ASSESSED]}"
        f" ELSE {BITS_OF[Status.NOT_APPLICABLE]} END"
    )


def words_sql(rules: Sequence[tuple[int, Rule]]) -> list[str]:
    """Return one expression per word of outcomes, for rules at their positions in the masks."""
    words: list[list[str]] = [[] for _ in range(WORDS)]
    for position, rule in rules:
        word, place = divmod(position, PLACES_A_WORD)
        words[word].append(f"(({status_sql(rule)})<<{2 * place})")
    words[0].append(f"((lifecycle = 'retired' AND closed_on IS NULL) IS TRUE) * {UNREASONED}")
    words[1].append(f"((account_class IN ('third_party', 'impostor')) IS TRUE) * {OF_OTHERS}")
    return ["|".join(parts) or "0" for parts in words]


def scan_sql(rules: Sequence[tuple[int, Rule]], *, only: str | None = None) -> str:
    """Return the one scan that gives every account whose outcome is not the one on file.

    Its rows are the account, the new words, the words on file (NULL for a new account). `only`
    names a table of account ids to look at.
    """
    names = range(WORDS)
    made = ", ".join(f"({words}) AS n{i}" for i, words in enumerate(words_sql(rules)))
    scope = f" WHERE account_id IN (SELECT account_id FROM {only})" if only else ""
    # LIMIT keeps SQLite from working out every expression once more for the comparison.
    return (
        f"SELECT f.account_id, {', '.join(f'f.n{i}' for i in names)},"
        f" {', '.join(f'o.w{i}' for i in names)}"
        f" FROM (SELECT account_id, {made} FROM {_FACTS}{scope} LIMIT -1) f"
        " LEFT JOIN audit_outcomes o ON o.account_id = f.account_id"
        f" WHERE {' OR '.join(f'f.n{i} IS NOT o.w{i}' for i in names)}"
    )


def scan(
    connection: sqlite3.Connection,
    rules: Sequence[tuple[int, Rule]],
    today: int,
    *,
    only: str | None = None,
) -> Iterator[list[tuple[int, ...]]]:
    """Yield the rows of `scan_sql()` in blocks; raises sqlite3.Error when an expression fails."""
    tables = {_FACTS, "audit_outcomes", *([only] if only else ())}
    with guarded(connection, tables):
        cursor = connection.execute(
            scan_sql(rules, only=only), bindings((rule for _place, rule in rules), today)
        )
    while block := cursor.fetchmany(_BLOCK):
        yield block


def reason_sql(rule: Rule) -> str:
    """Return the expression that gives the code of the first reason that holds, else NULL."""
    if not rule.reasons:
        return "NULL"
    branches = " ".join(f"WHEN ({bound(rule, test)}) THEN '{code}'" for code, test in rule.reasons)
    return f"CASE {branches} END"


def explained_rows(
    connection: sqlite3.Connection, rule: Rule, today: int, accounts: Sequence[int] | None = None
) -> Iterator[tuple[Any, ...]]:
    """Yield what explains a rule's result: one row for each account, or for those in `accounts`.

    A row holds the account, 1 where the applicability itself is unknown, the status bits, the
    reason code, and the facts in the order of `rule.facts`.
    """
    shown = ", ".join(rule.facts)
    scope = " WHERE account_id IN (SELECT value FROM json_each(:accounts))" if accounts else ""
    if accounts is not None and not accounts:
        return
    yield from connection.execute(
        f"SELECT account_id, ({bound(rule, rule.applies)}) IS NULL, {status_sql(rule)},"
        f" {reason_sql(rule)}, {shown} FROM {_FACTS}{scope}",
        {**bindings([rule], today), "accounts": str(list(accounts or ()))},
    )


def unknown_patterns(
    connection: sqlite3.Connection, rule: Rule, today: int
) -> Iterator[tuple[Any, ...]]:
    """Yield how often which facts of a rule are unknown where it could not be assessed.

    A row holds how many accounts, 1 where the applicability itself is unknown, the reason code,
    and for each of `rule.facts` in order 1 where it is unknown.
    """
    unknown = "".join(f", ({name} IS NULL)" for name in rule.facts)
    columns = ", ".join(map(str, range(2, 4 + len(rule.facts))))
    yield from connection.execute(
        f"SELECT count(*), ({bound(rule, rule.applies)}) IS NULL, {reason_sql(rule)}{unknown}"
        f" FROM {_FACTS} WHERE ({status_sql(rule)}) = {BITS_OF[Status.NOT_ASSESSED]}"
        f" GROUP BY {columns}",
        bindings([rule], today),
    )


def put_facts(connection: sqlite3.Connection, values: Mapping[str, FactValue]) -> None:
    """Make the given facts, and no others, the only row of a `bench()`."""
    columns = "".join(f", {name}" for name in values)
    marks = ", ?" * len(values)
    connection.execute(f"DELETE FROM {_FACTS}")
    connection.execute(
        f"INSERT INTO {_FACTS} (account_id{columns}) VALUES (1{marks})", list(values.values())
    )


def judge(
    connection: sqlite3.Connection, rule: Rule, values: Mapping[str, FactValue], today: int
) -> tuple[Status, str | None]:
    """Return the status and reason code of a rule for given facts, on a `bench()`."""
    put_facts(connection, values)
    with guarded(connection, {_FACTS}):
        bits, reason = connection.execute(
            f"SELECT {status_sql(rule)}, {reason_sql(rule)} FROM {_FACTS}",
            bindings([rule], today),
        ).fetchone()
    return STATUS_OF[bits], reason


def broken_rules(connection: sqlite3.Connection, policy: Policy, today: int) -> list[str]:
    """Return the codes of rules whose expressions raise an error over the facts on file."""
    broken = []
    for rule in policy.rules:
        with guarded(connection, {_FACTS}):
            try:
                for _row in connection.execute(
                    f"SELECT {status_sql(rule)} FROM {_FACTS}", bindings([rule], today)
                ):
                    pass
            except sqlite3.Error:
                broken.append(rule.code)
    return broken
