"""A window that finds one of many things as one types: the palette, the help, every picker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from inventory.language import _
from inventory.safe_text import visible
from tui.screen import Dialog, Read
from tui.text import T

MOVES = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose: what the answer is, and what is shown; a heading has no answer."""

    answer: str | None
    content: Content
    off: bool = False
    note: Content | None = None
    """Said in full below the list while this entry is the one under the cursor."""


class Chooser(Dialog[str]):
    """Shows what `entries` gives for the text typed; ends with the answer chosen.

    `look_up` finds further entries in the inventory, in the background.
    """

    DEFAULT_CSS = """
    Chooser {
        align: center top;
        background: $background 60%;
        & > Vertical {
            margin-top: 2;
            width: 90%;
            max-width: 90;
            height: auto;
            max-height: 85%;
            background: $surface;
            border: round $border;
            border-title-color: $primary;
            padding: 0 1;
        }
        & Input { border: none; height: 1; padding: 0; background: $panel; }
        & OptionList {
            height: auto;
            max-height: 1fr;
            border: none;
            padding: 0;
            background: $surface;
            scrollbar-size-vertical: 1;
        }
        & OptionList > .option-list--option-disabled { color: $foreground; }
        & OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
        & #nothing { color: $text-muted; display: none; }
        & #note { display: none; height: auto; max-height: 3; color: $text-muted; margin-top: 1; }
    }
    """
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(
        self,
        title: Content,
        entries: Callable[[str], Sequence[Entry]],
        *,
        hint: str,
        look_up: Callable[[Connection, str], Sequence[Entry]] | None = None,
        highlight: str | None = None,
        typed: str = "",
    ) -> None:
        super().__init__()
        self._text = typed
        self._shown: list[Entry] = []
        self._title = title
        self._entries = entries
        self._hint = hint
        self._look_up = look_up
        self._highlight = highlight
        self._found: Sequence[Entry] = ()

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = T(self._title.plain)
            yield Input(
                self._text, placeholder=visible(self._hint), compact=True, select_on_focus=False
            )
            yield OptionList(compact=True)
            yield Static(_("Nothing is called that."), id="nothing")
            yield Static("", id="note")

    def on_mount(self) -> None:
        self._search(self._text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._text:
            self._search(event.value)

    def _search(self, text: str) -> None:
        self._text = text
        self._found = ()
        self._fill()
        look_up = self._look_up
        if look_up is not None and text.strip():
            self.read_in_background("found", lambda connection: look_up(connection, text))

    def on_read(self, message: Read) -> None:
        """Add what the inventory holds under the text typed."""
        self._found = message.answer
        self._fill()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option.id is not None:
            self.dismiss(event.option.id)

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        # The list may be another one by the time this message comes.
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self._shown):
            return
        entry = self._shown[at]
        note = self.query_one("#note", Static)
        note.display = entry.note is not None
        note.update(T("") + (entry.note or T("")))

    def on_key(self, event: events.Key) -> None:
        """Move in the list while the text keeps the focus."""
        if event.key in MOVES and isinstance(self.focused, Input):
            event.stop()
            getattr(self.query_one(OptionList), f"action_{MOVES[event.key]}")()

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        self._shown = entries = [*self._entries(self._text), *self._found]
        options.clear_options()
        options.add_options(
            [Option(one.content, id=one.answer, disabled=one.off) for one in entries]
        )
        places = {one.answer: place for place, one in enumerate(entries) if not one.off}
        options.highlighted = places.get(self._highlight, min(places.values(), default=None))
        options.display = bool(entries)
        self.query_one("#nothing").display = not entries


def matches(text: str, *among: str) -> bool:
    """Say whether every word of `text` stands somewhere in the texts, whatever the case."""
    whole = " ".join(among).casefold()
    return all(word in whole for word in text.casefold().split())
