"""A field that names another record: typing in it looks the record up."""

from collections.abc import Callable, Sequence
from sqlite3 import Connection
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.text import QUIET, T
from tui.widgets.chooser import Chooser, Entry


class PickLine(Widget, can_focus=True):
    """Shows the record picked; Enter or a letter opens the window that finds another."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "look_up", show=False)]
    DEFAULT_CSS = """
    PickLine {
        height: 1;
        width: 1fr;
        padding: 0 1;
        background: $panel;
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """

    class Picked(Message):
        """Another record was picked: the answer of its entry."""

        def __init__(self, answer: str) -> None:
            super().__init__()
            self.answer = answer

    def __init__(
        self,
        title: str,
        shown: Content,
        look_up: Callable[[Connection, str], Sequence[Entry]],
        *,
        prompt: str,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self._title = title
        self._shown = shown
        self._look_up = look_up
        self._prompt = prompt

    def show(self, shown: Content) -> None:
        """Show the record picked."""
        self._shown = shown
        self.refresh()

    def render(self) -> Content:
        return T("") + self._shown if self._shown.plain else T(self._prompt, QUIET)

    def action_look_up(self, typed: str = "") -> None:
        chooser = Chooser(
            T(self._title), lambda _text: (), hint=self._prompt, look_up=self._look_up, typed=typed
        )
        self.app.push_screen(chooser, self._answered)

    def on_click(self) -> None:
        self.action_look_up()

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isalnum():
            event.stop()
            event.prevent_default()
            self.action_look_up(event.character)

    def _answered(self, answer: str | None) -> None:
        if answer is not None:
            self.post_message(self.Picked(answer))
