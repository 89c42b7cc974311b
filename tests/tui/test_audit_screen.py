"""The audit on the screen: run with progress, stopped, compared with the one before, opened."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from audits.ledger import latest_run, runs
from audits.policy import load_policy
from audits.rules import Status
from audits.run import run_audit
from inventory import log
from inventory.record import Account
from inventory.store import Store
from inventory.vocabulary import OfficialStatus
from tests.tui.driving import line_with, settled, shown, typed
from tests.tui.small_inventory import ACTOR, TODAY
from tui.app import RasmiApp
from tui.audit_sections import open_findings
from tui.jobs import Cancelled, Watch
from tui.screens.audit import AuditScreen, audit, day_problem
from tui.session import Session

MakeApp = Callable[[Path], RasmiApp]


@pytest.fixture
def audited(inventory_file: Path) -> Path:
    """Hold two audits, one account declared official between them."""
    with Store.open(inventory_file) as store:
        policy = load_policy()
        run_audit(store, ACTOR, on=date(2026, 11, 1), policy=policy)
        with store.change(ACTOR, "declared") as change:
            change.edit(Account, 2, 1, {"official_status": OfficialStatus.OFFICIAL})
        run_audit(store, ACTOR, on=TODAY, policy=policy)
    return inventory_file


async def test_before_the_first_audit_it_says_how_to_begin(app: RasmiApp) -> None:
    """Policy, version, date and accounts are shown before anything is run."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        policy = load_policy()
        assert f"version {policy.version}, {len(policy.rules)} rules" in shown(app)
        assert policy.digest[:12] in shown(app)
        assert "20/11/2026" in line_with(app, "As of")
        assert "5 accounts" in line_with(app, "It judges")
        assert "None yet" in shown(app)


async def test_a_run_is_kept_and_shown_with_its_figures(app: RasmiApp) -> None:
    """r runs it; what the page says is what the run holds."""
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        run = latest_run(app.session.connection)
        assert run is not None
        assert run.on == TODAY
        page = shown(app)
        assert f"{run.counts[Status.FAIL]:,} fail" in page
        assert f"{run.coverage:.0%} of what applies could be assessed" in page
        assert f"{open_findings(run):,} open" in page
        assert f"{run.delta['new']:,} new" in page


async def test_the_flags_stand_beside_those_of_the_audit_before(
    app_on: MakeApp, audited: Path
) -> None:
    """Before, now, and by how much it is different."""
    app = app_on(audited)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        last, first = runs(app.session.connection)
        for flag, counts in last.flags.items():
            cells = line_with(app, f"{flag.label} ").removeprefix(f" {flag.label}").split()
            now, before = counts["yes"], first.flags[flag]["yes"]
            assert cells[:2] == [str(before), str(now)]
            wanted = f"{now - before:+}".replace("-", "−") if now != before else "="
            assert cells[2] == wanted


async def test_an_earlier_audit_can_be_shown(app_on: MakeApp, audited: Path) -> None:
    """End, Enter: the first audit takes the place of the last one on the page."""
    app = app_on(audited)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        assert "Audit 2 of 20/11/2026" in shown(app)
        await pilot.press("end", "enter")
        await settled(pilot)
        assert "Audit 1 of 01/11/2026" in shown(app)


async def test_new_findings_open_the_list_of_just_those(app_on: MakeApp, audited: Path) -> None:
    """The figure leads to its rows."""
    app = app_on(audited)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        run = latest_run(app.session.connection)
        assert run is not None
        assert run.delta["resolved"]
        lines = shown(app).splitlines()
        y = next(at for at, line in enumerate(lines) if "resolved" in line and "open" in line)
        await pilot.click(offset=(lines[y].index("resolved"), y))
        await settled(pilot)
        assert app.current_mode == "findings"
        assert "delta:resolved" in shown(app)


async def test_the_date_of_the_audit_is_chosen(app: RasmiApp) -> None:
    """d asks for it, refuses what is no date, and the run is held as of it."""
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("d", *["backspace"] * 10)
        await typed(pilot, "soon")
        await pilot.press("enter")
        await settled(pilot)
        assert "Write a date" in shown(app)
        await pilot.press(*["backspace"] * 4)
        await typed(pilot, "2026-10-05")
        await pilot.press("enter", "r")
        await settled(pilot)
        run = latest_run(app.session.connection)
        assert run is not None
        assert run.on == date(2026, 10, 5)


def test_a_stopped_audit_leaves_nothing(
    session_on: Callable[[Path], Session], audited: Path
) -> None:
    """Neither a run nor an entry of the log."""
    session = session_on(audited)
    before, last = log.head(session.connection), latest_run(session.connection)

    class Impatient(Watch):
        def tell(self, words: str, done: int = 0, total: int = 0) -> None:
            super().tell(words, done, total)
            self.stop()

    with pytest.raises(Cancelled):
        audit(session, load_policy(), date(2026, 12, 1), Impatient())
    assert log.head(session.connection) == before
    assert latest_run(session.connection) == last


async def test_without_accounts_there_is_nothing_to_judge(
    app_on: MakeApp, empty_file: Path
) -> None:
    """The key says so and names what comes first."""
    app = app_on(empty_file)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert "There are no accounts to judge" in shown(app)
        assert latest_run(app.session.connection) is None


@pytest.mark.parametrize(
    ("text", "fits"),
    [("20/11/2026", True), ("2026-11-20", True), ("5 Mac 2026", True), ("404", False), ("", False)],
)
def test_a_day_is_written_as_people_write_it(text: str, fits: bool) -> None:
    """Malay and ISO dates pass, what is no date is explained."""
    assert (day_problem(text) is None) is fits


@pytest.mark.parametrize("size", [(60, 15), (140, 40), (200, 50), (20, 6)])
async def test_no_size_breaks_the_page(
    app_on: MakeApp, audited: Path, size: tuple[int, int]
) -> None:
    """At every size the page can be shown and walked through."""
    app = app_on(audited)
    async with app.run_test(size=size) as pilot:
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("down", "down", "right", "tab", "end", "d", "escape")
        await settled(pilot)
        assert isinstance(app.screen, AuditScreen)
