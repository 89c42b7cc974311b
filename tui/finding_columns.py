"""Findings as rows of a table: which columns at which width, and their words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from audits.findings import FindingRow
from audits.findings_search import FindingGroup, FindingList, GroupedBy
from audits.rules import Severity
from inventory.language import N_, _
from inventory.search_text import folded
from tui.platform_names import platform_name
from tui.session import Session
from tui.table.columns import Column
from tui.table.rows import Cells, Order


@dataclass(frozen=True, slots=True)
class FindingColumn:
    """One column: how it words a finding, and its least width."""

    key: str
    message: str
    write: Callable[[FindingRow], str]
    width: int
    grow: int = 0
    right: bool = False
    tones: Callable[[], Mapping[str, str]] = dict
    sortable: bool = True

    def column(self) -> Column:
        """Return the column as the table draws it, worded in the language spoken here."""
        tones = self.tones()
        title = _(self.message)
        return Column(
            self.key,
            title,
            self.width if self.grow else max(self.width, len(title) + 2 * self.right),
            grow=self.grow,
            align="right" if self.right else "left",
            style_of=(lambda text: tones.get(text, "")) if tones else None,
            sortable=self.sortable,
        )


def columns_for(width: int, *, with_state: bool = False) -> tuple[FindingColumn, ...]:
    """Return the columns for a table of `width` cells; `with_state` has the state among them."""
    keys: tuple[str, ...] = next(keys for least, keys in _BY_WIDTH if width >= least)
    if with_state and "days" in keys and "state" not in keys:
        keys = (*(key for key in keys if key != "days"), "state")
    return tuple(_BY_KEY[key] for key in keys)


def state_text(row: FindingRow) -> str:
    """Say in a word how a finding stands."""
    if row.state == "resolved":
        return _("resolved")
    if not row.evaluated:
        return _("not evaluated")
    return _("reopened") if row.reopened else _("open")


def severity_tones() -> dict[str, str]:
    """Return the tone of each severity's word."""
    tones = {Severity.CRITICAL: "bad", Severity.HIGH: "bad", Severity.MEDIUM: "warn"}
    return {one.label: tones.get(one, "dim" if one is Severity.INFO else "") for one in Severity}


class FindingSource:
    """The findings as rows of a table; `all_ids` reads on a connection of its own."""

    def __init__(self, session: Session, columns: tuple[FindingColumn, ...]) -> None:
        self._session = session
        self._list = FindingList(session.connection)
        self._background: FindingList | None = None
        self.columns = columns

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        return self._list.first_ids(text, _pairs(order), limit)

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterable[int]:
        if self._background is None:
            self._background = FindingList(self._session.reader())
        return self._background.all_ids(text, _pairs(order))

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        return {
            row.id: tuple(column.write(row) for column in self.columns)
            for row in self._list.rows(ids)
        }

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


class GroupRows:
    """A `RowSource` on counted groups in memory; a row's id is its place."""

    def __init__(self, groups: Sequence[FindingGroup] = (), by: GroupedBy | None = None) -> None:
        self.groups = tuple(groups)
        self._by = by

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        return self._ids(text, order)

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterable[int]:
        return self._ids(text, order)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        return {place: self._cells(self.groups[place]) for place in ids if place < len(self.groups)}

    def interrupt(self) -> None:
        """Nothing runs for long here."""

    def revision(self) -> int:
        return 0

    def columns(self) -> list[Column]:
        """Return the columns that fit the groups."""
        titles = {
            GroupedBy.SEVERITY: _("Severity"),
            GroupedBy.RULE: _("Rule"),
            GroupedBy.ORGANISATION: _("Organisation"),
        }
        tones = severity_tones()
        count = Column("count", _("Findings"), max(8, len(_("Findings")) + 2), align="right")
        name = titles.get(self._by or GroupedBy.SEVERITY, "")
        if self._by is GroupedBy.SEVERITY:
            by_word = Column("name", name, 12, grow=1, style_of=lambda text: tones.get(text, ""))
            return [by_word, count]
        if self._by is GroupedBy.RULE:
            return [Column("name", name, 12, grow=1), count]
        worst = Column("worst", _("Worst"), 8, style_of=lambda text: tones.get(text, ""))
        return [Column("name", name, 12, grow=1), worst, count]

    def _ids(self, text: str, order: tuple[Order, ...]) -> list[int]:
        words = folded(text).split()
        found = [
            place
            for place, one in enumerate(self.groups)
            if all(word in folded(f"{one.key} {one.name}") for word in words)
        ]
        for part in reversed(order):
            found.sort(
                key=lambda place: _group_key(self.groups[place], part.column),
                reverse=part.descending,
            )
        return found

    def _cells(self, one: FindingGroup) -> Cells:
        count = f"{one.count:,}"
        if self._by is GroupedBy.SEVERITY:
            return one.name, count
        if self._by is GroupedBy.RULE:
            return f"{one.key} {one.name}", count
        return one.name, one.worst.label, count


def _group_key(one: FindingGroup, column: str) -> tuple[int, str]:
    if column == "count":
        return one.count, ""
    return (one.worst.rank, "") if column == "worst" else (0, folded(one.name))


def _pairs(order: tuple[Order, ...]) -> list[tuple[str, bool]]:
    return [(one.column, one.descending) for one in order]


def _account(row: FindingRow) -> str:
    return f"{row.handle} · {platform_name(row.platform)}" if row.handle else row.account


def _state_tones() -> dict[str, str]:
    return {_("resolved"): "good", _("not evaluated"): "dim", _("reopened"): "warn"}


_COLUMNS = (
    FindingColumn(
        "severity", N_("Severity"), lambda row: row.severity.label, 8, tones=severity_tones
    ),
    FindingColumn("number", N_("Number"), lambda row: row.number, 8),
    FindingColumn("rule", N_("Rule"), lambda row: row.rule, 6),
    FindingColumn("title", N_("Rule broken"), lambda row: row.title, 18, 3, sortable=False),
    FindingColumn("organisation", N_("Organisation"), lambda row: row.organisation, 16, 2),
    FindingColumn("account", N_("Account"), _account, 14, 1),
    FindingColumn("days", N_("Days"), lambda row: f"{row.age:,}", 5, right=True),
    FindingColumn("state", N_("State"), state_text, 13, tones=_state_tones),
    FindingColumn("actual", N_("Found"), lambda row: row.actual, 20, 2, sortable=False),
)
_BY_KEY = {column.key: column for column in _COLUMNS}
_MOST = ("severity", "rule", "title", "organisation", "account", "days")
_BY_WIDTH = (
    (170, ("severity", "number", *_MOST[1:], "state", "actual")),
    (128, ("severity", "number", *_MOST[1:], "state")),
    (110, (*_MOST, "state")),
    (96, _MOST),
    (68, ("severity", "rule", "organisation", "account", "days")),
    (58, ("severity", "rule", "organisation", "account")),
    (0, ("severity", "rule", "account")),
)
