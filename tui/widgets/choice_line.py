"""A field that is chosen, not typed: one line, arrows go through it, Enter lists everything."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.text import QUIET, T
from tui.widgets.chooser import Chooser, Entry, matches


class ChoiceLine(Widget, can_focus=True):
    """Shows the option chosen; `options` are pairs of the words and the value.

    Left and right go through the options, a letter goes to the next that begins with it, Enter or a
    click lists them all. Tells of a new choice with `Changed`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "turn(-1)", show=False),
        Binding("right,l,space", "turn(1)", show=False),
        Binding("enter", "list_all", show=False),
    ]
    DEFAULT_CSS = """
    ChoiceLine {
        height: 1;
        width: 1fr;
        padding: 0 1;
        background: $panel;
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """

    class Changed(Message):
        """Another option was chosen."""

        def __init__(self, line: "ChoiceLine", value: object) -> None:
            super().__init__()
            self.line = line
            self.value = value

        @property
        def control(self) -> "ChoiceLine":
            return self.line

    def __init__(
        self,
        title: str,
        options: Sequence[tuple[str, object]],
        value: object,
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self._title = title
        self._options = tuple(options)
        self._place = self._place_of(value)

    @property
    def value(self) -> object:
        """The value chosen."""
        return self._options[self._place][1]

    def render(self) -> Content:
        words = self._options[self._place][0]
        arrows = ("‹ ", " ›") if self.has_focus else ("", "")
        return Content.assemble(T(arrows[0], QUIET), T(words), T(arrows[1], QUIET))

    def action_turn(self, by: int) -> None:
        self._choose((self._place + by) % len(self._options))

    def action_list_all(self) -> None:
        words = {str(number): words for number, (words, _value) in enumerate(self._options)}

        def entries(text: str) -> list[Entry]:
            return [Entry(key, T(shown)) for key, shown in words.items() if matches(text, shown)]

        chooser = Chooser(T(self._title), entries, hint="", highlight=str(self._place))
        self.app.push_screen(chooser, self._listed)

    def on_click(self) -> None:
        self.action_list_all()

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isalpha() and event.key not in ("h", "l"):
            event.stop()
            event.prevent_default()
            self._jump(event.character.casefold())

    def _jump(self, letter: str) -> None:
        count = len(self._options)
        for step in range(1, count + 1):
            place = (self._place + step) % count
            if self._options[place][0].casefold().startswith(letter):
                self._choose(place)
                return

    def _listed(self, answer: str | None) -> None:
        if answer is not None:
            self._choose(int(answer))

    def _choose(self, place: int) -> None:
        if place != self._place:
            self._place = place
            self.refresh()
            self.post_message(self.Changed(self, self.value))

    def _place_of(self, value: object) -> int:
        values = [known for _words, known in self._options]
        return values.index(value) if value in values else 0
