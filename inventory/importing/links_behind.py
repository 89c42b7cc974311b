"""Addresses that a workbook keeps behind the text of its cells, by row and column."""

import re
from collections.abc import Iterable, Iterator

from inventory.importing.sheet_frame import LONGEST_ADDRESS, MOST_AREAS, Area, Frame

LARGEST_AREA = 1_000
_ADDRESS = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
_FORMULA = re.compile(r'\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*[,)]', re.IGNORECASE)
_ANY_LINK = re.compile(r"\s*HYPERLINK\(", re.IGNORECASE)


class LinksBehind:
    """The addresses behind the cells of one sheet; only those of the web are kept.

    A link over more than 1,000 cells is no link of a list and is left out; a cell merged with
    others has the link of the first.
    """

    def __init__(self, frame: Frame) -> None:
        self._rows: dict[int, dict[int, str]] = {}
        self._left = MOST_AREAS
        for area, address in frame.linked:
            self._put(area, address)
        for area in frame.merged:
            first = self._rows.get(area.first_row, {}).get(area.first_column)
            if first:
                self._put(area._replace(last_column=area.first_column), first)

    def put_formula(self, row: int, column: int, formula: str) -> bool:
        """Keep the address that a formula links to; return whether there is one it works out."""
        address = address_in(formula)
        if address:
            self._put(Area(row, column, row, column), address)
        return _ANY_LINK.match(formula) is not None and _FORMULA.match(formula) is None

    def at(self, row: int) -> dict[int, str]:
        """Return the addresses of a row by column."""
        return self._rows.get(row, {})

    def below(self, row: int) -> Iterator[tuple[int, str]]:
        """Yield column and address of every link below `row`."""
        for number, links in self._rows.items():
            if number > row:
                yield from links.items()

    def _put(self, area: Area, address: str) -> None:
        if area.size > min(LARGEST_AREA, self._left) or not is_of_the_web(address):
            return
        self._left -= area.size
        for row in range(area.first_row, area.last_row + 1):
            links = self._rows.setdefault(row, {})
            for column in range(area.first_column, area.last_column + 1):
                links.setdefault(column, address)


def is_of_the_web(address: str) -> bool:
    """Say whether `address` may be a page: no mail, phone, file or place in the workbook."""
    return len(address) <= LONGEST_ADDRESS and _ADDRESS.match(address) is not None


def address_in(formula: str) -> str:
    """Return the address written out in `HYPERLINK("address","text")`, "" where there is none."""
    match = _FORMULA.match(formula)
    address = match[1].replace('""', '"').strip() if match else ""
    return address if is_of_the_web(address) else ""


def columns_of(links: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    """Return the addresses of each column."""
    found: dict[int, list[str]] = {}
    for column, address in links:
        found.setdefault(column, []).append(address)
    return found
