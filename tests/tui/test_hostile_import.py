"""A hostile list on its way in: its name, headers and cells act neither on terminal nor on app."""

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from audits.policy import load_policy
from audits.run import run_audit
from inventory.reading import account_by
from inventory.store import Store
from tests.tui.driving import settled, shown
from tests.tui.pty_ending import ended
from tests.tui.pty_screen import Terminal
from tests.tui.small_inventory import ACTOR, TODAY, fill
from tests.tui.test_hostile_screens import UNSEEN, hostile_texts
from tests.tui.vt_allowlist import foreign
from tui.app import RasmiApp
from tui.screens.import_plan import PlanScreen

MakeApp = Callable[[Path], RasmiApp]
NAME = "\x1b[2J\x1b]0;owned\x07[@click=app.quit]\u202esenarai.json"


def hostile_list(folder: Path, rows: int) -> Path:
    """Write a list in which every name of a column, name and remark is hostile."""
    texts = list(islice(hostile_texts(), rows * 3))
    chosen = iter(texts)
    records = [
        {
            "Organisasi": f"Kementerian {next(chosen)}",
            "Pautan": f"https://x.com/contoh_{number}" if number % 3 else next(chosen),
            "Tujuan": next(chosen),
            "[@click=app.quit]\x1b[2J": next(chosen) if number % 2 else "",
            "\u202eLink\x9b2J": "https://www.facebook.com/contoh.\x1b]0;x\x07" + str(number),
        }
        for number in range(rows)
    ]
    path = folder / NAME
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


@pytest.mark.terminal
@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
def test_the_terminal_gets_nothing_but_what_textual_sends(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """From the name of the file to the workbook: no function outside the allow-list."""
    inventory, folder = tmp_path / "inventory.db", tmp_path / "in"
    folder.mkdir()
    hostile_list(folder, 24)
    (folder / "b\x1b[2J\x07.csv").write_text("\x1b]0;x\x07;[bold\n\x9b2J;\x1bc\n", encoding="utf-8")
    with Store.open(inventory) as store:
        fill(store)
        run_audit(store, ACTOR, on=TODAY, policy=load_policy())
    columns, lines = size
    arguments = ["-m", "tui", "--db", str(inventory), "--lang", "en"]
    with Terminal(arguments, columns=columns, lines=lines) as terminal:
        assert terminal.read_until(lambda output: b"Accounts" in output)

        def press(*keys: str, until: bytes = b"") -> None:
            for key in keys:
                terminal.press(key)
                terminal.read_rest(0.25)
            before = len(terminal.output)
            assert until in terminal.output or terminal.read_until(
                lambda output: until in output[before:]
            ), until

        press("i", "\t", f"{folder}/", until=b"senarai.json")
        press("\x1b[B", "\r", until=b"Told by")
        press("\x1b[B", "G", "\r", "\x1b", "n", "\x1b", "o", "\x1b", "d", "r")
        press("p", until=b"Outcome")
        press("]", "\r", "\x1b", "]", "\r", "\x1b", "]", "]", "f", "\x1b", "w", "\x1b")
        press("o", "\r", "\x1b", "G", "\r", "kem", "\x1b", "\x1b", "/", "kem", "\x1b", "\x1b")
        press("\x13", until=b"Take it in")
        press("\r", until=b"Show the accounts")
        press("\r", "a", until=b"Run the audit")
        press("r", until=b"Audit 2 of")
        press("\r", "x", "f", "\x1b")
        terminal.press("\x11")
        assert ended(terminal) == 0
        output = terminal.read_rest()
    assert not foreign(output), foreign(output)[:5]


async def test_a_hostile_list_comes_in_as_plain_text(
    app_on: MakeApp, inventory_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing unseen is on the screen of any step, clicks do nothing, and the list is taken in."""
    folder = tmp_path / "in"
    folder.mkdir()
    hostile_list(folder, 24)
    monkeypatch.chdir(folder)
    app = app_on(inventory_file)

    def clean() -> bool:
        return not set(shown(app)) & set(UNSEEN) - {"\n"}

    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("i")
        await settled(pilot)
        assert clean()
        for key in ("down", "enter", "G", "enter", "escape", "p"):
            await pilot.press(key)
            await settled(pilot)
            assert clean(), key
        screen = app.screen
        assert isinstance(screen, PlanScreen)
        for line in range(6, 20):
            await pilot.click(offset=(30, line))
        await settled(pilot)
        assert app.is_running
        while not isinstance(app.screen, PlanScreen):
            await pilot.press("escape")
            await settled(pilot)
        for key in ("o", "enter", "escape", "escape", "right_square_bracket", "enter", "escape"):
            await pilot.press(key)
            await settled(pilot)
            assert clean(), key
        assert app.screen is screen
        for key in ("ctrl+s", "enter", "enter"):
            await pilot.press(key)
            await settled(pilot)
            assert clean(), key
        assert account_by(app.session.connection, "x:handle:contoh_1") is not None
