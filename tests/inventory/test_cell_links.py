"""The links of a cell, and cells that stand side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.importing.cell_links import links_in
from inventory.importing.values import is_nothing
from inventory.store import Store
from tests.inventory.lists import counted, planned


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


CELLS = [
    ("contoh", "Facebook", [("contoh", "Facebook")]),
    ("https://facebook.com/contoh/", "", [("https://facebook.com/contoh/", "")]),
    ("contoh / contoh.dua", "Instagram", [("contoh", "Instagram"), ("contoh.dua", "Instagram")]),
    ("ContohSatu & ContohDua", "X", [("ContohSatu", "X"), ("ContohDua", "X")]),
    ("@satu dan @dua", "X", [("@satu", "X"), ("@dua", "X")]),
    ("Research & Development", "Facebook", [("Research & Development", "Facebook")]),
    ("FB: contoh, IG: contoh.ig", "", [("contoh", "FB"), ("contoh.ig", "IG")]),
    ("FB - Contoh Rasmi\nIG: @contoh", "", [("Contoh Rasmi", "FB"), ("@contoh", "IG")]),
    ("FB contoh / IG contoh_ig", "", [("contoh", "FB"), ("contoh_ig", "IG")]),
    ("FB/contoh", "Facebook", [("contoh", "FB")]),
    ("facebook.com/contoh", "Facebook", [("facebook.com/contoh", "Facebook")]),
    ("👉 @contoh", "Instagram", [("@contoh", "Instagram")]),
    ("📘 https://facebook.com/contoh ✅", "", [("https://facebook.com/contoh", "")]),
    ("@contoh", "Facebook / Instagram", [("@contoh", "Facebook"), ("@contoh", "Instagram")]),
    ("x.com/contoh", "Facebook / X", [("x.com/contoh", "")]),
    ("@contoh", "X / Twitter", [("@contoh", "X / Twitter")]),
    ("kementerian: contoh", "X", [("kementerian: contoh", "X")]),
    ("", "X", []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "hint", "expected"), CELLS)
def test_the_links_of_a_cell(cell, hint, expected):
    assert list(links_in(cell, hint)) == expected


NOTHING = [
    "-", "--", "—", "N/A", "n.a.", "tiada", "TIADA", "Tiada akaun", "belum ada", "dalam proses",
    "(tiada)", "Tiada.", "No account", "sin cuenta", "✗", "❌", " \u00a0", "tbc",
]  # fmt: skip


@pytest.mark.parametrize("cell", NOTHING)
def test_words_for_nothing_are_no_links(cell):
    assert is_nothing(cell)
    assert list(links_in(cell, "Facebook")) == []


@pytest.mark.parametrize("cell", ["tiadaapa", "nil.contoh", "@none_such", "proses"])
def test_names_that_only_begin_so_are(cell):
    assert list(links_in(cell, "X")) == [(cell, "X")]


@given(st.text(max_size=60), st.sampled_from(["", "Facebook", "X", "Facebook, X"]))
def test_any_text_gives_links_that_hold_something(cell, hint):
    for text, label in links_in(cell, hint):
        assert text.strip()
        assert isinstance(label, str)


def test_cells_side_by_side_belong_together_line_by_line(store):
    plan = planned(
        store,
        "Agensi,Platform,Akaun,Disahkan\n"
        'Jabatan Contoh,"Facebook\nX","contoh.fb\ncontoh_x","Ya\nTidak"',
    )
    assert [(line.row, line.key) for line in plan.lines] == [
        (2, "facebook:handle:contohfb"),
        (2, "x:handle:contoh_x"),
    ]
    assert [step.values["badge"].value for step in plan.steps.new_accounts] == [
        "unspecified",
        "none",
    ]
    assert (plan.rows, plan.rows_without_links) == (1, 0)


def test_lines_that_do_not_match_stay_in_one_cell(store):
    plan = planned(
        store,
        'Agensi,Platform,Akaun\nJabatan Contoh,Facebook,"contoh.satu\ncontoh.dua"',
    )
    assert counted(plan) == {"new": 2}
