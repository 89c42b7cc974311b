"""The export on the screen: where to, in which language, replaced only when agreed, or why not."""

import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audits.policy import load_policy
from audits.run import run_audit
from inventory.language import Language
from inventory.store import Store
from tests.tui.driving import line_with, settled, shown, typed
from tests.tui.small_inventory import ACTOR, TODAY
from tui.app import RasmiApp
from tui.export_sections import Order
from tui.jobs import Cancelled, Watch
from tui.screens.confirm import Confirm
from tui.screens.export import ExportScreen, default_name, named, path_problem, write
from tui.session import Session

MakeApp = Callable[[Path], RasmiApp]
NAME = "rasmi-2026-11-20.xlsx"


@pytest.fixture
def audited(inventory_file: Path) -> Path:
    """Hold an audit."""
    with Store.open(inventory_file) as store:
        run_audit(store, ACTOR, on=TODAY, policy=load_policy())
    return inventory_file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder the app starts in."""
    place = tmp_path / "out"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


async def test_the_workbook_is_written_where_the_page_says(
    app_on: MakeApp, audited: Path, folder: Path
) -> None:
    """w writes it for its user's eyes only; the page says what is in it and how large it is."""
    app = app_on(audited)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("x")
        await settled(pilot)
        assert NAME in line_with(app, "File")
        assert "Malay" in line_with(app, "Language")
        await pilot.press("w")
        await settled(pilot)
        path = folder / NAME
        assert zipfile.is_zipfile(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        page = shown(app)
        assert "Written" in page
        assert "Inventory 5" in page


async def test_a_file_that_is_there_is_replaced_only_when_agreed(
    app_on: MakeApp, audited: Path, folder: Path
) -> None:
    """The question's safe answer keeps the file; the other one writes the workbook."""
    path = folder / NAME
    path.write_text("mine")
    app = app_on(audited)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("x")
        await settled(pilot)
        assert "there is one already" in shown(app)
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("enter")
        await settled(pilot)
        assert path.read_text() == "mine"
        await pilot.press("w")
        await settled(pilot)
        await pilot.click("#yes")
        await settled(pilot)
        assert zipfile.is_zipfile(path)


async def test_its_language_and_date_are_chosen(
    app_on: MakeApp, audited: Path, folder: Path
) -> None:
    """m turns the language; a date other than today's goes into the name as well."""
    app = app_on(audited)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("m", "d", *["backspace"] * 10)
        await typed(pilot, "2026-11-19")
        await pilot.press("enter")
        await settled(pilot)
        assert "English" in line_with(app, "Language")
        await pilot.press("w")
        await settled(pilot)
        with zipfile.ZipFile(folder / "rasmi-2026-11-19.xlsx") as archive:
            assert b"Inventory" in archive.read("xl/workbook.xml")


async def test_without_an_audit_it_says_what_comes_first(app: RasmiApp, folder: Path) -> None:
    """The key is refused with the reason; the page leads to the audit."""
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("x")
        await settled(pilot)
        assert "was never audited" in shown(app)
        await pilot.press("w")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.current_mode == "audit"
    assert os.listdir(folder) == []


async def test_an_empty_inventory_leads_to_the_import(
    app_on: MakeApp, empty_file: Path, folder: Path
) -> None:
    """There is nothing to write before there are accounts."""
    app = app_on(empty_file)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("x")
        await settled(pilot)
        assert "holds no account" in shown(app)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.current_mode == "import"


async def test_what_cannot_be_written_says_why_and_what_helps(
    app_on: MakeApp, audited: Path, folder: Path
) -> None:
    """A folder of that name stands there: nothing is written, and the page says so."""
    (folder / NAME).mkdir()
    app = app_on(audited)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        await pilot.click("#yes")
        await settled(pilot)
        assert "Nothing was written" in shown(app)
        assert "Choose another name." in shown(app)


def test_a_stopped_export_leaves_the_old_file(
    session_on: Callable[[Path], Session], audited: Path, folder: Path
) -> None:
    """Whatever stood there stands there still, and nothing else is left."""
    path = folder / NAME
    path.write_text("mine")

    class Impatient(Watch):
        def tell(self, words: str, done: int = 0, total: int = 0) -> None:
            super().tell(words, done, total)
            self.stop()

    order = Order(path, Language.MALAY, TODAY)
    with pytest.raises(Cancelled):
        write(session_on(audited), order, Impatient(), replace=True)
    assert path.read_text() == "mine"
    assert [one.name for one in folder.iterdir()] == [NAME]


def test_a_path_is_checked_as_it_is_typed(tmp_path: Path) -> None:
    """A missing folder, a folder and nothing at all are named; the ending is added."""
    assert path_problem("a", tmp_path) is None
    assert path_problem("", tmp_path)
    assert path_problem("sub/", tmp_path)
    assert path_problem("none/a.xlsx", tmp_path)
    assert named("a", tmp_path) == tmp_path / "a.xlsx"
    assert named("a.XLSX", tmp_path) == tmp_path / "a.XLSX"
    assert default_name(TODAY) == NAME


@pytest.mark.parametrize("size", [(60, 15), (140, 40), (200, 50), (20, 6)])
async def test_no_size_breaks_the_page(
    app_on: MakeApp, audited: Path, folder: Path, size: tuple[int, int]
) -> None:
    """At every size the page can be shown and its windows opened."""
    app = app_on(audited)
    async with app.run_test(size=size) as pilot:
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("down", "up", "f", "escape", "d", "escape", "m")
        await settled(pilot)
        assert isinstance(app.screen, ExportScreen)
