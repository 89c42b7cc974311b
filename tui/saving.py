"""Writing what a form holds: one change, with who and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from inventory.editing import record_account
from inventory.errors import Refused
from inventory.language import _
from inventory.reading import get
from inventory.record import Account, Organisation
from inventory.renaming import new_address
from tui.session import Session


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to record: its address, whose it is, and what is known of it.

    The organisation is the row id of one, or the name of one that is recorded with the account.
    """

    address: str
    platform: str | None
    organisation: int | str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class EditedAccount:
    """An account to change: the version the form was made from, and the values that are new."""

    account: Account
    version: int
    values: Mapping[str, object]
    address: str | None = None
    """Another address, if it has one now."""


def save(session: Session, wanted: NewAccount | EditedAccount, reason: str) -> int:
    """Write it and return the account's row id.

    Raises InventoryError: Conflict when somebody else saved the account since that version.
    """
    if isinstance(wanted, NewAccount):
        return _record(session, wanted, reason)
    account = wanted.account
    with session.store.change(session.actor, reason) as change:
        values = dict(wanted.values)
        if wanted.address is not None:
            values |= new_address(change, account, wanted.address, today=session.today)
        change.edit(Account, account.id, wanted.version, values)
    return account.id


def _record(session: Session, wanted: NewAccount, reason: str) -> int:
    with session.store.change(session.actor, reason) as change:
        organisation_id = wanted.organisation
        if isinstance(organisation_id, str):
            named = Organisation(name_ms=organisation_id, created_on=session.today)
            organisation_id = change.add(named)
        organisation = get(change.connection, Organisation, organisation_id)
        if organisation is None:
            raise Refused(_("The organisation is not in the inventory any more."))
        return record_account(
            change,
            wanted.address,
            organisation,
            wanted.values,
            today=session.today,
            platform=wanted.platform,
        )
