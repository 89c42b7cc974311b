"""A log that was tampered with is found out, and can itself do no harm."""

import sqlite3
from pathlib import Path

import pytest

from inventory import log
from inventory.actor import Actor
from inventory.checks import faults
from inventory.record import Account, Organisation
from inventory.store import Store
from inventory.vocabulary import OrganisationKind
from tui import cli

ME = Actor("Ujian")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.db"
    with Store.open(path) as opened, opened.change(ME, "set up") as change:
        home = change.add(
            Organisation(name_ms="Agensi Contoh", short_name="AC", kind=OrganisationKind.AGENCY)
        )
        url = "https://x.com/contoh"
        change.add(Account(organisation_id=home, platform="x", handle="contoh", url=url))
    return path


@pytest.mark.parametrize(
    "expected",
    ["", "²:x", "9" * 23 + ":x", "9" * 5000, "\udcff", "1", "1:"],
    ids=lambda head: ascii(head)[:24],
)
def test_a_head_that_is_none_is_not_taken_for_the_true_one(
    db: Path, expected: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also an empty one, such as an unset variable gives: it was asked for, and it differs."""
    assert cli.main(["verify", "--expect", expected, "--db", str(db)]) == 1
    assert "failed" not in capfd.readouterr().err


def test_the_head_of_an_empty_log_stays_true(
    db: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What `verify` printed before the first change holds for ever."""
    assert cli.main(["verify", "--expect", f"0:{'0' * 64}", "--db", str(db)]) == 0
    assert cli.main(["verify", "--expect", f"0:{'1' * 64}", "--db", str(db)]) == 1
    capfd.readouterr()


@pytest.mark.parametrize(
    "text", ["no json", "[]", "null", "5", "[" * 100_000, '{"name": 1'], ids=lambda text: text[:8]
)
@pytest.mark.parametrize(
    "where", ["changes SET actor", "change_items SET after", "change_items SET before"]
)
def test_a_log_that_was_tampered_with_can_still_be_checked(
    db: Path, where: str, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever stands in it now: the check names it, and the log can be looked at."""
    with Store.open(db) as opened:
        names = opened.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'log_%'"
        ).fetchall()
        for (name,) in names:
            opened.connection.execute(f"DROP TRIGGER {name}")
        opened.connection.execute(f"UPDATE {where} = ?", (text,))
    assert cli.main(["verify", "--db", str(db)]) == 1
    assert cli.main(["log", "1", "--db", str(db)]) == 0
    assert cli.main(["log", "1", "--json", "--db", str(db)]) == 0
    assert "failed" not in capfd.readouterr().err


REWRITES = {
    "the tail cut off": "DELETE FROM change_items WHERE seq = 3; DELETE FROM changes WHERE seq = 3;"
    " UPDATE accounts SET purpose = 'one', version = 2",
    "an unlogged edit": "UPDATE accounts SET purpose = 'three'",
}


def rewritten(path: Path, script: str) -> None:
    """Run SQL on the file past the program, as anybody who may write it can."""
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'log_insert%'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(script)
    connection.close()


def two_edits(path: Path) -> str:
    """Edit the account twice and return the head, as somebody would note it elsewhere."""
    with Store.open(path) as opened:
        for version, purpose in enumerate(("one", "two"), 1):
            with opened.change(ME, purpose) as change:
                change.edit(Account, 1, version, {"purpose": purpose})
        return "{}:{}".format(*log.head(opened.connection))


def test_a_log_that_was_cut_short_is_seen_by_its_noted_head_only(db: Path) -> None:
    """The file alone cannot tell, as the README says; the head noted elsewhere can."""
    noted = two_edits(db)
    rewritten(db, REWRITES["the tail cut off"])
    with Store.open(db) as opened:
        assert list(faults(opened.connection)) == []
        assert any(
            "ends before" in fault for fault in faults(opened.connection, expected_head=noted)
        )


def test_a_file_put_back_is_seen_by_its_noted_head_only(db: Path) -> None:
    """An older copy is whole in itself."""
    before = db.read_bytes()
    noted = two_edits(db)
    db.write_bytes(before)
    with Store.open(db) as opened:
        assert list(faults(opened.connection)) == []
        assert list(faults(opened.connection, expected_head=noted)) != []


def test_a_log_sealed_anew_is_seen_by_its_noted_head_only(db: Path) -> None:
    """Whoever edits an entry and computes the chain anew has another head."""
    noted = two_edits(db)
    rewritten(db, "UPDATE changes SET reason = 'forged' WHERE seq = 2")
    with Store.open(db) as opened:
        prev = log.GENESIS
        for seq in (1, 2, 3):
            opened.connection.execute("UPDATE changes SET prev = ? WHERE seq = ?", (prev, seq))
            log.seal(opened.connection, seq)
            query = "SELECT hash FROM changes WHERE seq = ?"
            (prev,) = opened.connection.execute(query, (seq,)).fetchone()
        assert list(faults(opened.connection)) == []
        found = list(faults(opened.connection, expected_head=noted))
        assert found == ["change 3 is not the one that was noted"]


def test_an_edit_past_the_log_is_seen_without_any_head(db: Path) -> None:
    """The tables are not what the log leads to."""
    two_edits(db)
    rewritten(db, REWRITES["an unlogged edit"])
    with Store.open(db) as opened:
        (found,) = faults(opened.connection)
        assert found == "accounts row 1 differs from what the log says"
