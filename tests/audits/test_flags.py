"""The four flags: each yes, no or not assessed, defined once."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from audits.flags import RULES_OF, Flag, Raised, raised
from audits.rules import Policy, Status
from audits.runs import Run
from inventory.record import Account, Organisation
from inventory.store import Store
from inventory.vocabulary import AccountClass, Badge, LegalOwner, OfficialStatus
from tests.audits.conftest import ACTOR, TODAY

P, F, N, U = Status.PASS, Status.FAIL, Status.NOT_APPLICABLE, Status.NOT_ASSESSED


@pytest.mark.parametrize(
    ("statuses", "value"),
    [
        ([P, P], Raised.NO),
        ([P, N], Raised.NO),
        ([N, N], Raised.NO),
        ([P, F], Raised.YES),
        ([U, F], Raised.YES),
        ([F, None], Raised.YES),
        ([P, U], Raised.NOT_ASSESSED),
        ([N, U], Raised.NOT_ASSESSED),
        ([P, Status.ERROR], Raised.NOT_ASSESSED),
        ([P, None], Raised.NOT_ASSESSED),
    ],
)
def test_a_flag_is_yes_by_any_fail_and_no_only_when_nothing_is_open(
    statuses: list[Status | None], value: Raised
) -> None:
    assert raised(statuses) is value


def test_the_flags_stand_on_rules_of_the_policy(policy: Policy) -> None:
    assert {code for codes in RULES_OF.values() for code in codes} <= policy.by_code.keys()


def flags_of(store: Store, account: int) -> dict[Flag, Raised]:
    row = store.connection.execute(
        "SELECT unofficial, unverified, unmonitorable, individual FROM account_marks"
        " WHERE account_id = ?",
        (account,),
    ).fetchone()
    return {flag: Raised(value) for flag, value in zip(Flag, row, strict=True)}


@pytest.mark.parametrize(
    ("values", "flag", "value"),
    [
        ({"official_status": OfficialStatus.UNOFFICIAL}, Flag.UNOFFICIAL, Raised.YES),
        ({"official_status": OfficialStatus.DISPUTED}, Flag.UNOFFICIAL, Raised.YES),
        ({}, Flag.UNOFFICIAL, Raised.NOT_ASSESSED),
        ({"account_class": AccountClass.THIRD_PARTY}, Flag.UNOFFICIAL, Raised.YES),
        ({"account_class": AccountClass.IMPOSTOR}, Flag.UNOFFICIAL, Raised.YES),
        ({"account_class": AccountClass.THIRD_PARTY}, Flag.UNMONITORABLE, Raised.NO),
        ({}, Flag.UNMONITORABLE, Raised.NOT_ASSESSED),
        ({"account_class": AccountClass.CORPORATE}, Flag.UNMONITORABLE, Raised.YES),
        (
            {"account_class": AccountClass.CORPORATE, "created_on": TODAY},
            Flag.UNMONITORABLE,
            Raised.NOT_ASSESSED,
        ),
        ({"account_class": AccountClass.INDIVIDUAL}, Flag.INDIVIDUAL, Raised.YES),
        ({"account_class": AccountClass.CORPORATE}, Flag.INDIVIDUAL, Raised.NOT_ASSESSED),
        ({"official_status": OfficialStatus.UNOFFICIAL}, Flag.UNVERIFIED, Raised.NO),
        ({"official_status": OfficialStatus.OFFICIAL}, Flag.UNVERIFIED, Raised.NOT_ASSESSED),
        (
            {
                "official_status": OfficialStatus.OFFICIAL,
                "badge": Badge.NONE,
                "badge_seen_on": TODAY,
            },
            Flag.UNVERIFIED,
            Raised.YES,
        ),
    ],
)
def test_what_raises_a_flag(
    store: Store,
    add: Callable[..., int],
    audit: Callable[..., Run],
    values: dict[str, Any],
    flag: Flag,
    value: Raised,
) -> None:
    account = add(**values)
    run = audit()
    assert flags_of(store, account)[flag] is value
    assert run.flags[flag][value] == 1


SHOWN = {Badge.GOVERNMENT, Badge.ORGANISATION, Badge.PAID_ORGANISATION, Badge.LEGACY}


def test_status_badge_owner_and_class_are_independent(
    store: Store, audit: Callable[..., Run]
) -> None:
    """Every combination is legal data, and the rules about them agree with each other."""
    combinations = list(product(OfficialStatus, Badge, LegalOwner, AccountClass))
    with store.change(ACTOR, "all combinations") as change:
        change.add(Organisation(name_ms="Agensi Silang", parent_id=1))
        change.add_many(
            [
                Account(
                    organisation_id=1,
                    platform="x",
                    handle=f"silang{number}",
                    url=f"https://x.com/silang{number}",
                    official_status=status,
                    badge=badge,
                    badge_seen_on=TODAY,
                    legal_owner=owner,
                    account_class=account_class,
                    created_on=TODAY,
                )
                for number, (status, badge, owner, account_class) in enumerate(combinations)
            ]
        )
    run = audit()
    assert run.accounts == len(combinations)
    results = results_by_account(store, run)
    contradictions = dict(
        store.connection.execute("SELECT account_id, contradictions FROM audit_facts")
    )
    for account, (status, badge, _owner, _class) in enumerate(combinations, 1):
        result = results[account]
        # A badge alone is never recognition; recognition alone is never a badge.
        assert result["OFF001"] is not P
        if status is OfficialStatus.OFFICIAL and badge in {Badge.NONE, Badge.LOST, Badge.REQUESTED}:
            assert result["VER001"] is F
        if badge not in SHOWN | {Badge.PAID_PERSON, Badge.UNSPECIFIED}:
            assert result["VER003"] is (U if badge is Badge.UNKNOWN else N)
        if result["VER003"] is P:
            assert status is OfficialStatus.OFFICIAL
            assert badge in SHOWN
            assert "badge" not in contradictions[account]
        if "official_personal_badge" in contradictions[account].split():
            assert result["VER003"] is F
        if result["OWN001"] is P:
            assert "official_of_individual" not in contradictions[account]


def results_by_account(store: Store, run: Run) -> dict[int, dict[str, Status]]:
    from audits import ledger
    from audits.outcomes import status_at

    places = ledger.places(store.connection)
    return {
        account: {code: status_at(words, places[code]) for code in run.rules}
        for account, words in ledger.outcomes_now(store.connection)
    }
