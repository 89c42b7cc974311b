"""What was seen of an account beside its record: what a person may take over, field by field."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audits.seen import Seen, existence, handle_differs, same_badge, same_name
from inventory.identity import Identity, identify
from inventory.platforms import default_table
from inventory.reading import every, keys_of
from inventory.record import Account, Observation
from inventory.rows import as_stored
from inventory.vocabulary import (
    Badge,
    ExistenceSeen,
    Lifecycle,
    ObservationKind,
    ObservationMethod,
    Visibility,
)

Kind = ObservationKind

_FIELD_OF = {
    Kind.PLATFORM_ID: "platform_id",
    Kind.HANDLE: "handle",
    Kind.BADGE: "badge",
    Kind.DISPLAY_NAME: "display_name",
    Kind.EXISTENCE: "visibility",
    Kind.PROFILE_LINKS: "profile_links",
    Kind.LAST_POST: "last_post_on",
}
"""The field that each kind speaks of, the gravest difference first."""
_DATED = {
    Kind.BADGE: "badge_seen_on",
    Kind.DISPLAY_NAME: "profile_seen_on",
    Kind.PROFILE_LINKS: "profile_seen_on",
    Kind.LAST_POST: "last_post_seen_on",
}
_BADGES = frozenset(Badge) - {Badge.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was seen otherwise than recorded.

    `field` is the field it speaks of, `values` what taking it over would write. Without values it
    takes a person's choice: an account that is gone is retired, lost, or looked for elsewhere.
    `other_account` is set where another account answers under the handle than before.
    """

    observation: Observation
    field: str
    recorded: object
    values: Mapping[str, object]
    other_account: bool = False


def acceptable(observation: Observation, account: Account) -> Mapping[str, object]:
    """Return the fields of the record that an observation fills in, empty when it fills none.

    A sighting that agrees makes the date fresh and leaves the record's own word.
    """
    value, day = (observation.value or "").strip(), observation.seen_on
    if not value:
        return {}
    dated = {_DATED[observation.kind]: day} if observation.kind in _DATED and day else {}
    match observation.kind:
        case Kind.BADGE if value in _BADGES:
            return {"badge": _badge(account.badge, Badge(value)), **dated}
        case Kind.LAST_POST if (posted := _day(value)) is not None:
            return {"last_post_on": posted, **dated}
        case Kind.DISPLAY_NAME:
            return {"display_name": value, **dated}
        case Kind.PROFILE_LINKS:
            return {"profile_links": value, **dated}
        case Kind.PLATFORM_ID:
            return {"platform_id": value}
        case Kind.HANDLE:
            return _renamed(account, value)
        case Kind.EXISTENCE if value == "private":
            return {"visibility": Visibility.PRIVATE}
        case _:
            return {}


def record_is_newer(observation: Observation, account: Account) -> bool:
    """Say whether the record was looked at after the day of the observation."""
    recorded = getattr(account, _DATED.get(observation.kind, ""), None)
    return bool(recorded and observation.seen_on and recorded > observation.seen_on)


def differences(connection: sqlite3.Connection, account: Account) -> list[Difference]:
    """Return what was last seen of an account and is not what its record says, gravest first."""
    seen = list(
        every(connection, Observation, "WHERE account_id = ? ORDER BY seen_on, id", (account.id,))
    )
    if not seen:
        return []
    keys = [key.key for key in keys_of(connection, account.id)]
    newest: dict[Kind, Observation] = {one.kind: one for one in seen if _tells(one)}
    found = (_difference(newest[kind], account, keys, seen) for kind in _FIELD_OF if kind in newest)
    return [one for one in found if one is not None]


def newer_than(connection: sqlite3.Connection, observation: Observation) -> Observation | None:
    """Return the newest observation of the same kind, if it came later and says something else."""
    clause = "WHERE account_id = ? AND kind = ? ORDER BY seen_on, id"
    same = every(connection, Observation, clause, (observation.account_id, observation.kind.value))
    newest = [one for one in same if _tells(one)]
    if not newest or newest[-1].id == observation.id or newest[-1].value == observation.value:
        return None
    return newest[-1]


def is_gone(seen: Sequence[Observation]) -> bool:
    """Say whether these observations, in order of time, make the account one that is gone."""
    return existence([_sight(one) for one in seen if one.seen_on])[0] is ExistenceSeen.GONE


def _difference(
    observation: Observation, account: Account, keys: Collection[str], seen: Sequence[Observation]
) -> Difference | None:
    field = _FIELD_OF[observation.kind]
    if observation.kind is Kind.EXISTENCE and is_gone(seen):
        if account.lifecycle is not Lifecycle.ACTIVE:
            return None
        return Difference(observation, "lifecycle", account.lifecycle, {})
    values = acceptable(observation, account)
    recorded = getattr(account, field)
    if not values or record_is_newer(observation, account):
        return None
    if _agrees(observation, account, keys) or as_stored(values[field]) == as_stored(recorded):
        return None
    another = observation.kind is Kind.PLATFORM_ID and (
        recorded is not None
        or any(one.kind is Kind.PLATFORM_ID and one.value != observation.value for one in seen)
    )
    return Difference(observation, field, recorded, values, another)


def _agrees(observation: Observation, account: Account, keys: Collection[str]) -> bool:
    value = observation.value or ""
    match observation.kind:
        case Kind.HANDLE:
            return not handle_differs(account.platform, account.handle, keys, value)
        case Kind.DISPLAY_NAME:
            return bool(account.display_name) and same_name(account.display_name or "", value)
        case Kind.PROFILE_LINKS:
            return set(value.split()) == set((account.profile_links or "").split())
        case _:
            return False


def _tells(one: Observation) -> bool:
    """Say whether an observation of this kind can be held against the record."""
    if one.seen_on is None or not one.value:
        return False
    if one.kind is Kind.EXISTENCE:
        return one.method is not ObservationMethod.FILE and one.value != "unknown"
    return one.kind is not Kind.BADGE or one.value in _BADGES


def _badge(recorded: Badge, seen: Badge) -> Badge:
    if recorded is Badge.UNSPECIFIED:
        return seen
    return recorded if same_badge(recorded, seen) else seen


def _renamed(account: Account, value: str) -> Mapping[str, object]:
    known = account.platform if account.platform in default_table().platforms else None
    found = identify(value, known)
    if not isinstance(found, Identity) or found.platform != account.platform:
        return {}
    return {"handle": found.handle, "url": found.url}


def _sight(one: Observation) -> Seen:
    day = one.seen_on.isoformat() if one.seen_on else ""
    return Seen(one.kind, one.value or "", day, one.seen_at, one.by, one.method)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
