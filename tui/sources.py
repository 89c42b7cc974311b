"""The inventory as the lists of the app see it: read models turned into rows of cells."""

from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection

from inventory.language import Language, current
from inventory.organisations import tree
from inventory.search import AccountList
from inventory.search_text import folded
from tui.account_columns import AccountColumn
from tui.platform_names import platform_name
from tui.session import Session
from tui.table.rows import Cells, Order


class AccountSource:
    """The accounts as rows of a table, in the columns given.

    `all_ids` runs in the table's thread on a connection of its own.
    """

    def __init__(self, session: Session, columns: tuple[AccountColumn, ...]) -> None:
        self._session = session
        self._list = AccountList(session.connection)
        self._background: AccountList | None = None
        self.use(columns)

    def use(self, columns: tuple[AccountColumn, ...]) -> None:
        """Give cells in other columns from now on."""
        self._columns = columns
        self._names = tuple(dict.fromkeys(name for one in columns for name in one.reads))
        self._list.columns = tuple(map(_spoken, self._names))

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        return self._list.first_ids(text, _pairs(order), limit)

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterable[int]:
        if self._background is None:
            self._background = AccountList(self._session.reader())
        return self._background.all_ids(text, _pairs(order))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        found = self._list.rows(ids)
        return {row_id: self._cells(values) for row_id, values in found.items()}

    def interrupt(self) -> None:
        if self._background is not None:
            self._background.interrupt()

    def revision(self) -> int:
        return self._list.revision()

    def close(self) -> None:
        """Close the connection of the table's thread."""
        if self._background is not None:
            self._background.connection.close()
            self._background = None

    def _cells(self, values: Sequence[object]) -> Cells:
        known = dict(zip(self._names, values, strict=True))
        return tuple(
            column.write(*(known[name] for name in column.reads)) for column in self._columns
        )


def accounts_named(connection: Connection, text: str, limit: int) -> list[tuple[int, str]]:
    """Return id and a line for the first accounts a search finds."""
    accounts = AccountList(connection, ("platform", "handle", _spoken("organisation")))
    ids = accounts.first_ids(text, limit=limit)
    rows = accounts.rows(ids)
    return [
        (row_id, f"{platform_name(rows[row_id][0])} · {rows[row_id][1]} · {rows[row_id][2]}")
        for row_id in ids
        if row_id in rows
    ]


def organisations_named(connection: Connection, text: str, limit: int) -> list[tuple[int, str]]:
    """Return id and name of organisations that `text` names, short names first."""
    words = folded(text).split()
    found = [
        (len(one.name), one.id, one.name)
        for one in (counts.organisation for counts in tree(connection))
        if _has(words, one.name_ms, one.name_en, one.short_name, one.code)
    ]
    return [(row_id, name) for _length, row_id, name in sorted(found)[:limit]]


def _spoken(name: str) -> str:
    """Return the value to read for a column: names of organisations come in both languages."""
    english = name == "organisation" and current() is Language.ENGLISH
    return "organisation_en" if english else name


def _has(words: Sequence[str], *names: str | None) -> bool:
    whole = folded(" ".join(name for name in names if name))
    return all(word in whole for word in words)


def _pairs(order: tuple[Order, ...]) -> list[tuple[str, bool]]:
    return [(one.column, one.descending) for one in order]
