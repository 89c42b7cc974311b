"""How many findings are open, rule by rule: one scan for whoever counts them."""

import sqlite3
from dataclasses import dataclass

from audits import ledger
from audits.damaged import intact
from audits.finding_deltas import HELD
from audits.rules import Severity


@dataclass(frozen=True, slots=True)
class OpenFindings:
    """The open findings of one rule."""

    rule: str
    severity: Severity
    count: int


def open_findings(connection: sqlite3.Connection) -> list[OpenFindings]:
    """Return the rules with open findings, the gravest first, then those with most of them."""
    if not ledger.has_runs(connection):
        return []
    rows = connection.execute(
        "SELECT r.code, r.severity, count(*) FROM audit_findings f JOIN audit_rules r"
        f" ON r.position = f.rule WHERE f.state = 'open' AND {HELD} GROUP BY r.position"
        " ORDER BY r.rank, count(*) DESC, r.code"
    )
    with intact(connection):
        return [OpenFindings(code, Severity(severity), count) for code, severity, count in rows]
