"""The list of accounts: what it shows at which width, its search, and its columns."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inventory.record import Account
from inventory.store import Store
from tests.tui.driving import line_with, settled, shown, typed, until
from tests.tui.small_inventory import ACTOR
from tui.account_columns import all_flags_text, columns_for, flags_text
from tui.app import RasmiApp
from tui.completion import completed, completions

MakeApp = Callable[[Path], RasmiApp]


async def test_it_says_in_words_what_is_wrong_with_each_account(app: RasmiApp) -> None:
    """Status and flags stand beside the handle at 80 columns."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "disputed" in line_with(app, "ketua.ujian")
        assert "individual +3" in line_with(app, "ketua.ujian")
        assert "no badge" in line_with(app, "percubaan.negara")
        assert "not assessed" in line_with(app, "apnrasmi")


async def test_a_wide_screen_names_every_flag_and_the_findings(app: RasmiApp) -> None:
    """At 200 columns flags are spelled out, findings counted with the worst, dates shown."""
    async with app.run_test(size=(200, 30)) as pilot:
        await settled(pilot)
        line = line_with(app, "ketua.ujian")
        assert "individual, unofficial, no badge, unmonitorable" in line
        assert "6 · critical" in line
        assert "18/11/2026" in line_with(app, "KementerianContoh")


async def test_a_narrow_screen_keeps_what_matters(app: RasmiApp) -> None:
    """At 60 by 15 organisation, handle and flags can still be read."""
    async with app.run_test(size=(60, 15)) as pilot:
        await settled(pilot)
        line = line_with(app, "ketua.ujian")
        assert "Department" in line or "Jabatan" in line
        assert "individual" in line


async def test_the_list_narrows_as_one_types_and_widens_on_escape(app: RasmiApp) -> None:
    """Every letter narrows; Escape ends the typing, then the search."""
    async with app.run_test() as pilot:
        await pilot.press("slash")
        await typed(pilot, "status:unofficial")
        assert "ujian_rasmi" in shown(app)
        assert "KementerianContoh" not in shown(app)
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert "KementerianContoh" in shown(app)


async def test_flags_can_be_searched_for(app: RasmiApp) -> None:
    """flag:individual finds the account that was judged so."""
    async with app.run_test() as pilot:
        await pilot.press("slash")
        await typed(pilot, "flag:individual")
        assert "ketua.ujian" in shown(app)
        assert "ujian_rasmi" not in shown(app)


async def test_a_word_that_makes_no_sense_is_explained(app: RasmiApp) -> None:
    """A status there is not is named below the list, with those there are."""
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("slash")
        await typed(pilot, "status:maybe")
        assert "“maybe” is none of" in shown(app)
        assert "No account matches" in shown(app)


async def test_tab_completes_a_field_and_its_value(app: RasmiApp) -> None:
    """`fl`, Tab, `in`, Tab becomes flag:individual."""
    async with app.run_test() as pilot:
        await pilot.press("slash")
        await typed(pilot, "fl")
        await pilot.press("tab")
        await settled(pilot)
        assert "/flag:" in shown(app)
        assert "unmonitorable" in shown(app).splitlines()[-2]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("pla", "platform:"),
        ("contoh pla", "contoh platform:"),
        ("platform:tik", "platform:tiktok "),
        ("platform:x,tik", "platform:x,tiktok "),
        ("!stat", "!stat"),
        ("!statu", "!status:"),
        ("contoh", "contoh"),
        ("", ""),
        ("flag:unm", "flag:unmonitorable"),
    ],
)
def test_a_word_is_carried_on_as_far_as_it_is_sure(text: str, becomes: str) -> None:
    """Tab adds what all possible continuations share, and a space when there is one."""
    assert completed(text) == becomes


def test_a_value_is_offered_for_every_field_of_a_closed_list() -> None:
    """After the colon the values come."""
    for word in ("status", "badge", "class", "state", "owner", "kind", "worst", "flag", "platform"):
        assert completions(f"{word}:"), word


@pytest.mark.parametrize(
    ("states", "short", "whole"),
    [
        (("no", "no", "no", "no"), "–", "–"),
        (("yes", "no", "no", "no"), "individual", "individual"),
        (("no", "yes", "yes", "no"), "unofficial +1", "unofficial, no badge"),
        (("not_assessed",) * 4, "not assessed", "not assessed"),
        (("no", "no", "not_assessed", "no"), "1 not assessed", "1 not assessed"),
    ],
)
def test_flags_in_words(states: tuple[str, ...], short: str, whole: str) -> None:
    """What is not assessed is said, never taken for a no."""
    assert flags_text(*states) == short
    assert all_flags_text(*states) == whole


@pytest.mark.parametrize("width", [1, 51, 52, 60, 64, 75, 80, 92, 108, 126, 170, 400])
def test_the_columns_of_a_width_fit_into_it(width: int) -> None:
    """The columns that a width shows unasked take no more than it has, from 52 cells on."""
    columns = [one.column() for one in columns_for(width)]
    needed = sum(one.width for one in columns) + len(columns) - 1 + 3
    assert width < 52 or needed <= width


async def test_columns_are_chosen_and_stay_chosen(app: RasmiApp) -> None:
    """A column switched on is shown at once; "those that fit" undoes the choice."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Badge" not in shown(app).splitlines()[1]
        await pilot.press("c", *["down"] * 4, "space", "tab", "tab", "enter")
        await settled(pilot)
        await pilot.press(*["right"] * 4)
        assert "Badge" in shown(app).splitlines()[1]
        await pilot.press("c", "tab", "enter")
        await settled(pilot)
        assert "Badge" not in shown(app).splitlines()[1]


async def test_what_another_program_writes_appears(app: RasmiApp, inventory_file: Path) -> None:
    """The list follows the file: an edit from the command line shows without a key."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with Store.open(inventory_file) as other, other.change(ACTOR, "elsewhere") as change:
            change.edit(Account, 5, 1, {"handle": "apn.baharu"})
        await until(pilot, lambda: "apn.baharu" in shown(app))


async def test_the_address_is_copied_through_the_terminal(app: RasmiApp) -> None:
    """y puts the address of the account under the cursor on the clipboard and says so."""
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await pilot.press("y")
        await settled(pilot)
        assert app.clipboard == "https://www.tiktok.com/@ketua.ujian"
        assert "Copied through the terminal" in shown(app)
