"""An Excel workbook: openpyxl describes it, the rows are streamed, every cell becomes text."""

import re
from enum import IntEnum
from itertools import islice
from typing import BinaryIO

from inventory.importing import preflight
from inventory.importing.grid import LOOK_AHEAD, Source
from inventory.importing.headers import said_by
from inventory.importing.limits import Limits
from inventory.importing.notes import Notes
from inventory.importing.refusal import FileRefused
from inventory.importing.sheet_frame import Frame, has_links, read_frame
from inventory.importing.sheet_reading import SheetReading
from inventory.importing.workbook_parts import Sheet, Workbook, describe
from inventory.language import _
from inventory.safe_text import visible

_LONG_TITLE = 40
_PEEKED = 50
_ACCOUNT = re.compile(r"://|\bwww\.|(?:^|\s)@\w", re.IGNORECASE)


def read_xlsx(file: BinaryIO, limits: Limits, title: str | None) -> Source:
    """Return the rows of the sheet called `title`, or of the one most like a list of accounts.

    Raises FileRefused where the workbook is a hazard, damaged, or has no such sheet.
    """
    archive = preflight.open_workbook(file, limits)
    book = describe(archive, limits)
    notes = Notes()
    if preflight.links_elsewhere(archive):
        notes.add(_("Values taken from other workbooks are read as they were last saved."))
    sheet = _named(book, title) if title is not None else _likeliest(book, limits)
    others = [_short(other.title) for other in book.sheets if other is not sheet]
    if others and title is None:
        notes.add(_("Other sheets of the workbook were not read: {where}."), ", ".join(others[:10]))
    detail = _("sheet {title}").format(title=_short(sheet.title))
    reading = SheetReading(book, sheet, limits, notes, read_frame(book.archive, sheet.part))
    return Source(
        "xlsx",
        detail,
        reading.rows(),
        notes,
        spans=reading.spans,
        below=reading.below,
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


class _Likeness(IntEnum):
    """How much the first rows of a sheet look like a list of accounts, from least to most."""

    NOTHING = 0
    ANYTHING = 1
    TABLE = 2  # two rows of two cells: a cover page may have as much
    NAMED = 3  # a row of names that headers have
    ACCOUNTS = 4  # and addresses or handles with them


def _likeliest(book: Workbook, limits: Limits) -> Sheet:
    """Return the visible sheet that looks most like a list of accounts, the first of equals."""
    best, most = None, _Likeness.NOTHING
    for sheet in book.sheets:
        if most is _Likeness.ACCOUNTS:
            break
        if sheet.is_visible:
            likeness = _likeness(_peek(book, sheet, limits), has_links(book.archive, sheet.part))
            if likeness > most:
                best, most = sheet, likeness
    if best is not None:
        return best
    raise FileRefused(
        _("No visible sheet of this workbook holds any rows."),
        _("Check that it is the right file; unhide the sheet that holds the list."),
    )


def _likeness(rows: list[list[str]], has_links: bool) -> _Likeness:
    """Return the likeness of a sheet that begins with `rows`."""
    filled = [[text for text in cells if text.strip()] for cells in rows]
    if not any(filled):
        return _Likeness.NOTHING
    if sum(1 for texts in filled if len(texts) >= 2) < 2:
        return _Likeness.ANYTHING
    if not any(_names_columns(texts) for texts in filled[:LOOK_AHEAD]):
        return _Likeness.TABLE
    has_accounts = has_links or any(_ACCOUNT.search(text) for texts in filled for text in texts)
    return _Likeness.ACCOUNTS if has_accounts else _Likeness.NAMED


def _names_columns(texts: list[str]) -> bool:
    return len({target for text in texts if (target := said_by(text)) is not None}) >= 2


def _peek(book: Workbook, sheet: Sheet, limits: Limits) -> list[list[str]]:
    """Return the first rows of `sheet`."""
    reading = SheetReading(book, sheet, limits, Notes(), Frame())
    return [cells for _number, cells in islice(reading.rows(), _PEEKED)]


def _short(title: str) -> str:
    return visible(title[:_LONG_TITLE])
