"""Lines put together from pieces; a piece that opens something is a cell to go to."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from textual.content import Content

from tui.text import T


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; with `opens` it can be gone to, and says what it opens."""

    content: Content
    opens: Hashable = None

    @property
    def width(self) -> int:
        """Its cells on the screen."""
        return self.content.cell_length


Line = tuple[Piece, ...]


def piece(text: str, look: str = "", opens: Hashable = None) -> Piece:
    """Return a text as a piece; it may come from data."""
    return Piece(T(text, look), opens)


def fitted(
    one: Piece, width: int, align: Literal["left", "right"] = "left", *, whole: bool = False
) -> Piece:
    """Return a piece cut or filled to `width` cells; `whole` makes the filling part of the cell."""
    content = one.content
    if content.cell_length > width:
        content = content.truncate(max(0, width), ellipsis=True)
    gap = T(" " * max(0, width - content.cell_length))
    parts = (gap, content) if align == "right" else (content, gap)
    return Piece(Content.assemble(*parts), one.opens)


def line(*pieces: Piece) -> Line:
    """Return pieces as a line."""
    return pieces


def width_of(of: Line) -> int:
    """Return the cells a line takes."""
    return sum(one.width for one in of)


def padded(of: Line, width: int) -> Line:
    """Return a line of exactly `width` cells; what is beyond is cut off."""
    kept: list[Piece] = []
    room = width
    for one in of:
        if one.width > room:
            if room > 0:
                kept.append(fitted(one, room))
            room = 0
            break
        kept.append(one)
        room -= one.width
    if room:
        kept.append(piece(" " * room))
    return tuple(kept)


def spread(pieces: Sequence[Piece], widths: Sequence[int], gap: int = 1) -> Line:
    """Return pieces in columns: the first to the left, the numbers after it to the right."""
    parts: list[Piece] = []
    for place, (one, width) in enumerate(zip(pieces, widths, strict=True)):
        if place:
            parts.append(piece(" " * gap))
        parts.append(fitted(one, width, "right" if place else "left"))
    return tuple(parts)


def wrapped_pieces(pieces: Iterable[Piece], width: int, gap: str = "   ") -> list[Line]:
    """Return pieces one after another, on as many lines as they take."""
    lines: list[list[Piece]] = [[]]
    room = width
    for one in pieces:
        needed = one.width + (len(gap) if lines[-1] else 0)
        if lines[-1] and needed > room:
            lines.append([])
            room, needed = width, one.width
        if lines[-1]:
            lines[-1].append(piece(gap))
        lines[-1].append(one)
        room -= needed
    return [tuple(parts) for parts in lines]
