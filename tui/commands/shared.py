"""What several verbs need: the inventory they speak of, who acts, the day it is."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from inventory.actor import Actor, this_actor
from inventory.errors import InventoryError
from inventory.language import _
from inventory.places import inventory_path
from inventory.safe_text import visible
from inventory.store import Store


def path_of(call: argparse.Namespace) -> Path:
    """Return the inventory file the call speaks of."""
    return inventory_path(call.db, os.environ)


@contextmanager
def inventory_of(call: argparse.Namespace, *, create: bool = False) -> Iterator[Store]:
    """Open the inventory of a call for the length of the block."""
    with Store.open(path_of(call), create=create) as store:
        yield store


def actor_of(call: argparse.Namespace) -> Actor:
    """Return who makes the change."""
    return this_actor(call.actor or os.environ.get("RASMI_ACTOR"))


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the switch that asks for data instead of words."""
    parser.add_argument("--json", action="store_true", help=_("print JSON for machines"))


def add_date(parser: argparse.ArgumentParser) -> None:
    """Add the day the command works with."""
    parser.add_argument(
        "--date", metavar="YYYY-MM-DD", type=day, default=None, help=_("the day it is; today")
    )


def day(text: str) -> date:
    """Read the value of `--date`; raises InventoryError for what is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InventoryError(
            _("“{text}” is no date. Write it as 2026-11-20.").format(text=visible(text))
        ) from None


def day_of(call: argparse.Namespace) -> date:
    """Return the day the command works with; the clock is asked here and nowhere deeper."""
    chosen: date | None = call.date
    return chosen or date.today()  # noqa: DTZ011 - a person's own day
