"""Typing in a table's filter line."""

from collections.abc import Callable

from textual import events
from textual.widget import Widget

from tui.table.line_editor import EDITING, Line


class Typing(Widget):
    """What keys and pasted text do to the filter line of a table."""

    _line = Line()
    _typing = False

    # What the table provides.

    def line_edited(self, before: Line) -> None:
        """Show the line, and search if its text is another."""
        raise NotImplementedError

    def leave_behind(self) -> bool:
        """Undo what Escape undoes outside the line; False if there is nothing."""
        raise NotImplementedError

    # What typing does.

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell Textual that typed characters are not commands now."""
        return self._typing and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if self._typing:
            taken = self._typed(event)
        else:
            taken = event.key == "escape" and self.leave_behind()
        if taken:
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        if self._typing:
            event.stop()
            self._become(self._line.insert(event.text))

    def action_start_filter(self) -> None:
        self._set_typing(True)

    def _typed(self, event: events.Key) -> bool:
        edit: Callable[[Line], Line] | None = EDITING.get(event.key)
        if edit is not None:
            self._become(edit(self._line))
        elif event.key in ("escape", "enter"):
            self._set_typing(False)
        elif event.is_printable and event.character is not None:
            self._become(self._line.insert(event.character))
        else:
            return False
        return True

    def _set_typing(self, typing: bool) -> None:
        if typing != self._typing:
            self._typing = typing
            self._become(self._line.end())

    def _become(self, line: Line) -> None:
        before, self._line = self._line, line
        self.line_edited(before)
