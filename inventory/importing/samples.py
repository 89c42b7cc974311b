"""What a column's cells say about it, read from a sample of those that are not empty."""

import re
from collections.abc import Callable

from inventory.importing.people import is_surely_a_person
from inventory.importing.rows import Table

_SAMPLE = 300
_MOST = 0.6
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|@?[\w-]+(?:\.[\w-]+)+/\S+", re.IGNORECASE)
_CODE = re.compile(r"[a-z0-9]{4}-[a-z0-9]{4}")


def sample_of(table: Table, column: int) -> list[str]:
    """Return the first non-empty cells of a column."""
    cells = []
    for row in table.rows:
        cell = row.cells[column].strip()
        if cell:
            cells.append(cell)
            if len(cells) == _SAMPLE:
                break
    return cells


def is_coded(cells: list[str]) -> bool:
    """Say whether the cells are the codes of a portal's drop-down list (riy5-du4v)."""
    return all(_CODE.fullmatch(cell) for cell in cells) and any(
        char.isdigit() for cell in cells for char in cell
    )


def mostly_addresses(cells: list[str]) -> bool:
    """Say whether most cells begin with an internet address."""
    return mostly(cells, lambda cell: _ADDRESS.match(cell) is not None)


def mostly_platforms(cells: list[str]) -> bool:
    """Say whether most cells name a platform and nothing else."""
    from inventory.platforms import platform_named

    return mostly(cells, lambda cell: platform_named(cell) is not None)


def mostly_people(cells: list[str]) -> bool:
    """Say whether most cells bear a mark that only people's names bear."""
    return mostly(cells, is_surely_a_person)


def names_with_platforms(cells: list[str]) -> bool:
    """Say whether most cells end with the name of a platform after something else."""
    return mostly(cells, lambda cell: split_platform(cell)[1] != "")


def split_platform(cell: str) -> tuple[str, str]:
    """Split "City Library Facebook" into its name and platform; ("...", "") without one."""
    from inventory.platforms import platform_named

    name, _space, last = cell.strip().rpartition(" ")
    if name and platform_named(last) is not None:
        return name.rstrip(" -–:,|"), last
    return cell.strip(), ""


def mostly(cells: list[str], holds: Callable[[str], bool]) -> bool:
    """Say whether at least six of ten cells are so; no cells are not."""
    return bool(cells) and sum(map(holds, cells)) >= _MOST * len(cells)
