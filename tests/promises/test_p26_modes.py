"""What the program creates is for its user's eyes only, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory.store import Store
from tui import cli, drafts

LIST = """Agensi,Pautan
Kementerian Contoh,https://www.facebook.com/kementerian.contoh.demo
Agensi Umpama,https://x.com/agensi_umpama
"""


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "senarai.csv"
    path.write_text(LIST)
    return path


def exposed(folder: Path, but: Path) -> dict[str, str]:
    """Return everything below `folder` that others than its owner may look into, with its mode."""
    return {
        str(path.relative_to(folder)): oct(stat.S_IMODE(path.lstat().st_mode))
        for path in folder.rglob("*")
        if path != but and path.lstat().st_mode & 0o077
    }


def test_the_whole_round_leaves_nothing_others_may_read(
    umask: int, listed: Path, own_home: Path
) -> None:
    """Inventory, workbook and every folder made on the way, in the places nobody chose."""
    reports = own_home / "reports"
    reports.mkdir(mode=0o700)
    for words in (
        ["import", str(listed), "--yes"],
        ["audit", "--exit-zero"],
        ["export", str(reports / "audit.xlsx")],
    ):
        assert cli.main(words) == 0, words
    made = {path.name for path in own_home.rglob("*") if path.is_file()}
    assert made == {"inventory.db", "audit.xlsx"}
    assert exposed(own_home, listed) == {}


@pytest.mark.parametrize("umask", [0o000], indirect=True)
def test_the_demo_is_private_in_folders_made_for_it(umask: int, own_home: Path) -> None:
    """Nobody else can put another file in its place either."""
    path = own_home / "new" / "deep" / "demo.db"
    assert cli.main(["demo", "--db", str(path)]) == 0
    assert os.listdir(path.parent) == ["demo.db"]
    assert exposed(own_home, own_home) == {}


def test_a_crash_report_and_a_draft_are_private_too(
    umask: int, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the folders above them, when they were not there."""
    monkeypatch.setattr("tui.commands.rules.run", lambda call: 1 // 0)
    assert cli.main(["rules"]) == 2
    assert [path.name[:6] for path in own_home.rglob("*") if path.is_file()] == ["crash-"]
    drafts.keep(own_home / "inventory.db", drafts.Draft(None, "", None, None, {}, {}))
    assert exposed(own_home, own_home) == {}


def test_the_journal_of_a_change_is_private(umask: int, tmp_path: Path, own_home: Path) -> None:
    """While a change is open, what stands beside the file holds parts of it."""
    path = own_home / "inventory.db"
    with Store.open(path) as store:
        store.connection.execute("BEGIN IMMEDIATE")
        store.connection.execute("UPDATE account_marks SET worst = ''")
        store.connection.execute("CREATE TABLE half_done (a)")
        assert path.with_name("inventory.db-journal").exists()
        assert exposed(own_home, own_home) == {}
        store.connection.execute("ROLLBACK")
