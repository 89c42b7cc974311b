"""GitHub: organisations and users, confirmed domains, and the quota of sixty an hour."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.exchange import Failure, Reply
from audits.probes.github import GitHub
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

ENTRY = json.loads((ANSWERS / "github_organisation.json").read_text())
ASKED = target("github", "kementeriancontoh")
USERS = "https://api.github.com/users/kementeriancontoh"
ORGS = "https://api.github.com/orgs/KementerianContoh"
MISSING = answer('{"message": "Not Found", "status": "404"}', 404)
ADAPTER = GitHub(now)


def _entry(**changed: object) -> Reply:
    entry = {key: value for key, value in (ENTRY | changed).items() if value != "gone"}
    return answer(json.dumps(entry))


def test_an_organisation_is_asked_for_its_domain_too() -> None:
    answers = {USERS: _entry(is_verified="gone"), ORGS: _entry()}
    seen, asked = drive(ADAPTER.ask([ASKED]), answers)
    assert [one.url for one in asked] == [USERS, ORGS]
    assert (seen[0].outcome, seen[0].badge) == (Outcome.FOUND, Badge.ORGANISATION)
    assert seen[0].remarks == ("domain_verified",)
    assert (seen[0].platform_id, seen[0].handle) == ("700100", "KementerianContoh")
    assert seen[0].links == ("https://www.contoh.gov.my", "https://x.com/kemcontoh")
    assert str(seen[0].opened_on) == "2019-08-01"


def test_no_mail_address_is_kept() -> None:
    assert "seseorang" not in repr(ask(ADAPTER, ASKED, always(_entry())))


@pytest.mark.parametrize(
    ("told", "badge"),
    [(True, "organisation"), (False, "none"), ("true", "unknown"), (None, "unknown")],
)
def test_a_badge_is_what_the_answer_says(told: object, badge: str) -> None:
    assert ask(ADAPTER, ASKED, always(_entry(is_verified=told))).badge == badge


@pytest.mark.parametrize(
    "second", [answer("", 500), Failure(Reason.TIME_OUT), _entry(id=9), answer("[]"), MISSING]
)
def test_without_the_second_answer_the_badge_is_unknown(second: Reply) -> None:
    seen = ask(ADAPTER, ASKED, {USERS: _entry(is_verified="gone"), ORGS: second})
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, Badge.UNKNOWN)


def test_a_user_has_no_badge_to_ask_for() -> None:
    seen, asked = drive(ADAPTER.ask([ASKED]), always(_entry(type="User", is_verified="gone")))
    assert (seen[0].badge, len(asked)) == (Badge.UNKNOWN, 1)


@pytest.mark.parametrize(
    ("reply", "outcome", "reason"),
    [
        (MISSING, Outcome.NOT_FOUND, None),
        (answer('{"message": "NOT FOUND"}', 404), Outcome.NOT_FOUND, None),
        (answer('{"message": "Not Found"}'), Outcome.UNKNOWN, Reason.NO_MARKER),
        (answer('{"message": "Moved"}', 404), Outcome.UNKNOWN, Reason.NO_MARKER),
        (
            answer('{"message": "You have exceeded a secondary rate limit"}', 403),
            Outcome.UNKNOWN,
            Reason.RATE_LIMIT,
        ),
        (answer('{"message": "Forbidden"}', 403), Outcome.UNKNOWN, Reason.PERMISSION),
        (_entry(login="lain"), Outcome.UNKNOWN, Reason.NO_MARKER),
        (_entry(login=5), Outcome.UNKNOWN, Reason.NO_MARKER),
        (_entry(id="gone"), Outcome.UNKNOWN, Reason.NO_MARKER),
        (_entry(id=-1), Outcome.UNKNOWN, Reason.NO_MARKER),
    ],
)
def test_what_is_concluded(reply: Reply, outcome: Outcome, reason: Reason | None) -> None:
    seen = ask(ADAPTER, ASKED, always(reply))
    assert (seen.outcome, seen.reason) == (outcome, reason)


def test_a_missing_name_whose_id_is_known_was_renamed() -> None:
    known = target("github", "namalama", platform_id="700100")
    answers = {
        "https://api.github.com/users/namalama": MISSING,
        "https://api.github.com/user/700100": _entry(),
    }
    seen = ask(ADAPTER, known, answers)
    assert (seen.outcome, seen.handle) == (Outcome.MOVED, "KementerianContoh")
    assert seen.moved_to == "https://github.com/KementerianContoh"
    gone = {**answers, "https://api.github.com/user/700100": MISSING}
    assert ask(ADAPTER, known, gone).outcome is Outcome.NOT_FOUND


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


@given(st.dictionaries(st.sampled_from(sorted(ENTRY)), st.none() | st.integers() | st.text()))
def test_no_value_of_any_field_makes_it_stumble(changed: dict[str, object]) -> None:
    seen = ask(ADAPTER, ASKED, always(_entry(**changed)))
    assert seen.outcome in (Outcome.FOUND, Outcome.UNKNOWN)
