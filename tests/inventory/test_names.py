"""Spellings of one name are one; two bodies are never one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.importing.names import (
    Likeness,
    acronyms,
    kind_of,
    language_of,
    likeness,
    name_key,
)
from inventory.vocabulary import OrganisationKind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KEMENTERIAN CONTOH", "Kementerian Contoh Malaysia"),
        ("Ministry of Samples", "Malaysian Ministry of Samples"),
        ("Ministry of Samples, Trade & Industry (MSTI)", "Ministry of Samples, Trade and Industry"),
        ("Ministério de Ejemplos", "MINISTERIO DE EJEMPLOS"),
        ("Jabatan  Contoh", "jabatan contoh."),
        ("Veteran's Affairs", "VETERAN’S AFFAIRS"),
    ],
)
def test_spellings_of_one_name(one, other):
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kementerian Kewangan", "Ministry of Finance", Likeness.SAME_MEANING),
        ("Jabatan Perdana Menteri", "Prime Minister's Department", Likeness.SAME_MEANING),
        ("Kementerian Kesihatan", "Kementerian Kesihattan", Likeness.MISSPELT),
        ("Kementerian Desa dan Wilayah", "Ministry of Rural Development", Likeness.SIMILAR),
        ("Kementerian Umpama", "Ministry of Parables", Likeness.TRANSLATED),
        ("Kementerian Kesihatan", "Ministry of Finance", Likeness.UNLIKE),
        ("Kementerian Kesihatan", "Institut Kesihatan", Likeness.UNLIKE),
        ("Kementerian Pertanian", "Kementerian Pertahanan", Likeness.UNLIKE),
        ("Jabatan Air Perak", "Jabatan Air Perlis", Likeness.UNCLEAR),
        ("Selangor", "Ministry of Finance", Likeness.UNCLEAR),
    ],
)
def test_likeness(one, other, expected):
    assert likeness(one, other) is expected
    assert likeness(other, one) is expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kementerian Contoh", OrganisationKind.MINISTRY),
        ("Ministry of Samples", OrganisationKind.MINISTRY),
        ("Jabatan Contoh", OrganisationKind.DEPARTMENT),
        ("Jabatan Perdana Menteri", OrganisationKind.UNKNOWN),
        ("Prime Minister's Department", OrganisationKind.UNKNOWN),
        ("Majlis Perbandaran Contoh", OrganisationKind.LOCAL_COUNCIL),
        ("Persatuan Bekas Kementerian", OrganisationKind.UNKNOWN),
        ("Selangor", OrganisationKind.UNKNOWN),
    ],
)
def test_kinds_are_told_carefully(name, kind):
    assert kind_of(name) is kind


def test_languages_and_acronyms():
    assert language_of("Kementerian Contoh dan Umpama") == "ms"
    assert language_of("Ministry of Samples and Parables") == "en"
    assert language_of("Selangor") == ""
    assert acronyms("Agensi Contoh (ACM)") == ("ACM",)
    assert acronyms("Agensi Contoh (Sabah)") == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_holds_for_any_text_in_either_order(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) is Likeness.EQUAL
    assert name_key(name_key(one)) == name_key(one) or not name_key(one)
