"""Lists as offices write them: headers, marks, words and dates, from invented files."""

import json

import pytest

from inventory.importing.door import open_table
from inventory.importing.headerless import with_first_row
from inventory.importing.mapping import propose
from inventory.store import Store
from tests.inventory.lists import counted, imported, line_of, outcomes, planned, rows_of, table


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


HEADERS = [
    ("PTJ", "organisation.code"), ("Nama PTJ", "organisation"), ("Badan Berkanun", "organisation"),
    ("Statutory Body", "organisation"), ("Nombre del organismo", "organisation"),
    ("Di bawah kementerian", "organisation.parent"), ("Parent ministry", "organisation.parent"),
    ("Saluran", "platform"), ("Nama platform", "platform"), ("Rangkaian sosial", "platform"),
    ("Pautan laman sosial", "address"), ("Profile URL", "address"), ("URL del perfil", "address"),
    ("ID pengguna", "handle"), ("Account name", "handle"), ("Nombre de la cuenta", "handle"),
    ("Rasmi?", "official_status"), ("Official (Y/N)", "official_status"),
    ("¿Oficial?", "official_status"), ("Centang biru", "badge"), ("Verified?", "badge"),
    ("Marca azul", "badge"), ("Adakah akaun disahkan?", "badge"),
    ("Tarikh tanda biru", "badge_seen_on"), ("Klasifikasi akaun", "account_class"),
    ("Status (Aktif/Tidak Aktif)", "lifecycle"), ("Keaktifan", "lifecycle"),
    ("Unit pengendali", "responsible_unit"), ("Area responsable", "responsible_unit"),
    ("Jawatan pegawai", "handler_position"), ("Position in charge", "handler_position"),
    ("Bil. admin", "admin_count"), ("7) Bilangan pentadbir akaun *", "admin_count"),
    ("Número de administradores", "admin_count"), ("Unit pemantauan", "monitoring_unit"),
    ("Tarikh pantauan", "last_monitored_on"), ("Last monitored", "last_monitored_on"),
    ("Date of last post", "last_post_on"), ("Siaran terakhir", "last_post_on"),
    ("8. Tarikh hantaran terakhir (dd/mm/yyyy)", "last_post_on"),
    ("Última publicación", "last_post_on"), ("Tarikh dikemaskini", "reviewed_on"),
    ("Last updated", "reviewed_on"), ("Fecha de revisión", "reviewed_on"),
    ("Nama paparan", "display_name"), ("Bahasa akaun", "language"), ("Tujuan akaun", "purpose"),
    ("Finalidad", "purpose"), ("Catatan tambahan", "notes"), ("Observaciones", "notes"),
    ("Akses hilang", "access_lost"), ("Tarikh dilapor", "reported_on"),
    ("Tarikh serah tugas", "handover_done_on"), ("Bermusim", "seasonal"),
    ("Handle lama", "former"), ("Previous URL", "former"), ("Usuario anterior", "former"),
    ("3. Pautan Facebook (jika ada)", "facebook"), ("Pautan FB", "facebook"),
    ("Official Instagram page", "instagram.official_status"),
    ("Pautan rasmi TikTok", "tiktok"), ("4. Adakah akaun Facebook disahkan?", "facebook.badge"),
    ("Nama akaun YouTube", "youtube.display_name"), ("Pengikut IG", "ignore"),
    ("Bil. pengikut", "ignore"), ("S/N", "ignore"), ("Alamat pejabat", "ignore"),
    ("E-mel (peribadi)", "private"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "meaning"), HEADERS)
def test_what_headers_mean(header, meaning):
    (column,) = propose(table(f'"{header}"\n')).columns
    assert column.target.name == meaning


CONTENTS = [
    ("Status", ["Rasmi", "Tidak rasmi"], "official_status"),
    ("Status", ["Aktif", "Tidak aktif"], "lifecycle"),
    ("Status", ["Verified", "Not verified"], "badge"),
    ("Aktif?", ["Ya", "✓"], "lifecycle"),
    ("Kategori", ["Korporat", "Program"], "account_class"),
    ("Kategori", ["Rasmi", "Tidak rasmi"], "official_status"),
    ("Jenis", ["Facebook", "X"], "platform"),
    ("Jenis", ["Kementerian", "Jabatan"], "organisation.kind"),
    ("Jenis akaun", ["Page", "Group"], "platform_object"),
    ("ID", ["contoh_satu", "contoh_dua"], "handle"),
    ("ID", ["1", "2"], "ignore"),
    ("Alamat", ["Jalan Contoh 1, 10000 Contoh"], "ignore"),
    ("Alamat", ["https://x.com/contoh"], "address"),
    ("Facebook", ["Ya", "Tidak"], "ignore"),
    ("Akaun rasmi Facebook", ["@contoh", "contoh.dua"], "facebook"),
    ("Nama akaun Facebook", ["contoh.satu", "contoh.dua"], "facebook"),
]


@pytest.mark.parametrize(("header", "cells", "meaning"), CONTENTS)
def test_what_cells_say_of_a_general_header(header, cells, meaning):
    rows = "".join(f'\nJabatan Contoh,"{cell}"' for cell in cells)
    assert propose(table(f"Agensi,{header}{rows}")).columns[1].target.name == meaning


def test_a_name_of_an_account_beside_its_address_is_what_it_shows(store):
    text = (
        "Agensi,Nama akaun Facebook,Pautan Facebook\nJabatan Contoh,Contoh Kita,fb.com/contoh.kita"
    )
    imported(store, text)
    assert rows_of(store, "SELECT handle, display_name FROM accounts") == [
        ("contoh.kita", "Contoh Kita")
    ]


MARKS = [
    (["✓", "✗"], ["unspecified", "none"]),
    (["√", "x"], ["unspecified", "none"]),
    (["/", "X"], ["unspecified", "none"]),
    (["✅", "❌"], ["unspecified", "none"]),
    (["✔️", "✘"], ["unspecified", "none"]),
    (["Y", "T"], ["unspecified", "none"]),
    (["T", "F"], ["unspecified", "none"]),
    (["S", "N"], ["unspecified", "none"]),
    (["TRUE", "FALSE"], ["unspecified", "none"]),
    (["x", ""], [None, None]),  # marked, or crossed out? nobody can tell
    (["T", ""], [None, None]),
]


@pytest.mark.parametrize(("cells", "badges"), MARKS)
def test_marks_mean_what_stands_beside_them(store, cells, badges):
    rows = "".join(f"\nJabatan Contoh,contoh_{n},{cell}" for n, cell in enumerate(cells))
    plan = planned(store, f"Agensi,X,Tanda biru{rows}")
    said = [step.values.get("badge") for step in plan.steps.new_accounts]
    assert [badge and badge.value for badge in said] == badges
    assert [bool(line.warnings) for line in plan.lines] == [
        bool(cell) and badge is None for cell, badge in zip(cells, badges, strict=True)
    ]


def test_numbers_that_a_spreadsheet_rounded_are_left_out(store):
    text = """
Agensi,Pautan,Page ID,Admins
Jabatan Contoh,https://facebook.com/contoh.a,'100064123456789,'2
Jabatan Contoh,https://facebook.com/contoh.b,1.00064E+14,dua"""
    plan = planned(store, text)
    first, second = (step.values for step in plan.steps.new_accounts)
    assert (first["platform_id"], first["admin_count"]) == ("100064123456789", 2)
    assert "platform_id" not in second
    assert len(line_of(plan, 3).warnings) == 2


DATES = [
    ("2026.02.01", "2026-02-01", False),
    ("1-Feb-26", "2026-02-01", False),
    ("Feb 2026", None, True),
    ("404", None, True),
    ("tiada", None, False),
]


@pytest.mark.parametrize(("text", "day", "is_warned"), DATES)
def test_dates_as_written(store, text, day, is_warned):
    plan = planned(store, f"Agensi,X,Hantaran terakhir\nJabatan Contoh,contoh_satu,{text}")
    (step,) = plan.steps.new_accounts
    said = step.values.get("last_post_on")
    assert (said and said.isoformat()) == day
    assert bool(plan.lines[0].warnings) is is_warned


BADGES = [
    ("Tanda biru,Tarikh semakan", "Ya,01/02/2026", "2026-02-01"),
    ("Tanda biru,Tarikh pantauan", "Tiada,03/02/2026", "2026-02-03"),
    ("Tanda biru,Tarikh semakan,Tarikh tanda biru", "Ya,01/02/2026,05/01/2026", "2026-01-05"),
    ("Tanda biru,Bahasa", "Ya,Melayu", None),
    ("Tanda biru,Tarikh semakan", ",01/02/2026", None),
]


@pytest.mark.parametrize(("headers", "cells", "seen_on"), BADGES)
def test_a_badge_was_seen_when_the_list_checked_the_account(store, headers, cells, seen_on):
    text = f"Agensi,X,{headers}\nJabatan Contoh,contoh_satu,{cells}"
    imported(store, text)
    assert rows_of(store, "SELECT badge_seen_on FROM accounts") == [(seen_on,)]
    assert planned(store, text).changes_nothing


def test_an_older_sighting_of_a_badge_changes_nothing_and_an_undated_one_loses_the_date(store):
    row = "Agensi,X,Tanda biru,Tarikh semakan\nJabatan Contoh,contoh_satu,{},{}"
    query = "SELECT badge, badge_seen_on, reviewed_on FROM accounts"
    imported(store, row.format("Ya", "01/02/2026"))
    plan = planned(store, row.format("Tiada", "01/02/2025"))
    assert outcomes(plan) == ["same"]
    assert plan.lines[0].warnings
    imported(store, row.format("Tiada", ""))
    assert rows_of(store, query) == [("none", None, "2026-02-01")]


def test_a_personal_form_of_an_address_is_kept_for_the_audit(store):
    text = """
Agensi,Facebook
Jabatan Contoh,https://m.facebook.com/profile.php?id=100064123456789&mibextid=abc
Jabatan Contoh,https://www.facebook.com/people/Contoh-Rekaan/100064999956789/
Jabatan Contoh,https://www.facebook.com/100064999950000"""
    imported(store, text)
    assert rows_of(store, "SELECT url FROM accounts ORDER BY id") == [
        ("https://www.facebook.com/profile.php?id=100064123456789",),
        ("https://www.facebook.com/profile.php?id=100064999956789",),
        ("https://www.facebook.com/100064999950000",),
    ]
    assert rows_of(store, "SELECT DISTINCT platform_object FROM accounts") == [("unknown",)]
    assert planned(store, text).changes_nothing


def test_a_list_without_a_header_keeps_its_first_row(store):
    whole = with_first_row(table("https://x.com/contoh_a\nhttps://x.com/contoh_b"))
    assert [row.number for row in whole.rows] == [1, 2]
    assert outcomes(planned(store, whole, organisation="Jabatan Contoh")) == ["new", "new"]
    told = with_first_row(
        table("Jabatan Alfa,X,https://x.com/contoh_a\nJabatan Beta,X,https://x.com/contoh_b")
    )
    assert [line.organisation for line in planned(store, told).lines] == [
        "Jabatan Alfa",
        "Jabatan Beta",
    ]
    with_header = table("Agensi,X\nJabatan Alfa,contoh_a")
    assert with_first_row(with_header) is with_header


ACCOUNTS = [
    {"platform": "Facebook", "handle": "contoh.a", "verified": True},
    {"platform": "X", "handle": "contoh_a", "verified": False},
]
NESTED = [
    [
        {"name": "Jabatan A", "accounts": ACCOUNTS},
        {"name": "Jabatan B", "parent": "Kementerian C", "accounts": []},
    ],
    {
        "data": [
            {
                "organisation": {"name": "Jabatan A", "ministry": "Kementerian C"},
                "social": {"facebook": "contoh.a", "x": "@contoh_a"},
            }
        ],
        "count": 1,
    },
]


@pytest.mark.parametrize("said", NESTED)
def test_nested_json(store, tmp_path, said):
    path = tmp_path / "senarai.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    plan = planned(store, open_table(path))
    assert [line.key for line in plan.lines] == ["facebook:handle:contoha", "x:handle:contoh_a"]
    assert {line.organisation for line in plan.lines} == {"Jabatan A"}
    assert "Kementerian C" in [item.name for item in plan.steps.new_organisations]


def test_files_as_offices_save_them(store, tmp_path):
    rows = "Organismo;Red social;Enlace;¿Verificado?\nDirección de Añejos;X;https://x.com/contoh_a;Sí\n"
    for name, data in (
        ("a.csv", rows.encode("cp1252")),
        ("b.csv", rows.encode()),
        ("c.csv", b"\xef\xbb\xbf" + rows.encode()),
        ("d.tsv", rows.replace(";", "\t").encode()),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        plan = planned(store, open_table(path))
        assert counted(plan) == {"new": 1}, name
        assert plan.lines[0].organisation == "Dirección de Añejos"
