"""Two questions at saving: why, and whose value stands where two people saved the same field."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Static

from inventory.language import _
from inventory.privacy import guard_text
from tui.account_form import Difference
from tui.screen import Dialog
from tui.text import HEAD, QUIET, WARN, T
from tui.widgets.choice_line import ChoiceLine
from tui.widgets.page import Pair, Pairs

BOX = """
    {name} {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 92%;
            max-width: 84;
            height: auto;
            max-height: 90%;
            background: $surface;
            border: round $border;
            border-title-color: $primary;
            padding: 0 1;
        }
        & VerticalScroll { height: auto; max-height: 1fr; margin-bottom: 1; }
        & Input { border: none; height: 1; padding: 0 1; background: $panel; }
        & Horizontal { height: 1; margin-top: 1; align-horizontal: right; }
        & Button { margin-left: 2; }
    }
"""


class ReasonDialog(Dialog[str]):
    """Shows what is about to be saved and asks why; ends with the reason."""

    DEFAULT_CSS = BOX.replace("{name}", "ReasonDialog")
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(self, changes: Sequence[Difference], reason: str) -> None:
        super().__init__()
        self._changes = changes
        self._reason = reason

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("Save")
            with VerticalScroll(can_focus=False):
                yield Pairs([difference_pair(one) for one in self._changes])
            yield Static(_("Why? It stays in the log for ever."))
            yield Input(self._reason, compact=True)
            yield Static("", id="problem")
            with Horizontal():
                yield Button(_("Save"), id="save", variant="primary", compact=True)
                yield Button(_("Back to the form"), id="back", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        reason = self.query_one(Input).value.strip()
        private = guard_text(reason)
        if private is not None:
            self.query_one("#problem", Static).update(T(private.sentence, WARN))
        elif not reason:
            self.query_one("#problem", Static).update(T(_("A change needs a reason."), WARN))
        else:
            self.dismiss(reason)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.give_up()


class ConflictDialog(Dialog[tuple[str, ...]]):
    """Asks, field by field, whose value stands; ends with the names of the fields kept as mine."""

    DEFAULT_CSS = BOX.replace("{name}", "ConflictDialog")
    AUTO_FOCUS: ClassVar[str | None] = "ChoiceLine, Button"

    def __init__(self, clashing: Sequence[Difference]) -> None:
        super().__init__()
        self._clashing = clashing

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("Somebody else saved this account meanwhile")
            with VerticalScroll(can_focus=False):
                if not self._clashing:
                    yield Static(
                        _("They changed other fields than you did; both changes can stand.")
                    )
                for one in self._clashing:
                    yield Static(T(one.label, HEAD))
                    yield ChoiceLine(one.label, _answers(one), True, id=one.name)
            with Horizontal():
                yield Button(_("Save so"), id="save", variant="primary", compact=True)
                yield Button(_("Back to the form"), id="back", compact=True)

    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        self.dismiss(tuple(str(line.id) for line in self.query(ChoiceLine) if line.value))

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.give_up()


def difference_pair(one: Difference) -> Pair:
    """Return a field with its value before and after."""
    value = T(one.before, QUIET) + T(" → ", QUIET) + T(one.after)
    return T(one.label), value


def _answers(one: Difference) -> list[tuple[str, object]]:
    return [
        (_("yours: {value}").format(value=one.after), True),
        (_("theirs: {value}").format(value=one.before), False),
    ]
