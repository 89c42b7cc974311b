"""A window that asks which columns a list shows."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, SelectionList
from textual.widgets.selection_list import Selection

from inventory.language import _
from tui.screen import Dialog
from tui.widgets.chooser import Entry


class ColumnChooser(Dialog[tuple[str, ...]]):
    """Ends with the keys of the columns chosen; with none, those that fit are shown again."""

    DEFAULT_CSS = """
    ColumnChooser {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 44;
            max-width: 95%;
            height: auto;
            max-height: 90%;
            background: $surface;
            border: round $border;
            border-title-color: $primary;
            padding: 0 1;
        }
        & SelectionList {
            height: auto; max-height: 1fr; border: none; padding: 0; background: $surface;
        }
        & Horizontal { height: 1; margin-top: 1; align-horizontal: right; }
        & Button { margin-left: 2; }
    }
    """
    AUTO_FOCUS: ClassVar[str | None] = "SelectionList"

    def __init__(self, columns: Sequence[Entry], shown: Iterable[str]) -> None:
        super().__init__()
        self._columns = columns
        self._shown = set(shown)

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("Columns")
            yield SelectionList(
                *[
                    Selection(one.content, str(one.answer), one.answer in self._shown)
                    for one in self._columns
                ],
                compact=True,
            )
            with Horizontal():
                yield Button(_("Those that fit"), id="fit", compact=True)
                yield Button(_("Show these"), id="show", variant="primary", compact=True)

    @on(Button.Pressed, "#fit")
    def _fitting(self) -> None:
        self.dismiss(())

    @on(Button.Pressed, "#show")
    def _chosen(self) -> None:
        chosen: set[str] = set(self.query_one(SelectionList).selected)
        self.dismiss(tuple(str(one.answer) for one in self._columns if one.answer in chosen))
