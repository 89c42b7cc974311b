"""A line of counts, one of which is chosen: it says what the list below shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from tui.text import QUIET, T
from tui.widgets.flow import flowed

PLACE = "place"


@dataclass(frozen=True, slots=True)
class Counted:
    """One count: its key, its words, and the look of its words."""

    key: str
    words: str
    count: int
    look: str = ""


class CountBar(Widget):
    """Shows `counts` after each other, on as many lines as they need; a click chooses one."""

    DEFAULT_CSS = """
    CountBar { height: auto; width: 1fr; padding: 0 1; }
    """

    class Chosen(Message):
        """Another count was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, counts: Sequence[Counted], chosen: str) -> None:
        super().__init__()
        self._counts = tuple(counts)
        self._chosen = chosen

    def show(self, counts: Sequence[Counted], chosen: str) -> None:
        """Show other counts, or another one as chosen."""
        self._counts, self._chosen = tuple(counts), chosen
        self.refresh(layout=True)

    def turned(self, by: int) -> str:
        """Return the key of the next count that is not nothing."""
        keys = [one.key for one in self._counts if one.count]
        place = keys.index(self._chosen) if self._chosen in keys else -1
        return keys[(place + by) % len(keys)] if keys else self._chosen

    def on_click(self, event: events.Click) -> None:
        """Choose the count that was clicked."""
        place = event.style.meta.get(PLACE)
        if place is not None:
            self.post_message(self.Chosen(self._counts[place].key))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        pieces = [self._piece(place, one) for place, one in enumerate(self._counts)]
        return flowed(pieces, width, gap=0)

    def _piece(self, place: int, one: Counted) -> Content:
        words = f" {one.count:,} {one.words} "
        look = one.look if one.count else QUIET
        if one.key == self._chosen:
            look = f"{look} bold reverse".strip()
        return T(words, look).stylize(Style.from_meta({PLACE: place}))
