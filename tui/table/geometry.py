"""Which cell of the screen belongs to what: header, rows, filter line, scrollbar and columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.geometry import Region

from tui.table.columns import GAP, Column, Place, lay_out

GUTTER = 2
"""Cells left of the first column: the cursor's mark and the selection's mark."""

BAR = 1
"""Cells right of the last column: the scrollbar."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The part of a column in sight: `width` cells from `x`; the first `skip` are hidden."""

    number: int
    x: int
    width: int
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Geometry:
    """A table of `width` by `height` cells with its columns scrolled `offset` cells to the left.

    The first column never scrolls; it takes at most half of the room when the others need some.
    """

    width: int
    height: int
    places: tuple[Place, ...]
    offset: int = 0
    slots: tuple[Slot, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "offset", max(0, min(self.offset, self.furthest)))
        object.__setattr__(self, "slots", tuple(self._slots()))

    @property
    def header(self) -> int:
        """Lines of the header: none when there is no room for anything else."""
        return 1 if self.height >= 3 else 0

    @property
    def footer(self) -> int:
        """Lines of the filter and the count."""
        return 1 if self.height >= 2 else 0

    @property
    def body(self) -> int:
        """Lines that hold rows."""
        return max(0, self.height - self.header - self.footer)

    @property
    def filter_line(self) -> Region:
        """The last line, for painting it alone."""
        return Region(0, self.height - self.footer, self.width, self.footer)

    def row_line(self, line: int) -> Region:
        """One line of the body, for painting it alone."""
        return Region(0, self.header + line, self.width, 1)

    @property
    def room(self) -> int:
        """Cells for columns."""
        return max(0, self.width - GUTTER - BAR)

    @property
    def frozen(self) -> int:
        """Cells of the first column."""
        if not self.places:
            return 0
        alone = len(self.places) == 1 or self.places[-1].end <= self.room
        return min(self.places[0].width, self.room if alone else (self.room + 1) // 2)

    @property
    def view(self) -> int:
        """Cells for the columns that scroll."""
        return max(0, self.room - self.frozen - GAP)

    @property
    def furthest(self) -> int:
        """The largest offset that still shows a full view."""
        if len(self.places) < 2:
            return 0
        return max(0, self.places[-1].end - self.places[1].x - self.view)

    def column_at(self, x: int) -> int | None:
        """Return the number of the column at cell `x`; a gap belongs to the column before it."""
        for slot in self.slots:
            if slot.x <= x < slot.x + slot.width + GAP:
                return slot.number
        return None

    def revealing(self, number: int) -> "Geometry":
        """Return the same table scrolled just far enough to show the column, or its start."""
        if number <= 0 or number >= len(self.places):
            return self if number else self.scrolled_to(0)
        start = self.places[number].x - self.places[1].x
        end = start + self.places[number].width
        return self.scrolled_to(min(start, max(self.offset, end - self.view)))

    def scrolled_to(self, offset: int) -> "Geometry":
        """Return the same table with its columns scrolled to `offset`, kept within bounds."""
        return Geometry(self.width, self.height, self.places, offset)

    def _slots(self) -> list[Slot]:
        if not self.places or not self.frozen:
            return []
        slots = [Slot(0, GUTTER, self.frozen)]
        left = GUTTER + self.frozen + GAP
        for number, place in enumerate(self.places[1:], 1):
            start = place.x - self.places[1].x - self.offset
            skip = max(0, -start)
            width = min(place.width - skip, self.view - max(0, start))
            if width > 0:
                slots.append(Slot(number, left + max(0, start), width, skip))
        return slots


def geometry(width: int, height: int, columns: Sequence[Column], offset: int = 0) -> Geometry:
    """Lay `columns` out in a table of `width` by `height` cells."""
    return Geometry(width, height, lay_out(columns, width - GUTTER - BAR), offset)
