"""`rasmi undo`: take back the last change, or the one named."""

import argparse

from inventory.language import _
from inventory.undo import last_undoable, undo
from tui.commands.shared import actor_of, inventory_of
from tui.printer import say, warn


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("change", nargs="?", type=int, help=_("its number in the log; the last"))
    parser.add_argument("--reason", default="", help=_("why; kept in the log"))


def run(call: argparse.Namespace) -> int:
    """Take the change back and say what it was."""
    with inventory_of(call) as store:
        number = call.change
        if number is None:
            last = last_undoable(store.connection)
            if last is None:
                warn(_("There is nothing to take back."))
                return 2
            number = last.seq
        reason = call.reason or _("Taken back: change {seq}").format(seq=number)
        undone = undo(store, actor_of(call), number, reason)
    say(_("Taken back: change {seq}, “{why}”.").format(seq=undone.seq, why=undone.reason))
    return 0
