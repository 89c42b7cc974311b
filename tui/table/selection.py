"""Which rows are selected, kept by id across filters and orders."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator

from tui.table.rows import Ids


class Selection:
    """A set of row ids, or every match of a query with exceptions.

    "All matches" keeps the query's own array of ids; it never becomes an object a row.
    """

    def __init__(self) -> None:
        self._picked: set[int] = set()
        """Selected one by one; none of them is in `_all`."""
        self._all: Ids = array("q")
        self._sorted: Ids | None = None
        self._dropped: set[int] = set()
        """Those of `_all` that are left out."""

    def __len__(self) -> int:
        return len(self._all) - len(self._dropped) + len(self._picked)

    def __contains__(self, row_id: int) -> bool:
        if row_id in self._picked:
            return True
        return row_id not in self._dropped and self._in_all(row_id)

    def __iter__(self) -> Iterator[int]:
        yield from (row_id for row_id in self._all if row_id not in self._dropped)
        yield from sorted(self._picked)

    def has(self, row_id: int, among: Ids) -> bool:
        """Say whether the row is selected; `among`, a list it stands in, may save the search."""
        return row_id not in self._dropped if among is self._all else row_id in self

    def add(self, row_id: int) -> None:
        """Select the row."""
        if self._in_all(row_id):
            self._dropped.discard(row_id)
        else:
            self._picked.add(row_id)

    def discard(self, row_id: int) -> None:
        """Leave the row out."""
        if self._in_all(row_id):
            self._dropped.add(row_id)
        else:
            self._picked.discard(row_id)

    def toggle(self, row_id: int) -> None:
        """Select the row, or leave it out if it was selected."""
        if row_id in self:
            self.discard(row_id)
        else:
            self.add(row_id)

    def add_all(self, matches: Ids) -> None:
        """Select all of `matches` beside what is selected already."""
        before = set(self) if len(self._all) and matches is not self._all else self._picked
        self._become(matches)
        self._picked = {row_id for row_id in before if not self._in_all(row_id)}

    def invert(self, matches: Ids) -> None:
        """Turn each of `matches` over; rows outside them stay as they are."""
        if matches is self._all:
            selected = self._picked | self._dropped
            self._become(array("q"))
            self._picked = selected
            return
        before = set(self)
        self._become(matches)
        self._dropped = {row_id for row_id in before if self._in_all(row_id)}
        self._picked = before - self._dropped

    def clear(self) -> None:
        """Select nothing."""
        self._become(array("q"))

    def _become(self, matches: Ids) -> None:
        self._all, self._sorted = matches, None
        self._picked, self._dropped = set(), set()

    def _in_all(self, row_id: int) -> bool:
        if not len(self._all):
            return False
        if self._sorted is None:
            self._sorted = array("q", sorted(self._all))
        place = bisect_left(self._sorted, row_id)
        return place < len(self._sorted) and self._sorted[place] == row_id
