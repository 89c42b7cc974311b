"""Which column of a file means what: proposed from headers and contents, corrected by a person."""

from collections.abc import Mapping as Dictionary
from dataclasses import replace

from inventory.importing.broader import settle_organisations
from inventory.importing.column_cells import by_content, has
from inventory.importing.handlers import settle_handlers
from inventory.importing.headers import exactly, said_by
from inventory.importing.mapped import ColumnMapping, Layout, Mapping
from inventory.importing.officeholders import find_people
from inventory.importing.rows import Table
from inventory.importing.samples import mostly_people, sample_of
from inventory.importing.targets import (
    IGNORED,
    NAME,
    NOT_UNDERSTOOD,
    UNDER,
    Part,
    Target,
    target_named,
    target_names,
)
from inventory.importing.words import nearest, words_of
from inventory.language import _
from inventory.safe_text import visible

__all__ = ["ColumnMapping", "Layout", "Mapping", "MappingError", "corrected", "propose"]

_GENERAL_NAMES = {("name",), ("nama",), ("nombre",)}


class MappingError(Exception):
    """Raised for a correction that names a field or a column that does not exist."""


def propose(table: Table) -> Mapping:
    """Return what the columns of `table` most likely mean.

    Headers speak first. Where a header says nothing, or says something that its cells contradict
    (coded drop-downs, a "Status" that holds "Rasmi"), the cells decide.
    """
    columns = [_by_header(header) for header in table.headers]
    columns = [by_content(table, at, column, columns) for at, column in enumerate(columns)]
    columns = settle_organisations(table, _tell_names_apart(table, columns))
    return _mapping(table, _without_doubles(settle_handlers(table, columns)))


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
        if target.is_single or target == UNDER:
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


def _tell_names_apart(table: Table, columns: list[ColumnMapping]) -> list[ColumnMapping]:
    """Where "Name" stands beside "Agency", the agency is the organisation.

    The name is then a person's, where the list has offices or the names are people's, or else the
    name that the account shows.
    """
    named = [at for at, column in enumerate(columns) if column.target == NAME]
    general = [at for at in named if _is_general(columns[at].header)]
    if len(named) < 2 or len(general) != 1:
        return columns
    at = general[0]
    people = has(columns, Part.OFFICE) or mostly_people(sample_of(table, at))
    target = Target(Part.PERSON) if people else Target(Part.ACCOUNT, "display_name")
    if target in [column.target for column in columns]:
        target = IGNORED
    return [*columns[:at], replace(columns[at], target=target), *columns[at + 1 :]]


def _is_general(header: str) -> bool:
    """Say whether a header is "Name" and no more: "Organisation name" says whose."""
    words = words_of(header)
    return words[-1:] in _GENERAL_NAMES and (len(words) == 1 or exactly(words) is None)


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
