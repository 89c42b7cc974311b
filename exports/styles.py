"""The workbook's few colours and named styles, and how tall a row must be.

Every light is a word on a colour: a grey print loses nothing. Cells are styled by name only, so
a user can restyle the whole workbook from Excel's own list of styles.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Arial"
DATE_FORMAT = "dd/mm/yyyy"

NAVY = "1F3864"
AMBER = "FFC000"
CREAM = "FFF8E1"
BAND = "E8EDF5"
RULE = "BFC7D5"
INK = "1A1A1A"
GREY = "595959"
LINK_BLUE = "0B4F9E"
WHITE = "FFFFFF"

TALLEST_ROW = 409.0  # points; Excel takes no more
_LINE_POINTS = 12.0
_ROW_PADDING = 3.0
ROW_HEIGHT = _LINE_POINTS + _ROW_PADDING  # of a row of single lines
_CHARACTERS_PER_WIDTH = 1.25  # Arial 9 beside the digit Excel measures widths in; 1.4 was seen
_INDENT = 1.0  # of a column's width goes to its padding


class Style(StrEnum):
    """The named styles of the workbook; the value is the name Excel shows."""

    TITLE = "rasmi_title"
    SUBTITLE = "rasmi_subtitle"
    HEADER = "rasmi_header"
    TEXT = "rasmi_text"
    WRAP = "rasmi_wrap"
    STRONG = "rasmi_strong"
    DATE = "rasmi_date"
    NUMBER = "rasmi_number"
    PERCENT = "rasmi_percent"
    LINK = "rasmi_link"
    NOTE = "rasmi_note"
    BODY = "rasmi_body"
    TILE = "rasmi_tile"
    ANSWER_HEADER = "rasmi_answer_header"
    ANSWER = "rasmi_answer"
    ANSWER_DATE = "rasmi_answer_date"
    CRITICAL = "rasmi_critical"
    HIGH = "rasmi_high"
    MEDIUM = "rasmi_medium"
    LOW = "rasmi_low"
    INFO = "rasmi_info"
    PASS = "rasmi_pass"
    FAIL = "rasmi_fail"
    NOT_ASSESSED = "rasmi_not_assessed"
    NOT_APPLICABLE = "rasmi_not_applicable"


# Fill, ink and weight of each light: the darker the print in grey, the worse the news.
_LIGHTS = {
    Style.CRITICAL: ("8B1A1A", WHITE, True),
    Style.HIGH: ("E06C5A", INK, True),
    Style.MEDIUM: ("F6C667", INK, False),
    Style.LOW: ("FBE9A9", INK, False),
    Style.INFO: ("DCE6F4", INK, False),
    Style.PASS: ("CFE8D5", INK, False),
    Style.FAIL: ("E06C5A", INK, True),
    Style.NOT_ASSESSED: ("E3E3E3", INK, False),
    Style.NOT_APPLICABLE: (WHITE, GREY, False),
}
_LIGHT_OF = {style.removeprefix("rasmi_"): style for style in _LIGHTS}


@dataclass(frozen=True, slots=True)
class _Look:
    """How one named style looks, in the few ways ours differ."""

    size: int = 9
    bold: bool = False
    italic: bool = False
    underline: bool = False
    ink: str = INK
    fill: str | None = None
    border: bool = True
    wrap: bool = False
    across: str | None = None
    number_format: str = "General"
    unlocked: bool = False


_LOOKS = {
    Style.TITLE: _Look(size=16, bold=True, ink=NAVY, border=False),
    Style.SUBTITLE: _Look(size=11, bold=True, ink=NAVY, border=False),
    Style.HEADER: _Look(bold=True, ink=WHITE, fill=NAVY, wrap=True),
    Style.TEXT: _Look(number_format="@"),
    Style.WRAP: _Look(wrap=True),
    Style.STRONG: _Look(bold=True, fill=BAND),
    Style.DATE: _Look(number_format=DATE_FORMAT, across="center"),
    Style.NUMBER: _Look(number_format="#,##0", across="right"),
    Style.PERCENT: _Look(number_format="0.0%", across="right"),
    Style.LINK: _Look(ink=LINK_BLUE, underline=True),
    Style.NOTE: _Look(italic=True, ink=GREY, border=False, wrap=True),
    Style.BODY: _Look(size=10, border=False, wrap=True),
    Style.TILE: _Look(size=18, bold=True, ink=NAVY, fill=BAND, across="center"),
    Style.ANSWER_HEADER: _Look(bold=True, fill=AMBER, wrap=True),
    Style.ANSWER: _Look(fill=CREAM, wrap=True, unlocked=True),
    Style.ANSWER_DATE: _Look(fill=CREAM, number_format=DATE_FORMAT, across="center", unlocked=True),
} | {
    light: _Look(bold=bold, ink=ink, fill=fill, across="center")
    for light, (fill, ink, bold) in _LIGHTS.items()
}


def add_styles(workbook: "Workbook") -> None:
    """Give `workbook` all named styles; once is enough, twice does no harm."""
    known = set(workbook.style_names)
    for style, look in _LOOKS.items():
        if style.value not in known:
            workbook.add_named_style(_named_style(style, look))


def light(word: str) -> Style:
    """Return the style of a severity or an outcome by its code, such as `high` or `not_assessed`.

    Raises KeyError for a code no light stands for.
    """
    return _LIGHT_OF[word]


def wraps(style: Style) -> bool:
    """Say whether text breaks into lines in this style, so that its row must grow with it."""
    return _LOOKS[style].wrap


def least_height(style: Style) -> float:
    """Return the height in points a row needs for one line in this style."""
    return max(ROW_HEIGHT, _LOOKS[style].size * 1.25 + _ROW_PADDING)


def colour_words(sheet: "Worksheet", cells: str, lights: Iterable[tuple[str, Style]]) -> None:
    """Colour each of the range `cells` as it reads one of the words, also after a user edits it."""
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Font, PatternFill

    for word, style in lights:
        fill, ink, bold = _LIGHTS[style]
        quoted = word.replace('"', '""')
        rule = CellIsRule(  # type: ignore[no-untyped-call]
            operator="equal",
            formula=[f'"{quoted}"'],
            fill=PatternFill(bgColor=fill, fill_type="solid"),
            font=Font(color=ink, bold=bold),
        )
        sheet.conditional_formatting.add(cells, rule)


def height_for(texts_and_widths: Iterable[tuple[str, float]]) -> float:
    """Return the height in points of a row whose wrapped texts stand in columns of these widths.

    LibreOffice fits no row by itself and Excel none with merged cells, so every row says its own.
    """
    lines = max((_lines(text, width) for text, width in texts_and_widths), default=1)
    return min(TALLEST_ROW, lines * _LINE_POINTS + _ROW_PADDING)


@lru_cache(4096)
def _lines(text: str, width: float) -> int:
    """Return how many lines `text` takes in a column of `width`, rather one more than one less."""
    room = max(1, int((width - _INDENT) * _CHARACTERS_PER_WIDTH))
    if len(text) <= room // 2 and "\n" not in text:
        return 1  # however wide its letters are
    most = int(TALLEST_ROW / _LINE_POINTS) + 1
    if len(text) > most * room:
        return most
    return sum(_wrapped_lines(line, room) for line in text.split("\n"))


def _wrapped_lines(line: str, room: int) -> int:
    """Count as a reader's eye does: whole words, and a word longer than the line is broken."""
    lines, used = 1, 0
    for word in line.split(" "):
        breadth = _breadth(word)
        if used + breadth > room and used:
            lines, used = lines + 1, 0
        lines += (breadth - 1) // room if breadth else 0
        used += (breadth - 1) % room + 2 if breadth else 1
    return lines


def _breadth(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def _named_style(style: Style, look: _Look) -> "NamedStyle":
    from openpyxl.styles import (
        Alignment,
        Border,
        Font,
        NamedStyle,
        PatternFill,
        Protection,
        Side,
    )

    side = Side(style="thin", color=RULE) if look.border else Side()
    return NamedStyle(
        name=style.value,
        font=Font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            underline="single" if look.underline else None,
            color=look.ink,
        ),
        fill=PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        border=Border(left=side, right=side, top=side, bottom=side),
        alignment=Alignment(horizontal=look.across, vertical="top", wrap_text=look.wrap),
        number_format=look.number_format,
        protection=Protection(locked=not look.unlocked),
    )
