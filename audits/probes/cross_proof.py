"""Whether the official website and an account point to each other: judged, never guessed.

Site to account: the site lists one of its keys. Account to site: its profile links to the site, or
to another site of the same government domain. Silence of a site that could not be read whole
proves nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audits.probes.found_links import FoundLink, Ignored, PageKind, PageRead, SiteReading
from audits.probes.page_links import host_of
from audits.probes.sightings import Reason
from audits.probes.site_link import BY, SiteLink
from audits.probes.site_tiers import Tier, tier_of
from inventory.identity import Identity, Impossible, NotAccount, NotAnAccount, identify
from inventory.record import Observation
from inventory.vocabulary import AccountClass, ObservationKind, ObservationMethod


class Doubt(StrEnum):
    """Why it cannot be told whether a site lists an account, though it could be read."""

    PART_UNREAD = "part_unread"
    OTHER_KIND_OF_KEY = "other_kind_of_key"
    OPAQUE_LINK = "opaque_link"
    EMBEDDED_ONLY = "embedded_only"
    IN_ARTICLE_ONLY = "in_article_only"


@dataclass(frozen=True, slots=True)
class Profile:
    """What was last seen of an account's own page. Empty `links` and `bio`: it shows none."""

    links: tuple[str, ...] = ()
    bio: str | None = None


@dataclass(frozen=True, slots=True)
class ProvenAccount:
    """An account to be judged. `profile` is None when nothing of its page was ever seen."""

    account_id: int
    platform: str
    keys: frozenset[str]
    account_class: AccountClass = AccountClass.UNKNOWN
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else the judgement needs to know of the inventory.

    `hosts` are the organisation's own; `foreign_hosts` those recorded for organisations that are
    not above it; `foreign_keys` the keys of accounts that stand under another organisation.
    """

    hosts: frozenset[str]
    foreign_hosts: frozenset[str] = frozenset()
    foreign_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proof:
    """What was concluded of one account, and from which page. `reason` when it is unknown.

    `tier` is how near the nearest site on its profile is, None when the profile tells nothing.
    `against` names what contradicts: the key or host that stands where this one should.
    """

    account_id: int
    value: SiteLink
    at: datetime
    page: PageRead | None
    reason: str | None = None
    tier: Tier | None = None
    against: str | None = None


def cross_proof(
    reading: SiteReading, accounts: Sequence[ProvenAccount], around: Surroundings
) -> tuple[Proof, ...]:
    """Return one proof for each account of the organisation the site belongs to."""
    owners = {key: account.account_id for account in accounts for key in account.keys}
    return tuple(_judged(reading, account, around, owners) for account in accounts)


def observations_of(proofs: Iterable[Proof]) -> list[Observation]:
    """Return the proofs as observations; `seen_on` is the day it was where the program runs."""
    return [
        Observation(
            account_id=proof.account_id,
            kind=ObservationKind.SITE_LINK,
            value=proof.value.value,
            seen_on=proof.at.astimezone().date(),
            seen_at=proof.at.isoformat(timespec="seconds"),
            method=ObservationMethod.PROBE,
            by=BY,
            source=proof.page.url if proof.page else None,
            reason=proof.reason,
            http_status=proof.page.http_status if proof.page else None,
            sha256=proof.page.sha256 if proof.page else None,
        )
        for proof in proofs
    ]


def profile_tier(profile: Profile | None, around: Surroundings) -> tuple[Tier | None, str | None]:
    """Return how near the sites on a profile come, and the host of another organisation if any.

    None for the tier: nothing was seen, or only short addresses that do not say where they lead.
    """
    if profile is None:
        return None, None
    hosts, opaque = _hosts_on(profile)
    foreign = next((host for host in hosts if host in around.foreign_hosts), None)
    near = [tier_of(host, around.hosts) for host in hosts if host not in around.foreign_hosts]
    best = next((tier for tier in Tier if tier in near), None)
    if best is None and (foreign or not opaque):
        best = Tier.OTHER
    if opaque and best is not None and not best.is_own:
        return None, foreign  # one of the short addresses may lead to the site
    return best, foreign


def _judged(
    reading: SiteReading,
    account: ProvenAccount,
    around: Surroundings,
    owners: Mapping[str, int],
) -> Proof:
    tier, foreign = profile_tier(account.profile, around)
    points_back = tier is not None and tier.is_own
    listing = _listing(reading, account)
    if listing is not None:
        value = SiteLink.MUTUAL if points_back else SiteLink.SITE_TO_ACCOUNT
        page = reading.page_named(listing.page) or reading.home
        return Proof(account.account_id, value, reading.at, page, tier=tier)
    reason = _doubt(reading, account)
    rival = _rival(_listed_beside(reading, account, around), account, owners)
    if reason is None and isinstance(rival, Doubt):
        reason = rival.value
    if reason is not None:
        value, against = SiteLink.UNKNOWN, None
    elif points_back:
        value, against = SiteLink.ACCOUNT_TO_SITE, None
    elif rival or foreign:
        value, against = SiteLink.CONTRADICTED, str(rival or foreign)
    else:
        value, against = SiteLink.NO, None
    return Proof(account.account_id, value, reading.at, reading.home, reason, tier, against)


def _listing(reading: SiteReading, account: ProvenAccount) -> FoundLink | None:
    return next((link for link in reading.links if link.key in account.keys), None)


def _doubt(reading: SiteReading, account: ProvenAccount) -> str | None:
    """Return why the site's silence about an account proves nothing, None when it does."""
    if reading.home is None:
        return reading.why_not.value
    passed_over = [link for link in reading.ignored if link.key in account.keys]
    if any(link.why is Ignored.EMBED for link in passed_over):
        return Doubt.EMBEDDED_ONLY
    if any(link.why is Ignored.ARTICLE for link in passed_over):
        return Doubt.IN_ARTICLE_ONLY
    if any(
        link.why is Ignored.OPAQUE and link.platform == account.platform for link in reading.ignored
    ):
        return Doubt.OPAQUE_LINK
    if not reading.whole:
        return Doubt.PART_UNREAD
    return None


def _listed_beside(reading: SiteReading, account: ProvenAccount, around: Surroundings) -> list[str]:
    """Return the keys on the account's platform that the site names as its own.

    A page of links names other organisations' accounts as well, so it is left out.
    """
    links_pages = {page.url for page in reading.pages if page.kind is PageKind.LINKS}
    return [
        link.key
        for link in reading.links
        if link.platform == account.platform
        and link.key not in around.foreign_keys
        and link.page not in links_pages
    ]


def _rival(
    listed: Sequence[str], account: ProvenAccount, owners: Mapping[str, int]
) -> str | Doubt | None:
    """Return the account the site lists in this one's place, or the doubt that it is the same.

    A handle and an id may be two keys of one account; until they are joined nothing follows.
    A page of a programme or an office stands beside the organisation's main account.
    """
    kinds = {_kind(key) for key in account.keys}
    if any(key not in owners and _kind(key) not in kinds for key in listed):
        return Doubt.OTHER_KIND_OF_KEY
    if account.account_class in (AccountClass.PROGRAMME, AccountClass.OFFICE_HOLDER):
        return None
    return listed[0] if listed else None


def _kind(key: str) -> str:
    return key.split(":", 2)[1]


_IN_TEXT = re.compile(
    r"(?:https?://|xpoc://|trust://)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}",
    re.IGNORECASE,
)
_LONGEST_BIO = 10_000
_LISTS_OF_LINKS = frozenset({"linktree"})  # whose page may hold the site, one step further


def _hosts_on(profile: Profile) -> tuple[list[str], bool]:
    """Return the hosts a profile names, and whether it holds addresses that hide theirs."""
    hosts: dict[str, None] = {}
    opaque = False
    for link in profile.links:
        outcome = identify(link)
        hides = False
        if isinstance(outcome, NotAnAccount):
            hides = outcome.what is NotAccount.SHARE_LINK
        elif isinstance(outcome, Identity):
            hides = outcome.platform in _LISTS_OF_LINKS
        if not isinstance(outcome, Impossible):
            link = outcome.url  # what a redirect of the platform's carries
        opaque = opaque or hides
        if not hides and (host := host_of(link if "://" in link else f"https://{link}")):
            hosts[host] = None
    bio = re.sub(r"\S+@\S+", " ", (profile.bio or "")[:_LONGEST_BIO])
    for found in _IN_TEXT.findall(bio):
        hosts[host_of(found if "://" in found else f"https://{found}")] = None
    return [host for host in hosts if host], opaque


def reasons() -> Mapping[str, str]:
    """Return the words for why it is unknown, by the code an observation keeps."""
    from inventory.language import _

    return {
        **{reason.value: reason.label for reason in Reason},
        Doubt.PART_UNREAD.value: _("part of the website could not be read"),
        Doubt.OTHER_KIND_OF_KEY.value: _("the website lists an account by another kind of address"),
        Doubt.OPAQUE_LINK.value: _("the website's link does not say which account it is"),
        Doubt.EMBEDDED_ONLY.value: _("the website only embeds it"),
        Doubt.IN_ARTICLE_ONLY.value: _("the website only names it in an article"),
    }
