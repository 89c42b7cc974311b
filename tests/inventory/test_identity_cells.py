"""Several addresses in one cell, and what the answers say to people."""

import pytest

from inventory.identity import Identity, NotAccount, agrees, describe, identify, split_addresses
from inventory.language import Language, speaking


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("", []),
        (" - ", []),
        ("@contoh_gov", ["@contoh_gov"]),
        ("Kementerian Contoh dan Industri", ["Kementerian Contoh dan Industri"]),
        (
            "Kementerian Contoh, Perdagangan dan Industri",
            ["Kementerian Contoh, Perdagangan dan Industri"],
        ),
        ("contoh, contoh.my", ["contoh", "contoh.my"]),
        ("https://x.com/a1\nhttps://x.com/b1\r\n", ["https://x.com/a1", "https://x.com/b1"]),
        ("https://a.example ; https://b.example", ["https://a.example", "https://b.example"]),
        ("https://x.com/a1;https://x.com/b1", ["https://x.com/a1", "https://x.com/b1"]),
        ("https://x.com/a1, https://x.com/b1", ["https://x.com/a1", "https://x.com/b1"]),
        ("https://x.com/a1 & https://x.com/b1", ["https://x.com/a1", "https://x.com/b1"]),
        ("@satu dan @dua", ["@satu", "@dua"]),
        ("@satu / @dua", ["@satu", "@dua"]),
        (
            "FB: https://fb.com/satu IG: https://instagram.com/dua",
            ["FB: https://fb.com/satu", "IG: https://instagram.com/dua"],
        ),
        ("fb.com/satu x.com/dua", ["fb.com/satu", "x.com/dua"]),
        ("https://fb.com/satu x.com/dua", ["https://fb.com/satu", "x.com/dua"]),
        (
            "http://facebook.com/contoh, Kementerian Contoh",
            ["http://facebook.com/contoh, Kementerian Contoh"],
        ),
        (
            "https://l.facebook.com/l.php?u=https://x.com/a1",
            ["https://l.facebook.com/l.php?u=https://x.com/a1"],
        ),
        ("https://x.com/a?b=1;c=2", ["https://x.com/a?b=1;c=2"]),
        ("@contoh@mastodon.social", ["@contoh@mastodon.social"]),
        ("https://mastodon.social/@contoh", ["https://mastodon.social/@contoh"]),
    ],
)
def test_a_cell_comes_apart_into_its_addresses(cell: str, pieces: list[str]) -> None:
    assert list(split_addresses(cell)) == pieces


def test_every_piece_stays_as_it_was_written() -> None:
    cell = "FB: https://fb.com/Satu (rasmi), IG: https://instagram.com/Dua/"
    assert all(piece in cell for piece in split_addresses(cell))


@pytest.mark.parametrize("what", NotAccount)
def test_what_is_no_account_has_words_for_people(what: NotAccount) -> None:
    with speaking(Language.ENGLISH):
        assert describe(what) not in ("", what.value)


def test_official_domains_tell_the_own_site_from_others() -> None:
    page = "https://www.contoh.example/kalendar/2026"
    other = identify(page)
    own = identify(page, official_domains=("contoh.example",))
    below = identify("https://a.contoh.example/x/y", official_domains=["www.Contoh.example"])
    assert [getattr(found, "what", None) for found in (other, own, below)] == [
        NotAccount.PAGE,
        NotAccount.OWN_SITE_PAGE,
        NotAccount.OWN_SITE_PAGE,
    ]


def test_the_own_front_page_is_a_website_but_no_account_of_another_platform() -> None:
    front = "https://www.contoh.example/"
    assert isinstance(identify(front, official_domains=("contoh.example",)), Identity)
    found = identify(front, "facebook", official_domains=("contoh.example",))
    assert getattr(found, "what", None) is NotAccount.OWN_SITE_PAGE


def test_the_address_wins_over_the_column_it_stands_in() -> None:
    found = identify("https://www.youtube.com/@contoh_tv", "tiktok")
    assert isinstance(found, Identity)
    assert found.platform == "youtube"
    assert not agrees("tiktok", found.platform)
    assert agrees("blog", "website")


def test_a_handle_is_shown_as_it_was_written() -> None:
    found = identify("https://www.facebook.com/Jab.Contoh.Negara")
    assert isinstance(found, Identity)
    assert (found.value, found.handle) == ("jabcontohnegara", "Jab.Contoh.Negara")


def test_wrappers_open_twice_and_no_deeper() -> None:
    inner = "https://x.com/contoh_gov"
    for _layer in range(2):
        inner = f"https://l.facebook.com/l.php?u={inner.replace('&', '%26').replace('?', '%3F')}"
    assert isinstance(identify(inner), Identity)
    deeper = "https://www.google.com/url?q=" + inner.replace("?", "%3F")
    assert getattr(identify(deeper), "what", None) is NotAccount.SHARE_LINK


def test_a_wrapped_bare_name_is_not_taken_for_an_account() -> None:
    found = identify("https://l.facebook.com/l.php?u=contoh", "facebook")
    assert getattr(found, "what", None) is NotAccount.SHARE_LINK


def test_a_platform_that_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="friendster"):
        identify("contoh", "friendster")
