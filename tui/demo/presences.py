"""One account of the demo: whose it is, where it is, and what makes it special."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from inventory.identity import Identity, identify
from inventory.vocabulary import AccountClass, EvidenceKind, OfficialStatus
from tui.demo.organisations import DOMAIN, Body

FIRST_INTAKE, LATE_INTAKE, LAST_INTAKE = 420, 70, 13
"""How many days before today the three imports were made."""


@dataclass(frozen=True, slots=True)
class Ago:
    """So many days before today; a negative number lies ahead."""

    days: int

    def on(self, today: date) -> date:
        """Return the date."""
        return today - timedelta(days=self.days)


Fields = Mapping[str, object]
"""Values of an account's fields by name; a date may be an `Ago`."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence of a case."""

    kind: EvidenceKind
    collected: int
    covers: str
    does_not_cover: str | None = None
    expires: int | None = None
    by_named_person: bool | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One later edit of a case: how many days ago, why, and what it set."""

    days: int
    reason: str
    fields: Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """An account before anybody has answered for it.

    `written` is the handle or address as the list had it. `habits` says how the three rounds of
    answers turned out by topic, `fixed` what stands whatever is answered, `turns` what was edited
    later; all three are empty for the many accounts that are not a case of their own.
    """

    body: Body
    platform: str
    written: str
    status: OfficialStatus
    account_class: AccountClass
    intake: int = FIRST_INTAKE
    case: str = ""
    habits: Mapping[str, str] = field(default_factory=dict)
    fixed: Fields = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    proofs: tuple[Proof, ...] = ()
    keyless: bool = False

    @property
    def seed(self) -> str:
        """The words every draw about this account depends on."""
        return f"{self.platform} {self.written} {self.case}"

    @property
    def recognised(self) -> bool:
        """Whether its organisation says that it is official."""
        return self.status is OfficialStatus.OFFICIAL

    @property
    def of_others(self) -> bool:
        """Whether people outside the organisation run it."""
        return self.account_class in (AccountClass.THIRD_PARTY, AccountClass.IMPOSTOR)

    def identity(self) -> Identity:
        """Return who it is; raises ValueError when no such account can exist."""
        found = identify(self.written, self.platform)
        if not isinstance(found, Identity):
            raise ValueError(f"{self.written} on {self.platform}: {found}")
        return found


def written(platform: str, body: Body, prefix: str = "") -> str:
    """Return the handle of a body's account: nobody real would call an account so."""
    slug = body.slug
    match platform:
        case "facebook":
            return f"{prefix}{slug}democontoh"
        case "instagram" | "threads":
            return _joined(".", prefix, slug, "democontoh")
        case "tiktok":
            return _joined(".", prefix, slug[: 8 if prefix else 13], "democontoh")
        case "x":
            return f"{slug[:9]}_democontoh"
        case "telegram":
            return _joined("_", prefix, slug, "democontoh")
        case "youtube":
            return _joined("-", prefix, slug, "democontoh")
        case "pinterest":
            return f"{slug}_democontoh"
        case "whatsapp":
            return f"0029Va{slug.capitalize()}DemoContoh"
        case "mastodon":
            return f"@{slug}@sosial.{DOMAIN}"
        case "bluesky":
            return f"{slug}.{DOMAIN}"
        case "blog":
            return f"https://{slug}-democontoh.blogspot.com/"
        case _:
            return f"{slug}-democontoh"


def _joined(sign: str, *parts: str) -> str:
    return sign.join(part for part in parts if part)
