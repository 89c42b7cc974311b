"""Websites: somebody is home, or a person has to look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.exchange import Failure, Reply
from audits.probes.sightings import Outcome, Reason
from audits.probes.websites import Websites
from tests.audits.probes.driving import (
    ANSWERS,
    WALLS,
    always,
    answer,
    ask,
    drive,
    now,
    target,
)

HOME = "https://www.contoh.gov.my/"
FEED = "https://www.contoh.gov.my/berita/rss.xml"
ASKED = target("website", "contoh.gov.my", "host", url=HOME)
PAGE = (ANSWERS / "home_page.html").read_text()
ADAPTER = Websites(now)


def _titled(title: str, body: str = "") -> Reply:
    return answer(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


def test_a_home_page_and_the_feed_it_names() -> None:
    answers = {HOME: answer(PAGE), FEED: answer(ANSWERS / "feed_rss.xml")}
    seen, asked = drive(ADAPTER.ask([ASKED]), answers)
    assert (seen[0].outcome, seen[0].display_name) == (Outcome.FOUND, "Kementerian Contoh")
    assert seen[0].bio == "Portal rasmi Kementerian Contoh"
    assert str(seen[0].last_post_at) == "2026-11-18 15:30:00+00:00"
    assert [(one.url, one.honour_robots) for one in asked] == [(HOME, True), (FEED, True)]
    assert {one.site for one in asked} == {"www.contoh.gov.my"}


@pytest.mark.parametrize(
    "feed", [answer("", 500), answer("<html>", 200), Failure(Reason.ROBOTS), answer("", 404)]
)
def test_a_feed_that_cannot_be_had_says_nothing_about_the_site(feed: Reply) -> None:
    seen = ask(ADAPTER, ASKED, {HOME: answer(PAGE), FEED: feed})
    assert (seen.outcome, seen.last_post_at) == (Outcome.FOUND, None)


def test_a_page_without_a_feed_is_not_asked_for_one() -> None:
    _seen, asked = drive(ADAPTER.ask([ASKED]), {HOME: _titled("Kementerian Contoh")})
    assert len(asked) == 1


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "ftp://a.example/x", "http://[::1", "mailto:a@b.my"]
)
def test_a_feed_that_is_no_web_address_is_not_asked(href: str) -> None:
    body = f'<html><title>Kem</title><link rel=alternate type=application/rss+xml href="{href}">'
    seen, asked = drive(ADAPTER.ask([ASKED]), {HOME: answer(body)})
    assert (seen[0].outcome, len(asked)) == (Outcome.FOUND, 1)


def test_a_blog_has_the_feed_of_its_maker() -> None:
    blog = target("blog", "kemcontoh.blogspot.com", "host", url="https://kemcontoh.blogspot.com/")
    _seen, asked = drive(ADAPTER.ask([blog]), always(_titled("Blog")))
    assert asked[1].url.startswith("https://kemcontoh.blogspot.com/feeds/posts/default")


@pytest.mark.parametrize(
    ("reply", "remark"),
    [
        (_titled("This domain is for sale"), "parked: this domain is for sale"),
        (_titled("contoh.my", "<script src='https://sedoparking.com/x.js'></script>"), "parked"),
        (answer("<html>x", url="https://www.hugedomains.com/d?x=contoh"), "parked: www"),
        (_titled("Apache2 Ubuntu Default Page: It works"), "placeholder"),
        (_titled("WELCOME TO NGINX!"), "placeholder"),
        (_titled("Account Suspended"), "placeholder"),
        (_titled("Index of /"), "placeholder"),
        (answer("<html><body>OK</body></html>"), "empty_page"),
        (answer(""), "empty_page"),
        (answer('<html><body><div id="root"></div></body></html>'), "empty_page"),
    ],
)
def test_where_nobody_is_home_a_person_has_to_look(reply: Reply, remark: str) -> None:
    seen = ask(ADAPTER, ASKED, always(reply))
    assert seen.outcome is Outcome.UNKNOWN
    assert seen.remarks[0].startswith(remark)


def test_a_site_that_writes_about_parking_is_not_parked() -> None:
    words = "this domain is for sale " + "Amaran penipuan domain. " * 300
    assert ask(ADAPTER, ASKED, always(_titled("Amaran", words))).outcome is Outcome.FOUND


@pytest.mark.parametrize(
    ("led_to", "outcome"),
    [
        ("https://contoh.gov.my/utama", Outcome.FOUND),
        ("https://portal.contoh.gov.my/", Outcome.FOUND),
        ("https://www.baharu.gov.my/", Outcome.MOVED),
        ("https://www.kasino.example/", Outcome.UNKNOWN),
        ("https://notcontoh.gov.my.jahat.example/", Outcome.UNKNOWN),
    ],
)
def test_a_redirect_that_leaves_the_site_is_no_site(led_to: str, outcome: Outcome) -> None:
    body = _titled("Kementerian Contoh")
    assert not isinstance(body, Failure)
    seen = ask(ADAPTER, ASKED, always(answer(body.body, url=led_to)))
    assert seen.outcome is outcome
    assert seen.moved_to == (None if outcome is Outcome.FOUND else led_to)


@pytest.mark.parametrize(
    "body", ['{"error": "no such site, please look elsewhere for it"}', "%PDF-1.7 " * 20, "\0" * 99]
)
def test_what_is_no_page_cannot_be_read(body: str) -> None:
    seen = ask(ADAPTER, ASKED, always(answer(body)))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason.UNREADABLE)


@pytest.mark.parametrize("status", [400, 404, 405, 410, 418, 204])
def test_a_website_is_never_said_not_to_exist(status: int) -> None:
    seen = ask(ADAPTER, ASKED, always(answer("<html><title>Kem</title>", status)))
    assert (seen.outcome, seen.reason, seen.http_status) == (
        Outcome.UNKNOWN,
        Reason.NO_MARKER,
        status,
    )


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_unknown_with_its_reason(wall: str) -> None:
    reply, reason = WALLS[wall]
    seen = ask(ADAPTER, ASKED, always(reply))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, reason)


def test_a_site_that_lives_at_a_login_address_is_not_led_away_to_one() -> None:
    asked = target("website", "contoh.gov.my/login", "host", url="https://contoh.gov.my/login/")
    assert ask(ADAPTER, asked, always(_titled("Portal Contoh"))).outcome is Outcome.FOUND


def test_a_page_in_another_encoding() -> None:
    body = "<html><title>Kementerian Çontoh</title>".encode("iso-8859-9")
    headers = {"content-type": "text/html; charset=ISO-8859-9"}
    seen = ask(ADAPTER, ASKED, always(answer(body, headers=headers)))
    assert seen.display_name == "Kementerian Çontoh"
    headers = {"content-type": "text/html; charset=klingon"}
    assert ask(ADAPTER, ASKED, always(answer(body, headers=headers))).outcome is Outcome.FOUND


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(body: bytes) -> None:
    seen = ask(ADAPTER, ASKED, always(answer(body)))
    assert seen.outcome in (Outcome.FOUND, Outcome.UNKNOWN)


def test_an_address_that_is_none_is_not_taken() -> None:
    assert not ADAPTER.takes(target("website", "contoh.gov.my", "host", url="ftp://contoh.gov.my"))
    assert not ADAPTER.takes(target("facebook", "kemcontoh", url=HOME))
