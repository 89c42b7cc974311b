"""A workbook on disk: the same content gives the same bytes, and its cells have a digest.

The archive carries no clock, no user and no machine: every entry has one fixed date and mode,
and the properties name the day of the export and nothing else.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exports.files import write_atomically
from exports.styles import add_styles
from inventory.language import Language, current
from inventory.safe_text import visible

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.packaging.core import DocumentProperties

_UNIX = 3
_PROGRAM = "rasmi"
_LANGUAGES = {Language.MALAY: "ms-MY", Language.ENGLISH: "en-GB"}
_TEXTS = ("title", "subject", "keywords", "category", "description", "identifier")


def new_workbook() -> "Workbook":
    """Return a workbook with no sheet yet and all named styles."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    return workbook


def save(workbook: "Workbook", path: Path, *, when: date, replace: bool = False) -> None:
    """Write `workbook` to `path` whole or not at all; `when` is the only date in its properties.

    Rows given to `stream_rows` are read now. Raises `FileNotWritten`; an error raised by the
    rows comes through as it is. After either, what stood at `path` still stands there.
    """
    from exports.sheet_writer import write_workbook

    _fix_properties(workbook.properties, when)

    def write(file: BinaryIO) -> None:
        with SteadyArchive(file) as archive:
            write_workbook(workbook, archive)

    write_atomically(path, write, replace=replace)


def content_digest(path: Path) -> str:
    """Return the SHA-256 of what the cells of all sheets say, in hexadecimal.

    It is the same after another program has saved the file again without changing a cell; a
    changed value, place, sheet title or order gives another. For files of ours: a file from
    outside goes through the door for files in first.
    """
    digest = hashlib.sha256(b"rasmi-cells-v1\n")
    for line in _canonical_lines(path):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


class SteadyArchive(ZipFile):
    """A zip archive whose bytes depend on the names and contents of its entries alone."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: "bytes | bytearray | memoryview | str",  # type: ignore[override]
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add an entry; its date and mode are always the same."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        with self.open(name, "w") as entry:  # ZipInfo's own default date is 1980-01-01
            entry.write(data.encode() if isinstance(data, str) else data)

    def write(
        self,
        filename: "str | os.PathLike[str]",
        arcname: "str | os.PathLike[str] | None" = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add the contents of a file, without its date and mode."""
        self.writestr(str(arcname or filename), Path(filename).read_bytes())

    def close(self) -> None:
        """Write the directory of the archive, which would name the operating system."""
        for entry in self.filelist:
            entry.create_system = _UNIX
        super().close()


def _fix_properties(properties: "DocumentProperties", when: date) -> None:
    midnight = datetime.combine(when, time())
    properties.created = properties.modified = midnight
    properties.creator = properties.lastModifiedBy = _PROGRAM
    properties.language = properties.language or _LANGUAGES[current()]
    for name in _TEXTS:
        if (text := getattr(properties, name)) is not None:
            setattr(properties, name, visible(text))


def _canonical_lines(path: Path) -> Iterator[str]:
    """Yield each sheet's title and each filled cell as one line of JSON."""
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True)
    try:
        for sheet in workbook.worksheets:
            yield json.dumps(["sheet", sheet.title])
            sheet.reset_dimensions()
            for row in sheet.iter_rows():
                for cell in row:
                    kind, text = _canonical(cell.value)
                    if text:
                        yield json.dumps([cell.row, cell.column, kind, text])
    finally:
        workbook.close()


def _canonical(value: object) -> tuple[str, str]:
    if value is None:
        return "blank", ""
    if isinstance(value, bool):
        return "truth", str(value)
    if isinstance(value, int | float):
        return "number", f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        return "date", value.date().isoformat()
    return "text", _without_escapes(str(value))


def _without_escapes(text: str) -> str:
    """Drop what openpyxl drops from shared strings only, so that both ways of storing agree."""
    while "x005F_" in text:
        text = text.replace("x005F_", "")
    return text
