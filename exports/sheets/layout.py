"""How a sheet is laid out: blocks of cells on a grid, a heading, and what the printer is told."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from exports.cells import Link, Place, Value, margin_text, put
from exports.row_stream import Streamed, letter
from exports.styles import ROW_HEIGHT, Style, colour_words, height_for, least_height

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

A3, A4 = "8", "9"
_MARGIN = 0.5  # inches
_READABLE = 100.0  # a line of text longer than this tires the eye


def span(
    sheet: "Worksheet",
    row: int,
    columns: tuple[int, int],
    value: Value,
    style: Style,
    link: Link | None = None,
) -> "Cell":
    """Write `value` into one cell made of the columns from first to last; return the cell.

    The row grows to hold the text, for no program fits merged cells by itself.
    """
    first, last = columns
    for column in range(first, last + 1):
        put(sheet, row, column, None, style)
    cell = put(sheet, row, first, value, style, link)
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
    if isinstance(value, str):
        grow(sheet, row, height_for([(value, width_of(sheet, columns))]))
    grow(sheet, row, least_height(style))
    return cell


def line(
    sheet: "Worksheet", row: int, values: Sequence[Value], styles: Sequence[Style], first: int = 1
) -> None:
    """Write one row of a small table, as tall as its longest text needs."""
    texts = []
    for column, (value, style) in enumerate(zip(values, styles, strict=True), first):
        cell = put(sheet, row, column, value, style)
        if style is Style.HEADER and column > first:
            centred(cell)
        elif style is Style.STRONG and isinstance(value, int):
            cell.number_format = "#,##0"
        if isinstance(value, str):
            texts.append((value, width_of(sheet, (column, column))))
    grow(sheet, row, height_for(texts))


def grow(sheet: "Worksheet", row: int, height: float) -> None:
    """Make a row at least `height` points tall."""
    if (sheet.row_dimensions[row].height or 0) < height:
        sheet.row_dimensions[row].height = height


def widths(sheet: "Worksheet", sizes: Sequence[float]) -> None:
    """Set the widths of the columns from the first on, before anything is written."""
    for number, size in enumerate(sizes, 1):
        sheet.column_dimensions[letter(number)].width = size


def width_of(sheet: "Worksheet", columns: tuple[int, int]) -> float:
    """Return how wide the columns from first to last are together."""
    first, last = columns
    return sum(sheet.column_dimensions[letter(n)].width for n in range(first, last + 1))


def heading(sheet: "Worksheet", title: str, note: str, back: tuple[str, Place]) -> None:
    """Open a sheet with its title, the way back to the contents, and a line that explains it.

    The columns have their widths already: the line is as tall as they make it.
    """
    put(sheet, 1, 1, title, Style.SUBTITLE)
    grow(sheet, 1, ROW_HEIGHT * 1.4)
    bare(put(sheet, 2, 1, *_linked(back)))
    last = 1
    while width_of(sheet, (1, last)) < _READABLE and letter(last + 1) in sheet.column_dimensions:
        last += 1
    span(sheet, 3, (1, last), note, Style.NOTE)


def bare(cell: "Cell") -> "Cell":
    """Take the border off a cell that stands by itself."""
    from openpyxl.styles import Border

    cell.border = Border()
    return cell


def centred(cell: "Cell") -> "Cell":
    """Centre a cell's words above a column of figures."""
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)
    return cell


def _linked(link: tuple[str, Place]) -> tuple[str, Style, Place]:
    text, place = link
    return text, Style.LINK, place


def colour_column(
    sheet: "Worksheet", column: int, streamed: Streamed, lights: Sequence[tuple[str, Style]]
) -> None:
    """Colour the words of one column of streamed rows, also after a user edits them."""
    if streamed.last_row >= streamed.first_row:
        name = letter(column)
        cells = f"{name}{streamed.first_row}:{name}{streamed.last_row}"
        colour_words(sheet, cells, lights)


def print_setup(
    sheet: "Worksheet",
    *,
    landscape: bool,
    paper: str = A4,
    pages_wide: int = 1,
    pages_tall: int = 0,
) -> None:
    """Fit the sheet to so many pages of its paper; `pages_tall` 0 lets it run on."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = pages_tall
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = _MARGIN
    margins.top = margins.bottom = _MARGIN * 1.4
    margins.header = margins.footer = _MARGIN / 2
    sheet.print_options.horizontalCentered = True


def margins(sheet: "Worksheet", header: tuple[str, str], footer: str) -> None:
    """Print `header` left and right above each page, `footer` and the page's number below."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

    left, right = (_HeaderFooterPart(margin_text(text), size=8) for text in header)
    below = _HeaderFooterPart(margin_text(footer), size=8)
    pages = _HeaderFooterPart("&P / &N", size=8)
    sheet.oddHeader = HeaderFooterItem(left=left, right=right)
    sheet.oddFooter = HeaderFooterItem(left=below, right=pages)
