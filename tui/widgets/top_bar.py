"""The line at the top: the screens with their digits, and which inventory is open."""

from textual.content import Content
from textual.style import Style

from inventory.language import current
from tui.actions import Action
from tui.text import QUIET, T
from tui.widgets.key_line import ASK, Asking


class TopBar(Asking):
    """Screens to go to, by digit or by mouse; the one shown now stands out.

    `places` are the actions that show a screen, `here` the name of the one shown.
    """

    DEFAULT_CSS = """
    TopBar {
        height: 1;
        width: 1fr;
        background: $panel;
        color: $foreground;
        &:ansi { text-style: reverse; }
    }
    """

    def __init__(self, places: tuple[Action, ...], here: str, file_name: str) -> None:
        super().__init__()
        self._places = places
        self._here = here
        self._file_name = file_name

    def render(self) -> Content:
        language = T(f" {current().value.upper()} ")
        line = self._line(self.size.width - language.cell_length)
        gap = self.size.width - line.cell_length - language.cell_length
        name = T(f"{self._file_name} ", QUIET)
        if gap > name.cell_length:
            gap -= name.cell_length
            language = Content.assemble(name, language)
        return Content.assemble(line, T(" " * max(0, gap)), language)

    def _line(self, room: int) -> Content:
        """Name as many screens as `room` cells hold, the one shown first; of others the keys."""
        bare = {one.name: self._place(one, named=False) for one in self._places}
        named = {one.name: self._place(one, named=True) for one in self._places}
        room -= sum(place.cell_length for place in bare.values())
        for name in sorted(named, key=lambda name: name != self._here):
            room -= named[name].cell_length - bare[name].cell_length
            if room < 0:
                break
            bare[name] = named[name]
        return Content.assemble(*bare.values())

    def _place(self, action: Action, *, named: bool) -> Content:
        here = action.name == self._here
        words = f" {action.keys[0]} {action.title} " if named else f" {action.keys[0]} "
        look = "bold $primary reverse" if here else ""
        return T(words, look).stylize(Style.from_meta({ASK: action.name}))
