"""What stands around the rows of a sheet: merged cells, links, hidden columns.

All of it is written before or after the rows, so the part is read once more without them; the
rows themselves are searched through as bytes, never parsed here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from posixpath import basename, dirname
from typing import IO, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from inventory.importing.limits import MIB
from inventory.importing.sheet_parser import (
    LAST_COLUMN,
    LAST_ROW,
    column_number,
    is_true,
    local_name,
    make_parser,
)

MOST_BYTES = 16 * MIB  # 65,530 links, the most Excel keeps on a sheet, take 8
MOST_AREAS = 200_000
LONGEST_ADDRESS = 2_083  # the longest Excel keeps
_LONGEST_HEAD = 4 * MIB
_LONGEST_TAG = 64
_CHUNK = 256 * 1024
_ROWS = re.compile(rb"<((?:[A-Za-z_][A-Za-z0-9_.-]*:)?sheetData)\s*(/?)>")
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_Start = Callable[[str, dict[str, str]], None]


class Area(NamedTuple):
    """A rectangle of cells: rows from 1, columns from 0, the last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def size(self) -> int:
        """The number of its cells."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)


@dataclass(slots=True)
class Frame:
    """The merged areas of a sheet, the areas with a link and its address, the hidden columns.

    `is_cut` is true where there are more than are read.
    """

    merged: list[Area] = field(default_factory=list)
    linked: list[tuple[Area, str]] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)
    is_cut: bool = False

    def hides(self, column: int) -> bool:
        """Say whether the column, counted from 0, is hidden."""
        return any(first <= column <= last for first, last in self.hidden)


def read_frame(archive: ZipFile, name: str) -> Frame:
    """Return what stands around the rows of the sheet `name`.

    Where that is damaged, what came before the damage counts; whether the file is read at all is
    for the reader of its rows to say.
    """
    frame = Frame()
    reader = _FrameReader(frame)
    with archive.open(name) as part:
        _parse(_without_rows(part), reader.start, frame)
    if reader.asked:
        addresses = _addresses(archive, name, frame)
        for area, relationship, fragment in reader.asked:
            address = addresses.get(relationship, "")
            if address and len(address) + len(fragment) < LONGEST_ADDRESS:
                frame.linked.append((area, f"{address}#{fragment}" if fragment else address))
    return frame


def has_links(archive: ZipFile, name: str) -> bool:
    """Say whether links lead out of the sheet `name`."""
    beside = _relations(name)
    if beside not in archive.namelist():
        return False
    with archive.open(beside) as part:
        return b"/hyperlink" in part.read(MOST_BYTES)


def area_named(text: str) -> Area | None:
    """Return the area called `text` ("B2" or "B2:C5"), None where it is none."""
    match = _AREA.fullmatch(text)
    if not match:
        return None
    column, row = column_number(match[1]), int(match[2])
    other = column_number(match[3]) if match[3] else column
    last = int(match[4]) if match[4] else row
    area = Area(min(row, last), min(column, other), max(row, last), max(column, other))
    fits = area.first_row and area.last_row <= LAST_ROW and area.last_column < LAST_COLUMN
    return area if fits else None


class _FrameReader:
    """Collects the elements that matter, up to a number of them."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.asked: list[tuple[Area, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take one element."""
        tag = local_name(name)
        if tag == "col" and is_true(attributes.get("hidden", "")):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal() and len(self._frame.hidden) < LAST_COLUMN:
                self._frame.hidden.append((int(first) - 1, int(last) - 1))
        elif tag in ("mergeCell", "hyperlink"):
            self._take(tag, attributes)

    def _take(self, tag: str, attributes: dict[str, str]) -> None:
        area = area_named(attributes.get("ref", ""))
        if area is None:
            return
        if len(self._frame.merged) + len(self.asked) >= MOST_AREAS:
            self._frame.is_cut = True
        elif tag == "mergeCell":
            self._frame.merged.append(area)
        else:
            relationship = next((attributes[key] for key in attributes if key.endswith(" id")), "")
            if relationship:
                self.asked.append((area, relationship, attributes.get("location", "")))


def _addresses(archive: ZipFile, name: str, frame: Frame) -> dict[str, str]:
    """Return the external addresses that the links of the sheet `name` lead to, by their id."""
    beside = _relations(name)
    found: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        is_link = attributes.get("Type", "").endswith("/hyperlink")
        if tag != _RELATIONSHIP or not is_link or attributes.get("TargetMode") != "External":
            return
        if len(found) < MOST_AREAS:
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    if beside in archive.namelist():
        with archive.open(beside) as part:
            _parse(iter(lambda: part.read(_CHUNK), b""), start, frame)
    return found


def _relations(name: str) -> str:
    return f"{dirname(name)}/_rels/{basename(name)}.rels"


def _parse(pieces: Iterator[bytes], start: _Start, frame: Frame) -> None:
    """Parse the pieces of a document as far as it is sound and not too long."""
    parser = make_parser(start, _ignored, _ignored)
    left = MOST_BYTES
    try:
        for piece in pieces:
            left -= len(piece)
            if left < 0:
                frame.is_cut = True
                return
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        return


def _without_rows(part: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands before the rows of a sheet and what stands after them."""
    pieces = iter(lambda: part.read(_CHUNK), b"")
    before, match = b"", None
    for piece in pieces:
        before += piece
        match = _ROWS.search(before)
        if match or len(before) > _LONGEST_HEAD:
            break
    if not match:
        return
    yield before[: match.start()]
    if match[2]:
        yield before[match.end() :]
    else:
        yield _after(chain((before[match.end() :],), pieces), b"</" + match[1])
    yield from pieces


def _after(pieces: Iterator[bytes], closing: bytes) -> bytes:
    """Pass over `pieces` until `closing` is among them; return the rest of the piece it is in."""
    kept = b""
    for piece in pieces:
        window = kept + piece
        at = window.find(closing)
        end = window.find(b">", at) if at >= 0 else -1
        if end >= 0:
            return window[end + 1 :]
        if at >= 0 and len(window) - at > _LONGEST_TAG:
            return b""
        kept = window[at:] if at >= 0 else window[-len(closing) :]
    return b""


def _ignored(_data: str) -> None:
    """Take no notice."""
