"""Two people who save the same record: the second is told, and nobody overwrites unseen."""

import multiprocessing
import sqlite3
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from inventory import log, reading, store
from inventory.actor import Actor
from inventory.checks import faults
from inventory.errors import Conflict, InventoryBusy
from inventory.record import Account, Organisation
from inventory.store import Store
from inventory.vocabulary import OrganisationKind

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])
WRITERS = 4


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An inventory with one account, number 1, with no administrator yet."""
    path = tmp_path / "inventory.db"
    with Store.open(path) as opened, opened.change(Actor("Ujian"), "set up") as change:
        home = change.add(Organisation(name_ms="Kementerian Contoh", kind=OrganisationKind.AGENCY))
        change.add(
            Account(
                organisation_id=home,
                platform="x",
                handle="contoh",
                url="https://x.com/contoh",
                admin_count=0,
            )
        )
    return path


def count_up(path: Path, times: int, start: Barrier, told: Connection) -> None:
    """Read the number and write it back one higher, `times` times; tell what went wrong."""
    conflicts = 0
    try:
        start.wait()
        with Store.open(path, create=False) as opened:
            for _time in range(times):
                while not counted_one(opened):
                    conflicts += 1
        told.send(("done", conflicts))
    except Exception as error:
        told.send((type(error).__name__, str(error)))


def counted_one(opened: Store) -> bool:
    """Read, then write in a change of its own; False when somebody else wrote in between."""
    record = reading.get(opened.connection, Account, 1)
    assert record is not None
    try:
        with opened.change(Actor("Penulis"), "one more") as change:
            change.edit(Account, 1, record.version, {"admin_count": (record.admin_count or 0) + 1})
    except Conflict:
        return False
    return True


def all_count(path: Path, times: int) -> list[tuple[str, object]]:
    """Let several processes count at once; return what each has to tell."""
    readers, processes, start = [], [], PROCESSES.Barrier(WRITERS)
    for _writer in range(WRITERS):
        ours, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=count_up, args=(path, times, start, theirs))
        process.start()
        theirs.close()
        readers.append(ours)
        processes.append(process)
    told = [reader.recv() for reader in readers]
    for process in processes:
        process.join()
        process.close()
    for reader in readers:
        reader.close()
    return told


def counted(path: Path, times: int) -> None:
    told = all_count(path, times)
    assert [word for word, _what in told] == ["done"] * WRITERS, told
    assert sum(int(str(conflicts)) for _word, conflicts in told), "nobody met anybody"
    with Store.open(path, create=False) as opened:
        record = reading.get(opened.connection, Account, 1)
        assert record is not None
        assert record.admin_count == WRITERS * times
        assert log.head(opened.connection)[0] == 1 + WRITERS * times
        assert list(faults(opened.connection)) == []


def test_four_writers_lose_nothing(path: Path) -> None:
    """Every number is counted once, a second writer is told, nobody sees SQLite's own words."""
    counted(path, 60)


@pytest.mark.soak
def test_four_writers_lose_nothing_for_long(path: Path) -> None:
    """The same with three hundred each."""
    counted(path, 300)


def test_of_two_people_the_second_is_told_and_shown_what_is_there(path: Path) -> None:
    """Two programs opened the same record; the one that saves last keeps nothing."""
    with Store.open(path) as first, Store.open(path) as second:
        version = reading.get(second.connection, Account, 1).version  # type: ignore[union-attr]
        with first.change(Actor("Pertama"), "first") as change:
            change.edit(Account, 1, version, {"purpose": "one"})
        with pytest.raises(Conflict) as caught, second.change(Actor("Kedua"), "second") as change:
            change.edit(Account, 1, version, {"purpose": "two"})
        assert caught.value.current.purpose == "one"  # type: ignore[attr-defined]
        assert not second.connection.in_transaction
        assert reading.get(second.connection, Account, 1).purpose == "one"  # type: ignore[union-attr]


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.wakes: dict[int, sqlite3.Connection] = {}
        self.slept = 0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += 1
        if self.slept in self.wakes:
            self.wakes[self.slept].execute("ROLLBACK")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(store, "time", made)
    return made


@pytest.fixture
def somebody_else(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of writing."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_a_writer_waits_for_the_other_and_then_writes(
    path: Path, clock: Clock, somebody_else: sqlite3.Connection
) -> None:
    """Being in the way for a moment is nobody's business."""
    clock.wakes[7] = somebody_else
    with Store.open(path) as opened:
        assert counted_one(opened)
    assert clock.slept == 7


def test_a_writer_gives_up_after_its_patience_and_not_before(
    path: Path, clock: Clock, somebody_else: sqlite3.Connection
) -> None:
    """The sentence says what to do, nothing is left open, and the next attempt works."""
    with Store.open(path) as opened:
        with pytest.raises(InventoryBusy, match="Try again"):
            counted_one(opened)
        assert 5.0 < clock.now < 5.1
        assert not opened.connection.in_transaction
        somebody_else.execute("ROLLBACK")
        assert counted_one(opened)


def test_a_reader_in_the_middle_of_reading_holds_a_writer_up_no_longer_than_that(
    path: Path, clock: Clock, somebody_else: sqlite3.Connection
) -> None:
    """An export reads one moment; the edit that waited for it at its end is kept whole."""
    somebody_else.execute("ROLLBACK")
    somebody_else.execute("BEGIN")
    somebody_else.execute("SELECT count(*) FROM accounts").fetchone()
    clock.wakes[3] = somebody_else
    with Store.open(path) as opened:
        assert counted_one(opened)
        assert list(faults(opened.connection)) == []
