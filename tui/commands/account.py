"""`rasmi account`: one account with its record, findings, evidence and history."""

import argparse
import sqlite3
from typing import Any

from audits.differences import Difference, differences
from audits.findings import RuleResult, results_for_account
from audits.rules import Status
from inventory import log, reading
from inventory.language import _
from inventory.record import (
    Account,
    Evidence,
    Observation,
    Organisation,
    field_named,
    fields_of,
)
from inventory.rows import as_stored
from inventory.vocabulary import Choice
from tui.commands.shared import account_of, add_json, inventory_of
from tui.field_words import value_text
from tui.printer import emit, say
from tui.seen_words import seen_text


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("account", help=_("its id, key or row number"))
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Show everything that is known of the account, and how much is not."""
    with inventory_of(call) as store:
        account = account_of(store, call.account)
        if call.json:
            emit(_as_json(store.connection, account))
        else:
            _tell(store.connection, account)
    return 0


def _as_json(connection: sqlite3.Connection, account: Account) -> dict[str, Any]:
    organisation = reading.get(connection, Organisation, account.organisation_id)
    return {
        "id": account.uid,
        "version": account.version,
        "organisation": organisation.name if organisation else None,
        "keys": [item.key for item in reading.keys_of(connection, account.id)],
        **{item.name: as_stored(getattr(account, item.name)) for item in _shown_fields()},
        "results": [_result(item) for item in results_for_account(connection, account.id)],
        "evidence": [_values(item) for item in _about(connection, Evidence, account)],
        "observations": [
            {"id": item.uid, **_values(item)} for item in _about(connection, Observation, account)
        ],
        "differences": [_difference(item) for item in differences(connection, account)],
    }


def _tell(connection: sqlite3.Connection, account: Account) -> None:
    organisation = reading.get(connection, Organisation, account.organisation_id)
    say(f"{account.display_name or account.handle}  ·  {account.platform}  ·  {account.uid}")
    say(account.url)
    say(organisation.name if organisation else "–")
    for item in reading.keys_of(connection, account.id):
        say(f"  {item.key}  {item.status.label}")
    say()
    unknown = 0
    for field in _shown_fields():
        value = getattr(account, field.name)
        if value is None or value == "unknown":
            unknown += 1
        else:
            say(f"  {field.label:<34} {value.label if isinstance(value, Choice) else value}")
    say("  " + _("{count} fields are not known.").format(count=unknown))
    _tell_differences(connection, account)
    _tell_results(connection, account)
    _tell_history(connection, account)


def _tell_differences(connection: sqlite3.Connection, account: Account) -> None:
    found = differences(connection, account)
    if found:
        say()
        say("  " + _("Seen differently; `rasmi accept ID` takes it over:"))
    for item in found:
        field, seen = field_named(Account, item.field), item.observation
        recorded = value_text(field, item.recorded)
        say(f"  {seen.uid}  {field.label}: {recorded} → {seen_text(item)}  {seen.seen_on}")


def _tell_results(connection: sqlite3.Connection, account: Account) -> None:
    say()
    results = results_for_account(connection, account.id)
    failing = [item for item in results if item.status is Status.FAIL]
    for item in failing:
        rule, said = item.rule, item.explanation
        say(f"  {item.finding or rule.code}  {rule.severity.label}  {rule.code}  {rule.title.here}")
        say(f"      {said.actual}  ·  {said.reason}")
        say(f"      → {rule.remedy.here}")
    if not failing:
        say("  " + _("No open findings, or not audited yet."))


def _tell_history(connection: sqlite3.Connection, account: Account) -> None:
    say()
    for change, item in log.history(connection, "accounts", account.id):
        what = ", ".join(item.after or {}) if item.before is not None else _("recorded")
        say(f"  {change.at[:10]}  {change.actor['name']}  {change.reason}  ({what})")


def _shown_fields() -> list[Any]:
    return [item for item in fields_of(Account) if item.name != "organisation_id"]


def _about(connection: sqlite3.Connection, record_type: type[Any], account: Account) -> list[Any]:
    return reading.records_about(connection, record_type, account.id)


def _values(record: Any) -> dict[str, Any]:
    return {item.name: as_stored(getattr(record, item.name)) for item in fields_of(type(record))}


def _difference(item: Difference) -> dict[str, Any]:
    return {
        "observation": item.observation.uid,
        "field": item.field,
        "recorded": as_stored(item.recorded),
        "seen": item.observation.value,
    }


def _result(item: RuleResult) -> dict[str, Any]:
    return {
        "rule": item.rule.code,
        "status": item.status.value,
        "finding": item.finding,
        "actual": item.explanation.actual,
        "expected": item.explanation.expected,
        "reason": item.explanation.reason,
    }


ANSWER_IS = "an object: the fields of the record under their names, and"
ANSWER = {
    "id": "public id",
    "version": "goes up with every edit",
    "organisation": "name",
    "keys": "all keys",
    "results": "every rule: `rule`, `status`, `finding`, `actual`, `expected`, `reason`",
    "evidence": "the proofs",
    "observations": "what was seen, each with the `id` that `rasmi accept` takes",
    "differences": "seen otherwise than recorded: `observation`, `field`, `recorded`, `seen`",
}
