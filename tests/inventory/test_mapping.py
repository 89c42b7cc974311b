"""What columns are taken to mean, and how a person puts it right."""

import pytest

from inventory.importing.headers import exactly, said_by
from inventory.importing.mapping import Layout, MappingError, corrected, propose
from inventory.importing.targets import Part, account_fields, target_named, target_names
from inventory.importing.words import words_of
from inventory.language import Language, speaking
from inventory.record import Account, field_named
from tests.inventory.lists import table


def meant(text: str) -> dict[str, str]:
    return {column.header: column.target.name for column in propose(table(text)).columns}


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Kod", "organisation.code"),
        ("org_id", "organisation.code"),
        ("Nama organisasi", "organisation"),
        ("KEMENTERIAN", "organisation"),
        ("Organismo", "organisation"),
        ("king_county_agency", "organisation"),
        ("Laman web", "organisation.website"),
        ("E-mel", "organisation.email"),
        ("Correo electrónico", "organisation.email"),
        ("Pelantar", "platform"),
        ("Red social", "platform"),
        ("account_platform", "platform"),
        ("Pautan", "address"),
        ("Enlace", "address"),
        ("account_url", "address"),
        ("Nama pengguna", "handle"),
        ("Usuario", "handle"),
        ("Twitter / X", "x"),
        ("FB", "facebook"),
        ("Pautan Facebook", "facebook"),
        ("social_media.youtube", "youtube"),
        ("Twitter Activo", "x.last_post_on"),
        ("Facebook disahkan", "facebook.badge"),
        ("Instagram followers", "ignore"),
        ("Tanda pengesahan", "badge"),
        ("Blue tick", "badge"),
        ("Status rasmi", "official_status"),
        ("Hantaran terakhir", "last_post_on"),
        ("Date Sampled", "sampled"),
        ("Circunscripción", "place"),
        ("Telefon bimbit", "private"),
        ("Bil.", "ignore"),
        ("Warna kegemaran", "none"),
    ],
)
def test_headers_in_three_languages(header, target):
    (column,) = propose(table(f"{header}\n")).columns
    assert column.target.name == target


@pytest.mark.parametrize("language", list(Language))
def test_every_field_is_known_by_its_own_label_and_name(language):
    for name in account_fields():
        with speaking(language):
            label = field_named(Account, name).label
        assert exactly(words_of(label)) is not None, label
        assert said_by(name).name == name


def test_layouts():
    long = propose(table("Agensi,Platform,Pautan\nA,X,https://x.com/contoh"))
    wide = propose(table("Agensi,Facebook,X\nA,contoh,contoh"))
    several = propose(table("Agensi,URL 1,URL 2\nA,https://x.com/a1,https://t.me/contoh"))
    only = propose(table("Kod,Nama organisasi\nA,Jabatan Contoh"))
    assert [item.layout for item in (long, wide, several, only)] == [
        Layout.LONG,
        Layout.WIDE,
        Layout.WIDE,
        Layout.ORGANISATIONS_ONLY,
    ]


def test_cells_speak_where_the_header_does_not():
    found = meant(
        """
Agensi,radio,Jenis,Akaun rasmi,Sumber
A,https://radio.contoh.gov.my/,Facebook,https://facebook.com/contoh,https://berita.contoh.com/1"""
    )
    assert found["radio"] == "address"
    assert found["Jenis"] == "platform"
    assert found["Sumber"] == "none"  # where it was read, not whose account


def test_codes_of_another_system_are_no_platforms():
    mapping = propose(
        table(
            "agency,type_of_social_media,link\nA,riy5-du4v,https://x.com/a1\nB,p4uw-we3n,t.me/abcde"
        )
    )
    assert [column.target.name for column in mapping.columns] == [
        "organisation",
        "ignore",
        "address",
    ]
    assert mapping.warnings


@pytest.mark.parametrize(
    ("words", "field"),
    [(("Rasmi", "Tidak rasmi"), "official_status"), (("Aktif", "Ditutup"), "lifecycle")],
)
def test_a_status_column_is_told_by_its_words(words, field):
    rows = "\n".join(f"A,https://x.com/contoh{at},{word}" for at, word in enumerate(words))
    assert meant(f"Agensi,Pautan,Status\n{rows}")["Status"] == field


def test_a_name_beside_an_agency_is_what_the_account_shows():
    found = meant("Nama,Agensi,Pautan\nInfo Contoh,Jabatan Contoh,https://x.com/contoh")
    assert found == {"Nama": "display_name", "Agensi": "organisation", "Pautan": "address"}


def test_a_name_beside_an_office_is_a_person():
    found = meant("Nama,Jawatan,Kementerian,X\nMisal Contoh,Menteri,Kementerian Contoh,@contoh")
    assert found["Nama"] == "person"
    assert found["Kementerian"] == "organisation"


def test_organisation_and_platform_in_one_cell():
    found = meant(
        "social_media,link\nPerpustakaan Contoh Facebook,https://facebook.com/contoh"
        "\nPerpustakaan Contoh X,https://x.com/contoh"
    )
    assert found == {"social_media": "organisation", "link": "address"}


def test_only_one_column_for_a_single_meaning():
    mapping = propose(table("Agensi,URL,Catatan,Remarks\nA,https://x.com/contoh,a,b"))
    assert [column.target.part for column in mapping.columns[2:]] == [Part.ACCOUNT, Part.IGNORE]
    assert "Remarks" in mapping.warnings[0]


def test_corrections():
    whole = table("Siapa,Di mana,Apa\nJabatan Contoh,contoh,X")
    mapping = corrected(
        whole, propose(whole), {"organisation": "Siapa", "handle": "di mana", "platform": "Apa"}
    )
    assert [column.target.name for column in mapping.columns] == [
        "organisation",
        "handle",
        "platform",
    ]
    assert {column.how for column in mapping.columns} == {"given"}


def test_a_correction_takes_the_meaning_from_the_column_that_had_it():
    whole = table("Agensi,Unit kecil,Pautan\nA,B,https://x.com/contoh")
    mapping = corrected(whole, propose(whole), {"organisation": "Unit kecil"})
    assert [column.target.name for column in mapping.columns] == [
        "ignore",
        "organisation",
        "address",
    ]


def test_a_field_can_be_left_out():
    whole = table("Agensi,Facebook,X\nA,contoh.a,contoh")
    mapping = corrected(whole, propose(whole), {"facebook": "-"})
    assert [column.target.name for column in mapping.columns] == ["organisation", "ignore", "x"]


@pytest.mark.parametrize(
    ("given", "hint"),
    [({"organization": "Agensi"}, "organisation"), ({"organisation": "Agensy"}, "Agensi")],
)
def test_a_wrong_name_is_answered_with_the_nearest(given, hint):
    whole = table("Agensi,Pautan\nA,https://x.com/contoh")
    with pytest.raises(MappingError, match=hint):
        corrected(whole, propose(whole), given)


def test_a_private_column_cannot_be_mapped():
    whole = table("Agensi,Pautan,Telefon bimbit\nA,https://x.com/contoh,0123456789")
    with pytest.raises(MappingError):
        corrected(whole, propose(whole), {"notes": "Telefon bimbit"})


@pytest.mark.parametrize(
    "name", ["address", "facebook", "platform:facebook", "facebook.badge", "class", "account.notes"]
)
def test_targets_by_name(name):
    assert target_named(name) is not None


def test_names_of_targets_lead_back_to_them():
    for name in target_names():
        target = target_named(name)
        assert target_named(target.name) == target
        assert target.label


def test_a_list_without_a_header_is_told():
    mapping = propose(table("Jabatan A,https://x.com/contoh1\nJabatan B,https://x.com/contoh2"))
    assert "first row" in mapping.warnings[0]
