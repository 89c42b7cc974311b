"""From raw rows to a table: where the header stands, what its columns are called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from inventory.importing.header_rows import (
    NO_SPANS,
    Header,
    header_of,
    without_trailing_blanks,
)
from inventory.importing.limits import Limits
from inventory.importing.merged_cells import Span
from inventory.importing.notes import Notes
from inventory.importing.refusal import FileRefused, too_large
from inventory.importing.rows import RawRow
from inventory.language import _

LOOK_AHEAD = 10
Below = Callable[[Header, Iterator[RawRow]], tuple[list[str], Iterator[RawRow]]]


@dataclass(slots=True)
class Source:
    """What a reader found: rows with their numbers, blank ones left out, header not yet known.

    `ragged_matters` is true where a short row is a sign of damage (delimited text), false where
    the format leaves blank cells out. `header_first` is true where the first row is the header
    for certain. `spans` are the cells merged across columns. `below` is what the format does with
    the rows once their header is known: it returns the names of the columns and the rows.
    """

    format: str
    detail: str
    rows: Iterator[RawRow]
    notes: Notes = field(default_factory=Notes)
    ragged_matters: bool = False
    header_first: bool = False
    spans: Mapping[int, list[Span]] = field(default_factory=lambda: NO_SPANS)
    below: Below | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are kept: their places in the raw rows, and their names."""

    places: tuple[int, ...]
    names: tuple[str, ...]


def tabulate(source: Source, limits: Limits, emit: Callable[[RawRow], None]) -> Columns:
    """Pass every row below the header to `emit`, without trailing blanks; return the columns.

    Raises FileRefused where nothing is found or a limit is passed.
    """
    rows: Iterator[RawRow] = filter(_holds_something, source.rows)
    first = list(islice(rows, LOOK_AHEAD))
    if not first:
        raise FileRefused(
            _("This file holds no rows."), _("Check that it is the right file, and try again.")
        )
    header = header_of(first[:1] if source.header_first else first, source.spans)
    if header.above:
        source.notes.add(
            _("Lines above the header were not read as rows: {where}."),
            _("rows {first} to {last}").format(first=first[0][0], last=first[header.above - 1][0]),
        )
    names, rows = header.names, chain(first[header.above + len(header.lines) :], rows)
    if source.below is not None:
        names, rows = source.below(header, rows)
    body = _Body(source, limits, header.number, names)
    for row in rows:
        emit(body.checked(row))
    return body.columns()


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


def _untaken(name: str, taken: set[str]) -> str:
    candidate, count = name, 1
    while candidate.casefold() in taken:
        count += 1
        candidate = f"{name} ({count})"
    return candidate
