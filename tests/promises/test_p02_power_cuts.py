"""A power cut loses nothing that was confirmed and damages nothing.

The store writes through a disk that keeps account of what was synced; from that, states are made
that a cut can leave, and each is opened as anybody would.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw
import pytest

from inventory import log, reading, store
from inventory.actor import Actor
from inventory.checks import faults
from inventory.errors import InventoryError
from inventory.record import Account, AccountKey, Organisation
from inventory.store import Store
from inventory.vocabulary import OrganisationKind
from tests.promises.power import Disk

ME = Actor("Ujian")


class Rows(list[Any]):
    """The rows of a statement that was read to its end, asked for as from a cursor."""

    def fetchone(self) -> Any:
        return self.pop(0) if self else None

    def fetchall(self) -> list[Any]:
        return list(self)


class OverDisk:
    """As much of a connection as the store needs, on SQLite with a disk of ours.

    Statements are read to their end at once: a cursor that is let go of while the disk is asked
    something would be finished there, unseen.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self.connection = apsw.Connection(str(path), vfs=disk.name)

    @property
    def in_transaction(self) -> bool:
        return self.connection.in_transaction

    def execute(self, statement: str, values: Any = ()) -> Rows:
        return Rows(self.connection.execute(statement, values))

    def executemany(self, statement: str, rows: Sequence[Any]) -> None:
        for row in rows:
            self.execute(statement, row)

    def create_function(self, name: str, count: int, does: Any, *, deterministic: bool) -> None:
        self.connection.create_scalar_function(name, does, count, deterministic=deterministic)

    def close(self) -> None:
        self.connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "live").mkdir()
    path = tmp_path / "live" / "inventory.db"
    with Store.open(path) as opened, opened.change(ME, "set up") as change:
        home = change.add(Organisation(name_ms="Kementerian Contoh", kind=OrganisationKind.AGENCY))
        for number in range(30):
            url = f"https://x.com/contoh{number}"
            account = Account(organisation_id=home, platform="x", handle=f"c{number}", url=url)
            change.add(account)
    return path


def write_something(opened: Store, chance: random.Random) -> None:
    """Carry out a change of some size; every few are large enough to touch many pages."""
    size = chance.choice([1, 1, 1, 5, 60])
    accounts = list(reading.every(opened.connection, Account))
    with opened.change(ME, "a change") as change:
        for _item in range(size):
            account = chance.choice(accounts)
            key = f"x:handle:{chance.getrandbits(64)}"
            change.add(AccountKey(account_id=account.id, key=key))
        for account in chance.sample(accounts, min(size, len(accounts))):
            text = "x" * chance.randrange(2000)
            change.edit(Account, account.id, account.version, {"notes": text})


def states(
    path: Path, seed: int, changes: int, synchronous: str | None
) -> Iterator[tuple[dict[str, bytes], str]]:
    """Yield what power cuts leave of the inventory, each with the head that was confirmed."""
    disk = Disk(f"disk-{seed}-{synchronous}", random.Random(seed))
    disk.put(path)
    opened = Store(path, OverDisk(path, disk))  # type: ignore[arg-type]
    for setting in store._SETTINGS:
        opened.connection.execute(f"PRAGMA {setting}")
    if synchronous:
        opened.connection.execute(f"PRAGMA synchronous = {synchronous}")
    disk.cut_share = 0.05
    try:
        for _change in range(changes):
            confirmed = head(opened)
            write_something(opened, disk.chance)
            yield from ((found, confirmed) for found in disk.cuts)
            disk.cuts.clear()
            yield disk.cut(), head(opened)
    finally:
        opened.close()


def head(opened: Store) -> str:
    number, sealed = log.head(opened.connection)
    return f"{number}:{sealed}"


def verdict(folder: Path, found: dict[str, bytes], confirmed: str) -> str:
    """Open what a cut left and say: kept, lost, or damaged."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in found.items():
        (folder / Path(name).name).write_bytes(content)
    try:
        with Store.open(folder / "inventory.db", create=False) as opened:
            if not list(faults(opened.connection, expected_head=confirmed)):
                return "kept"
            return "damaged" if list(faults(opened.connection)) else "lost"
    except InventoryError:
        return "damaged"


def verdicts(path: Path, seed: int, changes: int, synchronous: str | None = None) -> Counter[str]:
    """Count what becomes of the inventory in many cuts; as the store does it unless told."""
    folder = path.parent.with_name("after")
    return Counter(
        verdict(folder, found, confirmed)
        for found, confirmed in states(path, seed, changes, synchronous)
    )


def test_a_power_cut_loses_and_damages_nothing(path: Path) -> None:
    """As the store sets its file up, whatever was confirmed is there after the cut."""
    found = verdicts(path, seed=1, changes=30)
    assert set(found) == {"kept"}, found
    assert found["kept"] > 100


def test_the_disk_shows_the_damage_of_never_syncing(path: Path) -> None:
    """The same with synchronous OFF: were nothing found here, nothing would be proven above."""
    found = verdicts(path, 2, 8, "OFF")
    assert found["damaged"], found


def test_the_disk_shows_what_is_lost_when_the_folder_is_not_synced(path: Path) -> None:
    """With FULL, the journal of a confirmed change can come back and undo it; EXTRA is needed."""
    found = verdicts(path, 3, 12, "FULL")
    assert found["lost"], found
    assert not found["damaged"], found


@pytest.mark.soak
def test_power_cuts_at_length(path: Path) -> None:
    """The same at length, from one inventory that keeps growing."""
    for seed in range(10, 110):
        found = verdicts(path, seed, changes=20)
        assert set(found) == {"kept"}, (seed, found)
