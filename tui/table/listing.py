"""What a table stands on: the rows found, where the cursor is, and which are in sight."""

from collections.abc import Callable

from tui.table.id_query import Answer, IdQuery, Question
from tui.table.rows import BLOCK, Order, RowSource, RowWindow


class Listing:
    """Rows of a source in two phases: the first ones at once, all of them from a thread.

    A cursor that was moved belongs to a row, not to a place: it stays there through searches,
    orders and reloads, and returns when the row is listed again. `deliver` is called in the thread.
    """

    def __init__(self, source: RowSource, deliver: Callable[[Answer], None]) -> None:
        self.window = RowWindow(source)
        self.cursor = self.top = self.body = 0
        self.pending = self.complete = False
        """Whether a search for all rows is under way; whether all of them are known."""
        self.total: int | None = None
        """Rows without any search, once that is known."""
        self._query = IdQuery(deliver)
        self._generation = 0
        self._text = ""
        self._order: tuple[Order, ...] = ()
        self._wanted: int | None = None
        self._to_end = False

    def __len__(self) -> int:
        return len(self.window)

    @property
    def current(self) -> int | None:
        """The id of the row under the cursor, None in an empty list."""
        return self.window.ids[self.cursor] if len(self) else None

    @property
    def in_sight(self) -> bool:
        """Whether the cursor's row is on the screen."""
        return self.top <= self.cursor < self.top + self.body

    # -- finding rows ----------------------------------------------------------------------------

    def use(self, source: RowSource) -> None:
        """Stand on another source; nothing is known of it until `search()`."""
        self._query.cancel()
        self._generation += 1
        self.window = RowWindow(source)
        self.cursor = self.top = 0
        self._wanted = self.total = None
        self.pending = self.complete = self._to_end = False

    def search(self, text: str, order: tuple[Order, ...], least: int) -> None:
        """Show the first rows, `least` or more, and set out to find all.

        Raises what the source raises; the rows so far stay then.
        """
        self._query.cancel()
        self._generation += 1
        self._text, self._order = text, order
        self.pending = self.complete = self._to_end = False
        limit = max(BLOCK, least)
        ids = self.window.source.first_ids(text, order, limit)
        self.window.show(ids)
        self.cursor = self.window.index_of(self._wanted) or 0
        self.top = 0
        self.show_cursor()
        if len(ids) < limit:
            self._settle()
        if not self.complete or self.total is None:
            self._search_all()

    def reload(self) -> None:
        """Read all again; the cursor stays on the row it is on, even one it was never moved to."""
        self._wanted, self.total = self.current, None
        self.window.forget_cells()
        self._search_all()

    def _search_all(self) -> None:
        self._generation += 1
        self.pending = True
        self._query.ask(
            Question(
                self._generation,
                self.window.source,
                self._text,
                self._order,
                count_all=bool(self._text) and self.total is None,
            )
        )

    def accept(self, answer: Answer) -> bool:
        """Show all rows; False if another question was asked meanwhile and nothing changed.

        Raises the answer's error; the rows so far stay then.
        """
        if answer.generation != self._generation:
            return False
        self.pending = False
        if answer.error is not None:
            self.complete = False
            raise answer.error
        if answer.total is not None:
            self.total = answer.total
        line = self.cursor - self.top if self.current == self._wanted else self.body // 2
        self.window.show(answer.ids)
        index = self.window.index_of(self._wanted)
        if index is None:
            self.cursor = max(0, min(self.cursor, len(self) - 1))
            self.scroll(self.top)
        else:
            self.cursor = index
            self.scroll(index - line)
        self._settle()
        return True

    def stop(self) -> None:
        """End the thread."""
        self._query.stop()

    def _settle(self) -> None:
        self.pending, self.complete = False, True
        if not self._text:
            self.total = len(self)
        if self._to_end:
            self._to_end = False
            self.go(len(self) - 1)

    # -- moving ----------------------------------------------------------------------------------

    def go(self, index: int) -> None:
        """Put the cursor on the row at `index`, or the nearest there is, and show it."""
        self.cursor = max(0, min(index, len(self) - 1))
        self._wanted = self.current
        self._to_end = False
        self.show_cursor()

    def page(self, rows: int) -> None:
        """Move the cursor by `rows` and the rows under it, so that it stays on its line."""
        line = self.cursor - self.top
        self.go(self.cursor + rows)
        self.scroll(self.cursor - line)
        self.show_cursor()

    def go_last(self) -> None:
        """Put the cursor on the last row; on the very last as soon as that is known."""
        self.go(len(self) - 1)
        self._to_end = self.pending

    def go_to(self, row_id: int) -> bool:
        """Put the cursor on a row; if it is not listed, say so and go there once it is."""
        index = self.window.index_of(row_id)
        if index is None:
            self._wanted = row_id
            return False
        self.go(index)
        return True

    def show_cursor(self) -> None:
        """Scroll just far enough to have the cursor's row in sight."""
        self.scroll(min(self.cursor, max(self.top, self.cursor - max(0, self.body - 1))))

    def scroll(self, top: int) -> None:
        """Show the rows from `top` on, as far as there are rows to fill the screen."""
        self.top = max(0, min(top, len(self) - self.body))
