"""Writes the parts of a workbook into an archive, streamed rows among them.

Sheets are built in memory or streamed: nothing of a workbook is ever left in a shared temporary
folder, as openpyxl itself would do. Imported only when a workbook is saved.
"""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.relationship import Relationship, RelationshipList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import HyperlinkList
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import REL_NS
from openpyxl.xml.functions import fromstring

from exports.cells import attach, put
from exports.row_stream import (
    Entry,
    RowStream,
    Streamed,
    check_rows,
    finish,
    row_height,
    take_stream,
)
from exports.row_xml import Links, RowWriter
from exports.styles import ROW_HEIGHT

_KNOWN_OPENPYXL = re.compile(r"3\.1\.\d+")


def write_workbook(workbook: Workbook, archive: ZipFile) -> None:
    """Write every part of `workbook` into `archive`, reading the rows that still wait."""
    if _KNOWN_OPENPYXL.fullmatch(openpyxl.__version__):
        _SheetWriter(workbook, archive).write_data()
        return
    for sheet in workbook.worksheets:
        if (stream := take_stream(sheet)) is not None:
            _append_cells(sheet, stream)
    ExcelWriter(workbook, archive).write_data()


def _append_cells(sheet: "Worksheet", stream: RowStream) -> None:
    """Give `sheet` the rows as openpyxl's own cells: slower, and the same workbook."""
    wrapped = stream.wrapped
    links = Links(sheet)
    number = stream.first_row - 1
    for number, row in enumerate(stream.rows, stream.first_row):
        check_rows(number, [row], stream.columns)
        for place, (spec, item) in enumerate(zip(stream.columns, row, strict=True), 1):
            entry = item if isinstance(item, Entry) else Entry(item)
            cell = put(sheet, number, place, entry.value, entry.style or spec.style)
            if entry.link is not None and links.admit(entry.link):
                attach(cell, entry.link)
        if (height := row_height(row, wrapped)) != ROW_HEIGHT:
            sheet.row_dimensions[number].height = height
    finish(sheet, stream, Streamed(stream.first_row, number, links.left_out))


class _SheetWriter(ExcelWriter):
    """openpyxl's writer, but for the sheets: no temporary files, and rows that pass through."""

    _archive: ZipFile

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet; its relationships are left for openpyxl to write."""
        sheet: Any = ws  # what follows are openpyxl's own, untyped attributes
        sheet._drawing = SpreadsheetDrawing()
        sheet._drawing.charts = sheet._charts
        sheet._drawing.images = sheet._images
        stream = take_stream(ws)
        if stream is None:
            writer = WorksheetWriter(ws, BytesIO())
            writer.write()
            self._archive.writestr(sheet.path[1:], writer.read())
            sheet._rels = writer._rels  # type: ignore[attr-defined]
        else:
            self._write_streamed(sheet, stream)
        self.manifest.append(sheet)

    def _write_streamed(self, sheet: Any, stream: RowStream) -> None:
        rows = RowWriter(sheet, stream)
        head = _head(sheet)
        links = sheet._hyperlinks
        with self._archive.open(sheet.path[1:], "w") as part:
            part.write(head)
            for chunk in rows.chunks():
                part.write(chunk)
            finish(sheet, stream, rows.streamed)
            tail = _TailWriter(sheet, rows.links)
            sheet._hyperlinks = links
            tail.write_tail()
            part.write(b"</sheetData>" + tail.read().partition(b">")[2])
        sheet._rels = tail._rels


class _HeadWriter(WorksheetWriter):
    def write_dimensions(self) -> None:
        """Leave out how large the sheet is: nobody knows before the last row."""


class _TailWriter(WorksheetWriter):
    """What follows the rows, with the links of the streamed rows among openpyxl's own."""

    def __init__(self, sheet: Worksheet, links: Links) -> None:
        super().__init__(sheet, BytesIO())
        self._links = links
        self._rels = _Relationships()
        self._rels.streamed = links.relationships(f"{REL_NS}/hyperlink")

    def write_hyperlinks(self) -> None:
        """Write both kinds of links as the one list a sheet may have."""
        own: list[Any] = self.ws._hyperlinks  # type: ignore[union-attr]
        for number, link in enumerate(own, 1):
            if link.target:
                link.id = f"cell{number}"
                self._rels.append(_external(link.id, link.target))
        tree = HyperlinkList(own).to_tree()
        tree.extend(fromstring(f'<links xmlns:r="{REL_NS}">{self._links.places()}</links>'))
        if len(tree):
            self.xf.send(tree)


class _Relationships(RelationshipList):
    """openpyxl's relationships of a sheet and, as text, those of its streamed rows."""

    streamed = ""

    def __bool__(self) -> bool:
        return bool(len(self) or self.streamed)

    def to_tree(self) -> Any:
        """Return both kinds as one element."""
        tree = super().to_tree()
        tree.extend(fromstring(f"<more>{self.streamed}</more>"))
        return tree


def _external(name: str, target: str) -> Relationship:
    return Relationship(Id=name, type="hyperlink", Target=target, TargetMode="External")


def _head(sheet: Worksheet) -> bytes:
    """Return everything up to and with the rows openpyxl holds, the list of rows left open."""
    writer = _HeadWriter(sheet, BytesIO())
    writer.write_top()
    writer.write_rows()
    return writer.read().rpartition(b"</sheetData>")[0]
