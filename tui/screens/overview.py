"""The state of everything at one glance; every number opens what is behind it."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import Any, ClassVar

from textual import on
from textual.widget import Widget

from inventory.language import _
from tui.actions import Scope
from tui.going import go_to
from tui.screen import RasmiScreen, Read
from tui.text import QUIET
from tui.widgets.board import Board, BoardFrame
from tui.widgets.lines import line, piece
from tui.widgets.picture import Band, Picture, Pillar, lay_out

TWO_PILLARS, THREE_PILLARS = 106, 176
"""Cells from which figures stand side by side."""

WORST_SHOWN = 8


class OverviewScreen(RasmiScreen, scope=Scope.OVERVIEW):
    """The last audit, the four flags, where it is worst, platforms, gaps, and the course of it."""

    AUTO_FOCUS: ClassVar[str | None] = "Board"

    def __init__(self) -> None:
        super().__init__()
        self._figures: dict[str, Any] = {}

    def body(self) -> Iterable[Widget]:
        with BoardFrame():
            yield Board(self._picture)

    # -- reading ---------------------------------------------------------------------------------

    def record_changed(self) -> None:
        self.call_after_refresh(self._read)

    def _read(self) -> None:
        """Read after the frame is painted: the figures take more than a frame."""
        self.read_in_background("figures", _figures)

    def on_read(self, message: Read) -> None:
        """Show what was read; what could not be assessed takes longest and comes last."""
        self._figures.update(message.answer)
        if message.topic == "figures" and self._figures["run"] is not None:
            self.read_in_background("gaps", _gaps)
        self.query_one(Board).redraw()

    @on(Board.Opened)
    async def _opened(self, message: Board.Opened) -> None:
        await go_to(self.rasmi, message.opens)

    # -- drawing ---------------------------------------------------------------------------------

    def _picture(self, width: int) -> Picture:
        if not self._figures:
            return lay_out([[Pillar(width, [[line(piece(_("reading …"), QUIET))]])]])
        return lay_out(bands(self._figures, self.session.today, width))


def bands(figures: dict[str, Any], today: Any, width: int) -> list[Band]:
    """Lay the sections out for a width: under one another, or in two or three columns."""
    from tui import overview_sections as say

    platforms = figures["platforms"]
    accounts = sum(one.accounts.number for one in platforms)
    if not accounts:
        return [[Pillar(width, [say.empty_lines()])]]
    head = say.run_lines(figures["run"], today, accounts, width)

    def gaps(cells: int) -> Any:
        return say.gap_lines(figures.get("gaps", ()), cells)

    def worst(cells: int) -> Any:
        return say.worst_lines(figures["worst"], cells)

    def trend(cells: int) -> Any:
        return say.trend_lines(figures["trend"], cells)

    if width < TWO_PILLARS:
        sections = [
            head,
            say.flag_lines(figures["flags"], width),
            worst(width),
            say.platform_lines(platforms, width),
            gaps(width),
            trend(width),
            say.seminar_lines(figures["seminar"], width),
        ]
        return [[Pillar(width, sections)]]
    tile = (width - 3 * 3) // 4
    tiles = [
        Pillar(tile, [say.flag_tile(flag, counts, tile)])
        for flag, counts in figures["flags"].items()
    ]
    first = 70 if width < THREE_PILLARS else max(70, (width - 6) * 36 // 100)
    left = [say.platform_lines(platforms, first), say.seminar_lines(figures["seminar"], first)]
    if width < THREE_PILLARS:
        second = width - first - 3
        pillars = [
            Pillar(first, [*left, trend(first)]),
            Pillar(second, [worst(second), gaps(second)]),
        ]
    else:
        second = (width - first - 6) // 2
        third = width - first - second - 6
        pillars = [
            Pillar(first, [*left, trend(first)]),
            Pillar(second, [worst(second)]),
            Pillar(third, [gaps(third)]),
        ]
    return [[Pillar(width, [head])], tiles, pillars]


def _figures(connection: Connection) -> dict[str, Any]:
    from audits import figures
    from audits.ledger import latest_run
    from audits.seminar import seminar_table

    return {
        "run": latest_run(connection),
        "flags": figures.flag_totals(connection),
        "platforms": figures.platform_matrix(connection),
        "worst": figures.worst_ministries(connection, WORST_SHOWN),
        "trend": figures.trend(connection),
        "seminar": seminar_table(connection),
    }


def _gaps(connection: Connection) -> dict[str, Any]:
    from audits.figures import not_assessed

    return {"gaps": list(not_assessed(connection))}
