"""The rows of a table read through its mapping: links, what is said of each, and by whom."""

from collections.abc import Callable, Collection
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

from inventory.identity import Identity, identify
from inventory.importing.filed import Filed
from inventory.importing.links import Link
from inventory.importing.mapping import Mapping
from inventory.importing.row_reading import RowReading
from inventory.importing.rows import Table

Progress = Callable[[int, int], None]
Names = Dictionary[str, Collection[int]]

_STEP = 2000
_WEBSITE = "website"


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything a file says: its links in order, its organisations, its rows without a link."""

    links: list[Link]
    organisations: dict[str, Filed]
    rows_without_links: int
    warnings: list[str]


def draft(
    table: Table,
    mapping: Mapping,
    organisation: str = "",
    *,
    standing: Names | None = None,
    progress: Progress | None = None,
) -> Drafts:
    """Read every row of `table`; private values end here.

    `organisation` is the name of the one that is meant by rows that name none. `standing` gives
    the organisations of the inventory by name key.
    """
    reading = RowReading(table, mapping, organisation)
    links: list[Link] = []
    without = 0
    for number, row in enumerate(table.rows):
        if progress is not None and number % _STEP == 0:
            progress(number, len(table.rows))
        found = reading.row(row)
        links += found
        without += not found
    organisations = reading.filing.settle(standing)
    for link in links:
        link.organisation = reading.filing.key_of(link.organisation)
        group = organisations.get(link.organisation)
        if group is not None and isinstance(link.found, Identity):
            _see_own_site(link, link.found, group)
            if link.key:
                group.account_keys.add(link.key)
    return Drafts(links, organisations, without, [*mapping.warnings, *reading.remarks()])


def _see_own_site(link: Link, found: Identity, group: Filed) -> None:
    """Look at a website's address again, now that all rows have told the organisation's domains."""
    if found.platform == _WEBSITE and found.platform != link.hint and group.hosts:
        link.take(identify(link.value, link.hint or None, official_domains=group.hosts))
