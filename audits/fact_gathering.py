"""The facts of one account that take more than SQL: what its texts, its address and its proofs say.

One account in, one row out, without a database: what the store holds is handed over as it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from audits.account_facts import (
    Names,
    Profile,
    bears_person_name,
    links_to_site,
    names_organisation,
    person_signs,
    says_official,
)
from audits.canonical_addresses import is_canonical
from audits.ownership import Holding, Ownership, Proof, stands, weighed
from audits.rules import Workdays
from audits.seen import Seen, newest_badge, same_badge, seen_facts
from audits.workdays import due_on, weekend_of
from inventory.identity import (
    Identity,
    Impossible,
    NotAccount,
    NotAnAccount,
    Outcome,
    agrees,
    identify,
)
from inventory.platforms import default_table
from inventory.vocabulary import (
    AccountClass,
    Badge,
    ContactClass,
    EvidenceKind,
    LegalOwner,
    NamedAfter,
    ObservationKind,
    PlatformObject,
)

RECOGNITION = frozenset(
    {EvidenceKind.APPROVAL_LETTER, EvidenceKind.REGISTER_ENTRY, EvidenceKind.WEBSITE_LISTING}
)
_LISTINGS = frozenset({EvidenceKind.WEBSITE_LISTING, EvidenceKind.MUTUAL_LINK})
_LISTED = frozenset({"yes", "true", "1", "found", "site_to_account", "mutual"})
_NOT_LISTED = frozenset({"no", "false", "0", "not_found", "account_to_site", "contradicted"})


class AccountRow(NamedTuple):
    """The columns of an account that this module reads, as the store keeps them."""

    id: int
    organisation_id: int
    platform: str
    handle: str
    url: str
    platform_id: str | None
    display_name: str | None
    bio: str | None
    profile_links: str | None
    profile_seen_on: str | None
    account_class: str
    named_after: str
    legal_owner: str
    registration_contact: str
    recovery_contact: str
    platform_object: str
    badge: str
    badge_seen_on: str | None
    lifecycle: str
    closed_on: str | None
    admin_count: int | None
    last_post_on: str | None
    last_post_seen_on: str | None
    detected_on: str | None
    created_on: str | None
    keys: str | None


class Gathered(NamedTuple):
    """One row of gathered facts; `good_until` is the last day on which it still holds."""

    account_id: int
    good_until: int | None
    badge: str | None
    badge_seen_on: int | None
    last_post_on: int | None
    last_post_seen_on: int | None
    site_links_to_account: int | None
    site_link_seen_on: int | None
    platform_offers_badge: int | None
    platform_tells_objects: int | None
    recognition_count: int
    bears_person_name: int | None
    person_signs: str
    ownership_points: int
    ownership_kinds: int
    ownership_strong: int
    ownership_against: str
    report_due_on: int | None
    says_official: int | None
    names_organisation: int | None
    links_to_site: int | None
    address_fits: int | None
    existence_seen: str | None
    existence_seen_on: int | None
    badge_seen: str | None
    badge_seen_differs: int | None
    last_post_seen: int | None
    name_seen_differs: int | None
    platform_id_seen_differs: int | None
    handle_seen: str | None
    handle_seen_differs: int | None
    alive_though_closed: int | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """What an account gets from its organisation: its names, and all names up to the root."""

    names: Names
    lineage: tuple[str, ...]


def gathered(
    row: AccountRow,
    belonging: Belonging,
    proofs: Sequence[Proof],
    seen: Sequence[Seen],
    on: date,
    workdays: Workdays,
) -> Gathered:
    """Return the gathered facts of one account on a day; later proofs and sightings do not count.

    `seen` is in order of day: the newest comes last.
    """
    sightings = _up_to(seen, on) if seen else ()
    badge, badge_day = _badge(row, sightings)
    post, post_day = _last_post(row, sightings)
    listed, listed_day = _listing(proofs, sightings, on) if proofs or sightings else (None, None)
    fits, personal_form = _read_address(row)
    profile = Profile(row.display_name, row.bio, row.profile_links)
    signs = person_signs(row.display_name, row.handle, personal_form, NamedAfter(row.named_after))
    label = says_official(profile)
    holding = _holding(
        row.legal_owner,
        row.registration_contact,
        row.recovery_contact,
        row.platform_object,
        badge,
        row.admin_count,
        label,
    )
    owned = weighed(proofs, holding, on) if proofs else _owned_by_record(holding)
    platform = _platforms().get(row.platform)
    return Gathered(
        account_id=row.id,
        good_until=_good_until(proofs, seen, on.toordinal()) if proofs or seen else None,
        badge=badge,
        badge_seen_on=badge_day,
        last_post_on=post,
        last_post_seen_on=post_day,
        site_links_to_account=listed,
        site_link_seen_on=listed_day,
        platform_offers_badge=platform and platform[0],
        platform_tells_objects=platform and platform[1],
        recognition_count=sum(p.kind in RECOGNITION and stands(p, on) for p in proofs)
        if proofs
        else 0,
        bears_person_name=_bit(
            bears_person_name(NamedAfter(row.named_after), AccountClass(row.account_class), signs)
        ),
        person_signs=" ".join(signs),
        ownership_points=owned.points,
        ownership_kinds=owned.kinds,
        ownership_strong=owned.strong,
        ownership_against=" ".join(owned.against),
        report_due_on=_report_due(row, belonging, workdays),
        says_official=_bit(label),
        names_organisation=_bit(names_organisation(profile, belonging.names)),
        links_to_site=_bit(links_to_site(profile, belonging.names)),
        address_fits=_bit(fits),
        **seen_facts(row, sightings)._asdict(),
    )


def _platforms() -> Mapping[str, tuple[int, int]]:
    if not _TABLE:
        _TABLE.update(
            (key, (int(bool(platform.badges)), int(platform.object_kinds)))
            for key, platform in default_table().platforms.items()
        )
    return _TABLE


_TABLE: dict[str, tuple[int, int]] = {}


def _bit(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _day(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def _up_to(seen: Sequence[Seen], on: date) -> list[Seen]:
    day = on.isoformat()
    return [sight for sight in seen if sight.day <= day]


def _badge(row: AccountRow, seen: Sequence[Seen]) -> tuple[str | None, int | None]:
    """Return the recorded badge, or the one seen where none is recorded, and its newest day.

    A sighting that agrees with the record makes it fresh. One that differs leaves it as it stands:
    that is a finding of its own, and for a person to decide.
    """
    sight, day = newest_badge(seen), row.badge_seen_on
    fresh = sight is not None and (day is None or sight.day >= day)
    if row.badge == Badge.UNKNOWN:
        return (sight.value, _day(sight.day)) if sight and fresh else (None, _day(day))
    if sight and fresh and same_badge(row.badge, sight.value):
        day = sight.day
    return row.badge, _day(day)


def _last_post(row: AccountRow, seen: Sequence[Seen]) -> tuple[int | None, int | None]:
    recorded = (_day(row.last_post_on), _day(row.last_post_seen_on))
    if not seen:
        return recorded
    posts = [(_day(s.value[:10]), _day(s.day)) for s in seen if s.kind == ObservationKind.LAST_POST]
    known = [(post, day) for post, day in posts if post is not None and day is not None]
    if known and (recorded[1] is None or known[-1][1] >= recorded[1]):
        return known[-1]
    return recorded


def _listing(
    proofs: Sequence[Proof], seen: Sequence[Seen], on: date
) -> tuple[int | None, int | None]:
    """Return whether the website lists the account, by the newest that says so, and its day."""
    said = [
        (proof.collected_on.toordinal(), 1)
        for proof in proofs
        if proof.kind in _LISTINGS and proof.collected_on and stands(proof, on)
    ]
    for sight in seen:
        value, day = sight.value.strip().lower(), _day(sight.day)
        if sight.kind == ObservationKind.SITE_LINK and day and value in _LISTED | _NOT_LISTED:
            said.append((day, int(value in _LISTED)))
    if said:
        newest, listed = max(said, key=lambda pair: pair[0])
        return listed, newest
    undated = any(proof.kind in _LISTINGS and stands(proof, on) for proof in proofs)
    return (1 if undated else None), None


@lru_cache(maxsize=10_000)
def _holding(
    legal_owner: str,
    registration_contact: str,
    recovery_contact: str,
    platform_object: str,
    badge: str | None,
    admin_count: int | None,
    label: bool | None,
) -> Holding:
    return Holding(
        LegalOwner(legal_owner),
        ContactClass(registration_contact),
        ContactClass(recovery_contact),
        PlatformObject(platform_object),
        Badge(badge or Badge.UNKNOWN),
        admin_count,
        label,
    )


@lru_cache(maxsize=10_000)
def _owned_by_record(holding: Holding) -> Ownership:
    """Weigh what the record itself says: most accounts have no evidence, and few sorts of it."""
    return weighed((), holding, date.min)


def _report_due(row: AccountRow, belonging: Belonging, workdays: Workdays) -> int | None:
    if row.account_class != AccountClass.IMPOSTOR:
        return None
    received = row.detected_on or row.created_on
    if received is None:
        return None
    weekend = weekend_of(belonging.lineage, workdays.states, workdays.weekend)
    return due_on(date.fromisoformat(received), workdays.report_within, weekend).toordinal()


def _read_address(row: AccountRow) -> tuple[bool | None, str | None]:
    """Say whether the address fits, and which form of a personal profile it has, if any."""
    keys = row.keys.split("\n") if row.keys else ()
    if any(is_canonical(row.platform, row.url, key) for key in keys):
        return True, None
    if row.platform not in _platforms():
        return None, None
    outcome = identify(row.url, row.platform)
    personal = outcome.personal_form if isinstance(outcome, Identity) else None
    return _fits(row.platform, keys, outcome), personal


def _fits(platform: str, keys: Sequence[str], outcome: Outcome) -> bool | None:
    """Say whether the address leads to the recorded platform and to one of the account's keys."""
    if isinstance(outcome, Impossible):
        return False
    if isinstance(outcome, NotAnAccount) and outcome.what is not NotAccount.FEED:
        return False
    if outcome.platform is None or not agrees(platform, outcome.platform):
        return False
    return outcome.key in keys if keys else None


def _good_until(proofs: Sequence[Proof], seen: Sequence[Seen], today: int) -> int | None:
    """Return the last day before a proof begins or expires, or a sighting comes to count."""
    turns = [
        day - 1
        for proof in proofs
        for day in (
            proof.collected_on and proof.collected_on.toordinal(),
            proof.expires_on and (proof.expires_on + timedelta(days=1)).toordinal(),
        )
        if day and day > today
    ]
    turns += [day - 1 for sight in seen if (day := _day(sight.day)) and day > today]
    return min(turns, default=None)
