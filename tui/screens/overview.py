"""The state of everything at one glance; every number opens what is behind it."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from inventory.language import Language, _, current
from inventory.search import AccountList
from tui.actions import Scope
from tui.going import go_to
from tui.screen import RasmiScreen, Read
from tui.text import QUIET
from tui.widgets.board import Board, BoardFrame
from tui.widgets.lines import line, piece
from tui.widgets.picture import Picture, Pillar, lay_out

if TYPE_CHECKING:
    from audits.figures import NotAssessed
    from tui.overview_page import Overview

LOOK_AGAIN = 2.0
"""Seconds between two looks at whether another writer changed the inventory."""


class OverviewScreen(RasmiScreen, scope=Scope.OVERVIEW):
    """The last audit, the four flags, where it is worst, platforms, gaps, and the course of it."""

    AUTO_FOCUS: ClassVar[str | None] = "Board"

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._gaps: Sequence[NotAssessed] = ()
        self._gaps_of: tuple[int, Language] | None = None
        """The run that the gaps were read of, and the language their words are in."""
        self._revision: int | None = None
        self._due = False

    def body(self) -> Iterable[Widget]:
        with BoardFrame():
            yield Board(self._picture)

    # -- reading ---------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.set_interval(LOOK_AGAIN, self._look_again)

    def _look_again(self) -> None:
        revision = AccountList(self.session.connection, ()).revision()
        changed, self._revision = revision != self._revision, revision
        if changed and self.is_current:
            self._read()

    def speak(self) -> None:
        """Read again too: the figures carry names, in the language they were read in."""
        super().speak()
        self.record_changed()

    def record_changed(self) -> None:
        self._revision = AccountList(self.session.connection, ()).revision()
        if not self._due:
            self._due = True
            # After the frame is painted: what reads the figures is large, and imported only then.
            self.call_after_refresh(self._read)

    def _read(self) -> None:
        self._due = False
        self.read_in_background("figures", _figures)

    def on_read(self, message: Read) -> None:
        """Show what was read; what could not be assessed takes longest and comes last."""
        if message.topic == "gaps":
            self._gaps = message.answer
        else:
            self._overview = message.answer
            run = message.answer.run
            known = (run.number if run else 0, current())
            if known != self._gaps_of:
                self._gaps_of = known
                self.read_in_background("gaps", _gaps)
        self.query_one(Board).redraw()

    @on(Board.Opened)
    async def _opened(self, message: Board.Opened) -> None:
        await go_to(self.rasmi, message.opens)

    def action_open_figure(self) -> None:
        self.query_one(Board).open()

    def _picture(self, width: int) -> Picture:
        if self._overview is None:
            return lay_out([[Pillar(width, [[line(piece(_("reading …"), QUIET))]])]])
        from tui.overview_page import overview_bands

        return lay_out(overview_bands(self._overview, self._gaps, self.session.today, width))


def _figures(connection: Connection) -> "Overview":
    from tui.overview_page import read_overview

    return read_overview(connection)


def _gaps(connection: Connection) -> "Sequence[NotAssessed]":
    from tui.overview_page import read_gaps

    return read_gaps(connection)
