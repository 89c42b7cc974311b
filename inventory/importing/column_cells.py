"""What a column means by its cells, where its header says nothing or says something else."""

import re
from collections.abc import Sequence
from dataclasses import replace

from inventory.importing.choices import read_choice, yes_or_no
from inventory.importing.headers import hinted_by
from inventory.importing.mapped import ColumnMapping
from inventory.importing.names import kind_of, names_an_organisation
from inventory.importing.rows import Table
from inventory.importing.samples import (
    is_coded,
    mostly,
    mostly_addresses,
    mostly_platforms,
    names_with_platforms,
    sample_of,
)
from inventory.importing.targets import IGNORED, NAME, UNDER, Part, Target
from inventory.importing.values import is_nothing
from inventory.importing.words import words_of
from inventory.language import _
from inventory.record import Account, field_named
from inventory.safe_text import visible
from inventory.vocabulary import OrganisationKind

_MOST_COUNTRIES = 3
_REFERENCES = {
    *("source", "sumber", "rujukan", "reference", "fuente", "evidence", "bukti", "wikipedia"),
    *("image", "gambar", "imej", "logo", "photo", "foto", "screenshot", "document", "dokumen"),
}
_COUNTRIES = {("country",), ("negara",), ("pais",)}
_IDS = {("id",)}
_OWNERS = {"owner", "pemilik", "titular"}
_POSTAL = {"address", "addresses", "alamat", "direccion"}
_ALIVE = {"aktif", "active", "activo", "activa", "keaktifan"}
_HANDLE = re.compile(r"@?(?=.*[^\W\d])[\w.-]{3,60}")
_GENERAL = ("official_status", "lifecycle", "badge", "visibility")
_KINDS = ("official_status", "account_class", "platform_object", "legal_owner", "lifecycle")
_MOST = 0.6


def by_content(
    table: Table, at: int, column: ColumnMapping, columns: list[ColumnMapping]
) -> ColumnMapping:
    """Return what a column means once its cells were looked at."""
    cells, target = sample_of(table, at), column.target
    if not cells:
        return column if target.part is not Part.NONE else _by_cells(column, cells, columns)
    if target.platform:
        return _of_one_platform(column, cells, columns)
    if target.part is Part.ACCOUNT and _should_be_addresses(target, cells, columns):
        return ColumnMapping(column.header, Target(Part.ADDRESS), "content")
    if _may_be_coded(target) and is_coded(cells):
        note = _("these are codes of another system; the addresses decide.")
        return ColumnMapping(column.header, IGNORED, "content", note)
    if target.part is Part.PLATFORM and not mostly_platforms(cells):
        return _not_a_platform(column, cells, columns)
    if target == Target(Part.ACCOUNT, "lifecycle") and not _ALIVE & set(words_of(column.header)):
        said = _choice_in(cells, _GENERAL, columns, "lifecycle")
        return replace(column, target=Target(Part.ACCOUNT, said))
    if target.field == "kind" or target.part is Part.BODY or target.field == "account_class":
        return _general(column, cells, columns)
    if target.part is Part.NONE:
        return _by_cells(column, cells, columns)
    if target.part is Part.IGNORE:
        return _ignored(column, cells, columns)
    if target.part is Part.ADDRESS and _is_postal(column, cells):
        return replace(column, target=IGNORED, how="content", note=_("these are no web addresses."))
    if target.part is Part.HANDLE and mostly_addresses(cells) and not has(columns, Part.ADDRESS):
        return ColumnMapping(column.header, Target(Part.ADDRESS), "content")
    return column


def names_owners(header: str) -> bool:
    """Say whether a header asks for the owner of an account ("Pemilik", "Account owner")."""
    return bool(_OWNERS & set(words_of(header)))


def has(columns: Sequence[ColumnMapping], part: Part) -> bool:
    """Say whether any column has a part as its meaning."""
    return any(column.target.part is part for column in columns)


def _of_one_platform(
    column: ColumnMapping, cells: list[str], columns: list[ColumnMapping]
) -> ColumnMapping:
    """Read "Facebook rasmi", "Nama akaun X": what of the platform's account, or the account."""
    target = column.target
    wide = Target(Part.WIDE, platform=target.platform)
    if target == wide:
        if not mostly(cells, lambda cell: yes_or_no(cell) is not None):
            return column
        note = _("it says whether there is an account, not which; it was left out.")
        return replace(column, target=IGNORED, how="content", note=note)
    if wide not in [other.target for other in columns] and mostly(cells, _is_link):
        return ColumnMapping(column.header, wide, "content")
    if target.field == "display_name" and mostly(cells, lambda cell: cell.startswith("@")):
        note = _("these are handles, no names; the addresses tell them too.")
        return replace(column, target=IGNORED, how="content", note=note)
    if target.field in _GENERAL:
        said = _choice_in(cells, _GENERAL, [], target.field)
        return replace(column, target=Target(Part.ACCOUNT, said, target.platform))
    return column


def _is_link(cell: str) -> bool:
    return mostly_addresses([cell]) or (_is_handle(cell) and yes_or_no(cell) is None)


def _should_be_addresses(target: Target, cells: list[str], columns: list[ColumnMapping]) -> bool:
    """ "Akaun rasmi" may ask whether an account is official, or hold the official account."""
    is_closed = target.field in ("official_status", "badge", "account_class", "lifecycle")
    return is_closed and not has(columns, Part.ADDRESS) and mostly_addresses(cells)


def _may_be_coded(target: Target) -> bool:
    return target.part in (Part.PLATFORM, Part.ACCOUNT, Part.NONE) or target.field == "kind"


def _not_a_platform(
    column: ColumnMapping, cells: list[str], columns: list[ColumnMapping]
) -> ColumnMapping:
    if mostly_addresses(cells):
        return ColumnMapping(column.header, Target(Part.ADDRESS), "content")
    if names_with_platforms(cells):
        # "City Library Facebook": the organisation and the platform in one cell
        return ColumnMapping(column.header, NAME, "content")
    return _by_choices(column, cells, columns)


def _general(
    column: ColumnMapping, cells: list[str], columns: list[ColumnMapping]
) -> ColumnMapping:
    """Read "Jenis", "Kategori", "Class": of what, only the cells tell."""
    if mostly_platforms(cells) and not has(columns, Part.PLATFORM):
        return ColumnMapping(column.header, Target(Part.PLATFORM), "content")
    if column.target.field == "kind" and _share(cells, "kind") >= _MOST:
        return column
    return _by_choices(column, cells, columns)


def _by_choices(
    column: ColumnMapping, cells: list[str], columns: list[ColumnMapping]
) -> ColumnMapping:
    """Return the column as the closed list that most of its cells are words of."""
    said = _choice_in(cells, _KINDS, columns, column.target.field)
    if not said or said == column.target.field:
        return column
    return ColumnMapping(column.header, Target(Part.ACCOUNT, said), "content")


def _choice_in(
    cells: list[str], fields: Sequence[str], columns: list[ColumnMapping], default: str
) -> str:
    """Return the field whose words the cells are; `default` where none fits better."""
    taken = {column.target.field for column in columns if column.target.part is Part.ACCOUNT}
    shares = {name: _share(cells, name) for name in fields if name not in taken - {default}}
    if not shares:
        return default
    best = max(shares, key=lambda name: (shares[name], name == default))
    return best if shares[best] >= _MOST else default


def _share(cells: list[str], name: str) -> float:
    """Return the share of the cells, without those that say nothing, that a closed list knows."""
    from inventory.record import Organisation

    choices = field_named(Organisation if name == "kind" else Account, name).choices
    assert choices is not None
    telling = [cell for cell in cells if not is_nothing(cell)]
    known = sum(read_choice(name, choices, cell) is not None for cell in telling)
    return known / len(telling) if telling else 0.0


def _ignored(
    column: ColumnMapping, cells: list[str], columns: list[ColumnMapping]
) -> ColumnMapping:
    words = words_of(column.header)
    if words in _IDS and not has(columns, Part.HANDLE) and mostly(cells, _is_handle):
        return ColumnMapping(column.header, Target(Part.HANDLE), "content")
    if words in _COUNTRIES:
        return replace(column, note=_countries(cells))
    return column


def _is_handle(cell: str) -> bool:
    return _HANDLE.fullmatch(cell) is not None


def _countries(cells: list[str]) -> str:
    """Return the remark that a list is about several countries; "" for one."""
    named = sorted({" ".join(cell.split()) for cell in cells if not is_nothing(cell)})
    if len({name.casefold() for name in named}) < 2:
        return ""
    some = ", ".join(visible(name) for name in named[:_MOST_COUNTRIES])
    return _("it names {count} countries ({some}); the rows of all of them are read.").format(
        count=len(named), some=some
    )


def _is_postal(column: ColumnMapping, cells: list[str]) -> bool:
    """Say whether a column called "Alamat" holds where offices are, not where accounts are."""
    if not _POSTAL & set(words_of(column.header)) or mostly_addresses(cells):
        return False
    return mostly(cells, lambda cell: " " in cell and "/" not in cell.split()[0])


def _by_cells(
    column: ColumnMapping, cells: list[str], columns: list[ColumnMapping]
) -> ColumnMapping:
    hinted = hinted_by(column.header)
    taken = [
        other.target
        for other in columns
        if other.how == "synonym" and not (other.target == NAME and names_owners(other.header))
    ]
    if hinted is not None and hinted not in taken and _fits(hinted, cells):
        return ColumnMapping(column.header, hinted, "synonym")
    is_about_something_else = set(words_of(column.header)) & _REFERENCES
    if mostly_addresses(cells) and not is_about_something_else:
        if Target(Part.ADDRESS) in taken:
            note = _("it holds addresses too; correct the mapping if they are accounts.")
            return replace(column, note=note)
        return ColumnMapping(column.header, Target(Part.ADDRESS), "content")
    if mostly_platforms(cells) and not has(columns, Part.PLATFORM):
        return ColumnMapping(column.header, Target(Part.PLATFORM), "content")
    if mostly(cells, names_an_organisation) and not has(columns, Part.ORGANISATION):
        return ColumnMapping(column.header, NAME, "content")
    known = [other.target for other in columns]
    if mostly(cells, _is_ministry) and NAME in known and UNDER not in known:
        return ColumnMapping(column.header, UNDER, "content")
    return column


def _is_ministry(cell: str) -> bool:
    return kind_of(cell) is OrganisationKind.MINISTRY


def _fits(target: Target, cells: list[str]) -> bool:
    if not cells:
        return True
    if target.part is Part.ADDRESS:
        return mostly_addresses(cells)
    if target.part is Part.PLATFORM:
        return mostly_platforms(cells)
    if target.field == "last_post_on":
        return any(char.isdigit() for cell in cells for char in cell)
    return True
