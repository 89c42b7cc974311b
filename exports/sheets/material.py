"""What all sheets are made from: one reading of the inventory, and where rows came to stand."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from audits.rules import Policy
from audits.runs import Run
from exports.cells import Place
from exports.row_stream import Item, Streamed
from inventory.language import Language, _, speaking

_ROWS_AT_ONCE = 256

Row = Sequence[Item]


class ExportCancelled(Exception):
    """The person stopped the export; what stood at the path still stands there."""


@dataclass(frozen=True, slots=True)
class Written:
    """How far an export is: the sheet it writes, the rows done and to do on all sheets."""

    sheet: str
    done: int
    total: int


@dataclass(slots=True)
class Watch:
    """Tells how far the export is, and stops it when asked."""

    progress: Callable[[Written], None] | None = None
    cancelled: Callable[[], bool] | None = None
    total: int = 0
    done: int = 0

    def look(self, sheet: str) -> None:
        """Tell how far it is; raises ExportCancelled when the person said so."""
        if self.cancelled is not None and self.cancelled():
            raise ExportCancelled
        if self.progress is not None:
            self.progress(Written(sheet, self.done, max(self.total, self.done)))


@dataclass(slots=True)
class Material:
    """The reading behind one workbook; `titles` names the tabs by the sheets' codes."""

    connection: sqlite3.Connection
    on: date
    language: Language
    policy: Policy
    runs: Sequence[Run]
    accounts: int
    head: tuple[int, str]
    titles: Mapping[str, str]
    watch: Watch = field(default_factory=Watch)
    streamed: dict[str, Streamed] = field(default_factory=dict)
    first_rows: dict[tuple[str, object], int] = field(default_factory=dict)

    @property
    def run(self) -> Run:
        """The run that is reported."""
        return self.runs[0]

    @property
    def before(self) -> Run | None:
        """The run before it."""
        return self.runs[1] if len(self.runs) > 1 else None

    def place(self, sheet: str, cell: str = "A1") -> Place:
        """Return a cell of another sheet, to link to."""
        return Place(self.titles[sheet], cell)

    def place_of(self, sheet: str, key: object, column: str = "A") -> Place | None:
        """Return the cell where the rows of `key` begin on a sheet, None when it has none."""
        row = self.first_rows.get((sheet, key))
        return None if row is None else self.place(sheet, f"{column}{row}")

    def rows(self, sheet: str, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows of a sheet when it is written, long after it was laid out.

        They are made in the workbook's language, some at a time; in between the language is that
        of whoever asked for the workbook, and so are the errors. Raises ExportCancelled.
        """
        waiting = iter(rows)
        while True:
            self.watch.look(self.titles[sheet])
            with speaking(self.language):
                block = list(islice(waiting, _ROWS_AT_ONCE))
            if not block:
                return
            self.watch.done += len(block)
            yield from block

    def begin(self, sheet: str, key: object, row: int) -> None:
        """Note that the rows of `key` begin at `row` of a sheet, unless they began before."""
        self.first_rows.setdefault((sheet, key), row)

    def spoken(self, finish: Callable[[Streamed], None]) -> Callable[[Streamed], None]:
        """Return `finish` for `stream_rows`, in the workbook's language."""

        def speak(streamed: Streamed) -> None:
            with speaking(self.language):
                finish(streamed)

        return speak

    @property
    def back(self) -> tuple[str, Place]:
        """The words and the place that lead back to the contents."""
        return _("Back to the contents"), self.place("cover")
