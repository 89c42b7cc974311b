"""An account that bears a chief executive's name, said to be the organisation's: seven steps.

A press statement is a claim. What proves it is evidence that somebody else than the person could
make, and one private recovery contact undoes it all.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from audits.findings import RuleResult, results_for_account
from audits.rules import Status
from audits.runs import Run
from inventory.record import Evidence
from inventory.store import Store
from inventory.vocabulary import (
    AccountClass,
    Badge,
    ContactClass,
    EvidenceKind,
    LegalOwner,
    NamedAfter,
    OfficialStatus,
    PersonRole,
)
from tests.audits.conftest import ACTOR, TODAY

Add = Callable[..., int]
Audit = Callable[..., Run]

WITHIN_GRACE = TODAY - timedelta(days=30)
AFTER_GRACE = TODAY - timedelta(days=31)
CLAIMED = {
    "display_name": "Ketua Eksekutif Contoh",
    "account_class": AccountClass.OFFICE_HOLDER,
    "person_role": PersonRole.CHIEF_EXECUTIVE,
    "named_after": NamedAfter.PERSON,
    "official_status": OfficialStatus.OFFICIAL,
    "legal_owner": LegalOwner.AGENCY,  # what the statement says
}
FULL = (
    EvidenceKind.BUSINESS_ACCOUNT,
    EvidenceKind.SHARED_ADMINISTRATION,
    EvidenceKind.WEBSITE_LISTING,
)


@pytest.fixture
def prove(store: Store) -> Callable[..., None]:
    """Put evidence on an account."""

    def proved(account: int, *kinds: EvidenceKind, own: bool | None = None) -> None:
        with store.change(ACTOR, "evidence") as change:
            change.add_many(
                [
                    Evidence(
                        account_id=account,
                        kind=kind,
                        collected_on=date(2025, 12, 1),
                        made_by_named_person=own,
                    )
                    for kind in kinds
                ]
            )

    return proved


def own003(store: Store, account: int) -> RuleResult:
    return next(
        r for r in results_for_account(store.connection, account) if r.rule.code == "OWN003"
    )


def test_the_statement_alone_is_claimed_not_proven(
    store: Store, add: Add, audit: Audit, prove: Callable[..., None]
) -> None:
    account = add("ceocontoh", **CLAIMED, created_on=WITHIN_GRACE)
    prove(account, EvidenceKind.PUBLIC_STATEMENT)
    audit()
    result = own003(store, account)
    assert result.status is Status.NOT_ASSESSED
    assert result.explanation.reason.startswith("claimed, not proven")
    assert "Points of ownership evidence: 1" in result.explanation.actual


def test_after_the_period_of_grace_the_claim_fails(
    store: Store, add: Add, audit: Audit, prove: Callable[..., None]
) -> None:
    account = add("ceocontoh", **CLAIMED, created_on=AFTER_GRACE)
    prove(account, EvidenceKind.PUBLIC_STATEMENT)
    audit()
    result = own003(store, account)
    assert result.status is Status.FAIL
    assert result.explanation.reason == "claimed, not proven"


def test_business_account_administrators_and_a_listing_prove_it(
    store: Store, add: Add, audit: Audit, prove: Callable[..., None]
) -> None:
    account = add("ceocontoh", **CLAIMED, created_on=AFTER_GRACE)
    prove(account, EvidenceKind.PUBLIC_STATEMENT, *FULL)
    audit()
    assert own003(store, account).status is Status.PASS


def test_a_private_recovery_contact_contradicts_everything(
    store: Store, add: Add, audit: Audit, prove: Callable[..., None], edit: Callable[..., None]
) -> None:
    account = add("ceocontoh", **CLAIMED, created_on=AFTER_GRACE)
    prove(account, EvidenceKind.PUBLIC_STATEMENT, *FULL)
    edit(account, recovery_contact=ContactClass.PRIVATE)
    audit()
    result = own003(store, account)
    assert result.status is Status.FAIL
    assert result.explanation.reason == "evidence contradicts ownership by the organisation"
    assert "private recovery contact" in result.explanation.actual


def test_a_declaration_signed_by_the_person_adds_nothing(
    store: Store, add: Add, audit: Audit, prove: Callable[..., None]
) -> None:
    account = add("ceocontoh", **CLAIMED, created_on=WITHIN_GRACE)
    prove(account, EvidenceKind.OWNERSHIP_DECLARATION, EvidenceKind.CONTROL_TEST, own=True)
    audit()
    result = own003(store, account)
    assert result.status is Status.NOT_ASSESSED
    assert "Points of ownership evidence: 0" in result.explanation.actual


def test_points_without_strong_evidence_do_not_prove_it(
    store: Store, add: Add, audit: Audit, prove: Callable[..., None]
) -> None:
    account = add("ceocontoh", **CLAIMED, created_on=AFTER_GRACE)
    prove(
        account,
        EvidenceKind.WEBSITE_LISTING,
        EvidenceKind.SHARED_ADMINISTRATION,
        EvidenceKind.ASSET_RECORD,
    )
    audit()
    assert own003(store, account).status is Status.FAIL


def test_expired_proof_is_no_proof(
    store: Store, add: Add, audit: Audit, prove: Callable[..., None]
) -> None:
    account = add("ceocontoh", **CLAIMED, created_on=AFTER_GRACE)
    prove(account, *FULL[1:])
    with store.change(ACTOR, "evidence") as change:
        change.add(Evidence(account_id=account, kind=FULL[0], expires_on=TODAY - timedelta(days=1)))
    audit(on=TODAY - timedelta(days=1))
    assert own003(store, account).status is Status.PASS
    audit(on=TODAY)
    assert own003(store, account).status is Status.FAIL


def test_signs_alone_ask_and_never_convict(store: Store, add: Add, audit: Audit) -> None:
    account = add(
        "ybcontohmisal",
        display_name="YB Dato' Contoh bin Misal",
        official_status=OfficialStatus.OFFICIAL,
        official_basis="KSU 1",
        official_since=date(2025, 1, 1),
        badge=Badge.NONE,
        created_on=date(2020, 1, 1),
    )
    audit()
    results = {r.rule.code: r for r in results_for_account(store.connection, account)}
    assert results["OWN003"].status is Status.NOT_ASSESSED
    assert "signs of a person ask for review" in results["OWN003"].explanation.reason
    assert "form of address" in results["OWN003"].explanation.actual
    own = [result for code, result in results.items() if code.startswith("OWN")]
    assert all(result.status is not Status.FAIL for result in own)


def test_an_organisation_bearing_a_title_in_its_name_is_left_alone(
    store: Store, add: Add, audit: Audit
) -> None:
    account = add(
        "hospitaltunkucontoh",
        display_name="Hospital Tunku Contoh",
        account_class=AccountClass.CORPORATE,
    )
    audit()
    assert own003(store, account).status is Status.NOT_APPLICABLE


def test_an_account_at_a_personal_address_asks_for_review(
    store: Store, audit: Audit, add: Add
) -> None:
    account = add(
        "100064",
        url="https://www.facebook.com/profile.php?id=100064000000001",
        account_class=AccountClass.CORPORATE,
    )
    audit()
    (signs,) = store.connection.execute(
        "SELECT person_signs FROM audit_facts WHERE account_id = ?", (account,)
    ).fetchone()
    assert signs == "personal_form"
    assert own003(store, account).status is Status.NOT_ASSESSED
