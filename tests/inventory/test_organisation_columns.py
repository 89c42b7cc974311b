"""Several columns of organisations: whose account it is, and what that one stands under."""

import pytest

from inventory.importing.mapping import propose
from inventory.importing.rows import Table
from inventory.store import Store
from tests.inventory.lists import counted, imported, outcomes, planned, rows_of, table


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


MEANINGS = [
    ("Kementerian,Agensi\nKementerian A,Jabatan B\nKementerian A,Jabatan C", "parent name"),
    ("Agensi,Kementerian\nJabatan B,Kementerian A\nJabatan C,Kementerian A", "name parent"),
    ("Ministry,Department\nMinistry of A,Department of B", "parent name"),
    ("Jabatan,Di bawah Kementerian\nJabatan B,Kementerian A", "name parent"),
    ("Parent agency,Agency\nMinistry of A,B Board", "parent name"),
    ("Organisasi,Jabatan\nKumpulan A,Jabatan B\nKumpulan A,Jabatan C", "parent name"),
    (
        "Ministry,Department,Agency\nMinistry A,Department B,C Centre"
        "\nMinistry A,Department B,D Centre\nMinistry A,Department E,F Centre",
        "parent parent name",
    ),
    (
        "Kementerian,Ministry\nKementerian A,Ministry of A\nKementerian B,Ministry of B",
        "name_ms name_en",
    ),
    ("Agensi,Bahagian/Unit\nJabatan A,Unit Komunikasi", "name responsible_unit"),
    ("Agensi,Cawangan\nJabatan A,Cawangan Utara", "name responsible_unit"),
    ("Agency,Account owner\nA Board,B Department", "name ignore"),
    ("Agency,Owner\nA Board,Individual\nB Board,Agency", "name legal_owner"),
    ("Agensi,Heading\nJabatan B,KEMENTERIAN A\nJabatan C,KEMENTERIAN A", "name parent"),
    ("Negeri,Facebook\nNegeri Contoh,contoh.negeri", "name facebook"),
    ("Negeri,PBT\nNegeri Contoh,Majlis Daerah Contoh", "place name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MEANINGS, ids=[text[:30] for text, _ in MEANINGS])
def test_which_column_is_the_organisation(text, expected):
    said = [column.target.name for column in propose(table(text)).columns]
    plain = [name.removeprefix("organisation.") for name in said]
    assert ["name" if name == "organisation" else name for name in plain] == expected.split()


TREE = """
Kementerian,Agensi,Pautan
Kementerian Contoh,Jabatan Alfa,https://x.com/alfa_contoh
Kementerian Contoh,Jabatan Beta,https://x.com/beta_contoh
Kementerian Contoh,,https://x.com/kem_contoh
Jabatan Perdana Menteri,Lembaga Gama,https://x.com/gama_contoh"""


def _tree(store: Store) -> set[tuple[object, ...]]:
    return set(
        rows_of(
            store,
            "SELECT coalesce(o.name_ms, o.name_en), o.kind, coalesce(p.name_ms, p.name_en)"
            " FROM organisations o LEFT JOIN organisations p ON p.id = o.parent_id",
        )
    )


def test_the_ministry_is_made_and_stands_above(store):
    assert outcomes(planned(store, TREE)) == ["new"] * 4
    imported(store, TREE)
    assert _tree(store) == {
        ("Kementerian Contoh", "ministry", None),
        ("Jabatan Alfa", "department", "Kementerian Contoh"),
        ("Jabatan Beta", "department", "Kementerian Contoh"),
        ("Jabatan Perdana Menteri", "ministry", None),
        ("Lembaga Gama", "statutory_body", "Jabatan Perdana Menteri"),
    }
    owner = rows_of(
        store,
        "SELECT o.name_ms FROM accounts a JOIN organisations o ON o.id = a.organisation_id"
        " WHERE a.handle = 'kem_contoh'",
    )
    assert owner == [("Kementerian Contoh",)]
    assert planned(store, TREE).changes_nothing


def test_the_ministry_is_matched_like_any_other(store):
    imported(store, "Kod,Nama organisasi,Singkatan\nKC,Kementerian Contoh,KC")
    plan = planned(store, "Ministry,Agency,URL\nKC,Jabatan Alfa,https://x.com/alfa_contoh")
    assert plan.organisations_new == 1
    imported(store, TREE)
    assert ("Jabatan Alfa", "department", "Kementerian Contoh") in _tree(store)


def test_an_organisation_stays_where_it_stands_and_the_difference_is_said(store):
    imported(store, TREE)
    other = "Kementerian,Agensi,Pautan\nKementerian Lain,Jabatan Alfa,https://x.com/alfa_contoh"
    plan = planned(store, other)
    (line,) = [line for line in plan.organisations if line.name == "Jabatan Alfa"]
    assert "Kementerian Contoh" in line.warnings[0]
    imported(store, other)
    assert ("Jabatan Alfa", "department", "Kementerian Contoh") in _tree(store)
    assert planned(store, other).changes_nothing


def test_two_ministries_above_one_agency_are_a_question_for_people(store):
    plan = planned(
        store,
        """
Kementerian,Agensi,Pautan
Kementerian Contoh,Jabatan Alfa,https://x.com/alfa_contoh
Kementerian Lain,Jabatan Alfa,https://x.com/alfa_dua""",
    )
    (line,) = [line for line in plan.organisations if line.name == "Jabatan Alfa"]
    assert "Under" in line.warnings[0]
    new = {item.name: item.parent for item in plan.steps.new_organisations}
    assert new["Jabatan Alfa"] is None


def test_nothing_is_put_under_what_stands_below_it(store):
    text = "Induk,Agensi\nJabatan Alfa,Jabatan Beta\nJabatan Beta,Jabatan Alfa"
    imported(store, text)
    assert planned(store, text).changes_nothing


GROUPED = """
Bil,Agensi,Platform,Pautan
1,Jabatan Alfa,Facebook,https://facebook.com/alfa.contoh
,,X,https://x.com/alfa_contoh
2,Jabatan Beta,Facebook,https://facebook.com/beta.contoh"""
EXTRA = "3,Jabatan Gama,Facebook,https://facebook.com/gama.contoh"


def test_rows_that_are_plainly_grouped_take_the_organisation_above(store):
    plan = planned(store, GROUPED)
    assert [line.organisation for line in plan.lines] == [
        "Jabatan Alfa", "Jabatan Alfa", "Jabatan Beta",
    ]  # fmt: skip
    assert any("Row 3" in warning for warning in plan.warnings)


@pytest.mark.parametrize(
    "text",
    [
        GROUPED.replace("\n,,X", "\n9,,X"),  # counted on: its organisation was forgotten
        GROUPED + "\n3,Jabatan Alfa,TikTok,https://tiktok.com/@alfacontoh",  # named again below
    ],
)
def test_other_blanks_are_asked_for_by_row(store, text):
    plan = planned(store, f"{text}\n{EXTRA}")
    refused = [line for line in plan.lines if line.outcome.value == "refused"]
    assert refused
    assert all(f"row {line.row}" in line.remedy for line in refused)
    nothing_above = planned(store, GROUPED.replace("1,Jabatan Alfa", "1,"))
    assert outcomes(nothing_above) == ["refused", "refused", "new"]


def test_headings_alone_in_a_row_stand_above_what_is_below(store):
    text = """
Agensi,Platform,Pautan
KEMENTERIAN CONTOH,,
Jabatan Alfa,X,https://x.com/alfa_contoh
KEMENTERIAN LAIN,,
Jabatan Beta,X,https://x.com/beta_contoh"""
    plan = planned(store, text)
    assert (plan.rows, plan.rows_without_links, counted(plan)) == (4, 2, {"new": 2})
    imported(store, text)
    assert ("Jabatan Beta", "department", "KEMENTERIAN LAIN") in _tree(store)
    assert planned(store, text).changes_nothing
    told = "Agensi,X\nKementerian Contoh,\nJabatan Delta,delta_contoh\nKementerian Kita,kita_contoh"
    imported(store, told)  # a list that names ministries among others has no headings
    assert ("Jabatan Delta", "department", None) in _tree(store)


def test_totals_and_notes_are_no_rows_of_the_list(store):
    plan = planned(
        store,
        """
Agensi,Platform,Pautan,Pengikut
Jabatan Alfa,X,https://x.com/alfa_contoh,12
JUMLAH,,1,12
Nota: data setakat 1 Jun 2026,,,
* tidak termasuk akaun yang ditutup,,,
Disediakan oleh: Unit Komunikasi,,,
Total Wellness Board,X,https://x.com/total_wellness,3""",
    )
    assert outcomes(plan) == ["new", "new"]
    assert (plan.rows, plan.rows_without_links) == (6, 4)
    assert [item.name for item in plan.steps.new_organisations] == [
        "Jabatan Alfa", "Total Wellness Board",
    ]  # fmt: skip


def test_a_list_of_several_countries_is_read_and_said_to_be(store):
    text = "Country,Agency,URL\nContohland,A Board,https://x.com/a_board\nUmpama,B Board,https://x.com/b_board"
    plan = planned(store, text)
    assert counted(plan) == {"new": 2}
    assert any("Contohland" in warning for warning in plan.warnings)


def test_names_are_kept_without_stray_spaces(store):
    whole = table("Agensi,X\nA,contoh_satu")
    text = "Jabatan\u00a0 Alfa \n"
    imported(
        store,
        Table(
            whole.name, whole.sha256, "csv", "", whole.headers,
            (type(whole.rows[0])(2, (text, "contoh_satu")),), (),
        ),
    )  # fmt: skip
    assert rows_of(store, "SELECT name_ms FROM organisations") == [("Jabatan Alfa",)]
