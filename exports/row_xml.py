"""The rows of a sheet as the XML Excel reads, joined as text a few hundred rows at a time.

What a cell says follows `exports/cells.py`; which style it has, openpyxl decides once a column.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any

from exports.cells import EXACT_BELOW, Link, Place, Value, fill, must_quote, plain, safe_link
from exports.row_stream import (
    ColumnSpec,
    Entry,
    Item,
    RowStream,
    Streamed,
    check_rows,
    letter,
    row_height,
)
from exports.styles import ROW_HEIGHT, Style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_LINKS = 65_530  # a sheet of Excel holds no more
_ROWS_AT_ONCE = 256
_REMEMBERED = 512  # texts of a column that come again and again: platforms, organisations, rules
_DAY_ZERO = date(1899, 12, 30)
_INLINE = ' t="inlineStr"><is><t>'
_TEXT_END = "</t></is></c>"
_NUMBER_END = "</v></c>"
# Lines that need no mark, no escape, no quote and no cutting: most of what a column says.
_ORDINARY = re.compile(r"(?:[A-Za-z][ -%'-;=?-~]{0,1000}+(?<! )\n)*+")


class Links:
    """The links of one sheet, counted against what Excel can hold, as the XML that names them."""

    def __init__(self, sheet: "Worksheet") -> None:
        self._room = MOST_LINKS - sum(
            1 for cell in sheet._cells.values() if cell.hyperlink is not None
        )
        self._targets: dict[str, str] = {}
        self._places: list[str] = []
        self.left_out = 0

    def admit(self, link: Link) -> str | None:
        """Count one more link and return where it leads; None if unsafe, or one too many."""
        target = link.location if isinstance(link, Place) else safe_link(link)
        if target is None:
            return None
        if self._room <= 0:
            self.left_out += 1
            return None
        self._room -= 1
        return target

    def add(self, cell: str, link: Link) -> None:
        """Note a link from `cell`, unless it is unsafe or one too many."""
        target = self.admit(link)
        if target is None:
            return
        if isinstance(link, Place):
            self._places.append(f'<hyperlink ref="{cell}" location="{_quoted(target)}"/>')
            return
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
    """Turns the rows of one sheet into XML: a few hundred rows at a time, column by column."""

    def __init__(self, sheet: "Worksheet", stream: RowStream) -> None:
        self.links = Links(sheet)
        self._stream = stream
        self._columns = [
            _Column(sheet, number, spec, self.links)
            for number, spec in enumerate(stream.columns, 1)
        ]
        self._wrapped = stream.wrapped
        self._last = stream.first_row - 1

    @property
    def streamed(self) -> Streamed:
        """What has been written so far."""
        return Streamed(self._stream.first_row, self._last, self.links.left_out)

    def chunks(self) -> Iterator[bytes]:
        """Yield the XML of all rows."""
        while rows := list(islice(self._stream.rows, _ROWS_AT_ONCE)):
            first, self._last = self._last + 1, self._last + len(rows)
            check_rows(first, rows, self._stream.columns)
            yield self._xml(first, rows).encode()

    def _xml(self, first: int, rows: Sequence[Sequence[Item]]) -> str:
        numbers = [str(number) for number in range(first, first + len(rows))]
        opened = [_row_start(*row, self._wrapped) for row in zip(numbers, rows, strict=True)]
        parts: list[Iterable[str]] = [opened]
        for column, values in zip(self._columns, zip(*rows, strict=True), strict=True):
            parts += repeat(column.start), numbers, *column.rests(numbers, values)
        return "".join(chain.from_iterable(zip(*parts, repeat("</row>"))))


class _Column:
    """One column of a sheet: what its cells say before and after the row's number."""

    def __init__(self, sheet: "Worksheet", number: int, spec: ColumnSpec, links: Links) -> None:
        self.start = f'<c r="{letter(number)}'
        self._letter = letter(number)
        self._links = links
        self._rest = _Rest(sheet, spec.style)

    def rests(self, numbers: Sequence[str], values: Sequence[Item]) -> list[Iterable[str]]:
        """Return, in pieces to be joined, what follows each row's number in the column's cells."""
        kinds = set(map(type, values))
        if Entry in kinds:
            self._note_links(numbers, values)
        return self._rest.in_one(kinds, values) or [map(self._rest.__getitem__, values)]

    def _note_links(self, numbers: Sequence[str], values: Sequence[Item]) -> None:
        for number, item in zip(numbers, values, strict=True):
            if isinstance(item, Entry) and item.link is not None:
                self._links.add(self._letter + number, item.link)


class _Rest(dict[Item, str]):
    """From a value to its cell's XML after the address, in one style; it remembers some."""

    def __init__(self, sheet: "Worksheet", style: Style) -> None:
        super().__init__()
        self._sheet = sheet
        self._styles = {style: self}
        self._text = _opening(sheet, style, "a") + _INLINE
        self._quoted = _opening(sheet, style, "=") + _INLINE
        self._date = _opening(sheet, style, date(2000, 1, 1))
        self._number = _opening(sheet, style, 1)
        self._blank = _opening(sheet, style, None) + "/>"

    def __missing__(self, item: Item) -> str:
        if isinstance(item, Entry):
            rest = self._in_style(item.style)[item.value]
            value = item.value if item.link is None else None
        else:
            rest = self._xml(plain(item))
            value = item
        # Numbers are never kept: True, which is refused, would be found where 1 had been.
        if isinstance(value, str | date) and len(self) < _REMEMBERED:
            self[item] = rest
        return rest

    def in_one(self, kinds: set[type], values: Sequence[Any]) -> list[Iterable[str]]:
        """Return what a look-up of each value would, without one; nothing if that cannot be."""
        if kinds == {int} and max(map(abs, values)) < EXACT_BELOW:
            return [repeat(f"{self._number}><v>"), map(str, values), repeat(_NUMBER_END)]
        seldom_twice = len(self) >= _REMEMBERED
        if seldom_twice and kinds == {str} and _ordinary(values):
            return [repeat(self._text), values, repeat(_TEXT_END)]
        return []

    def _xml(self, value: Value) -> str:
        if isinstance(value, str):
            opening = self._quoted if must_quote(value) else self._text
            if value != value.strip():
                opening = opening[:-1] + ' xml:space="preserve">'
            return opening + _escaped(value) + _TEXT_END
        if value is None:
            return self._blank
        if isinstance(value, date):
            return f"{self._date}><v>{(value - _DAY_ZERO).days}{_NUMBER_END}"
        return f"{self._number}><v>{value!r}{_NUMBER_END}"

    def _in_style(self, style: Style | None) -> "_Rest":
        if style is None:
            return self
        if style not in self._styles:
            self._styles[style] = _Rest(self._sheet, style)
        return self._styles[style]


def _ordinary(texts: Sequence[str]) -> bool:
    lines = "\n".join(texts) + "\n"
    if "_x" in lines or lines.count("\n") > len(texts):
        return False
    return _ORDINARY.fullmatch(lines) is not None


def _opening(sheet: "Worksheet", style: Style, example: Value) -> str:
    """Return what stands between the row's number and the value of a cell like `example`."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    fill(cell, example, style)
    return f'" s="{cell.style_id}"'


def _row_start(number: str, row: Sequence[Item], wrapped: Sequence[tuple[int, float]]) -> str:
    height = row_height(row, wrapped) if wrapped else ROW_HEIGHT
    if height == ROW_HEIGHT:
        return f'<row r="{number}">'
    return f'<row r="{number}" ht="{height:g}" customHeight="1">'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
