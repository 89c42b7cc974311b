"""However it is called, the program ends with a sentence: odd places, arguments and streams."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
    "name",
    ["sp ace.db", "q'uo\"te.db", "w?hat#now.db", "per%20cent.db", "new\nline.db", "file:x.db",
     ":memory:", "-dash.db", "\udcff\udcfe.db", "~tilde.db", "emel\u202e@.db"],
)  # fmt: skip
def test_any_name_is_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    """It is written, read by a reader of its own, and nothing else appears beside it."""
    with Store.open(tmp_path / name) as opened:
        with opened.change(ME, "set up") as change:
            change.add(Organisation(name_ms="Agensi Contoh", kind=OrganisationKind.AGENCY))
        reader = opened.reader()
        assert reader.execute("SELECT count(*) FROM organisations").fetchone() == (1,)
        reader.close()
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("", "names no file"),
        ("~nobody-of-that-name/x.db", "home folder"),
        ("a" * 300, "could not be used"),
        ("a" * 5000, "could not be used"),
        ("inventory.db/x.db", "could not be used"),
        ("/proc/none/x.db", "could not be used"),
    ],
    ids=lambda text: text[:24],
)
def test_a_place_that_cannot_be(
    db: Path,
    path: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No inventory can be made there, and the sentence says so."""
    monkeypatch.chdir(db.parent)
    assert cli.main(["demo", "--db", path]) == 2
    _out, err = capfd.readouterr()
    assert sentence in err
    assert os.listdir(db.parent) == [db.name]


@pytest.mark.parametrize(
    "words",
    [
        ["log", "9" * 23],
        ["log", "--limit", "9" * 23],
        ["undo", "9" * 23],
        ["account", "9" * 23],
        ["account", "\udcff"],
        ["accounts", "\udcff"],
        ["edit", "1", "purpose=\udcff"],
        ["edit", "1", "purpose=x", "--reason", "\udcff"],
        ["edit", "1", "purpose=x", "--actor", "\udcff"],
        ["edit", "1", "admin_count=" + "9" * 23],
        ["export", "."],
        ["export", ""],
        ["export", ".."],
        ["export", "none/audit.xlsx"],
        ["accounts", "--\x1b[31m\udcff"],
        ["\x1b[31m\udcff"],
        ["import", "\x1b[31m\udcff"],
        ["audit", "--date", "\x1b[31m"],
    ],
    ids=ascii,
)
def test_no_argument_breaks_the_program(
    db: Path, words: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """Numbers beyond all bounds, bytes that are no text, sequences a terminal obeys."""
    before = db.read_bytes()
    try:
        code = cli.main([*words, "--db", str(db)])
    except SystemExit as left:
        code = left.code
    _out, err = capfd.readouterr()
    assert code == 2
    assert err
    assert "failed" not in err
    assert "\x1b" not in err
    assert db.read_bytes() == before


STREAMS = {
    "no standard output": ">&-",
    "no standard error": "2>&-",
    "no standard input": "<&-",
    "nothing at all": "<&- >&- 2>&-",
    "a full disk behind the output": ">/dev/full",
    "a full disk behind the errors": "2>/dev/full",
    "a terminal that knows ASCII only": "",
    "a locale that knows ASCII only": "",
}
SHELL_CALLS = ("accounts", "audit --exit-zero --date 2026-11-20", "log", "--help", "nonsense")


@pytest.mark.parametrize("streams", STREAMS)
def test_no_stream_is_a_sentence_or_silence(db: Path, streams: str) -> None:
    """Closed, full or narrow standard streams: no traceback, no crash, no hang."""
    environment = dict(os.environ)
    if "terminal" in streams:
        environment["PYTHONIOENCODING"] = "ascii"
    if "locale" in streams:
        environment |= {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for words in SHELL_CALLS:
        run = subprocess.run(
            ["/bin/sh", "-c", f"{sys.executable} -m tui --db '{db}' {words} {STREAMS[streams]}"],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=environment,
            check=False,
        )
        assert b"Traceback" not in run.stderr, words
        assert b"Exception ignored" not in run.stderr, words
        assert b"program failed" not in run.stderr, words
        lost = streams == "a full disk behind the output" and words != "nonsense"
        assert run.returncode == (2 if lost or words == "nonsense" else 0), (words, run.stderr)
    with Store.open(db) as opened:
        assert list(faults(opened.connection)) == []
