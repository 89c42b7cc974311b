"""Adapters that are data: what each concludes from each kind of answer, and how it asks."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.by_marker import ByMarker
from audits.probes.definitions import shipped
from audits.probes.exchange import Reply, Request, Target
from audits.probes.remarks import Remark
from audits.probes.sightings import Outcome, Reason
from inventory.vocabulary import Badge
from tests.audits.probes.driving import (
    ANSWERS,
    NOTHING_SAID,
    WALLS,
    always,
    answer,
    ask,
    drive,
    now,
    target,
)

UNKNOWN, FOUND, NOT_FOUND = Outcome.UNKNOWN, Outcome.FOUND, Outcome.NOT_FOUND
WORDPRESS = target("blog", "kemcontoh.wordpress.com", "host")
BLOGGER = target("blog", "kemcontoh.blogspot.com", "host")


def adapter(name: str) -> ByMarker:
    return ByMarker(shipped().adapters[name], now)


def _oembed(**changed: object) -> Reply:
    body = json.loads((ANSWERS / "tiktok_oembed.json").read_text()) | changed
    return answer(json.dumps(body, indent=3))


def _tiktok(code: object, **user: object) -> Reply:
    scope = {"webapp.user-detail": {"statusCode": code, "userInfo": {"user": user}}}
    data = json.dumps({"__DEFAULT_SCOPE__": scope})
    script = f'<SCRIPT ID="__UNIVERSAL_DATA_FOR_REHYDRATION__">{data}</SCRIPT>'
    return answer(f"<html><body>{script}</body></html>")


PAGE = "<html><head><title>{}</title></head><body>{}</body></html>"

CASES: list[tuple[str, Reply, Outcome, Reason | None]] = [
    ("tiktok-oembed", answer(ANSWERS / "tiktok_oembed.json"), FOUND, None),
    ("tiktok-oembed", answer('{"code": 400, "message": "no"}', 400), NOT_FOUND, None),
    ("tiktok-oembed", answer('{"code":"400"}', 400), NOT_FOUND, None),
    ("tiktok-oembed", answer('{"code": 400}'), UNKNOWN, Reason.NO_MARKER),
    ("tiktok-oembed", answer('{"code": 404}', 404), UNKNOWN, Reason.NO_MARKER),
    ("tiktok-oembed", _oembed(author_url=None), UNKNOWN, Reason.NO_MARKER),
    ("tiktok-oembed", _oembed(author_url=["x"]), UNKNOWN, Reason.NO_MARKER),
    ("tiktok-oembed", _oembed(author_url="https://www.tiktok.com/@lain"), UNKNOWN, None),
    ("tiktok-oembed", _oembed(author_url="https://jahat.example/@kemcontoh"), UNKNOWN, None),
    ("tiktok-oembed", _oembed(author_name=7, surprise={"a": []}), FOUND, None),
    ("pinterest-oembed", answer('{"version":"1.0","type":"rich"}'), FOUND, None),
    ("pinterest-oembed", answer("", 404), NOT_FOUND, None),
    ("wordpress-com", answer('{"ID": 5, "name": "Blog Contoh"}'), FOUND, None),
    ("wordpress-com", answer('{"error":"unknown_blog"}', 404), NOT_FOUND, None),
    ("wordpress-com", answer('{"error":"other"}', 404), UNKNOWN, Reason.NO_MARKER),
    (
        "wordpress-com",
        answer('{"message":"User cannot access this private blog."}', 403),
        Outcome.PRIVATE,
        None,
    ),
    (
        "wordpress-com",
        answer('{"message":"API calls to this endpoint have been disabled."}', 403),
        Outcome.DEACTIVATED,
        None,
    ),
    ("wordpress-com", answer('{"message":"no"}', 403), UNKNOWN, Reason.PERMISSION),
    ("blogger", answer("<html>_WidgetManager._Init('x')</html>"), FOUND, None),
    ("blogger", answer("<html><h1>Blog not found</h1></html>", 404), NOT_FOUND, None),
    ("blogger", answer("<html><h1>Blog not found</h1></html>"), UNKNOWN, Reason.NO_MARKER),
    ("blogger", answer("<html>nothing</html>", 404), UNKNOWN, Reason.NO_MARKER),
    ("flickr-page", answer(PAGE.format("Kem Contoh | Flickr", "")), FOUND, None),
    ("flickr-page", answer("", 404), NOT_FOUND, None),
    ("facebook-page", answer(ANSWERS / "facebook_page.html"), FOUND, None),
    ("facebook-page", answer(PAGE.format("Facebook", "")), UNKNOWN, Reason.LOGIN_WALL),
    ("facebook-page", answer(PAGE.format("Log in to Facebook", "")), UNKNOWN, Reason.LOGIN_WALL),
    ("facebook-page", answer(PAGE.format("Kandungan", "tiada")), UNKNOWN, Reason.NO_MARKER),
    ("facebook-page", answer("", 404), UNKNOWN, Reason.UNREADABLE),
    ("instagram-page", answer(ANSWERS / "instagram_profile.html"), FOUND, None),
    ("instagram-page", answer('<html>{"routePath" : null}</html>'), NOT_FOUND, None),
    ("instagram-page", answer('<html>{"routePath":"\\/"}</html>'), UNKNOWN, Reason.LOGIN_WALL),
    ("instagram-page", answer(PAGE.format("Login • Instagram", "")), UNKNOWN, Reason.LOGIN_WALL),
    ("instagram-page", answer('{"require_login":true}', 401), UNKNOWN, Reason.LOGIN_WALL),
    ("x-name", answer('{"valid":true,"reason":"available"}'), NOT_FOUND, None),
    ("x-name", answer('{"valid":false,"reason":"taken"}'), UNKNOWN, Reason.NO_MARKER),
    ("x-name", answer('{"valid":false,"reason":"available"}'), UNKNOWN, Reason.NO_MARKER),
    ("x-name", answer('{"valid":false,"reason":"is_banned_word"}'), UNKNOWN, Reason.NO_MARKER),
    ("tiktok-page", answer(ANSWERS / "tiktok_profile.html"), FOUND, None),
    ("tiktok-page", _tiktok(10221), NOT_FOUND, None),
    ("tiktok-page", _tiktok(10222), Outcome.PRIVATE, None),
    ("tiktok-page", _tiktok(0, uniqueId="KemContoh", privateAccount=True), Outcome.PRIVATE, None),
    ("tiktok-page", _tiktok(0, uniqueId="lain"), UNKNOWN, Reason.NO_MARKER),
    ("tiktok-page", _tiktok(0), UNKNOWN, Reason.NO_MARKER),
    ("tiktok-page", _tiktok([10221]), UNKNOWN, Reason.NO_MARKER),
    ("tiktok-page", answer(PAGE.format("", "tiktok-verify-page")), UNKNOWN, Reason.CHALLENGE),
    ("threads-page", answer(ANSWERS / "threads_profile.html"), FOUND, None),
    ("threads-page", answer(PAGE.format("Threads • Log in", "")), UNKNOWN, Reason.LOGIN_WALL),
    ("linkedin-page", answer("", 999), UNKNOWN, Reason.CHALLENGE),
]
ASKED = {
    "tiktok-oembed": target("tiktok", "kemcontoh"),
    "tiktok-page": target("tiktok", "kemcontoh"),
    "pinterest-oembed": target("pinterest", "kemcontoh"),
    "wordpress-com": WORDPRESS,
    "blogger": BLOGGER,
    "flickr-page": target("flickr", "kemcontoh"),
    "facebook-page": target("facebook", "kementeriancontoh"),
    "instagram-page": target("instagram", "kemcontoh"),
    "x-name": target("x", "kemcontoh"),
    "threads-page": target("threads", "kemcontoh"),
    "linkedin-page": target("linkedin", "kementerian-contoh"),
}


HONEST = {"pinterest-oembed", "flickr-page"}


def _once(reply: Reply) -> Callable[[Request], Reply]:
    """The answer to the question itself; a feed asked afterwards is not to be had."""
    first: list[Request] = []

    def reply_to(request: Request) -> Reply:
        first.append(request)
        return reply if len(first) == 1 else answer("", 404)

    return reply_to


@pytest.mark.parametrize(("name", "reply", "outcome", "reason"), CASES)
def test_what_is_concluded(
    name: str, reply: Reply, outcome: Outcome, reason: Reason | None
) -> None:
    seen = ask(adapter(name), ASKED[name], _once(reply))
    assert seen.outcome is outcome
    if reason is not None or outcome is not UNKNOWN:
        assert seen.reason is reason
    assert (seen.reason is None) == (outcome is not UNKNOWN)


@pytest.mark.parametrize("kind", NOTHING_SAID)
@pytest.mark.parametrize("name", ASKED)
def test_an_answer_that_says_nothing_is_unknown(name: str, kind: str) -> None:
    if (name in HONEST) and kind.startswith("not found"):
        return  # a 404 with nothing else says it all there
    seen = ask(adapter(name), ASKED[name], _once(NOTHING_SAID[kind]))
    assert seen.outcome is UNKNOWN
    assert seen.badge is Badge.UNKNOWN
    assert seen.reason in (Reason.NO_MARKER, Reason.UNREADABLE)


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_unknown_with_its_reason(name: str, wall: str) -> None:
    reply, reason = WALLS[wall]
    seen = ask(adapter(name), ASKED[name], _once(reply))
    assert (seen.outcome, seen.reason) == (UNKNOWN, reason)


@given(
    name=st.sampled_from(sorted(ASKED)), body=st.binary(max_size=400), status=st.integers(100, 999)
)
def test_no_answer_whatever_makes_an_adapter_stumble(name: str, body: bytes, status: int) -> None:
    seen = ask(adapter(name), ASKED[name], _once(answer(body, status)))
    assert seen.outcome in (UNKNOWN, NOT_FOUND)
    assert seen.outcome is UNKNOWN or status in (404, 410)


def test_yes_and_no_at_once_is_unknown() -> None:
    both = PAGE.format("Kem", 'Posts - See Instagram photos and videos from {"routePath":null}')
    seen = ask(adapter("instagram-page"), ASKED["instagram-page"], always(answer(both)))
    assert (seen.outcome, seen.reason) == (UNKNOWN, Reason.NO_MARKER)
    assert seen.remarks == (Remark.BOTH_MARKERS,)


def test_an_answer_about_another_name_says_nothing_about_this_one() -> None:
    other = target("facebook", "kementerianlain")
    seen = ask(adapter("facebook-page"), other, always(answer(ANSWERS / "facebook_page.html")))
    assert seen.outcome is UNKNOWN
    assert seen.platform_id is None
    assert seen.remarks == ("other_name: Kementerian.Contoh",)


def test_dots_and_capitals_are_no_other_name_where_the_platform_ignores_them() -> None:
    reply = answer(ANSWERS / "facebook_page.html")
    seen = ask(adapter("facebook-page"), ASKED["facebook-page"], always(reply))
    assert (seen.handle, seen.platform_id) == ("Kementerian.Contoh", "100000000000123")


def test_an_account_asked_by_its_id_may_have_any_name() -> None:
    asked = target("facebook", "100000000000123", "id")
    seen = ask(adapter("facebook-page"), asked, always(answer(ANSWERS / "facebook_page.html")))
    assert (seen.outcome, seen.handle) == (FOUND, "Kementerian.Contoh")
    other = target("facebook", "100000000000999", "id")
    seen = ask(adapter("facebook-page"), other, always(answer(ANSWERS / "facebook_page.html")))
    assert seen.outcome is UNKNOWN


def test_what_a_profile_tells_is_kept() -> None:
    reply = answer(ANSWERS / "tiktok_profile.html")
    seen = ask(adapter("tiktok-page"), ASKED["tiktok-page"], always(reply))
    assert seen.badge is Badge.UNSPECIFIED  # TikTok shows two kinds and does not say which
    assert seen.platform_id == "7000000000000000001"
    assert seen.display_name == "Kementerian Contoh"
    assert seen.bio == "Akaun rasmi"
    assert seen.links == ("https://www.contoh.gov.my",)


@pytest.mark.parametrize(
    ("told", "badge"), [(False, Badge.NONE), ("yes", Badge.UNKNOWN), (None, Badge.UNKNOWN)]
)
def test_a_badge_is_none_only_where_the_answer_says_so(told: object, badge: Badge) -> None:
    reply = _tiktok(0, uniqueId="kemcontoh", verified=told)
    seen = ask(adapter("tiktok-page"), ASKED["tiktok-page"], always(reply))
    assert (seen.outcome, seen.badge) == (FOUND, badge)


def test_a_blog_that_is_found_is_asked_for_its_feed() -> None:
    site = "https://public-api.wordpress.com/rest/v1.1/sites/kemcontoh.wordpress.com"
    feed = "https://kemcontoh.wordpress.com/feed/"
    answers = {
        site: answer('{"ID": 5, "URL": "https://kemcontoh.wordpress.com"}'),
        feed: answer(ANSWERS / "feed_rss.xml"),
    }
    seen, asked = drive(adapter("wordpress-com").ask([WORDPRESS]), answers)
    assert [one.url for one in asked] == [site, feed]
    assert str(seen[0].last_post_at) == "2026-11-18 15:30:00+00:00"
    assert seen[0].platform_id == "5"


def test_a_name_the_platform_cannot_have_is_never_asked_about() -> None:
    for value in ("a/../b", "kem contoh", "x" * 40, "kem?contoh", "ends."):
        seen, asked = drive(adapter("tiktok-oembed").ask([target("tiktok", value)]), {})
        assert (seen[0].outcome, asked) == (Outcome.ILLEGAL_NAME, [])


@pytest.mark.parametrize(
    ("name", "asked", "takes"),
    [
        ("wordpress-com", BLOGGER, False),
        ("wordpress-com", WORDPRESS, True),
        ("blogger", target("blog", "jahat.example/x.blogspot.com", "host"), False),
        ("tiktok-oembed", target("tiktok", "7000000000000000001", "id"), False),
        ("linkedin-page", target("linkedin", "in/seseorang"), False),
        ("x-name", target("facebook", "kemcontoh"), False),
    ],
)
def test_which_accounts_a_definition_takes(name: str, asked: Target, takes: bool) -> None:
    assert adapter(name).takes(asked) is takes


@pytest.mark.parametrize("name", sorted(ASKED))
def test_the_evidence_goes_with_the_conclusion(name: str) -> None:
    request = adapter(name).request(ASKED[name])
    assert request.url.startswith("https://")
    seen = ask(adapter(name), ASKED[name], _once(answer("<html>x</html>")))
    assert (seen.source, seen.http_status) == (request.url, 200)
    assert seen.sha256 is not None
    assert len(seen.sha256) == 64
