"""An account that has another address now: its record follows, its former key stays its own."""

from datetime import date

from inventory.change import Change
from inventory.editing import AlreadyRecorded, identified
from inventory.identity import Identity
from inventory.language import _
from inventory.platforms import platforms
from inventory.reading import account_by, domains_of, keys_of
from inventory.record import Account, AccountKey
from inventory.safe_text import visible
from inventory.vocabulary import KeyStatus


def new_address(
    change: Change, account: Account, address: str, *, today: date
) -> dict[str, object]:
    """Return what the record says of `address`, and give the account the key it leads to.

    The key it had becomes a former one. The same account under another form of its address keeps
    its key. Raises FieldProblem for no account, AlreadyRecorded for that of another.
    """
    domains = tuple(domains_of(change.connection, account.organisation_id))
    known = account.platform if account.platform in platforms() else None
    identity = identified(address, known, domains)
    keys = keys_of(change.connection, account.id)
    if identity.key not in {key.key for key in keys}:
        _refuse_known(change, account, identity)
        change.add(AccountKey(account_id=account.id, key=identity.key))
    for key in keys:
        current = key.key == identity.key
        # A number or id of the platform survives a new handle; a handle of it does not.
        if not current and _same_sort(key.key, identity):
            former = {"status": KeyStatus.FORMER, "until": today}
            change.edit(AccountKey, key.id, key.version, former)
        elif current and key.status is KeyStatus.FORMER:
            change.edit(
                AccountKey, key.id, key.version, {"status": KeyStatus.CURRENT, "until": None}
            )
    return {"platform": identity.platform, "handle": identity.handle, "url": identity.url}


def _refuse_known(change: Change, account: Account, identity: Identity) -> None:
    known = account_by(change.connection, identity.key)
    if known is not None and known.id != account.id:
        raise AlreadyRecorded(
            _("{key} is in the inventory already, as {uid}.").format(
                key=visible(identity.key), uid=known.uid
            ),
            known,
        )


def _same_sort(key: str, identity: Identity) -> bool:
    return key.startswith(f"{identity.platform}:{identity.kind}:")
