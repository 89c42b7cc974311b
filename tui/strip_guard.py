"""The last line before the terminal: no text of a widget reaches it as a command.

Textual lets ESC, C1 and other control characters in a text pass to the terminal. Every text from
outside is made visible where it enters a widget; should one slip by, it is disarmed here.
"""

import re
from collections.abc import Iterable

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

# C0, DEL, C1, line and paragraph separators, surrogates.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_render = Strip.render
_render_style = Strip.render_style


def install_strip_guard() -> None:
    """Have every line Textual writes pass through `disarmed()`; a second call changes nothing."""
    Strip.render = _guarded_render  # type: ignore[method-assign]
    Strip.render_style = classmethod(_guarded_render_style)  # type: ignore[assignment,method-assign]


def disarmed(text: str) -> str:
    """Return `text` without characters a terminal may obey, in as many cells as before."""
    return text if text.isprintable() else _CONTROL.sub(_stand_in, text)


def _stand_in(match: re.Match[str]) -> str:
    """A surrogate was laid out as one cell; the other characters take none."""
    return "\ufffd" if match[0] >= "\ud800" else ""


def _guarded_render_style(
    cls: type[Strip], style: Style, text: str, color_system: ColorSystem
) -> str:
    # A link is an address written into the stream as a command (OSC 8): shown as text, never sent.
    plain = style.update_link(None) if style.link else style
    return _render_style(plain, disarmed(text), color_system)


def _guarded_render(self: Strip, console: Console) -> str:
    if any(style is None and not text.isprintable() for text, style, _ in self):
        return _render(Strip(_disarmed_segments(self)), console)
    return _render(self, console)


def _disarmed_segments(strip: Iterable[Segment]) -> list[Segment]:
    return [Segment(disarmed(text), style) for text, style, _ in strip]
