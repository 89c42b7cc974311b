"""The list of the record's screens: the table, which also tells when typing begins and ends."""

from textual.message import Message

from tui.table.line_editor import Line
from tui.table.view import WindowTable


class RecordTable(WindowTable):
    """A table that says whether keys go into its search line, for the key line to follow."""

    class Typing(Message):
        """The search line was entered, left or edited."""

    def line_edited(self, before: Line) -> None:
        super().line_edited(before)
        self.post_message(self.Typing())
