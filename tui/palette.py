"""The palette: every action that can be asked for here, and every account and organisation."""

from collections.abc import Callable, Sequence
from sqlite3 import Connection

from textual.content import Content

from inventory.language import _
from tui.actions import Action
from tui.keys import key_name
from tui.sources import accounts_named, organisations_named
from tui.text import QUIET, WARN, T
from tui.widgets.chooser import Chooser, Entry, matches

TITLE_CELLS = 22
KEY_CELLS = 8
MOST_FOUND = 8
"""Accounts and organisations listed at once; a longer word finds fewer."""


def palette(actions: Sequence[Action], why_not: Callable[[str], str | None]) -> Chooser:
    """Make the palette; its answer is an action's name, `account:ID` or `organisation:ID`."""

    def entries(text: str) -> list[Entry]:
        return [
            Entry(action.name, _line(action, why_not(action.name)), note=T(action.help))
            for action in actions
            if matches(text, action.title, action.message, action.help, action.name)
        ]

    return Chooser(
        T(_("Find")), entries, hint=_("an action, an account, an organisation"), look_up=_look_up
    )


def _look_up(connection: Connection, text: str) -> list[Entry]:
    found = [
        Entry(f"organisation:{row_id}", _record(_("organisation"), name))
        for row_id, name in organisations_named(connection, text, MOST_FOUND)
    ]
    found += [
        Entry(f"account:{row_id}", _record(_("account"), name))
        for row_id, name in accounts_named(connection, text, MOST_FOUND)
    ]
    return found


def _line(action: Action, reason: str | None) -> Content:
    off = reason is not None
    title = T(action.title, QUIET if off else "")
    keys = T(key_name(action.keys[0]) if action.keys else "", "$primary")
    return Content.assemble(
        title,
        " " * max(1, TITLE_CELLS - title.cell_length),
        keys,
        " " * max(1, KEY_CELLS - keys.cell_length),
        T(reason or action.help, WARN if off else QUIET),
    )


def _record(kind: str, name: str) -> Content:
    return Content.assemble(T(name), "  ", T(kind, QUIET))
