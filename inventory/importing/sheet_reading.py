"""One sheet of a workbook: its rows as texts, with what stands behind and around them."""

from collections.abc import Iterator

from inventory.importing.blank_names import BlankNames
from inventory.importing.cell_names import cell_name, letters
from inventory.importing.excel_values import Styles, is_rounded, iso_text, number_text
from inventory.importing.header_rows import Header
from inventory.importing.limits import Limits
from inventory.importing.linked_text import LinkedText
from inventory.importing.links_behind import LinksBehind
from inventory.importing.merged_cells import MergedRows, spans
from inventory.importing.notes import Notes
from inventory.importing.refusal import FileRefused, broken, too_large
from inventory.importing.rows import RawRow
from inventory.importing.sheet_frame import Frame
from inventory.importing.sheet_parser import Cell, unescaped
from inventory.importing.sheet_rests import Rests
from inventory.importing.sheet_rows import sheet_rows
from inventory.importing.workbook_parts import Sheet, Workbook
from inventory.language import _


class SheetReading:
    """One sheet as it is read: its rows as texts, then what is behind and around them."""

    def __init__(
        self, book: Workbook, sheet: Sheet, limits: Limits, notes: Notes, frame: Frame
    ) -> None:
        self._book, self._part, self._limits, self._notes = book, sheet.part, limits, notes
        self._frame = frame
        self._hidden: set[int] = set()
        self.links = LinksBehind(self._frame)
        self.spans = spans(self._frame.merged)
        if frame.is_cut:
            notes.add(_("This sheet has more merged cells and links than are read."))

    def rows(self) -> Iterator[RawRow]:
        """Yield the rows that hold something, with values merged over several rows in each."""
        merged = MergedRows(self._frame.merged)
        for number, cells, is_hidden in sheet_rows(self._book.archive, self._part, self._limits):
            texts = self._texts(number, cells)
            if texts:
                merged.fill(number, texts)
                if is_hidden:
                    self._hidden.add(number)
                yield number, texts

    def below(self, header: Header, rows: Iterator[RawRow]) -> tuple[list[str], Iterator[RawRow]]:
        """Return the names of the columns, and the rows of the list below its header."""
        linked = LinkedText(header, self.links, self._notes)
        rests = Rests(header, self.spans, self.links, self._notes)
        width = len(header.names)
        names = linked.names
        if rests.has_headings:
            names = [*names[:width], _("Heading"), *names[width:]]
        return names, self._list_rows(header, linked, rests, rows)

    def _list_rows(
        self, header: Header, linked: LinkedText, rests: Rests, rows: Iterator[RawRow]
    ) -> Iterator[RawRow]:
        names = BlankNames(header, self._notes)
        width = len(header.names)
        for number, cells in rests.without(rows):
            if number in self._hidden:
                self._note_hidden_row(number)
            names.see(number, cells)
            cells = linked.read(number, cells)
            if rests.has_headings:
                cells += [""] * (width - len(cells))
                cells.insert(width, rests.heading)
            yield number, cells
        names.tell()
        for column, name in enumerate(header.names):
            if name and self._frame.hides(column):
                self._note_hidden_column(column)

    def _texts(self, number: int, cells: list[Cell]) -> list[str]:
        """Return the texts of one row, blanks filled in up to its last cell with a value."""
        texts: list[str] = []
        strings, widest = self._book.strings, self._limits.columns
        for column, kind, style, value, formula in cells:
            if formula and self.links.put_formula(number, column, formula):
                self._note_worked_out(number, column)
            if value is None:
                if formula is None:
                    continue
                value, kind = self.links.at(number).get(column, ""), "str"
                if not value:
                    self._note_unsaved(number, column)
                    continue
            if kind == "inlineStr" or kind == "str":
                text = unescaped(value) if "_x0" in value else value
            elif kind == "s":
                text = _shared(strings, value)
            else:
                text = _value_text(kind, style, value, self._book.styles)
                if kind == "n" and is_rounded(text):
                    self._note_rounded(number, column)
            if column >= widest and text.strip():
                raise _too_wide(number, column, self._limits)
            if column > len(texts):
                texts += [""] * (column - len(texts))
            texts.append(text)
        return texts

    def _note_hidden_row(self, row: int) -> None:
        self._notes.add(
            _("Hidden or filtered rows were read like any other ({count}): {where}."),
            lambda: _("row {number}").format(number=row),
        )

    def _note_hidden_column(self, column: int) -> None:
        self._notes.add(
            _("Hidden columns were read like any other ({count}): {where}."), letters(column)
        )

    def _note_worked_out(self, row: int, column: int) -> None:
        self._notes.add(
            _("Addresses that a formula works out behind its text were not read: {where}."),
            lambda: cell_name(row, column),
        )

    def _note_unsaved(self, row: int, column: int) -> None:
        self._notes.add(
            _("Formulas without a saved result were read as empty: {where}."),
            lambda: cell_name(row, column),
        )

    def _note_rounded(self, row: int, column: int) -> None:
        self._notes.add(
            _(
                "Excel keeps 15 digits of a number, so the last digits of a longer id may be lost "
                "(format the column as text and type the id again): {where}."
            ),
            lambda: cell_name(row, column),
        )


def _shared(strings: list[str], value: str) -> str:
    place = int(value) if value.isdecimal() else -1
    if not 0 <= place < len(strings):
        raise broken(_("an Excel workbook"))
    return strings[place]


def _value_text(kind: str, style: str, value: str, styles: Styles) -> str:
    if kind == "n":
        return number_text(value, style, styles)
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    return iso_text(value) if kind == "d" else unescaped(value)


def _too_wide(row: int, column: int, limits: Limits) -> FileRefused:
    return too_large(
        _("Row {number} reaches column {width}; up to {limit} columns are read.").format(
            number=row, width=letters(column), limit=limits.columns
        )
    )
