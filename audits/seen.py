"""What was seen of one account, held against what the record says of it.

Sightings come in order of time, the newest last. `None` is "not known": a probe that could not
tell says nothing here, and an account is gone only when that was seen twice, a day apart.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple, Protocol

from inventory.identity import Identity, identify
from inventory.platforms import default_table
from inventory.search_text import folded
from inventory.vocabulary import (
    Badge,
    ExistenceSeen,
    Lifecycle,
    ObservationKind,
    ObservationMethod,
)

APART = timedelta(hours=24)
"""How far apart two sightings of an absent account must lie before it counts as gone."""

_ABSENT = {
    "not_found": ExistenceSeen.NOT_FOUND_ONCE,
    "suspended": ExistenceSeen.SUSPENDED,
    "deactivated": ExistenceSeen.DEACTIVATED,
}
_THERE = {
    "found": ExistenceSeen.FOUND,
    "private": ExistenceSeen.PRIVATE,
    "moved": ExistenceSeen.MOVED,
}
_NOT_SHOWN = frozenset({Badge.NONE, Badge.LOST, Badge.REQUESTED})
_BADGES = frozenset(Badge) - {Badge.UNKNOWN}
_CLOSED = (Lifecycle.RETIRED, Lifecycle.LOST)
# One account has several ids there: of the page, of its profile, one for each app that asks.
_MANY_IDS = frozenset({"facebook", "instagram", "threads"})


class Seen(NamedTuple):
    """One observation: what was seen of which kind, on which day, when (UTC), by whom and how."""

    kind: str
    value: str
    day: str
    at: str | None = None
    by: str | None = None
    method: str = ObservationMethod.PROBE


class Recorded(Protocol):
    """What this module reads of the record, as the store keeps it; days are ISO dates."""

    @property
    def platform(self) -> str: ...
    @property
    def handle(self) -> str: ...
    @property
    def platform_id(self) -> str | None: ...
    @property
    def display_name(self) -> str | None: ...
    @property
    def profile_seen_on(self) -> str | None: ...
    @property
    def badge(self) -> str: ...
    @property
    def badge_seen_on(self) -> str | None: ...
    @property
    def lifecycle(self) -> str: ...
    @property
    def closed_on(self) -> str | None: ...
    @property
    def keys(self) -> str | None: ...


class SeenFacts(NamedTuple):
    """The facts that come from sightings; days are day numbers, yes and no 1 and 0."""

    existence_seen: str | None = None
    existence_seen_on: int | None = None
    badge_seen: str | None = None
    badge_seen_differs: int | None = None
    last_post_seen: int | None = None
    name_seen_differs: int | None = None
    platform_id_seen_differs: int | None = None
    handle_seen: str | None = None
    handle_seen_differs: int | None = None
    alive_though_closed: int | None = None


def seen_facts(row: Recorded, seen: Sequence[Seen]) -> SeenFacts:
    """Return what was seen of an account beside what is recorded of it."""
    if not seen:
        return _NOTHING
    state, state_day = existence(seen)
    badge = newest_badge(seen)
    post = newest(seen, ObservationKind.LAST_POST)
    name = newest(seen, ObservationKind.DISPLAY_NAME)
    handle = newest(seen, ObservationKind.HANDLE)
    return SeenFacts(
        existence_seen=state,
        existence_seen_on=_day(state_day),
        badge_seen=badge and badge.value,
        badge_seen_differs=_bit(badge and _badge_differs(row, badge)),
        last_post_seen=post and _day(post.value[:10]),
        name_seen_differs=_bit(name and _name_differs(row, name)),
        platform_id_seen_differs=_bit(_id_differs(row, seen)),
        handle_seen=handle and handle.value,
        handle_seen_differs=_bit(
            handle and handle_differs(row.platform, row.handle, _keys(row), handle.value)
        ),
        alive_though_closed=_bit(_alive_though_closed(row, seen)),
    )


_NOTHING = SeenFacts()


def existence(seen: Iterable[Seen]) -> tuple[ExistenceSeen | None, str | None]:
    """Return what was last seen of the account's existence, and on which day.

    What a list said is no sighting, and what could not be told neither begins nor ends anything.
    """
    known = [
        sight
        for sight in seen
        if sight.kind == ObservationKind.EXISTENCE
        and sight.method != ObservationMethod.FILE
        and (sight.value in _ABSENT or sight.value in _THERE)
    ]
    if not known:
        return None, None
    last = known[-1]
    if last.value in _THERE:
        return _THERE[last.value], last.day
    absent = list(takewhile(lambda sight: sight.value in _ABSENT, reversed(known)))
    gone = _a_day_apart(absent[-1], last)
    return (ExistenceSeen.GONE if gone else _ABSENT[last.value]), last.day


def newest(seen: Sequence[Seen], kind: ObservationKind) -> Seen | None:
    """Return the newest sighting of one kind that holds something."""
    return next((sight for sight in reversed(seen) if sight.kind == kind and sight.value), None)


def newest_badge(seen: Sequence[Seen]) -> Seen | None:
    """Return the newest sighting of a badge, or of none, that the vocabulary knows."""
    return next(
        (
            sight
            for sight in reversed(seen)
            if sight.kind == ObservationKind.BADGE and sight.value in _BADGES
        ),
        None,
    )


def same_badge(recorded: str, seen: str) -> bool:
    """Say whether two words for a badge can both be true of what a platform shows.

    A badge that was lost or only requested is one that is not shown; one whose kind was not noted
    can be any.
    """
    if recorded == seen:
        return True
    if recorded in _NOT_SHOWN or seen in _NOT_SHOWN:
        return recorded in _NOT_SHOWN and seen in _NOT_SHOWN
    return Badge.UNSPECIFIED in (recorded, seen)


def same_name(recorded: str, seen: str) -> bool:
    """Say whether two display names are one, however they are spaced and capitalised."""
    return folded(recorded).split() == folded(seen).split()


def handle_differs(platform: str, handle: str, keys: Collection[str], seen: str) -> bool | None:
    """Say whether an account goes by another handle.

    None for one that it had before, and where the record knows it by something else, such as an id.
    """
    found = identify(seen, platform) if platform in default_table().platforms else None
    if not isinstance(found, Identity):
        return seen.strip().lstrip("@").casefold() != handle.strip().lstrip("@").casefold()
    here = identify(handle, platform)
    if isinstance(here, Identity) and here.key == found.key:
        return False
    of_that_sort = [key for key in keys if key.startswith(f"{found.platform}:{found.kind}:")]
    return None if found.key in keys or not of_that_sort else True


def _badge_differs(row: Recorded, sight: Seen) -> bool | None:
    if row.badge == Badge.UNKNOWN or (row.badge_seen_on or "") > sight.day:
        return None
    return not same_badge(row.badge, sight.value)


def _name_differs(row: Recorded, sight: Seen) -> bool | None:
    if not row.display_name or (row.profile_seen_on or "") > sight.day:
        return None
    return not same_name(row.display_name, sight.value)


def _id_differs(row: Recorded, seen: Sequence[Seen]) -> bool | None:
    """Say whether another account answers now: by the recorded id, else by the first one seen."""
    ids = [sight for sight in seen if sight.kind == ObservationKind.PLATFORM_ID and sight.value]
    if not ids:
        return None
    now = ids[-1]
    before = [sight.value for sight in ids[:-1] if sight.by == now.by]
    known = _recorded_ids(row)
    if now.value in known:
        return False
    if known and (row.platform not in _MANY_IDS or known.intersection(before)):
        return True
    return now.value != before[0] if before else None


def _recorded_ids(row: Recorded) -> frozenset[str]:
    """Return the ids of the platform that the record gives the account."""
    if row.platform_id:
        return frozenset({row.platform_id})
    start = f"{row.platform}:id:"
    return frozenset(key.removeprefix(start) for key in _keys(row) if key.startswith(start))


def _keys(row: Recorded) -> list[str]:
    return (row.keys or "").split("\n")


def _alive_though_closed(row: Recorded, seen: Sequence[Seen]) -> bool | None:
    """Say whether somebody lives under the handle of an account that is closed or lost."""
    if row.lifecycle not in _CLOSED:
        return None
    state, day = existence(seen)
    if state is None or (row.closed_on or "") > (day or ""):
        return None
    if state not in _THERE.values():
        return False
    post = newest(seen, ObservationKind.LAST_POST)
    posted = None if post is None or row.closed_on is None else post.value[:10] > row.closed_on
    other = _id_differs(row, seen)
    if posted or other:
        return True
    return other  # the same account, silent; or nobody knows


def _a_day_apart(first: Seen, last: Seen) -> bool:
    one, other = _moment(first.at), _moment(last.at)
    if one is not None and other is not None:
        return other - one >= APART
    # Only days are known: the end of one and the beginning of the next are no day apart.
    return date.fromisoformat(last.day) - date.fromisoformat(first.day) > APART


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat(text).toordinal() if text else None
    except ValueError:
        return None


def _bit(value: bool | None) -> int | None:
    return None if value is None else int(value)
