"""The account's page holds what was seen against the record, and one key takes it over."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from inventory import log
from inventory.reading import get
from inventory.record import Account, Observation
from inventory.store import Store
from inventory.vocabulary import Badge, ObservationKind, ObservationMethod
from tests.tui.driving import line_with, settled, shown
from tests.tui.small_inventory import ACTOR
from tui.app import RasmiApp

MakeApp = Callable[[Path], RasmiApp]
OFFICIAL, ON_X = 1, 2
SEEN_ON = date(2026, 11, 19)


@pytest.fixture
def saw(inventory_file: Path) -> Callable[..., None]:
    """Keep what a probe saw, all on one day."""

    def kept(account: int, **seen: str) -> None:
        with Store.open(inventory_file) as store, store.change(ACTOR, "Semakan") as change:
            for number, (kind, value) in enumerate(seen.items()):
                change.add(
                    Observation(
                        uid=f"B-{kind}-{number}",
                        account_id=account,
                        kind=ObservationKind(kind.split("__")[0]),
                        value=value,
                        seen_on=SEEN_ON,
                        method=ObservationMethod.PROBE,
                        by="facebook_page",
                        source="https://www.facebook.com/KementerianContoh",
                    )
                )

    return kept


def account(app: RasmiApp, row_id: int) -> Account:
    found = get(app.session.connection, Account, row_id)
    assert found is not None
    return found


async def test_record_and_sighting_stand_side_by_side_and_one_key_takes_it_over(
    app_on: MakeApp, inventory_file: Path, saw: Callable[..., None]
) -> None:
    """v writes the badge seen, as one change that names the observation; u takes it back."""
    saw(OFFICIAL, badge="none", last_post="2026-11-18T10:00:00+00:00")
    app = app_on(inventory_file)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.show_account(OFFICIAL)
        await settled(pilot)
        assert "v takes Badge over" in line_with(app, "Seen differently")
        assert "government → none" in shown(app)
        assert "B-badge-0" in line_with(app, "seen 19/11/2026 by facebook_page")
        await pilot.press("v")
        await settled(pilot)
        assert account(app, OFFICIAL).badge is Badge.NONE
        assert account(app, OFFICIAL).badge_seen_on == SEEN_ON
        assert "B-badge-0" in next(iter(log.changes(app.session.connection))).reason
        assert "Seen differently" not in shown(app)
        assert app.why_not("accept") is not None
        await pilot.press("u")
        await settled(pilot)
        assert account(app, OFFICIAL).badge is Badge.GOVERNMENT
        assert "government → none" in shown(app)


async def test_without_a_difference_there_is_nothing_to_take(app: RasmiApp) -> None:
    """The key says so, and the page has no such part."""
    async with app.run_test() as pilot:
        app.show_account(OFFICIAL)
        await settled(pilot)
        assert "Seen differently" not in shown(app)
        assert app.why_not("accept") is not None


async def test_another_account_under_the_handle_is_taken_only_once_confirmed(
    app_on: MakeApp, inventory_file: Path, saw: Callable[..., None]
) -> None:
    """Enter keeps the record as it is: the safe answer is the first one."""
    saw(ON_X, platform_id__1="990001", platform_id__2="990002")
    app = app_on(inventory_file)
    async with app.run_test(size=(120, 40)) as pilot:
        app.show_account(ON_X)
        await settled(pilot)
        assert "another account answers under the handle" in shown(app)
        await pilot.press("v")
        await settled(pilot)
        assert "Take it over" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert account(app, ON_X).platform_id is None
        await pilot.press("v")
        await settled(pilot)
        await pilot.press("shift+tab", "enter")
        await settled(pilot)
        assert account(app, ON_X).platform_id == "990002"


async def test_what_somebody_changed_meanwhile_is_not_written_over(
    app_on: MakeApp, inventory_file: Path, saw: Callable[..., None]
) -> None:
    """The page says so and shows the record as it is now."""
    saw(OFFICIAL, badge="none")
    app = app_on(inventory_file)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.show_account(OFFICIAL)
        await settled(pilot)
        with app.session.store.change(ACTOR, "elsewhere") as change:
            version = account(app, OFFICIAL).version
            change.edit(Account, OFFICIAL, version, {"purpose": "Lain"})
        await pilot.press("v")
        await settled(pilot)
        assert account(app, OFFICIAL).badge is Badge.GOVERNMENT
        assert "Somebody else changed this record" in shown(app)


async def test_hostile_text_that_was_seen_does_nothing(
    app_on: MakeApp, inventory_file: Path, saw: Callable[..., None]
) -> None:
    """Markup and control characters of a profile are shown, never obeyed."""
    saw(OFFICIAL, display_name="[red]Rasmi[/red]\x1b]0;x\x07 \u202egnahc")
    app = app_on(inventory_file)
    async with app.run_test(size=(120, 40)) as pilot:
        app.show_account(OFFICIAL)
        await settled(pilot)
        text = shown(app)
        assert "[red]Rasmi[/red]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
