"""How a table looks: its component classes, their rules, and the styles made of them."""

from functools import cache
from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from textual.widget import Widget

TONES = ("bad", "warn", "good", "dim")

COMPONENT_CLASSES = {
    "table--header",
    "table--header-current",
    "table--cursor",
    "table--selected",
    "table--match",
    "table--filter",
    "table--filter-cursor",
    "table--hint",
    "table--count",
    "table--bar",
    "table--empty",
    *(f"table--{tone}" for tone in TONES),
}

DEFAULT_CSS = """
WindowTable {
    width: 1fr;
    height: 1fr;
    background: $surface;
    color: $foreground;

    & > .table--header { background: $panel; color: $foreground; text-style: bold; }
    & > .table--header-current { text-style: bold underline; }
    & > .table--cursor {
        background: $block-cursor-blurred-background;
        color: $block-cursor-blurred-foreground;
        text-style: $block-cursor-blurred-text-style;
    }
    &:focus > .table--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: $block-cursor-text-style;
    }
    & > .table--selected { text-style: bold; color: $text-accent; }
    & > .table--match { text-style: underline; }
    & > .table--bad { color: $text-error; text-style: bold; }
    & > .table--warn { color: $text-warning; }
    & > .table--good { color: $text-success; }
    & > .table--dim { color: $text-muted; }
    & > .table--filter { background: $panel; color: $foreground; }
    & > .table--filter-cursor { text-style: reverse; }
    & > .table--hint { background: $panel; color: $text-muted; }
    & > .table--count { background: $panel; color: $foreground; }
    & > .table--bar { color: $text-muted; }
    & > .table--empty { color: $text-muted; }

    &:ansi > .table--header { text-style: bold underline; }
    &:ansi > .table--cursor { text-style: underline; }
    &:nocolor > .table--header { text-style: bold underline; }
    &:nocolor > .table--header-current { text-style: bold reverse; }
    &:nocolor > .table--cursor { text-style: reverse; }
    &:nocolor:focus > .table--cursor { text-style: bold reverse; }
    &:nocolor > .table--bad { text-style: bold underline; }
    &:nocolor > .table--dim { text-style: dim; }
}
"""


class Palette:
    """The styles of one table under its theme, mixed once and remembered."""

    def __init__(self, table: "Widget") -> None:
        def whole(name: str) -> Style:
            return table.get_component_rich_style(f"table--{name}")

        def part(name: str) -> Style:
            return table.get_component_rich_style(f"table--{name}", partial=True)

        self.base = table.rich_style
        self.header = whole("header")
        self.header_current = self.header + part("header-current")
        self.filter = whole("filter")
        self.filter_cursor = self.filter + part("filter-cursor")
        self.hint = whole("hint")
        self.count = whole("count")
        self.bar = whole("bar")
        self.empty = whole("empty")
        self._cursor = whole("cursor")
        self._selected = part("selected")
        self._match = part("match")
        self._tones = {tone: part(tone) for tone in TONES}
        self.cell = cache(self._cell)

    def _cell(self, cursor: bool, selected: bool, tone: str, match: bool) -> Style:
        """Mix the style of a piece of text; on the cursor's row its own colours stay readable."""
        style = self._cursor if cursor else self.base
        parts = [self._selected] if selected else []
        if tone in self._tones:
            parts.append(self._tones[tone])
        if match:
            parts.append(self._match)
        for part in parts:
            style += part.without_color if cursor else part
        return style
