"""Who runs an account: posts come in, people's names never do."""

import pytest

from inventory.importing.mapping import propose
from inventory.importing.posts import Told, post_reader, told_by
from inventory.importing.words import words_of
from inventory.store import Store
from tests.inventory.lists import imported, line_of, planned, rows_of, table


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


POSTS = [
    "Penolong Pengarah (Komunikasi)",
    "Ketua Unit Media Baharu",
    "Corporate Communications Officer",
    "Pegawai Tadbir Diplomatik M41",
    "Head of Corporate Communications",
    "Pembantu Tadbir (P/O) N19",
    "Setiausaha Akhbar",
    "Datuk Bandar",
    "Jefa de Prensa",
    "Pengarah Negeri Johor",
]
NOT_POSTS = [
    "Ahmad bin Contoh",
    "Siti Contoh, Pegawai Perhubungan Awam",
    "Pegawai Ahmad",
    "Jane Doe",
    "En. Ali",
    "Puan Aminah (Pengarah)",
    "Contoh",
    "",
    "Pengarah " * 30,
]


@pytest.mark.parametrize("text", POSTS)
def test_a_post_is_told(text):
    assert told_by(text) is Told.POST
    assert post_reader("PIC")(text) == (text, "")


@pytest.mark.parametrize("text", NOT_POSTS)
def test_what_may_name_a_person_is_no_post(text):
    assert told_by(text) is Told.OTHER


@pytest.mark.parametrize("text", [name for name in NOT_POSTS if name.strip()][:6])
def test_the_remark_never_repeats_a_name(text):
    value, remark = post_reader("PIC")(text)
    assert value is None
    assert "PIC" in remark
    assert not set(words_of(text)) & set(words_of(remark)) - {"a", "the", "alone"}


def test_words_of_the_lists_own_organisations_are_known():
    organisations = frozenset({words_of("Lembaga Zirafah Contoh")})
    assert told_by("Pengurus Lembaga Zirafah Contoh") is Told.OTHER
    assert told_by("Pengurus Lembaga Zirafah Contoh", organisations) is Told.POST
    assert told_by("Pengurus Zirafah", organisations) is Told.OTHER  # only the whole name


def test_a_header_that_asks_for_posts_is_read_more_freely_but_takes_no_name():
    read = post_reader("Jawatan pengendali")
    assert read("Pegawai Zirafah")[0] == "Pegawai Zirafah"
    for name in ("Jane Doe", "Ali", "Encik Abu, Pegawai Media", "Ahmad bin Contoh"):
        assert read(name)[0] is None, name


@pytest.mark.parametrize(
    ("header", "cells", "meaning"),
    [
        ("Pegawai Bertanggungjawab", ["Ketua Unit Komunikasi", "Ali"], "handler_position"),
        ("Person in charge", ["Jane Doe", "John Doe"], "private"),
        ("PIC", ["Webmaster"], "handler_position"),
        ("Pengendali", ["Unit ICT", "Unit Komunikasi Korporat"], "responsible_unit"),
        ("Admin", ["2", "3"], "admin_count"),
        ("Admin", ["Siti", "Abu"], "private"),
        ("Responsable", ["Jefe de Gabinete"], "handler_position"),
        ("Telefon bimbit PIC", ["012-3456789"], "private"),
        ("Pegawai", ["Pegawai Media"], "handler_position"),
        ("Pegawai", ["Siti"], "none"),
        ("Jawatan", ["Ketua Pengarah"], "handler_position"),  # beside agencies: nobody's office
    ],
)
def test_what_such_a_column_holds_is_told_by_its_cells(header, cells, meaning):
    rows = "".join(f"\nJabatan Contoh {n},{cell}" for n, cell in enumerate(cells))
    assert propose(table(f"Agensi,{header}{rows}")).columns[1].target.name == meaning


MIXED = """
Agensi,Pautan,PIC
Jabatan Contoh,https://x.com/contoh_satu,Penolong Pengarah
Jabatan Contoh,https://x.com/contoh_dua,Zulaikha Rekaan"""


def test_of_a_mixed_column_the_posts_are_kept_and_each_name_is_said_to_be_left_out(store):
    plan = planned(store, MIXED)
    assert not line_of(plan, 2).warnings
    (warning,) = line_of(plan, 3).warnings
    assert "PIC" in warning
    imported(store, MIXED)
    assert rows_of(store, "SELECT handle, handler_position FROM accounts ORDER BY id") == [
        ("contoh_satu", "Penolong Pengarah"),
        ("contoh_dua", None),
    ]
    assert "Zulaikha" not in "\n".join(store.connection.iterdump())


def test_a_private_mail_beside_an_account_leaves_its_class(store):
    text = """
Agensi,Pautan,E-mel
Jabatan Contoh,https://x.com/contoh_satu,contoh.rekaan@gmail.com
Jabatan Contoh,https://x.com/contoh_dua,ukk@contoh.gov.my"""
    plan = planned(store, text)
    assert line_of(plan, 2).warnings
    assert not line_of(plan, 3).warnings
    imported(store, text)
    assert rows_of(store, "SELECT registration_contact FROM accounts ORDER BY id") == [
        ("private",),
        ("unknown",),
    ]
    assert "contoh.rekaan" not in "\n".join(store.connection.iterdump())
