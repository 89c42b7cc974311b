"""Sheets of many rows: openpyxl describes the sheet, the rows pass through as joined XML.

openpyxl makes an object of every cell and needs twelve times as long as the compression of the
file. So it writes everything around the rows, and the rows are texts joined here, a few hundred
at a time. That leans on how openpyxl 3.1 writes a sheet; beside any other version the rows
become ordinary cells and only the time is lost.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from exports.cells import Link, Place, Value, attach, clean, fill, must_quote, plain, put, safe_link
from exports.styles import Style, height_for, wraps

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_LINKS = 65_530  # a sheet of Excel holds no more
LAST_ROW = 1_048_576
_ROWS_AT_ONCE = 256
_REMEMBERED = 4_096  # texts of a column that come again and again: platforms, organisations, rules
_DAY_ZERO = date(1899, 12, 30)


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


_waiting: "WeakKeyDictionary[Worksheet, RowStream]" = WeakKeyDictionary()


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
    if sheet in _waiting:
        raise ValueError(f"the sheet {sheet.title!r} has its rows already")
    top = header_row or (sheet.max_row + 1 if sheet._cells else 1)
    for number, column in enumerate(columns, 1):
        put(sheet, top, number, column.header, column.header_style)
        sheet.column_dimensions[_letter(number)].width = column.width
    sheet.row_dimensions[top].height = height_for((spec.header, spec.width) for spec in columns)
    sheet.freeze_panes = f"{_letter(freeze_columns + 1)}{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    _waiting[sheet] = RowStream(columns, iter(rows), top + 1, filtered, then)
    return top + 1


def take_stream(sheet: "Worksheet") -> RowStream | None:
    """Return the rows waiting for `sheet`, which then waits no more."""
    return _waiting.pop(sheet, None)


def finish(sheet: "Worksheet", stream: RowStream, streamed: Streamed) -> None:
    """Do what had to wait until the last row was known."""
    if stream.filtered:
        last = max(streamed.last_row, stream.first_row - 1)
        corner = f"{_letter(len(stream.columns))}{last}"
        sheet.auto_filter.ref = f"A{stream.first_row - 1}:{corner}"
    if stream.then is not None:
        stream.then(streamed)


def append_cells(sheet: "Worksheet", stream: RowStream) -> None:
    """Give `sheet` the rows as openpyxl's own cells: slower, and the same workbook."""
    wrapped = _wrapped(stream.columns)
    links = Links(sheet)
    number = stream.first_row - 1
    for number, row in enumerate(stream.rows, stream.first_row):
        _check_row(number, row, stream.columns)
        for place, (spec, item) in enumerate(zip(stream.columns, row, strict=True), 1):
            entry = item if isinstance(item, Entry) else Entry(item)
            cell = put(sheet, number, place, entry.value, entry.style or spec.style)
            if entry.link is not None and links.admit(entry.link):
                attach(cell, entry.link)
        sheet.row_dimensions[number].height = _height(row, wrapped)
    finish(sheet, stream, Streamed(stream.first_row, number, links.left_out))


class Links:
    """The links of one sheet, counted against what Excel can hold, as the XML that names them."""

    def __init__(self, sheet: "Worksheet") -> None:
        self._room = MOST_LINKS - sum(
            1 for cell in sheet._cells.values() if cell.hyperlink is not None
        )
        self._targets: dict[str, str] = {}
        self._places: list[str] = []
        self.left_out = 0

    def admit(self, link: Link) -> bool:
        """Say whether one more link may stand, and count it."""
        if isinstance(link, str) and safe_link(link) is None:
            return False
        if self._room <= 0:
            self.left_out += 1
            return False
        self._room -= 1
        return True

    def add(self, cell: str, link: Link) -> None:
        """Note a link from `cell`, unless it is unsafe or one too many."""
        if not self.admit(link):
            return
        if isinstance(link, Place):
            self._places.append(f'<hyperlink ref="{cell}" location="{_quoted(link.location)}"/>')
            return
        target = safe_link(link) or ""
        name = self._targets.setdefault(target, f"link{len(self._targets) + 1}")
        self._places.append(f'<hyperlink ref="{cell}" r:id="{name}"/>')

    def places(self) -> str:
        """Return the sheet's `<hyperlink>` elements."""
        return "".join(self._places)

    def relationships(self, kind: str) -> str:
        """Return the `<Relationship>` elements the places name."""
        return "".join(
            f'<Relationship Id="{name}" Type="{kind}" Target="{_quoted(target)}"'
            ' TargetMode="External"/>'
            for target, name in self._targets.items()
        )


class RowWriter:
    """Turns the rows of one sheet into XML, column by column."""

    def __init__(self, sheet: "Worksheet", stream: RowStream) -> None:
        self._stream = stream
        self._links = Links(sheet)
        self._columns = [
            _Column(sheet, number, spec) for number, spec in enumerate(stream.columns, 1)
        ]
        self._wrapped = _wrapped(stream.columns)
        self._last = stream.first_row - 1

    @property
    def links(self) -> Links:
        """The links met so far."""
        return self._links

    @property
    def streamed(self) -> Streamed:
        """What has been written so far."""
        return Streamed(self._stream.first_row, self._last, self._links.left_out)

    def chunks(self) -> Iterator[bytes]:
        """Yield the XML of all rows, a few hundred rows at a time."""
        parts: list[str] = []
        for number, row in enumerate(self._stream.rows, self._stream.first_row):
            _check_row(number, row, self._stream.columns)
            parts.append(self._row(number, row))
            self._last = number
            if len(parts) == _ROWS_AT_ONCE:
                yield "".join(parts).encode()
                parts.clear()
        yield "".join(parts).encode()

    def _row(self, number: int, row: Sequence[Item]) -> str:
        name = str(number)
        height = _height(row, self._wrapped)
        parts = [f'<row r="{name}" ht="{height:g}" customHeight="1">']
        for column, item in zip(self._columns, row, strict=True):
            if isinstance(item, Entry):
                parts.append(self._entry(column, name, item))
            else:
                parts.append(column.start + name + column.rest(item))
        parts.append("</row>")
        return "".join(parts)

    def _entry(self, column: "_Column", name: str, entry: Entry) -> str:
        if entry.link is not None:
            self._links.add(f"{column.letter}{name}", entry.link)
        return column.start + name + column.in_style(entry.style).rest(entry.value)


class _Column:
    """One column in one style: how each value is written after the cell's address."""

    def __init__(self, sheet: "Worksheet", number: int, spec: ColumnSpec) -> None:
        self.letter = _letter(number)
        self.start = f'<c r="{self.letter}'
        self._sheet = sheet
        self._number = number
        self._spec = spec
        self._others: dict[Style, _Column] = {}
        self._remembered: dict[str, str] = {}
        self._text = self._opening("a")
        self._quoted = self._opening("=")
        self._dated = self._opening(date(2000, 1, 1))
        self._numbered = self._opening(1)
        self._blank = self._opening(None) + "/>"

    def in_style(self, style: Style | None) -> "_Column":
        """Return this column as it writes a cell of another style."""
        if style is None or style is self._spec.style:
            return self
        if style not in self._others:
            spec = ColumnSpec(self._spec.header, self._spec.width, style)
            self._others[style] = _Column(self._sheet, self._number, spec)
        return self._others[style]

    def rest(self, value: Value) -> str:
        """Return the cell's XML after its address."""
        if isinstance(value, str):
            return self._remembered.get(value) or self._new_text(value)
        if value is None:
            return self._blank
        exact = plain(value)
        if isinstance(exact, str):
            return self._text_of(exact)
        if isinstance(exact, date):
            return f"{self._dated}><v>{(exact - _DAY_ZERO).days}</v></c>"
        return f"{self._numbered}><v>{exact!r}</v></c>"

    def _new_text(self, text: str) -> str:
        rest = self._text_of(clean(text)) if text else self._blank
        if len(self._remembered) < _REMEMBERED:
            self._remembered[text] = rest
        return rest

    def _text_of(self, exact: str) -> str:
        opening = self._quoted if must_quote(exact) else self._text
        space = ' xml:space="preserve"' if exact != exact.strip() else ""
        return f'{opening} t="inlineStr"><is><t{space}>{_escaped(exact)}</t></is></c>'

    def _opening(self, example: Value) -> str:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet)
        fill(cell, example, self._spec.style)
        return f'" s="{cell.style_id}"'


def _check_row(number: int, row: Sequence[Item], columns: Sequence[ColumnSpec]) -> None:
    if number > LAST_ROW:
        raise ValueError(f"a sheet holds {LAST_ROW} rows and no more")
    if len(row) != len(columns):
        raise ValueError(f"row {number} has {len(row)} values for {len(columns)} columns")


def _wrapped(columns: Sequence[ColumnSpec]) -> list[tuple[int, float]]:
    return [(place, spec.width) for place, spec in enumerate(columns) if wraps(spec.style)]


def _height(row: Sequence[Item], wrapped: Sequence[tuple[int, float]]) -> float:
    texts = []
    for place, width in wrapped:
        item = row[place]
        value = item.value if isinstance(item, Entry) else item
        if isinstance(value, str):
            texts.append((value, width))
    return height_for(texts)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
