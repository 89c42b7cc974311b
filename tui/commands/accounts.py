"""`rasmi accounts`: the accounts that a search finds."""

import argparse
from typing import Any

from inventory.fields import Value
from inventory.language import Language, _, current
from inventory.reading import keys_by_account
from inventory.search import FIELD_WORDS, FLAGS, AccountList, read_search
from inventory.vocabulary import OfficialStatus
from tui.commands.shared import add_json, inventory_of
from tui.printer import emit, say, table, warn

Row = tuple[Value, ...]
_CELLS = (
    "uid",
    "platform",
    "handle",
    "url",
    "organisation",
    "status",
    "badge",
    "class",
    *FLAGS,
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help=_("words, or fields: {fields}").format(fields=" ".join(f"{f}:" for f in FIELD_WORDS)),
    )
    parser.add_argument("--limit", type=int, default=-1, help=_("at most so many"))
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """List the accounts; 2 when a term of the query makes no sense."""
    query = " ".join(call.query)
    problems = read_search(query).problems
    for problem in problems:
        warn(problem)
    if problems:
        return 2
    with inventory_of(call) as store:
        found = AccountList(store.connection, _cells(for_people=not call.json))
        rows = list(found.in_order(found.first_ids(query, limit=call.limit)))
        if call.json:
            keys = keys_by_account(store.connection)
            emit([_as_json(row, keys.get(row_id, [])) for row_id, row in rows])
            return 0
    _tell([row for _row_id, row in rows], query)
    return 0


def _cells(*, for_people: bool) -> tuple[str, ...]:
    # Machines get one name whatever is spoken; people get the one in their language.
    spoken = for_people and current() is Language.ENGLISH
    return tuple("organisation_en" if spoken and c == "organisation" else c for c in _CELLS)


def _as_json(row: Row, keys: list[str]) -> dict[str, Any]:
    uid, platform, handle, url, organisation, status, badge, account_class, *flags = row
    return {
        "id": uid,
        "key": keys[0] if keys else None,
        "keys": keys,
        "platform": platform,
        "handle": handle,
        "url": url,
        "organisation": organisation,
        "official_status": status,
        "badge": badge,
        "class": account_class,
        "flags": dict(zip(FLAGS, flags, strict=True)),
    }


def _tell(rows: list[Row], query: str) -> None:
    if not rows and not query:
        say(_("The inventory is empty. Import a list: rasmi import FILE"))
        return
    headers = (_("Organisation"), _("Platform"), _("Handle"), _("Status"), _("Flags"), _("Id"))
    table(headers, (_line(row) for row in rows))
    say(_("{count} accounts").format(count=len(rows)))


def _line(row: Row) -> tuple[Value, ...]:
    from audits.flags import Flag  # machines do not wait for words

    uid, platform, handle, _url, organisation, status, _badge, _class, *values = row
    raised = [Flag(flag).label for flag, value in zip(FLAGS, values, strict=True) if value == "yes"]
    standing = OfficialStatus(str(status)).label
    return organisation, platform, handle, standing, ", ".join(raised) or "–", uid


ANSWER_IS = "a list, one object an account"
ANSWER = {
    "id": "public id, stable",
    "key": "its first current key, null for none",
    "keys": "all its keys, former ones last",
    "platform": "platform key",
    "handle": "as recorded",
    "url": "canonical address",
    "organisation": "name of the organisation",
    "official_status": "`official`, `unofficial`, `disputed`, `unknown`",
    "badge": (
        "`government`, `organisation`, `paid_organisation`, `paid_person`, `legacy`, "
        "`unspecified`, `none`, `lost`, `requested`, `unknown`"
    ),
    "class": (
        "`corporate`, `programme`, `office_holder`, `individual`, `third_party`, `impostor`, "
        "`unknown`"
    ),
    "flags": (
        "`unofficial`, `unverified`, `unmonitorable`, `individual`, each `yes`, `no` or "
        "`not_assessed`, as the last audit left them"
    ),
}
