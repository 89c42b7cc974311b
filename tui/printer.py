"""The one way the command line prints: text made visible, data for machines as JSON."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from inventory.safe_text import visible


def say(text: str = "") -> None:
    """Print lines for people; whatever could act on the terminal is shown as a mark."""
    print(visible(text, keep_newlines=True))


def warn(text: str) -> None:
    """Print lines for people beside the data, on standard error."""
    print(visible(text, keep_newlines=True), file=sys.stderr)


def emit(data: Any) -> None:
    """Print data for machines: JSON, everything beyond plain ASCII escaped."""
    print(json.dumps(data, ensure_ascii=True, indent=2))


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows in columns as wide as what they hold; the last column is never padded."""
    shown = [[visible(str(cell)) for cell in row] for row in (headers, *rows)]
    widths = [max(width(row[place]) for row in shown) for place in range(len(headers))]
    for number, row in enumerate(shown):
        cells = [cell + " " * (widths[place] - width(cell)) for place, cell in enumerate(row)]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("─" * cell_width for cell_width in widths))


def width(text: str) -> int:
    """Return how many cells of a terminal `text` takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
