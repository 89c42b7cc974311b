"""Columns of a table: how wide they are on the screen and how a text fits into them.

Widths are counted in terminal cells: a Chinese character takes two, a combining mark none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, split_graphemes

GAP = 1
"""Empty cells between two columns."""

ELLIPSIS = "…"
"""Stands at the end of a text that was cut."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `width` is its least width in cells, `grow` its share of what is left.

    `style_of` gets the cell's text and names the tone it is drawn in: "bad", "warn", "good", "dim"
    or "" for none. The text itself must say the same: colour is never the only sign.
    """

    key: str
    title: str
    width: int
    grow: int = 0
    align: Literal["left", "right"] = "left"
    style_of: Callable[[str], str] | None = None
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column is drawn: its first cell, counted from the first column's, and its width."""

    column: Column
    x: int
    width: int

    @property
    def end(self) -> int:
        """The first cell right of the column."""
        return self.x + self.width


def lay_out(columns: Sequence[Column], available: int) -> tuple[Place, ...]:
    """Place `columns` side by side; what `available` leaves over goes to those that grow."""
    least = sum(max(1, column.width) for column in columns) + GAP * max(0, len(columns) - 1)
    shares = _shares([column.grow for column in columns], available - least)
    places: list[Place] = []
    x = 0
    for column, extra in zip(columns, shares, strict=True):
        places.append(Place(column, x, max(1, column.width) + extra))
        x = places[-1].end + GAP
    return tuple(places)


def clip(text: str, width: int) -> str:
    """Return as much of `text` as `width` cells hold, never half a character; a cut ends in `…`."""
    if width <= 0:
        return ""
    if text.isascii():
        return text if len(text) <= width else text[: width - 1] + ELLIPSIS
    if cell_len(text) <= width:
        return text
    return _first_cells(text, width - 1) + ELLIPSIS


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """Return `text` cut or filled with spaces to exactly `width` cells."""
    clipped = clip(text, width)
    gap = " " * (width - cell_len(clipped))
    return gap + clipped if align == "right" else clipped + gap


def _first_cells(text: str, width: int) -> str:
    """Return the longest beginning of `text` that `width` cells hold, with its combining marks."""
    # What could be seen is in the first few hundred characters, even of a cell of a megabyte.
    head = text[: 8 * width + 64]
    used = 0
    for start, _, size in split_graphemes(head)[0]:
        if used + size > width:
            return head[:start]
        used += size
    return head


def _shares(weights: Sequence[int], spare: int) -> list[int]:
    """Divide `spare` cells by `weights`, every cell given out, none twice."""
    total = sum(weights)
    if spare <= 0 or not total:
        return [0] * len(weights)
    shares: list[int] = []
    given = passed = 0
    for weight in weights:
        passed += weight
        shares.append(spare * passed // total - given)
        given += shares[-1]
    return shares
