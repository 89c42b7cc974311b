"""The list of rules with what the last audit made of each, and the page of one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audits.explanation import core_policy
from audits.ledger import latest_run
from audits.rules import Status
from tests.tui.audited import audited_file
from tests.tui.driving import line_with, settled, shown, typed
from tui.app import RasmiApp
from tui.going import Findings, Results
from tui.rule_columns import rule_columns
from tui.rule_page import rule_bands
from tui.screens.accounts_behind import AccountsBehindScreen
from tui.screens.findings import FindingsScreen
from tui.screens.rule import RuleScreen
from tui.screens.rules import RulesScreen
from tui.session import Session
from tui.widgets.lines import width_of
from tui.widgets.picture import lay_out

MakeApp = Callable[[Path], RasmiApp]


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    """Return the path of the inventory that was audited twice."""
    return audited_file(tmp_path)


@pytest.fixture
def app(app_on: MakeApp, audited: Path) -> RasmiApp:
    """Return the app on the inventory that was audited twice."""
    return app_on(audited)


async def rules(app: RasmiApp) -> RulesScreen:
    """Go to the list of rules."""
    await app.action_show("rules")
    assert isinstance(app.screen, RulesScreen)
    return app.screen


async def test_every_rule_stands_with_its_counts(app: RasmiApp, audited: Path) -> None:
    """Fail, pass, not assessed and not applicable of the last run, for every rule."""
    async with app.run_test(size=(140, 50)) as pilot:
        screen = await rules(app)
        await settled(pilot)
        assert screen.table.row_count == len(core_policy().rules)
        run = latest_run(app.session.connection)
        assert run is not None
        for code in ("OFF001", "VER003", "MON007"):
            tally = run.tallies[code]
            numbers = [str(tally.get(status) or "–") for status in _ORDER]
            assert line_with(app, code).replace("┃", " ").replace("│", " ").split()[-4:] == numbers


_ORDER = (Status.FAIL, Status.PASS, Status.NOT_ASSESSED, Status.NOT_APPLICABLE)


async def test_rules_are_found_by_words_of_either_language(app: RasmiApp) -> None:
    """A word of the Malay title finds the rule on an English screen."""
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await rules(app)
        await pilot.press("slash")
        await typed(pilot, "mentadbir")
        assert screen.table.row_count == 1
        assert "MON002" in shown(app)


async def test_rules_sort_by_what_fails(app: RasmiApp) -> None:
    """Sorted by failures, turned round, the rule that fails most comes first."""
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await rules(app)
        await settled(pilot)
        place = [column.key for column in rule_columns(140)].index("fail")
        screen.table.sort_by(place)
        screen.table.sort_by(place)
        await settled(pilot)
        run = latest_run(app.session.connection)
        assert run is not None
        first = screen.rule
        assert first is not None
        most = max(tally.get(Status.FAIL, 0) for tally in run.tallies.values())
        screen.table.action_first()
        first = screen.rule
        assert first is not None
        assert run.tallies[first.code][Status.FAIL] == most


async def test_enter_explains_a_rule(app: RasmiApp) -> None:
    """Both titles, whom the clauses bind, the expressions, the parameters, the cases."""
    async with app.run_test(size=(150, 90)) as pilot:
        await rules(app)
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, RuleScreen)
        page = shown(app)
        rule = core_policy().rules[0]
        for words in (rule.title.en, rule.title.ms, "binds:", "applies when", "fails when"):
            assert words in page
        assert ":grace_days = 30" in page
        assert "Cases that prove it" in page
        assert "official_status=official" in page


@pytest.mark.parametrize("keys", [("f",), ("enter", "enter"), ("enter", "f")])
async def test_what_fails_is_listed_from_the_rule(app: RasmiApp, keys: tuple[str, ...]) -> None:
    """f, and Enter on the number of fails, go to the findings of the rule."""
    async with app.run_test(size=(80, 24)) as pilot:
        await rules(app)
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        assert isinstance(app.screen, FindingsScreen)
        assert app.screen.table.filter_text == "rule:OFF001"
        assert "ketua.ujian" in shown(app)


async def test_what_is_not_assessed_names_what_is_missing(app: RasmiApp) -> None:
    """w lists the accounts, each with the fact that is not known."""
    async with app.run_test(size=(120, 24)) as pilot:
        await rules(app)
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, AccountsBehindScreen)
        assert "not known" in line_with(app, "apnrasmi")
        assert "ketua.ujian" not in shown(app)


async def test_the_accounts_behind_a_number_can_be_searched(app: RasmiApp) -> None:
    """The search of accounts narrows what is behind the figure, and nothing else comes in."""
    async with app.run_test(size=(120, 24)) as pilot:
        await rules(app)
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        await pilot.press("slash")
        await typed(pilot, "platform:tiktok")
        assert "None of these accounts matches" in shown(app)


async def test_the_next_rule_can_be_stepped_to(app: RasmiApp) -> None:
    """] goes along the list."""
    async with app.run_test(size=(80, 24)) as pilot:
        await rules(app)
        await settled(pilot)
        await pilot.press("enter", "right_square_bracket")
        await settled(pilot)
        assert "OFF002" in shown(app)


async def test_before_any_audit_rules_have_no_counts(app_on: MakeApp, inventory_file: Path) -> None:
    """A number nobody has counted is not shown as zero."""
    app = app_on(inventory_file)
    async with app.run_test(size=(140, 40)) as pilot:
        await rules(app)
        await settled(pilot)
        assert not any(
            char in line_with(app, "VER003").split("VER003")[1] for char in "0123456789–"
        )
        await pilot.press("enter")
        await settled(pilot)
        assert "not evaluated yet" in shown(app)


@pytest.mark.parametrize("width", [60, 78, 106, 118, 198])
def test_the_page_of_every_rule_fits(
    session_on: Callable[[Path], Session], audited: Path, width: int
) -> None:
    """No line is longer than there are cells, and each count opens its rows."""
    run = latest_run(session_on(audited).connection)
    assert run is not None
    for rule in core_policy().rules:
        picture = lay_out(rule_bands(rule, run.tallies[rule.code], width))
        assert max(width_of(line) for line in picture.lines) <= width
        targets = {cell.opens for cell in picture.cells}
        for status, count in run.tallies[rule.code].items():
            failing = status is Status.FAIL
            opens = Findings(f"rule:{rule.code}") if failing else Results(rule.code, status.value)
            assert (opens in targets) == bool(count)


def test_expressions_keep_every_word() -> None:
    """Broken over lines, an expression still reads the same."""
    for rule in core_policy().rules:
        picture = lay_out(rule_bands(rule, None, 50))
        lines = ["".join(one.content.plain for one in line) for line in picture.lines]
        text = "".join("".join(lines).split())
        for expression in (rule.applies, rule.fails, rule.passes):
            assert "".join(expression.split()) in text, rule.code
