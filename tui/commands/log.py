"""`rasmi log`: who changed what, when and why."""

import argparse
from typing import Any

from inventory import log
from inventory.language import _
from inventory.log import ChangeItem, LoggedChange
from tui.commands.shared import add_json, inventory_of
from tui.printer import emit, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("change", nargs="?", type=int, help=_("one change, with all it wrote"))
    parser.add_argument("--limit", type=int, default=50, help=_("at most so many; 50"))
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Show the newest changes, or one of them with everything it wrote."""
    with inventory_of(call) as store:
        if call.change is not None:
            found = [c for c in log.changes(store.connection) if c.seq == call.change]
            items = list(log.items(store.connection, call.change))
        else:
            found = list(log.changes(store.connection, limit=call.limit))
            items = []
    if call.json:
        emit([_as_json(change, items) for change in found])
        return 0
    for change in found:
        _tell(change)
    for item in items:
        _tell_item(item)
    if not found:
        say(_("The log is empty: nothing was changed yet."))
    return 0


def _as_json(change: LoggedChange, items: list[ChangeItem]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "change": change.seq,
        "at": change.at,
        "actor": change.actor,
        "reason": change.reason,
        "source": change.source,
        "undoes": change.undoes,
        "items": change.items,
        "hash": change.hash,
    }
    if items:
        entry["wrote"] = [
            {"table": item.entity, "row": item.row_id, "before": item.before, "after": item.after}
            for item in items
        ]
    return entry


def _tell(change: LoggedChange) -> None:
    when = change.at[:16].replace("T", " ")
    say(f"{change.seq:>6}  {when}Z  {change.actor['name']}  ·  {change.reason}")
    details = [_("{count} rows").format(count=change.items), change.hash[:12]]
    if change.source:
        details.insert(0, change.source)
    if change.undoes is not None:
        details.insert(0, _("takes back change {seq}").format(seq=change.undoes))
    say("        " + "  ·  ".join(details))


def _tell_item(item: ChangeItem) -> None:
    say(f"        {item.entity} {item.row_id}")
    before, after = item.before or {}, item.after or {}
    for name in dict.fromkeys([*before, *after]):
        say(f"          {name}: {before.get(name, '–')} → {after.get(name, '–')}")


ANSWER_IS = "a list, newest first"
ANSWER = {
    "change": "its number",
    "at": "when, UTC",
    "actor": "`name` (declared), `os_user`, `uid`, `host`",
    "reason": "why",
    "source": "the list it came from",
    "undoes": "the change it takes back",
    "items": "rows written",
    "hash": "covers it and everything before",
    "wrote": "with a number given: `table`, `row`, `before`, `after` of each row",
}
