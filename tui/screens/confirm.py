"""A question with two answers."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from tui.screen import Dialog
from tui.text import T


class Confirm(Dialog[bool]):
    """Asks before something that is not taken back with a key; Escape is the safe answer."""

    DEFAULT_CSS = """
    Confirm {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 90%;
            max-width: 64;
            height: auto;
            background: $surface;
            border: round $border;
            padding: 1 2;
        }
        & Horizontal { height: auto; margin-top: 1; align-horizontal: right; }
        & Button { margin-left: 2; }
    }
    """
    AUTO_FOCUS: ClassVar[str | None] = "#no"
    _question: Content

    def __init__(self, question: Content, *, yes: str, no: str) -> None:
        super().__init__()
        self._question = question
        self._yes, self._no = yes, no

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(T("") + self._question)
            with Horizontal():
                yield Button(T(self._yes), id="yes", compact=True)
                yield Button(T(self._no), id="no", variant="primary", compact=True)

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
