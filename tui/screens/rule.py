"""One rule: what it asks, where that is written, how it is judged, and what it found."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget

from audits.explanation import core_policy
from audits.ledger import latest_run
from audits.rules import Rule, Status
from audits.runs import Run
from inventory.language import _
from tui.actions import Scope
from tui.going import Findings, Results, go_to
from tui.rule_page import rule_bands
from tui.screen import RasmiScreen
from tui.widgets.board import Board, BoardFrame
from tui.widgets.picture import Picture, lay_out


class RuleScreen(RasmiScreen, scope=Scope.RULE):
    """The page of one rule; `step` moves along the list it came from."""

    AUTO_FOCUS: ClassVar[str | None] = "Board"

    def __init__(self, code: str, step: Callable[[int], str | None] | None = None) -> None:
        super().__init__()
        self._code = code
        self._step = step
        self._run: Run | None = None

    @property
    def place(self) -> str:
        return Scope.RULES.value

    @property
    def rule(self) -> Rule | None:
        """The rule, None when the policy does not hold it any more."""
        return core_policy().by_code.get(self._code)

    def body(self) -> Iterable[Widget]:
        self._run = latest_run(self.session.connection)
        with BoardFrame():
            yield Board(self._picture)

    def _picture(self, width: int) -> Picture:
        rule, run = self.rule, self._run
        if rule is None:
            return lay_out([])
        tally = run.tallies.get(rule.code) if run else None
        broke = bool(run and rule.code in run.errors)
        return lay_out(rule_bands(rule, tally, width, broke=broke))

    def record_changed(self) -> None:
        if self.is_mounted:
            self._run = latest_run(self.session.connection)
            self.query_one(Board).redraw()

    @on(Board.Opened)
    async def _opened(self, message: Board.Opened) -> None:
        await go_to(self.rasmi, message.opens)

    def action_open_figure(self) -> None:
        self.query_one(Board).open()

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name in ("previous", "next") and self._step is None:
            return _("This rule was not opened from a list.")
        statuses = {"failing": Status.FAIL, "unassessed": Status.NOT_ASSESSED}
        if name in statuses and not self._count(statuses[name]):
            return _("There is none of these in the last audit.")
        return None

    def _count(self, status: Status) -> int:
        tally = self._run.tallies.get(self._code) if self._run else None
        return tally.get(status, 0) if tally else 0

    def action_step(self, by: int) -> None:
        code = self._step(by) if self._step is not None else None
        if code is None:
            self.tell(
                _("This is the last rule of the list.")
                if by > 0
                else _("This is the first rule of the list.")
            )
            return
        self._code = code
        self.speak()

    async def action_list_failing(self) -> None:
        await go_to(self.rasmi, Findings(f"rule:{self._code}"))

    async def action_list_unassessed(self) -> None:
        await go_to(self.rasmi, Results(self._code, Status.NOT_ASSESSED.value))
