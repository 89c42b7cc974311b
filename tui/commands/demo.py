"""`rasmi demo`: an invented inventory to try the program on."""

import argparse

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
    if path.exists():
        Store.open(path, create=False).close()
        say(_("The inventory {path} is there already; it was left as it is.").format(path=path))
        return 0
    draft = path.with_name(f"{path.name}.building")
    draft.unlink(missing_ok=True)
    say(_("Building the demo inventory …"))
    with Store.open(draft) as store:
        build_demo(store, today=day_of(call))
    draft.rename(path)
    say(_("The demo inventory is ready: {path}").format(path=path))
    return 0
