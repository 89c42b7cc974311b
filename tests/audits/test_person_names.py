"""Signs of a person in names: found where they stand, explained away where an organisation does."""

import pytest

from audits.account_facts import bears_person_name, person_signs
from audits.person_names import name_evidence, signs_in
from inventory.vocabulary import AccountClass, NamedAfter

SIGNS = [
    ("", "datukseri.contoh", {"honorific"}),
    ("", "DrMisal", {"honorific"}),
    ("", "ybcontohmisal", {"style"}),
    ("", "YBContoh", {"style"}),
    ("", "contoh_bin_misal", {"patronymic"}),
    ("YAB Dato' Seri Contoh Misal", "x", {"style", "honorific"}),
    ("Y.B. Contoh Misal", "x", {"style"}),
    ("YBhg. Tan Sri Contoh", "x", {"style", "honorific"}),
    ("Contoh binti Misal", "x", {"patronymic"}),
    ("Contoh a/l Misal", "x", {"patronymic"}),
    ("Contoh anak lelaki Misal", "x", {"patronymic"}),
    ("Prof. Dr. Contoh", "x", {"honorific"}),
    ("Tan Sri Contoh bin Misal", "ketuapengarah", {"honorific", "patronymic"}),
    ("Datuk Contoh, Menteri Misal", "x", {"honorific"}),
]
NO_SIGNS = [
    ("Universiti Tun Contoh", "utc"),
    ("Hospital Tunku Contoh", "htc"),
    ("Institut Tun Contoh", "itc"),
    ("Datuk Bandar Kota Contoh", "dbkc"),
    ("Masjid Tuanku Contoh", "mtc"),
    ("Kementerian Contoh", "ybcontoh"),
    ("Unit Y.B. Menteri", "unit"),
    ("", "drmalaysia"),
    ("", "yba_store"),
    ("", "tunrazakexchange"),
    ("Tunas Contoh", "tunas"),
    ("", "drainage_my"),
    ("", "data.gov.my"),
    ("Lim Contoh Misal", "contohmisal"),  # a plain name carries no sign
    ("Banci Penduduk", "banci"),
    ("Anak Muda Contoh", "anakmuda"),
]


@pytest.mark.parametrize(("name", "handle", "signs"), SIGNS)
def test_signs_are_found(name: str, handle: str, signs: set[str]) -> None:
    assert set(name_evidence(name, handle).signs) == signs
    assert set(signs_in(name, handle)) == signs


@pytest.mark.parametrize(("name", "handle"), NO_SIGNS)
def test_what_an_organisation_or_office_explains_is_no_sign(name: str, handle: str) -> None:
    assert name_evidence(name, handle).signs == ()


@pytest.mark.parametrize(
    "name", ["Menteri Contoh", "KSU Contoh", "Ketua Pengarah Misal", "CEO Misal"]
)
def test_an_office_is_told_from_a_person(name: str) -> None:
    evidence = name_evidence(name, "x")
    assert evidence.role
    assert evidence.signs == ()


def test_a_long_text_takes_no_longer_than_it_should() -> None:
    assert name_evidence("Dato' " * 5000 + "a" * 5000, "a" * 5000).honorific


def test_a_personal_form_of_address_is_a_sign_even_beside_an_organisation() -> None:
    signs = person_signs("Jabatan Contoh", "profile.php", "profile.php", NamedAfter.UNKNOWN)
    assert signs == ("personal_form",)


@pytest.mark.parametrize("after", [NamedAfter.ORGANISATION, NamedAfter.OFFICE, NamedAfter.PERSON])
def test_what_the_record_says_is_not_second_guessed(after: NamedAfter) -> None:
    assert person_signs("YB Contoh bin Misal", "yb", "in", after) == ()


@pytest.mark.parametrize(
    ("after", "account_class", "signs", "bears"),
    [
        (NamedAfter.PERSON, AccountClass.CORPORATE, (), True),
        (NamedAfter.ORGANISATION, AccountClass.UNKNOWN, (), False),
        (NamedAfter.OFFICE, AccountClass.OFFICE_HOLDER, (), False),
        (NamedAfter.UNKNOWN, AccountClass.CORPORATE, (), False),
        (NamedAfter.UNKNOWN, AccountClass.CORPORATE, ("style",), None),
        (NamedAfter.UNKNOWN, AccountClass.OFFICE_HOLDER, (), None),
        (NamedAfter.UNKNOWN, AccountClass.UNKNOWN, ("style",), None),
    ],
)
def test_signs_alone_never_say_that_an_account_bears_a_name(
    after: NamedAfter, account_class: AccountClass, signs: tuple[str, ...], bears: bool | None
) -> None:
    assert bears_person_name(after, account_class, signs) is bears
