"""Nothing that a text holds reaches the terminal as a command."""

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.tui.escape_payloads import ESCAPE_PAYLOADS
from tests.tui.pty_screen import Terminal
from tests.tui.vt_allowlist import foreign, functions, printed
from tui import strip_guard
from tui.strip_guard import disarmed, install_strip_guard

SINKS = """
import sys
from rich.text import Text
from textual.app import App
from textual.content import Content
from textual.widgets import (
    Button, Checkbox, DataTable, Input, Label, OptionList, RichLog, Static, Tab, Tabs, TextArea,
    Tree,
)
from tests.tui.escape_payloads import ESCAPE_PAYLOADS
from tests.tui.table_memory import MemorySource
from tui.strip_guard import install_strip_guard
from tui.table.columns import Column
from tui.table.view import WindowTable

payloads = list(ESCAPE_PAYLOADS.values())


class Sinks(App):
    CSS = "Screen { layout: grid; grid-size: 4; } Input { border-title-color: red; }"

    def compose(self):
        joined = "|".join(payloads)
        if sys.argv[2] == "widgets":
            yield from self.widgets(joined)
        else:
            source = MemorySource({n: (p, p) for n, p in enumerate(payloads, 1)})
            columns = (Column("name", payloads[0] + "Name", 30), Column("other", "Other", 30))
            yield WindowTable(source, columns, empty_message="nothing")
            yield WindowTable(source, columns, empty_message=joined, filter_text=joined)
        yield Label("every sink shown")

    def widgets(self, joined):
        yield Label(Text(joined))
        yield Static(Content(joined))
        yield Static(Text(joined, style="link http://attack.example/" + joined))
        yield DataTable()
        yield Tree(Text(joined))
        yield OptionList(*(Text(p) for p in payloads))
        yield RichLog()
        yield TextArea(joined)
        yield Input(joined, placeholder=joined)
        yield Button(Text(joined))
        yield Checkbox(Text(joined))
        yield Tabs(Tab(Text(joined)))

    def on_mount(self):
        if sys.argv[2] == "tables":
            return
        table = self.query_one(DataTable)
        table.add_column(Text(payloads[0]))
        for payload in payloads:
            table.add_row(Text(payload))
            self.query_one(RichLog).write(Text(payload))
        for widget in self.query("Label, Input, Tree"):
            widget.border_title = Content(joined := "|".join(payloads))
            widget.styles.border = ("solid", "red")
        self.notify(joined, title=joined, markup=False)


if sys.argv[1] == "guarded":
    install_strip_guard()
    install_strip_guard()
Sinks().run()
"""


def shown_by(guard: str, sinks: str) -> bytes:
    """Return what the app writes from its start until all sinks stand on the screen."""
    arguments = ["-c", SINKS, guard, sinks]
    with Terminal(arguments, columns=200, lines=140) as terminal:
        assert terminal.read_until(lambda out: "every sink shown" in printed(out)), terminal.output
        return terminal.read_rest()


def test_there_are_31_kinds_of_payload() -> None:
    assert len(set(ESCAPE_PAYLOADS.values())) == 31


def test_the_oracle_sees_every_payload_that_passes() -> None:
    output = shown_by("bare", "widgets")
    seen = {function.text for function in foreign(output)}
    assert {"\x1b[2J", "\x1bc", "\x1b]52;c;cm0gLXJmIC8=\x1b\\", "\x9b2J", "\x85"} <= seen
    assert b"\x1b]8;" in output


def test_with_the_guard_no_widget_lets_a_payload_through() -> None:
    output = shown_by("guarded", "widgets")
    assert foreign(output) == []
    assert [name for name, payload in ESCAPE_PAYLOADS.items() if payload.encode() in output] == []
    assert "owned" in printed(output)


def test_the_table_needs_no_guard() -> None:
    output = shown_by("bare", "tables")
    assert foreign(output) == []
    assert [name for name, payload in ESCAPE_PAYLOADS.items() if payload.encode() in output] == []
    assert "␛]52;c;cm0gLXJmIC8=␛" in printed(output)


@pytest.mark.parametrize("payload", ESCAPE_PAYLOADS.values(), ids=ESCAPE_PAYLOADS.keys())
def test_a_disarmed_payload_holds_no_function(payload: str) -> None:
    assert list(functions(payload.encode()))
    assert list(functions(disarmed(payload).encode())) == []


def test_plain_text_passes_unchanged() -> None:
    text = "Kementerian Contoh – café 部门 \U0001f1f2\U0001f1fe e\u0301"
    assert disarmed(text) == text


def test_a_surrogate_keeps_its_cell() -> None:
    assert disarmed("a\udc9bb") == "a\ufffdb"


def test_a_line_without_style_is_guarded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    guard_for(monkeypatch)
    console = type("Console", (), {"_color_system": ColorSystem.TRUECOLOR})()
    strip = Strip([Segment("a\x1b[2Jb"), Segment("c\x9b2J", Style(bold=True))])
    assert strip.render(console) == "a[2Jb\x1b[1mc2J\x1b[0m"


def test_installing_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    guard_for(monkeypatch)
    once = Strip.render, Strip.render_style
    install_strip_guard()
    assert (Strip.render, Strip.render_style) == once


def guard_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the guard for one test."""
    monkeypatch.setattr(Strip, "render", strip_guard._render)
    monkeypatch.setattr(Strip, "render_style", strip_guard._render_style)
    install_strip_guard()
