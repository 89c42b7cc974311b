"""Short remarks one after another, none broken across two lines."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.style import Style

from tui.text import T
from tui.widgets.key_line import ASK, Asking
from tui.widgets.page import wrapped

GAP = 2


def flowed(pieces: Sequence[Content], width: int, gap: int = GAP) -> list[Content]:
    """Return lines of `width` cells that hold the pieces, each on one line as far as it fits."""
    lines: list[list[Content]] = [[]]
    room = width
    for piece in pieces:
        needed = piece.cell_length + (gap if lines[-1] else 0)
        if lines[-1] and needed > room:
            lines.append([])
            room, needed = width, piece.cell_length
        room -= needed
        lines[-1].append(piece)
    joined = [T(" " * gap).join(parts) for parts in lines]
    return [part for line in joined for part in wrapped(line, width)]


def asking(content: Content, action: str) -> Content:
    """Return `content` so that a click on it asks for an action."""
    return content.stylize(Style.from_meta({ASK: action}))


class Flow(Asking):
    """Shows remarks on as many lines as they need; some ask for an action when clicked."""

    DEFAULT_CSS = """
    Flow { height: auto; width: 1fr; padding: 0 1; }
    """

    def __init__(self, pieces: Sequence[Content], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._pieces = tuple(pieces)

    def show(self, pieces: Sequence[Content]) -> None:
        """Show other remarks."""
        self._pieces = tuple(pieces)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(flowed(self._pieces, width))

    def render(self) -> Content:
        return Content("\n").join(flowed(self._pieces, self.size.width))
