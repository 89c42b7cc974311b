"""The organisations that a list means; what could not be told is asked."""

from collections.abc import Callable, Iterable, Sequence
from sqlite3 import Connection
from typing import ClassVar

from textual import events, on
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from inventory.importing.lines import OrganisationLine
from inventory.importing.matching import MatchOutcome
from inventory.importing.organisation_steps import NEW
from inventory.importing.plan import Plan
from inventory.language import N_, _
from inventory.reading import get, organisation_by
from inventory.record import Organisation
from tui.actions import Scope
from tui.list_rows import ListColumn, ListRows
from tui.plan_lines import change_pairs, change_words
from tui.screen import RasmiScreen
from tui.screens.import_list import step_names
from tui.sources import organisations_named
from tui.table.messages import FilterChanged, RowHighlighted, RowSelected
from tui.table.view import WindowTable
from tui.text import GOOD, HEAD, QUIET, WARN, T, whole_value
from tui.widgets.chooser import Chooser, Entry
from tui.widgets.count_bar import CountBar, Counted
from tui.widgets.heading import Heading
from tui.widgets.page import Pair, Pairs

ALL = "all"
OPEN = (MatchOutcome.AMBIGUOUS, MatchOutcome.PROPOSED)
FOUND_AT_ONCE = 12
DETAILS_CELLS = 48
_LABELS = {
    MatchOutcome.AMBIGUOUS: N_("which one?"),
    MatchOutcome.PROPOSED: N_("likely"),
    MatchOutcome.MATCHED: N_("known"),
    MatchOutcome.NEW: N_("new"),
}
_TONES = {
    MatchOutcome.AMBIGUOUS: "bad",
    MatchOutcome.PROPOSED: "warn",
    MatchOutcome.MATCHED: "dim",
    MatchOutcome.NEW: "good",
}
_LOOKS = {"bad": "bold $text-error", "warn": WARN, "dim": QUIET, "good": GOOD}


class PlanOrganisationsScreen(RasmiScreen, scope=Scope.IMPORT_ORGANISATIONS):
    """Each organisation of a list and which one of the inventory it is taken to be.

    Answers are handed to `answered` on leaving, all at once.
    """

    AUTO_FOCUS: ClassVar[str | None] = "WindowTable"
    DEFAULT_CSS = """
    PlanOrganisationsScreen {
        #halves { height: 1fr; layout: vertical; }
        #details { padding: 0 1; background: $panel; display: none; }
        &.-tall #details { display: block; height: 7; }
        &.-wide #halves { layout: horizontal; }
        &.-wide #details { display: block; height: 1fr; width: 48; padding: 0 1; }
    }
    """

    def __init__(self, plan: Plan, answered: Callable[[dict[str, str]], None]) -> None:
        super().__init__()
        self._plan = plan
        self._tell_answered = answered
        self._answers = dict(plan.request.answers)
        self._outcome = ALL
        self._filter = ""
        self._rows = self._make_rows()

    @property
    def place(self) -> str:
        return Scope.IMPORT.value

    def body(self) -> Iterable[Widget]:
        self._rows = self._make_rows()
        title = T(_("Organisations of {name}").format(name=self._plan.request.table.name), HEAD)
        yield Heading(title, step_names(), 2)
        yield CountBar(self._counts(), self._outcome)
        with Container(id="halves"):
            yield WindowTable(
                self._rows,
                self._rows.fit(self._table_width()),
                empty_message=_("There is no such organisation in the list."),
                no_match_message=_("No organisation matches this search. Esc clears it."),
                filter_text=self._filter,
            )
            yield Pairs((), id="details")

    @property
    def table(self) -> WindowTable:
        """The organisations of the file."""
        return self.query_one(WindowTable)

    @property
    def organisation(self) -> OrganisationLine | None:
        """The organisation under the cursor."""
        return self._rows.item(self.table.cursor_row)

    # -- what is shown ---------------------------------------------------------------------------

    def _make_rows(self) -> ListRows[OrganisationLine]:
        lines = sorted(self._plan.organisations, key=_gravest_first)
        columns: list[ListColumn[OrganisationLine]] = [
            ListColumn("name", _("In the file"), 26, lambda one: one.name, grow=2),
            ListColumn("outcome", _("Is"), 12, self._said, tone=self._tone, sort=_gravest_first),
            ListColumn("known", _("In the inventory"), 26, self._known, grow=2),
            ListColumn("how", _("Told by"), 16, lambda one: one.how, from_width=96),
            ListColumn("adds", _("Adds"), 20, _adds, grow=1, from_width=120),
        ]
        rows = ListRows(lines, columns, lambda one: f"{one.name}\n{one.how}", 80)
        wanted = self._outcome
        if wanted != ALL:
            rows.only(lambda one: one.outcome.value == wanted)
        return rows

    def _said(self, one: OrganisationLine) -> str:
        return _("answered") if one.key in self._answers else _(_LABELS[one.outcome])

    def _tone(self, text: str) -> str:
        tones = {_(_LABELS[one]): tone for one, tone in _TONES.items()}
        return tones.get(text, "good")

    def _known(self, one: OrganisationLine) -> str:
        answer = self._answers.get(one.key)
        uid = one.organisation if answer is None else answer
        if answer == NEW or (uid is None and one.outcome is MatchOutcome.NEW):
            return _("a new one")
        if uid is None:
            candidates = ", ".join(item.name for item in one.candidates)
            return _("one of: {candidates}").format(candidates=candidates)
        known = organisation_by(self.session.connection, uid)
        return known.name if known is not None else uid

    def _counts(self) -> list[Counted]:
        lines = self._plan.organisations
        counts = [
            Counted(
                outcome.value,
                _(words),
                sum(one.outcome is outcome for one in lines),
                _LOOKS[_TONES[outcome]],
            )
            for outcome, words in _LABELS.items()
        ]
        return [Counted(ALL, _("all"), len(lines)), *counts]

    def _table_width(self) -> int:
        width = self.app.size.width
        return width - DETAILS_CELLS if width >= 110 else width

    def on_resize(self, event: events.Resize) -> None:
        self.table.set_columns(self._rows.fit(self._table_width()))

    def _show(self) -> None:
        self._rows = self._make_rows()
        at = self.table.cursor_row
        self.query_one(CountBar).show(self._counts(), self._outcome)
        self.table.set_source(self._rows, self._rows.fit(self._table_width()))
        if at is not None:
            self.table.move_to(at)
        self._show_details()

    def _show_details(self) -> None:
        one = self.organisation
        details = self.query_one("#details", Pairs)
        details.show(self._details(one) if one is not None else ())

    def _details(self, one: OrganisationLine) -> list[Pair]:
        look = _LOOKS[self._tone(self._said(one))]
        pairs: list[Pair] = [
            (None, Content.assemble(whole_value(one.name, HEAD), "  ", T(self._said(one), look))),
            (T(_("In the inventory")), T(self._known(one))),
        ]
        if one.how:
            pairs.append((T(_("Told by")), T(one.how)))
        pairs += change_pairs(one.changes, of_account=False)
        pairs += [(T(_("Warning")), T(warning, WARN)) for warning in one.warnings]
        if not one.is_recorded:
            pairs.append((None, T(_("It is not recorded: nothing of it is taken in."), QUIET)))
        return pairs

    @on(RowHighlighted)
    def _highlighted(self) -> None:
        self._show_details()
        self.keys_changed()

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        self._filter = message.text

    # -- answering -------------------------------------------------------------------------------

    def go_back(self) -> bool:
        """Hand on what was answered; the plan is made again with it."""
        answers = self._answers
        if answers == dict(self._plan.request.answers):
            return False
        self.app.pop_screen()
        self._tell_answered(answers)
        return True

    @property
    def unsaved(self) -> bool:
        return self._answers != dict(self._plan.request.answers)

    def why_not(self, name: str) -> str | None:
        one = self.organisation
        if name in ("answer_organisation", "forget_answer") and one is None:
            return _("There is no organisation in the list.")
        if name == "forget_answer" and one is not None and one.key not in self._answers:
            return _("Nothing was answered about this one.")
        if name == "only_questions" and not self._plan.questions:
            return _("All organisations could be told.")
        return None

    @on(RowSelected)
    def _selected(self) -> None:
        self.action_answer_organisation()

    @on(CountBar.Chosen)
    def _counted(self, event: CountBar.Chosen) -> None:
        self._outcome = event.key
        self._show()

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()

    def action_only_questions(self) -> None:
        order = [one.value for one in OPEN if any(x.outcome is one for x in self._rows.items)]
        turns = [ALL, *order]
        place = turns.index(self._outcome) if self._outcome in turns else 0
        self._outcome = turns[(place + 1) % len(turns)]
        self._show()

    def action_answer_organisation(self) -> None:
        one = self.organisation
        if one is None:
            return
        offered = _offered(one)

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._answers[one.key] = answer
                self._show()

        chooser = Chooser(
            T(_("Which organisation is “{name}”?").format(name=one.name)),
            lambda text: [] if text.strip() else offered,
            hint=_("type to find another organisation"),
            look_up=_found,
            highlight=self._answers.get(one.key),
        )
        self.app.push_screen(chooser, chosen)

    def action_forget_answer(self) -> None:
        one = self.organisation
        if one is not None:
            self._answers.pop(one.key, None)
            self._show()


def _offered(one: OrganisationLine) -> Sequence[Entry]:
    """Return the candidates, and the answer that it is none of them."""
    entries = [
        Entry(item.uid, Content.assemble(T(item.name), T(f"  {item.uid}", QUIET)))
        for item in one.candidates
    ]
    return [*entries, Entry(NEW, T(_("None of these: a new organisation"), GOOD))]


def _found(connection: Connection, text: str) -> list[Entry]:
    entries = []
    for row_id, name in organisations_named(connection, text, FOUND_AT_ONCE):
        known = get(connection, Organisation, row_id)
        if known is not None:
            entries.append(Entry(known.uid, Content.assemble(T(name), T(f"  {known.uid}", QUIET))))
    return entries


def _gravest_first(one: OrganisationLine) -> tuple[int, str]:
    return list(_LABELS).index(one.outcome), one.name.casefold()


def _adds(one: OrganisationLine) -> str:
    return " · ".join(change_words(change, of_account=False) for change in one.changes)
