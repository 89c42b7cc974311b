"""The list of findings, its groups beside it, and the page of one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audits.explanation import core_policy
from tests.tui.audited import audited_file
from tests.tui.driving import line_with, settled, shown, typed
from tui.app import RasmiApp
from tui.finding_columns import columns_for
from tui.finding_words import completed, completions, with_term, without
from tui.screens.account import AccountScreen
from tui.screens.finding import FindingScreen
from tui.screens.findings import FindingsScreen
from tui.screens.rule import RuleScreen
from tui.widgets.board import Board

MakeApp = Callable[[Path], RasmiApp]


@pytest.fixture
def app(app_on: MakeApp, tmp_path: Path) -> RasmiApp:
    """Return the app on the inventory that was audited twice."""
    return app_on(audited_file(tmp_path))


async def findings(app: RasmiApp) -> FindingsScreen:
    """Go to the list of findings."""
    await app.action_show("findings")
    assert isinstance(app.screen, FindingsScreen)
    return app.screen


async def test_each_line_says_how_grave_it_is_and_whom_it_concerns(app: RasmiApp) -> None:
    """At 80 columns severity, rule, organisation and account; below the list what is wrong."""
    async with app.run_test(size=(80, 24)) as pilot:
        await findings(app)
        await settled(pilot)
        line = line_with(app, "OWN001")
        assert "critical" in line
        assert "Department of Trials" in line
        assert "ketua.ujian" in line
        assert "should be:" in shown(app)


async def test_a_search_narrows_and_says_what_makes_no_sense(app: RasmiApp) -> None:
    """Words and fields narrow; a severity there is not is explained."""
    async with app.run_test(size=(100, 24)) as pilot:
        await findings(app)
        await pilot.press("slash")
        await typed(pilot, "severity:medium")
        assert "DSP001" in shown(app)
        assert "OWN001" not in shown(app)
        await typed(pilot, "x")
        assert "“mediumx” is none of" in shown(app)
        assert "No finding matches" in shown(app)


async def test_resolved_findings_are_shown_when_asked_for(app: RasmiApp) -> None:
    """Open ones are shown unasked; state:resolved shows the others."""
    async with app.run_test(size=(130, 24)) as pilot:
        screen = await findings(app)
        await settled(pilot)
        assert "ujian_rasmi" not in shown(app)
        screen.narrow("state:resolved")
        await settled(pilot)
        assert "resolved" in line_with(app, "ujian_rasmi")


async def test_tab_completes_the_search(app: RasmiApp) -> None:
    """`del`, Tab, `r`, Tab becomes delta:re."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await findings(app)
        await pilot.press("slash")
        await typed(pilot, "del")
        await pilot.press("tab")
        await typed(pilot, "r")
        await pilot.press("tab")
        await settled(pilot)
        assert screen.table.filter_text == "delta:re"


async def test_a_wide_screen_counts_by_severity_beside_the_list(app: RasmiApp) -> None:
    """Each group has its count; Enter narrows to it, again widens."""
    async with app.run_test(size=(140, 30)) as pilot:
        screen = await findings(app)
        await settled(pilot)
        assert screen.groups.display
        assert screen.groups.row_count == 3
        await pilot.press("tab", "down", "enter")
        await settled(pilot)
        assert screen.table.filter_text == "severity:high"
        assert screen.table.has_focus
        assert screen.table.row_count == 3
        assert screen.groups.row_count == 3
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert screen.table.filter_text == ""


async def test_a_key_turns_the_groups(app: RasmiApp) -> None:
    """v counts by severity, rule, organisation, then not at all; at 80 columns above the list."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await findings(app)
        await settled(pilot)
        assert not screen.groups.display
        counted = []
        for _turn in range(4):
            await pilot.press("v")
            await settled(pilot)
            title = screen.groups._columns[0].title if screen.groups.display else ""
            counted.append((title, screen.groups.row_count if title else 0))
        assert counted == [("Severity", 3), ("Rule", 5), ("Organisation", 2), ("", 0)]


async def test_the_groups_follow_the_search(app: RasmiApp) -> None:
    """They count what the search finds, whichever group it is narrowed to."""
    async with app.run_test(size=(140, 30)) as pilot:
        screen = await findings(app)
        screen.narrow("ketua.ujian severity:critical")
        await pilot.pause(0.3)
        await settled(pilot)
        assert screen.table.row_count == 1
        assert screen.groups.row_count == 2


async def test_enter_shows_everything_on_a_finding(app: RasmiApp) -> None:
    """What is, what should be, the clause with its source, what to do, and its course."""
    async with app.run_test(size=(120, 50)) as pilot:
        await findings(app)
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, FindingScreen)
        page = shown(app)
        for words in ("Found", "Should be", "What to do", "Where it is written", "binds:"):
            assert words in page
        assert "State of Melaka" in page
        assert "still open" in line_with(app, "audit 2")
        assert "new" in line_with(app, "audit 1 ")


async def test_enter_on_the_page_goes_to_the_account(app: RasmiApp) -> None:
    """The account is the first thing under the cursor; Escape comes back."""
    async with app.run_test(size=(80, 24)) as pilot:
        await findings(app)
        await settled(pilot)
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert isinstance(app.screen, AccountScreen)
        assert "ketua.ujian" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, FindingScreen)


async def test_the_next_finding_can_be_stepped_to(app: RasmiApp) -> None:
    """] moves along the list, and says when that ends."""
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await findings(app)
        await settled(pilot)
        await pilot.press("enter", "right_square_bracket")
        await settled(pilot)
        assert "OFF001" in shown(app)
        for _step in range(5):
            await pilot.press("right_square_bracket")
            await settled(pilot)
        assert "the last finding of the list" in shown(app)


async def test_the_rule_is_one_key_away(app: RasmiApp) -> None:
    """r shows the rule, from the list and from the page."""
    async with app.run_test(size=(80, 24)) as pilot:
        await findings(app)
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert isinstance(app.screen, RuleScreen)
        assert "OWN001" in shown(app)


async def test_a_long_page_can_be_read_to_its_end(app: RasmiApp) -> None:
    """At 80 by 24 the arrow down scrolls on where there is nothing more to go to."""
    async with app.run_test(size=(80, 24)) as pilot:
        await findings(app)
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        for _step in range(40):
            await pilot.press("down")
        await settled(pilot)
        assert "audit 1" in shown(app)


async def test_it_says_that_nobody_has_audited_yet(app_on: MakeApp, inventory_file: Path) -> None:
    """Without a run the list says which key audits."""
    app = app_on(inventory_file)
    async with app.run_test(size=(80, 24)) as pilot:
        await findings(app)
        await settled(pilot)
        assert "Not audited yet. Press a" in shown(app)


async def test_both_languages(app: RasmiApp) -> None:
    """Titles of rules and names of organisations follow the language; groups stay."""
    async with app.run_test(size=(150, 30)) as pilot:
        screen = await findings(app)
        await settled(pilot)
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert "Jabatan Ujian" in shown(app)
        assert core_policy().by_code["OWN001"].title.ms in shown(app)
        assert screen.groups.display
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert isinstance(app.screen.query_one("#list"), type(screen.table))


async def test_hostile_names_are_shown_inert(app_on: MakeApp, tmp_path: Path) -> None:
    """A handle with markup and control characters is text, in the list and on the page."""
    from inventory.record import Account
    from inventory.store import Store
    from tests.tui.small_inventory import ACTOR

    path = audited_file(tmp_path)
    with Store.open(path) as store, store.change(ACTOR, "Nama ganjil") as change:
        (row_id, version) = store.connection.execute(
            "SELECT id, version FROM accounts WHERE handle = 'ketua.ujian'"
        ).fetchone()
        change.edit(Account, row_id, version, {"handle": "[red]a\x1b[2J\u202eb"})
    app = app_on(path)
    async with app.run_test(size=(150, 30)) as pilot:
        await findings(app)
        await settled(pilot)
        assert "[red]a␛[2J\\u202eb" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "[red]a␛[2J\\u202eb" in shown(app)
        assert isinstance(app.screen.query_one(Board), Board)


@pytest.mark.parametrize("with_state", [False, True])
@pytest.mark.parametrize("width", [46, 58, 68, 72, 96, 110, 128, 170, 200])
def test_the_columns_of_a_width_fit_into_it(width: int, with_state: bool) -> None:
    """The columns a width shows take no more than it has."""
    columns = [one.column() for one in columns_for(width, with_state=with_state)]
    assert sum(one.width for one in columns) + len(columns) - 1 + 3 <= width


@pytest.mark.parametrize(
    ("text", "term", "becomes"),
    [
        ("", "severity:high", "severity:high"),
        ("severity:low contoh", "severity:high", "contoh severity:high"),
        ("contoh severity:high", "severity:high", "contoh"),
        ("rule:OFF001", "severity:high", "rule:OFF001 severity:high"),
    ],
)
def test_a_term_takes_the_place_of_its_like(text: str, term: str, becomes: str) -> None:
    """One term a field; chosen again it goes."""
    assert with_term(text, term) == becomes


def test_terms_of_a_field_can_be_taken_out() -> None:
    """All of one field, none of the others."""
    assert without("severity:high x SEVERITY:low rule:OFF001", "severity") == "x rule:OFF001"


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("sev", "severity:"),
        ("severity:c", "severity:critical "),
        ("x state:re", "x state:resolved "),
        ("rule:OFF", "rule:OFF00"),
        ("platform:tik", "platform:tiktok "),
        ("!del", "!delta:"),
        ("contoh", "contoh"),
        ("", ""),
    ],
)
def test_words_are_completed(text: str, becomes: str) -> None:
    """As far as all completions agree."""
    assert completed(text) == becomes
    assert text == becomes or completions(text)
