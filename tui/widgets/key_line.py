"""The line at the bottom: what can be done here, each with its key; made from the registry."""

from collections.abc import Callable, Sequence

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from tui.actions import Action
from tui.keys import key_name
from tui.text import HEAD, QUIET, T

ALWAYS = ("help", "quit")
"""Actions that keep their place however narrow the screen is."""


ASK = "ask"
"""Under this name a piece of a line carries the action that a click on it asks for."""


class Asking(Widget):
    """A line whose pieces can be clicked."""

    async def on_click(self, event: events.Click) -> None:
        """Ask for the action of the piece that was clicked."""
        name = event.style.meta.get(ASK)
        if name is not None:
            await self.run_action(f"app.ask('{name}')")


class KeyLine(Asking):
    """Keys and what they do, as many as fit; a click does what the key does.

    `actions` gives those of this screen in the order of importance, `key_of` the key that works
    where the focus is, `why_not` says why one cannot be asked for now: it is dim then.
    """

    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        width: 1fr;
        background: $panel;
        color: $foreground;
    }
    """

    def __init__(
        self,
        actions: Callable[[], Sequence[Action]],
        key_of: Callable[[Action], str | None],
        why_not: Callable[[str], str | None],
    ) -> None:
        super().__init__()
        self._key_of = key_of
        self._actions = actions
        self._why_not = why_not

    def render(self) -> Content:
        actions = [(one, key) for one in self._actions() if (key := self._key_of(one))]
        last = [self._entry(one, key) for one, key in actions if one.name in ALWAYS]
        room = self.size.width - sum(entry.cell_length for entry in last)
        first: list[Content] = []
        for action, key in actions:
            if action.name in ALWAYS:
                continue
            entry = self._entry(action, key)
            if entry.cell_length > room:
                break
            first.append(entry)
            room -= entry.cell_length
        return Content.assemble(*first, *last)

    def _entry(self, action: Action, key: str) -> Content:
        off = self._why_not(action.name) is not None
        click = Style.from_meta({ASK: action.name})
        return Content.assemble(
            " ",
            T(key_name(key), QUIET if off else HEAD),
            " ",
            T(action.title, QUIET if off else ""),
            " ",
        ).stylize(click)
