"""From the registry of actions to keys: bindings for Textual, and key names for people."""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from inventory.language import N_, _
from tui.actions import Action

_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "asterisk": "*",
    "exclamation_mark": "!",
    "space": N_("space"),
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "f1": "F1",
}


def bindings_of(actions: Iterable[Action]) -> list[BindingType]:
    """Return the keys of `actions`; every one asks the app for its action by name."""
    return [
        Binding(",".join(action.keys), f"app.ask('{action.name}')", show=False, id=action.name)
        for action in actions
        if action.keys and action.does
    ]


def key_name(key: str) -> str:
    """Return what is written on a key: `Esc`, `ctrl+p`, `?`."""
    *held, last = key.split("+")
    name = _NAMES.get(last, last)
    return "+".join([*held, _(name) if len(name) > 1 else name])
