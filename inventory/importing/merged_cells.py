"""Merged cells: a value merged over several rows holds for each of them."""

from collections.abc import Iterable, Mapping

from inventory.importing.sheet_frame import Area

Span = tuple[int, int]


class MergedRows:
    """Fills the rows below a merged cell with its value, as the rows pass from top to bottom.

    Only its first column is filled, only where the cell is blank, and only in rows that hold
    something of their own; no row is made.
    """

    def __init__(self, merged: Iterable[Area]) -> None:
        self._waiting = sorted(
            (area for area in merged if area.last_row > area.first_row), reverse=True
        )
        self._open: dict[int, tuple[int, str]] = {}

    def fill(self, number: int, texts: list[str]) -> None:
        """Fill the blanks of row `number`, and remember the values that hold below it."""
        for column, (last, text) in list(self._open.items()):
            if number > last:
                del self._open[column]
            elif column >= len(texts):
                texts += [""] * (column - len(texts))
                texts.append(text)
            elif not texts[column]:
                texts[column] = text
        while self._waiting and self._waiting[-1].first_row <= number:
            area = self._waiting.pop()
            column = area.first_column
            if area.first_row == number and column < len(texts) and texts[column].strip():
                self._open[column] = (area.last_row, texts[column])


def spans(merged: Iterable[Area]) -> Mapping[int, list[Span]]:
    """Return the first and last column of each cell merged across columns alone, by its row."""
    found: dict[int, list[Span]] = {}
    for area in merged:
        if area.last_column > area.first_column and area.first_row == area.last_row:
            found.setdefault(area.first_row, []).append((area.first_column, area.last_column))
    return found
