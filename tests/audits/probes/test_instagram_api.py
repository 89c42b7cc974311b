"""Instagram with a key: asked as one's own account; no badge, and no proof of an absence."""

from datetime import UTC, datetime
from typing import Any

import pytest

from audits.probes.exchange import Reply
from audits.probes.instagram_api import InstagramApi
from audits.probes.sightings import Outcome, Reason
from inventory.vocabulary import Badge
from tests.audits.probes.driving import ANSWERS, always, answer, ask, drive, now, target
from tests.audits.probes.keyed_cases import USER, graph_error, said

ACCOUNT = target("instagram", "kem.contoh")


def test_what_an_account_tells() -> None:
    found = always(answer(ANSWERS / "instagram_api_account.json"))
    seen, asked = drive(InstagramApi(now, USER).ask([ACCOUNT]), found)
    (one,) = seen
    assert (one.outcome, one.badge) == (Outcome.FOUND, Badge.UNKNOWN)
    assert (one.platform_id, one.handle) == ("17840000000000123", "kem.contoh")
    assert one.links == ("https://www.contoh.example", "https://bantuan.contoh.example")
    assert one.last_post_at == datetime(2026, 11, 10, 2, tzinfo=UTC)
    (request,) = asked
    assert request.url.startswith(f"https://graph.facebook.com/v25.0/{USER}?fields=")
    assert "business_discovery.username%28kem.contoh%29" in request.url
    assert (request.secret, request.secret_header) == (
        "instagram",
        ("Authorization", "Bearer {key}"),
    )
    assert USER not in (one.source or "")


@pytest.mark.parametrize("user", [None, "", "kementerian", "12", "1784/../me", "17840000 0"])
def test_without_an_own_account_nothing_is_asked(user: str | None) -> None:
    adapter = InstagramApi(now, user)
    assert adapter.needs == "instagram_user"
    seen, asked = drive(adapter.ask([ACCOUNT]), {})
    assert (seen[0].reason, asked) == (Reason.NO_KEY, [])


@pytest.mark.parametrize(
    ("reply", "reason", "remark"),
    [
        (
            graph_error(110, "Invalid user id", subcode=2207013),
            "no_marker",
            "absent_or_not_professional",
        ),
        (
            graph_error(24, "cannot be found", subcode=2207013),
            "no_marker",
            "absent_or_not_professional",
        ),
        (graph_error(110), "no_marker", "absent_or_not_professional"),
        (graph_error(100, subcode=33), "no_marker", "absent_or_hidden"),
        (graph_error(190), "auth", None),
        (graph_error(10), "permission", None),
        (graph_error(4, status=403), "rate_limit", None),
        (graph_error(80002), "rate_limit", None),
    ],
)
def test_an_error_never_says_that_an_account_is_gone(
    reply: Reply, reason: str, remark: str | None
) -> None:
    seen = ask(InstagramApi(now, USER), ACCOUNT, always(reply))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason(reason))
    assert seen.remarks == ((remark,) if remark else ())


@pytest.mark.parametrize(
    "body",
    [
        {"id": USER},
        {"business_discovery": None},
        {"business_discovery": []},
        {"business_discovery": {"username": "kem.contoh"}},
        {"business_discovery": {"id": "1784"}},
        {"business_discovery": {"id": "1784", "username": "somebody"}},
        {"username": "kem.contoh", "id": USER},
    ],
)
def test_an_answer_without_the_account_is_unknown(body: Any) -> None:
    seen = ask(InstagramApi(now, USER), ACCOUNT, always(said(body)))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason.NO_MARKER)


def test_an_account_that_never_posted_has_no_last_post() -> None:
    body = {"business_discovery": {"id": "1784", "username": "KEM.Contoh", "media": {"data": []}}}
    seen = ask(InstagramApi(now, USER), ACCOUNT, always(said(body)))
    assert (seen.outcome, seen.last_post_at) == (Outcome.FOUND, None)
