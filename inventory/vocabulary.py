"""The closed lists of the record: every value a choice may take, and its words."""

from enum import StrEnum

from inventory.language import N_, _


class Choice(StrEnum):
    """A closed list whose members are stored as they are and shown through `label`."""

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_LABELS.get((type(self).__name__, self.value)) or _COMMON[self.value])


class OrganisationKind(Choice):
    """What an organisation is."""

    MINISTRY = "ministry"
    DEPARTMENT = "department"
    AGENCY = "agency"
    STATUTORY_BODY = "statutory_body"
    STATE = "state"
    LOCAL_COUNCIL = "local_council"
    OTHER = "other"
    UNKNOWN = "unknown"


class OrganisationStatus(Choice):
    """Whether an organisation still exists."""

    ACTIVE = "active"
    DISSOLVED = "dissolved"
    MERGED = "merged"


class OfficialStatus(Choice):
    """The organisation's own decision on an account."""

    OFFICIAL = "official"
    UNOFFICIAL = "unofficial"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


class Badge(Choice):
    """What the platform shows beside the name."""

    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    PAID_ORGANISATION = "paid_organisation"
    PAID_PERSON = "paid_person"
    LEGACY = "legacy"
    UNSPECIFIED = "unspecified"  # a badge was seen, its kind was not noted
    NONE = "none"
    LOST = "lost"
    REQUESTED = "requested"
    UNKNOWN = "unknown"


class AccountClass(Choice):
    """What an account is, whoever runs it."""

    CORPORATE = "corporate"
    PROGRAMME = "programme"
    OFFICE_HOLDER = "office_holder"
    INDIVIDUAL = "individual"
    THIRD_PARTY = "third_party"
    IMPOSTOR = "impostor"
    UNKNOWN = "unknown"


class Lifecycle(Choice):
    """Where an account stands in its life."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    RETIRED = "retired"
    LOST = "lost"


class LegalOwner(Choice):
    """Who owns the account as a thing."""

    AGENCY = "agency"
    INDIVIDUAL = "individual"
    VENDOR = "vendor"
    UNKNOWN = "unknown"


class ContactClass(Choice):
    """The class of a registration or recovery contact; the address itself is never kept."""

    OFFICIAL = "official"
    PRIVATE = "private"
    VENDOR = "vendor"
    UNKNOWN = "unknown"


class PlatformObject(Choice):
    """What kind of thing the platform says the account is."""

    PAGE = "page"
    BUSINESS = "business"
    CHANNEL = "channel"
    PUBLIC_GROUP = "public_group"
    PERSONAL_PROFILE = "personal_profile"
    UNKNOWN = "unknown"


class Visibility(Choice):
    """Whether the unit that monitors can reach the content."""

    PUBLIC = "public"
    PRIVATE = "private"
    UNKNOWN = "unknown"


class NamedAfter(Choice):
    """Whose name the account bears."""

    ORGANISATION = "organisation"
    OFFICE = "office"
    PERSON = "person"
    UNKNOWN = "unknown"


class PersonRole(Choice):
    """The office that an office-holder's account speaks for."""

    NONE = "none"
    MINISTER = "minister"
    DEPUTY_MINISTER = "deputy_minister"
    EXCO = "exco"
    SECRETARY_GENERAL = "secretary_general"
    DIRECTOR_GENERAL = "director_general"
    CHIEF_EXECUTIVE = "chief_executive"
    OTHER = "other"
    UNKNOWN = "unknown"


class Disposition(Choice):
    """What was decided about an unofficial account of others."""

    CLAIM = "claim"
    TOLERATE = "tolerate"
    ASK_RENAME = "ask_rename"
    REPORT = "report"
    CLOSED = "closed"


class KeyStatus(Choice):
    """Whether a key still leads to its account."""

    CURRENT = "current"
    FORMER = "former"


class NameKind(Choice):
    """Which other name of an organisation this is."""

    FORMER = "former"
    ALIAS = "alias"


class EvidenceKind(Choice):
    """What a piece of evidence is; the audit gives each kind its strength."""

    APPROVAL_LETTER = "approval_letter"
    REGISTER_ENTRY = "register_entry"
    WEBSITE_LISTING = "website_listing"
    BUSINESS_ACCOUNT = "business_account"
    CONTROL_TEST = "control_test"
    HANDOVER = "handover"
    OFFICIAL_CONTACTS = "official_contacts"
    SHARED_ADMINISTRATION = "shared_administration"
    MUTUAL_LINK = "mutual_link"
    BADGE_HELD = "badge_held"
    ASSET_RECORD = "asset_record"
    OWNERSHIP_DECLARATION = "ownership_declaration"
    PUBLIC_STATEMENT = "public_statement"
    OFFICIAL_IN_BIO = "official_in_bio"
    CONTENT_SAMPLE = "content_sample"
    PRIVATE_RECOVERY_CONTACT = "private_recovery_contact"
    SOLE_PRIVATE_ADMINISTRATOR = "sole_private_administrator"
    PERSONAL_PROFILE_OBJECT = "personal_profile_object"
    PERSONAL_BADGE = "personal_badge"
    PREDATES_OFFICE = "predates_office"
    FOLLOWED_THE_PERSON = "followed_the_person"
    PERSONAL_CONTENT = "personal_content"
    REMOVED_AT_EXIT = "removed_at_exit"
    IMPERSONATION_REPORT = "impersonation_report"
    OTHER = "other"


class AttestationTopic(Choice):
    """What a post-holder attests to."""

    OWNERSHIP = "ownership"
    ACCESS = "access"
    MONITORING = "monitoring"
    NO_COMPULSION = "no_compulsion"
    OTHER = "other"


class ObservationKind(Choice):
    """What was looked at when something was seen."""

    EXISTENCE = "existence"
    BADGE = "badge"
    LAST_POST = "last_post"
    DISPLAY_NAME = "display_name"
    PROFILE_LINKS = "profile_links"
    SITE_LINK = "site_link"
    PLATFORM_ID = "platform_id"
    HANDLE = "handle"


class ExistenceSeen(Choice):
    """What sightings say of an account's existence: gone takes two of them, a day apart."""

    FOUND = "found"
    GONE = "gone"
    NOT_FOUND_ONCE = "not_found_once"
    SUSPENDED = "suspended"
    DEACTIVATED = "deactivated"
    MOVED = "moved"
    PRIVATE = "private"


class ObservationMethod(Choice):
    """Who or what saw it."""

    PERSON = "person"
    FILE = "file"
    PROBE = "probe"


class LeadOrigin(Choice):
    """How a lead came to light."""

    SITE_LINK = "site_link"
    REL_ME = "rel_me"
    STRUCTURED_DATA = "structured_data"
    CARD = "card"
    XPOC = "xpoc"
    TRUST_TXT = "trust_txt"
    WIKIDATA = "wikidata"
    PROFILE = "profile"


class LeadState(Choice):
    """What a person decided on a lead."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class RelationKind(Choice):
    """How two accounts that look alike belong together."""

    SAME_FAMILY = "same_family"
    SUCCESSOR = "successor"
    IMITATES = "imitates"


_COMMON = {
    "unknown": N_("unknown"),
    "other": N_("other"),
    "none": N_("none"),
    "official": N_("official"),
    "unofficial": N_("unofficial"),
    "disputed": N_("disputed"),
    "government": N_("government"),
    "organisation": N_("organisation"),
    "paid_organisation": N_("paid, organisation"),
    "paid_person": N_("paid, person"),
    "legacy": N_("legacy"),
    "unspecified": N_("kind not noted"),
    "lost": N_("lost"),
    "requested": N_("requested"),
    "corporate": N_("corporate"),
    "programme": N_("programme"),
    "office_holder": N_("office-holder"),
    "individual": N_("individual"),
    "third_party": N_("third party"),
    "impostor": N_("impostor"),
    "proposed": N_("proposed"),
    "active": N_("active"),
    "retired": N_("retired"),
    "agency": N_("agency"),
    "vendor": N_("vendor"),
    "private": N_("private"),
    "public": N_("public"),
    "page": N_("page"),
    "business": N_("business account"),
    "channel": N_("channel"),
    "public_group": N_("public group"),
    "personal_profile": N_("personal profile"),
    "office": N_("office"),
    "person": N_("person"),
    "ministry": N_("ministry"),
    "department": N_("department"),
    "statutory_body": N_("statutory body"),
    "state": N_("state"),
    "local_council": N_("local council"),
    "dissolved": N_("dissolved"),
    "merged": N_("merged"),
    "minister": N_("minister"),
    "deputy_minister": N_("deputy minister"),
    "exco": N_("state executive councillor"),
    "secretary_general": N_("secretary-general"),
    "director_general": N_("director-general"),
    "chief_executive": N_("chief executive"),
    "claim": N_("claim"),
    "tolerate": N_("tolerate"),
    "ask_rename": N_("ask to rename"),
    "report": N_("report to the platform"),
    "closed": N_("closed"),
    "current": N_("current"),
    "former": N_("former"),
    "alias": N_("also known as"),
    "approval_letter": N_("approval letter"),
    "register_entry": N_("entry in a register"),
    "website_listing": N_("listed on the official website"),
    "business_account": N_("inside the agency's business account"),
    "control_test": N_("live control test"),
    "handover": N_("handover that took place"),
    "official_contacts": N_("official registration and recovery contacts"),
    "shared_administration": N_("two or more administrators by post"),
    "mutual_link": N_("website and account link to each other"),
    "badge_held": N_("government or organisation badge"),
    "asset_record": N_("asset register, appointment or purchase record"),
    "ownership_declaration": N_("signed ownership declaration"),
    "public_statement": N_("public statement"),
    "official_in_bio": N_("the profile says it is official"),
    "content_sample": N_("sample of posts within remit"),
    "private_recovery_contact": N_("private recovery contact"),
    "sole_private_administrator": N_("a private profile is the only administrator"),
    "personal_profile_object": N_("the platform says it is a personal profile"),
    "personal_badge": N_("badge paid by a person"),
    "predates_office": N_("older than the appointment, with personal posts"),
    "followed_the_person": N_("followed the person to a new post"),
    "personal_content": N_("personal or political posts"),
    "removed_at_exit": N_("deleted or renamed at change of office"),
    "impersonation_report": N_("report of an impostor"),
    "ownership": N_("ownership"),
    "access": N_("access"),
    "monitoring": N_("monitoring"),
    "no_compulsion": N_("no compulsion of staff"),
    "existence": N_("existence"),
    "badge": N_("badge"),
    "last_post": N_("last post"),
    "display_name": N_("display name"),
    "profile_links": N_("links on the profile"),
    "site_link": N_("link on the official website"),
    "platform_id": N_("platform id"),
    "handle": N_("handle"),
    "found": N_("found"),
    "gone": N_("gone"),
    "not_found_once": N_("not found, seen once"),
    "suspended": N_("suspended, seen once"),
    "deactivated": N_("deactivated, seen once"),
    "moved": N_("moved elsewhere"),
    "file": N_("file"),
    "probe": N_("probe"),
    "same_family": N_("same family"),
    "successor": N_("successor"),
    "imitates": N_("imitates"),
    "rel_me": N_("link marked as one's own (rel=me)"),
    "structured_data": N_("structured data (sameAs)"),
    "card": N_("card of the page (twitter:site)"),
    "xpoc": N_("XPOC manifest"),
    "trust_txt": N_("trust.txt"),
    "wikidata": N_("Wikidata"),
    "profile": N_("link on another profile"),
    "open": N_("open"),
    "accepted": N_("accepted"),
    "rejected": N_("rejected"),
}

# Where one word means different things in different lists.
_LABELS = {
    ("OrganisationKind", "agency"): N_("agency"),
    ("LegalOwner", "agency"): N_("the agency"),
    ("LegalOwner", "individual"): N_("an individual"),
}
