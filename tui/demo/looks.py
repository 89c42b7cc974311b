"""What two live checks saw of a few accounts: one each that agrees and differs from the record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TypeVar

from inventory.actor import Actor
from inventory.change import Change
from inventory.reading import get
from inventory.record import Account, Observation
from inventory.vocabulary import ObservationKind as Kind
from inventory.vocabulary import ObservationMethod
from tui.demo.draws import file_hash, public_id
from tui.demo.presences import Presence
from tui.demo.register import Register

_CHECKS = (4, 2)
"""How many days before today the two checks were run."""

_AS_RECORDED, _DAY_BEFORE = "=", "<"
_FOUND = (Kind.EXISTENCE, "found")
_AS_EVER = (_FOUND, (Kind.HANDLE, _AS_RECORDED), (Kind.DISPLAY_NAME, _AS_RECORDED))
_NOT_FOUND = (Kind.EXISTENCE, "not_found")
_UNTOLD = (Kind.EXISTENCE, "unknown")
_ID, _OTHER_ID = "99999000000000000081", "99999000000000000082"

Saw = Sequence[tuple[Kind, str]]

LOOKS: Mapping[str, tuple[Saw, Saw]] = {
    "dormant for years": ((_NOT_FOUND,), (_NOT_FOUND,)),
    "a badge without official status": (
        (*_AS_EVER, (Kind.PLATFORM_ID, _ID)),
        (*_AS_EVER[:2], (Kind.DISPLAY_NAME, "Baucar Percuma"), (Kind.PLATFORM_ID, _OTHER_ID)),
    ),
    "a badge from before the platform changed hands": (
        (*_AS_EVER, (Kind.BADGE, "legacy"), (Kind.PLATFORM_ID, _ID)),
        (*_AS_EVER, (Kind.BADGE, "none"), (Kind.PLATFORM_ID, _ID)),
    ),
    "a badge whose kind nobody noted": (
        (*_AS_EVER, (Kind.BADGE, "organisation")),
        (*_AS_EVER, (Kind.BADGE, "organisation")),
    ),
    "run by a vendor": ((_UNTOLD,), (_NOT_FOUND,)),
    "retired, yet posting": ((_UNTOLD,), (_FOUND, (Kind.LAST_POST, _DAY_BEFORE))),
    "properly retired": ((_NOT_FOUND,), (_NOT_FOUND,)),
}
"""What the first and the second check saw, by the case."""

AnyEvent = TypeVar("AnyEvent")
MakeEvent = Callable[[int, int, Actor, str, Callable[[Change], None]], AnyEvent]


def looks(
    register: Register,
    presences: Sequence[Presence],
    event: MakeEvent[AnyEvent],
    auditor: Actor,
) -> Iterator[AnyEvent]:
    """Yield the live checks; `event` makes one of days ago, minute, actor, reason and writes."""
    looked_at = [presence for presence in presences if presence.case in LOOKS]
    reason = "Semakan langsung platform / Live check"
    for turn, days in enumerate(_CHECKS):
        yield event(days, 9 * 60, auditor, reason, partial(_check, register, looked_at, turn, days))


def _check(
    register: Register, presences: Sequence[Presence], turn: int, days: int, change: Change
) -> None:
    for presence in presences:
        account = get(change.connection, Account, register.accounts[presence.seed])
        assert account is not None
        change.add_many(
            _seen(register, presence, account, days, kind, value)
            for kind, value in LOOKS[presence.case][turn]
        )


def _seen(
    register: Register, presence: Presence, account: Account, days: int, kind: Kind, value: str
) -> Observation:
    day = register.ago(days)
    recorded = {Kind.HANDLE: account.handle, Kind.DISPLAY_NAME: account.display_name}
    if value == _AS_RECORDED:
        value = recorded[kind] or account.handle
    if value == _DAY_BEFORE:
        value = f"{day - timedelta(days=1)}T01:00:00+00:00"
    seed = (presence.seed, kind.value, str(days))
    return Observation(
        uid=public_id("B", *seed),
        account_id=account.id,
        kind=kind,
        value=value,
        seen_on=day,
        seen_at=f"{day}T01:00:00+00:00",
        method=ObservationMethod.PROBE,
        by=presence.platform,
        source=account.url,
        reason="time_out" if value == "unknown" else None,
        sha256=None if value == "unknown" else file_hash(*seed),
    )
