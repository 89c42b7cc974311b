"""Importing an invented list: read, plan, apply, and the same list again, beside raw SQLite.

Prints processor seconds, each size in a process of its own; nothing is judged.
"""

import csv
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import process_time
from typing import TypeVar

SIZES = (1_000, 10_000, 100_000)
TODAY = date(2026, 11, 20)
HEADER = (
    "Kod", "Organisasi", "Platform", "Pautan", "Status rasmi", "Tanda pengesahan", "Bahasa",
    "Hantaran terakhir", "Unit bertanggungjawab", "Status akaun",
)  # fmt: skip
ADDRESSES = (
    ("Facebook", "https://www.facebook.com/contoh.rasmi.{}"),
    ("X", "https://x.com/contoh_{}"),
    ("Instagram", "https://www.instagram.com/contoh_{}/"),
    ("TikTok", "https://www.tiktok.com/@contoh{}"),
    ("YouTube", "https://www.youtube.com/@contoh{}"),
)
Result = TypeVar("Result")


def rows(count: int, *, changed: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield invented accounts; with `changed`, every hundredth one has a newer last post."""
    organisations = max(27, count // 125)
    for number in range(count):
        owner = number % organisations
        platform, address = ADDRESSES[number % len(ADDRESSES)]
        day = f"{1 + number % 28:02d}/{1 + number % 9:02d}/2026"
        if changed and number % 100 == 0:
            day = "19/11/2026"
        yield (
            f"AG{owner:04d}",
            f"Jabatan Contoh {owner}",
            platform,
            address.format(number),
            "Rasmi" if number % 3 else "Tidak rasmi",
            "Ya" if number % 7 else "Tiada",
            "Bahasa Melayu",
            day,
            "Unit Komunikasi Korporat",
            "Aktif",
        )


def timed(what: str, work: Callable[[], Result]) -> Result:
    """Do the work and print its processor seconds."""
    began = process_time()
    done = work()
    print(f"  {what:<44} {process_time() - began:8.3f} s")
    return done


def write(path: Path, count: int, *, changed: bool = False) -> None:
    """Write the list as a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows(count, changed=changed)])


def raw(path: Path, count: int) -> None:
    """Print what the least program would need: the same columns stored, and upserted again."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        columns = ", ".join(f"c{number} TEXT" for number in range(20))
        connection.execute(f"CREATE TABLE accounts (key TEXT PRIMARY KEY, {columns})")
        marks = ", ".join("?" * 21)
        data = [(cells[3], *cells, *cells) for cells in rows(count)]

        def insert() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"INSERT INTO accounts VALUES ({marks})", data)
            connection.execute("COMMIT")

        again = [(cells[3], *cells, *cells) for cells in rows(count, changed=True)]
        updates = ", ".join(f"c{number} = excluded.c{number}" for number in range(20))

        def upsert() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                f"INSERT INTO accounts VALUES ({marks})"
                f" ON CONFLICT (key) DO UPDATE SET {updates} WHERE c7 IS NOT excluded.c7",
                again,
            )
            connection.execute("COMMIT")

        timed("raw executemany, 20 columns, no log", insert)
        timed("raw upsert, 1 % changed, no log", upsert)


def measure(count: int) -> None:
    """Import a list of `count` rows, then again, then with one row in a hundred changed."""
    from inventory.actor import Actor
    from inventory.importing.apply import apply_plan
    from inventory.importing.door import open_table
    from inventory.importing.mapping import propose
    from inventory.importing.plan import Plan, make_plan
    from inventory.store import Store

    actor = Actor("bench")
    print(f"{count:,} rows")
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "a.db") as store:
        file = Path(folder) / "senarai.csv"
        write(file, count)
        table = timed("read the file (without its child process)", lambda: open_table(file))
        mapping = timed("map the columns", lambda: propose(table))

        def plan() -> Plan:
            return make_plan(store.connection, table, mapping, source="senarai", today=TODAY)

        first = timed("plan, everything new", plan)
        timed("apply, with its log", lambda: apply_plan(store, actor, first, today=TODAY))
        again = timed("plan again, everything the same", plan)
        timed("apply nothing", lambda: apply_plan(store, actor, again, today=TODAY))
        write(file, count, changed=True)
        table = open_table(file)
        changed = timed("plan, 1 % changed", plan)
        timed("apply, 1 % changed", lambda: apply_plan(store, actor, changed, today=TODAY))
        raw(Path(folder) / "raw.db", count)


def main() -> None:
    """Measure each size in a process of its own."""
    for count in SIZES:
        subprocess.run([sys.executable, __file__, str(count)], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        main()
