"""How long the table takes beside Textual's own, in a real pseudo-terminal over one SQLite file.

`python tests/benchmarks/table_bench.py [SIZE...]` prints, for each size, milliseconds from the
start of the process to the first painted row, and from a key to the first row it paints. Nothing
here is a test: a busy machine makes slow figures, not failures.
"""

import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Run as a script, only its own folder is on the path.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.tui.pty_screen import Terminal
from tui.table.rows import Cells, Order

SIZES = (1_000, 10_000, 100_000)
WORD = "zamrud"
"""Stands in every tenth row, none of them on the first screen."""

ROW = re.compile(rb"Akaun \d{6}")

FIELDS = ("name", "platform", "status", "owner", "url", "badge", "class", "seen", "a", "b", "c")
APPS = ("window", "datatable")
PAGE_DOWN, DOWN, FIRST = "\x1b[6~", "\x1b[B", "\x1b[1;5H"


@dataclass(frozen=True, slots=True)
class Timing:
    """What one piece of work took, in milliseconds, each time it was done."""

    app: str
    size: int
    work: str
    times: tuple[float, ...]

    def __str__(self) -> str:
        low, high = min(self.times), max(self.times)
        middle = statistics.median(self.times)
        return (
            f"{self.size:>9,}  {self.app:<10} {self.work:<28}"
            f"{middle:>9.1f} ms  ({low:.1f} to {high:.1f}, {len(self.times)} times)"
        )


def run(sizes: Iterable[int] = SIZES, repeats: int = 5) -> Iterator[Timing]:
    """Measure both tables at every size, and the start of an app that shows nothing."""
    yield Timing("empty app", 0, "start to first paint", tuple(starts("empty", "", repeats)))
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = str(Path(folder) / f"{size}.db")
            make_file(path, size)
            for app in APPS:
                # Filling the DataTable takes so long that once must do.
                times = 1 if app == "datatable" and size > 10_000 else repeats
                yield Timing(app, size, "start to first row", tuple(starts(app, path, times)))
                yield from keys(app, size, path, times)


def starts(app: str, path: str, repeats: int) -> Iterator[float]:
    """Start an app again and again; give the time to its first painted row."""
    for number in range(repeats + 1):
        begin = time.monotonic()
        with running(app, path) as terminal:
            wait_for(terminal, 0, b"Akaun 000000")
            if number:  # the first start may have had to compile
                yield (time.monotonic() - begin) * 1000


def keys(app: str, size: int, path: str, repeats: int) -> Iterator[Timing]:
    """Press keys in one running app; give the time to the row each of them must paint."""
    with running(app, path) as terminal:
        wait_for(terminal, 0, b"Akaun 000000")
        terminal.read_rest(0.5)
        pages = [page(terminal) for _ in range(2 * repeats)]
        yield Timing(app, size, "page down", tuple(pages))
        press(terminal, FIRST, grown)
        arrows = [press(terminal, DOWN, grown) for _ in range(4 * repeats)]
        yield Timing(app, size, "arrow down", tuple(arrows))
        press(terminal, DOWN * 40, grown)
        arrows = [press(terminal, DOWN, grown) for _ in range(4 * repeats)]
        yield Timing(app, size, "arrow down, list scrolls", tuple(arrows))
        press(terminal, FIRST, grown)
        yield from searches(terminal, app, size, repeats)


def searches(terminal: Terminal, app: str, size: int, repeats: int) -> Iterator[Timing]:
    """Type the first letter of a word again and again: to the first row, to the exact count."""
    press(terminal, "/", grown)
    rows, counts = [], []
    count = f"{size // 10:,} of {size:,}".encode()
    for _ in range(repeats):
        before, begin = len(terminal.output), time.monotonic()
        terminal.press(WORD[0])
        wait_for(terminal, before, b"Akaun 000050")
        rows.append((time.monotonic() - begin) * 1000)
        wait_for(terminal, before, count)
        counts.append((time.monotonic() - begin) * 1000)
        terminal.read_rest(0.2)
        before = len(terminal.output)
        terminal.press("\x7f")
        wait_for(terminal, before, b"Akaun 000000")
        terminal.read_rest(0.2)
    yield Timing(app, size, "search key to new rows", tuple(rows))
    yield Timing(app, size, "search key to exact count", tuple(counts))


def running(app: str, path: str) -> Terminal:
    """Start one of the apps below in a terminal of 120 by 40."""
    arguments = ["-m", "tests.benchmarks.table_bench", "--app", app, path]
    return Terminal(arguments, TEXTUAL_FPS="120")


def page(terminal: Terminal) -> float:
    """Press page down and wait for a row beyond all that were painted."""
    furthest = max(ROW.findall(terminal.output))
    return press(terminal, PAGE_DOWN, lambda new: max(ROW.findall(new), default=b"") > furthest)


def press(terminal: Terminal, key: str, enough: Callable[[bytes], bool]) -> float:
    """Press a key on a quiet terminal; return the time until what it wrote is enough."""
    terminal.read_rest(0.05)
    before, begin = len(terminal.output), time.monotonic()
    terminal.press(key)
    if not terminal.read_until(lambda output: enough(output[before:]), limit=60):
        raise RuntimeError(f"no answer to {key!r}: {terminal.output[before:]!r}")
    return (time.monotonic() - begin) * 1000


def grown(new: bytes) -> bool:
    """Say whether something was painted."""
    return b"Akaun " in new or b"\x1b[" in new


def wait_for(terminal: Terminal, before: int, text: bytes) -> None:
    """Read until `text` was written after the first `before` bytes."""
    if not terminal.read_until(lambda output: text in output[before:], limit=300):
        raise RuntimeError(f"never painted: {text!r}; {terminal.output[-2000:]!r}")


# -- the file and the apps ----------------------------------------------------------------------


def make_file(path: str, size: int) -> None:
    """Write a table of invented accounts."""
    with sqlite3.connect(path) as connection:
        connection.execute(
            f"CREATE TABLE account (id INTEGER PRIMARY KEY, {', '.join(FIELDS)}, search TEXT)"
        )
        marks = ", ".join("?" * (len(FIELDS) + 2))
        connection.executemany(f"INSERT INTO account VALUES ({marks})", map(account, range(size)))
    connection.close()


def account(number: int) -> tuple[int | str, ...]:
    """Invent one account; ids begin at 1."""
    name = f"Akaun {number:06d}"
    word = WORD if number // 50 % 10 == 1 else "biasa"
    platform = ("Facebook", "Instagram", "TikTok", "X")[number % 4]
    status = ("official", "unofficial", "unknown")[number % 3]
    url = f"https://example.gov.my/{word}/{number}"
    cells = (name, platform, status, word, url, "none", "corporate", "2026-01-01", "1", "2", "3")
    return (number + 1, *cells, " ".join(cells).lower())


class SqliteRows:
    """Rows of the file, read through two connections: one for the screen, one for the thread."""

    def __init__(self, path: str) -> None:
        self._here = sqlite3.connect(path)
        self._there = sqlite3.connect(path, check_same_thread=False)

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        found = self._here.execute(f"{self._query(text, order)} LIMIT {limit}", (text.lower(),))
        return [row[0] for row in found]

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterator[int]:
        for (row_id,) in self._there.execute(self._query(text, order), (text.lower(),)):
            yield row_id

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        marks = ", ".join("?" * len(ids))
        query = f"SELECT id, {', '.join(FIELDS)} FROM account WHERE id IN ({marks})"
        return {row[0]: row[1:] for row in self._here.execute(query, tuple(ids))}

    def interrupt(self) -> None:
        self._there.interrupt()

    def revision(self) -> int:
        version: int = self._here.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _query(self, text: str, order: tuple[Order, ...]) -> str:
        parts = [f"{part.column} {'DESC' if part.descending else 'ASC'}" for part in order]
        where = "instr(search, ?)" if text else "? = ''"
        return f"SELECT id FROM account WHERE {where} ORDER BY {', '.join([*parts, 'id'])}"


def empty_app() -> None:
    """Show one word."""
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class Empty(App[None]):
        def compose(self) -> ComposeResult:
            yield Static("Akaun 000000")

    Empty().run()


def window_app(path: str) -> None:
    """Show the file in the windowed table."""
    from textual.app import App, ComposeResult

    from tui.table.columns import Column
    from tui.table.view import WindowTable

    columns = [Column(field, field.title(), 12) for field in FIELDS]

    class Windowed(App[None]):
        def compose(self) -> ComposeResult:
            yield WindowTable(SqliteRows(path), columns, empty_message="")

        def on_mount(self) -> None:
            self.query_one(WindowTable).focus()

    Windowed().run()


def datatable_app(path: str) -> None:
    """Show the file in Textual's DataTable with an Input beside it."""
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable, Input, Static

    rows = SqliteRows(path)
    total = len(rows.first_ids("", (), -1))

    class Plain(App[None]):
        BINDINGS = (("/", "search", ""),)

        def compose(self) -> ComposeResult:
            yield DataTable[str](cursor_type="row")
            yield Static(id="count")
            yield Input()

        def on_mount(self) -> None:
            self.query_one(Static).styles.height = 1
            table = self.query_one(DataTable)
            table.styles.height = "1fr"
            table.add_columns(*FIELDS)
            table.focus()
            self.fill("")

        def fill(self, text: str) -> None:
            table = self.query_one(DataTable)
            table.clear()
            query = f"SELECT {', '.join(FIELDS)} FROM account WHERE instr(search, ?) OR ? = ''"
            table.add_rows(rows._here.execute(query, (text, text)))
            self.query_one(Static).update(f"{table.row_count:,} of {total:,}")

        def action_search(self) -> None:
            self.query_one(Input).focus()

        def on_input_changed(self, event: Input.Changed) -> None:
            self.fill(event.value)

    Plain().run()


def main(arguments: list[str]) -> None:
    """Print every figure as it is measured, or be one of the apps."""
    if arguments[:1] == ["--app"]:
        app, path = arguments[1:3]
        {"window": window_app, "datatable": datatable_app}.get(app, lambda _: empty_app())(path)
        return
    for timing in run([int(size) for size in arguments] or SIZES):
        print(timing, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
