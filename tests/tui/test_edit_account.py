"""Adding and editing an account: checked as one types, saved as one change, taken back."""

from collections.abc import Callable
from pathlib import Path

from textual.widgets import Input

from inventory import log
from inventory.reading import account_by, get, keys_of
from inventory.record import Account, Organisation
from inventory.store import Store
from inventory.vocabulary import Badge, KeyStatus, OfficialStatus
from tests.tui.driving import line_with, settled, shown, typed, until
from tests.tui.small_inventory import ACTOR
from tui.app import RasmiApp
from tui.screen import Dialog
from tui.screens.confirm import Confirm
from tui.screens.save_account import ConflictDialog, ReasonDialog
from tui.widgets.choice_line import ChoiceLine

MakeApp = Callable[[Path], RasmiApp]


def stored(path: Path, account_id: int) -> Account:
    with Store.open(path) as store:
        account = get(store.connection, Account, account_id)
    assert account is not None
    return account


async def in_field(app: RasmiApp, name: str) -> None:
    app.screen.query_one(f"#{name}").focus()


async def test_a_date_is_checked_as_it_is_typed(app: RasmiApp) -> None:
    """A half date is named below the form and nothing can be saved; a whole one is fine."""
    async with app.run_test(size=(100, 40)) as pilot:
        app.edit_account(2)
        await settled(pilot)
        await in_field(app, "badge_seen_on")
        await typed(pilot, "31/02")
        assert "no date. Write it as 20/11/2026" in shown(app)
        assert app.why_not("save") is not None
        await pilot.press(*["backspace"] * 5)
        await typed(pilot, "20/11/2026")
        assert "no date" not in shown(app)
        assert app.why_not("save") is None


async def test_private_details_are_refused_while_they_are_typed(app: RasmiApp) -> None:
    """A telephone number in a field is never saved; the line says what was seen."""
    async with app.run_test(size=(100, 40)) as pilot:
        app.edit_account(2)
        await settled(pilot)
        await in_field(app, "handler_position")
        await typed(pilot, "012-345 6789")
        assert "a mobile phone number" in shown(app)
        assert app.why_not("save") is not None


async def test_what_is_saved_is_one_change_with_its_reason(
    app: RasmiApp, inventory_file: Path
) -> None:
    """Two fields, one reason, one entry in the log; the notice says how to take it back."""
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        app.edit_account(2)
        await settled(pilot)
        await in_field(app, "official_status")
        await pilot.press("left")
        await in_field(app, "purpose")
        await typed(pilot, "Makluman")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "unofficial → official" in shown(app)
        assert "unknown → Makluman" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "Saved; u takes it back." in shown(app)
        account = stored(inventory_file, 2)
        assert (account.official_status, account.purpose) == (OfficialStatus.OFFICIAL, "Makluman")
        with Store.open(inventory_file) as store:
            last = next(log.changes(store.connection))
            assert last.reason == "Edited: Purpose, Official status"
            assert last.actor["name"] == ACTOR.name
            assert last.items == 1
        await pilot.press("u")
        await settled(pilot)
        assert "Taken back: “Edited: Purpose, Official status”" in shown(app)
    assert stored(inventory_file, 2).purpose is None


async def test_undo_takes_back_ones_own_changes_only(app: RasmiApp, inventory_file: Path) -> None:
    """What somebody else did last stays; with nothing left of one's own, u says so."""
    from dataclasses import replace

    with Store.open(inventory_file) as store:
        somebody = replace(ACTOR, name="Orang lain", uid=1001)
        with store.change(somebody, "theirs") as change:
            change.edit(Account, 3, 1, {"purpose": "Punya mereka"})
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("u")
        await settled(pilot)
        assert stored(inventory_file, 1).purpose is None
        assert stored(inventory_file, 3).purpose == "Punya mereka"


async def test_an_address_is_identified_as_it_is_typed(app: RasmiApp) -> None:
    """Platform and key appear; a post is said to be one; a known account is named."""
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("n")
        await settled(pilot)
        await typed(pilot, "x.com/makluman/status/12345678901")
        assert "a post" in shown(app)
        address = app.screen.query_one("#address", Input)
        address.value = "https://x.com/ujian_rasmi"
        await settled(pilot)
        assert "In the inventory already: x:handle:ujian_rasmi" in shown(app)
        address.value = "https://x.com/makluman_contoh"
        await settled(pilot)
        assert "x:handle:makluman_contoh" in shown(app)


async def test_a_new_account_gets_its_key_and_its_organisation(
    app: RasmiApp, inventory_file: Path
) -> None:
    """Address, organisation by its short name, reason: recorded, and the list goes to it."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await settled(pilot)
        await typed(pilot, "x.com/makluman_contoh")
        assert app.why_not("save") == "Choose the organisation it belongs to."
        await in_field(app, "organisation")
        await typed(pilot, "kecon")
        await pilot.press("enter")
        await settled(pilot)
        assert "Ministry of Examples" in line_with(app, "Organisation ")
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "› Ministry" in shown(app))
        assert "makluman_contoh" in line_with(app, "›")
    with Store.open(inventory_file) as store:
        account = account_by(store.connection, "x:handle:makluman_contoh")
        assert account is not None
        assert account.organisation_id == 1
        assert account.url == "https://x.com/makluman_contoh"


async def test_the_first_account_brings_its_organisation_along(
    app_on: MakeApp, empty_file: Path
) -> None:
    """In an empty inventory the organisation is recorded by its name with the account."""
    app = app_on(empty_file)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("n")
        await settled(pilot)
        await typed(pilot, "t.me/jabatanbaharu")
        await in_field(app, "organisation")
        await typed(pilot, "Jabatan Baharu")
        await pilot.press("enter", "ctrl+s")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "jabatanbaharu" in shown(app)
    with Store.open(empty_file) as store:
        organisation = get(store.connection, Organisation, 1)
        assert organisation is not None
        assert organisation.name_ms == "Jabatan Baharu"
        assert next(log.changes(store.connection)).items == 3


async def test_a_new_address_keeps_the_former_key(app: RasmiApp, inventory_file: Path) -> None:
    """A renamed account is found under both names; the old key is a former one."""
    async with app.run_test(size=(120, 40)) as pilot:
        app.edit_account(2)
        await settled(pilot)
        app.screen.query_one("#address", Input).value = "https://x.com/ujian_baharu"
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "https://x.com/ujian_rasmi → https://x.com/ujian_baharu" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
    account = stored(inventory_file, 2)
    assert account.handle == "ujian_baharu"
    with Store.open(inventory_file) as store:
        states = {key.key: key.status for key in keys_of(store.connection, 2)}
    assert states == {
        "x:handle:ujian_baharu": KeyStatus.CURRENT,
        "x:handle:ujian_rasmi": KeyStatus.FORMER,
    }


async def test_two_people_saving_the_same_field_are_told(
    app: RasmiApp, inventory_file: Path
) -> None:
    """Both values are shown; what the other one changed elsewhere stays in any case."""
    async with app.run_test(size=(100, 40)) as pilot:
        app.edit_account(2)
        await settled(pilot)
        with Store.open(inventory_file) as store, store.change(ACTOR, "quicker") as change:
            change.edit(Account, 2, 1, {"badge": Badge.PAID_PERSON, "language": "ms"})
        await in_field(app, "badge")
        await pilot.press("g")
        await in_field(app, "purpose")
        await typed(pilot, "Makluman")
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ConflictDialog)
        assert "yours: government" in shown(app)
        assert len(app.screen.query(ChoiceLine)) == 1
        await pilot.press("right")
        await settled(pilot)
        assert "theirs: paid, person" in shown(app)
        await pilot.press("tab", "enter")
        await settled(pilot)
    account = stored(inventory_file, 2)
    assert account.badge is Badge.PAID_PERSON
    assert (account.language, account.purpose) == ("ms", "Makluman")


async def test_a_form_with_something_typed_is_not_left_unasked(app: RasmiApp) -> None:
    """Escape and ctrl+q ask; "Stay" keeps what was typed, "Leave" goes back."""
    async with app.run_test(size=(100, 40)) as pilot:
        app.edit_account(2)
        await settled(pilot)
        await in_field(app, "purpose")
        await typed(pilot, "Makluman")
        for key in ("escape", "ctrl+q"):
            await pilot.press(key)
            await settled(pilot)
            assert isinstance(app.screen, Confirm)
            await pilot.press("enter")
            await settled(pilot)
            assert app.screen.query_one("#purpose", Input).value == "Makluman"
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("shift+tab", "enter")
        await settled(pilot)
        assert len(app.screen_stack) == 1


async def test_an_untouched_form_is_left_at_once(app: RasmiApp) -> None:
    """Escape without a change goes straight back."""
    async with app.run_test(size=(100, 40)) as pilot:
        app.edit_account(2)
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert not isinstance(app.screen, Dialog)
        assert len(app.screen_stack) == 1


async def test_saving_asks_for_a_reason_and_takes_none_that_is_private(app: RasmiApp) -> None:
    """An empty reason and one with a telephone number are sent back."""
    async with app.run_test(size=(100, 40)) as pilot:
        app.edit_account(2)
        await settled(pilot)
        await in_field(app, "purpose")
        await typed(pilot, "Makluman")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, ReasonDialog)
        reason = app.screen.query_one(Input)
        reason.value = " "
        await pilot.press("enter")
        await settled(pilot)
        assert "A change needs a reason." in shown(app)
        reason.value = "kata 012-345 6789"
        await pilot.press("enter")
        await settled(pilot)
        assert "a mobile phone number" in shown(app)


async def test_what_was_typed_survives_a_change_of_language(app: RasmiApp) -> None:
    """ctrl+l draws the form anew with everything still in it."""
    async with app.run_test(size=(100, 40)) as pilot:
        app.edit_account(2)
        await settled(pilot)
        await in_field(app, "purpose")
        await typed(pilot, "Makluman")
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert app.screen.query_one("#purpose", Input).value == "Makluman"
