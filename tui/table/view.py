"""The list every screen uses: a window on any number of rows, with header, search and count."""

import sqlite3
from array import array
from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from tui.table import keys, look
from tui.table.canvas import Canvas
from tui.table.columns import Column
from tui.table.filter_line import Typing
from tui.table.geometry import Geometry
from tui.table.id_query import Answer
from tui.table.line_editor import Line
from tui.table.listing import Listing
from tui.table.messages import (
    CountChanged,
    FilterChanged,
    QueryFailed,
    RowHighlighted,
    RowSelected,
    SelectionChanged,
    SortChanged,
)
from tui.table.paint import CountText, count_text
from tui.table.pointer import Pointing
from tui.table.rows import Ids, Order, RowSource, sorted_also, sorted_by

LOOK_AGAIN = 1.0
"""Seconds between two looks at whether another writer changed the data."""


class WindowTable(Typing, Pointing, Canvas, can_focus=True):
    """A list of rows of a `RowSource`: searched as one types, sorted, scrolled, selected.

    Takes the source and the columns its cells belong to; `empty_message` says what to do when there
    are no rows at all, `no_match_message` when the search finds none; `counter` words the count.
    Says what happens through the messages of `tui.table.messages`. Rows and search texts may be
    hostile: they are made visible, and no markup is read in them.
    """

    BINDINGS: ClassVar[list[BindingType]] = keys.BINDINGS
    COMPONENT_CLASSES: ClassVar[set[str]] = look.COMPONENT_CLASSES
    DEFAULT_CSS = look.DEFAULT_CSS

    class Answered(Message, bubble=False):
        """The thread has found all ids, or failed."""

        def __init__(self, answer: Answer) -> None:
            super().__init__()
            self.answer = answer

    def __init__(
        self,
        source: RowSource,
        columns: Iterable[Column],
        *,
        empty_message: str,
        no_match_message: str | None = None,
        filter_text: str = "",
        order: tuple[Order, ...] = (),
        counter: CountText = count_text,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 (Textual's own name)
        classes: str | None = None,
    ) -> None:
        super().__init__(
            Listing(source, self._receive),
            columns,
            empty_message=empty_message,
            no_match_message=no_match_message,
            counter=counter,
            name=name,
            id=id,
            classes=classes,
        )
        self._line = Line.at_end(filter_text)
        self._order = order
        self._highlighted: int | None = None
        self._counted: tuple[int, bool] | None = None
        self._revision = 0
        self._all_wanted = False
        """All matches were asked for before they were known; selected when they are."""
        self._extending_from: int | None = None

    # -- what others ask and tell ----------------------------------------------------------------

    @property
    def filter_text(self) -> str:
        """The search text as it was typed."""
        return self._line.text

    @property
    def order(self) -> tuple[Order, ...]:
        """The columns the rows are sorted by; empty is the source's own order."""
        return self._order

    @property
    def cursor_row(self) -> int | None:
        """The id of the row under the cursor, None in an empty list."""
        return self._listing.current

    @property
    def cursor_column(self) -> Column:
        """The column that `s` sorts by."""
        return self._columns[self._column]

    @property
    def typing(self) -> bool:
        """Whether keys go into the filter line."""
        return self._typing

    @property
    def row_count(self) -> int:
        """Rows known to match."""
        return len(self._listing)

    @property
    def pending(self) -> bool:
        """Whether more rows are being looked for."""
        return self._listing.pending

    @property
    def selected_count(self) -> int:
        """How many rows are selected."""
        return len(self._selection)

    def selected_ids(self) -> Ids:
        """Return the ids of the selected rows; some may have been deleted since."""
        return array("q", self._selection)

    def clear_selection(self) -> None:
        """Select nothing."""
        self._all_wanted = False
        self._selection.clear()
        self._selected()

    def set_filter(self, text: str) -> None:
        """Search for `text`; the typing cursor goes behind it."""
        self._become(Line.at_end(text))

    def set_order(self, order: tuple[Order, ...]) -> None:
        """Sort the rows."""
        if order != self._order:
            self._order = order
            self._search()
            self.post_message(SortChanged(order))

    def set_columns(self, columns: Iterable[Column]) -> None:
        """Show other columns; the source's cells must come in their order from now on."""
        self._columns = tuple(columns)
        self._column = max(0, min(self._column, len(self._columns) - 1))
        self._listing.window.forget_cells()
        self._lay_out()
        self._repaint()

    def set_source(self, source: RowSource, columns: Iterable[Column] | None = None) -> None:
        """Show the rows of another source; the selection ends, search text and order stay."""
        self._listing.use(source)
        if columns is not None:
            self.set_columns(columns)
        self.clear_selection()
        if self.is_mounted:
            self._revision = self._ask_revision()
            self._search()

    def reload(self) -> None:
        """Read everything again; the cursor stays on its row, and that on its line."""
        self._listing.reload()
        self._moved()

    def move_to(self, row_id: int) -> bool:
        """Put the cursor on a row; False if it is not listed now (it goes there once it is)."""
        found = self._listing.go_to(row_id)
        if found:
            self._moved()
        return found

    # -- finding rows ----------------------------------------------------------------------------

    def on_mount(self) -> None:
        # Asked before the first layout, so that the first paint has its rows.
        self._revision = self._ask_revision()
        self._search()
        self.set_interval(LOOK_AGAIN, self._look_again)

    def on_unmount(self) -> None:
        self._listing.stop()

    def _search(self) -> None:
        self._extending_from = None
        self._all_wanted = False
        if not self.is_attached:
            return
        try:
            self._listing.search(self._line.text, self._order, self.app.size.height)
        except sqlite3.Error as error:
            self._failed(error)
        self._moved()

    def _receive(self, answer: Answer) -> None:
        """Hand an answer from the thread to the interface, if that still runs."""
        try:
            self.post_message(self.Answered(answer))
        except RuntimeError:  # the event loop is closed: nobody is left to be told
            return

    @on(Answered)
    def _accept(self, message: Answered) -> None:
        try:
            if not self._listing.accept(message.answer):
                return
            self._extending_from = None
        except Exception as error:  # whatever the source raised in the thread
            self._failed(error)
        else:
            if self._all_wanted:
                self.action_select_matches()
        self._moved()

    def _failed(self, error: Exception) -> None:
        """Tell why rows could not be read; a query that was stopped on purpose is no news."""
        if not isinstance(error, sqlite3.OperationalError) or str(error) != "interrupted":
            self.post_message(QueryFailed(str(error)))

    def _look_again(self) -> None:
        """Read the rows again if another writer changed them, or if some could not be read."""
        if self._listing.pending:
            return  # a busy writer must not keep a long query from ever ending
        revision = self._ask_revision()
        changed, self._revision = revision != self._revision, revision
        if changed or self._listing.window.trouble:
            self.reload()
        elif not self._listing.complete:
            self._search()

    def _ask_revision(self) -> int:
        try:
            return self._listing.window.source.revision()
        except sqlite3.Error:
            return self._revision

    # -- moving, selecting, sorting, searching ---------------------------------------------------

    def action_move(self, by: int) -> None:
        self._extending_from = None
        self._go(self._listing.cursor + by)

    def action_page(self, pages: float) -> None:
        self._extending_from = None
        self._listing.page(int(pages * max(2, self._geometry.body)))
        self._moved()

    def action_first(self) -> None:
        self.action_move(-self._listing.cursor)

    def action_last(self) -> None:
        self._extending_from = None
        self._listing.go_last()
        self._moved()

    def action_column(self, by: int) -> None:
        self._column = max(0, min(self._column + by, len(self._columns) - 1))
        self._geometry = self._geometry.revealing(self._column)
        self._repaint()

    def action_select_row(self) -> None:
        if self.cursor_row is not None:
            self.post_message(RowSelected(self.cursor_row))

    def action_toggle_row(self) -> None:
        if self.cursor_row is not None:
            self._selection.toggle(self.cursor_row)
            self._selected()

    def action_extend(self, by: int) -> None:
        """Move and select from where extending began; moving back leaves rows out again."""
        self._extend_to(self._listing.cursor + by)

    def action_select_matches(self) -> None:
        self._all_wanted = not self._listing.complete
        if not self._all_wanted:
            self._selection.add_all(self._listing.window.ids)
        self._selected()

    def action_invert_matches(self) -> None:
        if self._listing.complete:
            self._selection.invert(self._listing.window.ids)
            self._selected()

    def action_sort(self) -> None:
        self.sort_by(self._column)

    def action_sort_also(self) -> None:
        self.sort_by(self._column, add=True)

    def sort_by(self, column: int, *, add: bool = False) -> None:
        """Sort by a column, again to reverse; with `add` behind the others, a third time not."""
        self._column = column
        if column < len(self._columns) and self._columns[column].sortable:
            change = sorted_also if add else sorted_by
            self.set_order(change(self._order, self._columns[column].key))
        self._repaint()

    def line_edited(self, before: Line) -> None:
        if before.text == self._line.text:
            self._repaint(self._geometry.filter_line)
            return
        self._search()
        self.post_message(FilterChanged(self._line.text))

    def leave_behind(self) -> bool:
        if self._line.text:
            self.set_filter("")
        elif len(self._selection):
            self.clear_selection()
        else:
            return False
        return True

    # -- what the mouse needs --------------------------------------------------------------------

    @property
    def geometry(self) -> Geometry:
        return self._geometry

    @property
    def top(self) -> int:
        return self._listing.top

    def scroll_rows(self, top: int) -> None:
        self._listing.scroll(top)
        self._repaint()

    def scroll_cells(self, by: int) -> None:
        self._geometry = self._geometry.scrolled_to(self._geometry.offset + by)
        self._repaint()

    def point_at(self, index: int, *, extend: bool = False, toggle: bool = False) -> None:
        if extend:
            self._extend_to(index)
            return
        self._extending_from = None
        self._set_typing(False)
        self._go(index)
        if toggle:
            self.action_toggle_row()

    # -- telling and drawing ---------------------------------------------------------------------

    def _go(self, index: int) -> None:
        """Put the cursor on a row; only two lines are painted when nothing scrolls."""
        listing = self._listing
        top, cursor = listing.top, listing.cursor
        listing.go(index)
        if listing.top == top:
            self._moved(cursor, listing.cursor)
        else:
            self._moved()

    def _extend_to(self, index: int) -> None:
        listing = self._listing
        if not len(listing):
            return
        if self._extending_from is None:
            self._extending_from = listing.cursor
        start, ids = self._extending_from, listing.window.ids
        before = listing.cursor
        self._go(index)
        for row_id in ids[slice(*span(start, before))]:
            self._selection.discard(row_id)
        for row_id in ids[slice(*span(start, listing.cursor))]:
            self._selection.add(row_id)
        self._selected()

    def _selected(self) -> None:
        self.post_message(SelectionChanged(len(self._selection)))
        self._repaint()

    def _moved(self, *rows: int) -> None:
        """Tell where the cursor is and how many rows there are; paint, only `rows` if given."""
        listing = self._listing
        counted = len(listing), listing.pending
        if counted != self._counted:
            self._counted = counted
            self.post_message(CountChanged(*counted))
        if listing.current != self._highlighted:
            self._highlighted = listing.current
            self.post_message(RowHighlighted(listing.current))
        self._repaint(*(self._geometry.row_line(row - listing.top) for row in rows))


def span(one: int, other: int) -> tuple[int, int]:
    """Return the rows from one to the other, both included, as the bounds of a slice."""
    return min(one, other), max(one, other) + 1
