"""What a sheet holds between and below the rows of its list, and is no row of it.

A person prints a list: the header again on every page, a heading across the table for every
ministry, a total and notes underneath, a second table below. None of it is an account.
"""

import re
from collections.abc import Iterator, Mapping

from inventory.importing.header_rows import Header, is_value, without_trailing_blanks
from inventory.importing.headers import said_by
from inventory.importing.links_behind import LinksBehind
from inventory.importing.merged_cells import Span
from inventory.importing.names import names_an_organisation
from inventory.importing.notes import Notes
from inventory.importing.rows import RawRow
from inventory.importing.targets import Part
from inventory.importing.words import words_of
from inventory.language import _

_ADDRESS = re.compile(r"://|www\.|@|\w\.\w{2,}/\S", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9][0-9., %]*")
_TOTALS = {
    ("jumlah",),
    ("jumlah", "besar"),
    ("jumlah", "keseluruhan"),
    ("total",),
    ("grand", "total"),
}
_NOTES = {
    *("nota", "note", "notes", "catatan", "petunjuk", "legend", "sumber", "source", "penafian"),
    *("disediakan", "disemak", "disahkan", "dikemaskini", "kemaskini", "kemas", "setakat"),
    *("prepared", "reviewed", "approved", "updated", "fuente", "actualizado", "total", "jumlah"),
}
_TOTAL = re.compile(r"\s*(?:jumlah|total|grand)\b", re.IGNORECASE)
_LONGEST_NAME = 60
_LONGEST_LINE = 2_000
_ALL, _FEW = 0, 2
_MOST_LINES = 20  # of totals, notes and signatures together
_WIDE = 3


class Rests:
    """Lets the rows of one list pass, and remarks on what it keeps back.

    `heading` is the last heading across the table above the row that passes, where `has_headings`.
    """

    def __init__(
        self,
        header: Header,
        spans: Mapping[int, list[Span]],
        links: LinksBehind,
        notes: Notes,
    ) -> None:
        self._header, self._spans, self._links, self._notes = header, spans, links, notes
        self._lines = {
            line[filled[0]]: _plain(line)
            for line in header.lines
            if len(filled := _filled(line)) > 1
        }
        self._width = sum(1 for name in header.names if name)
        self._ended = False
        self.heading = ""
        self.has_headings = any(
            number > header.number and any(map(self._is_across, across))
            for number, across in spans.items()
        )
        if self.has_headings and header.above_it:
            number, cells = header.above_it
            filled = _filled(cells, 2)
            if len(filled) == 1 and self._is_heading(number, cells, filled[0]):
                self.heading = _in_line(cells[filled[0]])

    def without(self, rows: Iterator[RawRow]) -> Iterator[RawRow]:
        """Yield the rows of the list; those that may be its end wait for what follows."""
        waiting: list[RawRow] = []
        before = self._header.number
        for number, cells in rows:
            is_apart = bool(waiting) or number > before + 1
            filled = _filled(cells, _FEW + 1)
            before = number
            if self._repeats_header(cells, filled):
                self._note(_("The header is repeated; it was not read as a row: {where}."), number)
            elif len(filled) == 1 and self._is_heading(number, cells, filled[0]):
                self.heading = _in_line(cells[filled[0]])
                self._note(
                    _("Headings across the table stand in a column beside their rows: {where}."),
                    number,
                )
            elif is_apart and self._begins_a_table(cells):
                self._note_second(number)
                break
            elif len(waiting) < _MOST_LINES and self._may_be_rest(number, cells, filled, is_apart):
                waiting.append((number, cells))
            else:
                yield from waiting
                waiting.clear()
                self._ended = False
                yield number, cells
        for number, _cells in waiting:
            self._note(_("Lines below the table were not read as rows: {where}."), number)

    def _repeats_header(self, cells: list[str], filled: list[int]) -> bool:
        line = self._lines.get(cells[filled[0]])
        return line is not None and _plain(cells) == line

    def _is_heading(self, number: int, cells: list[str], column: int) -> bool:
        """Say whether the one text of a row is merged over at least half of the table."""
        return not self._holds_address(number, cells) and any(
            span[0] == column and self._is_across(span) for span in self._spans.get(number, ())
        )

    def _is_across(self, span: Span) -> bool:
        first, last = span
        return first < _FEW and (last - first + 1) * 2 >= max(self._width, _WIDE)

    def _begins_a_table(self, cells: list[str]) -> bool:
        """Say whether a row after a blank one is another header: most of it says what it holds."""
        texts = [cells[column] for column in _filled(cells)]
        if len(texts) < 2 or any(map(_cannot_name, texts)):
            return False
        targets = [target for text in texts if (target := said_by(text)) is not None]
        plain = [target for target in targets if target.part is not Part.WIDE]
        most_say = len(plain) >= 2 and len(targets) * 2 >= len(texts)
        return most_say or (bool(plain) and len(targets) == len(texts))

    def _may_be_rest(
        self, number: int, cells: list[str], filled: list[int], is_apart: bool
    ) -> bool:
        """Say whether a row may be a total or a note below the table, if nothing follows it."""
        first = cells[filled[0]]
        if self._width < _WIDE or (len(filled) > _FEW and not _TOTAL.match(first)):
            return False
        if len(first) > _LONGEST_LINE or self._holds_address(number, cells):
            return False
        words = words_of(first)
        if words in _TOTALS:
            return all(_NUMBER.fullmatch(cells[column]) for column in _filled(cells)[1:])
        if len(filled) > _FEW:
            return False
        if first.lstrip().startswith("*") or (words and words[0] in _NOTES):
            self._ended = True
        if self._ended or not is_apart:
            return self._ended
        if len(filled) > 1:
            return first.rstrip().endswith(":")
        return not names_an_organisation(first)

    def _holds_address(self, number: int, cells: list[str]) -> bool:
        return bool(self._links.at(number)) or any(map(_ADDRESS.search, cells))

    def _note_second(self, number: int) -> None:
        self._notes.add(
            _(
                "Another table begins at row {number} and was not read; "
                "to read it, put it on a sheet of its own."
            ).format(number=number)
        )

    def _note(self, sentence: str, number: int) -> None:
        self._notes.add(sentence, lambda: _("row {number}").format(number=number))


def _cannot_name(text: str) -> bool:
    return len(text) > _LONGEST_NAME or is_value(text) or _ADDRESS.search(text) is not None


def _filled(cells: list[str], most: int = _ALL) -> list[int]:
    """Return the columns of the first cells that hold something, up to `most` of them."""
    filled = []
    for column, text in enumerate(cells):
        if text and not text.isspace():
            filled.append(column)
            if len(filled) == most:
                break
    return filled


def _plain(cells: list[str]) -> list[str]:
    return list(map(_folded, without_trailing_blanks(cells)))


def _folded(text: str) -> str:
    return _in_line(text).casefold()


def _in_line(text: str) -> str:
    return " ".join(text.split())
