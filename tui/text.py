"""The only way text from data enters a widget: made visible, and never read as markup."""

from textual.content import Content

from inventory.safe_text import escaped, hides_something, visible

HIDING_MARK = "⚠"
"""Stands before a value that holds characters nobody would see."""

HEAD = "bold $primary"
STRONG = "bold"
QUIET = "dim"
GOOD, WARN, BAD = "$text-success", "$text-warning", "bold $text-error"
"""The looks of words; the words themselves say the same, colour is never the only sign."""

TONES = {"good": GOOD, "warn": WARN, "bad": BAD, "dim": QUIET, "": ""}
"""The looks by the tones that the columns of a table name."""


def T(text: str, style: str = "", *, lines: bool = False) -> Content:
    """Return `text` as inert content in `style`; `lines` keeps its line breaks."""
    return Content.styled(visible(text, keep_newlines=lines), style)


def whole_value(text: str, style: str = "") -> Content:
    """Return a value as the detail pages show it: what hides something in the form that turns back.

    A text without unseen characters stands as it is; any other one is marked and Python-escaped.
    """
    if not hides_something(text):
        return T(text, style)
    return Content.assemble(Content.styled(f"{HIDING_MARK} ", WARN), T(escaped(text), WARN))
