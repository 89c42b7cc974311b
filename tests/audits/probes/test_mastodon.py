"""Mastodon: the account as its server describes it, wherever the server is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.exchange import Failure, Reply
from audits.probes.mastodon import Mastodon
from audits.probes.sightings import Outcome, Precision, Reason
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

ACCOUNT = json.loads((ANSWERS / "mastodon_account.json").read_text())
ASKED = target("mastodon", "contoh@sosial.contoh.gov.my")
LOOKUP = "https://sosial.contoh.gov.my/api/v1/accounts/lookup?acct=contoh"
WEBFINGER = "https://contoh.gov.my/.well-known/webfinger?resource=acct%3Acontoh%40contoh.gov.my"
ADAPTER = Mastodon(now)


def _account(**changed: object) -> Reply:
    return answer(json.dumps(ACCOUNT | changed))


def test_an_account_with_all_it_tells() -> None:
    seen = ask(ADAPTER, ASKED, {LOOKUP: _account()})
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, Badge.UNKNOWN)  # there is no badge there
    assert (seen.platform_id, seen.handle) == ("110042", "Contoh@sosial.contoh.gov.my")
    assert seen.bio == "Akaun rasmi.\nAduan: https://aduan.contoh.gov.my"
    assert seen.links == (
        "https://www.contoh.gov.my",
        "https://portal.contoh.gov.my",
        "https://aduan.contoh.gov.my/",
    )
    assert seen.remarks == ("proved_link: https://www.contoh.gov.my",)
    assert str(seen.opened_on) == "2022-11-09"
    assert str(seen.last_post_at) == "2026-11-02 00:00:00+00:00"
    assert seen.last_post_precision is Precision.DAY


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"suspended": True}, Outcome.SUSPENDED),
        ({"suspended": False, "moved": None}, Outcome.FOUND),
        ({"moved": {"url": "https://lain.example/@contoh", "acct": "contoh"}}, Outcome.MOVED),
        ({"moved": {"url": 5}}, Outcome.MOVED),
        ({"suspended": True, "moved": {"acct": "x"}}, Outcome.SUSPENDED),
        ({"suspended": "yes"}, Outcome.UNKNOWN),
        ({"moved": "elsewhere"}, Outcome.UNKNOWN),
        ({"username": "lain", "acct": "lain"}, Outcome.UNKNOWN),
        ({"username": None, "acct": "contoh@sosial.contoh.gov.my"}, Outcome.FOUND),
        ({"username": None, "acct": None}, Outcome.UNKNOWN),
        ({"acct": "contoh@lain.example"}, Outcome.UNKNOWN),
        ({"id": None}, Outcome.UNKNOWN),
        ({"id": True}, Outcome.UNKNOWN),
        ({"id": 110042}, Outcome.FOUND),
        ({"fields": "none", "note": 5, "last_status_at": {}, "created_at": []}, Outcome.FOUND),
    ],
)
def test_what_became_of_it(changed: dict[str, object], outcome: Outcome) -> None:
    seen = ask(ADAPTER, ASKED, always(_account(**changed)))
    assert seen.outcome is outcome


def test_where_it_moved_is_kept() -> None:
    moved = {"url": "https://lain.example/@contoh", "acct": "contoh@lain.example"}
    seen = ask(ADAPTER, ASKED, always(_account(moved=moved)))
    assert seen.moved_to == "https://lain.example/@contoh"


def test_what_the_server_limits_is_remarked() -> None:
    seen = ask(ADAPTER, ASKED, always(_account(limited=True, memorial=True, bot="true", fields=[])))
    assert seen.remarks == ("limited", "memorial")


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2026-11-19", "2026-11-19"),
        ("2026-11-19T22:10:00.000Z", "2026-11-19"),
        ("2026-12-24", None),
        ("1970-01-01", None),
        ("soon", None),
    ],
)
def test_the_last_post_is_a_day_and_never_in_the_future(day: str, kept: str | None) -> None:
    seen = ask(ADAPTER, ASKED, always(_account(last_status_at=day)))
    found = seen.last_post_at.date().isoformat() if seen.last_post_at else None
    assert found == kept


def test_a_missing_account_is_one_the_server_says_is_missing() -> None:
    reply = answer('{"error": "Record Not Found"}', 404)
    assert ask(ADAPTER, ASKED, {LOOKUP: reply}).outcome is Outcome.NOT_FOUND
    for other in (answer('{"error":"Record not found"}'), answer('{"error":"no"}', 404)):
        assert ask(ADAPTER, ASKED, always(other)).outcome is Outcome.UNKNOWN


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


@pytest.mark.parametrize("first", [answer("<html>", 404), Failure(Reason.DNS)])
def test_a_domain_that_is_not_the_server_says_which_is(first: Reply) -> None:
    asked = target("mastodon", "contoh@contoh.gov.my")
    links = [
        {"rel": "http://webfinger.net/rel/profile-page", "href": "https://x.example/@contoh"},
        {"rel": "self", "href": "https://sosial.contoh.gov.my/users/contoh"},
    ]
    answers = {
        "https://contoh.gov.my/api/v1/accounts/lookup?acct=contoh": first,
        WEBFINGER: answer(json.dumps({"links": links})),
        "https://sosial.contoh.gov.my/api/v1/accounts/lookup?acct=contoh@contoh.gov.my": _account(),
    }
    seen, requests = drive(ADAPTER.ask([asked]), answers)
    assert (seen[0].outcome, seen[0].handle) == (Outcome.FOUND, "Contoh@contoh.gov.my")
    assert [one.site for one in requests] == [
        "contoh.gov.my",
        "contoh.gov.my",
        "sosial.contoh.gov.my",
    ]


@pytest.mark.parametrize(
    "links",
    ['{"links":"x"}', '{"links":[{"rel":"self","href":"https://a b/"}]}', "[]", '{"links":[5]}'],
)
def test_a_domain_that_says_nothing_useful_is_left_at_that(links: str) -> None:
    asked = target("mastodon", "contoh@contoh.gov.my")
    answers = {
        "https://contoh.gov.my/api/v1/accounts/lookup?acct=contoh": answer("<html>", 404),
        WEBFINGER: answer(links),
    }
    assert ask(ADAPTER, asked, answers).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("value", ["contoh", "a@b", "a@b.my/x", "a?b@c.my", "a@b.my:80"])
def test_a_name_that_cannot_be_is_never_asked_about(value: str) -> None:
    seen, asked = drive(ADAPTER.ask([target("mastodon", value)]), {})
    assert (seen[0].outcome, asked) == (Outcome.ILLEGAL_NAME, [])


@given(st.dictionaries(st.sampled_from(sorted(ACCOUNT)), st.none() | st.integers() | st.text()))
def test_no_value_of_any_field_makes_it_stumble(changed: dict[str, object]) -> None:
    seen = ask(ADAPTER, ASKED, always(_account(**changed)))
    assert seen.outcome in (Outcome.FOUND, Outcome.UNKNOWN)
