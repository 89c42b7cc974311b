"""A page of figures: the arrows go from one to the next, Enter opens what is behind it."""

from collections.abc import Callable, Hashable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from tui.text import T
from tui.widgets.lines import Line
from tui.widgets.page import Page
from tui.widgets.picture import Cell, Picture, lay_out, next_cell, section_cell


class BoardFrame(Page, can_focus=False):
    """What a board scrolls in."""

    DEFAULT_CSS = """
    BoardFrame { padding: 1 1 0 1; }
    .-short BoardFrame { padding: 0 1; }
    """


FURTHER = 3
"""Lines that are passed over in one step when the next cell is out of sight."""


class Board(Widget, can_focus=True):
    """Draws what `draw` gives for a width in cells; a cell keeps the cursor when it is drawn anew.

    Stands in a `BoardFrame`. The cursor begins on what opens `start`, else on the first cell.
    Tells with `Opened` what was asked for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(0, -1)", show=False),
        Binding("down,j", "step(0, 1)", show=False),
        Binding("left,h", "step(-1, 0)", show=False),
        Binding("right,l", "step(1, 0)", show=False),
        Binding("tab", "section(1)", show=False),
        Binding("shift+tab", "section(-1)", show=False),
        Binding("pagedown,ctrl+d,space", "page(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
        Binding("home,g", "end_of(0)", show=False),
        Binding("end,G", "end_of(-1)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"board--cursor"}
    DEFAULT_CSS = """
    Board {
        height: auto;
        width: 1fr;
        text-wrap: nowrap;
        & > .board--cursor {
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
        }
        &:focus > .board--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
        }
        &:ansi > .board--cursor { text-style: underline; }
        &:ansi:focus > .board--cursor { text-style: bold underline; }
        &:nocolor > .board--cursor { text-style: reverse; }
        &:nocolor:focus > .board--cursor { text-style: bold reverse; }
    }
    """

    class Opened(Message):
        """What is behind a figure was asked for."""

        def __init__(self, opens: Hashable) -> None:
            super().__init__()
            self.opens = opens

    def __init__(
        self,
        draw: Callable[[int], Picture],
        *,
        start: Hashable = None,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._picture = lay_out([])
        self._drawn_for = -1
        self._at = start

    @property
    def cursor(self) -> Cell | None:
        """The cell under the cursor: the first one until the cursor is moved."""
        cells = self._picture.cells
        return self._picture.at(self._at) or (cells[0] if cells else None)

    def redraw(self) -> None:
        """Draw again: there is something else to show."""
        self._drawn_for = -1
        self.refresh(layout=True)

    # -- drawing ---------------------------------------------------------------------------------

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._for(width).lines)

    def render(self) -> Content:
        picture = self._for(self.size.width)
        cursor = self.cursor
        look = self.get_visual_style("board--cursor")
        if self.get_component_rich_style("board--cursor").reverse:
            look += Style(reverse=True)  # what Textual leaves out of a visual style
        return Content("\n").join(
            [
                _drawn(line, cursor, look) if cursor and _on(cursor, y) else _drawn(line)
                for y, line in enumerate(picture.lines)
            ]
        )

    def _for(self, width: int) -> Picture:
        if width != self._drawn_for:
            self._picture = self._draw(width)
            self._drawn_for = width
        return self._picture

    # -- moving ----------------------------------------------------------------------------------

    def action_step(self, dx: int, dy: int) -> None:
        cursor = self.cursor
        if cursor is None:
            return
        there = next_cell(self._picture.cells, cursor, dx, dy)
        if dy and (there == cursor or self._far(there)):
            self._scroll_by(dy)  # what stands between the cells is there to be read
        else:
            self._go(there)

    def action_section(self, by: int) -> None:
        if self.cursor is not None:
            self._go(section_cell(self._picture.cells, self.cursor, by))

    def action_page(self, by: int) -> None:
        cursor, around = self.cursor, self.parent
        if cursor is None or not isinstance(around, Widget):
            return
        wanted = cursor.y + by * max(2, around.size.height - 2)
        column = [one for one in self._picture.cells if one.pillar == cursor.pillar]
        self._go(min(column, key=lambda one: (abs(one.y - wanted), abs(one.x - cursor.x))))
        if by > 0 and self.cursor == column[-1]:
            self._scroll_by(around.size.height)

    def action_end_of(self, place: int) -> None:
        if self._picture.cells:
            self._go(self._picture.cells[place])

    def open(self) -> None:
        """Ask for what the cell under the cursor opens."""
        if self.cursor is not None:
            self.post_message(self.Opened(self.cursor.opens))

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        cell = self._picture.under(place.x, place.y) if place is not None else None
        if cell is not None:
            self._go(cell)
            self.open()

    def _go(self, cell: Cell) -> None:
        self._at = cell.opens
        self.refresh()
        around = self.parent
        if isinstance(around, Widget):
            self.app.cursor_position = self.content_region.offset + Offset(cell.x, cell.y)
            first = cell.y == min(one.y for one in self._picture.cells)
            top = 0 if first else cell.y - 1
            region = Region(0, top, 1, cell.y + cell.height + 1 - top)
            around.scroll_to_region(region.translate(self.virtual_region.offset), animate=False)

    def _far(self, cell: Cell) -> bool:
        """Say whether a cell is further out of sight than the next line."""
        around = self.parent
        if not isinstance(around, Widget):
            return False
        y = cell.y + self.virtual_region.y - around.scroll_offset.y
        return not -1 - FURTHER <= y <= around.size.height + FURTHER

    def _scroll_by(self, lines: int) -> None:
        if isinstance(self.parent, Widget):
            self.parent.scroll_relative(y=lines, animate=False)


def _on(cell: Cell, y: int) -> bool:
    return cell.y <= y < cell.y + cell.height


def _drawn(line: Line, cursor: Cell | None = None, look: Style | None = None) -> Content:
    parts: list[Content] = []
    x = 0
    for one in line:
        here = cursor is not None and one.opens == cursor.opens and x == cursor.x
        parts.append(Content.styled(one.content.plain, look) if here and look else one.content)
        x += one.width
    return T("") + Content("").join(parts)
