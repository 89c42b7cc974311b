"""The mouse on a table: wheel, clicks, and the scrollbar's thumb."""

from textual import events
from textual.widget import Widget

from tui.table.geometry import BAR, Geometry
from tui.table.paint import thumb

WHEEL_ROWS = 3
WHEEL_CELLS = 8


class Pointing(Widget):
    """What the mouse does, in terms of what a table can do."""

    ALLOW_SELECT = False

    _dragging = False
    _pressed_row: int | None = None

    # What the table provides.

    @property
    def geometry(self) -> Geometry:
        """Where everything is drawn now."""
        raise NotImplementedError

    @property
    def top(self) -> int:
        """The first row in sight."""
        raise NotImplementedError

    @property
    def row_count(self) -> int:
        """Rows in the list."""
        raise NotImplementedError

    def scroll_rows(self, top: int) -> None:
        """Show the rows from `top` on; the cursor stays on its row."""
        raise NotImplementedError

    def scroll_cells(self, by: int) -> None:
        """Scroll the columns."""
        raise NotImplementedError

    def point_at(self, index: int, *, extend: bool = False, toggle: bool = False) -> None:
        """Put the cursor on a row; select up to it, or toggle it."""
        raise NotImplementedError

    def sort_by(self, column: int, *, add: bool = False) -> None:
        """Sort by a column, or reverse it."""
        raise NotImplementedError

    def action_start_filter(self) -> None:
        """Start typing in the filter line."""
        raise NotImplementedError

    def action_select_row(self) -> None:
        """Ask for the row under the cursor."""
        raise NotImplementedError

    # What the mouse does.

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        if event.shift:
            self.scroll_cells(WHEEL_CELLS)
        else:
            self.scroll_rows(self.top + WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        if event.shift:
            self.scroll_cells(-WHEEL_CELLS)
        else:
            self.scroll_rows(self.top - WHEEL_ROWS)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        event.stop()
        self.scroll_cells(WHEEL_CELLS)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        event.stop()
        self.scroll_cells(-WHEEL_CELLS)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed_row = None
        if event.button != 1:
            return
        line = event.y - self.geometry.header
        index = self.top + line
        if self._on_bar(event.x, line):
            self._dragging = True
            self.capture_mouse()
            self._drag_to(line)
        elif 0 <= line < self.geometry.body and index < self.row_count:
            self._pressed_row = index
            self.point_at(index, extend=event.shift, toggle=event.ctrl or event.meta)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            self._drag_to(event.y - self.geometry.header)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        line = event.y - self.geometry.header
        if event.button != 1 or self._on_bar(event.x, line):
            return
        if line < 0:
            column = self.geometry.column_at(event.x)
            if column is not None:
                self.sort_by(column, add=event.shift or event.ctrl)
        elif line >= self.geometry.body:
            self.action_start_filter()
        elif event.chain == 2 and self._pressed_row == self.top + line:
            self.action_select_row()

    def _on_bar(self, x: int, line: int) -> bool:
        body = self.geometry.body
        scrolls = self.row_count > body
        return scrolls and 0 <= line < body and x >= self.geometry.width - BAR

    def _drag_to(self, line: int) -> None:
        """Show the rows whose thumb has its middle on `line`."""
        body, rows = self.geometry.body, self.row_count
        size = thumb(body, rows, 0)[1]
        free = max(1, body - size)
        start = max(0, min(free, line - size // 2))
        self.scroll_rows(start * (rows - body) // free)
