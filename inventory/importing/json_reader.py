"""JSON: a list of records, flattened into columns; every other shape is refused by name."""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from inventory.importing.decoding import find_encoding
from inventory.importing.grid import Source
from inventory.importing.limits import Limits
from inventory.importing.notes import Notes
from inventory.importing.refusal import FileRefused, too_large
from inventory.importing.rows import RawRow
from inventory.language import _
from inventory.safe_text import visible

_WHOLE = re.compile(r"(-?[0-9]+)\.0+")
_SURROGATE = re.compile("[\ud800-\udfff]")

Record = dict[str, object]


class NotJson(Exception):
    """Raised where the text is not JSON at all, from `line` on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_json(file: BinaryIO, limits: Limits) -> Source:
    """Return the records of the JSON in `file`: a list, or an object with exactly one list.

    Objects within a record become columns named `outer.inner`; a list of values one cell with a
    line for each. Numbers keep every digit. Raises NotJson, or FileRefused for another shape.
    """
    data = file.read()
    encoding = find_encoding(data)
    text = data.decode(encoding.codec, encoding.errors)
    del data
    records, where = _find_records(_parse(text), limits)
    notes = Notes()
    flat = _Flat(limits, notes)
    rows = [flat.record(number, record) for number, record in enumerate(records, start=1)]
    if not flat.columns:
        raise FileRefused(
            _("This file holds no records."), _("Check that it is the right file, and try again.")
        )
    if len(flat.columns) > limits.columns:
        raise too_large(
            _("The records of this file have {count} fields; up to {limit} are read.").format(
                count=len(flat.columns), limit=limits.columns
            )
        )
    detail = encoding.label + (f", {visible(where)}" if where else "")
    return Source("json", detail, _rows(flat.columns, rows), notes, header_first=True)


def _rows(columns: dict[str, int], rows: list[dict[int, str]]) -> Iterator[RawRow]:
    """Yield the header, then each record that holds something."""
    yield 0, list(columns)
    for number, row in enumerate(rows, start=1):
        if row:
            yield number, [row.get(place, "") for place in range(max(row) + 1)]


def _parse(text: str) -> object:
    try:
        return json.loads(
            text.lstrip("\ufeff"), parse_int=str, parse_float=_number, parse_constant=str
        )
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        lines = _lines_of_records(text) if error.msg == "Extra data" else None
        if lines is None:
            raise NotJson(error.lineno) from None
        return lines


def _lines_of_records(text: str) -> list[object] | None:
    """Return the records of a text that holds one JSON object a line."""
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        records = [
            json.loads(line, parse_int=str, parse_float=_number, parse_constant=str)
            for line in lines
        ]
    except json.JSONDecodeError:
        return None
    return records if all(isinstance(record, dict) for record in records) else None


def _find_records(value: object, limits: Limits) -> tuple[list[Record], str]:
    """Return the list of records in `value` and the name it stands under, if any."""
    where = ""
    if isinstance(value, dict):
        lists = [key for key, inner in value.items() if _is_records(inner)]
        if len(lists) != 1:
            raise _other_shape(lists)
        where = lists[0]
        value = value[where]
    if not isinstance(value, list):
        raise _other_shape([])
    if len(value) > limits.rows:
        raise too_large(
            _("This file holds more than {limit} rows.").format(limit=f"{limits.rows:,}")
        )
    for number, record in enumerate(value, start=1):
        if not isinstance(record, dict):
            raise FileRefused(
                _("Record {number} of this JSON file is not an object with named fields.").format(
                    number=number
                ),
                _('Write each record as an object, such as {"name": "…", "url": "…"}.'),
            )
    return value, where


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _other_shape(lists: list[str]) -> FileRefused:
    remedy = _("Put the records in one list, such as [{…}, {…}], and try again.")
    if lists:
        names = ", ".join(visible(name[:40]) for name in lists[:5])
        return FileRefused(
            _("This JSON file holds several lists of records ({names}); one is read.").format(
                names=names
            ),
            remedy,
        )
    return FileRefused(_("This JSON file is not a list of records."), remedy)


def _too_deep() -> FileRefused:
    return FileRefused(
        _("This JSON file is nested too deeply."),
        _("Put the records in one list, such as [{…}, {…}], and try again."),
    )


class _Flat:
    """Flattens records; columns stand in the order in which their names first appear."""

    def __init__(self, limits: Limits, notes: Notes) -> None:
        self.columns: dict[str, int] = {}
        self._depth, self._notes, self._number = limits.depth, notes, 0

    def record(self, number: int, record: Record) -> dict[int, str]:
        """Return the cells of `record` that hold something, by the place of their column."""
        self._number = number
        cells: dict[int, str] = {}
        for name, text in self._fields(record, "", 1):
            place = self.columns.setdefault(name, len(self.columns))
            if text:
                cells[place] = text
        return cells

    def _fields(self, value: Record, prefix: str, depth: int) -> Iterator[tuple[str, str]]:
        if depth > self._depth:
            raise _too_deep()
        for key, inner in value.items():
            name = prefix + self._text(key)
            if isinstance(inner, dict):
                yield from self._fields(inner, name + ".", depth + 1)
            elif _is_records(inner):
                yield from self._table(inner, name + ".", depth + 1)
            elif isinstance(inner, list):
                yield name, "\n".join(self._scalar(item) for item in inner)
            else:
                yield name, self._scalar(inner)

    def _table(self, value: object, prefix: str, depth: int) -> Iterator[tuple[str, str]]:
        """Yield each field of a list of objects as one cell with a line for each object."""
        assert isinstance(value, list)
        items = [item for item in value if isinstance(item, dict)]
        lines = [dict(self._fields(item, prefix, depth)) for item in items]
        for name in dict.fromkeys(name for line in lines for name in line):
            yield name, "\n".join(line.get(name, "") for line in lines)

    def _scalar(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, str):
            return self._text(value)
        raise FileRefused(
            _("Record {number} of this JSON file holds a list within a list.").format(
                number=self._number
            ),
            _("Write lists of plain values only, and try again."),
        )

    def _text(self, text: str) -> str:
        """Return `text` with halves of characters, which nothing can store, replaced."""
        if text.isascii() or not _SURROGATE.search(text):
            return text
        self._notes.add(
            _("Halves of characters were replaced by a mark: {where}."),
            _("record {number}").format(number=self._number),
        )
        return _SURROGATE.sub("\ufffd", text)


def _number(text: str) -> str:
    """Return a JSON number as it came, without the `.0` of a whole one."""
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text
