"""Finding accounts: the words people type, the list they get, page by page.

Free words are looked for anywhere in an account's names, address and keys and must all be there.
`field:value` narrows (`platform:x,facebook status:unofficial flag:individual ministry:contoh`),
a leading `!` turns a term around, `missing:field` and `has:field` ask for gaps.
"""

import shlex
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from inventory.fields import Value
from inventory.language import _, current
from inventory.record import Account, field_named, fields_of
from inventory.safe_text import visible
from inventory.search_text import folded
from inventory.vocabulary import Choice, OrganisationKind

Condition = tuple[str, tuple[Value, ...]]
"""A condition of the query and the values it binds."""

FLAGS = ("unofficial", "unverified", "unmonitorable", "individual")

_BLOCK = 500

_JOINS = {
    "a": " JOIN accounts a ON a.id = t.account_id",
    "m": " LEFT JOIN account_marks m ON m.account_id = t.account_id",
    "o": " JOIN organisations o ON o.id = a.organisation_id",
}
_NAMES = (
    "folded(coalesce(name_ms, '') || ' ' || coalesce(name_en, '') || ' ' ||"
    " coalesce(short_name, '') || ' ' || coalesce(code, ''))"
)
_CHOICE_FIELDS = {
    "status": "official_status",
    "badge": "badge",
    "class": "account_class",
    "state": "lifecycle",
    "owner": "legal_owner",
}
_EMPTY = ("", "unknown")

_SORTS = {
    "organisation": "t.place_{language}",  # in the order of the names that are shown
    "platform": "a.platform",
    "handle": "lower(a.handle)",
    "display_name": "lower(a.display_name)",
    "status": "a.official_status",
    "badge": "a.badge",
    "class": "a.account_class",
    "findings": "coalesce(m.findings, -1)",
    "worst": "CASE m.worst WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2"
    " WHEN 'low' THEN 3 WHEN 'info' THEN 4 ELSE 5 END",
    "flags": "(m.unofficial = 'yes') + (m.unverified = 'yes') + (m.unmonitorable = 'yes')"
    " + (m.individual = 'yes')",
    "last_post": "a.last_post_on",
    "reviewed": "a.reviewed_on",
    "uid": "a.uid",
}
_CELLS = {
    "uid": "a.uid",
    "organisation": "coalesce(o.name_ms, o.name_en, o.short_name, o.code, o.uid)",
    "organisation_en": "coalesce(o.name_en, o.name_ms, o.short_name, o.code, o.uid)",
    "short_name": "coalesce(o.short_name, o.code)",
    "platform": "a.platform",
    "handle": "a.handle",
    "display_name": "a.display_name",
    "url": "a.url",
    "status": "a.official_status",
    "badge": "a.badge",
    "class": "a.account_class",
    "state": "a.lifecycle",
    "owner": "a.legal_owner",
    "unofficial": "coalesce(m.unofficial, 'not_assessed')",
    "unverified": "coalesce(m.unverified, 'not_assessed')",
    "unmonitorable": "coalesce(m.unmonitorable, 'not_assessed')",
    "individual": "coalesce(m.individual, 'not_assessed')",
    "findings": "m.findings",
    "worst": "m.worst",
    "last_post": "a.last_post_on",
    "reviewed": "a.reviewed_on",
}
COLUMNS = tuple(_CELLS)
SORTS = tuple(_SORTS)


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, ready to run; `problems` are sentences on terms that make no sense."""

    conditions: tuple[Condition, ...] = ()
    problems: tuple[str, ...] = ()

    def where(self) -> Condition:
        """Return the whole condition and all its values."""
        sql = " AND ".join(f"({condition})" for condition, _values in self.conditions) or "true"
        return sql, tuple(value for _sql, values in self.conditions for value in values)


def read_search(text: str) -> Search:
    """Read what a person typed; anything that is not a known field is looked for as text."""
    conditions, problems = [], []
    for term in _terms(text):
        positive = term.removeprefix("!")
        name, colon, value = positive.partition(":")
        try:
            if colon and value and name.lower() in _FIELDS:
                condition = _FIELDS[name.lower()](value)
            else:
                condition = ("instr(t.text, ?) > 0", (folded(positive),))
        except ValueError as error:
            problems.append(str(error))
            condition = ("false", ())
        if positive != term and positive:
            condition = (f"NOT coalesce({condition[0]}, false)", condition[1])
        conditions.append(condition)
    return Search(tuple(conditions), tuple(problems))


@dataclass(slots=True)
class AccountList:
    """The accounts that a search finds, as ordered row ids, and their cells by id."""

    connection: sqlite3.Connection
    columns: tuple[str, ...] = COLUMNS

    def __post_init__(self) -> None:
        prepare(self.connection)

    def first_ids(
        self, text: str, order: Sequence[tuple[str, bool]] = (), limit: int = 50
    ) -> list[int]:
        """Return the first ids that match, in order; `order` is (column, descending) pairs."""
        sql, values = _query(read_search(text), order)
        rows = self.connection.execute(f"{sql} LIMIT ?", (*values, limit)).fetchall()
        return [row_id for (row_id,) in rows]

    def all_ids(self, text: str, order: Sequence[tuple[str, bool]] = ()) -> Iterator[int]:
        """Yield every id that matches, in order."""
        sql, values = _query(read_search(text), order)
        for (row_id,) in self.connection.execute(sql, values):
            yield row_id

    def count(self, text: str) -> int:
        """Return how many accounts match."""
        search = read_search(text)
        condition, values = search.where()
        sql = f"SELECT count(*) FROM account_texts t{_joined(condition)} WHERE {condition}"
        (found,) = self.connection.execute(sql, values).fetchone()
        return int(found)

    def rows(self, ids: Sequence[int]) -> Mapping[int, tuple[Value, ...]]:
        """Return the cells of the accounts, by id, in the order of `columns`."""
        cells = ", ".join(_CELLS[name] for name in self.columns)
        marks = ", ".join("?" * len(ids))
        rows = self.connection.execute(
            f"SELECT a.id, {cells} FROM accounts a JOIN organisations o ON o.id = a.organisation_id"
            f" LEFT JOIN account_marks m ON m.account_id = a.id WHERE a.id IN ({marks})",
            tuple(ids),
        ).fetchall()
        return {row[0]: row[1:] for row in rows}

    def in_order(self, ids: Sequence[int]) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Yield each id with its cells, in the order of `ids`."""
        for start in range(0, len(ids), _BLOCK):
            block = ids[start : start + _BLOCK]
            cells = self.rows(block)
            yield from ((row_id, cells[row_id]) for row_id in block)

    def interrupt(self) -> None:
        """Stop the query that is running, from any thread."""
        self.connection.interrupt()

    def revision(self) -> int:
        """Return a number that changes when another connection changed the file."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)


def prepare(connection: sqlite3.Connection) -> None:
    """Give a connection the function that searches compare names with."""
    connection.create_function("folded", 1, folded, deterministic=True)


def _query(search: Search, order: Sequence[tuple[str, bool]]) -> Condition:
    condition, values = search.where()
    wanted = [*(pair for pair in order if pair[0] in _SORTS), ("organisation", False)]
    sorts = [
        _SORTS[name].format(language=current().value) + (" DESC" if down else "")
        for name, down in wanted
    ]
    ordering = ", ".join([*sorts, "t.account_id"])
    joins = _joined(condition + ordering)
    sql = f"SELECT t.account_id FROM account_texts t{joins} WHERE {condition} ORDER BY {ordering}"
    return sql, values


def _joined(sql: str) -> str:
    return "".join(join for name, join in _JOINS.items() if f"{name}." in sql)


def _terms(text: str) -> Iterable[str]:
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.commenters, lexer.quotes = True, "", '"'
    lexer.escape = ""
    try:
        return list(lexer)
    except ValueError:  # a quotation mark that is still open while somebody types
        return text.replace('"', " ").split()


def _choice(name: str, choices: type[Choice]) -> Callable[[str], Condition]:
    def condition(text: str) -> Condition:
        values = [_chosen(choices, word) for word in text.split(",") if word]
        return f"a.{name} IN ({', '.join('?' * len(values))})", tuple(values)

    return condition


def _chosen(choices: type[Choice], word: str) -> str:
    wanted = folded(word).replace("-", "_").replace(" ", "_")
    for choice in choices:
        if wanted in (choice.value, folded(choice.label).replace("-", "_").replace(" ", "_")):
            return choice.value
    raise ValueError(
        _("“{word}” is none of: {choices}.").format(
            word=visible(word), choices=", ".join(choice.value for choice in choices)
        )
    )


def _platform(text: str) -> Condition:
    from inventory.platforms import platform_named

    keys = []
    for word in text.split(","):
        found = platform_named(word)
        if word and found is None:
            raise ValueError(_("No platform is called “{word}”.").format(word=visible(word)))
        if found:
            keys.append(found.key)
    return f"a.platform IN ({', '.join('?' * len(keys))})", tuple(keys)


def _flag(text: str) -> Condition:
    flag, _equals, wanted = folded(text).partition("=")
    if flag not in FLAGS or (wanted or "yes") not in ("yes", "no", "not_assessed"):
        raise ValueError(
            _("A flag is one of {flags}, such as flag:{example} or flag:{example}=no.").format(
                flags=", ".join(FLAGS), example=FLAGS[0]
            )
        )
    return f"coalesce(m.{flag}, 'not_assessed') = ?", (wanted or "yes",)


def _ministry(text: str) -> Condition:
    return (
        "a.organisation_id IN (WITH RECURSIVE under(id) AS ("
        f"SELECT id FROM organisations WHERE lower(uid) = ? OR instr({_NAMES}, ?) > 0"
        " UNION SELECT c.id FROM organisations c JOIN under u ON c.parent_id = u.id)"
        " SELECT id FROM under)",
        (folded(text), folded(text)),
    )


def _organisation(text: str) -> Condition:
    return (
        f"a.organisation_id IN (SELECT id FROM organisations WHERE lower(uid) = ?"
        f" OR instr({_NAMES}, ?) > 0)",
        (folded(text), folded(text)),
    )


def _kind(text: str) -> Condition:
    kind = _chosen(OrganisationKind, text)
    return "a.organisation_id IN (SELECT id FROM organisations WHERE kind = ?)", (kind,)


def _severity(text: str) -> Condition:
    return "m.worst = ?", (folded(text),)


def _account(text: str) -> Condition:
    return "lower(a.uid) = ?", (text.lower(),)


def _gap(known: bool) -> Callable[[str], Condition]:
    def condition(text: str) -> Condition:
        name = folded(text)
        if name not in {item.name for item in fields_of(Account)}:
            raise ValueError(_("An account has no field “{name}”.").format(name=visible(text)))
        empty = ", ".join(f"'{word}'" for word in _EMPTY)
        sql = f"coalesce(CAST(a.{name} AS TEXT), '') {'NOT IN' if known else 'IN'} ({empty})"
        return sql, ()

    return condition


def _choices_of(name: str) -> type[Choice]:
    choices = field_named(Account, name).choices
    assert choices is not None
    return choices


_FIELDS: dict[str, Callable[[str], Condition]] = {
    **{word: _choice(name, _choices_of(name)) for word, name in _CHOICE_FIELDS.items()},
    "platform": _platform,
    "flag": _flag,
    "ministry": _ministry,
    "organisation": _organisation,
    "org": _organisation,
    "kind": _kind,
    "worst": _severity,
    "id": _account,
    "missing": _gap(known=False),
    "has": _gap(known=True),
}
FIELD_WORDS = tuple(_FIELDS)
