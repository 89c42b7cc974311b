"""Hostile text in every field of the record: no screen lets it act on the terminal or the app."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from inventory.fields import FieldKind
from inventory.record import Account, Evidence, Observation, Organisation, fields_of
from inventory.store import Store
from tests.tui.driving import settled, shown
from tests.tui.escape_payloads import ESCAPE_PAYLOADS
from tests.tui.pty_ending import ended
from tests.tui.pty_screen import Terminal
from tests.tui.small_inventory import ACTOR, fill
from tests.tui.vt_allowlist import foreign
from tui.app import RasmiApp

MARKUP_PAYLOADS = (
    "[/]",
    "[/x]",
    "[bold",
    "[@click=app.ask('quit')]quit[/]",
    "[link=https://attack.example]here[/link]",
    "Kementerian [KKM]",
    "[red]red",
    "\\[",
    "$name",
)
UNSEEN = "".join(map(chr, [*range(32), *range(0x7F, 0xA0), 0x200B, 0x202E, 0x2028, 0xE0041]))
RECORD = (Organisation, Account, Evidence, Observation)
FREE = (FieldKind.TEXT, FieldKind.LINES, FieldKind.WEB)

MakeApp = Callable[[Path], RasmiApp]


def hostile_texts() -> Iterator[str]:
    """Yield the named payloads, then texts put together of their pieces, for ever."""
    pieces = [*ESCAPE_PAYLOADS.values(), *MARKUP_PAYLOADS, *UNSEEN, "Kementerian ", "漢字", "é"]
    yield from ESCAPE_PAYLOADS.values()
    yield from MARKUP_PAYLOADS
    chance = random.Random(20261120)
    while True:
        yield "".join(chance.choices(pieces, k=chance.randint(1, 6))).replace("\ud800", "")


def attack(path: Path, accounts: int) -> None:
    """Fill every free text of the record with hostile texts, each used somewhere."""
    texts = hostile_texts()

    def attacked(record: Account | Organisation | Evidence | Observation) -> object:
        names = [one.name for one in fields_of(type(record)) if one.kind in FREE]
        return replace(record, **{name: next(texts) for name in names})

    with Store.open(path) as store:
        fill(store)
        with store.change(ACTOR, next(texts), next(texts)) as change:
            for _number in range(accounts):
                organisation = change.add(attacked(Organisation(parent_id=1)))
                account = Account(organisation_id=organisation, platform="x", handle="h", url="u")
                row_id = change.add(attacked(account))
                change.add(attacked(Evidence(account_id=row_id)))
                change.add(attacked(Observation(account_id=row_id)))


@pytest.mark.terminal
@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
def test_the_terminal_gets_nothing_but_what_textual_sends(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Every screen of the record with hostile text: no function outside the allow-list."""
    path = tmp_path / "inventory.db"
    attack(path, 40)
    columns, lines = size
    arguments = ["-m", "tui", "--db", str(path), "--lang", "en"]
    with Terminal(arguments, columns=columns, lines=lines) as terminal:
        assert terminal.read_until(lambda output: b"Accounts" in output)
        for keys in ("2", "G", "\r", "e", "\x1b", "\x1b", "3", "G", "\r", "\x1b", "2", "c", "\x1b"):
            terminal.press(keys)
            terminal.read_rest(0.25)
        for keys in ("\x10", "kem", "\x1b", "?", "\x1b", "G", "y", "k", "k", "\r", "]", "]"):
            terminal.press(keys)
            terminal.read_rest(0.25)
        assert terminal.process.poll() is None
        terminal.press("\x11")
        assert ended(terminal) == 0
        output = terminal.read_rest()
    copied = b"\x1b]52;c;"
    sent = [one for one in foreign(output) if not one.text.encode().startswith(copied)]
    assert not sent, sent[:5]


async def test_no_click_on_hostile_text_does_anything(app_on: MakeApp, tmp_path: Path) -> None:
    """Markup in a name is text: clicking all over the list neither quits nor changes screens."""
    path = tmp_path / "inventory.db"
    attack(path, 16)
    app = app_on(path)
    async with app.run_test(size=(100, 24)) as pilot:
        await settled(pilot)
        before = app.screen
        for line in range(2, 20):
            for column in (4, 30, 60):
                await pilot.click(offset=(column, line))
        await settled(pilot)
        assert app.is_running
        assert app.screen is before or app.screen_stack[0] is before
        assert len(app.screen_stack) <= 2


async def test_every_page_of_a_hostile_account_can_be_shown(
    app_on: MakeApp, tmp_path: Path
) -> None:
    """The page and the form of each attacked account open; nothing in them is read as markup."""
    path = tmp_path / "inventory.db"
    attack(path, 12)
    app = app_on(path)
    async with app.run_test(size=(120, 40)) as pilot:
        for account_id in range(6, 18):
            app.show_account(account_id)
            await settled(pilot)
            text = shown(app)
            assert not set(text) & set(UNSEEN) - {"\n"}
            await pilot.press("e")
            await settled(pilot)
            assert app.screen.query(Input)
            assert not set(shown(app)) & set(UNSEEN) - {"\n"}
            await pilot.press("escape", "escape")
            await settled(pilot)
            assert len(app.screen_stack) == 1
