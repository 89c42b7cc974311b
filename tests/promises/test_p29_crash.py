"""When the program itself fails: one sentence, a private report, and nothing of anybody's data."""

import argparse
import os
import stat
from pathlib import Path

import pytest

from inventory.actor import Actor
from inventory.checks import faults
from inventory.record import Organisation
from inventory.store import Store
from inventory.vocabulary import OrganisationKind
from tui import cli

CANARIES = ("Burung Kenari", "012-3456789", "kenari@example.org", "token-kenari-1f2e")


class KenariError(Exception):
    """An error whose message tells what it should not."""


def failing_run(call: argparse.Namespace) -> int:
    """Fail with canaries in the locals, the message, the cause and the notes."""
    name, _phone, mail, token = CANARIES
    try:
        int(token)
    except ValueError as error:
        failure = KenariError(f"{name} <{mail}>")
        failure.add_note(token)
        raise failure from error
    return len(mail)


def half_a_change(call: argparse.Namespace) -> int:
    """Fail in the middle of a change, with canaries already written into it."""
    with (
        Store.open(Path(call.db)) as store,
        store.change(Actor(CANARIES[0]), CANARIES[1]) as change,
    ):
        change.add(Organisation(name_ms=CANARIES[2], kind=OrganisationKind.AGENCY))
        return failing_run(call)


def deep(call: argparse.Namespace) -> int:
    """Fail by going too deep."""
    return deep(call)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.db"
    with Store.open(path) as store, store.change(Actor("Ujian"), "set up") as change:
        change.add(Organisation(name_ms="Agensi Contoh", kind=OrganisationKind.AGENCY))
    return path


def reports(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize("fails", [failing_run, half_a_change, deep], ids=lambda run: run.__name__)
def test_a_crash_tells_where_and_nothing_of_the_data(
    db: Path,
    own_home: Path,
    fails: object,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Neither what is printed nor the report holds a value; the inventory is as it was."""
    monkeypatch.setattr("tui.commands.accounts.run", fails)
    before = db.read_bytes()
    assert cli.main(["accounts", CANARIES[0], "--db", str(db)]) == 2
    out, err = capfd.readouterr()
    (report,) = reports(own_home)
    written = report.read_text()
    for canary in CANARIES:
        assert canary not in out + err + written + report.name
    assert out == ""
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert str(report) in err
    assert fails.__name__ in written  # type: ignore[attr-defined]
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    assert db.read_bytes() == before
    with Store.open(db) as store:
        assert list(faults(store.connection)) == []


def test_two_crashes_leave_two_reports(
    db: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second failure does not write over the first one's report."""
    monkeypatch.setattr("tui.commands.accounts.run", failing_run)
    for _time in range(2):
        cli.main(["accounts", "--db", str(db)])
    assert len(reports(own_home)) == 2


def test_a_crash_without_a_place_for_its_report_is_still_one_sentence(
    db: Path,
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No report can be written: the sentence says so much less, and nothing else fails."""
    monkeypatch.setattr("tui.commands.accounts.run", failing_run)
    (own_home / ".local").write_text("a file, not a folder")
    assert cli.main(["accounts", "--db", str(db)]) == 2
    _out, err = capfd.readouterr()
    assert err == "The program failed (KenariError). What was saved is safe.\n"
    assert os.listdir(own_home) == [".local"]
