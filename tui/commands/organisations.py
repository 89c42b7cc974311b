"""`rasmi organisations`: the tree of organisations with the accounts under each."""

import argparse
from typing import Any

from inventory.language import _
from inventory.organisations import OrganisationCounts, tree
from tui.commands.shared import add_json, inventory_of
from tui.printer import emit, say, table


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """List every organisation under its parent."""
    with inventory_of(call) as store:
        rows = list(tree(store.connection))
    if call.json:
        emit([_as_json(row) for row in rows])
    elif not rows:
        say(_("The inventory is empty. Import a list: rasmi import FILE"))
    else:
        headers = (_("Organisation"), _("Kind"), _("Accounts"), _("Official"), _("Id"))
        table(headers, (_line(row) for row in rows))
    return 0


def _line(row: OrganisationCounts) -> tuple[object, ...]:
    organisation = row.organisation
    name = "  " * row.depth + organisation.name
    return name, organisation.kind.label, row.accounts, row.official, organisation.uid


def _as_json(row: OrganisationCounts) -> dict[str, Any]:
    organisation = row.organisation
    return {
        "id": organisation.uid,
        "code": organisation.code,
        "name_ms": organisation.name_ms,
        "name_en": organisation.name_en,
        "short_name": organisation.short_name,
        "kind": organisation.kind,
        "parent": row.parent_uid,
        "website": organisation.website,
        "accounts": row.accounts,
        "official": row.official,
        "accounts_with_those_below": row.accounts_below,
    }


ANSWER_IS = "a list, parents before what stands under them"
ANSWER = {
    "id": "public id",
    "code": "its code",
    "name_ms": "name in Malay",
    "name_en": "name in English",
    "short_name": "short name",
    "kind": (
        "`ministry`, `department`, `agency`, `statutory_body`, `state`, `local_council`, "
        "`other`, `unknown`"
    ),
    "parent": "id of the one above, null at the top",
    "website": "official website",
    "accounts": "its own accounts",
    "official": "those of them that are official",
    "accounts_with_those_below": "accounts of the whole branch",
}
