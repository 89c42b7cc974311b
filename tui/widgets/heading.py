"""The line that says which page this is, and at which step of a task."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from tui.text import HEAD, QUIET, T


class Heading(Widget):
    """A title on the left; on the right the steps of the task, the one `at` standing out."""

    DEFAULT_CSS = """
    Heading { height: 1; width: 1fr; padding: 0 1; background: $panel; }
    """

    def __init__(self, title: Content, steps: Sequence[str] = (), at: int = 0) -> None:
        super().__init__()
        self._title = title
        self._steps = tuple(steps)
        self._at = at

    def show(self, title: Content) -> None:
        """Show another title."""
        self._title = title
        self.refresh()

    def render(self) -> Content:
        width = self.size.width
        right = self._path()
        if self._title.cell_length + right.cell_length + 2 > width:
            right = T(f"{self._at + 1}/{len(self._steps)}" if self._steps else "", QUIET)
        left = self._title.truncate(max(1, width - right.cell_length - 2), ellipsis=True)
        gap = " " * max(1, width - left.cell_length - right.cell_length)
        return Content.assemble(left, gap, right)

    def _path(self) -> Content:
        parts = [
            T(f"{number + 1} {words}", HEAD if number == self._at else QUIET)
            for number, words in enumerate(self._steps)
        ]
        return T(" › ", QUIET).join(parts) if parts else T("")
