"""What `rasmi import` tells people: what is alike once, aligned, within the width of a terminal."""

import pytest

from inventory.store import Store
from tests.inventory.lists import imported, planned
from tui.import_report import report
from tui.printer import width


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


def told(store: Store, text: str, **how: object) -> list[str]:
    return list(report(planned(store, text, **how)))  # type: ignore[arg-type]


def test_five_thousand_equal_warnings_are_one_entry(store):
    rows = "".join(f"\nJabatan Contoh,contoh_{number},mungkin" for number in range(5000))
    lines = told(store, f"Agensi,X,Tanda biru{rows}")
    warned = [line for line in lines if "mungkin" in line]
    assert len(warned) == 1
    assert "5,000 ×" in warned[0]
    assert any("rows 2, 3, 4, 5, 6, 7, …" in line for line in lines)
    assert len(lines) < 30


def test_new_and_same_lines_tell_their_warnings_too(store):
    text = "Agensi,X,Tarikh semakan\nJabatan Contoh,contoh_satu,404"
    imported(store, text)
    lines = told(store, text)
    assert any("404" in line for line in lines)
    assert any(line.strip() == "row 2" for line in lines)


def test_what_is_not_taken_is_grouped_by_its_reason_with_remedy_and_first_rows(store):
    rows = "".join(f"\nJabatan Contoh,YouTube,nama {number} panjang" for number in range(9))
    lines = told(store, f"Agensi,Platform,Akaun{rows}\nJabatan Contoh,X,https://x.com/search?q=a")
    at = lines.index("Refused")
    assert "9 ×" in lines[at + 1]
    assert any("→" in line for line in lines[at + 1 :])
    assert sum("Akaun:" in line for line in lines[at:]) == 3
    assert any("6 more" in line for line in lines[at:])
    assert lines.index("Not an account") < at


def test_columns_are_aligned_and_those_left_out_stand_together(store):
    lines = told(
        store,
        "Bil,Kementerian Contoh Agensi,Pautan Facebook,Warna,Pengikut\n1,A,fb.com/contoh.a,biru,2",
    )
    arrows = {width(line.partition("→")[0]) for line in lines if "→" in line}
    assert len(arrows) == 1
    assert any("Left out: Bil, Pengikut" in line for line in lines)
    assert any("Warna" in line and "→" not in line for line in lines)


@pytest.mark.parametrize("value", ["a" * 300, "panjang " * 60, "\x1b[31mmerah", "satu\ndua"])
def test_no_line_is_wider_than_the_terminal_or_acts_on_it(store, value):
    row = f'\nJabatan Contoh,X,"{value}","{value[:9]}"'
    for line in told(store, f"Agensi,Platform,Akaun,Hantaran terakhir{row}"):
        assert width(line) <= 80, line
        assert "\x1b" not in line
        assert "\n" not in line


def test_changes_are_told_field_by_field(store):
    imported(store, "Agensi,X,Tanda biru\nJabatan Contoh,contoh_satu,Tiada")
    lines = told(store, "Agensi,X,Tanda biru\nJabatan Contoh,contoh_satu,Ya")
    assert any("badge: none → unspecified" in line for line in lines)


def test_a_question_shows_the_answer_to_type(store):
    imported(store, "Singkatan,Nama organisasi\nJCR,Jabatan Contoh Rekaan")
    lines = told(store, "Agensi,X\nJCR,contoh_satu")
    assert any("--answer" in line and "O-" in line for line in lines)
