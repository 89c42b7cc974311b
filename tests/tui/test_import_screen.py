"""Import on the screen: file, columns, plan, accept; what is refused, asked and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from inventory import log
from inventory.reading import account_by
from inventory.record import Account, Organisation
from inventory.store import Store
from tests.tui.driving import line_with, settled, shown, typed
from tests.tui.small_inventory import ACTOR
from tui.app import RasmiApp
from tui.list_files import completed, files_in, pasted_path, resolved, size_text, split
from tui.screens.accept_plan import AcceptDialog, TakenDialog
from tui.screens.confirm import Confirm
from tui.screens.import_list import ImportScreen
from tui.screens.import_mapping import MappingScreen
from tui.screens.import_organisations import PlanOrganisationsScreen
from tui.screens.import_plan import PlanScreen
from tui.widgets.page import Pairs

LIST = """\
Kementerian,Platform,Pautan,Tarikh,Catatan
Kementerian Contoh,Facebook,https://www.facebook.com/contoh.baharu,2026-01-05,baik
Kementerian Contoh,Facebook,https://www.facebook.com/contoh.baharu,2026-01-05,baik
Kementerian Contoh,X,https://x.com/contoh_kedua,,
Kementerian Contoh,Facebook,https://www.facebook.com/sharer/sharer.php?u=x,,
Jabatan Ujian,X,https://x.com/ujian_rasmi,,
Jabatan Ujian,,,,tiada pautan
"""
STAFF = """\
Nama,No. Kad Pengenalan,Facebook
Ali bin Contoh,900101-14-5555,https://www.facebook.com/ali.contoh.rahsia
Siti binti Contoh,910202-10-6666,https://www.facebook.com/siti.contoh.rahsia
"""

Drive = Pilot[int]


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder the app starts in, with lists and other things in it."""
    folder = tmp_path / "lists"
    (folder / "lama").mkdir(parents=True)
    (folder / "senarai.csv").write_text(LIST, encoding="utf-8")
    (folder / "kakitangan.csv").write_text(STAFF, encoding="utf-8")
    (folder / "rosak.csv").write_bytes(b"%PDF-1.7 nothing of a list")
    (folder / "nota.docx").write_bytes(b"no list")
    (folder / ".hidden.csv").write_text(LIST, encoding="utf-8")
    (folder / "lama" / "2025.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


async def at_import(pilot: Drive) -> None:
    await settled(pilot)
    await pilot.press("i")
    await settled(pilot)


async def opened(pilot: Drive, name: str) -> None:
    """Choose a list by its path."""
    await at_import(pilot)
    await pilot.press("tab")
    await typed(pilot, name)
    await pilot.press("enter")
    await settled(pilot)


async def planned(pilot: Drive, name: str = "senarai.csv") -> PlanScreen:
    """Go as far as the plan of a list."""
    await opened(pilot, name)
    await pilot.press("p")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, PlanScreen), shown(pilot.app)
    return screen


# -- the file ----------------------------------------------------------------------------------


async def test_only_lists_and_folders_are_shown(app: RasmiApp, lists: Path) -> None:
    """Other files and hidden ones stay out; size and date stand beside a list."""
    async with app.run_test(size=(80, 24)) as pilot:
        await at_import(pilot)
        assert lists.name in shown(app)
        assert f"{len(LIST)} B" in line_with(app, "senarai.csv")
        assert "lama/" in shown(app)
        assert "nota.docx" not in shown(app)
        assert "hidden" not in shown(app)


async def test_folders_are_gone_into_and_left(app: RasmiApp, lists: Path) -> None:
    """Enter goes in, Backspace comes back and stands on the folder it came from."""
    async with app.run_test() as pilot:
        await at_import(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert "2025.csv" in shown(app)
        await pilot.press("backspace")
        await settled(pilot)
        assert "› lama/" in shown(app)


async def test_a_path_is_typed_and_completed(app: RasmiApp, lists: Path) -> None:
    """Tab begins to type and completes; the list shows what it may become; Enter opens it."""
    async with app.run_test() as pilot:
        await at_import(pilot)
        await pilot.press("tab")
        await typed(pilot, "la")
        assert "senarai.csv" not in shown(app)
        await pilot.press("tab")
        await settled(pilot)
        assert app.screen.query_one("#path", Input).value == "lama/"
        assert "2025.csv" in shown(app)
        await typed(pilot, "2")
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert isinstance(app.screen, MappingScreen)


async def test_the_arrows_choose_while_a_path_is_typed(app: RasmiApp, lists: Path) -> None:
    """Down moves in the list below; Enter then opens what the cursor stands on."""
    async with app.run_test() as pilot:
        await at_import(pilot)
        await pilot.press("tab")
        await typed(pilot, "lama/")
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, MappingScreen)


async def test_escape_leaves_a_half_typed_path(app: RasmiApp, lists: Path) -> None:
    """The list of the folder comes back, with its keys."""
    async with app.run_test() as pilot:
        await at_import(pilot)
        await pilot.press("tab")
        await typed(pilot, "lama/2")
        await pilot.press("escape")
        await settled(pilot)
        assert "senarai.csv" in shown(app)
        await pilot.press("2")
        await settled(pilot)
        assert app.current_mode == "accounts"


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        ("/lists/a.csv", "/lists/a.csv"),
        ("'/lists/a b.csv'", "/lists/a b.csv"),
        ('"/lists/a.csv"\n', "/lists/a.csv"),
        ("/lists/a\\ b.csv", "/lists/a b.csv"),
        ("file:///lists/a%20b.csv\nfile:///other", "/lists/a b.csv"),
        ("\n  \n", ""),
    ],
)
def test_what_a_file_manager_pastes_is_a_path(pasted: str, path: str) -> None:
    """Quotes, escapes and addresses are undone; only the first line counts."""
    assert pasted_path(pasted) == path


@pytest.mark.parametrize(
    ("text", "becomes"),
    [("s", "senarai.csv"), ("L", "lama/"), ("k", "kakitangan.csv"), ("z", "z"), ("", "")],
)
def test_a_path_is_carried_on_as_far_as_it_is_sure(lists: Path, text: str, becomes: str) -> None:
    """One name is completed, a folder with its stroke; several as far as they agree."""
    assert completed(text, files_in(lists)) == becomes


def test_a_typed_path_counts_from_the_folder(tmp_path: Path) -> None:
    """Relative paths, the home folder and the folder above mean what they mean in a shell."""
    assert resolved("../a.csv", tmp_path) == tmp_path.parent / "a.csv"
    assert resolved("~/a.csv", tmp_path) == Path.home() / "a.csv"
    assert split("sub/be", tmp_path) == (tmp_path / "sub", "be")
    assert split("..", tmp_path) == (tmp_path.parent, "")


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (467_100, "467.1 kB"), (3e9, "3.0 GB")],
)
def test_sizes_are_told_in_round_numbers(size: int, words: str) -> None:
    """Bytes below a thousand, then kB, MB and GB."""
    assert size_text(int(size)) == words


# -- what is refused -----------------------------------------------------------------------------


async def test_a_file_that_is_no_list_says_so_and_another_can_be_chosen(
    app: RasmiApp, lists: Path
) -> None:
    """One sentence and its remedy; the list of files is still there."""
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "rosak.csv")
        assert isinstance(app.screen, ImportScreen)
        assert "rosak.csv was not taken." in shown(app)
        assert "Save the list as .xlsx or .csv" in " ".join(shown(app).split())
        await pilot.press("escape")
        await opened(pilot, "senarai.csv")
        assert isinstance(app.screen, MappingScreen)


async def test_a_list_of_staff_is_refused_and_none_of_it_is_shown(
    app: RasmiApp, lists: Path
) -> None:
    """The sentence names the column by number; no name, number or address is on the screen."""
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "kakitangan.csv")
        assert isinstance(app.screen, ImportScreen)
        assert "is not imported and nothing of it was kept" in " ".join(shown(app).split())
        for secret in ("Ali bin", "900101", "rahsia"):
            assert secret not in shown(app)


async def test_a_missing_file_is_named(app: RasmiApp, lists: Path) -> None:
    """A path that leads nowhere is told, and the typing can go on."""
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "tiada.csv")
        assert "There is no file" in shown(app)


# -- the columns ---------------------------------------------------------------------------------


async def test_each_column_says_what_it_was_taken_for_and_how(app: RasmiApp, lists: Path) -> None:
    """Meaning, what told it, and the first values stand side by side; the layout above."""
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "senarai.csv")
        assert "Organisation" in line_with(app, "Kementerian  ")
        assert "its header" in line_with(app, "Pautan")
        assert "https://www.facebook.com" in line_with(app, "Pautan")
        assert "6 rows · one account a row" in shown(app)
        assert "2 new" in line_with(app, "All rows:")


async def test_another_meaning_changes_the_look_ahead(app: RasmiApp, lists: Path) -> None:
    """Without its addresses the list holds no link; as proposed it holds them again."""
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "senarai.csv")
        await pilot.press("down", "down", "d")
        await settled(pilot)
        assert "Left out" in line_with(app, "Pautan")
        assert "no link at all" in line_with(app, "All rows:")
        await pilot.press("r")
        await settled(pilot)
        assert "2 new" in line_with(app, "All rows:")


async def test_a_meaning_is_found_by_typing(app: RasmiApp, lists: Path) -> None:
    """Enter opens the list of meanings; typing narrows it; Enter takes one."""
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, "senarai.csv")
        await pilot.press("down", "down", "down", "down", "enter")
        await typed(pilot, "purpose")
        await pilot.press("enter")
        await settled(pilot)
        assert "Purpose" in line_with(app, "Catatan")
        assert "you" in line_with(app, "Catatan")


async def test_private_values_are_not_shown_among_the_first_values(
    app: RasmiApp, lists: Path
) -> None:
    """An address for private mail in a fit list is masked already at this step."""
    text = "Agensi,Facebook,E-mel\nJabatan Ujian,https://facebook.com/ju.demo,ali.ujian@gmail.com\n"
    (lists / "campur.csv").write_text(text, encoding="utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "campur.csv")
        assert isinstance(app.screen, MappingScreen), shown(app)
        assert "ali.ujian" not in shown(app)
        assert "•••" in shown(app)


async def test_leaving_asks_only_when_something_was_answered(app: RasmiApp, lists: Path) -> None:
    """Untouched columns are left at once; given meanings are asked about."""
    async with app.run_test() as pilot:
        await opened(pilot, "senarai.csv")
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, ImportScreen)
        await opened(pilot, "senarai.csv")
        await pilot.press("down", "d", "escape")
        await settled(pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("escape")
        assert isinstance(app.screen, MappingScreen)


# -- the plan ------------------------------------------------------------------------------------


async def test_the_counts_add_up_to_the_rows_of_the_file(app: RasmiApp, lists: Path) -> None:
    """Every link has one outcome, and rows without a link are counted beside them."""
    async with app.run_test(size=(100, 30)) as pilot:
        await planned(pilot)
        head = " ".join(shown(app).split())
        for words in ("6 all", "2 new", "1 same", "1 duplicate", "1 not an account", "1 no link"):
            assert words in head
        assert "6 rows: 5 with 5 links, 1 without" in head


async def test_an_outcome_shows_its_lines(app: RasmiApp, lists: Path) -> None:
    """] goes through the outcomes that have any; what each line says is told below the list."""
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await planned(pilot)
        seen = {}
        for _turn in range(5):
            await pilot.press("right_square_bracket")
            await settled(pilot)
            assert screen.line is not None
            seen[screen.line.outcome] = screen.table.row_count
        assert seen == {
            "new": 2, "same": 1, "duplicate": 1, "not_account": 1, "without_link": 1,
        }  # fmt: skip
        await pilot.press("f")
        await typed(pilot, "not an")
        await pilot.press("enter")
        await settled(pilot)
        assert "sharer" in shown(app)
        assert screen.table.row_count == 1


async def test_a_row_without_a_link_can_be_looked_at(app: RasmiApp, lists: Path) -> None:
    """The row's first cells are shown, so that one can see why nothing was found in it."""
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await planned(pilot)
        await pilot.press("left_square_bracket")
        await settled(pilot)
        assert screen.line is not None
        assert screen.line.row == 7
        assert "Jabatan Ujian · tiada pautan" in shown(app)


async def test_lines_are_searched(app: RasmiApp, lists: Path) -> None:
    """Words of the value, the outcome or the reason find a line."""
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await planned(pilot)
        await pilot.press("slash")
        await typed(pilot, "contoh_kedua")
        assert screen.table.row_count == 1


async def test_nothing_is_written_before_it_is_accepted(app: RasmiApp, lists: Path) -> None:
    """Looking at a plan and leaving it leaves no trace in the log."""
    async with app.run_test() as pilot:
        before = log.head(app.session.connection)
        await planned(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("escape", "escape", "escape")
        await settled(pilot)
        assert log.head(app.session.connection) == before


async def test_an_accepted_plan_is_one_change_that_u_takes_back(app: RasmiApp, lists: Path) -> None:
    """The dialog names the numbers; the result names the change; u undoes it all."""
    async with app.run_test(size=(100, 30)) as pilot:
        await planned(pilot)
        seq, _hash = log.head(app.session.connection)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, AcceptDialog)
        assert "2" in line_with(app, "Accounts added")
        assert "1 not an account" in line_with(app, "Not taken in")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, TakenDialog)
        assert account_by(app.session.connection, "x:handle:contoh_kedua") is not None
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, ImportScreen)
        assert f"Taken in as change {seq + 1}." in shown(app)
        await pilot.press("u")
        await settled(pilot)
        assert account_by(app.session.connection, "x:handle:contoh_kedua") is None
        assert f"Change {seq + 1} was taken back." in shown(app)


async def test_the_accounts_are_one_key_away_once_taken_in(app: RasmiApp, lists: Path) -> None:
    """Enter on the result shows the list of accounts with the new ones."""
    async with app.run_test(size=(100, 30)) as pilot:
        await planned(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "accounts"
        assert "contoh_kedua" in shown(app)


async def test_a_change_needs_a_fit_reason(app: RasmiApp, lists: Path) -> None:
    """Without a reason, or with somebody's number in it, the plan is not accepted."""
    async with app.run_test(size=(100, 30)) as pilot:
        await planned(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        reason = app.screen.query_one(Input)
        for text, words in (("", "needs a reason"), ("Ali 900101-14-5555", "identity number")):
            reason.value = text
            await pilot.press("enter")
            await settled(pilot)
            assert words in shown(app)
            assert isinstance(app.screen, AcceptDialog)


async def test_a_list_that_is_held_already_has_nothing_to_accept(
    app: RasmiApp, lists: Path
) -> None:
    """Taken in once, the same list changes nothing, and says so."""
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await planned(pilot)
        for keys in (["ctrl+s"], ["enter"], ["escape"]):
            await pilot.press(*keys)
            await settled(pilot)
        await planned(pilot)
        assert "the inventory holds all of this already" in shown(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert "there is nothing" in shown(app)


async def test_a_plan_that_somebody_overtook_is_made_again(
    app: RasmiApp, lists: Path, inventory_file: Path
) -> None:
    """Another hand records one of the accounts meanwhile: the plan is shown anew, not written."""
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await planned(pilot)
        with Store.open(inventory_file) as other, other.change(ACTOR, "meanwhile") as change:
            change.add(Organisation(name_ms="Kementerian Contoh"))
        await pilot.press("ctrl+s")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert "Somebody changed the inventory meanwhile" in " ".join(shown(app).split())
        assert account_by(app.session.connection, "x:handle:contoh_kedua") is None


# -- organisations -------------------------------------------------------------------------------


@pytest.fixture
def two_of_a_name(inventory_file: Path) -> Path:
    """Record a second organisation of the same name."""
    with Store.open(inventory_file) as store, store.change(ACTOR, "two of a name") as change:
        change.add(Organisation(name_ms="Kementerian Contoh"))
    return inventory_file


async def test_an_organisation_that_could_not_be_told_is_asked_about(
    app_on: Callable[[Path], RasmiApp], two_of_a_name: Path, lists: Path
) -> None:
    """The candidates are offered; with the answer the plan is made again."""
    app = app_on(two_of_a_name)
    async with app.run_test(size=(120, 30)) as pilot:
        await planned(pilot)
        assert "o: 1 to tell apart" in shown(app)
        await pilot.press("o")
        await settled(pilot)
        assert isinstance(app.screen, PlanOrganisationsScreen)
        assert "which one?" in line_with(app, "Kementerian Contoh")
        await pilot.press("enter")
        await settled(pilot)
        assert "None of these: a new organisation" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "answered" in line_with(app, "Kementerian Contoh")
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, PlanScreen)
        assert "to tell apart" not in shown(app)
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, Confirm)


async def test_any_organisation_can_be_answered(app: RasmiApp, lists: Path) -> None:
    """Also one that was told by itself: typing finds another one of the inventory."""
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await planned(pilot)
        await pilot.press("o")
        await settled(pilot)
        await pilot.press("enter")
        await typed(pilot, "percubaan")
        await pilot.press("enter")
        await settled(pilot)
        assert "answered" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        organisations = {line.line.organisation for line in screen._rows.items if line.line}
        assert any("Percubaan" in name or "Attempts" in name for name in organisations)


# -- pictures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("step", ["columns", "plan", "accept"])
def test_the_picture_of_a_step(
    app: RasmiApp,
    lists: Path,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    step: str,
) -> None:
    """What a step looks like in English; a change of it is to be looked at."""

    async def go(pilot: Drive) -> None:
        await opened(pilot, "senarai.csv")
        for keys in {"columns": [], "plan": ["p"], "accept": ["p", "ctrl+s"]}[step]:
            await pilot.press(keys)
            await settled(pilot)
        for field in app.screen.query(Input):
            field.cursor_blink = False

    assert snap_compare(app, terminal_size=size, run_before=go)


# -- frame ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(60, 15), (200, 50), (20, 6)])
async def test_no_size_breaks_a_step(app: RasmiApp, lists: Path, size: tuple[int, int]) -> None:
    """Every step and every window of it can be shown at any size."""
    async with app.run_test(size=size) as pilot:
        await planned(pilot)
        for keys in (["enter"], ["escape", "o"], ["escape", "f"], ["escape", "ctrl+s"]):
            await pilot.press(*keys)
            await settled(pilot)
        assert app.is_running


async def test_the_steps_speak_the_other_language_at_once(app: RasmiApp, lists: Path) -> None:
    """ctrl+l keeps the step and what was answered; the plan is worded anew."""
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await planned(pilot)
        rows = screen.table.row_count
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert " MS " in shown(app).splitlines()[0]
        assert app.screen is screen
        assert screen.table.row_count == rows
        assert screen.query_one("#line", Pairs) is not None


def test_what_stands_on_a_line_can_be_an_account_of_the_record() -> None:
    """The list names fields of the record only, so that their labels are the record's."""
    from inventory.record import fields_of
    from tui.plan_lines import field_label

    for field in fields_of(Account):
        assert field_label(field.name, of_account=True) == field.label
    assert field_label("nothing known", of_account=True) == "nothing known"
