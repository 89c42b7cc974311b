"""The tree of organisations as rows of a table: branches open and close, a search opens all."""

from collections.abc import Iterable, Mapping, Sequence

from inventory.language import N_, _
from inventory.organisations import OrganisationCounts
from inventory.record import Organisation
from inventory.search_text import folded
from tui.table.columns import Column
from tui.table.rows import Cells, Order

FEW = 40
"""A tree of no more organisations than this is shown open."""

_TITLES = (
    ("organisation", N_("Organisation")),
    ("kind", N_("Kind")),
    ("accounts", N_("Accounts")),
    ("official", N_("Official")),
    ("findings", N_("Findings")),
)


def organisation_columns(width: int) -> list[Column]:
    """Return the columns for a table of `width` cells."""
    titles = {key: _(words) for key, words in _TITLES}
    columns = [Column("organisation", titles["organisation"], 24, grow=1)]
    if width >= 72:
        columns.append(Column("kind", titles["kind"], 14))
    for key in ("accounts", "official", "findings"):
        columns.append(Column(key, titles[key], max(8, len(titles[key]) + 2), align="right"))
    return columns


class OrganisationRows:
    """A `RowSource` on the whole tree in memory; sorted by a column it is a flat list."""

    def __init__(self, tree: Sequence[OrganisationCounts], opened: set[int] | None = None) -> None:
        self._tree = tuple(tree)
        self._by_id = {one.organisation.id: one for one in self._tree}
        self._parents = {one.organisation.parent_id for one in self._tree}
        self.opened = opened if opened is not None else self._opened_at_first()
        self._flat = False
        self._searched = False
        self.columns: tuple[str, ...] = tuple(key for key, _words in _TITLES)

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        return self._ids(text, order)

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterable[int]:
        return self._ids(text, order)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        return {row_id: self._cells(self._by_id[row_id]) for row_id in ids if row_id in self._by_id}

    def interrupt(self) -> None:
        """Nothing runs for long here."""

    def revision(self) -> int:
        return 0

    def organisation(self, row_id: int | None) -> Organisation | None:
        """Return the organisation of a row."""
        found = self._by_id.get(row_id or 0)
        return found.organisation if found else None

    def counts(self, row_id: int) -> OrganisationCounts | None:
        """Return the figures of a row."""
        return self._by_id.get(row_id)

    def has_branch(self, row_id: int) -> bool:
        """Say whether organisations stand under this one."""
        return row_id in self._parents

    def _ids(self, text: str, order: tuple[Order, ...]) -> list[int]:
        words = folded(text).split()
        self._flat, self._searched = bool(order), bool(words)
        if order:
            found = [one for one in self._tree if matches(one.organisation, words)]
            for part in reversed(order):
                found.sort(key=lambda one: _sorted_by(one, part.column), reverse=part.descending)
            return [one.organisation.id for one in found]
        return self._found(words) if words else self._in_open_branches()

    def _found(self, words: Sequence[str]) -> list[int]:
        """Return what matches with everything above it, so that each stands in its place."""
        wanted: set[int] = set()
        for one in self._tree:
            current: OrganisationCounts | None = one if matches(one.organisation, words) else None
            while current is not None and current.organisation.id not in wanted:
                wanted.add(current.organisation.id)
                current = self._by_id.get(current.organisation.parent_id or 0)
        return [one.organisation.id for one in self._tree if one.organisation.id in wanted]

    def _in_open_branches(self) -> list[int]:
        shown: list[int] = []
        closed_at: int | None = None
        for one in self._tree:
            if closed_at is not None and one.depth > closed_at:
                continue
            closed_at = None if one.organisation.id in self.opened else one.depth
            shown.append(one.organisation.id)
        return shown

    def _opened_at_first(self) -> set[int]:
        few = len(self._tree) <= FEW
        return {one.organisation.id for one in self._tree} if few else set()

    def _cells(self, one: OrganisationCounts) -> Cells:
        texts = {
            "organisation": self._name(one),
            "kind": one.organisation.kind.label,
            "accounts": f"{one.accounts_below:,}",
            "official": f"{one.official_below:,}",
            "findings": f"{one.findings_below:,}",
        }
        return tuple(texts[key] for key in self.columns)

    def _name(self, one: OrganisationCounts) -> str:
        if self._flat:
            return one.organisation.name
        mark = "  "
        if self.has_branch(one.organisation.id):
            mark = "▾ " if self._searched or one.organisation.id in self.opened else "▸ "
        return "  " * one.depth + mark + one.organisation.name


def matches(one: Organisation, words: Sequence[str]) -> bool:
    """Say whether every word stands in one of the organisation's names."""
    names = (one.name_ms, one.name_en, one.short_name, one.code)
    whole = folded(" ".join(name for name in names if name))
    return all(word in whole for word in words)


def _sorted_by(one: OrganisationCounts, column: str) -> tuple[int, str]:
    numbers = {
        "accounts": one.accounts_below,
        "official": one.official_below,
        "findings": one.findings_below,
    }
    words = one.organisation.kind.label if column == "kind" else one.organisation.name
    return numbers.get(column, 0), "" if column in numbers else folded(words)
