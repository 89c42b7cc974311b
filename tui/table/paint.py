"""Drawing a table: one line of the screen at a time, from values only."""

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len, split_text
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from inventory.language import _
from inventory.safe_text import visible
from tui.table.columns import Column, clip, fit
from tui.table.geometry import BAR, GUTTER, Geometry
from tui.table.line_editor import Line
from tui.table.look import Palette
from tui.table.rows import Order, RowWindow
from tui.table.selection import Selection

CURSOR_MARK, SELECTED_MARK = "›", "✓"
ASCENDING, DESCENDING = "▲", "▼"
GONE = "—"
"""Stands for a row that was deleted since the list was read."""

LEAST_TYPING = 12
"""Cells the filter keeps for what is typed before the count gives way."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows there are; None is "not known yet"."""

    matches: int | None
    total: int | None
    selected: int


CountText = Callable[[Count], str]


def count_text(count: Count) -> str:
    """Say how many rows match, of how many, and how many are selected."""
    matches = "…" if count.matches is None else f"{count.matches:,}"
    text = matches
    if count.total is not None and count.total != count.matches:
        text = _("{matches} of {total}").format(matches=matches, total=f"{count.total:,}")
    if count.selected:
        chosen = _("{number} selected").format(number=f"{count.selected:,}")
        text = f"{chosen} · {text}"
    return text


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a table shows at one moment."""

    geometry: Geometry
    palette: Palette
    window: RowWindow
    selection: Selection
    top: int
    cursor: int
    column: int
    order: tuple[Order, ...]
    line: Line
    typing: bool
    hint: str
    count: str
    empty: str

    def strip(self, y: int) -> Strip:
        """Return line `y` of the table, exactly as wide as the table."""
        geometry, width = self.geometry, self.geometry.width
        if y < geometry.header:
            segments = self._header()
        elif y < geometry.header + geometry.body:
            segments = self._body(y - geometry.header)
        elif y < geometry.height:
            segments = self._footer()
        else:
            segments = []
        return Strip(segments).adjust_cell_length(width, self.palette.base)

    def typing_at(self) -> int:
        """Return the cell of the filter line in which the cursor stands."""
        return 1 + cell_len(self._typed()[0])

    # -- header ----------------------------------------------------------------------------------

    def _header(self) -> list[Segment]:
        palette, geometry = self.palette, self.geometry
        pieces = Pieces(palette.header)
        pieces.add("‹" if geometry.offset else " ")
        for slot in geometry.slots:
            column = geometry.places[slot.number].column
            pieces.pad_to(slot.x)
            title = part_of(self._title(column, slot.skip + slot.width), slot.skip)
            current = slot.number == self.column
            pieces.add(title, palette.header_current if current else palette.header)
        pieces.pad_to(geometry.width - BAR)
        pieces.add("›" if geometry.offset < geometry.furthest else " ")
        return pieces.segments

    def _title(self, column: Column, width: int) -> str:
        title, mark = visible(column.title), sort_mark(self.order, column.key)
        if mark and cell_len(title) + 1 + len(mark) <= width:
            title += " "
        return fit(clip(title, width - len(mark)) + mark, width, column.align)

    # -- rows ------------------------------------------------------------------------------------

    def _body(self, line: int) -> list[Segment]:
        index = self.top + line
        if not len(self.window):
            segments = self._empty(line)
        elif index < len(self.window):
            segments = self._row(index)
        else:
            segments = [Segment(" " * (self.geometry.width - BAR), self.palette.base)]
        return [*segments, Segment(self._bar(line), self.palette.bar)]

    def _row(self, index: int) -> list[Segment]:
        row_id = self.window.ids[index]
        cells = self.window.cells(index)
        cursor = index == self.cursor
        selected = self.selection.has(row_id, self.window.ids)
        style = self.palette.cell
        pieces = Pieces(style(cursor, selected, "dim" if cells is None else "", False))
        marks = (CURSOR_MARK if cursor else " ") + (SELECTED_MARK if selected else " ")
        pieces.add(marks, width=GUTTER)
        pattern = words_pattern(self.line.text)
        for slot in self.geometry.slots:
            column = self.geometry.places[slot.number].column
            raw = cell_at(cells, slot.number)
            width = slot.skip + slot.width
            text = part_of(fit(shown(raw, width), width, column.align), slot.skip)
            tone = column.style_of(raw) if column.style_of and cells else ""
            pieces.pad_to(slot.x)
            if pattern is None:
                plain = style(cursor, selected, tone, False) if tone else None
                pieces.add(text, plain, slot.width)
            else:
                for piece, match in split_matches(text, pattern):
                    pieces.add(piece, style(cursor, selected, tone, match))
        pieces.pad_to(self.geometry.width - BAR)
        return pieces.segments

    def _empty(self, line: int) -> list[Segment]:
        width = self.geometry.width - BAR
        lines = textwrap.wrap(visible(self.empty), max(1, width - 2 * GUTTER))
        place = line - max(0, (self.geometry.body - len(lines)) // 2)
        text = clip(lines[place], width) if 0 <= place < len(lines) else ""
        left = (width - cell_len(text)) // 2
        return [Segment(fit(" " * left + text, width), self.palette.empty)]

    def _bar(self, line: int) -> str:
        start, size = thumb(self.geometry.body, len(self.window), self.top)
        if not size:
            return " "
        return "┃" if start <= line < start + size else "│"

    # -- filter line -----------------------------------------------------------------------------

    def _footer(self) -> list[Segment]:
        palette, width = self.palette, self.geometry.width
        pieces = Pieces(palette.filter)
        left, right = self._typed()
        if not self.line.text and not self.typing:
            pieces.add(clip(f"/ {self.hint}", self._typing_room()), palette.hint)
        else:
            pieces.add("/")
            pieces.add(left)
            if self.typing:
                at = right[:1] or " "
                pieces.add(at, palette.filter_cursor)
                right = right[1:]
            pieces.add(clip(right, self._typing_room() - pieces.width))
        pieces.pad_to(width - cell_len(self._count()))
        pieces.add(self._count(), palette.count)
        return pieces.segments

    def _count(self) -> str:
        room = self.geometry.width - min(LEAST_TYPING, self.geometry.width)
        return clip(f" {self.count} ", room)

    def _typing_room(self) -> int:
        return max(0, self.geometry.width - cell_len(self._count()))

    def _typed(self) -> tuple[str, str]:
        """Return what stands left and right of the typing cursor, cut to keep that in sight."""
        left = visible(self.line.text[: self.line.cursor])
        room = max(0, self._typing_room() - 2)
        hidden = cell_len(left) - room
        if hidden > 0:
            left = split_text(left, hidden)[1]
        return left, visible(self.line.text[self.line.cursor :])


class Pieces:
    """Segments of one line being put together, with the cells they fill."""

    def __init__(self, style: Style) -> None:
        self.segments: list[Segment] = []
        self.width = 0
        self._style = style

    def add(self, text: str, style: Style | None = None, width: int | None = None) -> None:
        """Put `text`, of `width` cells, behind what is there; equal styles become one segment."""
        if not text:
            return
        style = style or self._style
        self.width += cell_len(text) if width is None else width
        if self.segments and self.segments[-1].style is style:
            text = self.segments.pop().text + text
        self.segments.append(Segment(text, style))

    def pad_to(self, x: int) -> None:
        """Fill up to the cell `x`."""
        if x > self.width:
            self.add(" " * (x - self.width), width=x - self.width)


def shown(raw: str, width: int) -> str:
    """Return what `width` cells can show of a stored text, made visible."""
    return visible(raw[: 8 * width + 64])


def cell_at(cells: tuple[str, ...] | None, number: int) -> str:
    """Return one cell of a row; a row that is gone shows a dash in its first."""
    if cells is None:
        return "" if number else GONE
    return cells[number] if number < len(cells) else ""


def part_of(text: str, skip: int) -> str:
    """Return `text` without its first `skip` cells; half a wide character becomes a space."""
    return split_text(text, skip)[1] if skip else text


def sort_mark(order: tuple[Order, ...], key: str) -> str:
    """Return the sign of a column's part in the order, with its rank when there are several."""
    for rank, part in enumerate(order, 1):
        if part.column == key:
            arrow = DESCENDING if part.descending else ASCENDING
            return f"{arrow}{rank}" if len(order) > 1 else arrow
    return ""


def thumb(lines: int, rows: int, top: int) -> tuple[int, int]:
    """Return first line and length of the scrollbar's thumb; length 0 when nothing scrolls."""
    if rows <= lines or lines <= 0:
        return 0, 0
    size = max(1, lines * lines // rows)
    return top * (lines - size) // (rows - lines), size


@lru_cache(maxsize=16)
def words_pattern(text: str) -> re.Pattern[str] | None:
    """Return what finds the plain words of a search text; words with a colon name a column."""
    words = {word.strip("\"'") for word in text.split() if ":" not in word} - {""}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if words else None


def split_matches(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """Cut `text` where `pattern` matches; says of each piece whether it is a match."""
    end = 0
    for match in pattern.finditer(text):
        yield text[end : match.start()], False
        yield match[0], True
        end = match.end()
    yield text[end:], False
