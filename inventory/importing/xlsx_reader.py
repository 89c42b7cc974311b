"""An Excel workbook: openpyxl describes it, the rows are streamed, every cell becomes text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZipFile

from inventory.importing import preflight
from inventory.importing.excel_values import Styles, is_rounded, iso_text, number_text, zeros_of
from inventory.importing.grid import RawRow, Source
from inventory.importing.limits import Limits
from inventory.importing.notes import Notes
from inventory.importing.refusal import FileRefused, broken, too_large
from inventory.importing.sheet_parser import Cell, unescaped
from inventory.importing.sheet_rows import shared_strings, sheet_rows
from inventory.language import _
from inventory.safe_text import visible

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenpyxlWorkbook

_LONG_TITLE = 40
_PEEKED = 50


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its title, where its XML is, whether the user sees it."""

    title: str
    part: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What is needed of a workbook to read its sheets."""

    archive: ZipFile
    sheets: tuple[Sheet, ...]
    strings: list[str]
    styles: Styles


def read_xlsx(file: BinaryIO, limits: Limits, title: str | None) -> Source:
    """Return the rows of the sheet called `title`, or of the first visible one that holds a table.

    Raises FileRefused where the workbook is a hazard, damaged, or has no such sheet.
    """
    archive = preflight.open_workbook(file, limits)
    book = describe(archive, limits)
    notes = Notes()
    if preflight.links_elsewhere(archive):
        notes.add(_("Values taken from other workbooks are read as they were last saved."))
    sheet = _named(book, title) if title is not None else _first_with_table(book, limits)
    others = [_short(other.title) for other in book.sheets if other is not sheet]
    if others and title is None:
        notes.add(_("Other sheets of the workbook were not read: {where}."), ", ".join(others[:10]))
    detail = _("sheet {title}").format(title=_short(sheet.title))
    return Source("xlsx", detail, _rows(book, sheet, limits, notes), notes)


def describe(archive: ZipFile, limits: Limits) -> Workbook:
    """Return the sheets, shared strings and number formats of the workbook in `archive`."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.xml.constants import SHARED_STRINGS

    assert archive.fp is not None
    reader = ExcelReader(archive.fp, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    names = set(archive.namelist())
    sheets = tuple(
        Sheet(sheet.name, relation.target, sheet.state == "visible")
        for sheet, relation in reader.parser.find_sheets()
        if relation.target in names and "chartsheet" not in relation.Type
    )
    strings: list[str] = []
    for part in reader.package.Override:
        if part.ContentType == SHARED_STRINGS:
            strings = shared_strings(archive, part.PartName[1:], limits)
    return Workbook(archive, sheets, strings, _styles(reader.wb))


def _styles(workbook: "OpenpyxlWorkbook") -> Styles:
    """Return which styles of `workbook` show dates, durations or leading zeros."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    own = list(getattr(workbook, "_number_formats", ()))
    zeros = {}
    for style, array in enumerate(getattr(workbook, "_cell_styles", ())):
        number = array.numFmtId
        place = number - BUILTIN_FORMATS_MAX_SIZE
        code = own[place] if 0 <= place < len(own) else BUILTIN_FORMATS.get(number, "")
        if width := zeros_of(code):
            zeros[str(style)] = width
    return Styles(
        dates=frozenset(map(str, getattr(workbook, "_date_formats", ()))),
        durations=frozenset(map(str, getattr(workbook, "_timedelta_formats", ()))),
        zeros=zeros,
        from_1904=workbook.epoch.year == 1904,
    )


def _named(book: Workbook, title: str) -> Sheet:
    wanted = title.strip().casefold()
    for sheet in book.sheets:
        if sheet.title.strip().casefold() == wanted:
            return sheet
    raise FileRefused(
        _("This workbook has no sheet called {title}.").format(title=_short(title)),
        _("Its sheets are: {titles}.").format(
            titles=", ".join(_short(sheet.title) for sheet in book.sheets[:20])
        ),
    )


def _first_with_table(book: Workbook, limits: Limits) -> Sheet:
    """Return the first visible sheet with two rows of two cells, else the first with anything."""
    anything: Sheet | None = None
    for sheet in book.sheets:
        if not sheet.is_visible:
            continue
        filled = [sum(1 for text in cells if text.strip()) for cells in _peek(book, sheet, limits)]
        if sum(1 for count in filled if count >= 2) >= 2:
            return sheet
        if anything is None and any(filled):
            anything = sheet
    if anything is not None:
        return anything
    raise FileRefused(
        _("No visible sheet of this workbook holds any rows."),
        _("Check that it is the right file; unhide the sheet that holds the list."),
    )


def _peek(book: Workbook, sheet: Sheet, limits: Limits) -> list[list[str]]:
    """Return the first rows of `sheet`."""
    rows = _rows(book, sheet, limits, Notes())
    return [cells for _number, cells in islice(rows, _PEEKED)]


def _rows(book: Workbook, sheet: Sheet, limits: Limits, notes: Notes) -> Iterator[RawRow]:
    for number, cells in sheet_rows(book.archive, sheet.part, limits):
        texts = _texts(book, number, cells, limits, notes)
        if texts:
            yield number, texts


def _texts(
    book: Workbook, number: int, cells: list[Cell], limits: Limits, notes: Notes
) -> list[str]:
    """Return the texts of one row, blanks filled in up to its last cell with a value."""
    texts: list[str] = []
    for column, kind, style, value, has_formula in cells:
        if value is None:
            if has_formula:
                _note_unsaved(notes, number, column)
            continue
        if kind == "inlineStr" or kind == "str":
            text = unescaped(value) if "_x0" in value else value
        elif kind == "s":
            text = _shared(book.strings, value)
        else:
            text = _value_text(kind, style, value, book.styles)
            if kind == "n" and is_rounded(text):
                _note_rounded(notes, number, column)
        if column >= limits.columns and text.strip():
            raise _too_wide(number, column, limits)
        if column > len(texts):
            texts += [""] * (column - len(texts))
        texts.append(text)
    return texts


def _shared(strings: list[str], value: str) -> str:
    place = int(value) if value.isdecimal() else -1
    if not 0 <= place < len(strings):
        raise broken(_("an Excel workbook"))
    return strings[place]


def _value_text(kind: str, style: str, value: str, styles: Styles) -> str:
    if kind == "n":
        return number_text(value, style, styles)
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    return iso_text(value) if kind == "d" else unescaped(value)


def _too_wide(row: int, column: int, limits: Limits) -> FileRefused:
    return too_large(
        _("Row {number} reaches column {width}; up to {limit} columns are read.").format(
            number=row, width=_letters(column), limit=limits.columns
        )
    )


def _note_unsaved(notes: Notes, row: int, column: int) -> None:
    notes.add(
        _("Formulas without a saved result were read as empty: {where}."),
        lambda: f"{_letters(column)}{row}",
    )


def _note_rounded(notes: Notes, row: int, column: int) -> None:
    notes.add(
        _(
            "Excel keeps 15 digits of a number, so the last digits of a longer id may be lost "
            "(format the column as text and type the id again): {where}."
        ),
        lambda: f"{_letters(column)}{row}",
    )


def _letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _short(title: str) -> str:
    return visible(title[:_LONG_TITLE])
