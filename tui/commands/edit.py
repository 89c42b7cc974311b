"""`rasmi edit`: change fields of an account."""

import argparse

from inventory.language import _
from inventory.record import Account
from tui.commands.shared import account_of, actor_of, add_values, inventory_of, values_of
from tui.printer import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("account", help=_("its id, key or row number"))
    add_values(parser)


def run(call: argparse.Namespace) -> int:
    """Change the fields and say whether anything was new."""
    values = values_of(call)
    with inventory_of(call) as store:
        account = account_of(store, call.account)
        reason = call.reason or _("Edited by hand")
        with store.change(actor_of(call), reason) as change:
            version = change.edit(Account, account.id, account.version, values)
    if version == account.version:
        say(_("Nothing to change: {uid} says so already.").format(uid=account.uid))
    else:
        say(_("Changed {uid}; `rasmi undo` takes it back.").format(uid=account.uid))
    return 0
