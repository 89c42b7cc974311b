"""X with a key: a hundred at once, errors beside accounts, badges by kind, names that moved."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from audits.probes.exchange import Reply, Request
from audits.probes.sightings import Outcome, Reason
from audits.probes.x_api import XApi
from inventory.vocabulary import Badge
from tests.audits.probes.driving import ANSWERS, always, answer, ask, drive, now, target
from tests.audits.probes.keyed_cases import kept, said

PROBLEMS = "https://api.x.com/2/problems/"


def user(name: str = "kemcontoh", number: str = "7000000001", **more: Any) -> dict[str, Any]:
    return {"id": number, "name": "Contoh", "username": name, **more}


def problem(about: str, /, kind: str = "resource-not-found", detail: str = "", **more: Any) -> Any:
    named = {"value": about, "resource_id": about, "resource_type": "user"}
    given = {"parameter": "usernames", "type": PROBLEMS + kind, "detail": detail}
    return named | given | more


def seen_as(*problems: Any, name: str = "kemcontoh", **page: Any) -> tuple[Outcome, Reason | None]:
    seen = ask(XApi(now), target("x", name), always(said({"errors": list(problems), **page})))
    return seen.outcome, seen.reason


def test_accounts_and_errors_come_in_one_answer() -> None:
    names = ["kemcontoh", "jab_contoh", "Tiada_Contoh", "gantung_contoh", "terlupa"]
    flow = XApi(now).ask([target("x", name) for name in names])
    seen, asked = drive(flow, always(answer(ANSWERS / "x_users.json")))
    assert len(asked) == 1
    assert [(one.outcome, one.reason) for one in seen] == [
        (Outcome.FOUND, None),
        (Outcome.PRIVATE, None),
        (Outcome.NOT_FOUND, None),
        (Outcome.SUSPENDED, None),
        (Outcome.UNKNOWN, Reason.UNREADABLE),
    ]


def test_what_an_account_tells() -> None:
    seen = ask(XApi(now), target("x", "kemcontoh"), always(answer(ANSWERS / "x_users.json")))
    assert seen.badge is Badge.GOVERNMENT
    assert seen.badge_by is None
    assert (seen.platform_id, seen.handle) == ("7000000001", "KemContoh")
    assert seen.display_name == "Kementerian Contoh"
    assert seen.links == ("https://www.contoh.example", "https://bantuan.contoh.example/")
    assert seen.opened_on == date(2011, 2, 3)
    millisecond = (1990000000000000000 >> 22) + 1288834974657
    assert seen.last_post_at == datetime.fromtimestamp(millisecond / 1000, UTC)
    assert seen.http_status == 200
    assert seen.sha256


def test_the_organisation_that_vouches_and_the_older_name_of_a_field() -> None:
    seen = ask(XApi(now), target("x", "jab_contoh"), always(answer(ANSWERS / "x_users.json")))
    assert (seen.badge, seen.badge_by) == (Badge.ORGANISATION, "KemContoh")
    assert seen.last_post_at is not None
    assert seen.last_post_at.year == 2025


@pytest.mark.parametrize(
    ("affiliation", "by"),
    [
        ({"user_id": ["9"], "description": "Jabatan Contoh"}, "Jabatan Contoh"),
        ({"user_id": "9", "description": "Jabatan Contoh"}, "Jabatan Contoh"),
        ({"description": "Jabatan Contoh"}, "Jabatan Contoh"),
        ({"user_id": ["7000000001"], "description": "itself"}, None),
        ({"user_id": [None, {}]}, None),
        ([], None),
        (None, None),
    ],
)
def test_an_organisation_that_is_not_in_the_answer(affiliation: Any, by: str | None) -> None:
    data = [user(verified=True, verified_type="business", affiliation=affiliation)]
    seen = ask(XApi(now), target("x", "kemcontoh"), always(said({"data": data})))
    assert (seen.outcome, seen.badge_by) == (Outcome.FOUND, by)


@pytest.mark.parametrize(
    ("told", "badge"),
    [
        ({"verified": True, "verified_type": "government"}, Badge.GOVERNMENT),
        ({"verified": True, "verified_type": "Business"}, Badge.ORGANISATION),
        ({"verified": True, "verified_type": "blue"}, Badge.PAID_PERSON),
        ({"verified_type": "government"}, Badge.GOVERNMENT),
        ({"verified": True}, Badge.UNSPECIFIED),
        ({"verified": True, "verified_type": "none"}, Badge.UNSPECIFIED),
        ({"verified": True, "verified_type": "platinum"}, Badge.UNSPECIFIED),
        ({"verified": True, "verified_type": 7}, Badge.UNSPECIFIED),
        ({"verified": False, "verified_type": "none"}, Badge.NONE),
        ({"verified": False}, Badge.NONE),
        ({"verified_type": "none"}, Badge.NONE),
        ({"verified": False, "verified_type": "blue"}, Badge.UNKNOWN),
        ({"verified": False, "verified_type": "platinum"}, Badge.UNKNOWN),
        ({"verified": "true"}, Badge.UNKNOWN),
        ({"verified": 1}, Badge.UNKNOWN),
        ({}, Badge.UNKNOWN),
    ],
)
def test_badges_by_their_kind(told: dict[str, Any], badge: Badge) -> None:
    seen = ask(XApi(now), target("x", "kemcontoh"), always(said({"data": [user(**told)]})))
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, badge)


@pytest.mark.parametrize(
    ("given", "outcome", "reason"),
    [
        (problem("kemcontoh"), "not_found", None),
        (problem("KEMCONTOH"), "not_found", None),
        (problem("kemcontoh", value=None), "not_found", None),
        (problem("kemcontoh", value=["a"], parameter=None), "not_found", None),
        (problem("kemcontoh", "resource-unavailable"), "suspended", None),
        (problem("kemcontoh", detail="User has been suspended: [x]."), "suspended", None),
        (problem("kemcontoh", detail="User has been deactivated."), "deactivated", None),
        (
            problem("kemcontoh", "resource-unavailable", "It has been withheld in MY."),
            "unknown",
            "permission",
        ),
        (problem("kemcontoh", "not-authorized-for-resource"), "unknown", "permission"),
        (problem("kemcontoh", "brand-new-problem"), "unknown", "no_marker"),
        (problem("kemcontoh", type=None), "unknown", "no_marker"),
        (problem("somebody_else"), "unknown", "unreadable"),
        (problem("kemcontoh", resource_type="post"), "unknown", "unreadable"),
        (problem("kemcontoh", parameter="most_recent_post_id"), "unknown", "unreadable"),
        ({"type": PROBLEMS + "usage-capped"}, "unknown", "quota"),
        ({"type": PROBLEMS + "rate-limit-exceeded"}, "unknown", "rate_limit"),
        ({"type": "https://api.twitter.com/2/problems/usage-capped/"}, "unknown", "quota"),
        ("kemcontoh", "unknown", "unreadable"),
    ],
)
def test_each_error_means_what_it_says_and_no_more(
    given: Any, outcome: str, reason: str | None
) -> None:
    assert seen_as(given) == (Outcome(outcome), Reason(reason) if reason else None)


def test_a_name_that_reads_like_an_error_is_only_a_name() -> None:
    detail = "Could not find user with usernames: [is_suspended]."
    given = problem("is_suspended", detail=detail)
    assert seen_as(given, name="is_suspended") == (Outcome.NOT_FOUND, None)


def test_an_answer_that_says_both_is_unknown() -> None:
    assert seen_as(problem("kemcontoh"), data=[user()]) == (Outcome.UNKNOWN, Reason.NO_MARKER)
    two = [user(), user(number="7000000009")]
    assert seen_as(data=two) == (Outcome.UNKNOWN, Reason.NO_MARKER)
    other = problem("kemcontoh", detail="User has been suspended.")
    assert seen_as(problem("kemcontoh"), other) == (Outcome.UNKNOWN, Reason.NO_MARKER)


def test_a_field_that_may_not_be_seen_does_not_hide_the_account() -> None:
    given = problem("kemcontoh", "field-unauthorized", field="parody")
    assert seen_as(given, data=[user()]) == (Outcome.FOUND, None)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (429, {"title": "Too Many Requests", "type": "about:blank"}, Reason.RATE_LIMIT),
        (429, {"title": "UsageCapExceeded", "type": PROBLEMS + "usage-capped"}, Reason.QUOTA),
        (402, {"title": "CreditsDepleted", "type": PROBLEMS + "credits"}, Reason.QUOTA),
        (403, {"title": "Client Forbidden", "type": PROBLEMS + "client-forbidden"}, None),
        (403, {"type": PROBLEMS + "unsupported-authentication"}, Reason.AUTH),
        (401, {"title": "Unauthorized", "type": "about:blank"}, Reason.AUTH),
        (400, {"errors": [{"message": "bad"}], "type": PROBLEMS + "invalid-request"}, None),
        (503, {"title": "Service Unavailable"}, Reason.SERVER_ERROR),
    ],
)
def test_a_refused_question_says_why(status: int, body: Any, reason: Reason | None) -> None:
    flow = XApi(now).ask([target("x", "kemcontoh"), target("x", "jab_contoh")])
    seen, _asked = drive(flow, always(said(body, status)))
    expected = reason or (Reason.PERMISSION if status == 403 else Reason.NO_MARKER)
    assert {(one.outcome, one.reason) for one in seen} == {(Outcome.UNKNOWN, expected)}


def test_a_hundred_names_are_one_question() -> None:
    targets = [target("x", f"contoh_{number}") for number in range(250)]
    _seen, asked = drive(XApi(now).ask(targets), always(said({})))
    assert [request.url.count("contoh_") for request in asked] == [100, 100, 50]
    assert XApi.batch == 100
    assert XApi.cost == pytest.approx(0.01)


def test_after_the_quota_is_used_up_nothing_more_is_asked() -> None:
    targets = [target("x", f"contoh_{number}") for number in range(250)]
    targets.append(target("x", "7000000001", "id"))
    used_up = said({"type": PROBLEMS + "usage-capped"}, 429)
    seen, asked = drive(XApi(now).ask(targets), always(used_up))
    assert len(asked) == 1
    assert {one.reason for one in seen} == {Reason.QUOTA}


def test_the_badge_and_the_last_post_are_asked_for() -> None:
    _seen, asked = drive(XApi(now).ask([target("x", "kemcontoh")]), always(said({})))
    url = asked[0].url
    assert url.startswith("https://api.x.com/2/users/by?usernames=kemcontoh&")
    for word in ("verified", "verified_type", "protected", "affiliation", "most_recent_post_id"):
        assert word in url
    assert asked[0].secret_header == ("Authorization", "Bearer {key}")


def test_an_account_asked_for_by_id_may_have_another_name() -> None:
    known = target("x", "7000000001", "id")
    renamed = {"data": [user("kem_baharu")]}
    seen = ask(XApi(now), replace(known, handle="kemcontoh"), always(said(renamed)))
    assert (seen.outcome, seen.handle) == (Outcome.FOUND, "kem_baharu")
    assert "renamed: kem_baharu" in seen.remarks
    same = ask(XApi(now), replace(known, handle="KEM_Baharu"), always(said(renamed)))
    assert same.remarks == ()


def by_name_and_id(by_name: Any, by_id: Any) -> Any:
    def answers(request: Request) -> Reply:
        return said(by_id if "/users?ids=" in request.url else by_name)

    return answers


def test_a_missing_name_is_asked_for_by_its_id() -> None:
    account = target("x", "kemcontoh", platform_id="7000000001")
    answers = by_name_and_id({"errors": [problem("kemcontoh")]}, {"data": [user("kem_baharu")]})
    seen = ask(XApi(now), account, answers)
    assert (seen.outcome, seen.moved_to) == (Outcome.MOVED, "https://x.com/kem_baharu")
    assert seen.key == account.key
    gone = {"errors": [problem("7000000001", parameter="ids")]}
    answers = by_name_and_id({"errors": [problem("kemcontoh")]}, gone)
    assert ask(XApi(now), account, answers).outcome is Outcome.NOT_FOUND
    answers = by_name_and_id({"errors": [problem("kemcontoh")]}, {"data": [user()]})
    assert ask(XApi(now), account, answers).reason is Reason.NO_MARKER


def test_names_too_long_for_the_interface_are_left_to_others() -> None:
    long = target("x", "seorang_contoh_lama")
    assert not XApi(now).takes(long)
    seen, asked = drive(XApi(now).ask([long, target("x", "kemcontoh")]), always(said({})))
    assert len(asked) == 1
    assert "lama" not in asked[0].url
    assert (seen[0].outcome, seen[0].reason) == (Outcome.UNKNOWN, Reason.BY_HAND)


@pytest.mark.parametrize(
    "post", ["1", "29", "9999999999999999999", "99999999999999999999", "abc", -1, None, [], True]
)
def test_an_id_that_holds_no_time_is_no_last_post(post: Any) -> None:
    data = [user(most_recent_post_id=post)]
    seen = ask(XApi(now), target("x", "kemcontoh"), always(said({"data": data})))
    assert (seen.outcome, seen.last_post_at) == (Outcome.FOUND, None)


def test_a_parody_is_remarked() -> None:
    seen = ask(XApi(now), target("x", "kemcontoh"), always(said({"data": [user(parody=True)]})))
    assert seen.remarks == ("parody",)


def test_one_account_need_not_come_in_a_list() -> None:
    value = kept("x_users.json")
    seen = ask(XApi(now), target("x", "kemcontoh"), always(said({"data": value["data"][0]})))
    assert seen.outcome is Outcome.FOUND
