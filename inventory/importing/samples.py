"""What a column's cells say about it, read from a sample of those that are not empty."""

import re
from collections.abc import Callable

from inventory.importing.choices import read_choice
from inventory.importing.people import is_surely_a_person
from inventory.importing.rows import Table
from inventory.vocabulary import Lifecycle, OfficialStatus

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
    return _mostly(cells, lambda cell: _ADDRESS.match(cell) is not None)


def mostly_platforms(cells: list[str]) -> bool:
    """Say whether most cells name a platform and nothing else."""
    from inventory.platforms import platform_named

    return _mostly(cells, lambda cell: platform_named(cell) is not None)


def mostly_people(cells: list[str]) -> bool:
    """Say whether most cells bear a mark that only people's names bear."""
    return _mostly(cells, is_surely_a_person)


def names_with_platforms(cells: list[str]) -> bool:
    """Say whether most cells end with the name of a platform after something else."""
    return _mostly(cells, lambda cell: split_platform(cell)[1] != "")


def split_platform(cell: str) -> tuple[str, str]:
    """Split "City Library Facebook" into its name and platform; ("...", "") without one."""
    from inventory.platforms import platform_named

    name, _space, last = cell.strip().rpartition(" ")
    if name and platform_named(last) is not None:
        return name.rstrip(" -–:,|"), last
    return cell.strip(), ""


def statuses_in(cells: list[str]) -> str:
    """Return the field a "Status" column holds: official_status where its words say that."""
    official = sum(bool(read_choice("official_status", OfficialStatus, cell)) for cell in cells)
    alive = sum(bool(read_choice("lifecycle", Lifecycle, cell)) for cell in cells)
    return "official_status" if official > alive else "lifecycle"


def _mostly(cells: list[str], holds: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(holds, cells)) >= _MOST * len(cells)
