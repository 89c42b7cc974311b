"""Facebook pages with a key: badge, name, whether published; an error never proves an absence."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from audits.probes.exchange import Reply, Request
from audits.probes.facebook_api import FacebookApi
from audits.probes.sightings import Outcome, Reason
from inventory.vocabulary import Badge
from tests.audits.probes.driving import always, ask, drive, now, target
from tests.audits.probes.keyed_cases import graph_error, kept, said

PAGE = target("facebook", "kemcontoh")
POSTS = {"data": [{"created_time": "2026-11-12T08:00:00+0000", "id": "1_2"}]}


def page(**more: Any) -> Any:
    value = kept("facebook_api_page.json") | more
    return {name: one for name, one in value.items() if one is not ...}


def answers(value: Any, posts: Any = None) -> Any:
    def find(request: Request) -> Reply:
        return said(posts or {}) if "/posts?" in request.url else said(value)

    return find


def test_what_a_page_tells() -> None:
    seen, asked = drive(FacebookApi(now).ask([PAGE]), answers(page(), POSTS))
    (one,) = seen
    assert (one.outcome, one.badge) == (Outcome.FOUND, Badge.UNSPECIFIED)
    assert (one.platform_id, one.handle) == ("100000000000123", "Kem.Contoh")
    assert one.display_name == "Kementerian Contoh"
    assert one.links == (
        "https://www.contoh.example",
        "https://bantuan.contoh.example/",
        "https://www.facebook.com/Kem.Contoh",
    )
    assert one.last_post_at == datetime(2026, 11, 12, 8, tzinfo=UTC)
    assert "category: Government organization" in one.remarks
    assert asked[0].url.startswith("https://graph.facebook.com/v25.0/kemcontoh?fields=id,name,")
    assert asked[1].url.startswith("https://graph.facebook.com/v25.0/100000000000123/posts?")
    assert asked[0].secret_header == ("Authorization", "Bearer {key}")


@pytest.mark.parametrize(
    ("shown", "status", "badge"),
    [
        (True, "blue_verified", Badge.UNSPECIFIED),
        (True, "gray_verified", Badge.UNSPECIFIED),
        (True, ..., Badge.UNSPECIFIED),
        (True, "something new", Badge.UNSPECIFIED),
        (True, "not_verified", Badge.UNKNOWN),
        (False, "not_verified", Badge.NONE),
        (False, ..., Badge.NONE),
        (False, "gray_verified", Badge.UNKNOWN),
        (..., "blue_verified", Badge.UNSPECIFIED),
        (..., "not_verified", Badge.UNKNOWN),
        ("true", "blue_verified", Badge.UNKNOWN),
        (0, "not_verified", Badge.UNKNOWN),
        (..., ..., Badge.UNKNOWN),
    ],
)
def test_badges(shown: Any, status: Any, badge: Badge) -> None:
    value = page(is_verified=shown, verification_status=status)
    seen = ask(FacebookApi(now), PAGE, answers(value))
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, badge)


@pytest.mark.parametrize(
    ("reply", "reason", "remark"),
    [
        (
            graph_error(803, "(#803) Some of the aliases you requested do not exist: x", 404),
            Reason.NO_MARKER,
            "absent_or_personal",
        ),
        (
            graph_error(803, "(#803) Cannot query users by their username (x)", 404),
            Reason.NO_MARKER,
            "personal_profile",
        ),
        (
            graph_error(100, "(#100) Tried accessing nonexisting field (x) on node type (User)"),
            Reason.NO_MARKER,
            "personal_profile",
        ),
        (
            graph_error(100, "Unsupported get request.", subcode=33),
            Reason.NO_MARKER,
            "absent_or_hidden",
        ),
        (graph_error(803, status=200), Reason.NO_MARKER, "absent_or_personal"),
        (graph_error(190, "Error validating access token", subcode=463), Reason.AUTH, None),
        (graph_error(190, status=401), Reason.AUTH, None),
        (graph_error(102), Reason.AUTH, None),
        (graph_error(10), Reason.PERMISSION, None),
        (graph_error(200, status=403), Reason.PERMISSION, None),
        (graph_error(283), Reason.PERMISSION, None),
        (graph_error(4, status=403), Reason.RATE_LIMIT, None),
        (graph_error(17), Reason.RATE_LIMIT, None),
        (graph_error(32), Reason.RATE_LIMIT, None),
        (graph_error(613), Reason.RATE_LIMIT, None),
        (graph_error(80001), Reason.RATE_LIMIT, None),
        (graph_error(2, status=500), Reason.SERVER_ERROR, None),
        (graph_error(987654), Reason.NO_MARKER, None),
        (graph_error(100, status=503), Reason.SERVER_ERROR, None),
        (said({"error": "odd"}), Reason.NO_MARKER, None),
        (said({"error": {"code": "803"}}), Reason.NO_MARKER, "absent_or_personal"),
    ],
)
def test_an_error_never_says_that_a_page_is_gone(
    reply: Reply, reason: Reason, remark: str | None
) -> None:
    seen = ask(FacebookApi(now), PAGE, always(reply))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, reason)
    assert seen.remarks == ((remark,) if remark else ())


def test_an_error_beside_a_page_is_an_error() -> None:
    value = page() | {"error": {"code": 100, "message": "partial"}}
    assert ask(FacebookApi(now), PAGE, answers(value)).outcome is Outcome.UNKNOWN


def test_an_unpublished_page_is_private() -> None:
    seen, asked = drive(FacebookApi(now).ask([PAGE]), answers(page(is_published=False)))
    assert seen[0].outcome is Outcome.PRIVATE
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ({"username": "KEMCONTOH"}, Outcome.FOUND),
        ({"username": "k.e.m.contoh"}, Outcome.FOUND),
        ({"username": "somebody"}, Outcome.UNKNOWN),
        ({"username": ...}, Outcome.FOUND),
        ({"username": ..., "link": "https://www.facebook.com/somebody"}, Outcome.UNKNOWN),
        ({"username": ..., "link": ...}, Outcome.UNKNOWN),
        ({"username": None}, Outcome.UNKNOWN),
        ({"id": 100000000000123}, Outcome.UNKNOWN),
        ({"id": ...}, Outcome.UNKNOWN),
        ({"name": ...}, Outcome.UNKNOWN),
    ],
)
def test_a_page_must_go_by_the_name_asked_for(more: Any, outcome: Outcome) -> None:
    assert ask(FacebookApi(now), PAGE, answers(page(**more))).outcome is outcome


def test_the_same_page_under_another_name_moved() -> None:
    known = replace(PAGE, platform_id="100000000000123")
    seen = ask(FacebookApi(now), known, answers(page(username="KemBaharu")))
    assert (seen.outcome, seen.moved_to) == (Outcome.MOVED, "https://www.facebook.com/KemBaharu")
    assert "renamed: KemBaharu" in seen.remarks


def test_a_page_asked_for_by_id() -> None:
    by_id = target("facebook", "100000000000123", "id")
    assert ask(FacebookApi(now), by_id, answers(page())).remarks[-1] != "renamed: Kem.Contoh"
    renamed = ask(FacebookApi(now), replace(by_id, handle="kemlama"), answers(page()))
    assert (renamed.outcome, renamed.remarks[-1]) == (Outcome.FOUND, "renamed: Kem.Contoh")
    other = ask(FacebookApi(now), by_id, answers(page(id="100000000000999")))
    assert (other.outcome, other.remarks) == (Outcome.UNKNOWN, ("other_id: 100000000000999",))


def test_a_page_nobody_claimed_is_remarked() -> None:
    value = page(is_unclaimed=True, is_community_page=True)
    remarks = ask(FacebookApi(now), PAGE, answers(value)).remarks
    assert {"unclaimed", "community_page"} <= set(remarks)


@pytest.mark.parametrize(
    ("headers", "remarked"),
    [
        ({"x-app-usage": '{"call_count": 97, "total_time": 3}'}, True),
        ({"x-page-usage": '{"call_count": 1, "total_cputime": 92.4}'}, True),
        (
            {"x-business-use-case-usage": '{"1": [{"type": "pages", "call_count": 95}]}'},
            True,
        ),
        ({"x-app-usage": '{"call_count": 12}'}, False),
        ({"x-app-usage": '{"call_count": "97"}'}, False),
        ({"x-app-usage": '{"call_count": true}'}, False),
        ({"x-app-usage": "[97]"}, False),
        ({"x-app-usage": "{"}, False),
        ({"x-app-usage": '{"call_count": NaN}'}, False),
        ({"x-app-usage": '{"call_count": Infinity}'}, False),
        ({}, False),
    ],
)
def test_an_allowance_nearly_used_up_is_remarked(headers: Any, remarked: bool) -> None:
    seen = ask(FacebookApi(now), PAGE, always(said(page(), headers=headers)))
    assert seen.outcome is Outcome.FOUND
    assert sum(one.startswith("nearly_used_up") for one in seen.remarks) == remarked
