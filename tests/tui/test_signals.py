"""The edges of the terminal: taken away, missing, too simple, or shrunk; and a crash."""

import os
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.tui.driving import settled, shown
from tests.tui.pty_ending import ended
from tests.tui.pty_screen import Terminal
from tests.tui.vt_allowlist import printed
from tui.app import RasmiApp
from tui.signals import refusal

ALTERNATE_SCREEN_LEFT = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1000l"
SECRET = "kata-laluan-rahsia"

MakeApp = Callable[[Path], RasmiApp]


def opened(path: Path, **environment: str) -> Terminal:
    terminal = Terminal(["-m", "tui", "--db", str(path), "--lang", "en"], **environment)
    assert terminal.read_until(lambda output: b"Accounts" in output), terminal.output
    terminal.press("2")
    assert terminal.read_until(lambda output: b"ketua.ujian" in output), terminal.output
    return terminal


def contents(folder: Path, pattern: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.rglob(pattern))


def left(output: bytes) -> bool:
    return ALTERNATE_SCREEN_LEFT in output and MOUSE_OFF in output


@pytest.mark.terminal
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_leaves_the_terminal_as_it_was(
    inventory_file: Path, number: signal.Signals, code: int
) -> None:
    """The alternate screen and the mouse are off, the exit code is the shell's for the signal."""
    with opened(inventory_file) as terminal:
        terminal.process.send_signal(number)
        assert ended(terminal) == code
        assert left(terminal.read_rest())


@pytest.mark.terminal
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_form_that_was_open_is_offered_again(
    inventory_file: Path, own_home: Path, number: signal.Signals
) -> None:
    """What was typed before the signal stands in the form after the next start."""
    with opened(inventory_file) as terminal:
        terminal.press("n")
        assert terminal.read_until(lambda output: b"type its name" in output)
        terminal.press("x.com/draf_contoh")
        assert terminal.read_until(lambda output: b"x:handle:draf_contoh" in output)
        terminal.process.send_signal(number)
        ended(terminal)
    kept = list(own_home.rglob("draft-*.json"))
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    with Terminal(["-m", "tui", "--db", str(inventory_file), "--lang", "en"]) as terminal:
        assert terminal.read_until(lambda output: b"A form was open" in output)
        terminal.press("\x1b[Z\r")
        assert terminal.read_until(lambda output: b"x:handle:draf_contoh" in output)
    assert not list(own_home.rglob("draft-*.json"))


@pytest.mark.terminal
def test_a_window_that_is_closed_ends_the_app(inventory_file: Path) -> None:
    """When the terminal itself is gone the program ends and does not run on unseen."""
    terminal = opened(inventory_file)
    os.close(terminal._master)
    try:
        assert terminal.process.wait(20) == 129
    finally:
        terminal.process.kill()
        terminal.process.wait()


@pytest.mark.terminal
def test_a_crash_shows_one_sentence_and_no_value(inventory_file: Path, own_home: Path) -> None:
    """No local variable reaches the screen or the report, which only its owner can read."""
    code = (
        "import sys, tui.app\n"
        "def broken(self):\n"
        f"    secret = '{SECRET}'\n"
        "    raise ValueError(secret)\n"
        "tui.app.RasmiApp.action_theme = broken\n"
        "from tui.cli import main\n"
        f"sys.exit(main(['--db', {str(inventory_file)!r}, '--lang', 'en']))\n"
    )
    with Terminal(["-c", code]) as terminal:
        assert terminal.read_until(lambda output: b"Accounts" in output)
        terminal.press("\x14")
        assert ended(terminal) == 1
        output = terminal.read_rest()
    assert left(output)
    assert "The program failed (ValueError)" in printed(output)
    assert SECRET.encode() not in output
    assert b"Traceback" not in output
    reports = list(own_home.rglob("crash-*.txt"))
    assert len(reports) == 1
    assert stat.S_IMODE(reports[0].stat().st_mode) == 0o600
    assert SECRET not in reports[0].read_text(encoding="utf-8")


@pytest.mark.terminal
@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_is_too_simple_is_told_so(inventory_file: Path, term: str) -> None:
    """TERM=dumb gets a sentence and code 2, no escape sequence."""
    with Terminal(["-m", "tui", "--db", str(inventory_file)], TERM=term) as terminal:
        assert ended(terminal) == 2
        output = terminal.read_rest()
    assert b"\x1b" not in output
    assert b"rasmi --help" in output


def test_without_a_terminal_it_says_what_works_without_one(inventory_file: Path) -> None:
    """Input and output elsewhere: a sentence on the commands, code 2, at once."""
    import subprocess

    run = subprocess.run(
        [sys.executable, "-m", "tui", "--db", str(inventory_file), "--lang", "en"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert "needs a terminal" in run.stderr


def test_no_stream_at_all_is_no_terminal() -> None:
    """A program started without streams is refused like one with files."""
    assert refusal(None, None, {"TERM": "xterm"})


@pytest.mark.terminal
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"TERM": "linux"},
        {"TERM": "screen"},
        {"NO_COLOR": "1"},
    ],
    ids=lambda environment: "-".join(environment),
)
def test_no_ordinary_terminal_crashes_it(inventory_file: Path, environment: dict[str, str]) -> None:
    """Poor locales and terminals show the list and are left in order."""
    with opened(inventory_file, **environment) as terminal:
        terminal.press("q")
        assert ended(terminal) == 0
        assert left(terminal.read_rest())


@pytest.mark.terminal
def test_without_colour_no_colour_is_sent_and_the_row_still_stands_out(
    inventory_file: Path,
) -> None:
    """NO_COLOR: nothing but reverse, bold, dim and underline; the cursor's row is reversed."""
    import re

    with opened(inventory_file, NO_COLOR="1") as terminal:
        output = terminal.read_rest()
    styles = {
        part for found in re.findall(rb"\x1b\[([\d;]*)m", output) for part in found.split(b";")
    }
    assert not {b"38", b"48"} & styles
    assert b"7" in styles


async def test_a_draft_holds_nothing_private(
    app_on: MakeApp, inventory_file: Path, own_home: Path
) -> None:
    """A telephone number that was typed, and refused, is not kept either."""
    app = app_on(inventory_file)
    async with app.run_test() as pilot:
        app.edit_account(2)
        await settled(pilot)
        app.screen.query_one("#purpose", Input).value = "Makluman"
        app.screen.query_one("#handler_position", Input).value = "012-345 6789"
        await settled(pilot)
        app._leave(143)
    kept = contents(own_home, "draft-*.json")
    assert "Makluman" in kept
    assert "345" not in kept
    again = app_on(inventory_file)
    async with again.run_test() as pilot:
        await settled(pilot)
        assert "A form was open" in shown(again)
