"""Reading a workbook of ours back as its readers do: tables by their headers, links by cells."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a streamed sheet, each by its headers, and where each stands."""

    headers: list[str]
    rows: list[dict[str, Any]]
    first_row: int

    def where(self, **values: Any) -> list[dict[str, Any]]:
        """Return the rows whose columns hold the values; `_` in a name stands for a space."""
        wanted = {name.replace("_", " "): value for name, value in values.items()}
        return [row for row in self.rows if all(row[n] == v for n, v in wanted.items())]


def opened(path: Path) -> Any:
    """Open a workbook with openpyxl, its formulas as they are."""
    return load_workbook(path)


def table(sheet: Worksheet, header_row: int = HEADER_ROW) -> Table:
    """Return what a streamed sheet holds below its headers."""
    headers = [str(cell.value) for cell in sheet[header_row]]
    rows = [
        dict(zip(headers, values, strict=True))
        for values in sheet.iter_rows(min_row=header_row + 1, values_only=True)
    ]
    return Table(headers, rows, header_row + 1)


def block(sheet: Worksheet, title: str, columns: int = 14) -> list[list[Any]]:
    """Return the rows of the block of the summary that begins with `title`, to the next gap."""
    rows = [list(row[:columns]) for row in sheet.iter_rows(values_only=True)]
    start = next(number for number, row in enumerate(rows) if row[0] == title)
    end = next((n for n in range(start, len(rows)) if not any(rows[n])), len(rows))
    return rows[start:end]
