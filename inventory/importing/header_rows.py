"""Where the header of a table stands, and what its columns are called."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from inventory.importing.merged_cells import Span
from inventory.importing.rows import RawRow

_VALUE = re.compile(r"://|:\s*$|^\s*[0-9][0-9 ./:-]*$")
NO_SPANS: Final[Mapping[int, list[Span]]] = {}


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its row, the names of its columns, how many lines stand above it.

    `lines` are its rows as they were written: one, or two where titles of groups stand above.
    `above_it` is the line that stands directly above them.
    """

    number: int
    names: list[str]
    above: int
    lines: tuple[list[str], ...]
    above_it: RawRow | None = None


def header_of(rows: Sequence[RawRow], spans: Mapping[int, list[Span]] = NO_SPANS) -> Header:
    """Return the header among the first rows of a sheet; `spans` are its cells merged across."""
    at = find_header([cells for _number, cells in rows])
    while _has_names_below(rows, at, spans):
        at += 1
    number, cells = rows[at]
    names = [" ".join(cell.split()) for cell in without_trailing_blanks(cells)]
    if not _is_upper_line(rows, at, spans):
        return Header(number, names, at, (cells,), _directly_above(rows, at))
    upper_number, upper = rows[at - 1]
    named = _with_titles(names, upper, spans.get(upper_number, ()))
    return Header(number, named, at - 1, (upper, cells), _directly_above(rows, at - 1))


def find_header(rows: Sequence[list[str]]) -> int:
    """Return which of the first rows is the header: the first about as full as the fullest.

    Titles, dates and merged group names above a header fill one or two of its columns; where they
    fill most of a narrow table, a fuller row of mere names below them is the header, and so is
    one of names that columns usually have.
    """
    filled = [sum(1 for cell in cells if cell.strip()) for cells in rows]
    enough = max(filled) * 2 / 3
    at = next(index for index, count in enumerate(filled) if count >= enough)
    if any(map(is_value, rows[at])):
        for later in range(at + 1, len(rows)):
            if filled[later] > filled[at] and not any(map(is_value, rows[later])):
                return later
    fuller = [later for later in range(at + 1, len(rows)) if filled[later] > filled[at]]
    if fuller and not _understood(rows[at]):
        return next((later for later in fuller if _understood(rows[later]) > 1), at)
    return at


def is_value(cell: str) -> bool:
    """Say whether `cell` is a value rather than the name of a column."""
    return _VALUE.search(cell) is not None


def without_trailing_blanks(cells: list[str]) -> list[str]:
    """Return `cells` up to the last one that holds something visible or not, but not spaces."""
    last = len(cells)
    while last and (not cells[last - 1] or cells[last - 1].isspace()):
        last -= 1
    return cells if last == len(cells) else cells[:last]


def _has_names_below(rows: Sequence[RawRow], at: int, spans: Mapping[int, list[Span]]) -> bool:
    """Say whether the next row divides the merged titles of this one, and holds nothing else."""
    number, upper = rows[at]
    below = spans.get(number, ())
    if not below or at + 1 == len(rows) or rows[at + 1][0] != number + 1:
        return False
    lower = rows[at + 1][1]
    divided = False
    for column, name in enumerate(lower):
        if not name.strip():
            continue
        if any(first <= column <= last for first, last in below):
            divided = True
        elif name != _cell(upper, column):  # a name merged downwards stands in both rows
            return False
        if is_value(name) or "@" in name:
            return False
    return divided


def _is_upper_line(rows: Sequence[RawRow], at: int, spans: Mapping[int, list[Span]]) -> bool:
    """Say whether the row above the header belongs to it: it names several columns or groups."""
    if not at or rows[at - 1][0] != rows[at][0] - 1:
        return False
    number, upper = rows[at - 1]
    if any(map(is_value, upper)):
        return False
    lower = rows[at][1]
    filled = [column for column, name in enumerate(upper) if name.strip()]
    beside = [column for column in filled if _cell(lower, column) in ("", upper[column])]
    titles = [first for first, last in spans.get(number, ()) if last - first + 1 < len(lower)]
    return len(filled) >= 2 and bool(beside or titles)


def _with_titles(names: list[str], upper: list[str], spans: Sequence[Span]) -> list[str]:
    """Return `names` with those of the row above where they are blank, or say too little.

    A name that stands in the row twice, or under the name of a platform, takes the title of its
    group before it: "Pautan" under "Facebook" and again under "X" is "X Pautan" there.
    """
    upper = [" ".join(cell.split()) for cell in upper]
    width = max(len(names), len(without_trailing_blanks(upper)))
    names = names + [""] * (width - len(names))
    titles = dict.fromkeys(range(width), "")
    for first, last in spans:
        for column in range(first, min(last + 1, width)):
            titles[column] = _cell(upper, first)
    named = []
    for column, name in enumerate(names):
        title = titles[column]
        if not name:
            name = _cell(upper, column)
        elif title and title != name and (names.count(name) > 1 or _is_platform(title)):
            name = f"{title} {name}"
        named.append(name)
    return named


def _directly_above(rows: Sequence[RawRow], at: int) -> RawRow | None:
    return rows[at - 1] if at and rows[at - 1][0] == rows[at][0] - 1 else None


def _understood(cells: Sequence[str]) -> int:
    """Return how many of the cells are names that columns have; values are not looked at."""
    from inventory.importing.headers import said_by

    if any(map(is_value, cells)):
        return 0
    return sum(1 for cell in cells if cell.strip() and said_by(cell) is not None)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _is_platform(title: str) -> bool:
    from inventory.platforms import platform_named

    return platform_named(title) is not None
