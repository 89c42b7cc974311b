"""What the text of a cell becomes in a field of the record, or why it becomes nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from inventory.dates import DateOrder, guess_order, read_date
from inventory.fields import Field, FieldKind
from inventory.identity import split_addresses
from inventory.importing.choices import read_choice, yes_or_no
from inventory.importing.marks import Marks, marks_in, unmarked
from inventory.importing.rows import Table
from inventory.language import _
from inventory.privacy import PRIVATE_VALUE, guard_text
from inventory.vocabulary import ContactClass

_LONGEST_SHOWN = 60
_ROUNDED = re.compile(r"[\d.,]+E\+?\d+", re.IGNORECASE)
_ONE_ADDRESS = re.compile(r"https?://[^\s,;|]+[^\s,;|&/]")
_LONGEST_NOTHING = 30
_NOTHING = frozenset(
    {
        *(
            "n/a",
            "na",
            "n.a",
            "nil",
            "none",
            "null",
            "not applicable",
            "not available",
            "no account",
        ),
        *("none yet", "not yet", "tbc", "tbd", "tba", "to be confirmed", "coming soon", "pending"),
        *("tiada", "tiada akaun", "tiada maklumat", "tidak ada", "tak ada", "tidak berkenaan"),
        *("tidak berkaitan", "belum ada", "belum wujud", "belum diwujudkan", "dalam proses"),
        *("dalam pembinaan", "dalam pembangunan", "akan datang", "sedang dibina", "kosong", "t/a"),
        *("ninguno", "ninguna", "no aplica", "no tiene", "sin cuenta", "pendiente", "en proceso"),
        *("✗", "✘", "❌", "×"),
    }
)

Reading = tuple[Any, str]
"""A value (None for nothing to keep) and a warning ("" for none)."""
Reader = Callable[[str], Reading]


_NO_READING: Reading = (None, "")
_MOST_SEEN = 20_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One column that feeds a field: where it is, the field's name, how its cells are read.

    `seen` remembers what texts were read as: most columns hold a few words over and over.
    """

    at: int
    header: str
    name: str
    read: Reader
    platform: str = ""
    is_choice: bool = False
    """Whether a word for nothing is a value here: "tiada" in a column of badges is no badge."""
    seen: dict[str, Reading] = field(default_factory=dict)

    def reading(self, cell: str) -> Reading:
        """Return what a cell that is not empty says."""
        found = self.seen.get(cell)
        if found is None:
            text = cell.strip()
            skipped = not text or (is_nothing(text) and not self.is_choice)
            found = _NO_READING if skipped else self.read(text)
            if len(self.seen) < _MOST_SEEN:
                self.seen[cell] = found
        return found


def is_nothing(text: str) -> bool:
    """Say whether a cell holds only a word for nothing: empty, "-", "tiada", "dalam proses"."""
    if len(text) > _LONGEST_NOTHING:
        return False
    plain = " ".join(text.casefold().split()).strip("-–—._()[]*\ufe0f ")
    return not plain or plain in _NOTHING


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the addresses or names of a cell; one that cannot be taken apart stays whole."""
    if _ONE_ADDRESS.fullmatch(cell):
        return (cell,)
    if is_nothing(cell):
        return ()
    return split_addresses(cell) or (cell.strip(),)


def shown(text: str) -> str:
    """Return a cell's text for a message: short, on one line, without anything private."""
    if guard_text(text) is not None:
        return PRIVATE_VALUE
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def reader_for(field: Field, header: str, table: Table, at: int) -> Reader:
    """Return the function that reads the cells of one column into `field`."""
    if field.choices is ContactClass:
        return lambda text: (text, "")  # classed where the organisation's domains are known
    if field.choices is not None:
        return _choice_reader(field, header, marks_in(row.cells[at] for row in table.rows))
    if field.kind is FieldKind.DAY:
        return day_reader(header, table, at)
    if field.kind is FieldKind.WHOLE:
        return lambda text: _whole(text, header)
    if field.kind is FieldKind.YES_NO:
        marks = marks_in(row.cells[at] for row in table.rows)
        return lambda text: _yes_no(text, header, marks)
    if field.name == "platform_id":
        return lambda text: _platform_id(text, header)
    return lambda text: read_text(text, header)


def day_reader(header: str, table: Table, at: int) -> Reader:
    """Return the function that reads dates in the order that the whole column proves."""
    order = guess_order(row.cells[at] for row in table.rows)
    day_first = order is not DateOrder.MONTH_FIRST
    from_excel = table.format == "xlsx"
    known: dict[str, Reading] = {}

    def read(text: str) -> Reading:
        if text not in known:
            found = read_date(text, day_first=day_first, excel_serial=from_excel)
            known[text] = (found, "" if found else _no_date(text, header))
        return known[text]

    return read


def read_text(text: str, header: str) -> Reading:
    """Return the text as it came, or a warning that it holds something private."""
    finding = guard_text(text, header)
    if finding is None:
        return text, ""
    return None, left_out(header, finding.kind.label)


def left_out(header: str, what: str) -> str:
    """Return the remark that something private was not kept, without saying it."""
    return _("{what} in column {column} was not kept.").format(
        what=what[:1].upper() + what[1:], column=header
    )


def _choice_reader(field: Field, header: str, marks: Marks) -> Reader:
    choices = field.choices
    assert choices is not None
    known: dict[str, Reading] = {}

    def read(text: str) -> Reading:
        if text not in known:
            found = read_choice(field.name, choices, marks.get(unmarked(text), text))
            is_told = found is not None or is_nothing(text)
            known[text] = (found, "" if is_told else _no_choice(text, header))
        return known[text]

    return read


def _whole(text: str, header: str) -> Reading:
    digits = text.lstrip("'").replace(",", "").replace(" ", "")
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        return int(digits), ""
    return None, _("{value} in column {column} is not a whole number; it was left out.").format(
        value=_quoted(text), column=header
    )


def _platform_id(text: str, header: str) -> Reading:
    """Return a platform's number, which may look like any other; not one a spreadsheet rounded."""
    if not _ROUNDED.fullmatch(text):
        return text.lstrip("'"), ""
    return None, _("{value} in column {column} lost its last digits; it was left out.").format(
        value=_quoted(text), column=header
    )


def _yes_no(text: str, header: str, marks: Marks) -> Reading:
    said = yes_or_no(marks.get(unmarked(text), text))
    return (said, "") if said is not None else (None, _no_choice(text, header))


def _no_date(text: str, header: str) -> str:
    return _("{value} in column {column} is not a date; no date was changed.").format(
        value=_quoted(text), column=header
    )


def _no_choice(text: str, header: str) -> str:
    return _("{value} in column {column} is not a known word; it stays unknown.").format(
        value=_quoted(text), column=header
    )


def _quoted(text: str) -> str:
    return f"“{shown(text)}”"
