"""Rows whose cells hold several accounts side by side, a line for each, taken apart.

A list of objects in a JSON record comes so from its reader, and people write spreadsheets so:
the platforms in one cell, as many handles in the next.
"""

from collections.abc import Iterable, Iterator

from inventory.fields import FieldKind
from inventory.importing.mapped import Mapping
from inventory.importing.rows import Row
from inventory.importing.targets import Part, Target
from inventory.record import Account, field_named

_LINKS = (Part.ADDRESS, Part.HANDLE)
_TEXTS = (FieldKind.TEXT, FieldKind.LINES)


class SideBySide:
    """Takes rows apart; made once for a table."""

    def __init__(self, mapping: Mapping) -> None:
        columns = mapping.columns
        self._links = [at for at, column in enumerate(columns) if column.target.part in _LINKS]
        inner = {columns[at].header.rpartition(".")[0] for at in self._links} - {""}
        self._split = [
            at
            for at, column in enumerate(columns)
            if _may_be_split(column.target) or column.header.rpartition(".")[0] in inner
        ]

    def rows(self, row: Row) -> Iterable[Row]:
        """Return the row as it is, or one for each line of its links; all have its number."""
        for at in self._links:
            if "\n" in row.cells[at]:
                return self._apart(row)
        return (row,)

    def _apart(self, row: Row) -> Iterator[Row]:
        count = max((row.cells[at].count("\n") for at in self._links), default=0) + 1
        lines = {
            at: cell.split("\n")
            for at in self._split
            if (cell := row.cells[at]).count("\n") == count - 1
        }
        if len(lines) < 2:
            yield row
            return
        for number in range(count):
            cells = list(row.cells)
            for at, texts in lines.items():
                cells[at] = texts[number]
            yield Row(row.number, tuple(cells))


def _may_be_split(target: Target) -> bool:
    if target.part in (*_LINKS, Part.PLATFORM, Part.FORMER):
        return True
    return target.part is Part.ACCOUNT and field_named(Account, target.field).kind not in _TEXTS
