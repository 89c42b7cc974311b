"""The tree of organisations: figures of each branch, opening, searching, narrowing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inventory.organisations import tree
from inventory.record import Organisation
from inventory.store import Store
from tests.tui.driving import line_with, settled, shown, typed
from tests.tui.small_inventory import ACTOR
from tui.app import RasmiApp
from tui.organisation_rows import FEW, OrganisationRows
from tui.session import Session
from tui.table.rows import Order

MakeApp = Callable[[Path], RasmiApp]


async def test_each_branch_is_counted_whole(app: RasmiApp) -> None:
    """The ministry counts the accounts of everything under it, and the open findings."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("3")
        await settled(pilot)
        assert line_with(app, "Ministry of Examples").split()[-3:] == ["5", "2", "10"]
        assert line_with(app, "National Attempts").split()[-3:] == ["2", "1", "1"]


async def test_a_branch_closes_and_opens(app: RasmiApp) -> None:
    """Left hides what stands under an organisation and right shows it; left again goes up."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("down", "left")
        await settled(pilot)
        assert "National Attempts" not in shown(app)
        await pilot.press("right")
        await settled(pilot)
        assert "National Attempts" in shown(app)
        await pilot.press("left", "left", "left")
        await settled(pilot)
        assert "Department of Trials" not in shown(app)


async def test_enter_lists_the_accounts_of_the_branch(app: RasmiApp) -> None:
    """The accounts of the department and of the agency under it, not the ministry's own."""
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.current_mode == "accounts"
        assert "ketua.ujian" in shown(app)
        assert "apnrasmi" in shown(app)
        assert "KementerianContoh" not in shown(app)


async def test_the_organisation_under_the_cursor_is_told_of(app: RasmiApp) -> None:
    """Other names, former names, website and domains, unknown as such."""
    async with app.run_test(size=(140, 30)) as pilot:
        await pilot.press("3")
        await settled(pilot)
        assert "contoh.example" in line_with(app, "Domains")
        assert "Kementerian Contoh" in line_with(app, "Also called")
        await pilot.press("down")
        await settled(pilot)
        assert "Jabatan Ujian Lama" in line_with(app, "former")
        assert "unknown" in line_with(app, "Domains")


async def test_a_search_shows_where_each_find_stands(app: RasmiApp) -> None:
    """What is found keeps the organisations above it."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("slash")
        await typed(pilot, "attempts")
        assert "National Attempts" in shown(app)
        assert "Ministry of Examples" in shown(app)


async def test_an_account_is_added_to_the_organisation_under_the_cursor(app: RasmiApp) -> None:
    """n opens the form with that organisation chosen."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("3")
        await settled(pilot)
        await pilot.press("down", "n")
        await settled(pilot)
        assert "Department of Trials" in line_with(app, "Organisation ")


def rows_of(session: Session) -> OrganisationRows:
    return OrganisationRows(list(tree(session.connection)))


def test_many_organisations_begin_closed(
    session_on: Callable[[Path], Session], inventory_file: Path
) -> None:
    """A country's worth of organisations starts with its ministries."""
    with Store.open(inventory_file) as store, store.change(ACTOR, "many") as change:
        change.add_many(
            [Organisation(name_en=f"Office {number}", parent_id=1) for number in range(FEW)]
        )
    rows = rows_of(session_on(inventory_file))
    assert list(rows.all_ids("", ())) == [1]
    rows.opened.add(1)
    assert len(list(rows.all_ids("", ()))) == FEW + 2


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ((Order("accounts", descending=True),), [1, 2, 3]),
        ((Order("accounts"),), [3, 2, 1]),
        ((Order("organisation"),), [2, 1, 3]),
    ],
)
def test_sorted_they_are_a_list(
    session_on: Callable[[Path], Session],
    inventory_file: Path,
    order: tuple[Order, ...],
    ids: list[int],
) -> None:
    """Sorting by a column puts the organisations side by side, whatever they stand under."""
    rows = rows_of(session_on(inventory_file))
    assert list(rows.first_ids("", order, 10)) == ids
    assert not rows.rows([3])[3][0].startswith(" ")
