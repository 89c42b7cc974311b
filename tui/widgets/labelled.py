"""A name in front of pieces, on as many lines as they need."""

from collections.abc import Sequence
from textwrap import wrap

from inventory.safe_text import visible
from tui.text import QUIET
from tui.widgets.lines import Line, Piece, line, piece, wrapped_pieces

LABEL_CELLS = 18


def labelled(
    label: str, pieces: Sequence[Piece], width: int, gap: str = "   ", *, look: str = QUIET
) -> list[Line]:
    """Put a name before pieces; what does not fit goes on under their beginning."""
    lines = wrapped_pieces(pieces, max(1, width - LABEL_CELLS), gap)
    return [
        line(piece((label if not number else "").ljust(LABEL_CELLS), look), *one)
        for number, one in enumerate(lines)
    ]


def labelled_words(label: str, words: str, width: int, *, look: str = "") -> list[Line]:
    """Put a name before a sentence that may go on over several lines."""
    parts = wrap(visible(words), max(1, width - LABEL_CELLS)) or [""]
    return [
        line(piece((label if not number else "").ljust(LABEL_CELLS)), piece(part, look))
        for number, part in enumerate(parts)
    ]
