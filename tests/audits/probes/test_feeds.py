"""Feeds of four kinds, read safely, and the newest item that is not in the future."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.exchange import Reply
from audits.probes.feeds import Feeds, read_feed
from audits.probes.sightings import Outcome, Precision, Reason
from tests.audits.probes.driving import (
    ANSWERS,
    NOTHING_SAID,
    NOW,
    WALLS,
    always,
    answer,
    ask,
    now,
    target,
)

ASKED = target("rss", "www.contoh.gov.my/rss.xml", "feed", url="https://www.contoh.gov.my/rss.xml")
ADAPTER = Feeds(now)


@pytest.mark.parametrize(
    ("name", "title", "link", "last", "precision", "items"),
    [
        (
            "feed_rss.xml",
            "Berita Kementerian Contoh",
            "https://www.contoh.gov.my/berita",
            datetime(2026, 11, 18, 15, 30, tzinfo=UTC),
            Precision.SECOND,
            4,
        ),
        (
            "feed_rdf.xml",
            "Berita",
            "https://www.contoh.gov.my/",
            datetime(2026, 11, 3, tzinfo=UTC),
            Precision.DAY,
            2,
        ),
        (
            "feed_atom.xml",
            "Blog Contoh",
            "https://blog.contoh.gov.my/",
            datetime(2026, 11, 5, tzinfo=UTC),
            Precision.SECOND,
            2,
        ),
        (
            "feed.json",
            "Suapan Contoh",
            "https://www.contoh.gov.my/",
            datetime(2026, 11, 6, 4, tzinfo=UTC),
            Precision.SECOND,
            3,
        ),
    ],
)
def test_each_kind_of_feed(
    name: str, title: str, link: str, last: datetime, precision: Precision, items: int
) -> None:
    feed = read_feed((ANSWERS / name).read_bytes(), NOW)
    assert feed is not None
    assert (feed.title, feed.link, feed.items) == (title, link, items)
    assert feed.last is not None
    assert (feed.last.at, feed.last.precision) == (last, precision)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wed, 18 Nov 2026 10:00:00 +0800", "2026-11-18 02:00:00 second"),
        ("Wed, 18 Nov 2026 10:00:00 GMT", "2026-11-18 10:00:00 second"),
        ("18 Nov 2026 10:00:00 EST", "2026-11-18 15:00:00 second"),
        ("Wed, 18 Nov 2026 10:00:00", "2026-11-18 00:00:00 day"),
        ("wed, 18 nov 2026 10:00:00 +0800", "2026-11-18 02:00:00 second"),
        ("2026-11-18T10:00:00+08:00", "2026-11-18 02:00:00 second"),
        ("2026-11-18t02:00:00z", "2026-11-18 02:00:00 second"),
        ("2026-11-18T02:00:00.123456789Z", "2026-11-18 02:00:00 second"),
        (" 2026-11-18 ", "2026-11-18 00:00:00 day"),
        ("Fri, 20 Nov 2026 03:02:00 GMT", "2026-11-20 03:00:00 second"),
        ("Fri, 20 Nov 2026 09:00:00 GMT", None),
        ("Sat, 01 Jan 2050 00:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("Wed, 99 Nov 2026 10:00:00 GMT", None),
        ("semalam", None),
        ("", None),
        ("1" * 4000, None),
    ],
)
def test_times_as_feeds_write_them(written: str, read: str | None) -> None:
    body = f"<rss><channel><item><pubDate>{written}</pubDate></item></channel></rss>"
    feed = read_feed(body.encode(), NOW)
    assert feed is not None
    last = feed.last
    found = f"{last.at:%Y-%m-%d %H:%M:%S} {last.precision}" if last else None
    assert found == read


def test_an_item_of_the_future_is_not_dated_by_its_change() -> None:
    body = (
        "<feed><entry><published>2027-01-01T00:00:00Z</published>"
        "<updated>2026-11-01T00:00:00Z</updated></entry></feed>"
    )
    feed = read_feed(body.encode(), NOW)
    assert feed is not None
    assert feed.last is None


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE r [<!ENTITY a "aaa">]><rss><channel><title>&a;</title></channel></rss>',
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel/></rss>',
        b'<!DOCTYPE r [<!ENTITY % a SYSTEM "http://a.example/"> %a;]><rss><channel/></rss>',
        b"<rss><channel><title>&nbsp;</title></channel></rss>",
        b"<rss></rss>",
        b"<html><body>x</body></html>",
        b"<opml/>",
        b'<?xml version="1.0" encoding="klingon"?><rss><channel/></rss>',
        b'<?xml version="1.0" encoding="utf-7"?><rss><channel/></rss>',
        b"<a>" * 50_000,
        b'{"version": "1.0", "items": []}',
        b'{"version": ["https://jsonfeed.org/version/1"',
        b"\x00\x01",
    ],
)
def test_what_is_no_feed_or_would_bring_something_along_is_refused(body: bytes) -> None:
    assert read_feed(body, NOW) is None


def test_a_feed_in_another_encoding() -> None:
    body = '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><title>Çontoh</title>'
    feed = read_feed(f"{body}</channel></rss>".encode("iso-8859-1"), NOW)
    assert feed is not None
    assert feed.title == "Çontoh"


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(body: bytes) -> None:
    for start in (b"", b"<rss><channel>", b'{"version":"https://jsonfeed.org/version/1",'):
        read_feed(start + body, NOW)


def test_a_feed_that_is_an_account() -> None:
    seen = ask(ADAPTER, ASKED, always(answer(ANSWERS / "feed_rss.xml")))
    assert (seen.outcome, seen.display_name) == (Outcome.FOUND, "Berita Kementerian Contoh")
    assert seen.last_post_at == datetime(2026, 11, 18, 15, 30, tzinfo=UTC)


def test_a_feed_without_a_dated_item_is_there_all_the_same() -> None:
    body = "<rss><channel><title>Kosong</title></channel></rss>"
    seen = ask(ADAPTER, ASKED, always(answer(body)))
    assert (seen.outcome, seen.last_post_at, seen.last_post_precision) == ("found", None, None)


@pytest.mark.parametrize("kind", NOTHING_SAID)
def test_an_answer_that_says_nothing_is_unknown(kind: str) -> None:
    seen = ask(ADAPTER, ASKED, always(NOTHING_SAID[kind]))
    assert seen.outcome is Outcome.UNKNOWN
    assert seen.reason in (Reason.NO_MARKER, Reason.UNREADABLE)


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_unknown_with_its_reason(wall: str) -> None:
    reply, reason = WALLS[wall]
    seen = ask(ADAPTER, ASKED, always(reply))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, reason)


def test_robots_are_asked_first() -> None:
    def reply(request: object) -> Reply:
        assert getattr(request, "honour_robots", False)
        assert getattr(request, "site", "") == "www.contoh.gov.my"
        return answer("")

    ask(ADAPTER, ASKED, reply)
