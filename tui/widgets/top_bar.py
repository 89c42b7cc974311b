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
        language = T(current().value.upper())
        parts: list[Content] = []
        for place in self._places:
            parts.append(self._place(place, named=True))
        line = Content.assemble(*parts)
        if line.cell_length > self.size.width:
            line = Content.assemble(
                *(self._place(one, named=one.name == self._here) for one in self._places)
            )
        right = Content.assemble(T(self._file_name, QUIET), "  ", language, " ")
        gap = self.size.width - line.cell_length - right.cell_length
        if gap < 2:
            right = Content.assemble(language, " ")
            gap = max(0, self.size.width - line.cell_length - right.cell_length)
        return Content.assemble(line, T(" " * gap), right)

    def _place(self, action: Action, *, named: bool) -> Content:
        here = action.name == self._here
        words = f" {action.keys[0]} {action.title} " if named else f" {action.keys[0]} "
        look = "bold $primary reverse" if here else ""
        return T(words, look).stylize(Style.from_meta({ASK: action.name}))
