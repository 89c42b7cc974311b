"""What evidence is worth."""

from datetime import date

import pytest

from audits.fact_vocabulary import facts
from audits.ownership import AGAINST, POINTS, Holding, Ownership, Proof, weighed
from inventory.vocabulary import Badge, ContactClass, EvidenceKind, LegalOwner, PlatformObject

ON = date(2026, 1, 1)
NOTHING = Holding()
STATEMENT = Proof(EvidenceKind.PUBLIC_STATEMENT, date(2025, 12, 1))


def test_nothing_is_worth_nothing() -> None:
    assert weighed([], NOTHING, ON) == Ownership()


def test_only_the_best_of_each_kind_counts() -> None:
    twice = weighed([STATEMENT, STATEMENT], NOTHING, ON)
    assert twice == Ownership(points=1, kinds=1)


def test_a_listing_and_a_mutual_link_are_one_kind() -> None:
    proofs = [Proof(EvidenceKind.WEBSITE_LISTING), Proof(EvidenceKind.MUTUAL_LINK)]
    assert weighed(proofs, NOTHING, ON) == Ownership(points=2, kinds=1)


@pytest.mark.parametrize(("own", "points"), [(True, 0), (False, 1), (None, 1)])
def test_what_the_named_person_made_alone_counts_for_nothing(own: bool | None, points: int) -> None:
    proof = Proof(EvidenceKind.OWNERSHIP_DECLARATION, made_by_named_person=own)
    assert weighed([proof], NOTHING, ON).points == points


def test_what_the_named_person_admits_against_himself_still_counts() -> None:
    proof = Proof(EvidenceKind.PERSONAL_CONTENT, made_by_named_person=True)
    assert weighed([proof], NOTHING, ON).against == ("personal_content",)


@pytest.mark.parametrize(
    ("collected", "expires", "points"),
    [
        (None, None, 3),
        (date(2026, 1, 1), None, 3),
        (date(2026, 1, 2), None, 0),
        (None, date(2026, 1, 1), 3),
        (None, date(2025, 12, 31), 0),
    ],
)
def test_a_proof_counts_from_its_first_to_its_last_day(
    collected: date | None, expires: date | None, points: int
) -> None:
    proof = Proof(EvidenceKind.CONTROL_TEST, collected, expires)
    assert weighed([proof], NOTHING, ON).points == points


@pytest.mark.parametrize(
    ("holding", "points"),
    [
        (
            Holding(
                registration_contact=ContactClass.OFFICIAL, recovery_contact=ContactClass.OFFICIAL
            ),
            2,
        ),
        (Holding(registration_contact=ContactClass.OFFICIAL), 0),
        (Holding(admin_count=2), 2),
        (Holding(admin_count=1), 0),
        (Holding(badge=Badge.GOVERNMENT), 2),
        (Holding(badge=Badge.LEGACY), 0),
        (Holding(badge=Badge.UNSPECIFIED), 0),
        (Holding(says_official=True), 1),
        (Holding(legal_owner=LegalOwner.AGENCY), 0),
    ],
)
def test_the_record_itself_speaks_for_the_organisation(holding: Holding, points: int) -> None:
    assert weighed([], holding, ON).points == points


@pytest.mark.parametrize(
    ("holding", "code"),
    [
        (Holding(legal_owner=LegalOwner.INDIVIDUAL), "owner_individual"),
        (Holding(recovery_contact=ContactClass.PRIVATE), "private_recovery_contact"),
        (Holding(platform_object=PlatformObject.PERSONAL_PROFILE), "personal_profile_object"),
        (Holding(badge=Badge.PAID_PERSON), "personal_badge"),
    ],
)
def test_the_record_itself_speaks_against(holding: Holding, code: str) -> None:
    assert weighed([], holding, ON).against == (code,)


def test_every_code_against_has_words() -> None:
    codes = {kind.value for kind in AGAINST} | {"owner_individual"}
    assert codes == set(facts()["ownership_against"].codes)


def test_no_kind_speaks_for_and_against() -> None:
    assert not AGAINST & POINTS.keys()
