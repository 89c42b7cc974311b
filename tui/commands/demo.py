"""`rasmi demo`: an invented inventory to try the program on."""

import argparse
import secrets

from inventory.errors import explained, reached
from inventory.language import _
from inventory.store import Store
from tui.commands.shared import add_date, day_of, path_of
from tui.printer import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_date(parser)


def run(call: argparse.Namespace) -> int:
    """Build the demo at the path unless an inventory is there already."""
    from tui.demo.build import build_demo

    path = path_of(call)
    with reached(path):
        there = path.is_symlink() or path.exists()
    if there:
        Store.open(path, create=False).close()
        say(_("The inventory {path} is there already; it was left as it is.").format(path=path))
        return 0
    say(_("Building the demo inventory …"))
    draft = path.with_name(f".rasmi-{secrets.token_hex(4)}.new")
    with reached(path), explained(path):
        try:
            with Store.open(draft) as store:
                build_demo(store, today=day_of(call))
            draft.rename(path)
        finally:
            draft.unlink(missing_ok=True)
    say(_("The demo inventory is ready: {path}").format(path=path))
    return 0
