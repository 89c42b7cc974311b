"""Parses the cells of a sheet, and the shared strings, whatever form their XML has."""

import re
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from inventory.importing.limits import Limits
from inventory.importing.refusal import FileRefused, broken, too_large
from inventory.language import _

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CHUNK = 256 * 1024
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff])_")

# (column from 0, kind, number of the style, value or None, formula or None; a shared one is "")
Cell = tuple[int, str, str, str | None, str | None]
# (number, cells that hold a value or a formula, whether the row is hidden)
SheetRow = tuple[int, list[Cell], bool]


def parsed_strings(part: IO[bytes], limits: Limits) -> list[str]:
    """Return the texts of the shared-strings part."""
    strings: list[str] = []
    text: list[str] = []
    reading = skipping = False
    length = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal reading, skipping
        tag = local_name(name)
        if tag == "t":
            reading = not skipping
        elif tag == "rPh":
            skipping = True

    def end(name: str) -> None:
        nonlocal reading, skipping, length
        tag = local_name(name)
        if tag == "t":
            reading = False
        elif tag == "rPh":
            skipping = False
        elif tag == "si":
            strings.append(unescaped("".join(text)))
            length += len(strings[-1])
            text.clear()
            if length > limits.characters or len(strings) > limits.cells:
                raise too_many_strings()

    def characters(data: str) -> None:
        if reading:
            text.append(data)

    parser = make_parser(start, end, characters)
    for _piece in _feed(parser, part):
        pass
    return strings


def parsed_rows(part: IO[bytes], limits: Limits) -> Iterator[SheetRow]:
    """Yield the rows of a sheet that hold a value or a formula.

    Raises FileRefused where the XML is damaged, out of order, or has too many cells.
    """
    reader = _Rows(limits)
    parser = make_parser(reader.start, reader.end, reader.characters)
    for _piece in _feed(parser, part):
        yield from reader.done
        reader.done.clear()
        if reader.finished:
            return
    yield from reader.done


def too_many_cells() -> FileRefused:
    """Return the refusal of a sheet with more elements than the limit."""
    return too_large(_("This sheet holds too many cells, most of them blank."))


def too_many_strings() -> FileRefused:
    """Return the refusal of a workbook with more text than the limit."""
    return too_large(_("The texts of this workbook are too many or too long."))


def column_number(letters: str) -> int:
    """Return the column called `letters`, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def is_true(attribute: str) -> bool:
    """Say whether an attribute of a sheet says yes."""
    return attribute in ("1", "true")


def unescaped(text: str) -> str:
    """Return `text` with the control characters that Excel writes as `_x000D_` restored."""
    if "_x0" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


class _Rows:
    """The state of one pass through a sheet's XML."""

    def __init__(self, limits: Limits) -> None:
        self.done: list[SheetRow] = []
        self.finished = False
        self._left = limits.elements
        self._row = 0
        self._cells: list[Cell] = []
        self._column = -1
        self._kind, self._style = "n", "0"
        self._text: list[str] = []
        self._formula: list[str] | None = None
        self._reading = self._phonetic = self._in_formula = self._hidden = False
        self._columns: dict[str, int] = {}
        self._tags: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        tag = self._tags.get(name) or self._tags.setdefault(name, local_name(name))
        if tag == "v" or tag == "t":
            self._reading = not self._phonetic
        elif tag == "c":
            self._open_cell(attributes)
        elif tag == "f":
            self._formula, self._in_formula = [], True
        elif tag == "row":
            self._open_row(attributes.get("r"))
            self._hidden = is_true(attributes.get("hidden", ""))
        elif tag == "rPh":
            self._phonetic = True

    def characters(self, data: str) -> None:
        """Take text."""
        if self._reading:
            self._text.append(data)
        elif self._in_formula and self._formula is not None:
            self._formula.append(data)

    def end(self, name: str) -> None:
        """Close an element."""
        tag = self._tags.get(name)
        if tag == "v" or tag == "t":
            self._reading = False
        elif tag == "f":
            self._in_formula = False
        elif tag == "c":
            if self._text or self._formula is not None:
                value = "".join(self._text) or None
                formula = None if self._formula is None else "".join(self._formula)
                self._cells.append((self._column, self._kind, self._style, value, formula))
        elif tag == "row":
            if self._cells and not self.finished:
                self.done.append((self._row, self._cells, self._hidden))
                self._cells = []
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "sheetData":
            self.finished = True

    def _open_row(self, said: str | None) -> None:
        row = self._row + 1
        if said is not None:
            row = int(said) if said.isdecimal() and len(said) <= 7 else 0
        if not self._row < row <= LAST_ROW:
            raise broken(_("an Excel workbook"))
        self._row, self._column = row, -1
        self._spend()

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._column = self._column_of(attributes.get("r"))
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._text.clear()
        self._formula = None
        self._spend()

    def _column_of(self, reference: str | None) -> int:
        if reference is None:
            column = self._column + 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters, -1)
            if column < 0:
                column = self._columns[letters] = _column(reference)
        if not self._column < column < LAST_COLUMN:
            raise broken(_("an Excel workbook"))
        return column

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise too_many_cells()


def _column(reference: str) -> int:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise broken(_("an Excel workbook"))
    return column_number(match[1])


def local_name(name: str) -> str:
    """Return the local name of a spreadsheet element; others are not ours."""
    for space in MAIN:
        if name.startswith(space):
            return name[len(space) :]
    return "-"


def make_parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    characters: Callable[[str], None],
) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse_types
    return parser


def _refuse_types(*_declaration: object) -> None:
    raise broken(_("an Excel workbook"))


def _feed(parser: expat.XMLParserType, part: IO[bytes]) -> Iterator[None]:
    try:
        while piece := part.read(_CHUNK):
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise broken(_("an Excel workbook")) from error
