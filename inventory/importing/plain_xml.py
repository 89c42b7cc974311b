"""Reads sheets in the plain form that spreadsheet programs write, six times as fast as a parser.

Every character of a row must fit one strict pattern; a comment, an odd attribute, a character
reference that is none, or anything else that a parser should judge raises NotPlain, and the
parser reads the sheet instead. Nothing is skipped over; only whether the prefix of an attribute
was declared goes unseen.
"""

import io
import re
from collections.abc import Iterator
from operator import itemgetter
from typing import IO, NamedTuple

from inventory.importing.limits import Limits
from inventory.importing.sheet_parser import (
    LAST_COLUMN,
    LAST_ROW,
    MAIN,
    Cell,
    SheetRow,
    column_number,
    is_true,
    too_many_cells,
    too_many_strings,
    unescaped,
)

_CHUNK = 256 * 1024
_LONGEST_PIECE = 4 * 1024 * 1024
_TEXT = "[^<\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*"
_SPACE = '(?: xml:space="preserve")?'
_ATTRIBUTES = '(?: [A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9]*)?="[^"<>&]*")*'
_ROW = re.compile(rf"\s*<row({_ATTRIBUTES}) ?(/?)>")
_ROW_NUMBER = re.compile(r' r="([0-9]{1,7})"')
_HIDDEN = re.compile(' hidden="([^"]*)"')
_CELL = re.compile(
    r'(<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")? ?(?:/>|>'
    rf"(<f{_ATTRIBUTES} ?(?:/>|>{_TEXT}</f>))?"
    rf"(?:<v>({_TEXT})</v>|<v ?/>|<is><t{_SPACE}>({_TEXT})</t></is>)?</c>))"
)
_STRING = re.compile(rf"\s*<si><t{_SPACE}(?:/>|>({_TEXT})</t>)")
_REFERENCE = re.compile("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BEYOND = ("<!", "<?", "]]>")
_WHOLE = itemgetter(0)
_HEAD = r"(?:<\?xml [^<>]*\?>)?\s*"
_MAIN = "|".join(re.escape(f' xmlns="{space.strip()}"') for space in MAIN)
_SHEET = re.compile(
    rf"{_HEAD}<worksheet(?=[^<>]*(?:{_MAIN}))[^<>]*>(?:(?!<sheetData)<[^!?][^<>]*>[^<]*)*"
    r"<sheetData ?>(.*)",
    re.DOTALL,
)
_TABLE = re.compile(rf"{_HEAD}<sst(?=[^<>]*(?:{_MAIN}))[^<>]*>(.*)", re.DOTALL)


class NotPlain(Exception):
    """Raised where a part is not in the plain form; the parser must read it."""


def plain_rows(part: IO[bytes], limits: Limits) -> Iterator[SheetRow]:
    """Yield the rows of a sheet as `sheet_parser.parsed_rows` does; raises NotPlain as well."""
    row, left = 0, limits.elements
    columns: dict[str, int] = {}
    for piece, closed in _pieces(part, _SHEET, "</row>", "</sheetData>"):
        opened = _open_row(piece, row)
        if opened.is_open != closed:
            raise NotPlain
        found = _CELL.findall(piece, opened.place)
        row, left = opened.row, left - opened.spent - len(found)
        if left < 0:
            raise too_many_cells()
        if sum(map(len, map(_WHOLE, found))) != len(piece) - opened.place:
            raise NotPlain
        if cells := _cells(found, columns):
            yield row, cells, opened.is_hidden


def plain_strings(part: IO[bytes], limits: Limits) -> list[str]:
    """Return the texts of the shared-strings part; raises NotPlain as well."""
    strings: list[str] = []
    length = 0
    for piece, closed in _pieces(part, _TABLE, "</si>", "</sst>"):
        match = _STRING.fullmatch(piece)
        if not match or not closed:
            raise NotPlain
        strings.append(unescaped(_resolved(match[1] or "")))
        length += len(strings[-1])
        if length > limits.characters or len(strings) > limits.cells:
            raise too_many_strings()
    return strings


class _Opened(NamedTuple):
    """The beginning of a piece: rows without cells, then perhaps one that is open."""

    row: int
    place: int
    spent: int
    is_open: bool
    is_hidden: bool = False


def _open_row(piece: str, row: int) -> _Opened:
    place = count = 0
    while place < len(piece):
        match = _ROW.match(piece, place)
        if not match:
            raise NotPlain
        row = _number_of(match[1], row)
        place, count = match.end(), count + 1
        if not match[2]:
            hidden = _HIDDEN.search(match[1])
            return _Opened(row, place, count, True, bool(hidden and is_true(hidden[1])))
    return _Opened(row, place, count, False)


def _number_of(attributes: str, before: int) -> int:
    said = _ROW_NUMBER.search(attributes)
    if not said and ' r="' in attributes:
        raise NotPlain
    row = int(said[1]) if said else before + 1
    if not before < row <= LAST_ROW:
        raise NotPlain
    return row


def _cells(found: list[tuple[str, ...]], columns: dict[str, int]) -> list[Cell]:
    """Return the cells that hold a value or a formula."""
    cells: list[Cell] = []
    before = -1
    for _whole, letters, style, kind, formula, value, text in found:
        column = columns.get(letters, -1)
        if column < 0:
            column = columns[letters] = column_number(letters)
        if not before < column < LAST_COLUMN:
            raise NotPlain
        before = column
        value = value or text
        if value or formula:
            if "&" in value:
                value = _resolved(value)
            said = _resolved(formula.partition(">")[2].removesuffix("</f>")) if formula else None
            cells.append((column, kind or "n", style or "0", value or None, said))
    return cells


def _resolved(text: str) -> str:
    """Return `text` with its character references resolved; raises NotPlain where one is none."""
    if "&" not in text:
        return text
    if text.count("&") != len(_REFERENCE.findall(text)):
        raise NotPlain
    return _REFERENCE.sub(_referenced, text)


def _referenced(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    code = int(match[2]) if match[2] else int(match[3], 16)
    allowed = code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD
    if not allowed and not 0x10000 <= code <= 0x10FFFF:
        raise NotPlain
    return chr(code)


def _pieces(
    part: IO[bytes], opening: re.Pattern[str], closing: str, end: str
) -> Iterator[tuple[str, bool]]:
    """Yield what stands between `opening` and `end`, cut at each `closing`, and whether it was."""
    text = io.TextIOWrapper(part, "utf-8-sig")  # its line ends are those XML asks for
    buffer, started = "", False
    try:
        while chunk := text.read(_CHUNK):
            buffer += chunk
            if not started:
                match = opening.fullmatch(buffer)
                if not match:
                    raise NotPlain
                started, buffer = True, match[1]
            if len(buffer) > _LONGEST_PIECE or any(mark in buffer for mark in _BEYOND):
                raise NotPlain
            *closed, buffer = buffer.split(closing)
            for piece in closed:
                yield piece, True
            if (at := buffer.find(end)) >= 0:
                if rest := buffer[:at].strip():
                    yield rest, False
                return
    except UnicodeDecodeError as error:
        raise NotPlain from error
    raise NotPlain
