"""Which column of a file means what: proposed from headers and contents, corrected by a person."""

import re
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from enum import StrEnum

from inventory.importing.headers import hinted_by, said_by
from inventory.importing.officeholders import People, find_people
from inventory.importing.rows import Table
from inventory.importing.samples import (
    is_coded,
    mostly_addresses,
    mostly_people,
    mostly_platforms,
    names_with_platforms,
    sample_of,
    statuses_in,
)
from inventory.importing.targets import (
    IGNORED,
    NOT_UNDERSTOOD,
    Part,
    Target,
    target_named,
    target_names,
)
from inventory.importing.words import nearest, words_of
from inventory.language import _
from inventory.safe_text import visible


class MappingError(Exception):
    """Raised for a correction that names a field or a column that does not exist."""


class Layout(StrEnum):
    """How a list is laid out."""

    LONG = "long"  # one account a row
    WIDE = "wide"  # one organisation a row, one column a platform
    ORGANISATIONS_ONLY = "organisations_only"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column: its header, what it means, and how we know: synonym, content, given or none."""

    header: str
    target: Target
    how: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What every column of a table means."""

    columns: tuple[ColumnMapping, ...]
    people: People

    @property
    def layout(self) -> Layout:
        """How the list is laid out, from what its columns mean."""
        parts = {column.target.part for column in self.columns}
        if Part.WIDE in parts or len(self.places(Part.ADDRESS)) > 1:
            return Layout.WIDE
        if parts & {Part.ADDRESS, Part.HANDLE}:
            return Layout.LONG
        return Layout.ORGANISATIONS_ONLY

    def places(self, part: Part, field: str = "") -> tuple[int, ...]:
        """Return the numbers, from 0, of the columns that feed a part (and field)."""
        return tuple(
            at
            for at, column in enumerate(self.columns)
            if column.target.part is part and (not field or column.target.field == field)
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about how the columns were understood."""
        said = [
            _("Column {header}: {note}").format(header=visible(column.header), note=column.note)
            for column in self.columns
            if column.note
        ]
        if any(mostly_addresses([column.header]) for column in self.columns):
            said.insert(0, _("The first row holds addresses: it was read as the header. Add one."))
        return tuple(said)


def propose(table: Table) -> Mapping:
    """Return what the columns of `table` most likely mean.

    Headers speak first. Where a header says nothing, or says something that its cells contradict
    (coded drop-downs, a "Status" that holds "Rasmi"), the cells decide.
    """
    columns = [_by_header(header) for header in table.headers]
    columns = [_by_content(table, at, column, columns) for at, column in enumerate(columns)]
    return _mapping(table, _without_doubles(_tell_names_apart(table, columns)))


def corrected(table: Table, mapping: Mapping, given: Dictionary[str, str]) -> Mapping:
    """Return `mapping` with columns given by a person: field name to header, "-" for none.

    Raises MappingError for a field or column that does not exist, naming the nearest one.
    """
    columns = list(mapping.columns)
    for field, header in given.items():
        target = _target(field)
        if header.strip() == "-":
            columns = _left_out(columns, target)
            continue
        at = _column(columns, header)
        if columns[at].target.part is Part.PRIVATE:
            raise MappingError(
                _("Column {column} holds private particulars and cannot be taken in.").format(
                    column=visible(columns[at].header)
                )
            )
        if target.is_single:
            columns = _left_out(columns, target)
        columns[at] = ColumnMapping(columns[at].header, target, "given")
    return _mapping(table, columns)


def _left_out(columns: list[ColumnMapping], target: Target) -> list[ColumnMapping]:
    return [
        replace(column, target=IGNORED, how="given", note="") if column.target == target else column
        for column in columns
    ]


def _mapping(table: Table, columns: list[ColumnMapping]) -> Mapping:
    return Mapping(tuple(columns), find_people(table, [column.target for column in columns]))


def _target(field: str) -> Target:
    target = target_named(field)
    if target is None:
        raise MappingError(_unknown(_("There is no field {name}."), field, target_names()))
    return target


def _column(columns: list[ColumnMapping], header: str) -> int:
    wanted = header.strip().casefold()
    for at, column in enumerate(columns):
        if column.header.strip().casefold() == wanted:
            return at
    headers = [column.header for column in columns]
    raise MappingError(_unknown(_("The file has no column {name}."), header, headers))


def _unknown(sentence: str, name: str, known: list[str]) -> str:
    said = sentence.format(name=visible(name))
    near = nearest(name, known)
    if near is None:
        return said
    return f"{said} " + _("Did you mean {name}?").format(name=visible(near))


def _by_header(header: str) -> ColumnMapping:
    target = said_by(header)
    if target is None:
        return ColumnMapping(header, NOT_UNDERSTOOD, "none")
    return ColumnMapping(header, target, "synonym")


def _by_content(
    table: Table, at: int, column: ColumnMapping, columns: list[ColumnMapping]
) -> ColumnMapping:
    cells, target = sample_of(table, at), column.target
    if not cells:
        return column if target.part is not Part.NONE else _by_cells(column, cells, columns)
    if target.part is Part.ACCOUNT and _should_be_addresses(target, cells, columns):
        return ColumnMapping(column.header, Target(Part.ADDRESS), "content")
    if _may_be_coded(target) and is_coded(cells):
        note = _("these are codes of another system; the addresses decide.")
        return ColumnMapping(column.header, IGNORED, "content", note)
    if target.part is Part.PLATFORM and not mostly_platforms(cells):
        return _not_a_platform(column, cells)
    if target == Target(Part.ACCOUNT, "lifecycle"):
        return replace(column, target=Target(Part.ACCOUNT, statuses_in(cells)))
    if target.field == "kind" and mostly_platforms(cells) and not _has(columns, Part.PLATFORM):
        return ColumnMapping(column.header, Target(Part.PLATFORM), "content")
    if target.part is Part.NONE:
        return _by_cells(column, cells, columns)
    if target.part is Part.HANDLE and mostly_addresses(cells) and not _has(columns, Part.ADDRESS):
        return ColumnMapping(column.header, Target(Part.ADDRESS), "content")
    return column


def _should_be_addresses(target: Target, cells: list[str], columns: list[ColumnMapping]) -> bool:
    """ "Akaun rasmi" may ask whether an account is official, or hold the official account."""
    is_closed = target.field in ("official_status", "badge", "account_class", "lifecycle")
    return is_closed and not _has(columns, Part.ADDRESS) and mostly_addresses(cells)


def _tell_names_apart(table: Table, columns: list[ColumnMapping]) -> list[ColumnMapping]:
    """Where "Name" stands beside "Agency", the agency is the organisation.

    The name is then a person's, where the list has offices or the names are people's, or else the
    name that the account shows.
    """
    wanted = Target(Part.ORGANISATION, "name")
    named = [at for at, column in enumerate(columns) if column.target == wanted]
    general = [at for at in named if words_of(columns[at].header)[-1:] in _GENERAL_NAMES]
    if len(named) < 2 or len(general) != 1:
        return columns
    at = general[0]
    people = _has(columns, Part.OFFICE) or mostly_people(sample_of(table, at))
    target = Target(Part.PERSON) if people else Target(Part.ACCOUNT, "display_name")
    if target in [column.target for column in columns]:
        target = IGNORED
    return [*columns[:at], replace(columns[at], target=target), *columns[at + 1 :]]


def _may_be_coded(target: Target) -> bool:
    return target.part in (Part.PLATFORM, Part.ACCOUNT, Part.NONE) or target.field == "kind"


def _not_a_platform(column: ColumnMapping, cells: list[str]) -> ColumnMapping:
    if mostly_addresses(cells):
        return ColumnMapping(column.header, Target(Part.ADDRESS), "content")
    if names_with_platforms(cells):
        # "City Library Facebook": the organisation and the platform in one cell
        return ColumnMapping(column.header, Target(Part.ORGANISATION, "name"), "content")
    return column


def _by_cells(
    column: ColumnMapping, cells: list[str], columns: list[ColumnMapping]
) -> ColumnMapping:
    hinted = hinted_by(column.header)
    taken = [other.target for other in columns if other.how == "synonym"]
    if hinted is not None and hinted not in taken and _fits(hinted, cells):
        return ColumnMapping(column.header, hinted, "synonym")
    is_about_something_else = set(words_of(column.header)) & _REFERENCES
    if mostly_addresses(cells) and not is_about_something_else:
        if Target(Part.ADDRESS) in taken:
            note = _("it holds addresses too; correct the mapping if they are accounts.")
            return replace(column, note=note)
        return ColumnMapping(column.header, Target(Part.ADDRESS), "content")
    if mostly_platforms(cells) and not _has(columns, Part.PLATFORM):
        return ColumnMapping(column.header, Target(Part.PLATFORM), "content")
    return column


_REFERENCES = {
    *("source", "sumber", "rujukan", "reference", "fuente", "evidence", "bukti", "wikipedia"),
    *("image", "gambar", "imej", "logo", "photo", "foto", "screenshot", "document", "dokumen"),
}
_GENERAL_NAMES = {("name",), ("nama",), ("nombre",)}
_DATE_LIKE = re.compile(r"\d")


def _fits(target: Target, cells: list[str]) -> bool:
    if not cells:
        return True
    if target.part is Part.ADDRESS:
        return mostly_addresses(cells)
    if target.part is Part.PLATFORM:
        return mostly_platforms(cells)
    if target.field == "last_post_on":
        return any(_DATE_LIKE.search(cell) for cell in cells)
    return True


def _has(columns: list[ColumnMapping], part: Part) -> bool:
    return any(column.target.part is part for column in columns)


def _without_doubles(columns: list[ColumnMapping]) -> list[ColumnMapping]:
    """Leave only one column for each single meaning: the first, read from left to right."""
    taken: set[Target] = set()
    kept = []
    for column in columns:
        if column.target.is_single and column.target in taken:
            note = _("another column holds the same; correct the mapping if this is the right one.")
            column = replace(column, target=IGNORED, note=note)
        taken.add(column.target)
        kept.append(column)
    return kept
