"""The results of one rule, account by account, and the accounts behind a flag of any run."""

import sqlite3
from collections.abc import Sequence

from audits import ledger
from audits.engine import explained_rows
from audits.explanation import Explanation, core_policy, explanation_of
from audits.flags import Flag, Raised, flags_of


def explanations(
    connection: sqlite3.Connection, rule: str, accounts: Sequence[int]
) -> dict[int, Explanation]:
    """Return, by account, what the last run made of a rule and why; none before any run."""
    run = ledger.latest_run(connection)
    known = core_policy().by_code.get(rule)
    if run is None or known is None:
        return {}
    rows = explained_rows(connection, known, run.on.toordinal(), accounts)
    return {row[0]: explanation_of(known, row, core_policy()) for row in rows}


def accounts_flagged(
    connection: sqlite3.Connection, run: int, flag: Flag, value: Raised = Raised.YES
) -> list[int]:
    """Return the ids of the accounts whose flag had a value after a run, in their order."""
    held = next((one for one in ledger.runs(connection) if one.number == run), None)
    if held is None:
        return []
    places = ledger.places(connection)
    positions = {code: places[code] for code in held.rules}
    return [
        account
        for account, outcome in ledger.outcomes_of(connection, run)
        if flags_of(outcome, positions)[flag] is value
    ]
