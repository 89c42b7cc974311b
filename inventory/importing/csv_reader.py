"""Delimited text: its delimiter, and its records with the row numbers a spreadsheet shows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from inventory.importing.decoding import Encoding, find_encoding, lines_of
from inventory.importing.grid import Source
from inventory.importing.limits import Limits
from inventory.importing.notes import Notes
from inventory.importing.refusal import FileRefused, not_accepted, too_large
from inventory.importing.rows import RawRow
from inventory.language import N_, _

ONE_COLUMN = "\ue001"
DELIMITERS = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("bar")}
_NAMES = {**DELIMITERS, ONE_COLUMN: N_("one column")}
_SEP_LINE = re.compile(r'"?sep=([^\r\n"])"?[\r\n]*', re.IGNORECASE)
_KEY = re.compile(r"\s*(?:- )?\s*[\w'\"-][\w .'\"-]*:(?:\s|$)")
_SAMPLE_RECORDS = 50
_SAMPLE_CHARACTERS = 256 * 1024
_END = "\ue000rasmi: end of file\ue000"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the records of one file are told apart: delimiter, and spaces before a quotation mark."""

    delimiter: str
    skip_space: bool = False
    sep_line: bool = False

    def records(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Return the records of `lines`."""
        return csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.skip_space)


def read_csv(file: BinaryIO, limits: Limits) -> Source:
    """Return the records of the delimited text in `file`; raises FileRefused where it is none."""
    csv.field_size_limit(limits.cell_characters)
    data = file.read()
    encoding = find_encoding(data)
    del data
    with_sample = lines_of(file, encoding)
    sample = with_sample.read(_SAMPLE_CHARACTERS)
    with_sample.detach()
    if not sample.strip():
        raise FileRefused(
            _("This file is empty."), _("Check that it is the right file, and try again.")
        )
    dialect = find_dialect(sample)
    notes = Notes()
    detail = f"{encoding.label}, {_(_NAMES.get(dialect.delimiter, dialect.delimiter))}"
    rows = _rows(file, encoding, dialect, notes)
    return Source("csv", detail, rows, notes, ragged_matters=True)


def find_dialect(sample: str) -> Dialect:
    """Return how the records of `sample`, the beginning of a text, are told apart.

    A `sep=` line decides; else the delimiter that cuts the first records into the most equal
    and then the most numerous cells; a text that none of them cuts is one column.
    Raises FileRefused where the text is a list of keys and values such as YAML.
    """
    said = _SEP_LINE.match(sample)
    if said:
        return Dialect(said[1], sep_line=True)
    candidates = [Dialect(delimiter, space) for space in (False, True) for delimiter in DELIMITERS]
    scored = [(_score(candidate, sample), candidate) for candidate in candidates]
    (equal, _width), best = max(scored, key=lambda pair: pair[0])
    if equal < 0.8 and _is_keys_and_values(sample):
        raise not_accepted(_("a list of keys and values (such as YAML), not a table"))
    return best if equal else Dialect(ONE_COLUMN)


def _score(dialect: Dialect, sample: str) -> tuple[float, int]:
    """Return how equal (in tenths) and how wide the first records are; 0 if few are cut at all."""
    lines = list(io.StringIO(sample, newline=""))
    if len(sample) == _SAMPLE_CHARACTERS and len(lines) > 1:
        lines.pop()
    try:
        records = list(islice(dialect.records(lines), _SAMPLE_RECORDS))
    except csv.Error:
        return 0.0, 0
    widths = Counter(len(record) for record in records if record)
    cut = {width: count for width, count in widths.items() if width > 1}
    if sum(cut.values()) * 2 < widths.total() or not cut:
        return 0.0, 1
    width, count = max(cut.items(), key=lambda item: (item[1], item[0]))
    return round(count / widths.total(), 1), width


def _rows(file: BinaryIO, encoding: Encoding, dialect: Dialect, notes: Notes) -> Iterator[RawRow]:
    """Yield the records that hold something, numbered as a spreadsheet would number them."""
    text = lines_of(file, encoding)
    if dialect.sep_line:
        text.readline()
    number, last = 0, list[str]()
    try:
        for cells in dialect.records(_with_end(text)):
            if number:
                yield number, last
                _look_for_odd_characters(number, last, encoding, notes)
            number, last = number + 1, cells
    except csv.Error as error:
        raise _unreadable(number + 1, error) from error
    if last != [_END]:
        raise FileRefused(
            _("Row {number} opens a quotation mark that is never closed.").format(number=number),
            _("Close or remove that quotation mark, and try again."),
        )


def _with_end(lines: Iterable[str]) -> Iterator[str]:
    """Yield `lines` and one of our own: where it is no record by itself, a quotation stays open."""
    yield from lines
    yield _END


def _look_for_odd_characters(
    number: int, cells: list[str], encoding: Encoding, notes: Notes
) -> None:
    if encoding.broken and any("\ufffd" in cell for cell in cells):
        notes.add(
            _("Some bytes are not {encoding} and were replaced by a mark: {where}.").replace(
                "{encoding}", encoding.label
            ),
            _("row {number}").format(number=number),
        )
    if any("\0" in cell for cell in cells):
        notes.add(
            _("Some cells hold zero bytes, which were kept: {where}."),
            _("row {number}").format(number=number),
        )


def _unreadable(number: int, error: csv.Error) -> FileRefused:
    if "field limit" in str(error):
        sentence = _("A cell of row {number} holds more than {limit} characters.")
        limit = f"{csv.field_size_limit():,}"
        return too_large(sentence.format(number=number, limit=limit))
    return FileRefused(
        _("Row {number} cannot be read as delimited text.").format(number=number),
        _("Open the file in a spreadsheet program, save it again as .xlsx or .csv, and try again."),
    )


def _is_keys_and_values(sample: str) -> bool:
    lines = sample.splitlines()[:200]
    keys = sum(1 for line in lines if _KEY.match(line))
    return keys >= 2 and keys * 2 > len(lines) - sum(1 for line in lines if not line.strip())
