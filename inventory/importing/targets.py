"""What a column of a file may mean, and the names under which people say so."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from inventory.fields import FieldKind
from inventory.language import N_, _
from inventory.record import Account, Organisation, field_named, fields_of


class Part(StrEnum):
    """Which part of the record, or of the reading of a row, a column feeds."""

    ORGANISATION = "organisation"
    ACCOUNT = "account"
    PLATFORM = "platform"
    HANDLE = "handle"
    FORMER = "former"  # a handle or address that the account had before
    ADDRESS = "address"
    WIDE = "wide"  # the accounts of one platform
    PERSON = "person"  # who holds the office; read, never kept
    OFFICE = "office"
    PLACE = "place"
    BODY = "body"  # the house or council that an office-holder sits in
    SAMPLED = "sampled"  # the date of the row in a series of samples
    PRIVATE = "private"
    IGNORE = "ignore"
    NONE = "none"


_LABELS = {
    Part.PLATFORM: N_("Platform"),
    Part.HANDLE: N_("Handle"),
    Part.FORMER: N_("Former handle or address"),
    Part.ADDRESS: N_("Address"),
    Part.PERSON: N_("Office-holder (not kept)"),
    Part.OFFICE: N_("Office"),
    Part.PLACE: N_("Place of the office"),
    Part.BODY: N_("Body of the office"),
    Part.SAMPLED: N_("Date of the sample"),
    Part.PRIVATE: N_("Private (left out)"),
    Part.IGNORE: N_("Left out"),
    Part.NONE: N_("Not understood (left out)"),
}
_ORGANISATION_LABELS = {
    "name": N_("Organisation"),
    "email": N_("Official e-mail"),
    "parent": N_("Under"),
}
NOT_MAPPABLE = {"parent_id", "successor_id", "organisation_id", "created_on", "status"}
_IDENTITY = {"platform", "handle", "url"}


@dataclass(frozen=True, slots=True)
class Target:
    """What one column means: a part, its field, and the platform where it holds for one only."""

    part: Part
    field: str = ""
    platform: str = ""

    @property
    def name(self) -> str:
        """The name that `--map` takes: organisation, code, address, facebook, facebook.badge."""
        if self.part is Part.WIDE:
            return self.platform
        if self.part is Part.ORGANISATION:
            return "organisation" if self.field == "name" else f"organisation.{self.field}"
        if self.part is Part.ACCOUNT:
            return f"{self.platform}.{self.field}" if self.platform else self.field
        return self.part.value

    @property
    def label(self) -> str:
        """Its words for people, in the language spoken here."""
        if self.part is Part.WIDE:
            return _("Accounts on {platform}").format(platform=_platform_name(self.platform))
        if self.part is Part.ACCOUNT:
            label = field_named(Account, self.field).label
            return f"{_platform_name(self.platform)}: {label}" if self.platform else label
        if self.part is Part.ORGANISATION:
            said = _ORGANISATION_LABELS.get(self.field)
            return _(said) if said else field_named(Organisation, self.field).label
        return _(_LABELS[self.part])

    @property
    def is_single(self) -> bool:
        """Whether only one column may have this meaning; several may name broader organisations."""
        return self != UNDER and self.part not in (
            Part.ADDRESS, Part.WIDE, Part.FORMER, Part.OFFICE, Part.PLACE, Part.PRIVATE,
            Part.IGNORE, Part.NONE,
        )  # fmt: skip


NAME = Target(Part.ORGANISATION, "name")
UNDER = Target(Part.ORGANISATION, "parent")
IGNORED = Target(Part.IGNORE)
PRIVATE = Target(Part.PRIVATE)
NOT_UNDERSTOOD = Target(Part.NONE)


def account_fields() -> tuple[str, ...]:
    """Return the account fields that a column may feed."""
    return tuple(
        item.name
        for item in fields_of(Account)
        if item.kind is not FieldKind.LINK and item.name not in NOT_MAPPABLE | _IDENTITY
    )


def organisation_fields() -> tuple[str, ...]:
    """Return the organisation fields that a column may feed."""
    return (
        "name", "name_ms", "name_en", "code", "short_name", "kind", "website", "email",
        "email_domain", "parent", "communications_unit",
    )  # fmt: skip


def target_named(name: str) -> Target | None:
    """Return the target that a person means by `name`, None for a name that means nothing."""
    said = name.strip().casefold().removeprefix("platform:")
    said = said.removeprefix("account.")
    return _targets().get(said) or _wide(said)


def target_names() -> list[str]:
    """Return every name that `target_named` knows, platforms included."""
    from inventory.platforms import platforms

    return [*_targets(), *platforms()]


def _wide(name: str) -> Target | None:
    from inventory.platforms import platform_named

    platform = platform_named(name)
    if platform is not None:
        return Target(Part.WIDE, platform=platform.key)
    word, dot, field = name.rpartition(".")
    platform = platform_named(word) if dot else None
    if platform is None or field not in account_fields():
        return None
    return Target(Part.ACCOUNT, field, platform.key)


@cache
def _targets() -> dict[str, Target]:
    plain = (
        Part.PLATFORM, Part.HANDLE, Part.FORMER, Part.ADDRESS, Part.PERSON, Part.OFFICE, Part.PLACE,
        Part.BODY, Part.SAMPLED, Part.PRIVATE, Part.IGNORE,
    )  # fmt: skip
    known = {part.value: Target(part) for part in plain}
    known |= {name: Target(Part.ACCOUNT, name) for name in account_fields()}
    known |= {"url": known["address"], "class": Target(Part.ACCOUNT, "account_class")}
    known["organisation"] = Target(Part.ORGANISATION, "name")
    for name in organisation_fields():
        known[f"organisation.{name}"] = Target(Part.ORGANISATION, name)
        known.setdefault(name, Target(Part.ORGANISATION, name))
    return known


def _platform_name(key: str) -> str:
    from inventory.platforms import platforms

    known = platforms().get(key)
    return known.name if known else key
