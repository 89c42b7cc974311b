"""The rows behind a table: an array of ids, and blocks of cells read as they come into view."""

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

BLOCK = 64
"""Rows read at once."""

BLOCKS_KEPT = 32
"""Blocks remembered: about fifty screens, so that scrolling back reads nothing."""

Cells = tuple[str, ...]

Ids: TypeAlias = "array[int]"
"""Row ids, eight bytes each."""


@dataclass(frozen=True, slots=True)
class Order:
    """One column of the order of the rows."""

    column: str
    descending: bool = False


def sorted_by(order: tuple[Order, ...], key: str) -> tuple[Order, ...]:
    """Return an order by one column, reversed if the rows were sorted by it before all others."""
    descending = bool(order) and order[0].column == key and not order[0].descending
    return (Order(key, descending),)


def sorted_also(order: tuple[Order, ...], key: str) -> tuple[Order, ...]:
    """Return the order with a column behind the others: up, then down, then not at all."""
    known = next((part for part in order if part.column == key), None)
    if known is None:
        return (*order, Order(key))
    turned = () if known.descending else (Order(key, descending=True),)
    place = order.index(known)
    return (*order[:place], *turned, *order[place + 1 :])


class RowSource(Protocol):
    """Where a table's rows come from: ids in an order, and the cells of some ids.

    Texts are untrusted and come as they were stored; the table makes them visible.
    `first_ids`, `rows` and `revision` are called on the interface thread and must be quick.
    `all_ids` is called and consumed in the table's own thread: it needs its own connection.
    """

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        """Return the first `limit` ids that match `text`, in `order`."""

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterable[int]:
        """Give every id that matches `text`, in `order`, one after another."""

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        """Return the cells of `ids` in the order of the columns; a row that is gone is left out."""

    def interrupt(self) -> None:
        """Stop a running `all_ids`; called from any thread, harmless when none runs."""

    def revision(self) -> int:
        """Return a number that changes when another writer has changed the data."""


class RowWindow:
    """An ordered list of row ids of any length and the few rows of it that were looked at.

    Holds eight bytes a row and at most `BLOCKS_KEPT` blocks of cells.
    """

    def __init__(self, source: RowSource) -> None:
        self.source = source
        self.ids: Ids = array("q")
        self.trouble: sqlite3.Error | None = None
        """Why some cells could not be read the last time; they are tried again at the next look."""
        self._blocks: OrderedDict[int, Mapping[int, Cells]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    def show(self, ids: Iterable[int]) -> None:
        """Put `ids` in the place of the rows so far."""
        self.ids = ids if isinstance(ids, array) else array("q", ids)
        self.forget_cells()

    def forget_cells(self) -> None:
        """Drop the cells that were read; the ids stay."""
        self._blocks.clear()
        self.trouble = None

    def cells(self, index: int) -> Cells | None:
        """Return the cells of the row at `index`; None if the row is gone or cannot be read now."""
        number = index // BLOCK
        block = self._blocks.get(number)
        if block is None:
            block = self._read(number)
        else:
            self._blocks.move_to_end(number)
        return block.get(self.ids[index])

    def _read(self, number: int) -> Mapping[int, Cells]:
        try:
            block = self.source.rows(self.ids[number * BLOCK : (number + 1) * BLOCK])
        except sqlite3.Error as error:
            self.trouble = error
            block = {}
        self._blocks[number] = block
        if len(self._blocks) > BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        return block

    def index_of(self, row_id: int | None) -> int | None:
        """Return where the row stands, None if it is not among the ids."""
        if row_id is None:
            return None
        try:
            return self.ids.index(row_id)
        except ValueError:
            return None
