"""Bluesky: batches, errors, badges, names that are domains, and the last post of one's own."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.probes.bluesky import Bluesky
from audits.probes.exchange import Failure, Reply, Request
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

DID = "did:plc:contohcontohcontohconto2"
PROFILE = json.loads((ANSWERS / "bluesky_profile.json").read_text())
ASKED = target("bluesky", "media.contoh.gov.my")
ADAPTER = Bluesky(now)


def _profile(**changed: object) -> dict[str, object]:
    return {key: value for key, value in (PROFILE | changed).items() if value != "gone"}


def _error(error: object, message: object = "") -> Reply:
    return answer(json.dumps({"error": error, "message": message}), 400)


def site(
    *profiles: Mapping[str, object],
    single: Reply | None = None,
    posts: Reply | None = None,
    domain: Reply | None = None,
) -> Callable[[Request], Reply]:
    """A Bluesky that knows some profiles; another answer to what is asked about one by itself."""

    def reply(request: Request) -> Reply:
        method = urlsplit(request.url).path.rpartition(".")[2]
        if method == "getProfiles":
            return answer(json.dumps({"profiles": list(profiles)}))
        if method == "getProfile":
            return single or _error("InvalidRequest", "Profile not found")
        if method == "getAuthorFeed":
            return posts or answer(ANSWERS / "bluesky_posts.json")
        return domain or answer("", 404)

    return reply


def test_a_profile_with_all_it_tells() -> None:
    seen = ask(ADAPTER, ASKED, site(PROFILE, domain=answer(f"{DID}\n")))
    assert seen.outcome is Outcome.FOUND
    assert (seen.badge, seen.badge_by) == (Badge.ORGANISATION, "pengesah.example")
    assert (seen.platform_id, seen.handle) == (DID, "media.contoh.gov.my")
    assert seen.links == ("https://www.contoh.gov.my", "https://aduan.contoh.gov.my/borang")
    assert str(seen.opened_on) == "2024-12-02"
    assert str(seen.last_post_at) == "2026-11-12 08:30:00+00:00"  # no pin, no repost, nobody else's
    assert seen.remarks == ("domain_proved: media.contoh.gov.my",)


def test_capitals_of_the_name_do_not_matter() -> None:
    assert ask(ADAPTER, ASKED, site(_profile(handle="Media.Contoh.gov.MY"))).outcome == "found"


@pytest.mark.parametrize(
    ("verification", "badge"),
    [
        ({"verifiedStatus": "valid", "trustedVerifierStatus": "none"}, Badge.ORGANISATION),
        ({"verifiedStatus": "none", "trustedVerifierStatus": "valid"}, Badge.ORGANISATION),
        ({"verifiedStatus": "none", "trustedVerifierStatus": "none"}, Badge.NONE),
        ({"verifiedStatus": "invalid", "trustedVerifierStatus": "none"}, Badge.NONE),
        ({"verifiedStatus": "none"}, Badge.UNKNOWN),
        ({"verifiedStatus": "perhaps", "trustedVerifierStatus": "none"}, Badge.UNKNOWN),
        ({"verifiedStatus": ["valid"], "trustedVerifierStatus": {}}, Badge.UNKNOWN),
        ({}, Badge.UNKNOWN),
        (None, Badge.UNKNOWN),
        ("valid", Badge.UNKNOWN),
        ("gone", Badge.UNKNOWN),
    ],
)
def test_a_badge_is_what_the_answer_says(verification: object, badge: Badge) -> None:
    seen = ask(ADAPTER, ASKED, site(_profile(verification=verification)))
    assert (seen.outcome, seen.badge) == (Outcome.FOUND, badge)
    assert ("no_verification_told" in seen.remarks) == (verification == "gone")


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (_error("InvalidRequest", "Profile not found"), Outcome.NOT_FOUND),
        (_error("invalidrequest", "PROFILE NOT FOUND."), Outcome.NOT_FOUND),
        (_error("AccountTakedown", "Account has been suspended"), Outcome.SUSPENDED),
        (_error("AccountDeactivated"), Outcome.DEACTIVATED),
        (_error("InvalidRequest", "Error: actor must be a valid did or a handle"), "unknown"),
        (_error("ExpiredToken"), "unknown"),
        (_error(["AccountTakedown"]), "unknown"),
        (answer('{"error":"AccountTakedown"}'), "unknown"),
        (answer('{"error":"InvalidRequest","message":"Profile not found"}', 404), "unknown"),
    ],
)
def test_one_that_was_left_out_is_asked_about_by_itself(reply: Reply, outcome: str) -> None:
    seen = ask(ADAPTER, ASKED, site(single=reply))
    assert seen.outcome == outcome
    assert (seen.reason is Reason.NO_MARKER) == (outcome == "unknown")


@pytest.mark.parametrize("kind", NOTHING_SAID)
def test_an_answer_that_says_nothing_is_unknown(kind: str) -> None:
    reply = NOTHING_SAID[kind]
    for answers in (always(reply), site(single=reply)):
        seen = ask(ADAPTER, ASKED, answers)
        assert seen.outcome is Outcome.UNKNOWN
        assert seen.reason in (Reason.NO_MARKER, Reason.UNREADABLE)


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_unknown_with_its_reason(wall: str) -> None:
    reply, reason = WALLS[wall]
    for answers in (always(reply), site(single=reply)):
        seen = ask(ADAPTER, ASKED, answers)
        assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, reason)


@pytest.mark.parametrize(
    "odd", [{"did": 5}, {"did": None}, {"did": "web:x"}, {"handle": None}, {"handle": ["x"]}]
)
def test_a_profile_of_odd_types_is_no_profile(odd: dict[str, object]) -> None:
    broken = _profile(**odd)
    seen = ask(ADAPTER, ASKED, site(broken, single=answer(json.dumps(broken))))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason.NO_MARKER)


def test_odd_details_do_not_spoil_a_profile() -> None:
    odd = _profile(
        displayName=5, description=["x"], website={}, createdAt="yesterday", labels="spam"
    )
    seen = ask(ADAPTER, ASKED, site(odd, posts=answer('{"feed":[null,{"post":7},{}]}')))
    assert seen.outcome is Outcome.FOUND
    assert (seen.display_name, seen.bio, seen.links, seen.opened_on) == (None, None, (), None)
    assert seen.last_post_at is None


def test_a_batch_has_at_most_twenty_five_and_every_account_gets_its_answer() -> None:
    names = [f"cawangan{number}.contoh.gov.my" for number in range(60)]
    profiles = {
        name: _profile(handle=name, did=f"did:plc:{'a' * 21}{at:03d}".replace("0", "z"))
        for at, name in enumerate(names)
        if at % 3
    }

    def reply(request: Request) -> Reply:
        if "getProfiles" not in request.url:
            return site()(request)
        wanted = [value for _name, value in parse_qsl(urlsplit(request.url).query)]
        assert len(wanted) <= 25
        return answer(
            json.dumps({"profiles": [profiles[one] for one in wanted if one in profiles]})
        )

    seen, asked = drive(ADAPTER.ask([target("bluesky", name) for name in names]), reply)
    assert [one.handle or "missing" for one in seen] == [
        name if at % 3 else "missing" for at, name in enumerate(names)
    ]
    assert sum("getProfiles" in one.url for one in asked) == 3
    assert sum("getProfile?" in one.url for one in asked) == 20


def test_one_bad_name_does_not_spoil_its_batch() -> None:
    def reply(request: Request) -> Reply:
        if "getProfiles" in request.url:
            return _error("InvalidRequest", "actors/1 must be a valid did or a handle")
        return site(single=answer(json.dumps(PROFILE)))(request)

    assert ask(ADAPTER, ASKED, reply).outcome is Outcome.FOUND


def test_when_the_platform_wants_a_rest_nothing_more_is_asked() -> None:
    names = [target("bluesky", f"c{number}.contoh.gov.my") for number in range(5)]
    tired = Failure(Reason.RATE_LIMIT, retry_after=60)
    seen, asked = drive(ADAPTER.ask(names), site(single=tired))
    assert {one.reason for one in seen} == {Reason.RATE_LIMIT}
    assert len(asked) == 2


def test_an_account_asked_by_its_id() -> None:
    asked = target("bluesky", DID, "id")
    seen = ask(ADAPTER, asked, site(PROFILE))
    assert (seen.outcome, seen.handle) == (Outcome.FOUND, "media.contoh.gov.my")
    seen = ask(ADAPTER, asked, site(_profile(handle="handle.invalid")))
    assert (seen.outcome, seen.handle) == (Outcome.FOUND, None)
    assert "handle_unproved" in seen.remarks


def test_a_name_its_domain_no_longer_confirms_counts_only_for_the_known_account() -> None:
    nameless = json.dumps(_profile(handle="handle.invalid"))
    seen = ask(ADAPTER, ASKED, site(single=answer(nameless)))
    assert (seen.outcome, seen.remarks) == (Outcome.UNKNOWN, ("handle_unproved",))
    known = target("bluesky", "media.contoh.gov.my", platform_id=DID)
    seen = ask(ADAPTER, known, site(single=answer(nameless)))
    assert (seen.outcome, seen.platform_id) == (Outcome.FOUND, DID)


def test_a_missing_name_whose_id_is_known_was_renamed() -> None:
    known = target("bluesky", "lama.contoh.gov.my", platform_id=DID)

    def reply(request: Request) -> Reply:
        by_id = "actor=did:" in request.url
        return site(single=answer(json.dumps(PROFILE)) if by_id else None)(request)

    seen = ask(ADAPTER, known, reply)
    assert (seen.outcome, seen.handle) == (Outcome.MOVED, "media.contoh.gov.my")
    assert seen.moved_to == "https://bsky.app/profile/media.contoh.gov.my"
    assert seen.key == known.key


@pytest.mark.parametrize(
    ("reply", "remarks"),
    [
        (answer("did:plc:lainlainlainlainlainlai2"), ("domain_denied: media.contoh.gov.my",)),
        (answer("<html>did:plc:x</html>"), ()),
        (answer(f"{DID} {DID}"), ()),
        (answer(DID, 404), ()),
        (Failure(Reason.DNS), ()),
    ],
)
def test_what_the_domain_itself_says(reply: Reply, remarks: tuple[str, ...]) -> None:
    assert ask(ADAPTER, ASKED, site(PROFILE, domain=reply)).remarks == remarks


def test_a_name_under_the_platform_proves_no_domain() -> None:
    hosted = target("bluesky", "contoh.bsky.social")
    _seen, asked = drive(ADAPTER.ask([hosted]), site(_profile(handle="contoh.bsky.social")))
    assert not [one for one in asked if "well-known" in one.url]


def test_labels_by_others_are_kept_and_ones_own_are_not() -> None:
    labels = [
        {"src": "did:plc:penjaga", "val": "impersonation"},
        {"src": DID, "val": "!no-unauthenticated"},
        {"src": "did:plc:penjaga", "val": "spam", "neg": True},
    ]
    assert ask(ADAPTER, ASKED, site(_profile(labels=labels))).remarks == (
        "labelled: impersonation",
    )


@pytest.mark.parametrize("value", ["tanpatitik", "did:plc:x", "a.invalid", "a b.my", "x/y.my"])
def test_a_name_that_cannot_be_is_never_asked_about(value: str) -> None:
    seen, asked = drive(ADAPTER.ask([target("bluesky", value)]), {})
    assert (seen[0].outcome, asked) == (Outcome.ILLEGAL_NAME, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(PROFILE)), JSON))
def test_no_value_of_any_field_makes_it_stumble(changed: dict[str, object]) -> None:
    odd = _profile(**changed)
    seen = ask(ADAPTER, ASKED, site(odd, single=answer(json.dumps(odd))))
    assert seen.outcome in (Outcome.FOUND, Outcome.UNKNOWN)
    if seen.outcome is Outcome.FOUND:
        assert seen.handle == "media.contoh.gov.my"
