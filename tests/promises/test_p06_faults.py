"""Damaged, missing, foreign, locked or full: one plain sentence, exit code 2, nothing touched."""

import hashlib
import os
import resource
import shutil
import signal
import sqlite3
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from inventory import schema, store
from inventory.actor import Actor
from inventory.checks import faults
from inventory.errors import DiskFull, InventoryError
from inventory.record import Account, Organisation
from inventory.store import Store
from inventory.vocabulary import OrganisationKind
from tui import cli

ME = Actor("Ujian")
NOBODY = 65534
HUNDRED = [f"Kementerian Contoh {number} {'x' * 400}" for number in range(100)]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.db"
    with Store.open(path) as opened, opened.change(ME, "set up") as change:
        home = change.add(
            Organisation(name_ms="Agensi Contoh", short_name="AC", kind=OrganisationKind.AGENCY)
        )
        change.add_many(
            Account(
                organisation_id=home,
                platform="x",
                handle=f"contoh{number}",
                url=f"https://x.com/contoh{number}",
            )
            for number in range(200)
        )
    return path


def digest(path: Path) -> str:
    """Return what tells whether the file changed; nothing is opened but regular files."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_application(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA application_id = 7")
    connection.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    connection.close()


def words(path: Path) -> None:
    path.write_text("not a database at all\n" * 100)


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def damaged_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(4096, len(content), 4096):  # the first page, with the schema, stays
        content[page : page + 4096] = b"\xff" * 4096
    path.write_bytes(content)


def damaged_schema(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE accounts", b"\xffREATE TABLE \xe9ccounts"))


def missing(path: Path) -> None:
    path.unlink()


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def dangling_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("elsewhere.db"))


def link_to_itself(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def link_to_a_device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


CONDITIONS: dict[Callable[[Path], None], str] = {
    empty: "is not an inventory of this program",
    other_application: "is not an inventory of this program",
    newer: "written by a newer version",
    words: "damaged or is not an inventory",
    cut_short: "damaged or is not an inventory",
    damaged_pages: "damaged or is not an inventory",
    damaged_schema: "damaged or is not an inventory",
    missing: "There is no inventory at",
    fifo: "is not a file",
    folder: "is not a file",
    dangling_link: "a link that leads nowhere",
    link_to_itself: "a link that leads nowhere",
    link_to_a_device: "is not a file",
}
CALLS = {
    "accounts": ["accounts"],
    "log": ["log"],
    "audit": ["audit", "--date", "2026-11-20"],
    "add": ["add", "https://x.com/lain", "--organisation", "AC"],
    "undo": ["undo"],
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.__name__)
def test_every_fault_is_one_sentence(
    db: Path,
    condition: Callable[[Path], None],
    call: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Whatever stands where the inventory should be, and whatever is asked of it."""
    condition(db)
    before, beside = digest(db), sorted(os.listdir(db.parent))
    assert cli.main([*CALLS[call], "--db", str(db)]) == 2
    out, err = capfd.readouterr()
    assert CONDITIONS[condition] in err
    assert (out, err.count("\n")) == ("", 1)
    assert (digest(db), sorted(os.listdir(db.parent))) == (before, beside)


@pytest.mark.parametrize("condition", [dangling_link, link_to_itself])
def test_a_new_inventory_is_not_made_through_a_link(
    db: Path, condition: Callable[[Path], None]
) -> None:
    """Where a link leads is not where the person said."""
    condition(db)
    with pytest.raises(InventoryError, match="a link that leads nowhere"):
        Store.open(db)
    assert os.listdir(db.parent) == [db.name]


def test_a_link_to_an_inventory_is_the_inventory(
    db: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is written through it stands in the file it leads to."""
    link = tmp_path / "other" / "link.db"
    link.parent.mkdir()
    link.symlink_to(db)
    assert cli.main([*CALLS["add"], "--db", str(link)]) == 0
    with Store.open(db) as opened:
        assert opened.connection.execute("SELECT max(seq) FROM changes").fetchone() == (2,)
        assert list(faults(opened.connection)) == []
    assert os.listdir(link.parent) == ["link.db"]


def test_somebody_elses_lock_is_a_sentence(
    db: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """One program is in the middle of writing: reading goes on, writing is asked to wait."""
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    other = sqlite3.connect(db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert cli.main(["log", "--db", str(db)]) == 0
    capfd.readouterr()
    assert cli.main([*CALLS["add"], "--db", str(db)]) == 2
    assert "in use by somebody else" in capfd.readouterr().err
    other.execute("ROLLBACK")
    other.execute("BEGIN EXCLUSIVE")
    assert cli.main(["log", "--db", str(db)]) == 2
    assert "in use by somebody else" in capfd.readouterr().err
    other.close()
    assert cli.main([*CALLS["add"], "--db", str(db)]) == 0


@pytest.mark.parametrize("room", range(0, 12, 2))
def test_a_full_disk_keeps_nothing_of_the_change(db: Path, room: int) -> None:
    """SQLite finds no page more: the change is gone as a whole, and a small one still works."""
    with Store.open(db) as opened:
        (pages,) = opened.connection.execute("PRAGMA page_count").fetchone()
        opened.connection.execute(f"PRAGMA max_page_count = {pages + room}")
        with pytest.raises(DiskFull, match="no room left"), opened.change(ME, "many") as change:
            change.add_many(
                Organisation(name_ms=name, kind=OrganisationKind.AGENCY) for name in HUNDRED
            )
        assert not opened.connection.in_transaction
        assert opened.connection.execute("SELECT count(*) FROM organisations").fetchone() == (1,)
        assert list(faults(opened.connection)) == []
        opened.connection.execute(f"PRAGMA max_page_count = {pages + 100}")
        with opened.change(ME, "one") as change:
            change.edit(Organisation, 1, 1, {"name_en": "Example"})


def in_child(work: Callable[[], int]) -> tuple[int, str]:
    """Return the exit code and the errors of `work` in a process that may bind its own hands."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the test runner has threads
        child = os.fork()
    if child == 0:
        code = 99
        try:
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            code = work()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


@pytest.mark.parametrize("room", [0, 4096, 20_000])
def test_a_file_that_may_not_grow_is_one_sentence(db: Path, room: int) -> None:
    """The system refuses the write itself, of the journal or of the file."""
    before = digest(db)
    limit = room if room < 4096 * 2 else db.stat().st_size + room

    def work() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return cli.main(["audit", "--date", "2026-11-20", "--db", str(db)])

    code, err = in_child(work)
    assert code == 2
    assert "could not be used" in err or "no room left" in err
    assert "Traceback" not in err
    with Store.open(db) as opened:
        assert list(faults(opened.connection)) == []
        assert opened.connection.execute("SELECT count(*) FROM changes").fetchone() == (1,)
    assert digest(db) == before


@pytest.fixture
def reachable(db: Path) -> Iterator[Path]:
    """The inventory in a folder that anybody may look into."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        place = Path(folder) / "share"
        place.mkdir()
        shutil.move(db, place / db.name)
        yield place / db.name
        place.chmod(0o700)


def as_somebody(words: list[str], db: Path) -> tuple[int, str]:
    """Call the program as somebody to whom permissions mean something."""

    def work() -> int:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return cli.main([*words, "--db", str(db)])

    return in_child(work)


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "reads"), [(0o444, 0o777, 0), (0o666, 0o555, 0), (0o000, 0o755, 2)]
)
def test_a_file_or_folder_that_may_not_be_written(
    reachable: Path, file_mode: int, folder_mode: int, reads: int
) -> None:
    """A share or a disc that can only be read is read; writing to it is one sentence."""
    before = digest(reachable)
    reachable.chmod(file_mode)
    reachable.parent.chmod(folder_mode)
    assert as_somebody(["accounts"], reachable)[0] == reads
    code, err = as_somebody(CALLS["add"], reachable)
    assert code == 2
    assert "Check its permissions" in err
    assert err.count("\n") == 1
    reachable.parent.chmod(0o755)
    reachable.chmod(0o600)
    assert digest(reachable) == before
    assert os.listdir(reachable.parent) == [reachable.name]


def test_the_table_of_calls_succeeds_on_a_sound_inventory(
    db: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What the faults above stop does work without them."""
    for call in CALLS.values():
        assert cli.main([*call, "--db", str(db)]) in (0, 1), capfd.readouterr().err
