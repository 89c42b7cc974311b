"""A window that asks for one line of text."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from inventory.language import _
from inventory.safe_text import visible
from tui.screen import Dialog
from tui.text import QUIET, WARN, T


def _nothing(_text: str) -> str | None:
    return None


class AskText(Dialog[str]):
    """Ends with the text, once `problem` finds nothing wrong with it; Escape ends it with none."""

    DEFAULT_CSS = """
    AskText {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 92%;
            max-width: 84;
            height: auto;
            background: $surface;
            border: round $border;
            border-title-color: $primary;
            padding: 0 1;
        }
        & Input { border: none; height: 1; padding: 0 1; background: $panel; }
        & #advice { height: auto; min-height: 1; }
        & Horizontal { height: 1; margin-top: 1; align-horizontal: right; }
        & Button { margin-left: 2; }
        &:nocolor Button:focus { text-style: reverse; }
        &:ansi Button:focus { text-style: reverse; }
    }
    """
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(
        self,
        title: Content,
        value: str,
        *,
        advice: str = "",
        problem: Callable[[str], str | None] = _nothing,
    ) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._advice = advice
        self._problem = problem

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = T(self._title.plain)
            yield Input(visible(self._value), compact=True, select_on_focus=False)
            yield Static(T(self._advice, QUIET), id="advice")
            with Horizontal():
                yield Button(_("Take this"), id="take", variant="primary", compact=True)
                yield Button(_("Leave it"), id="leave", compact=True)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        problem = self._problem(event.value.strip())
        said = T(problem, WARN) if problem else T(self._advice, QUIET)
        self.query_one("#advice", Static).update(said)

    @on(Input.Submitted)
    @on(Button.Pressed, "#take")
    def _take(self) -> None:
        text = self.query_one(Input).value.strip()
        if self._problem(text) is None:
            self.dismiss(text)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.give_up()
