"""Things in memory as the rows of a table: searched, sorted, and narrowed to some of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from tui.table.columns import Column
from tui.table.rows import Cells, Order

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ListColumn(Generic[Item]):
    """One column: how it words an item, what it sorts by, at which widths of a table it shows."""

    key: str
    title: str
    width: int
    write: Callable[[Item], str]
    grow: int = 0
    align: Literal["left", "right"] = "left"
    tone: Callable[[str], str] | None = None
    sort: Callable[[Item], Any] | None = None
    from_width: int = 0
    below_width: int = 10_000

    def column(self) -> Column:
        """Return the column as the table draws it."""
        return Column(
            self.key, self.title, self.width, self.grow, self.align, self.tone, sortable=True
        )


class ListRows(Generic[Item]):
    """A `RowSource` on items in memory; the id of a row is the item's place, from 1.

    `said` gives what a search looks through. For long lists call `prepare()` in a thread first.
    """

    def __init__(
        self,
        items: Iterable[Item],
        columns: Sequence[ListColumn[Item]],
        said: Callable[[Item], str],
        width: int = 80,
    ) -> None:
        self.items = tuple(items)
        self._all_columns = tuple(columns)
        self._said = said
        self._texts: list[str] = []
        self._places: Sequence[int] = range(len(self.items))
        self.fit(width)

    def fit(self, width: int) -> list[Column]:
        """Give the columns that a table of `width` cells has room for, and return them."""
        self._columns = [
            one for one in self._all_columns if one.from_width <= width < one.below_width
        ]
        return [one.column() for one in self._columns]

    def prepare(self) -> None:
        """Read through every item, so that the first search does not have to."""
        if not self._texts:
            self._texts = [self._said(item).casefold() for item in self.items]

    def only(self, wanted: Callable[[Item], bool] | None) -> None:
        """Show only items that are `wanted`; all of them for None."""
        self._places = [
            place for place, item in enumerate(self.items) if wanted is None or wanted(item)
        ]

    def item(self, row_id: int | None) -> Item | None:
        """Return the item of a row."""
        return self.items[row_id - 1] if row_id and row_id <= len(self.items) else None

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        return self._ids(text, order)[:limit]

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterable[int]:
        return self._ids(text, order)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        return {
            row_id: tuple(column.write(item) for column in self._columns)
            for row_id in ids
            if (item := self.item(row_id)) is not None
        }

    def interrupt(self) -> None:
        """Nothing runs for long here."""

    def revision(self) -> int:
        return 0

    def _ids(self, text: str, order: tuple[Order, ...]) -> list[int]:
        words = text.casefold().split()
        places = self._places
        if words:
            self.prepare()
            texts = self._texts
            places = [at for at in places if all(word in texts[at] for word in words)]
        ids = [place + 1 for place in places]
        by_key = {column.key: column.sort or column.write for column in self._all_columns}
        for part in reversed(order):
            if part.column in by_key:
                sort = by_key[part.column]
                ids.sort(key=lambda one: sort(self.items[one - 1]), reverse=part.descending)
        return ids
