"""Sheets of many rows: what a sheet module says of its columns, and rows that wait to be saved.

openpyxl makes an object of every cell and needs twelve times as long as the compression of the
file. So it describes the sheet and the rows pass through as text when the workbook is saved.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from exports.cells import Link, Value, put
from exports.styles import ROW_HEIGHT, Style, height_for, wraps

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 1_048_576
_ATTRIBUTE = "_rasmi_rows"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of a streamed sheet; `width` counts digits, as Excel does."""

    header: str
    width: float
    style: Style = Style.TEXT
    header_style: Style = Style.HEADER


class Entry(NamedTuple):
    """A cell that differs from its column: a style of its own, a link, or both."""

    value: Value
    style: Style | None = None
    link: Link | None = None


Item = Value | Entry


@dataclass(frozen=True, slots=True)
class Streamed:
    """What became of the rows: where they stand, and how many links Excel had no room for."""

    first_row: int
    last_row: int
    links_left_out: int


@dataclass(slots=True)
class RowStream:
    """The rows a sheet still has to be given when it is saved."""

    columns: Sequence[ColumnSpec]
    rows: Iterator[Sequence[Item]]
    first_row: int
    filtered: bool
    then: Callable[[Streamed], object] | None
    taken: bool = False

    @property
    def wrapped(self) -> list[tuple[int, float]]:
        """The place and width of each column whose texts may make a row taller."""
        return [(n, spec.width) for n, spec in enumerate(self.columns) if wraps(spec.style)]


def stream_rows(
    sheet: "Worksheet",
    columns: Sequence[ColumnSpec],
    rows: Iterable[Sequence[Item]],
    *,
    header_row: int | None = None,
    freeze_columns: int = 0,
    filtered: bool = True,
    then: Callable[[Streamed], object] | None = None,
) -> int:
    """Let `rows` follow under a header in `sheet` when the workbook is saved; return the first.

    Headers go below what the sheet holds already, or into `header_row`; they are frozen, repeated
    on every printed page and, if `filtered`, given their filter. Each row has one value or `Entry`
    a column. `then` is called when the last row is known and may add conditional formats,
    validations and print areas, but no cells. The rows are read once: a workbook is saved once.
    """
    if hasattr(sheet, _ATTRIBUTE):
        raise ValueError(f"the sheet {sheet.title!r} has its rows already")
    if not columns:
        raise ValueError("a sheet of rows needs columns")
    top = header_row or (sheet.max_row + 1 if sheet._cells else 1)
    for number, column in enumerate(columns, 1):
        put(sheet, top, number, column.header, column.header_style)
        sheet.column_dimensions[letter(number)].width = column.width
    sheet.row_dimensions[top].height = height_for((spec.header, spec.width) for spec in columns)
    sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
    sheet.sheet_format.customHeight = True
    sheet.freeze_panes = f"{letter(freeze_columns + 1)}{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    setattr(sheet, _ATTRIBUTE, RowStream(columns, iter(rows), top + 1, filtered, then))
    return top + 1


def take_stream(sheet: "Worksheet") -> RowStream | None:
    """Return the rows that wait for `sheet`, once; None if it has none of its own.

    Raises ValueError the second time: they are gone, and half a sheet would look like a whole one.
    """
    stream: RowStream | None = getattr(sheet, _ATTRIBUTE, None)
    if stream is not None:
        if stream.taken:
            raise ValueError(f"the rows of {sheet.title!r} were read already; build it anew")
        stream.taken = True
    return stream


def finish(sheet: "Worksheet", stream: RowStream, streamed: Streamed) -> None:
    """Do what had to wait until the last row was known."""
    if stream.filtered:
        last = max(streamed.last_row, stream.first_row - 1)
        corner = f"{letter(len(stream.columns))}{last}"
        sheet.auto_filter.ref = f"A{stream.first_row - 1}:{corner}"
    if stream.then is not None:
        stream.then(streamed)


def row_height(row: Sequence[Item], wrapped: Sequence[tuple[int, float]]) -> float:
    """Return the height in points that the texts of `row` need in the `wrapped` columns."""
    texts = []
    for place, width in wrapped:
        item = row[place]
        value = item.value if isinstance(item, Entry) else item
        if isinstance(value, str):
            texts.append((value, width))
    return height_for(texts)


def check_rows(first: int, rows: Sequence[Sequence[Item]], columns: Sequence[ColumnSpec]) -> None:
    """Raise ValueError for a row too many, or one that does not fit the columns."""
    if first + len(rows) - 1 > LAST_ROW:
        raise ValueError(f"a sheet holds {LAST_ROW} rows and no more")
    for number, row in enumerate(rows, first):
        if len(row) != len(columns):
            raise ValueError(f"row {number} has {len(row)} values for {len(columns)} columns")


def letter(number: int) -> str:
    """Return the column's letters: `A` for 1."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)
