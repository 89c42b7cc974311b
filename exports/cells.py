"""How text from data enters a workbook: as text, readable, and never as a formula.

`put()` is the only way into a cell, `safe_link()` into a link, `sheet_title()` into a tab and
`margin_text()` into a printed header or footer. Sheets that stream their rows use the same rules.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from exports.styles import DATE_FORMAT, ROW_HEIGHT, Style, least_height
from inventory.language import _
from inventory.safe_text import hides_something, visible

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | None

LONGEST_TEXT = 32_767  # UTF-16 units a cell holds; Excel drops the rest without a word
LONGEST_LINK = 2_000  # Excel stops at 2,079
LONGEST_TITLE = 31
LONGEST_MARGIN = 80  # the three parts of a header share 255 characters with their codes
EXACT_BELOW = 10**15  # Excel keeps 15 digits of a number
_FIRST_SURE_DATE = date(1900, 3, 1)  # before it, Excel counts a 29 February that never was

_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NONCHARACTERS = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)
_ENTERED_AS_MORE = frozenset("=+-@'＝＋－＠﹦﹢﹣﹫")
_SAFE_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?", re.IGNORECASE)
_PLAIN_LINK = re.compile(
    r"https?://(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{1,63}(?:/[A-Za-z0-9/:@!$&'()*+,;=~._?-]{0,1000})?"
)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NOT_IN_TITLE = re.compile(r"[\\/?*\[\]:]")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the same workbook that a link leads to."""

    sheet: str
    cell: str = "A1"

    @property
    def location(self) -> str:
        """The place as Excel writes it: `'Sheet'!A1`."""
        title = self.sheet.replace("'", "''")
        return f"'{title}'!{self.cell}"


Link = str | Place


def clean(text: str) -> str:
    """Return `text` as a cell may hold it: nothing hidden, nothing Excel would read as a code.

    Newlines and tabs stay; every other unseen character is shown as a mark; what looks like
    Excel's `_x000D_` is escaped; a text too long for a cell is cut, and says so.
    """
    if not (text.isascii() and text.isprintable()):
        text = _visible_lines(text.replace("\r\n", "\n"))
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    if len(text) <= LONGEST_TEXT // 2 or _units(text) <= LONGEST_TEXT:
        return text
    return _cut(text)


def plain(value: Value) -> str | int | float | date | None:
    """Return `value` in the type its cell gets: what Excel could not hold exactly becomes text.

    Raises TypeError for a truth value or a time: sheets say them in words.
    """
    if value is None or isinstance(value, str):
        return clean(value) if value else None
    if isinstance(value, bool | datetime) or not isinstance(value, int | float | date):
        raise TypeError(f"a cell holds text, a number or a date, not {type(value).__name__}")
    if isinstance(value, date):
        return value if value >= _FIRST_SURE_DATE else value.isoformat()
    return value if abs(value) < EXACT_BELOW else str(value)  # also of "not a number": text


def must_quote(text: str) -> bool:
    """Say whether Excel would make more of `text` than text if a person entered it again."""
    first = text.lstrip()[:1]
    return first in _ENTERED_AS_MORE or first.isdigit() or text.startswith("\t")


def put(
    sheet: "Worksheet",
    row: int,
    column: int,
    value: Value,
    style: Style,
    link: Link | None = None,
) -> "Cell":
    """Write `value` into a cell of `sheet` in the named `style`; return the cell.

    Text stays text whatever it begins with. A link that is not safe is left out. A row of large
    letters is made tall enough for one line of them.
    """
    from openpyxl.cell.cell import Cell

    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is inside a merged range")
    fill(cell, value, style)
    if link is not None:
        attach(cell, link)
    least = least_height(style)
    if least > ROW_HEIGHT and (sheet.row_dimensions[row].height or 0) < least:
        sheet.row_dimensions[row].height = least
    return cell


def fill(cell: "Cell", value: Value, style: Style) -> None:
    """Give `cell` its value and the named style, whatever sheet it is meant for."""
    from openpyxl.styles.numbers import is_date_format

    cell.style = style
    value = plain(value)
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"  # openpyxl has taken a leading = for a formula, #N/A for an error
        cell.quotePrefix = must_quote(value)
    elif value is not None:
        number_format = cell.number_format
        cell.value = value  # a date brings openpyxl's own format
        dated = is_date_format(number_format)
        if isinstance(value, date):
            cell.number_format = number_format if dated else DATE_FORMAT
        elif dated:  # 404 among dates is not a day of 1901
            cell.number_format = "General"


def attach(cell: "Cell", link: Link) -> None:
    """Make `cell` lead to `link` where that is safe."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    if isinstance(link, Place):
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=link.location)
    elif (target := safe_link(link)) is not None:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target=target)


def safe_link(url: str) -> str | None:
    """Return `url` if a click on it can only open a page of the web, else None.

    Only http and https, no user name or password in it, a plain host, at most 2,000 characters,
    nothing hidden; letters beyond ASCII come back percent-encoded.
    """
    if _PLAIN_LINK.fullmatch(url):
        return url
    if len(url) > LONGEST_LINK or "\\" in url or hides_something(url) or _has_space(url):
        return None
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
        host = (host or "").encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or set(parts.netloc) & set("@%[]"):
        return None
    if not _SAFE_HOST.fullmatch(host):
        return None
    netloc = host if parts.port is None else f"{host}:{parts.port}"
    link = parts._replace(
        netloc=netloc,
        path=_encoded(parts.path, "/"),
        query=_encoded(parts.query, "/?"),
        fragment=_encoded(parts.fragment, "/?"),
    ).geturl()
    return link if len(link) <= LONGEST_LINK else None


def sheet_title(text: str, taken: Iterable[str] = ()) -> str:
    """Return a tab's title made from `text` that Excel takes and no sheet in `taken` has."""
    title = _NOT_IN_TITLE.sub("-", visible(text).replace("\\", "-"))
    title = _first_units(" ".join(title.split()).strip("' "), LONGEST_TITLE).rstrip("' ")
    if not title or title.casefold() == "history":  # Excel keeps that one for itself
        title = f"{title} 1".strip()
    used = {other.casefold() for other in taken}
    unique, count = title, 1
    while unique.casefold() in used:
        count += 1
        tail = f" ({count})"
        unique = _first_units(title, LONGEST_TITLE - len(tail)).rstrip("' ") + tail
    return unique


def margin_text(text: str) -> str:
    """Return `text` for a printed header or footer, where a single `&` would be a command."""
    line = " ".join(visible(text).split())
    if len(line) > LONGEST_MARGIN:
        line = line[: LONGEST_MARGIN - 1] + "…"
    return line.replace("&", "&&")


def _visible_lines(text: str) -> str:
    lines = ("\t".join(map(visible, line.split("\t"))) for line in text.split("\n"))
    return _NONCHARACTERS.sub(lambda found: f"\\U{ord(found[0]):08x}", "\n".join(lines))


def _cut(text: str) -> str:
    mark = " […" + _("cut here: {count} characters").format(count=len(text)) + "]"
    return _first_units(text, LONGEST_TEXT - len(mark)) + mark


def _units(text: str) -> int:
    """Return how long Excel thinks `text` is: it counts UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _first_units(text: str, count: int) -> str:
    return text.encode("utf-16-le")[: 2 * count].decode("utf-16-le", "ignore")


def _has_space(text: str) -> bool:
    return any(character.isspace() for character in text)


def _encoded(part: str, also: str) -> str:
    part = _STRAY_PERCENT.sub("%25", part)
    return quote(part, safe=f"%:@!$&'()*+,;=~-._{also}")
