"""Sections of lines laid out in bands and columns, and the way from cell to cell."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from tui.widgets.lines import Line, padded, piece

GAP = 3
"""Empty cells between two columns."""

Section = Sequence[Line]


@dataclass(frozen=True, slots=True)
class Pillar:
    """Sections under one another, in `width` cells."""

    width: int
    sections: Sequence[Section]


Band = Sequence[Pillar]
"""Pillars side by side."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place to go to: what it opens, where it stands, and in which part of the picture."""

    opens: Hashable
    x: int
    y: int
    width: int
    height: int
    band: int
    pillar: int
    section: int

    def holds(self, x: int, y: int) -> bool:
        """Say whether a place on the picture belongs to the cell."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines of the whole, and the cells on them."""

    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]

    def at(self, opens: Hashable) -> Cell | None:
        """Return the first cell that opens something."""
        return next((cell for cell in self.cells if cell.opens == opens), None)

    def under(self, x: int, y: int) -> Cell | None:
        """Return the cell at a place."""
        return next((cell for cell in self.cells if cell.holds(x, y)), None)


def lay_out(bands: Iterable[Band]) -> Picture:
    """Put bands under one another, and in each the pillars side by side."""
    lines: list[Line] = []
    cells: list[Cell] = []
    section = 0
    for number, band in enumerate(bands):
        if lines:
            lines.append(())
        x, top, columns = 0, len(lines), []
        for place, pillar in enumerate(band):
            column: list[Line] = []
            for one in pillar.sections:
                if not one:
                    continue
                if column:
                    column.append(padded((), pillar.width))
                cells += _cells(one, x, top + len(column), number, place, section)
                column += [padded(row, pillar.width) for row in one]
                section += 1
            columns.append((pillar.width, column))
            x += pillar.width + GAP
        lines += _beside(columns)
    return Picture(tuple(lines), tuple(cells))


def next_cell(cells: Sequence[Cell], current: Cell, dx: int, dy: int) -> Cell:
    """Return the cell one step right or left, down or up; the same where there is none."""
    if dy:
        return _vertical(cells, current, dy)
    row = [one for one in cells if _together(one, current) and _same_line(one, current)]
    beside = [one for one in row if (one.x - current.x) * dx > 0]
    if beside:
        return min(beside, key=lambda one: abs(one.x - current.x))
    neighbours = [
        one for one in cells if one.band == current.band and (one.pillar - current.pillar) * dx > 0
    ]
    if not neighbours:
        return current
    nearest = min(neighbours, key=lambda one: abs(one.pillar - current.pillar)).pillar
    inside = [one for one in neighbours if one.pillar == nearest]
    return min(inside, key=lambda one: (abs(one.y - current.y), -dx * -one.x))


def section_cell(cells: Sequence[Cell], current: Cell, by: int) -> Cell:
    """Return the first cell of the next or previous section; the first of all after the last."""
    firsts = {one.section: one for one in reversed(cells)}
    order = sorted(firsts)
    return firsts[order[(order.index(current.section) + by) % len(order)]]


def _vertical(cells: Sequence[Cell], current: Cell, dy: int) -> Cell:
    def ahead(one: Cell) -> bool:
        return one.y > current.y + current.height - 1 if dy > 0 else one.y < current.y

    for group in (
        [one for one in cells if _together(one, current) and ahead(one)],
        [one for one in cells if (one.band - current.band) * dy > 0],
    ):
        if group:
            row = min(group, key=lambda one: (abs(one.y - current.y), _aside(one, current))).y
            on_row = [one for one in group if one.y == row]
            return min(on_row, key=lambda one: _aside(one, current))
    return current


def _together(one: Cell, other: Cell) -> bool:
    return (one.band, one.pillar) == (other.band, other.pillar)


def _same_line(one: Cell, other: Cell) -> bool:
    return one.y < other.y + other.height and other.y < one.y + one.height


def _aside(one: Cell, other: Cell) -> int:
    """Return how far two cells are from standing under one another, by their right edges."""
    return abs(one.x + one.width - other.x - other.width)


def _cells(section: Section, x: int, top: int, band: int, pillar: int, number: int) -> list[Cell]:
    found: dict[Hashable, Cell] = {}
    for y, row in enumerate(section, top):
        at = x
        for one in row:
            if one.opens is not None:
                first = found.get(one.opens)
                if first is None:
                    found[one.opens] = Cell(one.opens, at, y, one.width, 1, band, pillar, number)
                elif first.x == at and first.y + first.height == y:
                    found[one.opens] = Cell(
                        one.opens, at, first.y, max(first.width, one.width), first.height + 1,
                        band, pillar, number,
                    )  # fmt: skip
            at += one.width
    return list(found.values())


def _beside(columns: Sequence[tuple[int, list[Line]]]) -> list[Line]:
    height = max((len(column) for _width, column in columns), default=0)
    lines: list[Line] = []
    for y in range(height):
        row: list[Line] = []
        for place, (width, column) in enumerate(columns):
            if place:
                row.append((piece(" " * GAP),))
            row.append(column[y] if y < len(column) else padded((), width))
        lines.append(tuple(one for part in row for one in part))
    return lines
