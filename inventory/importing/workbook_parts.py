"""What openpyxl says of a workbook: its sheets, its shared strings, its number formats."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZipFile

from inventory.importing.excel_values import Styles, zeros_of
from inventory.importing.limits import Limits
from inventory.importing.sheet_rows import shared_strings

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenpyxlWorkbook


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
