"""The audit: held as of a day, with its progress, its result, and all that were held before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import ClassVar

from textual import on
from textual.widget import Widget

from audits.rules import Policy
from audits.runs import Progress, Run
from inventory.dates import read_date
from inventory.language import _
from tui.actions import Scope
from tui.audit_sections import ShowRun, history_lines, next_lines, run_lines
from tui.field_words import day_text
from tui.going import Ask, go_to
from tui.jobs import Cancelled, Ended, JobDialog, Watch
from tui.screen import RasmiScreen, Read
from tui.session import Session
from tui.text import QUIET, T
from tui.widgets.ask import AskText
from tui.widgets.board import Board, BoardFrame
from tui.widgets.lines import line, piece
from tui.widgets.picture import Picture, Pillar, lay_out

TWO_PILLARS = 132
"""Cells from which the list of audits stands beside the one that is shown."""


@dataclass(frozen=True, slots=True)
class AuditState:
    """What the page is drawn from: the policy, the audits held, how many accounts there are."""

    policy: Policy
    runs: tuple[Run, ...]
    accounts: int

    def run(self, number: int | None) -> tuple[Run | None, Run | None]:
        """Return an audit and the one before it; the last one for None."""
        for place, run in enumerate(self.runs):
            if number in (None, run.number):
                return run, next(iter(self.runs[place + 1 :]), None)
        return None, None


class AuditScreen(RasmiScreen, scope=Scope.AUDIT):
    """The next audit, the last one, and those before it."""

    AUTO_FOCUS: ClassVar[str | None] = "Board"

    def __init__(self) -> None:
        super().__init__()
        self._state: AuditState | None = None
        self._day: date | None = None
        self._shown: int | None = None

    def body(self) -> Iterable[Widget]:
        with BoardFrame():
            yield Board(self._picture, start=Ask("run_audit"))

    @property
    def day(self) -> date:
        """The day as of which the next audit judges."""
        return self._day or self.session.today

    # -- what is shown ---------------------------------------------------------------------------

    def record_changed(self) -> None:
        self.read_in_background("state", read_state)

    def on_read(self, message: Read) -> None:
        """Show what was read."""
        self._state = message.answer
        self.query_one(Board).redraw()
        self.keys_changed()

    def _picture(self, width: int) -> Picture:
        state = self._state
        if state is None:
            return lay_out([[Pillar(width, [[line(piece(_("reading …"), QUIET))]])]])
        run, before = state.run(self._shown)
        beside = width >= TWO_PILLARS
        right = max(60, width * 2 // 5) if beside else width
        left = width - right - 3 if beside else width
        ahead = next_lines(state.policy, self.day, state.accounts, left)
        is_last = run is not None and run is state.runs[0]
        result = run_lines(run, before, left, is_last=is_last) if run is not None else []
        held = history_lines(state.runs, run.number if run else None, right)
        if beside:
            return lay_out([[Pillar(left, [ahead, result]), Pillar(right, [held])]])
        return lay_out([[Pillar(width, [ahead, result, held])]])

    # -- what can be asked for -------------------------------------------------------------------

    @on(Board.Opened)
    async def _opened(self, message: Board.Opened) -> None:
        if isinstance(message.opens, ShowRun):
            self._shown = message.opens.number
            self.query_one(Board).redraw()
        else:
            await go_to(self.rasmi, message.opens)

    def why_not(self, name: str) -> str | None:
        if name == "run_audit" and self._state is not None and not self._state.accounts:
            return _("There are no accounts to judge. i imports a list.")
        return None

    def action_open_figure(self) -> None:
        self.query_one(Board).open()

    def action_audit_date(self) -> None:
        def chosen(text: str | None) -> None:
            if text is not None:
                self._day = read_date(text)
                self.query_one(Board).redraw()

        ask = AskText(
            T(_("As of which day?")),
            day_text(self.day),
            advice=_("Ages, expiries and working days are counted up to it."),
            problem=day_problem,
        )
        self.app.push_screen(ask, chosen)

    def action_run_audit(self) -> None:
        state, session, day = self._state, self.session, self.day
        if state is None:
            return
        policy = state.policy
        job = JobDialog(
            T(_("Audit as of {day}").format(day=day_text(day))),
            lambda watch: audit(session, policy, day, watch),
        )
        self.app.push_screen(job, self._held)

    def _held(self, ended: Ended[Run] | None) -> None:
        if ended is None:
            self.tell(_("Stopped; nothing of the audit was kept."))
        elif ended.error is not None:
            self.tell(str(ended.error), "error")
        else:
            self._shown = None
        self.record_changed()


def read_state(connection: Connection) -> AuditState:
    """Read what the page shows."""
    from audits.figures import platform_matrix
    from audits.ledger import runs
    from audits.policy import load_policy

    accounts = sum(one.accounts.number for one in platform_matrix(connection))
    return AuditState(load_policy(), tuple(runs(connection)), accounts)


def audit(session: Session, policy: Policy, day: date, watch: Watch) -> Run:
    """Hold an audit; raises Cancelled when it was stopped, and what `run_audit` raises."""
    from audits.run import AuditCancelled, run_audit

    def told(progress: Progress) -> None:
        watch.tell(progress.stage.label, progress.done, progress.total)

    watch.tell(_("Looking at what changed"))
    try:
        return run_audit(
            session.store,
            session.actor,
            on=day,
            policy=policy,
            progress=told,
            cancelled=watch.stopped,
        )
    except AuditCancelled as error:
        raise Cancelled from error


def day_problem(text: str) -> str | None:
    """Say what is wrong with a text that should be a day."""
    if read_date(text) is None:
        return _("Write a date: 20/11/2026 or 2026-11-20.")
    return None
