"""`rasmi export` as a person types it."""

import json
from pathlib import Path
from typing import Any

import pytest

from exports.workbook_file import content_digest
from tests.exports.audited import TODAY, accounts, audited, inventory_at
from tests.exports.opened import opened
from tui import cli


@pytest.fixture
def rasmi(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    path = audited(inventory_at(tmp_path / "inventory.db", accounts(8)), TODAY)
    monkeypatch.setenv("RASMI_DB", str(path))

    def call(*words: str) -> tuple[int, str, str]:
        code = cli.main(["export", *words, "--date", TODAY.isoformat()])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_the_workbook_is_malay_unless_asked_and_the_command_speaks_its_own_language(
    rasmi: Any, tmp_path: Path
) -> None:
    code, out, err = rasmi(str(tmp_path / "a.xlsx"))
    assert (code, err) == (0, "")
    assert "Written:" in out
    assert "8 accounts" in out
    assert opened(tmp_path / "a.xlsx").properties.language == "ms-MY"
    assert rasmi(str(tmp_path / "b.xlsx"), "--lang", "en")[0] == 0
    assert opened(tmp_path / "b.xlsx").properties.language == "en-GB"


def test_data_for_machines(rasmi: Any, tmp_path: Path) -> None:
    code, out, _err = rasmi(str(tmp_path / "a.xlsx"), "--json")
    told = json.loads(out)
    assert code == 0
    assert told["path"] == str(tmp_path / "a.xlsx")
    assert (told["language"], told["date"], told["run"]) == ("ms", TODAY.isoformat(), 1)
    assert told["rows"]["inventory"] == 8
    number, _colon, sealed = told["head"].partition(":")
    assert number.isdigit()
    assert len(sealed) == 64


def test_a_file_that_is_there_is_replaced_only_when_said(rasmi: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert rasmi(str(path))[0] == 0
    digest = content_digest(path)
    code, out, err = rasmi(str(path), "--lang", "en")
    assert (code, out) == (2, "")
    assert "exists already" in err
    assert content_digest(path) == digest
    assert rasmi(str(path), "--lang", "en", "--replace")[0] == 0
    assert content_digest(path) != digest


def test_a_name_without_its_ending_gets_it(rasmi: Any, tmp_path: Path) -> None:
    assert rasmi(str(tmp_path / "laporan.v2"))[0] == 0
    assert (tmp_path / "laporan.v2.xlsx").stat().st_mode & 0o777 == 0o600


def test_nothing_to_export_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = inventory_at(tmp_path / "empty.db", [])
    monkeypatch.setenv("RASMI_DB", str(path))
    assert cli.main(["export", str(tmp_path / "a.xlsx")]) == 2
    assert "rasmi import" in capsys.readouterr().err
    assert not (tmp_path / "a.xlsx").exists()
