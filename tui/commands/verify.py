"""`rasmi verify`: check the file, its references, the chain of its log, and the log's replay."""

import argparse

from inventory import log
from inventory.checks import faults
from inventory.language import _
from tui.commands.shared import add_json, inventory_of
from tui.printer import emit, say, warn


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "--expect",
        metavar="NUMBER:HASH",
        help=_("a head of the log noted elsewhere; shows a log cut short or rewritten"),
    )
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Name every fault; 1 when there is any."""
    with inventory_of(call) as store:
        found = list(faults(store.connection, expected_head=call.expect))
        number, sealed = log.head(store.connection)
    if call.json:
        emit({"head": {"change": number, "hash": sealed}, "faults": found})
        return 1 if found else 0
    for fault in found:
        warn(fault)
    if found:
        warn(
            _("{count} faults. Restore from a backup, and ask who had the file.").format(
                count=len(found)
            )
        )
        return 1
    say(_("The file is whole and the log leads to exactly what it holds."))
    say(_("Head of the log: {head}").format(head=f"{number}:{sealed}"))
    say(_("Note it elsewhere: only then `--expect` can show that a log was rewritten."))
    return 0


ANSWER_IS = "an object"
ANSWER = {
    "head": "`change` and `hash` of the newest change",
    "faults": "sentences, empty when all is well",
}
