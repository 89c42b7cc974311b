"""Canaries: what each way of failing does to the answers of an adapter."""

from dataclasses import replace

import pytest

from audits.probes.canaries import TRUSTED, Canary, ask_canaries, is_surprise, judged
from audits.probes.check_jobs import driven
from audits.probes.exchange import Response
from audits.probes.sightings import Outcome, Reason, Sighting
from inventory.vocabulary import Badge
from tests.audits.probes.invented import BAD, GOOD, START, Invented, target

O = Outcome  # noqa: E741 - a table of cases
P, F, U = Canary.PASSED, Canary.FAILED, Canary.UNANSWERED


def sighting(name: str, outcome: Outcome, badge: Badge = Badge.UNKNOWN) -> Sighting:
    reason = Reason.TIME_OUT if outcome is Outcome.UNKNOWN else None
    return Sighting(target(name).key, "invented", START, outcome, reason, badge=badge)


@pytest.mark.parametrize(
    ("good", "bad", "verdict"),
    [
        (O.FOUND, O.NOT_FOUND, (P, P)),
        (O.FOUND, O.FOUND, (P, F)),
        (O.FOUND, O.MOVED, (P, F)),
        (O.NOT_FOUND, O.NOT_FOUND, (F, P)),
        (O.SUSPENDED, O.NOT_FOUND, (F, P)),
        (O.PRIVATE, O.NOT_FOUND, (F, P)),
        (O.NOT_FOUND, O.FOUND, (F, F)),
        (O.FOUND, O.SUSPENDED, (F, P)),
        (O.UNKNOWN, O.NOT_FOUND, (U, P)),
        (O.FOUND, O.UNKNOWN, (P, U)),
        (O.UNKNOWN, O.UNKNOWN, (U, U)),
        (O.FOUND, O.ILLEGAL_NAME, (P, U)),
    ],
)
def test_a_verdict_has_two_sides(good, bad, verdict):
    found = judged(Invented(), sighting(GOOD, good), sighting(BAD, bad))
    assert (found.good, found.bad) == verdict
    assert found.trusted == (verdict == (P, P))
    assert bool(found.describe()) != found.trusted


@pytest.mark.parametrize(
    ("good", "bad", "kept"),
    [
        (O.FOUND, O.NOT_FOUND, {O.FOUND, O.NOT_FOUND, O.SUSPENDED, O.MOVED, O.ILLEGAL_NAME}),
        (O.FOUND, O.FOUND, {O.NOT_FOUND, O.SUSPENDED, O.ILLEGAL_NAME}),
        (O.NOT_FOUND, O.NOT_FOUND, {O.FOUND, O.MOVED, O.ILLEGAL_NAME}),
        (O.NOT_FOUND, O.FOUND, {O.ILLEGAL_NAME}),
        (O.FOUND, O.UNKNOWN, {O.NOT_FOUND, O.SUSPENDED, O.ILLEGAL_NAME}),
    ],
)
def test_only_the_side_that_is_vouched_for_concludes(good, bad, kept):
    verdict = judged(Invented(), sighting(GOOD, good), sighting(BAD, bad))
    for outcome in (O.FOUND, O.NOT_FOUND, O.SUSPENDED, O.MOVED, O.ILLEGAL_NAME):
        told = verdict.applied(sighting("siapa", outcome, Badge.GOVERNMENT))
        if outcome in kept:
            assert told.outcome is outcome
        else:
            assert (told.outcome, told.reason) == (O.UNKNOWN, Reason.CANARY)
            assert told.badge is Badge.UNKNOWN


@pytest.mark.parametrize(
    ("side", "outcome", "reason", "verdict"),
    [
        ("bad", O.UNKNOWN, Reason.NO_MARKER, P),
        ("bad", O.UNKNOWN, Reason.LOGIN_WALL, U),
        ("bad", O.NOT_FOUND, None, P),
        ("bad", O.FOUND, None, F),
        ("good", O.UNKNOWN, Reason.NO_MARKER, P),
        ("good", O.UNKNOWN, Reason.TIME_OUT, U),
        ("good", O.FOUND, None, P),
        ("good", O.NOT_FOUND, None, F),
    ],
)
def test_a_probe_that_never_says_one_thing_is_expected_not_to(side, outcome, reason, verdict):
    adapter = Invented()
    setattr(adapter, f"{side}_outcome", O.UNKNOWN)
    usual = {"good": sighting(GOOD, O.FOUND), "bad": sighting(BAD, O.NOT_FOUND)}
    usual[side] = replace(usual[side], outcome=outcome, reason=reason)
    assert getattr(judged(adapter, **usual), side) is verdict


def test_an_unknown_keeps_its_own_reason():
    verdict = judged(Invented(), sighting(GOOD, O.NOT_FOUND), sighting(BAD, O.FOUND))
    assert verdict.applied(sighting("siapa", O.UNKNOWN)).reason is Reason.TIME_OUT


def test_a_probe_that_misses_the_known_badge_does_not_say_that_others_have_none():
    verdict = judged(Invented(), sighting(GOOD, O.FOUND, Badge.NONE), sighting(BAD, O.NOT_FOUND))
    assert not verdict.trusted
    assert verdict.applied(sighting("siapa", O.FOUND, Badge.NONE)).badge is Badge.UNKNOWN
    shown = verdict.applied(sighting("siapa", O.FOUND, Badge.GOVERNMENT))
    assert (shown.outcome, shown.badge) == (O.FOUND, Badge.GOVERNMENT)


@pytest.mark.parametrize(("batch", "requests"), [(1, [GOOD, BAD]), (25, [f"{GOOD},{BAD}"])])
async def test_both_are_asked_together_where_that_can_be(batch, requests):
    answers = {GOOD: b"yes", BAD: b"no", f"{GOOD},{BAD}": b"yes\nno"}
    asked = []

    async def fetch(request):
        name = request.url.rpartition("/")[2]
        asked.append(name)
        return Response(request.url, 200, {}, answers[name])

    verdict = await driven(ask_canaries(Invented(batch=batch)), fetch)
    assert verdict.trusted
    assert asked == requests


def test_an_adapter_without_canaries_is_its_own_word():
    assert judged(Invented(canaries=False), None, None) == TRUSTED


@pytest.mark.parametrize(
    ("outcome", "reason", "before", "odd"),
    [
        (O.NOT_FOUND, None, O.FOUND, True),
        (O.SUSPENDED, None, O.PRIVATE, True),
        (O.NOT_FOUND, None, O.NOT_FOUND, False),
        (O.NOT_FOUND, None, None, False),
        (O.FOUND, None, O.NOT_FOUND, False),
        (O.UNKNOWN, Reason.LOGIN_WALL, None, True),
        (O.UNKNOWN, Reason.NO_MARKER, None, True),
        (O.UNKNOWN, Reason.RATE_LIMIT, O.FOUND, False),
    ],
)
def test_what_is_a_surprise(outcome, reason, before, odd):
    assert is_surprise(replace(sighting("siapa", outcome), reason=reason), before) is odd
