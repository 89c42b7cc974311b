"""Reading the results: findings for lists and sheets, and everything about one account."""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import islice

from audits import ledger
from audits.damaged import intact
from audits.engine import explained_rows
from audits.explanation import Explanation, core_policy, explanation_of
from audits.finding_deltas import HELD, delta_sql
from audits.outcomes import WORDS, status_at
from audits.rules import Policy, Rule, Severity, Status
from audits.runs import Delta, Run
from inventory.language import Language, _, current

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with the account it is about, in the language spoken when it was read.

    `number` never changes. `age` counts the days from the run that opened it to the last run.
    """

    id: int
    number: str
    fingerprint: str
    rule: str
    severity: Severity
    title: str
    account_id: int
    account: str
    handle: str
    platform: str
    url: str
    organisation: str
    organisation_uid: str
    actual: str
    expected: str
    reason: str
    clause: str
    remedy: str
    state: str
    evaluated: bool
    reopened: int
    first_run: date
    last_run: date
    age: int


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule on one account as the last run left it."""

    rule: Rule
    status: Status
    explanation: Explanation
    finding: str | None


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings are wanted; None is any. `organisation` takes in what stands below it.

    `delta` is what became of them in `run`, in the last one without it; `state` narrows that too.
    Findings of accounts that are not in the inventory are not listed.
    """

    rule: str | None = None
    severity: Severity | None = None
    organisation: int | None = None
    account: int | None = None
    state: str | None = "open"
    run: int | None = None
    delta: Delta | None = None

    def where(self) -> tuple[str, dict[str, object]]:
        """Return the condition over `audit_findings f` and `audit_rules r`, and its values.

        Raises ValueError where `run` is given for a delta that only the last run can tell.
        """
        tests = {
            "r.code = :rule": self.rule,
            "r.severity = :severity": self.severity and self.severity.value,
            "f.account_id = :account": self.account,
            "f.state = :state": self.state,
            _UNDER: self.organisation,
        }
        conditions = [HELD, *(test for test, value in tests.items() if value is not None)]
        if self.delta is not None:
            conditions.append(delta_sql(self.delta, self.run))
        values: dict[str, object] = {
            "rule": self.rule,
            "severity": self.severity and self.severity.value,
            "account": self.account,
            "state": self.state,
            "organisation": self.organisation,
        }
        return " AND ".join(conditions), values


_UNDER = (
    "f.account_id IN (WITH RECURSIVE under (id) AS (VALUES (:organisation) UNION"
    " SELECT o.id FROM organisations o JOIN under u ON o.parent_id = u.id)"
    " SELECT a.id FROM accounts a JOIN under u ON a.organisation_id = u.id)"
)


def finding_ids(
    connection: sqlite3.Connection, wanted: FindingFilter | None = None, *, limit: int = -1
) -> "array[int]":
    """Return the ids of findings, the gravest first, then by rule and number.

    Raises ValueError where `wanted` names an earlier run for a delta that only the last can tell.
    """
    if not ledger.has_runs(connection):
        return array("q")
    wanted = wanted or FindingFilter()
    if wanted.run is not None and wanted.run == ledger.last_number(connection):
        wanted = replace(wanted, run=None)
    condition, values = wanted.where()
    rows = connection.execute(
        "SELECT f.number FROM audit_findings f JOIN audit_rules r ON r.position = f.rule"
        f" WHERE {condition} ORDER BY r.rank, r.code, f.number LIMIT :limit",
        {**values, "limit": limit},
    )
    return array("q", (number for (number,) in rows))


def finding_rows(
    connection: sqlite3.Connection, ids: Sequence[int], *, policy: Policy | None = None
) -> Iterator[FindingRow]:
    """Yield findings in the order of `ids`, explained from the facts of the last run."""
    run = ledger.latest_run(connection)
    if run is None:
        return
    policy = policy or core_policy()
    days = dict(connection.execute("SELECT id, held_on FROM audit_runs"))
    remaining = iter(ids)
    while block := list(islice(remaining, _BLOCK)):
        rows = {row[0]: row for row in connection.execute(_FINDINGS, (str(block),))}
        wanted = defaultdict(list)
        for row in rows.values():
            wanted[row[1]].append(row[2])
        said = {
            code: _explanations(connection, policy, code, run, accounts)
            for code, accounts in wanted.items()
        }
        for number in block:
            if (row := rows.get(number)) is not None:
                explanation = said[row[1]].get(row[2])
                with intact(connection):
                    finding = _finding_row(row, policy, explanation, days, run)
                yield finding


def findings(
    connection: sqlite3.Connection,
    *,
    rule: str | None = None,
    severity: Severity | None = None,
    organisation: int | None = None,
    account: int | None = None,
    state: str | None = "open",
    policy: Policy | None = None,
) -> Iterator[FindingRow]:
    """Yield findings, the gravest first; `state` is open, resolved or None for both."""
    wanted = FindingFilter(rule, severity, organisation, account, state)
    return finding_rows(connection, finding_ids(connection, wanted), policy=policy)


def delta(connection: sqlite3.Connection, run: int, what: Delta) -> Iterator[FindingRow]:
    """Yield the findings of which something became in a run; see FindingFilter."""
    wanted = FindingFilter(state=None, run=run, delta=what)
    return finding_rows(connection, finding_ids(connection, wanted))


def results_for_account(
    connection: sqlite3.Connection, account_id: int, *, policy: Policy | None = None
) -> list[RuleResult]:
    """Return every rule's result on one account, the fails first, explained."""
    run = ledger.latest_run(connection)
    if run is None:
        return []
    policy = policy or core_policy()
    words = ", ".join(f"w{i}" for i in range(WORDS))
    outcome = connection.execute(
        f"SELECT {words} FROM audit_outcomes WHERE account_id = ?", (account_id,)
    ).fetchone()
    if outcome is None:
        return []
    places = ledger.places(connection)
    numbers = {
        rule: number_of(number)
        for rule, number in connection.execute(
            "SELECT r.code, f.number FROM audit_findings f JOIN audit_rules r"
            " ON r.position = f.rule WHERE f.account_id = ? AND f.state = 'open'",
            (account_id,),
        )
    }
    results = []
    for rule in policy.rules:
        if rule.code in run.errors:
            said = Explanation(Status.ERROR, "", rule.expected.here, _("the rule broke"))
        elif rule.code in run.tallies:
            explained = _explanations(connection, policy, rule.code, run, [account_id])
            status = status_at(outcome, places[rule.code])
            said = replace(explained[account_id], status=status)
        else:
            continue
        results.append(RuleResult(rule, said.status, said, numbers.get(rule.code)))
    return sorted(
        results, key=lambda result: (_FIRST.index(result.status), result.rule.severity.rank)
    )


def number_of(finding: int) -> str:
    """Return the public number of a finding."""
    return f"F-{finding:06d}"


def finding_by(connection: sqlite3.Connection, number: str) -> FindingRow | None:
    """Return the finding with a public number such as F-000123, None where there is none."""
    digits = number.upper().removeprefix("F-")
    if not (digits.isascii() and digits.isdigit()):
        return None
    return next(finding_rows(connection, [int(digits)]), None)


def fingerprint(rule: str, account_uid: str) -> str:
    """Return what identifies a finding anywhere: it changes with neither handle, text nor date."""
    return sha256(f"f1|{rule}|account|{account_uid}|".encode()).hexdigest()[:16]


_FIRST = (Status.FAIL, Status.ERROR, Status.NOT_ASSESSED, Status.PASS, Status.NOT_APPLICABLE)

_FINDINGS = """
SELECT f.number, r.code, f.account_id, r.severity, f.state, f.evaluated, f.reopened, f.first_run,
  f.until_run, a.uid, a.handle, a.platform, a.url, o.uid, o.name_ms, o.name_en,
  coalesce(o.short_name, o.code, o.uid)
FROM audit_findings f JOIN audit_rules r ON r.position = f.rule
JOIN accounts a ON a.id = f.account_id
JOIN organisations o ON o.id = a.organisation_id
WHERE f.number IN (SELECT value FROM json_each(?))
"""


def _explanations(
    connection: sqlite3.Connection, policy: Policy, code: str, run: Run, accounts: Sequence[int]
) -> dict[int, Explanation]:
    rule = policy.by_code.get(code)
    if rule is None:
        return {}
    rows = explained_rows(connection, rule, run.on.toordinal(), accounts)
    return {row[0]: explanation_of(rule, row, policy) for row in rows}


def _finding_row(
    row: Sequence[object],
    policy: Policy,
    explanation: Explanation | None,
    days: dict[int, str],
    run: Run,
) -> FindingRow:
    number, code, account_id, severity, state, evaluated, reopened, first, until = row[:9]
    uid, handle, platform, url, organisation_uid, name_ms, name_en, other = row[9:]
    rule = policy.by_code.get(str(code))
    names = (name_ms, name_en) if current() is Language.MALAY else (name_en, name_ms)
    opened = date.fromisoformat(days[int(str(first))])
    last = date.fromisoformat(days[int(str(until))]) if until is not None else run.on
    return FindingRow(
        id=int(str(number)),
        number=number_of(int(str(number))),
        fingerprint=fingerprint(str(code), str(uid or "")),
        rule=str(code),
        severity=Severity(str(severity)),
        title=rule.title.here if rule else str(code),
        account_id=int(str(account_id)),
        account=str(uid or ""),
        handle=str(handle or ""),
        platform=str(platform or ""),
        url=str(url or ""),
        organisation=str(names[0] or names[1] or other or ""),
        organisation_uid=str(organisation_uid or ""),
        actual=explanation.actual if explanation else _("not known"),
        expected=explanation.expected if explanation else "",
        reason=explanation.reason if explanation else "",
        clause=", ".join(clause.id for clause in rule.clauses) if rule else "",
        remedy=rule.remedy.here if rule else "",
        state=str(state),
        evaluated=bool(evaluated),
        reopened=int(str(reopened)),
        first_run=opened,
        last_run=last,
        age=(run.on - opened).days,
    )
