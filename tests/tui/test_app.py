"""The frame: keys, key line, palette and help come from the registry, and the app from a person."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Input, OptionList

from inventory import language
from inventory.language import Language
from tests.tui.driving import line_with, settled, shown, typed
from tui import screens
from tui.actions import ACTIONS, Scope, in_scope
from tui.app import RasmiApp
from tui.keys import bindings_of, key_name
from tui.screen import Dialog, RasmiScreen
from tui.table.keys import BINDINGS as TABLE_KEYS

MakeApp = Callable[[Path], RasmiApp]


def keys_of(node: RasmiApp | RasmiScreen) -> dict[str, str]:
    return {key: one.action for key, found in node._bindings for one in [found]}


def test_every_action_says_what_it_is_and_does_in_words() -> None:
    """Title and help are there for every action, and no two actions share a name."""
    assert all(action.message and action.explanation for action in ACTIONS)
    assert len({action.name for action in ACTIONS}) == len(ACTIONS)


def test_no_key_means_two_things_at_one_place() -> None:
    """Within a screen, and against the keys of the whole app, a key has one meaning."""
    for scope in Scope:
        if scope in (Scope.COMMAND, Scope.APP):
            continue
        keys = [key for action in in_scope(scope) for key in action.keys]
        assert len(set(keys)) == len(keys), scope
        shared = {key for action in in_scope(Scope.APP) for key in action.keys}
        assert not shared.intersection(keys), scope


async def test_the_app_has_no_key_outside_the_registry(app: RasmiApp) -> None:
    """Each key of the app and of a screen asks for a listed action."""
    listed = {f"app.ask('{action.name}')" for action in ACTIONS}
    async with app.run_test():
        assert set(keys_of(app).values()) <= listed
        for name in screens.SCREENS:
            await app.action_show(name)
            screen = app.screen
            assert isinstance(screen, RasmiScreen)
            own = {
                one.action
                for one in bindings_of(in_scope(screen.SCOPE))
                if isinstance(one, Binding)
            }
            textual = {"app.focus_next", "app.focus_previous", "screen.copy_text"}
            textual |= {"screen.maximize", "screen.minimize"}
            assert set(keys_of(screen).values()) - textual == own


def test_a_screen_answers_each_action_of_its_scope() -> None:
    """Whatever the registry says a screen does, the screen's class has a method for."""
    from importlib import import_module

    for place in [*screens.SCREENS.values(), *INNER]:
        module, _colon, name = place.partition(":")
        screen = getattr(import_module(module), name)
        for action in in_scope(screen.SCOPE):
            method = f"action_{action.does.partition('(')[0]}"
            assert hasattr(screen, method), f"{name} lacks {method}"
    for action in in_scope(Scope.APP):
        assert hasattr(RasmiApp, f"action_{action.does.partition('(')[0]}")


INNER = (
    "tui.screens.account:AccountScreen",
    "tui.screens.edit_account:EditAccountScreen",
)


async def test_digits_go_to_screens_and_the_top_line_says_which(app: RasmiApp) -> None:
    """3 shows the organisations, 2 the accounts again."""
    async with app.run_test() as pilot:
        await pilot.press("3")
        await settled(pilot)
        assert "Ministry of Examples" in shown(app)
        assert app.current_mode == "organisations"
        await pilot.press("2")
        await settled(pilot)
        assert "KementerianContoh" in shown(app)


async def test_escape_goes_back_to_the_list_and_2_as_well(app: RasmiApp) -> None:
    """From a page Escape leads to the list it was opened from; so does the list's digit."""
    async with app.run_test() as pilot:
        for way_back in ("escape", "2"):
            await pilot.press("enter")
            await settled(pilot)
            assert len(app.screen_stack) == 2
            await pilot.press(way_back)
            await settled(pilot)
            assert len(app.screen_stack) == 1


async def test_escape_on_the_first_screen_does_not_quit(app: RasmiApp) -> None:
    """Escape leaves windows, searches and pages, never the app."""
    async with app.run_test() as pilot:
        await pilot.press("escape", "escape")
        assert app.is_running
        await pilot.press("q")
    assert app.return_code == 0


async def test_help_shows_the_keys_of_this_screen_and_finds_one(app: RasmiApp) -> None:
    """The help begins with the screen's own actions, and a word narrows it."""
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("question_mark")
        await settled(pilot)
        assert "On this screen" in shown(app)
        assert "Add an account" in line_with(app, "Record an account by its address")
        await typed(pilot, "theme")
        assert "ctrl+t" in line_with(app, "Light or dark")
        assert "Record an account by its address" not in shown(app)
        await pilot.press("escape")
        assert not isinstance(app.screen, Dialog)


async def test_every_key_of_a_list_is_in_its_help(app: RasmiApp) -> None:
    """The keys of the table are found in the help like all others."""
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("question_mark")
        await settled(pilot)
        options = app.screen.query_one(OptionList).options
        texts = [str(option.prompt) for option in options]
        for one in TABLE_KEYS:
            assert isinstance(one, Binding)
            first = key_name(one.key.split(",")[0])
            assert any(text.startswith(first) for text in texts), one.key


async def test_the_palette_finds_actions_accounts_and_organisations(app: RasmiApp) -> None:
    """ctrl+p finds an account by its handle; Enter opens it."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p")
        await typed(pilot, "ketua")
        assert "ketua.ujian" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "https://www.tiktok.com/@ketua.ujian" in shown(app)
        await pilot.press("escape", "ctrl+p")
        await typed(pilot, "apn")
        await pilot.press("enter")
        await settled(pilot)
        assert "percubaan.negara" in shown(app)
        assert "KementerianContoh" not in shown(app)


async def test_the_palette_has_nothing_outside_the_registry(app: RasmiApp) -> None:
    """Each action in the palette is listed, and each that can be asked for is in it."""
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await settled(pilot)
        offered = {option.id for option in app.screen.query_one(OptionList).options}
        reachable = {one.name for one in in_scope(Scope.APP, Scope.ACCOUNTS) if app.has(one)}
        assert offered == reachable


async def test_what_cannot_be_done_says_why(app_on: MakeApp, empty_file: Path) -> None:
    """Editing without an account is refused with a reason, and the key line shows it dim."""
    app = app_on(empty_file)
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("e")
        await settled(pilot)
        assert "There is no account in the list." in shown(app)


async def test_the_key_line_can_be_clicked(app: RasmiApp) -> None:
    """A click on "? Help" opens the help."""
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        at = shown(app).splitlines()[-1].index("Help")
        await pilot.click(offset=(at + 1, 23))
        await settled(pilot)
        assert isinstance(app.screen, Dialog)


async def test_letters_that_are_typed_are_not_offered_as_keys(app: RasmiApp) -> None:
    """In a field q is a letter: the key line names the key that quits from there."""
    async with app.run_test(size=(120, 30)) as pilot:
        assert "q Quit" in shown(app).splitlines()[-1]
        await pilot.press("n")
        await settled(pilot)
        assert isinstance(app.screen.focused, Input)
        assert "ctrl+q Quit" in shown(app).splitlines()[-1]


async def test_the_language_changes_on_every_screen_at_once(app: RasmiApp) -> None:
    """ctrl+l speaks Malay: organisations show their Malay name; the search stays."""
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("slash")
        await typed(pilot, "percubaan")
        await pilot.press("enter", "ctrl+l")
        await settled(pilot)
        assert language.current() is Language.MALAY
        assert " MS " in shown(app).splitlines()[0]
        assert "percubaan.negara" in shown(app)
        assert "ujian_rasmi" not in shown(app)
        await pilot.press("3")
        await settled(pilot)
        assert "Kementerian Contoh" in shown(app)


async def test_the_theme_goes_round_and_the_screen_stays_readable(app: RasmiApp) -> None:
    """ctrl+t goes through every theme and back to the first."""
    async with app.run_test() as pilot:
        first, seen = app.theme, set()
        for _step in range(4):
            seen.add(app.theme)
            await pilot.press("ctrl+t")
            await settled(pilot)
            assert "KementerianContoh" in shown(app)
        assert app.theme == first
        assert len(seen) == 4


async def test_an_empty_inventory_says_what_to_do(app_on: MakeApp, empty_file: Path) -> None:
    """The empty list names the next step."""
    app = app_on(empty_file)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "Press i to import a list" in shown(app)


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 50), (20, 6), (1, 1)])
async def test_no_size_breaks_a_screen(app: RasmiApp, size: tuple[int, int]) -> None:
    """Every screen can be shown at any size."""
    async with app.run_test(size=size) as pilot:
        for keys in (["enter"], ["escape", "3"], ["2", "n"], ["escape", "question_mark"]):
            await pilot.press(*keys)
            await settled(pilot)
        assert app.is_running


async def test_ctrl_c_says_how_to_quit(app: RasmiApp) -> None:
    """With nothing selected ctrl+c neither quits nor stays silent."""
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await settled(pilot)
        assert "q quits" in shown(app)
        assert app.is_running


@pytest.mark.parametrize("colour", [True, False])
async def test_the_entry_under_the_cursor_stands_out_in_the_terminals_own_colours(
    app_on: MakeApp, inventory_file: Path, monkeypatch: pytest.MonkeyPatch, colour: bool
) -> None:
    """In an ANSI theme, and without any colour, the chosen entry looks unlike its neighbours."""
    monkeypatch.setenv("TEXTUAL_THEME", "ansi-dark")
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    app = app_on(inventory_file)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await settled(pilot)
        options = app.screen.query_one(OptionList)
        usual = options.get_visual_style("option-list--option").rich_style
        chosen = options.get_visual_style(
            "option-list--option", "option-list--option-highlighted"
        ).rich_style
        assert chosen.underline if not colour else chosen.bgcolor != usual.bgcolor
