"""What evidence is worth: does it prove that an account belongs to the organisation?

Strong evidence gives 3 points, medium 2, weak 1; only the best of each kind counts. Evidence that
the named person alone made gives none. One piece to the contrary is reported beside the points,
which then decide nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inventory.vocabulary import Badge, ContactClass, EvidenceKind, LegalOwner, PlatformObject

STRONG, MEDIUM, WEAK = 3, 2, 1

POINTS: Mapping[EvidenceKind, int] = {
    EvidenceKind.BUSINESS_ACCOUNT: STRONG,
    EvidenceKind.CONTROL_TEST: STRONG,
    EvidenceKind.HANDOVER: STRONG,
    EvidenceKind.OFFICIAL_CONTACTS: MEDIUM,
    EvidenceKind.SHARED_ADMINISTRATION: MEDIUM,
    EvidenceKind.MUTUAL_LINK: MEDIUM,
    EvidenceKind.WEBSITE_LISTING: MEDIUM,
    EvidenceKind.BADGE_HELD: MEDIUM,
    EvidenceKind.ASSET_RECORD: MEDIUM,
    EvidenceKind.OWNERSHIP_DECLARATION: WEAK,
    EvidenceKind.PUBLIC_STATEMENT: WEAK,
    EvidenceKind.OFFICIAL_IN_BIO: WEAK,
    EvidenceKind.CONTENT_SAMPLE: WEAK,
}
AGAINST = frozenset(
    {
        EvidenceKind.PRIVATE_RECOVERY_CONTACT,
        EvidenceKind.SOLE_PRIVATE_ADMINISTRATOR,
        EvidenceKind.PERSONAL_PROFILE_OBJECT,
        EvidenceKind.PERSONAL_BADGE,
        EvidenceKind.PREDATES_OFFICE,
        EvidenceKind.FOLLOWED_THE_PERSON,
        EvidenceKind.PERSONAL_CONTENT,
        EvidenceKind.REMOVED_AT_EXIT,
    }
)
# A listing and a mutual link are one kind of proof: the website and the account.
_SAME_KIND = {EvidenceKind.MUTUAL_LINK: EvidenceKind.WEBSITE_LISTING}
_BADGES_OF_ORGANISATIONS = (Badge.GOVERNMENT, Badge.ORGANISATION, Badge.PAID_ORGANISATION)


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence, as far as ownership asks."""

    kind: EvidenceKind
    collected_on: date | None = None
    expires_on: date | None = None
    made_by_named_person: bool | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """The fields of an account that speak for or against ownership by the organisation."""

    legal_owner: LegalOwner = LegalOwner.UNKNOWN
    registration_contact: ContactClass = ContactClass.UNKNOWN
    recovery_contact: ContactClass = ContactClass.UNKNOWN
    platform_object: PlatformObject = PlatformObject.UNKNOWN
    badge: Badge = Badge.UNKNOWN
    admin_count: int | None = None
    says_official: bool | None = None


@dataclass(frozen=True, slots=True)
class Ownership:
    """The sum of the evidence: points, from how many kinds, how many strong, and what is against.

    `against` holds codes of the fact `ownership_against`, in order.
    """

    points: int = 0
    kinds: int = 0
    strong: int = 0
    against: tuple[str, ...] = ()


NO_EVIDENCE = Ownership()


def weighed(proofs: Iterable[Proof], holding: Holding, on: date) -> Ownership:
    """Weigh the evidence that stands on the day `on`, with what the record itself says."""
    standing = [proof for proof in proofs if stands(proof, on)]
    best = {
        _SAME_KIND.get(kind, kind): POINTS[kind]
        for kind in (*_kinds_for(standing), *_fields_for(holding))
    }
    against = {proof.kind.value for proof in standing if proof.kind in AGAINST}
    against.update(_fields_against(holding))
    return Ownership(
        points=sum(best.values()),
        kinds=len(best),
        strong=sum(points == STRONG for points in best.values()),
        against=tuple(sorted(against)),
    )


def stands(proof: Proof, on: date) -> bool:
    """Say whether a proof is on file and unexpired on a day; the last day still counts."""
    begun = proof.collected_on is None or proof.collected_on <= on
    return begun and (proof.expires_on is None or proof.expires_on >= on)


def _kinds_for(proofs: Iterable[Proof]) -> list[EvidenceKind]:
    return [
        proof.kind for proof in proofs if proof.kind in POINTS and not proof.made_by_named_person
    ]


def _fields_for(holding: Holding) -> list[EvidenceKind]:
    found = []
    if holding.registration_contact == holding.recovery_contact == ContactClass.OFFICIAL:
        found.append(EvidenceKind.OFFICIAL_CONTACTS)
    if holding.admin_count is not None and holding.admin_count >= 2:
        found.append(EvidenceKind.SHARED_ADMINISTRATION)
    if holding.badge in _BADGES_OF_ORGANISATIONS:
        found.append(EvidenceKind.BADGE_HELD)
    if holding.says_official:
        found.append(EvidenceKind.OFFICIAL_IN_BIO)
    return found


def _fields_against(holding: Holding) -> list[str]:
    found = []
    if holding.legal_owner is LegalOwner.INDIVIDUAL:
        found.append("owner_individual")
    if ContactClass.PRIVATE is holding.recovery_contact:
        found.append(EvidenceKind.PRIVATE_RECOVERY_CONTACT.value)
    if holding.platform_object is PlatformObject.PERSONAL_PROFILE:
        found.append(EvidenceKind.PERSONAL_PROFILE_OBJECT.value)
    if holding.badge is Badge.PAID_PERSON:
        found.append(EvidenceKind.PERSONAL_BADGE.value)
    return found
