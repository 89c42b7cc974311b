"""Threads with a key: the profile and its badge; no answer proves an absence."""

from typing import Any

import pytest

from audits.probes.exchange import Reply
from audits.probes.sightings import Outcome, Reason
from audits.probes.threads_api import ThreadsApi
from inventory.vocabulary import Badge
from tests.audits.probes.driving import ANSWERS, always, answer, ask, drive, now, target
from tests.audits.probes.keyed_cases import graph_error, said

ACCOUNT = target("threads", "kem.contoh")


def test_what_a_profile_tells() -> None:
    found = always(answer(ANSWERS / "threads_api_profile.json"))
    seen, asked = drive(ThreadsApi(now).ask([ACCOUNT]), found)
    (one,) = seen
    assert (one.outcome, one.badge) == (Outcome.FOUND, Badge.UNSPECIFIED)
    assert (one.handle, one.display_name) == ("kem.contoh", "Kementerian Contoh")
    assert one.links == ("https://www.contoh.example",)
    (request,) = asked
    assert request.url == "https://graph.threads.com/v1.0/profile_lookup?username=kem.contoh"
    assert request.secret_header == ("Authorization", "Bearer {key}")


@pytest.mark.parametrize(
    ("shown", "badge"),
    [
        (True, Badge.UNSPECIFIED),
        (False, Badge.NONE),
        (None, Badge.UNKNOWN),
        ("false", Badge.UNKNOWN),
        (0, Badge.UNKNOWN),
        (1, Badge.UNKNOWN),
    ],
)
def test_badges(shown: Any, badge: Badge) -> None:
    body = {"username": "Kem.Contoh", "is_verified": shown}
    seen = ask(ThreadsApi(now), ACCOUNT, always(said(body)))
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, badge)


def test_a_profile_of_another_name_says_nothing() -> None:
    seen = ask(
        ThreadsApi(now), ACCOUNT, always(said({"username": "somebody", "is_verified": True}))
    )
    assert (seen.outcome, seen.badge) == (Outcome.UNKNOWN, Badge.UNKNOWN)
    assert seen.remarks == ("other_name: somebody",)


@pytest.mark.parametrize(
    ("reply", "reason", "remark"),
    [
        (
            graph_error(24, "The requested resource does not exist"),
            "no_marker",
            "absent_or_too_small",
        ),
        (graph_error(100, status=404), "no_marker", "absent_or_too_small"),
        (graph_error(190), "auth", None),
        (graph_error(10), "permission", None),
        (graph_error(200, status=403), "permission", None),
        (graph_error(4, status=403), "rate_limit", None),
        (graph_error(1, status=500), "server_error", None),
    ],
)
def test_an_error_never_says_that_a_profile_is_gone(
    reply: Reply, reason: str, remark: str | None
) -> None:
    seen = ask(ThreadsApi(now), ACCOUNT, always(reply))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason(reason))
    assert seen.remarks == ((remark,) if remark else ())
