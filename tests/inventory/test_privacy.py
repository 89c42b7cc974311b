"""The privacy guard: what is refused whole, what is left out, and what it never says."""

import pytest

from inventory.importing.apply import apply_plan
from inventory.importing.mapping import propose
from inventory.language import Language, speaking
from inventory.privacy import (
    PRIVATE_VALUE,
    PrivacyRefused,
    Private,
    contact_class,
    guard_file,
    guard_headers,
    guard_text,
    is_private_column,
)
from inventory.record import Account, Organisation, fields_of
from inventory.store import Store
from inventory.vocabulary import ContactClass
from tests.inventory.lists import ACTOR, TODAY, imported, planned, rows_of, table

NUMBER = "850101-14-5678"


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NUMBER, Private.IDENTITY_NUMBER),
        ("no. 850101145678.", Private.IDENTITY_NUMBER),
        ("850101 14 5678", Private.IDENTITY_NUMBER),
        ("000229-10-0001", Private.IDENTITY_NUMBER),  # 29 February of a leap year
        ("+60 12-345 6789", Private.MOBILE),
        ("0123456789", Private.MOBILE),
        ("https://wa.me/60123456789", Private.MOBILE),
        ("tel:+60123456789", Private.MOBILE),
        ("ali@gmail.com", Private.PRIVATE_MAIL),
        ("Ali <ALI@Yahoo.com.my>", Private.PRIVATE_MAIL),
    ],
)
def test_private_things_are_seen(text, kind):
    assert guard_text(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "851301-14-5678",  # no thirteenth month
        "850230-14-5678",  # no 30 February
        "850101-00-5678",  # no such birthplace
        "https://www.facebook.com/850101145678",  # a platform's number
        "facebook.com/pages/Contoh/178607196917",
        "03-8888 1234",
        "info@contoh.gov.my",
        "@rakyat@mastodon.social",
        "Aduan: 1-300-88-1234",
        "20/11/2026",
    ],
)
def test_public_things_are_not(text):
    assert guard_text(text) is None


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("A12345678", "No. Pasport", Private.PASSPORT),
        ("12345", "No. Pekerja", Private.STAFF_NUMBER),
        ("K-00123", "Staff ID", Private.STAFF_NUMBER),
    ],
)
def test_numbers_are_told_by_their_label(text, label, kind):
    assert guard_text(text) is None
    assert guard_text(text, label).kind is kind


@pytest.mark.parametrize("language", list(Language))
def test_a_finding_never_repeats_the_value(language):
    with speaking(language):
        assert "5678" not in guard_text(NUMBER).sentence
        assert "5678" not in guard_headers(["Nama", NUMBER]).sentence


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("Nama Kakitangan", "PRV001"),
        ("NAMA PEGAWAI", "PRV001"),
        ("Employee name", "PRV001"),
        ("Nombre del funcionario", "PRV001"),
        ("Akaun Facebook peribadi", "PRV001"),
        ("URL peribadi", "PRV001"),
        ("Personal Instagram handle", "PRV001"),
        ("No. Kad Pengenalan", "PRV002"),
        ("IC No.", "PRV002"),
        ("MyKad", "PRV002"),
        ("No. Pasport", "PRV002"),
        ("No. Pekerja", "PRV002"),
        ("staff_id", "PRV002"),
        ("Bukti like", "PRV004"),
        ("Screenshot of follow", "PRV004"),
    ],
)
def test_headers_that_refuse_a_list(header, rule):
    refusal = guard_headers(["Organisasi", "Pautan", header])
    assert refusal.rule == rule
    assert refusal.columns == (3,)
    assert refusal.remedy


@pytest.mark.parametrize(
    "headers",
    [
        ["Kod", "Nama organisasi", "E-mel", "Laman web", "Facebook", "Twitter / X"],
        ["Agency", "Platform", "Url", "Date Sampled", "Likes/Followers/Visits/Downloads"],
        ["Nama pegawai bertanggungjawab", "Agensi", "Pautan"],  # whom to ask: left out, not refused
        ["Contact person", "Agency", "URL"],
        ["bioguide", "name", "chamber", "state", "official_site", "platform", "handle", "url"],
        ["Categoría", "Nombre", "Twitter", "Twitter Activo", "Grupo", "Circunscripción"],
        ["Topic", "Critic", "Public"],  # "ic" inside a word
    ],
)
def test_headers_of_fit_lists(headers):
    assert guard_headers(headers) is None


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("record_type", [Account, Organisation])
def test_no_field_of_the_record_is_taken_for_something_private(record_type, language):
    with speaking(language):
        labels = [field.label for field in fields_of(record_type)]
    assert guard_headers(labels) is None
    assert guard_headers(field.name for field in fields_of(record_type)) is None


@pytest.mark.parametrize(
    ("header", "private"),
    [
        ("Telefon bimbit", True),
        ("E-mel peribadi", True),
        ("Pegawai bertanggungjawab", True),
        ("contacts", True),
        ("Jawatan pengendali", False),
        ("Unit bertanggungjawab", False),
        ("Telefon pejabat", False),
    ],
)
def test_private_columns(header, private):
    assert is_private_column(header) is private


@pytest.mark.parametrize(
    ("text", "domains", "expected"),
    [
        ("info@contoh.gov.my", (), ContactClass.OFFICIAL),
        ("info@contoh.com", ("contoh.com",), ContactClass.OFFICIAL),
        ("info@mail.contoh.com", ("contoh.com",), ContactClass.OFFICIAL),
        ("info@tidakcontoh.com", ("contoh.com",), ContactClass.UNKNOWN),
        ("info@gov.my.contoh.com", (), ContactClass.UNKNOWN),
        ("ali@gmail.com", ("gmail.com",), ContactClass.PRIVATE),
        ("info@contoh.gov.my; ali@gmail.com", (), ContactClass.PRIVATE),
        ("012-345 6789", (), ContactClass.PRIVATE),
        ("peribadi", (), ContactClass.PRIVATE),
        ("e-mel rasmi", (), ContactClass.OFFICIAL),
        ("pembekal", (), ContactClass.VENDOR),
        ("03-8888 1234", (), ContactClass.UNKNOWN),
        ("", (), ContactClass.UNKNOWN),
    ],
)
def test_contact_classes(text, domains, expected):
    assert contact_class(text, domains) is expected


STAFF_LISTS = {
    "by its header": f"""
Nama Kakitangan,Jabatan,Facebook
Ali Contoh,Jabatan Contoh,https://facebook.com/{"ali"}.contoh""",
    "by an identity number's header": f"""
Nama,No. KP,Facebook
Ali,{NUMBER},https://facebook.com/ali.contoh""",
    "by the numbers themselves": f"""
Bil,Rujukan,Facebook
1,{NUMBER},https://facebook.com/ali.contoh
2,880203-10-5555,https://facebook.com/abu.contoh""",
    "by posts and grades": """
Nama,Jawatan,Gred,Facebook
Ali bin Contoh,Pembantu Tadbir,N19,https://facebook.com/ali.contoh""",
    "by posts": """
Nama,Jawatan,Jabatan,Facebook
Ali bin Contoh,Penolong Pegawai Tadbir,Jabatan Contoh,https://facebook.com/ali.contoh""",
    "by people's names and no office": """
Nama,Jabatan,Facebook
Ali bin Contoh,Jabatan Contoh,https://facebook.com/ali.contoh
Siti binti Contoh,Jabatan Contoh,https://facebook.com/siti.contoh""",
    "without a header": f"""
Ali,{NUMBER},https://facebook.com/ali.contoh
Abu,880203-10-5555,https://facebook.com/abu.contoh""",
}


@pytest.mark.parametrize("text", STAFF_LISTS.values(), ids=STAFF_LISTS)
def test_a_list_of_staff_is_refused_whole(store, text):
    with pytest.raises(PrivacyRefused) as refused:
        planned(store, text)
    said = f"{refused.value} {refused.value.refusal}".casefold()
    for value in ("ali", NUMBER, "880203", "facebook.com"):
        assert value not in said
    assert rows_of(store, "SELECT count(*) FROM changes") == [(0,)]


def test_a_list_of_office_holders_comes_in_classed_and_without_their_names(store):
    imported(
        store,
        """
Nama,Jawatan,Kementerian,Facebook,X
Dato' Misal bin Contoh,Menteri,Kementerian Contoh,https://facebook.com/misal.rasmi,@rasmi_kc
YB Siti binti Contoh,Timbalan Menteri,Kementerian Contoh,https://facebook.com/pejabat.tm,""",
    )
    assert rows_of(
        store,
        "SELECT handle, account_class, person_role, post_title, named_after FROM accounts"
        " ORDER BY id",
    ) == [
        ("misal.rasmi", "office_holder", "minister", "Menteri", "person"),
        ("rasmi_kc", "office_holder", "minister", "Menteri", "unknown"),
        ("pejabat.tm", "office_holder", "deputy_minister", "Timbalan Menteri", "unknown"),
    ]
    assert rows_of(store, "SELECT name_ms FROM organisations") == [("Kementerian Contoh",)]
    stored = "\n".join(store.connection.iterdump())
    assert "Siti" not in stored
    assert "Misal bin" not in stored


def test_office_holders_of_a_legislature_stand_under_its_house(store):
    imported(
        store,
        """
name,chamber,state,official_site,platform,handle,url
Jane Example,rep,AS,https://example.house.gov,twitter,RepExample,https://twitter.com/RepExample
John Sample,sen,IN,https://sample.senate.gov,facebook,JohnSample,https://facebook.com/JohnSample""",
    )
    assert rows_of(
        store,
        "SELECT o.name_en, o.website, a.post_title, a.account_class, a.named_after"
        " FROM accounts a JOIN organisations o ON o.id = a.organisation_id ORDER BY a.id",
    ) == [
        ("House of Representatives", None, "rep, AS", "office_holder", "person"),
        ("Senate", None, "sen, IN", "office_holder", "person"),
    ]


def test_a_person_whose_office_is_not_told_is_refused_without_being_named(store):
    plan = planned(
        store,
        """
Nama,Jawatan,Agensi,Facebook
YB Misal bin Contoh,Menteri,Kementerian Contoh,https://facebook.com/misal.contoh
Ali bin Contoh,Tukang Kebun,Kementerian Contoh,https://facebook.com/ali.contoh""",
    )
    assert [line.outcome.value for line in plan.lines] == ["new", "refused"]
    assert plan.lines[1].value == PRIVATE_VALUE
    assert "ali" not in f"{plan.lines[1]}".casefold().replace("facebook", "")


PRIVATE_IN_FIT_ROWS = """
Agensi,Pautan,Pegawai Bertanggungjawab,Telefon Bimbit,E-mel pendaftaran,Catatan
Jabatan Contoh,https://facebook.com/jab.contoh,Ali Contoh,012-345 6789,jab@gmail.com,0198765432
Jabatan Contoh,https://x.com/jabcontoh,Ali Contoh,012-345 6789,media@contoh.gov.my,baik
Jabatan Contoh,https://wa.me/60123456789,,,,
Jabatan Contoh,ali@gmail.com,,,,"""


def test_private_particulars_in_a_fit_row_leave_only_their_class(store):
    plan = planned(store, PRIVATE_IN_FIT_ROWS)
    first = plan.lines[0]
    assert first.outcome.value == "new"
    assert any("E-mel pendaftaran" in warning for warning in first.warnings)
    assert any("Telefon Bimbit" in warning for warning in first.warnings)
    assert any("Catatan" in warning for warning in first.warnings)
    assert [line.value for line in plan.lines[2:]] == [PRIVATE_VALUE, PRIVATE_VALUE]

    apply_plan(store, ACTOR, plan, today=TODAY)
    assert rows_of(store, "SELECT registration_contact, notes FROM accounts ORDER BY id") == [
        ("private", None),
        ("official", "baik"),
    ]
    stored = "\n".join(store.connection.iterdump())
    for value in ("Ali", "012-345", "gmail", "0198765432", "60123456789", "media@"):
        assert value not in stored


def test_a_column_that_only_says_yes_or_no_is_no_list_of_accounts():
    asked = table("Agensi,Pautan,Akaun peribadi\nJabatan Contoh,https://x.com/contoh,Tidak")
    assert guard_file(asked, propose(asked)) is None
    held = table("Agensi,Pautan,Akaun peribadi\nJabatan Contoh,https://x.com/contoh,@ali")
    assert guard_file(held, propose(held)).rule == "PRV001"


def test_one_number_inside_a_note_does_not_refuse_the_list(store):
    plan = planned(
        store, f"Agensi,Pautan,Catatan\nJabatan Contoh,https://x.com/cth,rujuk {NUMBER} di pejabat"
    )
    assert plan.lines[0].outcome.value == "new"
    assert "5678" not in f"{plan.lines} {plan.steps} {plan.warnings}"


def test_an_official_address_gives_the_domain_and_a_private_one_does_not(store):
    imported(
        store,
        """
Organisasi,E-mel,Facebook
Jabatan Contoh,info@contoh.gov.my,contoh.satu
Jabatan Lain,jablain@gmail.com,contoh.dua
Jabatan Ketiga,8000@mygcc.gov.my,contoh.tiga""",
    )
    assert rows_of(store, "SELECT name_ms, email_domain FROM organisations ORDER BY name_ms") == [
        ("Jabatan Contoh", "contoh.gov.my"),
        ("Jabatan Ketiga", None),  # a mail system that many agencies share
        ("Jabatan Lain", None),
    ]
