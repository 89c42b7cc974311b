"""Reads bytes as the limited child does, in the test's own process: quick, without its limits."""

import io
from dataclasses import dataclass

from inventory.importing.child import open_source
from inventory.importing.grid import tabulate
from inventory.importing.limits import DEFAULT, Limits
from inventory.importing.order import Order


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: like a Table, its rows as they left the reader, without trailing blanks."""

    format: str
    detail: str
    headers: list[str]
    rows: list[tuple[int, list[str]]]
    warnings: list[str]

    @property
    def cells(self) -> list[list[str]]:
        """The rows without their numbers, blanks filled in."""
        width = len(self.headers)
        return [cells + [""] * (width - len(cells)) for _number, cells in self.rows]


def read(
    data: bytes,
    name: str = "akaun.csv",
    *,
    limits: Limits = DEFAULT,
    sheet: str | None = None,
) -> Reading:
    """Return what is read from `data`; raises FileRefused."""
    source = open_source(io.BytesIO(data), Order(name, sheet, "en", limits))
    rows: list[tuple[int, list[str]]] = []
    columns = tabulate(source, limits, rows.append)
    kept = [
        (number, [cells[place] for place in columns.places if place < len(cells)])
        for number, cells in rows
    ]
    return Reading(
        source.format, source.detail, list(columns.names), kept, source.notes.sentences()
    )
