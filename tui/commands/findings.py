"""`rasmi findings`: what the last audit left open, with clause and remedy."""

import argparse
from collections.abc import Iterator
from typing import Any

from audits.findings import FindingFilter, FindingRow, finding_ids, finding_rows
from audits.ledger import latest_run
from audits.rules import Severity
from audits.runs import Delta
from inventory.language import _
from inventory.store import Store
from tui.commands.shared import account_of, add_json, inventory_of, organisation_of
from tui.printer import emit, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--rule", metavar="CODE", help=_("of one rule"))
    parser.add_argument(
        "--severity", choices=[item.value for item in Severity], help=_("of one severity")
    )
    parser.add_argument("--account", metavar="ID", help=_("of one account"))
    parser.add_argument("--organisation", metavar="ID", help=_("of an organisation's whole branch"))
    parser.add_argument(
        "--state", choices=["open", "resolved", "any"], default="open", help=_("open unless said")
    )
    parser.add_argument(
        "--delta",
        choices=[item.value for item in Delta],
        help=_("what became of it in the last run"),
    )
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """List the findings, the gravest first."""
    with inventory_of(call) as store:
        done = latest_run(store.connection)
        rows = list(_found(call, store)) if done else []
    if call.json:
        emit([_as_json(row) for row in rows])
    elif done is None:
        say(_("The inventory was not audited yet. Run: rasmi audit"))
    else:
        for row in rows:
            _tell(row)
        say(_("{count} findings").format(count=len(rows)))
    return 0


def _found(call: argparse.Namespace, store: Store) -> Iterator[FindingRow]:
    wanted = FindingFilter(
        rule=call.rule.upper() if call.rule else None,
        severity=Severity(call.severity) if call.severity else None,
        account=account_of(store, call.account).id if call.account else None,
        organisation=organisation_of(store, call.organisation).id if call.organisation else None,
        state=None if call.state == "any" or call.delta else call.state,
        delta=Delta(call.delta) if call.delta else None,
    )
    return finding_rows(store.connection, finding_ids(store.connection, wanted))


def _as_json(row: FindingRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "rule": row.rule,
        "severity": row.severity.value,
        "title": row.title,
        "account": row.account,
        "platform": row.platform,
        "handle": row.handle,
        "url": row.url,
        "organisation": row.organisation,
        "actual": row.actual,
        "expected": row.expected,
        "reason": row.reason,
        "clause": row.clause,
        "remedy": row.remedy,
        "state": row.state,
        "evaluated": row.evaluated,
        "reopened": row.reopened,
        "first_run": row.first_run.isoformat(),
        "last_run": row.last_run.isoformat(),
        "days_open": row.age,
        "fingerprint": row.fingerprint,
    }


def _tell(row: FindingRow) -> None:
    say(f"{row.number}  {row.severity.label}  {row.rule}  {row.title}")
    say(f"    {row.organisation}  ·  {row.platform} {row.handle}  ·  {row.account}")
    say(
        "    "
        + _("is {actual}; should be {expected}").format(actual=row.actual, expected=row.expected)
    )
    say(f"    {row.reason}")
    say(f"    {row.clause}")
    say(f"    → {row.remedy}")


ANSWER_IS = "a list, the gravest first"
ANSWER = {
    "number": "never changes",
    "rule": "code of the rule",
    "severity": "`critical`, `high`, `medium`, `low`, `info`",
    "title": "what the rule asks, in the language spoken",
    "account": "id of the account",
    "platform": "platform key",
    "handle": "as recorded",
    "url": "canonical address",
    "organisation": "its name",
    "actual": "what is",
    "expected": "what should be",
    "reason": "why it fails, in words",
    "clause": "the clauses behind the rule",
    "remedy": "what clears it",
    "state": "`open` or `resolved`",
    "evaluated": "whether the last run could judge it",
    "reopened": "how often it came back",
    "first_run": "date of the run that opened it",
    "last_run": "date of the last run that spoke of it",
    "days_open": "days between the two",
    "fingerprint": "rule and account, the same in every copy of the inventory",
}
