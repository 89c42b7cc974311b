"""Ticks, crosses and single letters: what the marks of one column mean beside each other.

A cross is a no beside a tick, and an answer nobody can tell on its own. "T" is "tidak" beside "Y"
and "true" beside "F".
"""

from collections.abc import Iterable, Mapping

Marks = Mapping[str, str]
"""The marks of a column, folded by `unmarked`, each with the word it stands for."""

_TICKS = {"✓", "✔", "√", "☑", "✅", "🗸", "/", "●", "👍"}
_CROSSES = {"✗", "✘", "❌", "×", "❎", "☒", "☐", "⬜", "👎"}
_YES, _NO = "ya", "tidak"
_LETTERS = {"y", "t", "f", "n", "s", "x", "v"}
_LONGEST = 3


def unmarked(text: str) -> str:
    """Return a text as it is looked up among marks: lower case, without variation selectors."""
    return text.replace("\ufe0f", "").strip().casefold()


def marks_in(cells: Iterable[str]) -> Marks:
    """Return what the marks of one column mean."""
    said = {unmarked(cell) for cell in set(cells) if len(cell.strip()) <= _LONGEST}
    marks = dict.fromkeys(said & _TICKS, _YES) | dict.fromkeys(said & _CROSSES, _NO)
    letters = said & _LETTERS
    if "x" in letters and (marks or letters & {"y", "v"}):
        marks["x"] = _NO
    if "v" in letters and "x" in letters:
        marks["v"] = _YES
    if {"t", "f"} <= letters:
        marks |= {"t": _YES, "f": _NO}
    elif {"y", "t"} <= letters:
        marks |= {"y": _YES, "t": _NO}
    elif {"s", "n"} <= letters:
        marks |= {"s": _YES, "n": _NO}
    return marks
