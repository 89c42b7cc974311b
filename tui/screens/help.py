"""Every key that works here, what it does, and why one does not work now."""

from collections.abc import Callable, Iterable, Sequence

from textual.binding import Binding
from textual.content import Content

from inventory.language import _
from tui.actions import Action
from tui.keys import key_name
from tui.table import keys as table_keys
from tui.text import HEAD, QUIET, WARN, T
from tui.widgets.chooser import Chooser, Entry, matches

KEY_CELLS = 12
TITLE_CELLS = 22


def help_screen(
    here: Sequence[Action],
    everywhere: Sequence[Action],
    why_not: Callable[[str], str | None],
    *,
    with_table: bool,
) -> Chooser:
    """Make the help of a screen: its own actions first, then the list's keys, then the app's."""

    def entries(text: str) -> list[Entry]:
        found = [*_section(_("On this screen"), _actions(here, why_not, text))]
        if with_table:
            found += _section(_("In a list"), _table_keys(text))
        found += _section(_("Everywhere"), _actions(everywhere, why_not, text))
        return found

    return Chooser(T(_("Help")), entries, hint=_("what you want to do, or a key"))


def _section(title: str, entries: Iterable[Entry]) -> list[Entry]:
    found = list(entries)
    return [Entry(None, T(title, HEAD), off=True), *found] if found else []


def _actions(
    actions: Iterable[Action], why_not: Callable[[str], str | None], text: str
) -> Iterable[Entry]:
    for action in actions:
        names = ", ".join(key_name(key) for key in action.keys)
        if not matches(text, names, action.title, action.help, action.message):
            continue
        reason = why_not(action.name)
        said = reason or action.help
        yield Entry(
            action.name,
            _line(names, action.title, said, bool(reason)),
            note=T(said, WARN if reason else ""),
        )


def _table_keys(text: str) -> Iterable[Entry]:
    for binding in table_keys.BINDINGS:
        assert isinstance(binding, Binding)
        names = ", ".join(key_name(key) for key in binding.key.split(","))
        title = _(binding.description)
        if matches(text, names, title):
            yield Entry(None, _line(names, title, "", False), off=True)


def _line(names: str, title: str, explanation: str, off: bool) -> Content:
    name = T(names, QUIET if off else "bold")
    gap = " " * max(1, KEY_CELLS - name.cell_length)
    words = T(title, QUIET if off else "")
    return Content.assemble(
        name,
        gap,
        words,
        " " * max(2, TITLE_CELLS - words.cell_length) if explanation else "",
        T(explanation, WARN if off else QUIET),
    )
