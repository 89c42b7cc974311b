"""The rows of a table read through its mapping: links, what is said of each, and by whom."""

from collections.abc import Callable, Collection
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

from inventory.identity import Identity, identify
from inventory.importing.filed import Filed
from inventory.importing.grouped_rows import GroupedRows
from inventory.importing.headings import with_headings
from inventory.importing.links import Link
from inventory.importing.mapped import Mapping
from inventory.importing.rests import Rests
from inventory.importing.row_reading import RowReading
from inventory.importing.rows import Table
from inventory.importing.side_by_side import SideBySide
from inventory.language import _

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
    warnings = list(mapping.warnings)
    table, mapping, headings = with_headings(table, mapping)
    reading = RowReading(table, mapping, organisation)
    rests, groups, lines = Rests(mapping), GroupedRows(table, mapping), SideBySide(mapping)
    links: list[Link] = []
    without = 0
    for number, row in enumerate(table.rows):
        if progress is not None and number % _STEP == 0:
            progress(number, len(table.rows))
        if remark := rests.remark(row):
            reading.remark(remark, row.number)
            without += 1
            continue
        full, was_filled = groups.filled(row)
        if was_filled:
            reading.remark(_("the organisation was taken from the row above."), row.number)
        found = [link for part in lines.rows(full) for link in reading.row(part)]
        _ask_whose(found, groups.row_above)
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
    warnings += [*filter(None, [headings]), *reading.remarks()]
    return Drafts(links, organisations, without, warnings)


def _ask_whose(links: list[Link], above: int) -> None:
    """Say in the remedy of links without an organisation which row above names one."""
    for link in links:
        if above and not link.organisation and not link.remedy and isinstance(link.found, Identity):
            link.remedy = _(
                "Write the organisation in row {row}, if need be that of row {above};"
                " or name one for all rows that name none (--organisation)."
            ).format(row=link.row, above=above)


def _see_own_site(link: Link, found: Identity, group: Filed) -> None:
    """Look at a website's address again, now that all rows have told the organisation's domains."""
    if found.platform == _WEBSITE and found.platform != link.hint and group.hosts:
        link.take(identify(link.value, link.hint or None, official_domains=group.hosts))
