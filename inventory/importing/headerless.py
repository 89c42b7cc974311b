"""A table without a header: its first row is one of its rows, and stays one."""

import re
from dataclasses import replace

from inventory.importing.rows import Row, Table
from inventory.importing.samples import mostly_addresses
from inventory.language import _

_REPEATED = re.compile(r" \(\d+\)$")


def with_first_row(table: Table) -> Table:
    """Return `table` with the row that was taken for its header, where that row holds addresses.

    Its columns are called by their numbers then.
    """
    if table.format == "json" or not any(mostly_addresses([text]) for text in table.headers):
        return table
    names = tuple(
        _("Column {number}").format(number=number) for number in range(1, len(table.headers) + 1)
    )
    cells = tuple(
        "" if text == name else _REPEATED.sub("", text)
        for text, name in zip(table.headers, names, strict=True)
    )
    number = table.rows[0].number - 1 if table.rows else 1
    said = _("The list has no header: its first row was read as a row, by what its cells hold.")
    return replace(
        table,
        headers=names,
        rows=(Row(number, cells), *table.rows),
        warnings=(*table.warnings, said),
    )
