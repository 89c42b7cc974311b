"""The last look before a list is taken in, and the page of one line of its plan."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from inventory.importing.apply import Applied
from inventory.importing.lines import Outcome
from inventory.importing.matching import MatchOutcome
from inventory.importing.plan import Plan
from inventory.language import _
from inventory.privacy import guard_text
from inventory.safe_text import visible
from tui.screen import Dialog
from tui.screens.save_account import BOX
from tui.text import GOOD, QUIET, STRONG, WARN, T
from tui.widgets.page import Page, Pair, Pairs

LEFT = (Outcome.CONFLICT, Outcome.NOT_ACCOUNT, Outcome.REFUSED)
"""Outcomes of which nothing is taken in."""


class AcceptDialog(Dialog[str]):
    """Names what accepting the plan will do and asks why; ends with the reason."""

    DEFAULT_CSS = BOX.replace("{name}", "AcceptDialog")
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("Take this list in")
            with Page(can_focus=False):
                yield Pairs(accept_pairs(self._plan))
            yield Static(_("Why? It stays in the log for ever."))
            reason = _("Import of {source}").format(source=self._plan.request.source)
            yield Input(visible(reason), compact=True, select_on_focus=False)
            yield Static("", id="problem")
            with Horizontal():
                yield Button(_("Take it in"), id="take", variant="primary", compact=True)
                yield Button(_("Back to the plan"), id="back", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#take")
    def _take(self) -> None:
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


class DetailsDialog(Dialog[None]):
    """Shows names and values; Escape or Enter ends it."""

    DEFAULT_CSS = BOX.replace("{name}", "DetailsDialog")
    AUTO_FOCUS: ClassVar[str | None] = "Button"

    def __init__(self, title: Content, pairs: Sequence[Pair]) -> None:
        super().__init__()
        self._title = title
        self._pairs = tuple(pairs)

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = T(self._title.plain)
            with Page(can_focus=False):
                yield Pairs(self._pairs)
            with Horizontal():
                yield Button(_("Close"), id="close", variant="primary", compact=True)

    @on(Button.Pressed)
    def _close(self) -> None:
        self.give_up()

    def key_down(self) -> None:
        self.query_one(Page).scroll_down()

    def key_up(self) -> None:
        self.query_one(Page).scroll_up()


class TakenDialog(Dialog[bool]):
    """Says what was taken in; ends with True when its accounts are to be shown."""

    DEFAULT_CSS = BOX.replace("{name}", "TakenDialog")
    AUTO_FOCUS: ClassVar[str | None] = "#accounts"

    def __init__(self, applied: Applied) -> None:
        super().__init__()
        self._applied = applied

    def compose(self) -> ComposeResult:
        done = self._applied
        with Vertical() as box:
            box.border_title = _("Taken in")
            with Page(can_focus=False):
                yield Pairs(
                    [
                        _number(_("Change"), done.seq or 0, GOOD),
                        _number(_("Accounts added"), done.accounts_added),
                        _number(_("Accounts changed"), done.accounts_changed),
                        _number(_("Organisations added"), done.organisations_added),
                        _number(_("Organisations amended"), done.organisations_changed),
                        (None, T(_("u takes the whole change back."), QUIET)),
                    ]
                )
            with Horizontal():
                yield Button(_("Show the accounts"), id="accounts", variant="primary", compact=True)
                yield Button(_("Another list"), id="another", compact=True)

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "accounts")


def accept_pairs(plan: Plan) -> list[Pair]:
    """Say in numbers what accepting the plan does, what it leaves, and what is still open."""
    steps, counts = plan.steps, plan.counts
    pairs = [
        _number(_("Accounts added"), len(steps.new_accounts)),
        _number(_("Accounts changed"), len(steps.account_edits)),
        _number(_("Organisations added"), len(steps.new_organisations)),
        _number(_("Organisations amended"), len(steps.organisation_edits)),
    ]
    left = [f"{counts[one]:,} {one.label}" for one in LEFT if counts[one]]
    if left:
        pairs.append((T(_("Not taken in")), T(", ".join(left), WARN)))
    opened = sum(one.outcome is MatchOutcome.AMBIGUOUS for one in plan.organisations)
    if opened:
        sentence = _("{count} organisations could not be told and were not answered.")
        pairs.append((T(_("Open")), T(sentence.format(count=f"{opened:,}"), WARN)))
    if plan.warnings:
        sentence = _("{count}; w on the plan shows them.").format(count=len(plan.warnings))
        pairs.append((T(_("Warnings")), T(sentence, WARN)))
    return pairs


def _number(words: str, count: int, look: str = STRONG) -> Pair:
    return T(words), T(f"{count:,}", look if count else QUIET)
