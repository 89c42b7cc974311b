"""Taking what was seen into the record, on a person's word: one observation, one change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from audits.differences import acceptable, is_gone, newer_than, record_is_newer
from inventory.actor import Actor
from inventory.change import Change
from inventory.editing import AlreadyRecorded, FieldProblem
from inventory.errors import Conflict, InventoryError
from inventory.identity_grammar import KeyKind
from inventory.language import _
from inventory.platforms import default_table
from inventory.privacy import guard_text
from inventory.reading import account_by, every, get, keys_of
from inventory.record import Account, AccountKey, Observation, field_named
from inventory.renaming import new_address
from inventory.safe_text import visible
from inventory.store import Store
from inventory.vocabulary import KeyStatus, Lifecycle, ObservationKind

CLOSINGS = (Lifecycle.RETIRED, Lifecycle.LOST)
"""What a person may make of an account that is gone; nothing does it by itself."""
_FREE_TEXT = ("display_name", "profile_links")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was taken over: the change, the account as it stands now, the fields that are new."""

    seq: int
    account: Account
    fields: tuple[str, ...]


def observation_by(store: Store, reference: str) -> Observation:
    """Return the observation with this public id; raises InventoryError when there is none."""
    found = next(every(store.connection, Observation, "WHERE uid = ?", (reference,)), None)
    if found is None:
        raise InventoryError(
            _("No observation is called “{reference}”. See: rasmi account ID").format(
                reference=visible(reference)
            )
        )
    return found


def accept(
    store: Store,
    actor: Actor,
    observation_id: int,
    today: date,
    *,
    version: int | None = None,
    close: Lifecycle | None = None,
) -> Accepted:
    """Take one observation into the record of its account, as one change that names it.

    `version` is that of the account the person looked at. `close` is what becomes of an account
    that is gone. Raises Conflict when the record or a newer sighting says otherwise by now,
    InventoryError when there is nothing to take over, AlreadyRecorded for another account's name.
    """
    observation = get(store.connection, Observation, observation_id)
    if observation is None:
        raise InventoryError(_("The observation is not there any more."))
    with store.change(actor, _reason(observation), observation.source) as change:
        account = get(change.connection, Account, observation.account_id)
        assert account is not None  # a foreign key
        _refuse_stale(change, observation, account, version)
        values = _closing(change, observation, close) if close else acceptable(observation, account)
        if not values:
            raise InventoryError(_nothing_in(observation))
        values = _with_keys(change, observation, account, values, today)
        _refuse_private(values)
        if change.edit(Account, account.id, account.version, values) == account.version:
            raise InventoryError(
                _("Nothing to change: {uid} says so already.").format(uid=account.uid)
            )
        now = get(change.connection, Account, account.id)
        assert now is not None
    fields = tuple(name for name in values if getattr(now, name) != getattr(account, name))
    return Accepted(change.seq, now, fields)


def _reason(observation: Observation) -> str:
    day = observation.seen_on.isoformat() if observation.seen_on else _("no date")
    return _("Taken from observation {uid}: {kind}, seen {day} by {who}").format(
        uid=observation.uid,
        kind=observation.kind.label,
        day=day,
        who=visible(observation.by or observation.method.label),
    )


def _refuse_stale(
    change: Change, observation: Observation, account: Account, version: int | None
) -> None:
    if version is not None and version != account.version:
        raise Conflict(_("Somebody else changed this record meanwhile. Look at it again."), account)
    newer = newer_than(change.connection, observation)
    if newer is not None:
        raise Conflict(
            _("A newer observation says otherwise: {uid}. Look at it again.").format(uid=newer.uid),
            account,
        )
    if record_is_newer(observation, account):
        raise Conflict(
            _("The record was looked at later than this was seen. Look at it again."), account
        )


def _closing(
    change: Change, observation: Observation, close: Lifecycle
) -> Mapping[str, Lifecycle | date | None]:
    if close not in CLOSINGS:
        raise InventoryError(_("An account that is gone is retired or lost, nothing else."))
    clause = "WHERE account_id = ? ORDER BY seen_on, id"
    seen = list(every(change.connection, Observation, clause, (observation.account_id,)))
    if observation.kind is not ObservationKind.EXISTENCE or not is_gone(seen):
        raise InventoryError(
            _("An account is gone only when it was not there twice, at least 24 hours apart.")
        )
    if close is Lifecycle.LOST:
        return {"lifecycle": close}
    return {"lifecycle": close, "closed_on": observation.seen_on}


def _nothing_in(observation: Observation) -> str:
    if observation.kind is ObservationKind.EXISTENCE:
        return _(
            "Whether an account exists changes no record by itself. Once it is gone, say what"
            " became of it: rasmi accept {uid} --close retired"
        ).format(uid=observation.uid)
    return _("{uid} holds nothing that the record has a field for.").format(uid=observation.uid)


def _with_keys(
    change: Change,
    observation: Observation,
    account: Account,
    values: Mapping[str, object],
    today: date,
) -> dict[str, object]:
    """Give the account the key that follows from a new handle or id; the former one is kept."""
    since = observation.seen_on or today
    if observation.kind is ObservationKind.HANDLE:
        moved = new_address(change, account, str(values["url"]), today=since)
        return {**moved, **values}  # the handle as it is written there
    if observation.kind is ObservationKind.PLATFORM_ID:
        _new_id(change, account, str(values["platform_id"]), since)
    return dict(values)


def _new_id(change: Change, account: Account, platform_id: str, since: date) -> None:
    """Make the id a key of the account, where the platform has addresses made of ids."""
    wanted = _id_key(account.platform, platform_id)
    if wanted is None:
        return
    known = account_by(change.connection, wanted)
    if known is not None and known.id != account.id:
        raise AlreadyRecorded(
            _("{key} is in the inventory already, as {uid}.").format(
                key=visible(wanted), uid=known.uid
            ),
            known,
        )
    keys = keys_of(change.connection, account.id)
    for key in keys:
        if key.key == wanted and key.status is KeyStatus.FORMER:
            current = {"status": KeyStatus.CURRENT, "until": None}
            change.edit(AccountKey, key.id, key.version, current)
        elif key.key != wanted and key.key.startswith(f"{account.platform}:{KeyKind.ID}:"):
            former = {"status": KeyStatus.FORMER, "until": since}
            change.edit(AccountKey, key.id, key.version, former)
    if wanted not in {key.key for key in keys}:
        change.add(AccountKey(account_id=account.id, key=wanted))


def _id_key(platform: str, platform_id: str) -> str | None:
    known = default_table().platforms.get(platform)
    for value in known.values.values() if known else ():
        folded = value.fold(platform_id)
        if value.kind is KeyKind.ID and value.accepts(folded):
            return f"{platform}:{value.kind}:{value.key_value(folded)}"
    return None


def _refuse_private(values: Mapping[str, object]) -> None:
    for name in _FREE_TEXT:
        found = guard_text(str(values[name]), name) if values.get(name) else None
        if found is not None:
            raise FieldProblem(
                _("{field}: this looks like {what}. Write a post or an office instead.").format(
                    field=field_named(Account, name).label, what=found.kind.label
                )
            )
