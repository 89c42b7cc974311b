"""What stands in a table beside its rows: totals at the end, notes below."""

import re
from functools import cache

from inventory.importing.headers import rests_said
from inventory.importing.mapped import Mapping
from inventory.importing.rows import Row
from inventory.importing.targets import Part
from inventory.language import _

_LINKS = (Part.ADDRESS, Part.HANDLE, Part.WIDE)
_FEW = 2
_COUNT = re.compile(r"[\d.,\s%]*")


class Rests:
    """Tells totals and notes from rows; made once for a table."""

    def __init__(self, mapping: Mapping) -> None:
        columns = enumerate(mapping.columns)
        self._links = [at for at, column in columns if column.target.part in _LINKS]
        self._begins = _begins().match

    def remark(self, row: Row) -> str:
        """Return what a row is that is none of the list's, "" for one that is."""
        cell = next(filter(None, row.cells), "")
        if not self._begins(cell):
            return ""
        cell = cell.strip()
        links = [row.cells[at].strip() for at in self._links]
        if _total().fullmatch(cell) and all(map(_COUNT.fullmatch, links)):
            return _("a total, not an account; it was left out.")
        filled = sum(bool(text.strip()) for text in row.cells)
        if _note().match(cell) and not any(link and link != cell for link in links):
            return _("a note, not an account; it was left out.") if filled <= _FEW else ""
        return ""


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:\*|{_any('totals')}|{_any('notes')})", re.IGNORECASE)


@cache
def _total() -> re.Pattern[str]:
    return re.compile(
        rf"{_any('totals')}(?:\s*[:=(].*|(?:\s+{_any('of_totals')})+\s*[:=]?.*)?", re.IGNORECASE
    )


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"\*\s*\S|{_any('notes')}\b[^:]*:", re.IGNORECASE)


def _any(kind: str) -> str:
    return f"(?:{'|'.join(map(re.escape, rests_said(kind)))})\\b"
