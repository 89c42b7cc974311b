"""Pages that scroll, and what stands on them: headings, and names beside their values."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.text import QUIET, T

LABEL_CELLS = 26
"""Cells for the names when there is room."""

Pair = tuple[Content | None, Content]
"""A name and its value; without a name the value takes the whole line."""


class Page(VerticalScroll):
    """A column of texts, scrolled by the keys that move in a list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", show=False),
        Binding("k", "scroll_up", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
        Binding("ctrl+d,space", "page_down", show=False),
        Binding("ctrl+u", "page_up", show=False),
    ]
    DEFAULT_CSS = """
    Page { padding: 0 1; scrollbar-size-vertical: 1; }
    """


class Pairs(Widget):
    """Names in one column, values in the other; a long value goes on under its beginning."""

    DEFAULT_CSS = """
    Pairs { height: auto; width: 1fr; }
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        *,
        label_cells: int = LABEL_CELLS,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self._pairs = tuple(pairs)
        self._label_cells = label_cells

    def show(self, pairs: Sequence[Pair]) -> None:
        """Put other pairs in the place of those so far."""
        self._pairs = tuple(pairs)
        self.refresh(layout=True)

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        label_cells = min(self._label_cells, max(8, width // 3))
        return [line for pair in self._pairs for line in pair_lines(pair, width, label_cells)]


def pair_lines(pair: Pair, width: int, label_cells: int) -> list[Content]:
    """Lay one pair out in lines of `width` cells."""
    label, value = pair
    if label is None:
        return wrapped(value, width)
    quiet = label if label.spans else label.stylize_before(QUIET)
    named = quiet.truncate(label_cells - 1, ellipsis=True)
    indent = " " * label_cells
    lines = wrapped(value, width - label_cells)
    first = Content.assemble(named, " " * (label_cells - named.cell_length), lines[0])
    return [first, *(Content.assemble(indent, line) for line in lines[1:])]


def wrapped(content: Content, width: int) -> list[Content]:
    """Break `content` into lines of `width` cells; there is always one."""
    parts = content.split("\n", allow_blank=True) or [T("")]
    return [line for part in parts for line in part.wrap(max(1, width)) or [T("")]] or [T("")]
