"""The rows of a sheet and the shared strings of a workbook, read in the quickest way that is safe.

openpyxl reads what describes a workbook; its own row reader fills gaps with blank cells by the
million, takes four times as long, and cannot say which cell lacks a value or lost its digits.
"""

from collections.abc import Iterator
from zipfile import ZipFile

from inventory.importing.limits import Limits
from inventory.importing.plain_xml import NotPlain, plain_rows, plain_strings
from inventory.importing.sheet_parser import SheetRow, parsed_rows, parsed_strings


def shared_strings(archive: ZipFile, name: str, limits: Limits) -> list[str]:
    """Return the texts of the shared-strings part called `name`; raises FileRefused."""
    try:
        with archive.open(name) as part:
            return plain_strings(part, limits)
    except NotPlain:
        with archive.open(name) as part:
            return parsed_strings(part, limits)


def sheet_rows(archive: ZipFile, name: str, limits: Limits) -> Iterator[SheetRow]:
    """Yield the rows that hold a value or a formula of the sheet `name`.

    Raises FileRefused where the XML is damaged, out of order, or has too many cells.
    """
    last = 0
    try:
        with archive.open(name) as part:
            for row in plain_rows(part, limits):
                yield row
                last = row[0]
    except NotPlain:
        with archive.open(name) as part:
            yield from (row for row in parsed_rows(part, limits) if row[0] > last)
