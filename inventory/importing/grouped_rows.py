"""Rows that leave the organisation blank because the row above names it.

A list plainly groups its rows where each organisation is written once, in the first of its rows.
Only then is it taken for the rows below; elsewhere a blank cell is a question, and stays one.
"""

from collections.abc import Sequence

from inventory.importing.broader import names_an_owner, uppers_in
from inventory.importing.mapped import Layout, Mapping
from inventory.importing.rows import Row, Table
from inventory.importing.targets import Part
from inventory.importing.values import is_nothing
from inventory.importing.words import words_of

_IDENTIFYING = ("name", "name_ms", "name_en", "code", "short_name")
_LINKS = (Part.ADDRESS, Part.HANDLE, Part.WIDE)
_COUNTERS = {
    *(("bil",), ("no",), ("number",), ("num",), ("nombor",), ("numero",), ("n",), ("s", "n")),
    *(("sn",), ("sr", "no"), ("bil", "no"), ("item",), ("no", "siri")),
}
_SHARE = 1 / 3


class GroupedRows:
    """Fills the blanks of grouped rows, from top to bottom; made once for a table."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        columns = mapping.columns
        organisation = mapping.places(Part.ORGANISATION)
        self._uppers = uppers_in(table, columns)
        self._own = [at for at in organisation if at not in self._uppers]
        self._names = [at for at in self._own if columns[at].target.field in _IDENTIFYING]
        self._links = [at for at, column in enumerate(columns) if column.target.part in _LINKS]
        self._owners = [at for at in self._uppers if names_an_owner(columns[at].header)]
        self._last: dict[int, str] = {}
        self._above = 0
        self._fills = False
        self._fills_upper: list[int] = []
        is_list = mapping.layout is Layout.LONG and not mapping.people.named
        first = self._names[0] if self._names else 0
        self._is_idle = not (is_list and self._names and table.format != "json") or (
            not self._uppers and all(row.cells[first] for row in table.rows)
        )
        if not self._is_idle:
            self._decide(table)

    @property
    def row_above(self) -> int:
        """The last row that named an organisation, 0 for none yet."""
        return self._above

    def filled(self, row: Row) -> tuple[Row, bool]:
        """Return the row with the organisation of its group, and whether it was filled in."""
        if self._is_idle:
            return row, False
        fills = [at for at in self._fills_upper if not row.cells[at].strip()]
        named = _says(row, self._names)
        if self._fills and not named and not _says(row, self._owners):
            fills += [at for at in self._own if not row.cells[at].strip()]
        if named or _says(row, self._owners):
            self._above = row.number
        taken = {at: text for at in fills if (text := self._last.get(at, ""))}
        self._remember(row, named)
        if not taken:
            return row, False
        cells = (taken.get(at, cell) for at, cell in enumerate(row.cells))
        return Row(row.number, tuple(cells)), True

    def _remember(self, row: Row, named: bool) -> None:
        for at in self._uppers:
            if row.cells[at].strip():
                self._last[at] = row.cells[at]
        if named or _says(row, self._owners):
            self._last |= {at: row.cells[at] for at in self._own}

    def _decide(self, table: Table) -> None:
        rows = [row for row in table.rows if _says(row, self._links)]
        named = [_says(row, self._names) or _says(row, self._owners) for row in rows]
        if rows and not all(named) and self._once(rows, self._names):
            counter = _counter(table.headers)
            counted = counter is not None and named == [_says(row, [counter]) for row in rows]
            self._fills = named[0] and (counted or named.count(False) >= _SHARE * len(rows))
        for at in self._owners:
            filled = [_says(row, [at]) for row in rows]
            if rows and filled[0] and filled.count(False) >= _SHARE * len(rows):
                self._fills_upper += [at] if self._once(rows, [at]) else []

    def _once(self, rows: Sequence[Row], places: Sequence[int]) -> bool:
        """Say whether each organisation is written in one row only."""
        said = [tuple(row.cells[at].strip().casefold() for at in places) for row in rows]
        said = [texts for texts in said if any(texts)]
        return len(set(said)) == len(said)


def _says(row: Row, places: Sequence[int]) -> bool:
    return any(not is_nothing(row.cells[at].strip()) for at in places)


def _counter(headers: Sequence[str]) -> int | None:
    return next((at for at, header in enumerate(headers) if words_of(header) in _COUNTERS), None)
