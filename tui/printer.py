"""The one way the command line prints: text made visible, data for machines as JSON."""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from inventory.safe_text import visible


class OutputLost(Exception):
    """What was said could not be written: the disk behind the output is full, or worse."""


def prepare() -> None:
    """Let a terminal or file that knows fewer letters get codes for the others, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """Print lines for people; whatever could act on the terminal is shown as a mark.

    This and the others that print on standard output raise OutputLost when it cannot be written.
    """
    _print(visible(text, keep_newlines=True))


def warn(text: str) -> None:
    """Print lines for people beside the data, on standard error; lost if nothing takes them."""
    if sys.stderr is None:
        return
    try:
        print(visible(text, keep_newlines=True), file=sys.stderr, flush=True)
    except OSError:
        _let_go(sys.stderr)


def emit(data: Any) -> None:
    """Print data for machines: JSON, everything beyond plain ASCII escaped."""
    _print(json.dumps(data, ensure_ascii=True, indent=2))


def finish() -> None:
    """Hand over what was printed; raises OutputLost when it cannot be written."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        _let_go(sys.stdout)
        raise OutputLost(error.strerror) from error


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows in columns as wide as what they hold; the last column is never padded."""
    shown = [[visible(str(cell)) for cell in row] for row in (headers, *rows)]
    widths = [max(width(row[place]) for row in shown) for place in range(len(headers))]
    for number, row in enumerate(shown):
        cells = [cell + " " * (widths[place] - width(cell)) for place, cell in enumerate(row)]
        _print("  ".join(cells).rstrip())
        if number == 0:
            _print("  ".join("─" * cell_width for cell_width in widths))


def width(text: str) -> int:
    """Return how many cells of a terminal `text` takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _print(text: str) -> None:
    if sys.stdout is None:
        return
    try:
        print(text)
    except OSError as error:
        _let_go(sys.stdout)
        raise OutputLost(error.strerror) from error


def _let_go(stream: TextIO) -> None:
    """Send what is left to nowhere: Python would end with a complaint of its own."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
