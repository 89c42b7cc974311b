"""The overview: what it says, that every number opens what it counts, and how it fits."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audits import figures
from audits.findings_search import FindingList
from inventory.search import AccountList
from tests.tui.audited import audited_file
from tests.tui.driving import line_with, settled, shown
from tui.app import RasmiApp
from tui.going import Accounts, Findings, Flagged, OneRule, Results
from tui.overview_page import overview_bands, read_gaps, read_overview
from tui.screens.accounts import AccountsScreen
from tui.screens.accounts_behind import AccountsBehindScreen, under_rule, with_flag
from tui.screens.findings import FindingsScreen
from tui.session import Session
from tui.widgets.board import Board
from tui.widgets.lines import width_of
from tui.widgets.picture import Picture, lay_out

MakeApp = Callable[[Path], RasmiApp]
MakeSession = Callable[[Path], Session]


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    """Return the path of the inventory that was audited twice."""
    return audited_file(tmp_path)


def drawn(session: Session, width: int) -> Picture:
    """Draw the overview of a session."""
    overview = read_overview(session.connection)
    gaps = read_gaps(session.connection)
    return lay_out(overview_bands(overview, gaps, session.today, width))


def text_of(picture: Picture) -> str:
    """Return the lines of a picture as they stand on the screen."""
    return "\n".join("".join(one.content.plain for one in line) for line in picture.lines)


async def opened(app: RasmiApp) -> Board:
    """Go to the overview and return its board."""
    await app.action_show("overview")
    return app.screen.query_one(Board)


@pytest.mark.parametrize("width", [76, 78, 106, 118, 160, 176, 198])
def test_it_never_takes_more_cells_than_there_are(
    session_on: MakeSession, audited: Path, width: int
) -> None:
    """At every width the lines fit, in one, two or three columns."""
    picture = drawn(session_on(audited), width)
    assert max(width_of(line) for line in picture.lines) <= width


@pytest.mark.parametrize("width", [78, 118, 198])
def test_every_number_opens_as_many_rows_as_it_says(
    session_on: MakeSession, audited: Path, width: int
) -> None:
    """Behind each cell that holds a number stand exactly so many accounts or findings."""
    session = session_on(audited)
    connection = session.connection
    checked = 0
    for line in drawn(session, width).lines:
        for piece in line:
            words = piece.content.plain.strip().split()
            said = words[0].replace(",", "") if words else ""
            if piece.opens is None or not said.isdigit():
                continue
            match piece.opens:
                case Accounts(search):
                    found = AccountList(connection).count(search)
                case Findings(search):
                    found = len(list(FindingList(connection).all_ids(search)))
                case Results(rule, status):
                    found = len(under_rule(rule, status).ids(connection))
                case Flagged(run, flag):
                    found = len(with_flag(run, flag).ids(connection))
                case _:
                    continue
            checked += 1
            assert found == int(said), (piece.content.plain, piece.opens)
    assert checked > 40


def test_the_numbers_are_those_of_the_figures(session_on: MakeSession, audited: Path) -> None:
    """Flags and ministries say what the one place that counts says."""
    session = session_on(audited)
    text = text_of(drawn(session, 78))
    for flag, counts in figures.flag_totals(session.connection).items():
        line = next(line for line in text.splitlines() if line.startswith(flag.label))
        numbers = [word for word in line.split() if word.isdigit()]
        assert numbers == [str(count.number) for count in counts.values() if count.number]
    (worst,) = figures.worst_ministries(session.connection)
    line = next(line for line in text.splitlines() if line.startswith(worst.name))
    assert str(worst.findings) in line.split()


def test_the_last_run_and_its_difference_stand_on_top(
    session_on: MakeSession, audited: Path
) -> None:
    """Number, day and age of the run; what is new, reopened and resolved."""
    top = text_of(drawn(session_on(audited), 78)).splitlines()[:3]
    assert "Audit 2 of 20/11/2026, today" in top[0]
    assert "resolved" in top[1]


def test_a_big_number_is_one_cell(session_on: MakeSession, audited: Path) -> None:
    """The three lines of big digits are gone to and opened as one."""
    picture = drawn(session_on(audited), 118)
    cell = picture.at(Accounts("flag:unofficial=yes"))
    assert cell is not None
    assert cell.height == 3


async def test_a_flag_leads_to_its_accounts(app_on: MakeApp, audited: Path) -> None:
    """Enter on the number of a flag lists the accounts behind it."""
    app = app_on(audited)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app)
        await settled(pilot)
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert isinstance(app.screen, AccountsScreen)
        assert app.screen.table.filter_text == "flag:unofficial=yes"
        assert "ketua.ujian" in shown(app)


async def test_a_ministry_leads_to_its_findings(app_on: MakeApp, audited: Path) -> None:
    """Enter on a ministry lists the findings of its branch."""
    app = app_on(audited)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app)
        await settled(pilot)
        await pilot.press("tab", "tab", "enter")
        await settled(pilot)
        assert isinstance(app.screen, FindingsScreen)
        assert app.screen.table.filter_text.startswith("ministry:O-")


async def test_a_click_opens_a_number(app_on: MakeApp, audited: Path) -> None:
    """The mouse does what Enter does."""
    app = app_on(audited)
    async with app.run_test(size=(80, 24)) as pilot:
        board = await opened(app)
        await settled(pilot)
        cell = board._picture.at(Accounts("flag:individual=yes"))
        assert cell is not None
        await pilot.click(Board, offset=(cell.x + cell.width - 1, cell.y))
        await settled(pilot)
        assert isinstance(app.screen, AccountsScreen)


async def test_an_old_audit_still_names_its_accounts(app_on: MakeApp, audited: Path) -> None:
    """The first audit's unofficial accounts hold one that is official by now."""
    app = app_on(audited)
    async with app.run_test(size=(120, 40)) as pilot:
        board = await opened(app)
        await settled(pilot)
        board.post_message(Board.Opened(Flagged(1, "unofficial")))
        await settled(pilot)
        assert isinstance(app.screen, AccountsBehindScreen)
        assert "Audit 1" in shown(app)
        assert "ujian_rasmi" in shown(app)


async def test_what_is_not_assessed_says_what_is_missing(app_on: MakeApp, audited: Path) -> None:
    """Each rule that could not be assessed leads to its page, its count to the accounts."""
    app = app_on(audited)
    async with app.run_test(size=(120, 60)) as pilot:
        board = await opened(app)
        await settled(pilot)
        targets = [cell.opens for cell in board._picture.cells]
        codes = [one.code for one in targets if isinstance(one, OneRule)]
        assert codes
        assert Results(codes[0], "not_assessed") in targets
        board.post_message(Board.Opened(Results(codes[0], "not_assessed")))
        await settled(pilot)
        assert isinstance(app.screen, AccountsBehindScreen)
        assert "not known" in shown(app)


async def test_an_empty_inventory_says_how_to_begin(app_on: MakeApp, empty_file: Path) -> None:
    """Without accounts the key that imports a list is named, and Enter on it asks for that."""
    app = app_on(empty_file)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app)
        await settled(pilot)
        assert "There are no accounts yet" in shown(app)
        assert line_with(app, "imports a list").strip().startswith("i ")


async def test_before_any_audit_it_says_how_to_hold_one(app: RasmiApp) -> None:
    """With accounts and no run the key that audits is named; platforms are shown all the same."""
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app)
        await settled(pilot)
        assert "5 accounts, not audited yet" in shown(app)
        assert "Facebook" in shown(app)


async def test_it_scrolls_to_where_the_cursor_goes(app_on: MakeApp, audited: Path) -> None:
    """At 80 by 24 the last cell can be reached and is on the screen then."""
    app = app_on(audited)
    async with app.run_test(size=(80, 24)) as pilot:
        board = await opened(app)
        await settled(pilot)
        await pilot.press("end")
        await settled(pilot)
        assert board.cursor == board._picture.cells[-1]
        assert "seminar of 2024" in shown(app) or "with an official" in shown(app).lower()
        await pilot.press("home")
        await settled(pilot)
        assert "Audit 2 of" in shown(app)


async def test_it_speaks_the_other_language(app_on: MakeApp, audited: Path) -> None:
    """Names of ministries follow the language."""
    app = app_on(audited)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app)
        await settled(pilot)
        assert "Ministry of Examples" in shown(app)
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert "Kementerian Contoh" in shown(app)
        await pilot.press("ctrl+l")
        await settled(pilot)


async def test_the_cursor_shows_without_colour(
    app_on: MakeApp, audited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under NO_COLOR the cell under the cursor is drawn the other way round."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_on(audited)
    async with app.run_test(size=(80, 24)) as pilot:
        board = await opened(app)
        await settled(pilot)
        cell = board.cursor
        assert cell is not None
        x, y = board.content_region.x + cell.x, board.content_region.y + cell.y
        strip = app.screen._compositor.render_strips(app.size)[y]
        here = next(iter(strip.crop(x, x + 1)))
        assert here.style is not None
        assert here.style.reverse
