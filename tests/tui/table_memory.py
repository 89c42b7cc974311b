"""A source of rows that lives in memory, and a small app around a table, for tests."""

import sqlite3
import threading
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from threading import Event

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from tui.table.columns import Column
from tui.table.rows import Cells, Order
from tui.table.view import WindowTable

COLUMNS = (
    Column("name", "Account", 12, grow=2),
    Column("platform", "Platform", 10),
    Column("status", "Status", 12, style_of=lambda text: "bad" if text == "unofficial" else ""),
    Column("followers", "Followers", 9, align="right"),
)


def cells_of(row_id: int) -> Cells:
    """Invent a row: its cells follow from its id."""
    platform = ("Facebook", "Instagram", "TikTok")[row_id % 3]
    status = ("official", "unofficial", "unknown")[row_id // 3 % 3]
    return f"akaun-{row_id}", platform, status, str(row_id * 37 % 1000)


class MemorySource:
    """Rows from a dictionary; `gate`, when closed, holds `all_ids` back until it is opened."""

    def __init__(self, rows: Mapping[int, Cells]) -> None:
        self.data = dict(rows)
        self.gate = Event()
        self.gate.set()
        self.changes = 0
        self.interrupts = 0
        self.asked: list[str] = []
        self._asking = Event()
        self.read: list[int] = []

    @classmethod
    def invented(cls, count: int) -> "MemorySource":
        """Return a source of `count` rows, ids from 1."""
        return cls({row_id: cells_of(row_id) for row_id in range(1, count + 1)})

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        return self._found(text, order)[:limit]

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterator[int]:
        self.asked.append(text)
        self._asking.set()
        interrupts = self.interrupts
        while not self.gate.wait(0.002):
            if self.interrupts > interrupts:
                raise sqlite3.OperationalError("interrupted")
        yield from self._found(text, order)

    def wait_until_asked(self) -> None:
        """Wait until a thread has begun to read all ids."""
        assert self._asking.wait(10)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        self.read.extend(ids)
        return {row_id: self.data[row_id] for row_id in ids if row_id in self.data}

    def interrupt(self) -> None:
        self.interrupts += 1

    def revision(self) -> int:
        return self.changes

    def _found(self, text: str, order: tuple[Order, ...]) -> list[int]:
        words = text.lower().split()
        found = [i for i, row in self.data.items() if _matches(row, words)]
        keys = [column.key for column in COLUMNS]
        for part in reversed(order):
            number = keys.index(part.column)
            found.sort(key=lambda i: self.data[i][number], reverse=part.descending)
        return found


def _matches(row: Iterable[str], words: list[str]) -> bool:
    whole = " ".join(row).lower()
    return all(word in whole for word in words)


class TableApp(App[None]):
    """One table on a screen."""

    def __init__(self, table: WindowTable) -> None:
        super().__init__()
        self.table = table

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()


def table_of(source: MemorySource, **options: object) -> WindowTable:
    """Return a table of the invented columns over `source`."""
    return WindowTable(source, COLUMNS, empty_message="Import a list to begin.", **options)  # type: ignore[arg-type]


def screen_of(widget: Widget) -> list[str]:
    """Return what stands on the widget's lines, blanks at their ends left out."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


async def all_found(pilot: Pilot[None], table: WindowTable) -> None:
    """Wait until the table's thread has answered and the answer is shown."""
    for _ in range(500):
        await pilot.pause()
        if not table.pending:
            return
        await pilot.pause(0.01)
    raise AssertionError("the table is still looking for rows")


class Screen:
    """A running table, what is on it, and what it has said."""

    def __init__(self, pilot: Pilot[None], table: WindowTable, said: list[Message]) -> None:
        self.pilot = pilot
        self.table = table
        self.said = said

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await all_found(self.pilot, self.table)

    async def search(self, text: str) -> None:
        await self.press("slash", *("space" if key == " " else key for key in text))

    @property
    def lines(self) -> list[str]:
        return screen_of(self.table)

    @property
    def names(self) -> list[str]:
        """The first column of the rows in sight."""
        return [line[2:].split(" ")[0] for line in self.lines[1:-1] if line.strip()]

    @property
    def current(self) -> str:
        """The row with the cursor's mark."""
        (line,) = [line for line in self.lines if line.startswith("›")]
        return line[2:].split(" ")[0]

    @property
    def foot(self) -> str:
        return " ".join(self.lines[-1].split())

    def heard(self, kind: type[Message]) -> list[Message]:
        once = {id(message): message for message in self.said if isinstance(message, kind)}
        return list(once.values())


@asynccontextmanager
async def shown(
    table: WindowTable, size: tuple[int, int] = (80, 24), wait: bool = True
) -> AsyncIterator[Screen]:
    """Run an app with the table on its screen; no thread may outlive it."""
    threads = threading.active_count()
    said: list[Message] = []
    app = TableApp(table)
    async with app.run_test(size=size, message_hook=said.append) as pilot:
        if wait:
            await all_found(pilot, table)
        yield Screen(pilot, table, said)
    assert threading.active_count() == threads


def of(count: int, **options: object) -> WindowTable:
    return table_of(MemorySource.invented(count), **options)
