"""Leads on the screen: accepted with a key, rejected with a reason, shown as words only."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from audits.probes.leads import denied, open_leads
from inventory.reading import account_by
from inventory.record import Lead
from inventory.store import Store
from inventory.vocabulary import LeadOrigin, OfficialStatus
from tests.tui.driving import shown, typed, until
from tests.tui.small_inventory import ACTOR
from tui.app import RasmiApp

MakeApp = Callable[[Path], RasmiApp]


@pytest.fixture
def with_leads(inventory_file: Path) -> Path:
    """Add two leads; the page that names the second tries to act on the terminal."""
    with Store.open(inventory_file) as store, store.change(ACTOR, "leads") as change:
        for name, source in (
            ("kecon.baru", "https://www.contoh.example/"),
            ("lain", "[/x]\x1b[2J"),
        ):
            change.add(
                Lead(
                    organisation_id=1,
                    platform="x",
                    key=f"x:handle:{name.replace('.', '_')}",
                    url=f"https://x.com/{name.replace('.', '_')}",
                    origin=LeadOrigin.REL_ME,
                    source=source,
                    found_on=date(2026, 11, 2),
                )
            )
    return inventory_file


async def test_accepting_records_the_account_and_undo_takes_it_back(
    app_on: MakeApp, with_leads: Path
) -> None:
    """y records it with its official status unknown; u brings the lead back."""
    app = app_on(with_leads)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("8")
        await until(pilot, lambda: "kecon_baru" in shown(app))
        await pilot.press("y")
        await until(pilot, lambda: "kecon_baru" not in shown(app).split("lain")[0])
        account = account_by(app.session.connection, "x:handle:kecon_baru")
        assert account is not None
        assert account.official_status is OfficialStatus.UNKNOWN
        await pilot.press("u")
        await until(pilot, lambda: len(open_leads(app.session.connection)) == 2)
        assert account_by(app.session.connection, "x:handle:kecon_baru") is None


async def test_rejecting_asks_for_a_reason_and_keeps_it(app_on: MakeApp, with_leads: Path) -> None:
    """r without a reason, or with somebody's number as one, rejects nothing."""
    app = app_on(with_leads)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("8")
        await until(pilot, lambda: "kecon_baru" in shown(app))
        await pilot.press("r", "enter")
        await typed(pilot, "ali 012-3456789")
        await pilot.press("enter")
        assert "mobile phone number" in shown(app)
        assert len(open_leads(app.session.connection)) == 2
        await pilot.press(*["backspace"] * 15)
        await typed(pilot, "kelab staf")
        await pilot.press("enter")
        await until(pilot, lambda: bool(denied(app.session.connection)))
        assert [one.reason for one in denied(app.session.connection)] == ["kelab staf"]


async def test_hostile_sources_stay_words(app_on: MakeApp, with_leads: Path) -> None:
    """Markup and escape sequences of a page's address are shown, not obeyed."""
    app = app_on(with_leads)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("8")
        await until(pilot, lambda: "lain" in shown(app))
        await pilot.press("down")
        await until(pilot, lambda: "[/x]" in shown(app).splitlines()[-2])
        assert "\x1b" not in shown(app)


async def test_without_leads_it_says_how_to_find_some(app: RasmiApp) -> None:
    """The page names what finds leads; its keys say that there is none."""
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("8")
        await until(pilot, lambda: "No lead is open" in shown(app))
        await pilot.press("y")
        assert "There is no lead in the list" in shown(app)
