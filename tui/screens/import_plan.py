"""The third step of an import: what it would do, line by line, before anything is written."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from inventory.importing.apply import Applied, StalePlan
from inventory.importing.matching import MatchOutcome
from inventory.importing.plan import Plan
from inventory.language import Language, _, current, plural
from tui.actions import Scope
from tui.import_draft import Draft, accept
from tui.jobs import Ended, JobDialog
from tui.list_rows import ListRows
from tui.plan_lines import (
    LOOKS,
    WARNED,
    Planned,
    PlanRow,
    line_columns,
    line_pairs,
    outcome_counts,
    outcome_label,
    outcome_tone,
    planned,
)
from tui.screen import RasmiScreen
from tui.screens.accept_plan import AcceptDialog, DetailsDialog, TakenDialog
from tui.screens.import_list import step_names
from tui.table.messages import FilterChanged, RowHighlighted, RowSelected
from tui.table.view import WindowTable
from tui.text import BAD, HEAD, QUIET, WARN, T
from tui.widgets.chooser import Chooser, Entry, matches
from tui.widgets.count_bar import CountBar, Counted
from tui.widgets.flow import Flow, asking
from tui.widgets.heading import Heading
from tui.widgets.page import Pairs

ALL = "all"
DETAILS_CELLS = 48


class PlanScreen(RasmiScreen, scope=Scope.IMPORT_PLAN):
    """The plan of one list: its counts, its lines, its open questions."""

    AUTO_FOCUS: ClassVar[str | None] = "WindowTable"
    DEFAULT_CSS = """
    PlanScreen {
        #sums { max-height: 3; background: $panel; }
        #halves { height: 1fr; layout: vertical; }
        #line { padding: 0 1; background: $panel; display: none; }
        &.-tall #line { display: block; height: 7; }
        &.-wide #halves { layout: horizontal; }
        &.-wide #line { display: block; height: 1fr; width: 48; padding: 0 1; }
    }
    """

    def __init__(
        self,
        planned: Planned,
        answered: Callable[[Draft], None],
        taken_in: Callable[[Applied], None],
    ) -> None:
        super().__init__()
        self._draft = planned.draft
        self._plan = planned.plan
        self._rows = planned.rows
        self._tell_answered = answered
        self._taken_in = taken_in
        self._outcome = ALL
        self._filter = ""
        self._spoken: Language = current()

    @property
    def place(self) -> str:
        return Scope.IMPORT.value

    def body(self) -> Iterable[Widget]:
        yield Heading(T(self._draft.table.name, HEAD), step_names(), 2)
        yield CountBar(self._counts(), self._outcome)
        yield Flow(self._sums(), id="sums")
        with Container(id="halves"):
            yield WindowTable(
                self._rows,
                self._rows.fit(self._table_width()),
                empty_message=_("There is no such line."),
                no_match_message=_("No line matches this search. Esc clears it."),
                filter_text=self._filter,
            )
            yield Pairs((), id="line")

    @property
    def table(self) -> WindowTable:
        """The lines of the plan."""
        return self.query_one(WindowTable)

    @property
    def line(self) -> PlanRow | None:
        """The line under the cursor."""
        return self._rows.item(self.table.cursor_row)

    # -- what is shown ---------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self.table.set_columns(self._rows.fit(self._table_width()))

    def _table_width(self) -> int:
        width = self.app.size.width
        return width - DETAILS_CELLS if width >= 110 else width

    def _counts(self) -> list[Counted]:
        counts = [
            Counted(key, outcome_label(key), count, LOOKS[outcome_tone(key)])
            for key, count in outcome_counts(self._plan).items()
        ]
        whole = Counted(ALL, _("all"), sum(one.count for one in counts))
        warned = sum(bool(line.warnings) for line in self._plan.lines)
        beside = [Counted(WARNED, _("with a warning"), warned, WARN)] if warned else []
        return [whole, *counts, *beside]

    def _sums(self) -> list[Content]:
        """Say that the counts add up to what the file holds, and what else the plan does."""
        plan = self._plan
        sums = _("{rows} rows: {with_links} with {links} links, {without} without").format(
            rows=f"{plan.rows:,}",
            with_links=f"{plan.rows - plan.rows_without_links:,}",
            links=f"{plan.links:,}",
            without=f"{plan.rows_without_links:,}",
        )
        pieces = [T(sums, QUIET)]
        if plan.changes_nothing:
            pieces.append(T(_("the inventory holds all of this already"), HEAD))
        return [*pieces, *open_pieces(plan)]

    def _show(self) -> None:
        """Show the plan as it is now."""
        self.query_one(CountBar).show(self._counts(), self._outcome)
        self.query_one("#sums", Flow).show(self._sums())
        self._narrow()

    def _narrow(self) -> None:
        wanted = self._outcome
        self._rows.only(None if wanted == ALL else lambda one: one.counts_as(wanted))
        self.query_one(CountBar).show(self._counts(), wanted)
        self.table.set_source(self._rows, self._rows.fit(self._table_width()))
        self._show_line()

    def _show_line(self) -> None:
        one = self.line
        self.query_one("#line", Pairs).show(line_pairs(one) if one is not None else ())

    @on(RowHighlighted)
    def _highlighted(self) -> None:
        self._show_line()
        self.keys_changed()

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        self._filter = message.text

    def on_screen_resume(self) -> None:
        """Word the plan again when another language is spoken than when it was made."""
        if self._spoken is not current():
            self._plan_again(self._draft)

    def speak(self) -> None:
        self._rows = ListRows(self._rows.items, line_columns(), lambda one: one.value)
        super().speak()
        if self.is_current:
            self.on_screen_resume()

    # -- planning again --------------------------------------------------------------------------

    def _plan_again(self, draft: Draft) -> None:
        session = self.session
        job = JobDialog(
            T(_("Making the plan")),
            lambda watch: planned(session, draft, watch),
            note=_("Nothing is written. Esc stops it."),
            left_at_once=True,
        )
        self._spoken = current()
        self.app.push_screen(job, self._planned_again)

    def _planned_again(self, ended: Ended[Planned] | None) -> None:
        if ended is None:
            return
        if ended.error is not None:
            self.tell(str(ended.error), "error")
            return
        found = ended.get()
        self._draft, self._plan, self._rows = found.draft, found.plan, found.rows
        self._tell_answered(self._draft)
        self._show()

    def answer(self, answers: dict[str, str]) -> None:
        """Make the plan again with what was answered about organisations."""
        if answers != dict(self._draft.answers):
            self._plan_again(replace(self._draft, answers=answers))

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name == "accept_plan" and self._plan.changes_nothing:
            return _("The inventory holds all of this already; there is nothing to accept.")
        if name == "show_line" and self.table.cursor_row is None:
            return _("There is no line in the list.")
        if name == "plan_organisations" and not self._plan.organisations:
            return _("The list names no organisation.")
        if name == "plan_warnings" and not self._plan.warnings:
            return _("There is nothing to warn of.")
        return None

    @on(RowSelected)
    def _selected(self) -> None:
        self.action_show_line()

    @on(CountBar.Chosen)
    def _counted(self, event: CountBar.Chosen) -> None:
        self._choose(event.key)

    def _choose(self, outcome: str) -> None:
        self._outcome = outcome
        self._narrow()

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()

    def action_turn_outcome(self, by: int) -> None:
        self._choose(self.query_one(CountBar).turned(by))

    def action_choose_outcome(self) -> None:
        counts = self._counts()

        def entries(text: str) -> list[Entry]:
            return [
                Entry(one.key, T(f"{one.count:>9,}  {one.words}", one.look), off=not one.count)
                for one in counts
                if matches(text, one.words)
            ]

        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._choose(answer)

        title = T(_("Which lines?"))
        self.app.push_screen(
            Chooser(title, entries, hint=_("type to find"), highlight=self._outcome), chosen
        )

    def action_show_line(self) -> None:
        one = self.line
        if one is not None:
            self.app.push_screen(DetailsDialog(T(_("One line of the plan")), line_pairs(one)))

    def action_plan_warnings(self) -> None:
        pairs = [(None, T(f"• {warning}")) for warning in self._plan.warnings]
        self.app.push_screen(DetailsDialog(T(_("Before you accept")), pairs))

    def action_plan_organisations(self) -> None:
        from tui.screens.import_organisations import PlanOrganisationsScreen

        self.app.push_screen(PlanOrganisationsScreen(self._plan, self.answer))

    def action_accept_plan(self) -> None:
        self.app.push_screen(AcceptDialog(self._plan), self._agreed)

    def _agreed(self, reason: str | None) -> None:
        if reason is None:
            return
        session, plan = self.session, self._plan
        job = JobDialog(
            T(_("Taking the list in")),
            lambda watch: accept(session, plan, reason, watch),
            note=_("One change: all of it or nothing. Until it is kept, Esc takes it back."),
        )
        self.app.push_screen(job, self._accepted)

    def _accepted(self, ended: Ended[Applied] | None) -> None:
        if ended is None:
            self.tell(_("Stopped; nothing was written."))
        elif isinstance(ended.error, StalePlan):
            sentence = _("Somebody changed the inventory meanwhile; this is the plan as it is now.")
            self.tell(sentence, "warning")
            self._plan_again(self._draft)
        elif ended.error is not None:
            self.tell(str(ended.error), "error")
        else:
            applied = ended.get()
            self.app.push_screen(TakenDialog(applied), lambda show: self._leave(applied, show))

    def _leave(self, applied: Applied, show: bool | None) -> None:
        """Go back to the first step, and to the accounts if that was wanted."""
        app = self.rasmi
        for _screen in app.screen_stack[1:]:
            app.pop_screen()
        self._taken_in(applied)
        if show:
            app.call_later(app.action_show, "accounts")


def open_pieces(plan: Plan) -> list[Content]:
    """Name the organisations of a plan and its warnings; each leads to what it counts."""
    outcomes = [one.outcome for one in plan.organisations]
    opened = outcomes.count(MatchOutcome.AMBIGUOUS)
    likely = outcomes.count(MatchOutcome.PROPOSED)
    new, warnings = plan.organisations_new, len(plan.warnings)
    counted = (
        (new, plural("{count} new organisation", "{count} new organisations", new), ""),
        (opened, plural("o: {count} to tell apart", "o: {count} to tell apart", opened), BAD),
        (likely, plural("o: {count} likely match", "o: {count} likely matches", likely), WARN),
    )
    pieces = [
        asking(T(words.format(count=f"{count:,}"), look), "plan_organisations")
        for count, words, look in counted
        if count
    ]
    if warnings:
        words = plural("w: {count} warning", "w: {count} warnings", warnings)
        pieces.append(asking(T(words.format(count=f"{warnings:,}"), WARN), "plan_warnings"))
    return pieces
