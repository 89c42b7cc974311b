"""Interfaces with a key, whatever they answer: no crash, no false yes or no, no key anywhere."""

import pytest

from audits.probes.canaries import has_canaries
from audits.probes.exchange import Reply, Request
from audits.probes.platform_names import is_possible
from audits.probes.registry import adapters, choose, with_keys
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
from tests.audits.probes.keyed_cases import FOUND, USER, changed, is_first, kept, keyed, said

NAMES = sorted(FOUND)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", sorted(NOTHING_SAID))
def test_an_answer_that_says_neither_is_unknown(name: str, case: str) -> None:
    seen = ask(keyed()[name], FOUND[name][0], always(NOTHING_SAID[case]))
    assert seen.outcome is Outcome.UNKNOWN
    assert seen.reason in (Reason.NO_MARKER, Reason.UNREADABLE)
    assert seen.badge is Badge.UNKNOWN


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", sorted(WALLS))
def test_a_wall_gives_its_reason(name: str, case: str) -> None:
    reply, reason = WALLS[case]
    expected = "auth" if case == "sign in" else reason  # here it is the key that was refused
    seen = ask(keyed()[name], FOUND[name][0], always(reply))
    assert (seen.outcome, seen.reason) == (Outcome.UNKNOWN, Reason(expected))


@pytest.mark.parametrize("name", NAMES)
def test_no_odd_shape_crashes_or_finds_somebody_else(name: str) -> None:
    account, file = FOUND[name]
    found = ask(keyed()[name], account, always(answer(ANSWERS / file)))
    for value in changed(kept(file)):
        seen = ask(keyed()[name], account, always(said(value)))
        assert seen.key == account.key
        assert (seen.reason is None) == (seen.outcome is not Outcome.UNKNOWN)
        if seen.outcome in (Outcome.FOUND, Outcome.PRIVATE, Outcome.MOVED):
            assert seen.platform_id in (found.platform_id, None)
            assert seen.handle in (found.handle, None)
        else:
            assert seen.badge is Badge.UNKNOWN


@pytest.mark.parametrize("name", NAMES)
def test_the_key_is_named_and_stands_in_no_address(name: str) -> None:
    account, file = FOUND[name]
    seen, asked = drive(keyed()[name].ask([account]), always(answer(ANSWERS / file)))
    for request in asked:
        assert request.secret == account.platform
        assert request.secret_header is not None
        assert "{key}" in request.secret_header[1]
        assert request.secret_header[0] in ("Authorization", "X-Goog-Api-Key")
        assert "key=" not in request.url
        assert "token" not in request.url
        assert request.url.startswith("https://")
        assert not request.follow
    assert USER not in (seen[0].source or "")


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_is_refused_is_no_absence(name: str) -> None:
    account, _file = FOUND[name]
    body = '{"title": "Unauthorized", "type": "about:blank", "status": 401}'
    assert ask(keyed()[name], account, always(answer(body, 401))).reason is Reason.AUTH


@pytest.mark.parametrize("name", NAMES)
def test_what_was_posted_last_may_be_refused(name: str) -> None:
    account, file = FOUND[name]

    def answers(request: Request) -> Reply:
        return answer(ANSWERS / file) if is_first(request) else answer("", 403)

    seen = ask(keyed()[name], account, answers)
    assert seen.outcome is Outcome.FOUND


@pytest.mark.parametrize("adapter", with_keys(now=now), ids=lambda one: one.name)
def test_canaries_can_be_asked(adapter) -> None:
    assert has_canaries(adapter)
    for canary in (adapter.known_good, adapter.known_bad):
        assert is_possible(canary.platform, canary.kind, canary.value)
        assert adapter.takes(canary)


@pytest.mark.parametrize("name", NAMES)
def test_an_adapter_with_a_key_goes_before_all_others(name: str) -> None:
    chosen = choose(FOUND[name][0], adapters(keyed=with_keys(now=now), now=now))
    assert chosen is not None
    assert chosen.name == name
    assert chosen.needs is not None


@pytest.mark.parametrize("name", NAMES)
def test_an_impossible_name_is_not_asked(name: str) -> None:
    account, _file = FOUND[name]
    impossible = target(account.platform, "a b/c?d", account.kind)
    seen, asked = drive(keyed()[name].ask([impossible]), {})
    assert (seen[0].outcome, asked) == (Outcome.ILLEGAL_NAME, [])
