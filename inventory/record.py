"""The record: what the inventory knows of organisations, their accounts and the proof for both.

Each class is one table. A field declared here, once, is the column, the word on the screen and in
the sheet, the target an import can map to and the question the edit form asks.
"""

# ruff: noqa: RUF009 - the declaring functions below only make dataclass fields

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from inventory.language import N_, Language, _, current
from inventory.vocabulary import (
    AccountClass,
    AttestationTopic,
    Badge,
    Choice,
    ContactClass,
    Disposition,
    EvidenceKind,
    KeyStatus,
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

Value = str | int | float | None
"""What a cell of the store holds; dates are ISO text, yes and no are 1 and 0."""


class FieldKind(StrEnum):
    """How a field is stored, read, checked and asked for."""

    TEXT = "text"
    LINES = "lines"  # several values, one a line
    WEB = "web"
    DAY = "day"
    WHOLE = "whole"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LINK = "link"  # the id of another record


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its name in the store, its kind and its words."""

    name: str
    kind: FieldKind
    message: str
    group: str
    choices: type[Choice] | None = None
    default: Value = None
    required: bool = False
    references: str = ""

    @property
    def label(self) -> str:
        """The field's name for people, in the language spoken here."""
        return _(self.message)


def _declare(kind: FieldKind, message: str, group: str, default: Any = None, **more: Any) -> Any:
    metadata = {"kind": kind, "message": message, "group": group, **more}
    if more.get("required"):
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def _text(message: str, group: str, **more: Any) -> Any:
    return _declare(FieldKind.TEXT, message, group, **more)


def _lines(message: str, group: str) -> Any:
    return _declare(FieldKind.LINES, message, group)


def _web(message: str, group: str, **more: Any) -> Any:
    return _declare(FieldKind.WEB, message, group, **more)


def _day(message: str, group: str, **more: Any) -> Any:
    return _declare(FieldKind.DAY, message, group, **more)


def _whole(message: str, group: str) -> Any:
    return _declare(FieldKind.WHOLE, message, group)


def _yes_no(message: str, group: str) -> Any:
    return _declare(FieldKind.YES_NO, message, group)


def _choice(message: str, group: str, default: Choice) -> Any:
    return _declare(FieldKind.CHOICE, message, group, default, choices=type(default))


def _choice_or_none(message: str, group: str, choices: type[Choice]) -> Any:
    return _declare(FieldKind.CHOICE, message, group, choices=choices)


def _link(message: str, references: str, *, required: bool = True) -> Any:
    return _declare(FieldKind.LINK, message, "link", references=references, required=required)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A ministry, department, agency, statutory body, state or council."""

    id: int = 0
    uid: str = ""
    version: int = 1
    code: str | None = _text(N_("Code"), "identity")
    kind: OrganisationKind = _choice(N_("Kind"), "identity", OrganisationKind.UNKNOWN)
    name_ms: str | None = _text(N_("Name in Malay"), "identity")
    name_en: str | None = _text(N_("Name in English"), "identity")
    short_name: str | None = _text(N_("Short name"), "identity")
    parent_id: int | None = _link(N_("Under"), "organisations", required=False)
    website: str | None = _web(N_("Official website"), "contact")
    email_domain: str | None = _text(N_("E-mail domain"), "contact")
    communications_unit: str | None = _text(N_("Communications unit"), "contact")
    status: OrganisationStatus = _choice(N_("Status"), "identity", OrganisationStatus.ACTIVE)
    successor_id: int | None = _link(N_("Succeeded by"), "organisations", required=False)
    created_on: date | None = _day(N_("Recorded on"), "record")

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
    organisation_id: int = _link(N_("Organisation"), "organisations")
    name: str = _text(N_("Name"), "identity", required=True)
    kind: NameKind = _choice(N_("Kind"), "identity", NameKind.ALIAS)
    until: date | None = _day(N_("Until"), "identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDomain:
    """An internet domain the organisation officially holds."""

    id: int = 0
    uid: str = ""
    version: int = 1
    organisation_id: int = _link(N_("Organisation"), "organisations")
    domain: str = _text(N_("Domain"), "identity", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One presence on one platform, run or claimed in an organisation's name."""

    id: int = 0
    uid: str = ""
    version: int = 1
    organisation_id: int = _link(N_("Organisation"), "organisations")
    platform: str = _text(N_("Platform"), "identity", required=True)
    handle: str = _text(N_("Handle"), "identity", required=True)
    url: str = _web(N_("Address"), "identity", required=True)
    platform_id: str | None = _text(N_("Platform id"), "identity")
    display_name: str | None = _text(N_("Display name"), "identity")
    bio: str | None = _text(N_("Profile text"), "identity")
    profile_links: str | None = _lines(N_("Links on the profile"), "identity")
    profile_seen_on: date | None = _day(N_("Profile seen on"), "identity")
    language: str | None = _text(N_("Language"), "identity")
    purpose: str | None = _text(N_("Purpose"), "identity")

    official_status: OfficialStatus = _choice(
        N_("Official status"), "standing", OfficialStatus.UNKNOWN
    )
    official_basis: str | None = _text(N_("Basis of the official status"), "standing")
    official_since: date | None = _day(N_("Official status decided on"), "standing")
    badge: Badge = _choice(N_("Badge"), "standing", Badge.UNKNOWN)
    badge_seen_on: date | None = _day(N_("Badge seen on"), "standing")
    badge_requested_on: date | None = _day(N_("Badge requested on"), "standing")
    account_class: AccountClass = _choice(N_("Class"), "standing", AccountClass.UNKNOWN)
    lifecycle: Lifecycle = _choice(N_("State"), "standing", Lifecycle.ACTIVE)
    closed_on: date | None = _day(N_("Closed on"), "standing")

    legal_owner: LegalOwner = _choice(N_("Owner"), "ownership", LegalOwner.UNKNOWN)
    platform_object: PlatformObject = _choice(
        N_("Object on the platform"), "ownership", PlatformObject.UNKNOWN
    )
    registration_contact: ContactClass = _choice(
        N_("Registration contact (class only)"), "ownership", ContactClass.UNKNOWN
    )
    recovery_contact: ContactClass = _choice(
        N_("Recovery contact (class only)"), "ownership", ContactClass.UNKNOWN
    )
    named_after: NamedAfter = _choice(N_("Named after"), "ownership", NamedAfter.UNKNOWN)
    person_role: PersonRole = _choice(N_("Office it speaks for"), "ownership", PersonRole.UNKNOWN)
    post_title: str | None = _text(N_("Post of the office-holder"), "ownership")
    office_holder_until: date | None = _day(N_("Office held until"), "ownership")
    handover_done_on: date | None = _day(N_("Handed over on"), "ownership")
    handover_plan_ref: str | None = _text(N_("Handover plan"), "ownership")

    responsible_unit: str | None = _text(N_("Responsible unit"), "coordination")
    coordinator_unit: str | None = _text(N_("Coordinating unit"), "coordination")
    handler_position: str | None = _text(N_("Handler (post)"), "coordination")
    handler_appointment_ref: str | None = _text(N_("Appointment reference"), "coordination")
    handler_from: date | None = _day(N_("Handler from"), "coordination")
    handler_until: date | None = _day(N_("Handler until"), "coordination")
    admin_count: int | None = _whole(N_("Administrators"), "coordination")
    access_confirmed_on: date | None = _day(N_("Access confirmed on"), "coordination")
    access_lost: bool | None = _yes_no(N_("Access lost"), "coordination")

    monitoring_unit: str | None = _text(N_("Monitoring unit"), "monitoring")
    monitoring_every_days: int | None = _whole(N_("Monitored every (days)"), "monitoring")
    last_monitored_on: date | None = _day(N_("Last monitored on"), "monitoring")
    visibility: Visibility = _choice(N_("Visibility"), "monitoring", Visibility.UNKNOWN)
    last_post_on: date | None = _day(N_("Last post on"), "monitoring")
    last_post_seen_on: date | None = _day(N_("Last post looked up on"), "monitoring")
    seasonal: bool | None = _yes_no(N_("Seasonal"), "monitoring")

    disposition: Disposition | None = _choice_or_none(N_("Decision on it"), "response", Disposition)
    disposition_ref: str | None = _text(N_("Reference of the decision"), "response")
    disposition_on: date | None = _day(N_("Decided on"), "response")
    detected_on: date | None = _day(N_("Detected on"), "response")
    report_ref: str | None = _text(N_("Report to the platform"), "response")
    reported_on: date | None = _day(N_("Reported on"), "response")
    report_followed_up_on: date | None = _day(N_("Report followed up on"), "response")
    public_warning_ref: str | None = _text(N_("Public warning"), "response")

    reviewed_on: date | None = _day(N_("Record reviewed on"), "record")
    first_seen_on: date | None = _day(N_("First seen on"), "record")
    opened_on: date | None = _day(N_("Opened on the platform on"), "record")
    created_on: date | None = _day(N_("Recorded on"), "record")
    notes: str | None = _text(N_("Notes"), "record")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountKey:
    """One canonical identity of an account; a key belongs to one account only."""

    id: int = 0
    uid: str = ""
    version: int = 1
    account_id: int = _link(N_("Account"), "accounts")
    key: str = _text(N_("Key"), "identity", required=True)
    status: KeyStatus = _choice(N_("Status"), "identity", KeyStatus.CURRENT)
    until: date | None = _day(N_("Until"), "identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRelation:
    """Two accounts that look alike and are known to belong together, or not."""

    id: int = 0
    uid: str = ""
    version: int = 1
    account_id: int = _link(N_("Account"), "accounts")
    other_id: int = _link(N_("Other account"), "accounts")
    kind: RelationKind = _choice(N_("Kind"), "identity", RelationKind.SAME_FAMILY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A dated proof: what it covers, what it does not, who collected it and when it runs out."""

    id: int = 0
    uid: str = ""
    version: int = 1
    account_id: int = _link(N_("Account"), "accounts")
    kind: EvidenceKind = _choice(N_("Kind"), "evidence", EvidenceKind.OTHER)
    collected_on: date | None = _day(N_("Collected on"), "evidence")
    collected_by: str | None = _text(N_("Collected by (post)"), "evidence")
    covers: str | None = _text(N_("Covers"), "evidence")
    does_not_cover: str | None = _text(N_("Does not cover"), "evidence")
    made_by_named_person: bool | None = _yes_no(N_("Made by the named person"), "evidence")
    expires_on: date | None = _day(N_("Expires on"), "evidence")
    url: str | None = _web(N_("Address"), "evidence")
    sha256: str | None = _text(N_("File hash (SHA-256)"), "evidence")
    note: str | None = _text(N_("Note"), "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A dated statement by a post-holder that stands in where nothing can be observed."""

    id: int = 0
    uid: str = ""
    version: int = 1
    organisation_id: int = _link(N_("Organisation"), "organisations")
    account_id: int | None = _link(N_("Account"), "accounts", required=False)
    topic: AttestationTopic = _choice(N_("Topic"), "attestation", AttestationTopic.OTHER)
    holds: bool | None = _yes_no(N_("Holds"), "attestation")
    statement: str | None = _text(N_("Statement"), "attestation")
    by_post: str | None = _text(N_("By (post)"), "attestation")
    made_on: date | None = _day(N_("Made on"), "attestation")
    expires_on: date | None = _day(N_("Expires on"), "attestation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a probe, a person or a file saw at a time; it never edits the record."""

    id: int = 0
    uid: str = ""
    version: int = 1
    account_id: int = _link(N_("Account"), "accounts")
    kind: ObservationKind = _choice(N_("Kind"), "observation", ObservationKind.EXISTENCE)
    value: str | None = _text(N_("Seen"), "observation")
    seen_on: date | None = _day(N_("Seen on"), "observation")
    method: ObservationMethod = _choice(N_("By"), "observation", ObservationMethod.FILE)
    source: str | None = _text(N_("Where"), "observation")
    evidence_id: int | None = _link(N_("Evidence"), "evidence", required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A list that was imported: the name under which it comes back, and what it held."""

    id: int = 0
    uid: str = ""
    version: int = 1
    name: str = _text(N_("Name"), "source", required=True)
    sha256: str | None = _text(N_("File hash (SHA-256)"), "source")
    imported_on: date | None = _day(N_("Imported on"), "source")
    rows: int | None = _whole(N_("Rows"), "source")
    links: int | None = _whole(N_("Links"), "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An account that a source named, since when."""

    id: int = 0
    uid: str = ""
    version: int = 1
    source_id: int = _link(N_("Source"), "sources")
    account_id: int = _link(N_("Account"), "accounts")
    since: date | None = _day(N_("Since"), "source")


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
