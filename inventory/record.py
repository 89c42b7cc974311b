"""The record: what the inventory knows of organisations, their accounts and the proof for both.

Each class is one table. A field declared here, once, is the column, the word on the screen and in
the sheet, the target an import can map to and the question the edit form asks.
"""

# ruff: noqa: RUF009 - the declaring functions only make dataclass fields

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from inventory.fields import (
    Field,
    choice,
    choice_or_none,
    day,
    lines,
    link,
    text,
    web,
    whole,
    yes_no,
)
from inventory.language import N_, Language, current
from inventory.vocabulary import (
    AccountClass,
    AttestationTopic,
    Badge,
    Choice,
    ContactClass,
    Disposition,
    EvidenceKind,
    KeyStatus,
    LeadOrigin,
    LeadState,
    LegalOwner,
    Lifecycle,
    NamedAfter,
    NameKind,
    ObservationKind,
    ObservationMethod,
    OfficialStatus,
    OrganisationKind,
    OrganisationStatus,
    PersonRole,
    PlatformObject,
    RelationKind,
    Visibility,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A ministry, department, agency, statutory body, state or council."""

    id: int = 0
    uid: str = ""
    version: int = 1
    code: str | None = text(N_("Code"), "identity")
    kind: OrganisationKind = choice(N_("Kind"), "identity", OrganisationKind.UNKNOWN)
    name_ms: str | None = text(N_("Name in Malay"), "identity")
    name_en: str | None = text(N_("Name in English"), "identity")
    short_name: str | None = text(N_("Short name"), "identity")
    parent_id: int | None = link(N_("Under"), "organisations", required=False)
    website: str | None = web(N_("Official website"), "contact")
    email_domain: str | None = text(N_("E-mail domain"), "contact")
    communications_unit: str | None = text(N_("Communications unit"), "contact")
    expected_platforms: str | None = lines(N_("Platforms it is expected on"), "contact")
    status: OrganisationStatus = choice(N_("Status"), "identity", OrganisationStatus.ACTIVE)
    successor_id: int | None = link(N_("Succeeded by"), "organisations", required=False)
    created_on: date | None = day(N_("Recorded on"), "record")

    @property
    def name(self) -> str:
        """The name to show in the language spoken here: the Malay or English one, else any."""
        in_malay, in_english = self.name_ms, self.name_en
        spoken = in_malay if current() is Language.MALAY else in_english
        return spoken or in_malay or in_english or self.short_name or self.code or self.uid


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationName:
    """A former or other name under which files and people still know an organisation."""

    id: int = 0
    uid: str = ""
    version: int = 1
    organisation_id: int = link(N_("Organisation"), "organisations")
    name: str = text(N_("Name"), "identity", required=True)
    kind: NameKind = choice(N_("Kind"), "identity", NameKind.ALIAS)
    until: date | None = day(N_("Until"), "identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDomain:
    """An internet domain the organisation officially holds."""

    id: int = 0
    uid: str = ""
    version: int = 1
    organisation_id: int = link(N_("Organisation"), "organisations")
    domain: str = text(N_("Domain"), "identity", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One presence on one platform, run or claimed in an organisation's name."""

    id: int = 0
    uid: str = ""
    version: int = 1
    organisation_id: int = link(N_("Organisation"), "organisations")
    platform: str = text(N_("Platform"), "identity", required=True)
    handle: str = text(N_("Handle"), "identity", required=True)
    url: str = web(N_("Address"), "identity", required=True)
    platform_id: str | None = text(N_("Platform id"), "identity")
    display_name: str | None = text(N_("Display name"), "identity")
    bio: str | None = text(N_("Profile text"), "identity")
    profile_links: str | None = lines(N_("Links on the profile"), "identity")
    profile_seen_on: date | None = day(N_("Profile seen on"), "identity")
    language: str | None = text(N_("Language"), "identity")
    purpose: str | None = text(N_("Purpose"), "identity")

    official_status: OfficialStatus = choice(
        N_("Official status"), "standing", OfficialStatus.UNKNOWN
    )
    official_basis: str | None = text(N_("Basis of the official status"), "standing")
    official_since: date | None = day(N_("Official status decided on"), "standing")
    badge: Badge = choice(N_("Badge"), "standing", Badge.UNKNOWN)
    badge_seen_on: date | None = day(N_("Badge seen on"), "standing")
    badge_requested_on: date | None = day(N_("Badge requested on"), "standing")
    account_class: AccountClass = choice(N_("Class"), "standing", AccountClass.UNKNOWN)
    lifecycle: Lifecycle = choice(N_("State"), "standing", Lifecycle.ACTIVE)
    closed_on: date | None = day(N_("Closed on"), "standing")

    legal_owner: LegalOwner = choice(N_("Owner"), "ownership", LegalOwner.UNKNOWN)
    platform_object: PlatformObject = choice(
        N_("Object on the platform"), "ownership", PlatformObject.UNKNOWN
    )
    registration_contact: ContactClass = choice(
        N_("Registration contact (class only)"), "ownership", ContactClass.UNKNOWN
    )
    recovery_contact: ContactClass = choice(
        N_("Recovery contact (class only)"), "ownership", ContactClass.UNKNOWN
    )
    named_after: NamedAfter = choice(N_("Named after"), "ownership", NamedAfter.UNKNOWN)
    person_role: PersonRole = choice(N_("Office it speaks for"), "ownership", PersonRole.UNKNOWN)
    post_title: str | None = text(N_("Post of the office-holder"), "ownership")
    office_holder_until: date | None = day(N_("Office held until"), "ownership")
    handover_done_on: date | None = day(N_("Handed over on"), "ownership")
    handover_plan_ref: str | None = text(N_("Handover plan"), "ownership")

    responsible_unit: str | None = text(N_("Responsible unit"), "coordination")
    coordinator_unit: str | None = text(N_("Coordinating unit"), "coordination")
    handler_position: str | None = text(N_("Handler (post)"), "coordination")
    handler_appointment_ref: str | None = text(N_("Appointment reference"), "coordination")
    handler_from: date | None = day(N_("Handler from"), "coordination")
    handler_until: date | None = day(N_("Handler until"), "coordination")
    admin_count: int | None = whole(N_("Administrators"), "coordination")
    access_confirmed_on: date | None = day(N_("Access confirmed on"), "coordination")
    access_lost: bool | None = yes_no(N_("Access lost"), "coordination")

    monitoring_unit: str | None = text(N_("Monitoring unit"), "monitoring")
    monitoring_every_days: int | None = whole(N_("Monitored every (days)"), "monitoring")
    last_monitored_on: date | None = day(N_("Last monitored on"), "monitoring")
    visibility: Visibility = choice(N_("Visibility"), "monitoring", Visibility.UNKNOWN)
    last_post_on: date | None = day(N_("Last post on"), "monitoring")
    last_post_seen_on: date | None = day(N_("Last post looked up on"), "monitoring")
    seasonal: bool | None = yes_no(N_("Seasonal"), "monitoring")

    disposition: Disposition | None = choice_or_none(N_("Decision on it"), "response", Disposition)
    disposition_ref: str | None = text(N_("Reference of the decision"), "response")
    disposition_on: date | None = day(N_("Decided on"), "response")
    detected_on: date | None = day(N_("Detected on"), "response")
    report_ref: str | None = text(N_("Report to the platform"), "response")
    reported_on: date | None = day(N_("Reported on"), "response")
    report_followed_up_on: date | None = day(N_("Report followed up on"), "response")
    public_warning_ref: str | None = text(N_("Public warning"), "response")

    reviewed_on: date | None = day(N_("Record reviewed on"), "record")
    first_seen_on: date | None = day(N_("First seen on"), "record")
    opened_on: date | None = day(N_("Opened on the platform on"), "record")
    created_on: date | None = day(N_("Recorded on"), "record")
    notes: str | None = text(N_("Notes"), "record")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountKey:
    """One canonical identity of an account; a key belongs to one account only."""

    id: int = 0
    uid: str = ""
    version: int = 1
    account_id: int = link(N_("Account"), "accounts")
    key: str = text(N_("Key"), "identity", required=True)
    status: KeyStatus = choice(N_("Status"), "identity", KeyStatus.CURRENT)
    until: date | None = day(N_("Until"), "identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRelation:
    """Two accounts that look alike and are known to belong together, or not."""

    id: int = 0
    uid: str = ""
    version: int = 1
    account_id: int = link(N_("Account"), "accounts")
    other_id: int = link(N_("Other account"), "accounts")
    kind: RelationKind = choice(N_("Kind"), "identity", RelationKind.SAME_FAMILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A dated proof: what it covers, what it does not, who collected it and when it runs out."""

    id: int = 0
    uid: str = ""
    version: int = 1
    account_id: int = link(N_("Account"), "accounts")
    kind: EvidenceKind = choice(N_("Kind"), "evidence", EvidenceKind.OTHER)
    collected_on: date | None = day(N_("Collected on"), "evidence")
    collected_by: str | None = text(N_("Collected by (post)"), "evidence")
    covers: str | None = text(N_("Covers"), "evidence")
    does_not_cover: str | None = text(N_("Does not cover"), "evidence")
    made_by_named_person: bool | None = yes_no(N_("Made by the named person"), "evidence")
    expires_on: date | None = day(N_("Expires on"), "evidence")
    url: str | None = web(N_("Address"), "evidence")
    sha256: str | None = text(N_("File hash (SHA-256)"), "evidence")
    note: str | None = text(N_("Note"), "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A dated statement by a post-holder that stands in where nothing can be observed."""

    id: int = 0
    uid: str = ""
    version: int = 1
    organisation_id: int = link(N_("Organisation"), "organisations")
    account_id: int | None = link(N_("Account"), "accounts", required=False)
    topic: AttestationTopic = choice(N_("Topic"), "attestation", AttestationTopic.OTHER)
    holds: bool | None = yes_no(N_("Holds"), "attestation")
    statement: str | None = text(N_("Statement"), "attestation")
    by_post: str | None = text(N_("By (post)"), "attestation")
    made_on: date | None = day(N_("Made on"), "attestation")
    expires_on: date | None = day(N_("Expires on"), "attestation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a probe, a person or a file saw at a time; it never edits the record."""

    id: int = 0
    uid: str = ""
    version: int = 1
    account_id: int = link(N_("Account"), "accounts")
    kind: ObservationKind = choice(N_("Kind"), "observation", ObservationKind.EXISTENCE)
    value: str | None = text(N_("Seen"), "observation")
    seen_on: date | None = day(N_("Seen on"), "observation")
    seen_at: str | None = text(N_("Seen at (UTC)"), "observation")
    method: ObservationMethod = choice(N_("Method"), "observation", ObservationMethod.FILE)
    by: str | None = text(N_("By (post or probe)"), "observation")
    source: str | None = text(N_("Where"), "observation")
    reason: str | None = text(N_("Why it could not be told"), "observation")
    http_status: int | None = whole(N_("HTTP status"), "observation")
    sha256: str | None = text(N_("Hash of the answer (SHA-256)"), "observation")
    evidence_id: int | None = link(N_("Evidence"), "evidence", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An account that somebody else names as an organisation's; a person accepts or rejects it.

    A rejected lead stays, with its reason: it is not brought up again.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    organisation_id: int = link(N_("Organisation"), "organisations")
    key: str = text(N_("Key"), "lead", required=True)
    platform: str = text(N_("Platform"), "lead", required=True)
    url: str = web(N_("Address"), "lead", required=True)
    origin: LeadOrigin = choice(N_("Found as"), "lead", LeadOrigin.SITE_LINK)
    source: str | None = text(N_("Where"), "lead")
    found_on: date | None = day(N_("Found on"), "lead")
    state: LeadState = choice(N_("State"), "lead", LeadState.OPEN)
    decided_on: date | None = day(N_("Decided on"), "lead")
    reason: str | None = text(N_("Reason"), "lead")
    account_id: int | None = link(N_("Account"), "accounts", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A list that was imported: the name under which it comes back, and what it held."""

    id: int = 0
    uid: str = ""
    version: int = 1
    name: str = text(N_("Name"), "source", required=True)
    sha256: str | None = text(N_("File hash (SHA-256)"), "source")
    imported_on: date | None = day(N_("Imported on"), "source")
    rows: int | None = whole(N_("Rows"), "source")
    links: int | None = whole(N_("Links"), "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An account that a source named, since when."""

    id: int = 0
    uid: str = ""
    version: int = 1
    source_id: int = link(N_("Source"), "sources")
    account_id: int = link(N_("Account"), "accounts")
    since: date | None = day(N_("Since"), "source")


Record = (
    Organisation
    | OrganisationName
    | OrganisationDomain
    | Account
    | AccountKey
    | AccountRelation
    | Evidence
    | Attestation
    | Observation
    | Lead
    | Source
    | Listing
)

TABLES: Mapping[type[Any], str] = {
    Organisation: "organisations",
    OrganisationName: "organisation_names",
    OrganisationDomain: "organisation_domains",
    Account: "accounts",
    AccountKey: "account_keys",
    AccountRelation: "account_relations",
    Evidence: "evidence",
    Attestation: "attestations",
    Observation: "observations",
    Lead: "leads",
    Source: "sources",
    Listing: "listings",
}


def fields_of(record_type: type[Any]) -> tuple[Field, ...]:
    """Return the declared fields of a record class, in order; id, uid and version left out."""
    return _FIELDS[record_type]


def field_named(record_type: type[Any], name: str) -> Field:
    """Return one declared field of a record class; raises KeyError for a name it lacks."""
    return {item.name: item for item in fields_of(record_type)}[name]


def _read_declaration(record_type: type[Any]) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=item.name,
            kind=item.metadata["kind"],
            message=item.metadata["message"],
            group=item.metadata["group"],
            choices=item.metadata.get("choices"),
            default=item.default.value if isinstance(item.default, Choice) else None,
            required=item.metadata.get("required", False),
            references=item.metadata.get("references", ""),
        )
        for item in fields(record_type)
        if item.metadata
    )


_FIELDS = {record_type: _read_declaration(record_type) for record_type in TABLES}
