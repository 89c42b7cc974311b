"""Rows that are headings: a ministry alone in a row, and below it the agencies under it.

A list is read so only where it plainly is one: it begins with such a row, every ministry in it
stands alone in a row or names its own accounts below its heading, and something stands below each.
"""

from collections.abc import Sequence
from dataclasses import replace

from inventory.importing.mapped import ColumnMapping, Mapping
from inventory.importing.names import kind_of, name_key
from inventory.importing.rows import Row, Table
from inventory.importing.targets import NAME, UNDER
from inventory.language import _
from inventory.vocabulary import OrganisationKind

_HEADER = "Kementerian"


def with_headings(table: Table, mapping: Mapping) -> tuple[Table, Mapping, str]:
    """Return the table with its headings in a column of their own, and what to say of it.

    The rows of headings stay, empty, so that every row is accounted for.
    """
    headings = _headings(table, mapping)
    if not headings:
        return table, mapping, ""
    rows, above = [], ""
    for at, row in enumerate(table.rows):
        above = headings.get(at, above)
        cells = ("",) * len(row.cells) if at in headings else row.cells
        rows.append(Row(row.number, (*cells, "" if at in headings else above)))
    column = ColumnMapping(_HEADER, UNDER, "content")
    return (
        replace(table, headers=(*table.headers, _HEADER), rows=tuple(rows)),
        replace(mapping, columns=(*mapping.columns, column)),
        _said([table.rows[at].number for at in headings]),
    )


def _headings(table: Table, mapping: Mapping) -> dict[int, str]:
    """Return the headings by the place of their row; {} where the list is not plainly so."""
    targets = [column.target for column in mapping.columns]
    names = [at for at, target in enumerate(targets) if target == NAME]
    if not table.rows or UNDER in targets or len(names) != 1 or mapping.people.named:
        return {}
    if not _alone(table.rows[0]):
        return {}
    found = {at: text for at, row in enumerate(table.rows) if (text := _alone(row))}
    is_followed = all(at + 1 < len(table.rows) and at + 1 not in found for at in found)
    return found if is_followed and _is_plain(table.rows, names[0], found) else {}


def _is_plain(rows: Sequence[Row], name: int, headings: dict[int, str]) -> bool:
    above = ""
    for at, row in enumerate(rows):
        if at in headings:
            above = headings[at]
        elif _is_ministry(row.cells[name]) and name_key(row.cells[name]) != name_key(above):
            return False
    return True


def _alone(row: Row) -> str:
    """Return the ministry that stands alone in a row, "" for any other row."""
    filled = [text for cell in row.cells if (text := cell.strip())]
    return filled[0] if len(filled) == 1 and _is_ministry(filled[0]) else ""


def _is_ministry(name: str) -> bool:
    return kind_of(name) is OrganisationKind.MINISTRY


def _said(numbers: list[int]) -> str:
    return _("Rows {rows} are headings: what stands below each was put under it.").format(
        rows=", ".join(map(str, numbers))
    )
