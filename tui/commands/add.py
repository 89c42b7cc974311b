"""`rasmi add`: record an account by its address and organisation."""

import argparse

from inventory import reading
from inventory.editing import record_account
from inventory.language import _
from inventory.platforms import platform_named
from inventory.record import Account
from tui.commands.shared import (
    actor_of,
    add_date,
    add_values,
    day_of,
    inventory_of,
    organisation_of,
    values_of,
)
from tui.printer import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("address", help=_("an address, or a handle with --platform"))
    parser.add_argument("--organisation", required=True, help=_("its code, short name or id"))
    parser.add_argument("--platform", help=_("the platform of a bare handle"))
    add_values(parser)
    add_date(parser)


def run(call: argparse.Namespace) -> int:
    """Record the account and print its id."""
    values = values_of(call)
    platform = platform_named(call.platform) if call.platform else None
    with inventory_of(call) as store:
        organisation = organisation_of(store, call.organisation)
        reason = call.reason or _("Recorded by hand")
        with store.change(actor_of(call), reason) as change:
            row_id = record_account(
                change,
                call.address,
                organisation,
                values,
                today=day_of(call),
                platform=platform.key if platform else None,
            )
        account = reading.get(store.connection, Account, row_id)
    if account is not None:
        say(f"{account.uid}  {account.url}")
    return 0
