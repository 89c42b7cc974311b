"""Columns of who runs an account: posts are taken, people's names stay private."""

from dataclasses import replace

from inventory.importing.mapped import ColumnMapping
from inventory.importing.names import names_an_organisation
from inventory.importing.posts import Told, asks_who, may_count, told_by
from inventory.importing.rows import Table
from inventory.importing.samples import mostly, sample_of
from inventory.importing.targets import NAME, UNDER, Part, Target
from inventory.importing.words import words_of

_HANDLER = Target(Part.ACCOUNT, "handler_position")
_UNIT = Target(Part.ACCOUNT, "responsible_unit")
_COUNT = Target(Part.ACCOUNT, "admin_count")
_MOST = 0.6
Words = tuple[str, ...]


def settle_handlers(table: Table, columns: list[ColumnMapping]) -> list[ColumnMapping]:
    """Return the columns with those that hold posts, units or counts of who runs an account.

    The first such column is taken; where its cells are people's names it stays private.
    """
    organisations = organisations_in(table, columns)
    settled = list(columns)
    for at, column in enumerate(columns):
        if not _may_tell(table, column, columns):
            continue
        target = _told(table, at, column.header, organisations)
        if target is not None and target not in [other.target for other in settled]:
            settled[at] = replace(column, target=target, how="content", note="")
    return settled


def organisations_in(table: Table, columns: list[ColumnMapping]) -> frozenset[Words]:
    """Return the words of each organisation that the list names."""
    named = [at for at, column in enumerate(columns) if column.target in (NAME, UNDER)]
    if not any(column.target in (_HANDLER, Target(Part.PRIVATE)) for column in columns):
        named = []
    texts = {row.cells[at] for row in table.rows for at in named}
    return frozenset(words for text in texts if len(words := words_of(text)) > 1)


def _may_tell(table: Table, column: ColumnMapping, columns: list[ColumnMapping]) -> bool:
    part = column.target.part
    if part is Part.OFFICE:
        # "Jawatan" beside agencies is the post of whoever runs the account, nobody's office.
        return not any(other.target.part is Part.PERSON for other in columns) and any(
            mostly(sample_of(table, at), names_an_organisation)
            for at, other in enumerate(columns)
            if other.target == NAME
        )
    return part is Part.PRIVATE or (part is Part.NONE and asks_who(column.header))


def _told(table: Table, at: int, header: str, organisations: frozenset[Words]) -> Target | None:
    cells = sample_of(table, at)
    told = [told_by(cell, organisations) for cell in cells]
    if may_count(header) and told.count(Told.COUNT) >= _MOST * max(1, len(told)):
        return _COUNT
    if Told.POST in told:
        return _HANDLER
    return _UNIT if told.count(Told.UNIT) >= _MOST * max(1, len(told)) else None
