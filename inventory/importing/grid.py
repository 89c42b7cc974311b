"""From raw rows to a table: where the header stands, what its columns are called."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from inventory.importing.limits import Limits
from inventory.importing.notes import Notes
from inventory.importing.refusal import FileRefused, too_large
from inventory.language import _

RawRow = tuple[int, list[str]]
LOOK_AHEAD = 10
_VALUE = re.compile(r"://|:\s*$|^\s*[0-9][0-9 ./:-]*$")


@dataclass(slots=True)
class Source:
    """What a reader found: rows with their numbers, blank ones left out, header not yet known.

    `ragged_matters` is true where a short row is a sign of damage (delimited text), false where
    the format leaves blank cells out. `header_first` is true where the first row is the header
    for certain.
    """

    format: str
    detail: str
    rows: Iterator[RawRow]
    notes: Notes = field(default_factory=Notes)
    ragged_matters: bool = False
    header_first: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are kept: their places in the raw rows, and their names."""

    places: tuple[int, ...]
    names: tuple[str, ...]


def tabulate(source: Source, limits: Limits, emit: Callable[[RawRow], None]) -> Columns:
    """Pass every row below the header to `emit`, without trailing blanks; return the columns.

    Raises FileRefused where nothing is found or a limit is passed.
    """
    rows = filter(_holds_something, source.rows)
    first = list(islice(rows, LOOK_AHEAD))
    if not first:
        raise FileRefused(
            _("This file holds no rows."), _("Check that it is the right file, and try again.")
        )
    at = 0 if source.header_first else find_header([cells for _number, cells in first])
    if at:
        source.notes.add(
            _("Lines above the header were not read as rows: {where}."),
            _("rows {first} to {last}").format(first=first[0][0], last=first[at - 1][0]),
        )
    header = [" ".join(cell.split()) for cell in without_trailing_blanks(first[at][1])]
    body = _Body(source, limits, first[at][0], header)
    for row in chain(first[at + 1 :], rows):
        emit(body.checked(row))
    return body.columns()


def find_header(rows: Sequence[list[str]]) -> int:
    """Return which of the first rows is the header: the first about as full as the fullest.

    Titles, dates and merged group names above a header fill one or two of its columns; where they
    fill most of a narrow table, a fuller row of mere names below them is the header.
    """
    filled = [sum(1 for cell in cells if cell.strip()) for cells in rows]
    enough = max(filled) * 2 / 3
    at = next(index for index, count in enumerate(filled) if count >= enough)
    if any(map(_is_value, rows[at])):
        for later in range(at + 1, len(rows)):
            if filled[later] > filled[at] and not any(map(_is_value, rows[later])):
                return later
    return at


def name_columns(header: Sequence[str], used: Sequence[bool]) -> Columns:
    """Name each column that has a header or content; repeated and missing names are made up."""
    places, names, taken = [], [], set[str]()
    for place in range(max(len(header), len(used))):
        name = header[place] if place < len(header) else ""
        if not name and not (place < len(used) and used[place]):
            continue
        name = _untaken(name or _("Column {number}").format(number=place + 1), taken)
        taken.add(name.casefold())
        places.append(place)
        names.append(name)
    return Columns(tuple(places), tuple(names))


def without_trailing_blanks(cells: list[str]) -> list[str]:
    """Return `cells` up to the last one that holds something visible or not, but not spaces."""
    last = len(cells)
    while last and (not cells[last - 1] or cells[last - 1].isspace()):
        last -= 1
    return cells if last == len(cells) else cells[:last]


class _Body:
    """The rows below a header, held to the limits and compared with its width as they pass."""

    def __init__(self, source: Source, limits: Limits, number: int, header: list[str]) -> None:
        self._source, self._limits, self._header = source, limits, header
        self._nameless = [place for place, name in enumerate(header) if not name]
        self._used = [False] * len(header)
        self._rows = self._characters = 0
        self._check_width(len(header), number)

    def checked(self, row: RawRow) -> RawRow:
        """Return `row` without trailing blanks; raises FileRefused where a limit is passed."""
        number, raw = row
        cells = without_trailing_blanks(raw)
        width = len(self._header)
        if len(cells) > width:
            self._note_wide(number, cells)
        elif len(raw) < width and self._source.ragged_matters:
            self._source.notes.add(
                _("Rows with fewer cells than the header, the rest read as empty: {where}."),
                _("row {number}").format(number=number),
            )
        for place in self._nameless:
            if place < len(cells) and cells[place]:
                self._used[place] = True
        self._count(number, cells)
        return number, cells

    def columns(self) -> Columns:
        """Return the columns, once every row has passed."""
        if not self._rows:
            self._source.notes.add(_("There are no rows below the header."))
        return name_columns(self._header, self._used)

    def _note_wide(self, number: int, cells: list[str]) -> None:
        self._check_width(len(cells), number)
        self._source.notes.add(
            _("Rows with more cells than the header, kept in numbered columns: {where}."),
            _("row {number}").format(number=number),
        )
        self._used += [False] * (len(cells) - len(self._used))
        for place in range(len(self._header), len(cells)):
            self._used[place] = self._used[place] or bool(cells[place])

    def _count(self, number: int, cells: list[str]) -> None:
        limits = self._limits
        self._rows += 1
        self._characters += sum(map(len, cells))
        if self._rows > limits.rows:
            raise too_large(
                _("This file holds more than {limit} rows.").format(limit=f"{limits.rows:,}")
            )
        if self._rows * max(len(self._used), len(self._header)) > limits.cells:
            raise too_large(
                _("This file holds more than {limit} cells.").format(limit=f"{limits.cells:,}")
            )
        if self._characters > limits.characters:
            raise too_large(
                _("The cells up to row {number} hold more than {limit} characters.").format(
                    number=number, limit=f"{limits.characters:,}"
                )
            )
        if cells and len(max(cells, key=len)) > limits.cell_characters:
            raise too_large(
                _("A cell of row {number} holds more than {limit} characters.").format(
                    number=number, limit=f"{limits.cell_characters:,}"
                )
            )

    def _check_width(self, width: int, where: int) -> None:
        if width > self._limits.columns:
            raise too_large(
                _("Row {number} reaches column {width}; up to {limit} columns are read.").format(
                    number=where, width=width, limit=self._limits.columns
                )
            )


def _holds_something(row: RawRow) -> bool:
    return any(cell and not cell.isspace() for cell in row[1])


def _is_value(cell: str) -> bool:
    """Say whether `cell` is a value rather than the name of a column."""
    return _VALUE.search(cell) is not None


def _untaken(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate.casefold() in taken:
        count += 1
        candidate = f"{name} ({count})"
    return candidate
