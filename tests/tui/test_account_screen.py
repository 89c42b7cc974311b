"""The page of one account: what is known and what is not, proof, history, and its keys."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inventory.record import Account, Organisation
from inventory.store import Store
from tests.tui.driving import line_with, settled, shown
from tests.tui.small_inventory import ACTOR
from tui.account_page import read_page, record_pairs, unknown_count
from tui.app import RasmiApp
from tui.text import HIDING_MARK, whole_value

MakeApp = Callable[[Path], RasmiApp]
OFFICIAL, ATTACKED = 1, 6


async def opened(app: RasmiApp, account_id: int) -> None:
    app.show_account(account_id)


async def test_it_says_whose_account_it_is_and_answers_each_flag(app: RasmiApp) -> None:
    """Name, platform, organisation, address and key on top; each flag yes, no or not assessed."""
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(app, 2)
        await settled(pilot)
        assert "Department of Trials" in line_with(app, "ujian_rasmi · X")
        assert "https://x.com/ujian_rasmi" in shown(app)
        assert "x:handle:ujian_rasmi" in shown(app)
        text = shown(app)
        assert "unofficial: yes" in text
        assert "tied to an individual: not assessed" in text
        assert "cannot be monitored: no" in text


async def test_what_is_not_known_is_counted_and_named(app: RasmiApp) -> None:
    """Fields without a value stand together, dim, with their number."""
    async with app.run_test(size=(100, 60)) as pilot:
        await opened(app, OFFICIAL)
        await settled(pilot)
        assert "Platform id" in line_with(app, "5 unknown")
        page = read_page(app.session.connection, OFFICIAL)
        assert page is not None
        counted = [
            int(str(label).split()[0])
            for label, _value in record_pairs(page.account)
            if label is not None and str(label).endswith("unknown")
        ]
        assert sum(counted) == unknown_count(page.account) > 20


async def test_proof_and_history_tell_who_when_and_what(app: RasmiApp) -> None:
    """Evidence with what it covers, attestations by post, every change with before and after."""
    async with app.run_test(size=(140, 60)) as pilot:
        await opened(app, OFFICIAL)
        await settled(pilot)
        text = shown(app)
        assert "listed on the official website" in line_with(app, "01/10/2026")
        assert "covers tajuk dan pautan" in text
        assert "access: holds" in text
        assert "badge: government" in text
        assert "Juruaudit: Status disahkan" in text
        assert "Purpose: unknown → Pengumuman rasmi" in text
        assert "Juruaudit: Senarai pertama" in text


async def test_next_and_previous_walk_along_the_list(app: RasmiApp) -> None:
    """] shows the next account of the list, [ the one before; at the end it says so."""
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("enter")
        await settled(pilot)
        assert "ketua.ujian · TikTok" in shown(app)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert "ujian_rasmi · X" in shown(app)
        await pilot.press("left_square_bracket", "left_square_bracket")
        await settled(pilot)
        assert "ketua.ujian · TikTok" in shown(app)
        assert "This is the first account of the list." in shown(app)


async def test_an_account_found_by_name_has_no_neighbours(app: RasmiApp) -> None:
    """Opened from the palette there is no list to walk along, and the key says so."""
    async with app.run_test() as pilot:
        await opened(app, OFFICIAL)
        await settled(pilot)
        assert app.why_not("next") == "This account was not opened from a list."


async def test_an_account_that_is_gone_is_said_to_be(app: RasmiApp) -> None:
    """A page on a row that is not there is a sentence, not a crash."""
    async with app.run_test() as pilot:
        await opened(app, 999)
        await settled(pilot)
        assert "not in the inventory any more" in shown(app)
        assert app.why_not("edit") is not None


async def test_only_an_address_of_an_account_can_be_opened(
    app_on: MakeApp, inventory_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser gets the address as identity writes it; other schemes are refused."""
    with Store.open(inventory_file) as store, store.change(ACTOR, "hostile") as change:
        change.add(
            Account(organisation_id=1, platform="website", handle="x", url="javascript:alert(1)")
        )
    app = app_on(inventory_file)
    asked: list[str] = []
    monkeypatch.setattr(app, "open_url", asked.append)
    async with app.run_test() as pilot:
        await opened(app, ATTACKED)
        await settled(pilot)
        assert app.why_not("browse") is not None
        await pilot.press("o", "escape")
        await opened(app, 2)
        await settled(pilot)
        await pilot.press("o")
        await settled(pilot)
    assert asked == ["https://x.com/ujian_rasmi"]


async def test_a_value_that_hides_something_is_shown_so_that_it_turns_back(
    app_on: MakeApp, inventory_file: Path
) -> None:
    """A display name with an unseen character is marked and escaped, brackets stand as text."""
    name = "Rasmi\u202egnp.exe [bold]\\x"
    with Store.open(inventory_file) as store, store.change(ACTOR, "hostile") as change:
        change.edit(Account, 2, 1, {"display_name": name})
        change.edit(Organisation, 2, 1, {"name_en": "Trials [/] Department"})
    app = app_on(inventory_file)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(app, 2)
        await settled(pilot)
        line = line_with(app, "Display name")
        assert HIDING_MARK in line
        assert "Rasmi\\u202egnp.exe [bold]\\\\x" in line
        assert "Trials [/] Department" in shown(app)


def test_the_form_that_is_shown_turns_back() -> None:
    """Without its mark, Python reads the shown form as the stored text."""
    import ast

    stored = "a\x1b[2J\\n\u200bb"
    form = whole_value(stored).plain.removeprefix(f"{HIDING_MARK} ")
    assert ast.literal_eval(f"'{form}'") == stored


async def test_the_page_follows_an_edit_made_elsewhere(app: RasmiApp, inventory_file: Path) -> None:
    """Coming back to the page reads the record again."""
    async with app.run_test(size=(100, 60)) as pilot:
        await opened(app, 2)
        await settled(pilot)
        with Store.open(inventory_file) as store, store.change(ACTOR, "elsewhere") as change:
            change.edit(Account, 2, 1, {"purpose": "Makluman"})
        await pilot.press("question_mark", "escape")
        await settled(pilot)
        assert "Makluman" in shown(app)
