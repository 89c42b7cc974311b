"""What several verbs need: the inventory they speak of, who acts, the day it is."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from inventory.actor import Actor, this_actor
from inventory.errors import InventoryError, explained
from inventory.language import _
from inventory.places import inventory_path
from inventory.reading import account_by, organisation_by
from inventory.record import Account, Organisation
from inventory.safe_text import visible
from inventory.store import Store


def path_of(call: argparse.Namespace) -> Path:
    """Return the inventory file the call speaks of."""
    if call.db == "":  # an unset variable of a script, not a wish for the default
        raise InventoryError(_("--db names no file."))
    try:
        return inventory_path(call.db, os.environ)
    except RuntimeError as error:
        raise InventoryError(
            _("The home folder in {path} is not known. Write the whole path.").format(
                path=visible(call.db or "~")
            )
        ) from error


@contextmanager
def inventory_of(call: argparse.Namespace, *, create: bool = False) -> Iterator[Store]:
    """Open the inventory of a call for the length of the block, and explain what it meets."""
    with Store.open(path_of(call), create=create) as store, explained(store.path):
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


def add_values(parser: argparse.ArgumentParser) -> None:
    """Add the fields to fill in and the reason that the log keeps."""
    parser.add_argument(
        "values", nargs="*", metavar="field=value", help=_("fields of the record; empty: unknown")
    )
    parser.add_argument("--reason", default="", help=_("why; kept in the log"))


def values_of(call: argparse.Namespace) -> dict[str, object]:
    """Return the fields a call fills in; raises InventoryError for what does not fit."""
    from inventory.editing import editable_field, read_value

    values: dict[str, object] = {}
    for pair in call.values:
        name, equals, text = pair.partition("=")
        if not equals:
            raise InventoryError(
                _("“{pair}” is not of the form field=value.").format(pair=visible(pair))
            )
        item = editable_field(name.strip())
        values[item.name] = read_value(item, text)
    return values


def account_of(store: Store, reference: str) -> Account:
    """Return the account a person named; raises InventoryError when there is none."""
    account = account_by(store.connection, reference)
    if account is None:
        raise InventoryError(
            _("No account is called “{reference}”. Find it with: rasmi accounts WORD").format(
                reference=visible(reference)
            )
        )
    return account


def organisation_of(store: Store, reference: str) -> Organisation:
    """Return the organisation a person named; raises InventoryError when there is none."""
    organisation = organisation_by(store.connection, reference)
    if organisation is None:
        raise InventoryError(
            _("No organisation is called “{reference}”. See: rasmi organisations").format(
                reference=visible(reference)
            )
        )
    return organisation
