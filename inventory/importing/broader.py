"""Several columns that name organisations: whose account it is, under whom that one stands."""

from collections.abc import Sequence
from dataclasses import replace

from inventory.importing.choices import read_choice
from inventory.importing.column_cells import names_owners
from inventory.importing.headers import said_by
from inventory.importing.mapped import ColumnMapping
from inventory.importing.names import language_of
from inventory.importing.rows import Table
from inventory.importing.samples import mostly, sample_of
from inventory.importing.targets import IGNORED, NAME, UNDER, Part, Target
from inventory.importing.words import words_of
from inventory.language import _
from inventory.vocabulary import LegalOwner, OrganisationKind

_UNITS = {
    *("unit", "bahagian", "cawangan", "seksyen", "division", "branch", "section", "unidad"),
    *("seccion", "oficina"),
}
_MINISTRIES = {"kementerian", "ministry", "ministerio", "ministere"}
_STATES = {"negeri", "state"}
_WIDE = {"organisation", "organization", "organisasi", "organizacion", "institution", "institusi"}
_DEPARTMENTS = {"department", "jabatan", "departamento"}
_KINDS = (
    (_MINISTRIES, OrganisationKind.MINISTRY),
    (_STATES, OrganisationKind.STATE),
    ({"pbt", "council"}, OrganisationKind.LOCAL_COUNCIL),
    ({"berkanun", "statutory"}, OrganisationKind.STATUTORY_BODY),
)
_MOST = 0.6
_BESIDE_A_KIND = {
    "nama",
    "name",
    "nombre",
    "of",
    "badan",
    "body",
    "local",
    "kerajaan",
    "government",
}


def settle_organisations(table: Table, columns: list[ColumnMapping]) -> list[ColumnMapping]:
    """Return the columns with one organisation's name, and the broader ones above it.

    A ministry stands above everything. Of other columns the one with fewer different cells is the
    broader; where they have as many, the words of the headers and then the order decide.
    """
    columns = _without_owners_and_units(table, columns)
    named = _named(columns)
    if not named:
        return _state_alone(columns)
    if len(named) == 1:
        return columns
    told = _told_by_language(table, named)
    if told:
        return _changed(columns, told)
    ranked = sorted(named, key=lambda at: _breadth(table, columns[at].header, at))
    same = [at for at in ranked[:-1] if _cells(table, at) == _cells(table, ranked[-1])]
    above = {at: UNDER for at in ranked[:-1] if at not in same}
    return _changed(columns, above)


def uppers_in(table: Table, columns: Sequence[ColumnMapping]) -> list[int]:
    """Return the columns of what stands above an organisation, the nearest first."""
    places = [at for at, column in enumerate(columns) if column.target == UNDER]
    if len(places) > 1:
        places.sort(key=lambda at: _breadth(table, columns[at].header, at), reverse=True)
    return places


def names_an_owner(header: str) -> bool:
    """Say whether a column by its header names organisations whose accounts these can be.

    "Kementerian" does, "Di bawah kementerian" only says what stands above them.
    """
    return said_by(header) == NAME


def kind_in(header: str) -> OrganisationKind:
    """Return the kind of all organisations under a header ("Kementerian"), unknown for others."""
    words = set(words_of(header)) - _BESIDE_A_KIND
    found = [kind for said, kind in _KINDS if words & said]
    return found[0] if len(found) == 1 and len(words) == 1 else OrganisationKind.UNKNOWN


def _without_owners_and_units(table: Table, columns: list[ColumnMapping]) -> list[ColumnMapping]:
    """A column of owners or units beside one of organisations says something else than whose."""
    for at in _named(columns):
        words = set(words_of(columns[at].header))
        if len(_named(columns)) == 1:
            break
        if names_owners(columns[at].header):
            owners = mostly(sample_of(table, at), _is_owner)
            columns = _changed(
                columns, {at: Target(Part.ACCOUNT, "legal_owner") if owners else IGNORED}
            )
            if not owners:
                note = _("the organisation stands in another column.")
                columns[at] = replace(columns[at], note=note)
        elif words & _UNITS:
            columns = _changed(columns, {at: Target(Part.ACCOUNT, "responsible_unit")})
    return columns


def _is_owner(cell: str) -> bool:
    return read_choice("legal_owner", LegalOwner, cell) is not None


def _state_alone(columns: list[ColumnMapping]) -> list[ColumnMapping]:
    """Where no column names an organisation or a person, the states are the organisations."""
    parts = {column.target.part for column in columns}
    if parts & {Part.PERSON, Part.OFFICE, Part.ORGANISATION}:
        return columns
    states = [at for at, column in enumerate(columns) if set(words_of(column.header)) & _STATES]
    return _changed(columns, {states[0]: NAME}) if len(states) == 1 else columns


def _told_by_language(table: Table, named: Sequence[int]) -> dict[int, Target]:
    """Return the columns as the names in two languages, where they name one organisation each."""
    pairs = {tuple(row.cells[at].strip() for at in named) for row in table.rows}
    if (
        len(named) != 2
        or len(pairs) < 2
        or any(len(_cells(table, at)) != len(pairs) for at in named)
    ):
        return {}
    said = [_language(table, at) for at in named]
    if set(said) != {"ms", "en"}:
        return {}
    return {
        at: Target(Part.ORGANISATION, f"name_{language}")
        for at, language in zip(named, said, strict=True)
    }


def _language(table: Table, at: int) -> str:
    told = [language_of(cell) for cell in sample_of(table, at)]
    return next((code for code in ("ms", "en") if told.count(code) >= _MOST * len(told)), "")


def _breadth(table: Table, header: str, at: int) -> tuple[bool, int, int, int]:
    words = set(words_of(header))
    levels = (words & _WIDE, words & _DEPARTMENTS)
    level = next((rank for rank, said in enumerate(levels) if said), len(levels))
    return not words & _MINISTRIES, len(_cells(table, at)), level, at


def _cells(table: Table, at: int) -> frozenset[str]:
    return frozenset(text for row in table.rows if (text := row.cells[at].strip().casefold()))


def _named(columns: Sequence[ColumnMapping]) -> list[int]:
    return [at for at, column in enumerate(columns) if column.target == NAME]


def _changed(columns: list[ColumnMapping], targets: dict[int, Target]) -> list[ColumnMapping]:
    return [
        replace(column, target=targets[at], note="") if at in targets else column
        for at, column in enumerate(columns)
    ]
