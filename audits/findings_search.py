"""Finding findings: the words people type, the list they get, and how it falls into groups.

Free words are looked for in the title and code of the rule and in the names, address and keys of
the account and its organisation; all must be there. These fields narrow:

    severity:critical,high    how grave
    rule:OFF001,VER           rules by code, or by how their codes begin
    state:open|resolved|any   open unless `state`, `delta`, `run` or a number says otherwise
    delta:new                 what became of it in the last run: new, unchanged, resolved,
                              reopened, not_evaluated
    run:2                     with `delta` in that run, else what was open after it
    number:F-000123           one finding; its number alone does the same
    account:A-…               the findings of one account

Every field of the search of accounts narrows too (`ministry:contoh platform:x flag:individual`),
but for `state`. A leading `!` turns a term around.
"""

import re
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audits import ledger
from audits.damaged import intact
from audits.explanation import core_policy
from audits.finding_deltas import HELD, delta_sql
from audits.findings import FindingRow, finding_rows, number_of
from audits.rules import Severity
from audits.runs import Delta
from inventory.fields import Value
from inventory.language import Language, _, current
from inventory.safe_text import visible
from inventory.search import FIELD_WORDS as ACCOUNT_WORDS
from inventory.search import Condition, prepare, read_search
from inventory.search_text import folded

STATES = ("open", "resolved", "any")
OWN_WORDS = ("severity", "rule", "state", "delta", "run", "number", "account")
FIELD_WORDS = (*OWN_WORDS, *(word for word in ACCOUNT_WORDS if word not in OWN_WORDS))

_TERM = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
_NUMBER = re.compile(r"f-(\d{1,12})", re.IGNORECASE)
_ENDS_DEFAULT = ("state", "delta", "run", "number")

_FROM = (
    "audit_findings f JOIN audit_rules r ON r.position = f.rule"
    " LEFT JOIN account_texts t ON t.account_id = f.account_id"
)
_JOINS = {
    "a": " LEFT JOIN accounts a ON a.id = f.account_id",
    "m": " LEFT JOIN account_marks m ON m.account_id = f.account_id",
    "o": " LEFT JOIN organisations o ON o.id = a.organisation_id",
}
_SORTS = {
    "severity": "r.rank",
    "number": "f.number",
    "rule": "r.code",
    "organisation": "t.place_{language}",
    "account": "lower(a.handle)",
    "platform": "a.platform",
    "days": "-f.first_run",
    "state": "f.state",
}
SORTS = tuple(_SORTS)
_OPEN_AFTER = (
    "f.first_run <= ?1 AND f.number NOT IN (SELECT number FROM (SELECT number, what, max(run)"
    " FROM audit_finding_events WHERE run <= ?1 AND what IN ('resolved', 'reopened')"
    " GROUP BY number) WHERE what = 'resolved')"
)


class GroupedBy(StrEnum):
    """What a list of findings can be counted by."""

    SEVERITY = "severity"
    RULE = "rule"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class FindingSearch:
    """What was asked, ready to run; `problems` are sentences on terms that make no sense."""

    conditions: tuple[Condition, ...] = ()
    problems: tuple[str, ...] = ()

    def where(self) -> Condition:
        """Return the whole condition and all its values."""
        sql = " AND ".join(f"({condition})" for condition, _values in self.conditions) or "true"
        return sql, tuple(value for _sql, values in self.conditions for value in values)


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings that share a severity, a rule or an organisation; `term` searches for them."""

    term: str
    key: str
    name: str
    count: int
    worst: Severity


def read_finding_search(text: str) -> FindingSearch:
    """Read what a person typed; anything that is not a known field is looked for as text."""
    terms = [term.replace('"', "") for term in _TERM.findall(text)]
    named = {_field(term.removeprefix("!"))[0] for term in terms}
    run, problems = _asked_run(terms)
    conditions: list[Condition] = [(HELD, ())]
    for term in terms:
        positive = term.removeprefix("!")
        try:
            condition = _condition(positive, run, with_delta="delta" in named)
        except ValueError as error:
            problems.append(str(error))
            condition = ("false", ())
        if positive != term and positive:
            condition = (f"NOT coalesce({condition[0]}, false)", condition[1])
        conditions.append(condition)
    if not named.intersection(_ENDS_DEFAULT):
        conditions.append(("f.state = 'open'", ()))
    return FindingSearch(tuple(conditions), tuple(problems))


@dataclass(slots=True)
class FindingList:
    """The findings that a search finds, as ordered numbers, and their rows."""

    connection: sqlite3.Connection

    def __post_init__(self) -> None:
        prepare(self.connection)

    def first_ids(
        self, text: str, order: Sequence[tuple[str, bool]] = (), limit: int = 50
    ) -> "array[int]":
        """Return the first ids that match; `order` is (column, descending) pairs.

        Without an order the gravest come first, then by rule and number.
        """
        return array("q", self._ids(text, order, limit))

    def all_ids(self, text: str, order: Sequence[tuple[str, bool]] = ()) -> Iterator[int]:
        """Yield every id that matches, in order."""
        return self._ids(text, order, -1)

    def rows(self, ids: Sequence[int]) -> Iterator[FindingRow]:
        """Yield the findings of `ids` in their order; those that are gone are left out."""
        return finding_rows(self.connection, ids)

    def groups(self, text: str, by: GroupedBy) -> list[FindingGroup]:
        """Count what a search finds: severities by gravity, the others by number of findings."""
        if not ledger.has_runs(self.connection):
            return []
        condition, values = read_finding_search(text).where()
        key = {
            GroupedBy.SEVERITY: "r.severity",
            GroupedBy.RULE: "r.code",
            GroupedBy.ORGANISATION: "o.uid",
        }[by]
        name = _organisation_name() if by is GroupedBy.ORGANISATION else "''"
        first = "min(r.rank)" if by is GroupedBy.SEVERITY else "count(*) DESC, min(r.rank)"
        rows = self.connection.execute(
            f"SELECT {key}, {name}, count(*), min(r.rank) FROM {_FROM}"
            f"{_joined(condition + key + name)} WHERE {condition} GROUP BY 1 ORDER BY {first}, 1",
            values,
        )
        with intact(self.connection):
            return [_group(by, *row) for row in rows if row[0]]

    def interrupt(self) -> None:
        """Stop the query that is running, from any thread."""
        self.connection.interrupt()

    def revision(self) -> int:
        """Return a number that changes when another connection changed the file."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def _ids(self, text: str, order: Sequence[tuple[str, bool]], limit: int) -> Iterator[int]:
        if not ledger.has_runs(self.connection):
            return
        condition, values = read_finding_search(text).where()
        sorts = [
            _SORTS[name].format(language=current().value) + (" DESC" if down else "")
            for name, down in order
            if name in _SORTS
        ]
        ordering = ", ".join([*sorts, "r.rank", "r.code", "f.number"])
        rows = self.connection.execute(
            f"SELECT f.number FROM {_FROM}{_joined(condition + ordering)}"
            f" WHERE {condition} ORDER BY {ordering} LIMIT {limit:d}",
            values,
        )
        for (number,) in rows:
            yield number


def _organisation_name() -> str:
    first, second = ("ms", "en") if current() is Language.MALAY else ("en", "ms")
    return f"coalesce(o.name_{first}, o.name_{second}, o.short_name, o.code, o.uid)"


def _group(by: GroupedBy, key: str, name: str, count: int, rank: int) -> FindingGroup:
    worst = list(Severity)[rank]
    if by is GroupedBy.SEVERITY:
        return FindingGroup(f"severity:{key}", key, Severity(key).label, count, worst)
    if by is GroupedBy.RULE:
        rule = core_policy().by_code.get(key)
        return FindingGroup(f"rule:{key}", key, rule.title.here if rule else key, count, worst)
    return FindingGroup(f"org:{key}", key, name, count, worst)


def _joined(sql: str) -> str:
    wanted = {name for name in _JOINS if f"{name}." in sql}
    if "o" in wanted:
        wanted.add("a")
    return "".join(join for name, join in _JOINS.items() if name in wanted)


def _field(term: str) -> tuple[str, str]:
    """Return field and value of a term; the field is "" where the whole term is a word."""
    name, colon, value = term.partition(":")
    if colon and value and name.lower() in FIELD_WORDS:
        return name.lower(), value
    if _NUMBER.fullmatch(term):
        return "number", term
    return "", term


def _asked_run(terms: Sequence[str]) -> tuple[int | None, list[str]]:
    """Return the run that the terms name, and what is wrong with how they do it."""
    values = [value for term in terms for name, value in [_field(term)] if name == "run"]
    if not values:
        return None, []
    if values[-1].isascii() and values[-1].isdigit() and len(values[-1]) < 10:
        return int(values[-1]), []
    return None, [_("A run is a number, such as run:2.")]


def _condition(term: str, run: int | None, *, with_delta: bool) -> Condition:
    name, value = _field(term)
    if name == "":
        return _word(value)
    if name == "severity":
        return _severity(value)
    if name == "rule":
        return _rule(value)
    if name == "state":
        return _state(value)
    if name == "delta":
        return _delta(value, run)
    if name == "run":
        return ("true", ()) if with_delta or run is None else _open_after(run)
    if name == "number":
        return _numbered(value)
    asked = read_search(f'"{"id" if name == "account" else name}:{value}"')
    if asked.problems:
        raise ValueError(asked.problems[0])
    return asked.where()


def _word(word: str) -> Condition:
    wanted = folded(word)
    codes = [
        rule.code
        for rule in core_policy().rules
        if wanted in folded(f"{rule.code} {rule.title.en} {rule.title.ms}")
    ]
    marks = ", ".join("?" * len(codes))
    return f"r.code IN ({marks}) OR instr(coalesce(t.text, ''), ?) > 0", (*codes, wanted)


def _severity(text: str) -> Condition:
    known = {folded(severity.label): severity.value for severity in Severity}
    known |= {severity.value: severity.value for severity in Severity}
    values = []
    for word in filter(None, text.split(",")):
        if folded(word) not in known:
            choices = ", ".join(severity.value for severity in Severity)
            raise ValueError(
                _("“{word}” is none of: {choices}.").format(word=visible(word), choices=choices)
            )
        values.append(known[folded(word)])
    return f"r.severity IN ({', '.join('?' * len(values))})", tuple(values)


def _rule(text: str) -> Condition:
    beginnings = [word.upper() for word in text.split(",") if word]
    for word in beginnings:
        if not any(code.startswith(word) for code in core_policy().by_code):
            raise ValueError(_("No rule is called “{word}”.").format(word=visible(word)))
    tests = " OR ".join("substr(r.code, 1, ?) = ?" for _word in beginnings)
    values: list[Value] = []
    for word in beginnings:
        values += (len(word), word)
    return tests or "true", tuple(values)


def _state(text: str) -> Condition:
    if text.lower() not in STATES:
        raise ValueError(
            _("“{word}” is none of: {choices}.").format(
                word=visible(text), choices=", ".join(STATES)
            )
        )
    return ("true", ()) if text.lower() == "any" else ("f.state = ?", (text.lower(),))


def _delta(text: str, run: int | None) -> Condition:
    try:
        what = Delta(folded(text))
    except ValueError:
        choices = ", ".join(delta.value for delta in Delta)
        raise ValueError(
            _("“{word}” is none of: {choices}.").format(word=visible(text), choices=choices)
        ) from None
    return delta_sql(what, run), ()


def _open_after(run: int) -> Condition:
    return _OPEN_AFTER.replace("?1", str(run)), ()


def _numbered(text: str) -> Condition:
    digits = text.upper().removeprefix("F-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise ValueError(
            _("A finding's number looks like {example}.").format(example=number_of(123))
        )
    return "f.number = ?", (int(digits),)
