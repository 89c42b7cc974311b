"""One finding: what is, what should be, why, by which clause, what to do, and its course."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Static

from inventory.language import _
from tui.actions import Scope
from tui.finding_page import FindingPage, finding_bands, read_finding
from tui.going import OneAccount, OneRule, go_to
from tui.screen import RasmiScreen
from tui.widgets.board import Board, BoardFrame
from tui.widgets.picture import Picture, lay_out


class FindingScreen(RasmiScreen, scope=Scope.FINDING):
    """The page of one finding; `step` moves along the list it came from."""

    AUTO_FOCUS: ClassVar[str | None] = "Board"

    def __init__(self, finding: int, step: Callable[[int], int | None] | None = None) -> None:
        super().__init__()
        self._finding = finding
        self._step = step
        self._page: FindingPage | None = None

    @property
    def place(self) -> str:
        return Scope.FINDINGS.value

    def body(self) -> Iterable[Widget]:
        self._page = read_finding(self.session.connection, self._finding)
        if self._page is None:
            yield Static(_("This finding is not on file any more."))
            return
        with BoardFrame():
            yield Board(self._picture, start=OneAccount(self._page.row.account_id))

    def _picture(self, width: int) -> Picture:
        return lay_out(finding_bands(self._page, width) if self._page else [])

    def record_changed(self) -> None:
        if self.is_mounted:
            self.speak()

    @on(Board.Opened)
    async def _opened(self, message: Board.Opened) -> None:
        await go_to(self.rasmi, message.opens)

    def action_open_figure(self) -> None:
        self.query_one(Board).open()

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name in ("previous", "next") and self._step is None:
            return _("This finding was not opened from a list.")
        if name in ("open_figure", "finding_account", "finding_rule") and self._page is None:
            return _("This finding is not on file any more.")
        return None

    def action_step(self, by: int) -> None:
        finding = self._step(by) if self._step is not None else None
        if finding is None:
            self.tell(
                _("This is the last finding of the list.")
                if by > 0
                else _("This is the first finding of the list.")
            )
            return
        self._finding = finding
        self.speak()

    async def action_show_account(self) -> None:
        if self._page is not None:
            await go_to(self.rasmi, OneAccount(self._page.row.account_id))

    async def action_show_rule(self) -> None:
        if self._page is not None:
            await go_to(self.rasmi, OneRule(self._page.row.rule))
