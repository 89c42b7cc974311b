"""The platform table: names people write, and that a platform is added by data alone."""

from pathlib import Path

import pytest

from inventory.identity import Identity, Impossible, NotAnAccount, identify
from inventory.language import Language, speaking
from inventory.platforms import (
    TABLE_FILE,
    TableError,
    badge_name,
    check,
    default_table,
    load,
    platform_named,
    platforms,
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Twitter / X", "x"),
        ("X/Twitter", "x"),
        ("twitter", "x"),
        ("x", "x"),
        ("Intagram", "instagram"),
        ("IG", "instagram"),
        ("Youtube", "youtube"),
        ("Saluran YouTube", "youtube"),
        ("FB", "facebook"),
        ("Facebook ", "facebook"),
        ("FACEBOOK", "facebook"),
        ("saluran WhatsApp", "whatsapp"),
        ("Linked-In", "linkedin"),
        ("blog", "blog"),
        ("WordPress", "blog"),
        ("laman web", "website"),
        ("Laman-Web", "website"),
        ("rss", "rss"),
        ("Google+", "google_plus"),
        ("Tik Tok", "tiktok"),
        ("google_plus", "google_plus"),
        ("Ｆａｃｅｂｏｏｋ", "facebook"),
        ("微博", "weibo"),
        ("Foursquare (Badge Unlock)", "foursquare"),
    ],
)
def test_platforms_are_found_by_the_names_people_write(text: str, key: str) -> None:
    found = platform_named(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["", "-", "Facebuk", "Google", "Newsletter", "TOTAL", "faceb"])
def test_a_name_that_is_not_listed_is_not_guessed(text: str) -> None:
    assert platform_named(text) is None


def test_the_table_keeps_the_order_of_its_file() -> None:
    text = TABLE_FILE.read_text()
    places = [text.index(f"[platforms.{key}]\n") for key in platforms()]
    assert places == sorted(places)


@pytest.mark.parametrize("kind", default_table().badges)
def test_every_badge_kind_has_a_name_in_both_languages(kind: str) -> None:
    names = set()
    for language in Language:
        with speaking(language):
            names.add(badge_name(kind))
    assert len(names) == 2
    assert kind not in names


def test_what_the_rules_ask_of_the_table() -> None:
    table = platforms()
    assert table["google_plus"].closed
    assert not table["facebook"].closed
    assert {key for key, platform in table.items() if platform.object_kinds} >= {
        "facebook",
        "linkedin",
    }
    assert not table["x"].object_kinds
    assert "government" in table["x"].badges
    assert table["mastodon"].badges == ()


INVENTED = """
[badges]
government = { en = "government badge", ms = "tanda kerajaan" }
ribbon = { en = "ribbon", ms = "reben" }

[addresses]
neutral = ["m"]
forms = '''
pendek.example/**   -> share_link
'''

[platforms.riuh]
name = "Riuh"
aliases = ["Riuh-rendah"]
badges = ["ribbon"]
hosts = ["riuh.{example,test}"]
bare = ["handle"]
reserved = "bantuan"
forms = '''
/n/{number}
/bising/**          -> post
ke.riuh.example/?k={url}  -> open
{handle}.riuh.example
/~{handle}/**
'''
[platforms.riuh.handle]
allow = ["letters", "-"]
least = 3
most = 10
not_end = ["-"]
url = "https://riuh.example/~{}"
[platforms.riuh.number]
kind = "id"
allow = ["digits"]
url = "https://riuh.example/n/{}"
"""


def _table(folder: Path, text: str = INVENTED) -> Path:
    path = folder / "platforms.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_invented_platform_needs_nothing_but_a_table(tmp_path: Path) -> None:
    table = load(_table(tmp_path))
    check(table)
    forms = [
        "https://riuh.example/~Contoh/x",
        "http://www.riuh.test/~contoh",
        "m.riuh.example/~contoh",
        "contoh.riuh.example",
        "https://ke.riuh.example/?k=https%3A%2F%2Friuh.test%2F~contoh",
    ]
    found = [identify(text, table=table) for text in forms]
    assert {getattr(answer, "key", None) for answer in found} == {"riuh:handle:contoh"}
    named = identify("Riuh rendah: @contoh", table=table)
    assert isinstance(named, Identity)
    assert named.url == "https://riuh.example/~contoh"
    number = identify("riuh.example/n/12", table=table)
    assert isinstance(number, Identity)
    assert number.key == "riuh:id:12"
    for text, what in [
        ("riuh.example/bising/1", "post"),
        ("pendek.example/a", "share_link"),
        ("riuh.example/bantuan", "page"),
    ]:
        answer = identify(text, table=table)
        assert isinstance(answer, NotAnAccount)
        assert answer.what == what
    wrong = identify("con_toh", "riuh", table=table)
    assert isinstance(wrong, Impossible)
    assert "“_”" in wrong.rule
    assert table.platforms["riuh"].badges == ("ribbon",)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('badges = ["ribbon"]', 'badges = ["medal"]', "riuh.badges"),
        ('bare = ["handle"]', 'bare = ["name"]', "riuh.bare"),
        ("least = 3", "leest = 3", "riuh.handle"),
        ('kind = "id"', 'kind = "number"', "riuh.number"),
        ("-> post", "-> poster", "riuh.forms"),
        ("/n/{number}", "/n/{nombor}", "riuh.forms"),
        ('name = "Riuh"', 'name = "Riuh"\ncolour = "red"', "colour"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    with pytest.raises(TableError, match=place):
        check(load(_table(tmp_path, INVENTED.replace(old, new))))


@pytest.mark.parametrize("claim", ['hosts = ["riuh.test"]', 'aliases = ["riuh"]'])
def test_two_platforms_cannot_claim_one_host_or_name(tmp_path: Path, claim: str) -> None:
    with pytest.raises(TableError, match="senyap"):
        load(_table(tmp_path, f'{INVENTED}\n[platforms.senyap]\nname = "Senyap"\n{claim}\n'))
