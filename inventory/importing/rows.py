"""What every reader hands on: a table of plain text, with the row numbers its user sees."""

from dataclasses import dataclass

RawRow = tuple[int, list[str]]
"""A row as a reader found it: its number, and its texts from the first column on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header.

    `number` is the row as the file's user sees it (the header of a plain table is row 1; a JSON
    record counts from 1). `cells` has one text for each header: dates from Excel are ISO text,
    whole numbers carry no `.0`, booleans are TRUE and FALSE, nothing is "".
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that came through the door.

    `sha256` is of the bytes that were read; `format` is csv, xlsx or json; `detail` says how it
    was understood (encoding and delimiter, or the sheet); `warnings` are sentences for the user.
    """

    name: str
    sha256: str
    format: str
    detail: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]
