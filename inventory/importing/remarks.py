"""Remarks about rows, said once each with the rows they hold for."""

from inventory.language import _

_NAMED = 5


class Remarks:
    """Collects the rows that share a remark."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = {}

    def add(self, remark: str, row: int) -> None:
        """Remember that `remark` holds for `row`."""
        self._rows.setdefault(remark, []).append(row)

    def sentences(self) -> list[str]:
        """Return each remark once, with the first of its rows."""
        return [
            _("Row {rows}: {warning}").format(rows=_listed(rows), warning=remark)
            for remark, rows in self._rows.items()
        ]


def _listed(rows: list[int]) -> str:
    named = ", ".join(map(str, rows[:_NAMED]))
    more = len(rows) - _NAMED
    return named if more <= 0 else _("{rows} and {more} more").format(rows=named, more=more)
