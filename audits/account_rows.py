"""The accounts as a register lists them: record, marks of the last audit, and whose branch.

Rows come in the order of the tree of organisations, each with the ministry, state or root that
`figures.ministries()` counts it under.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from audits.damaged import intact
from audits.figures import ministries
from audits.flags import Flag, Raised
from audits.rules import Severity
from inventory.organisations import tree
from inventory.record import Organisation
from inventory.vocabulary import AccountClass, Badge, LegalOwner, Lifecycle, OfficialStatus

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One account; `findings` and `worst` are None for one that no audit has seen yet."""

    id: int
    uid: str
    organisation: Organisation
    branch: str
    platform: str
    handle: str
    url: str
    official_status: OfficialStatus
    badge: Badge
    badge_seen_on: date | None
    account_class: AccountClass
    lifecycle: Lifecycle
    legal_owner: LegalOwner
    handler_position: str | None
    monitoring_unit: str | None
    last_post_on: date | None
    reviewed_on: date | None
    flags: Mapping[Flag, Raised]
    findings: int | None
    worst: Severity | None


@dataclass(frozen=True, slots=True)
class Register:
    """The order of the accounts, and what is needed to read their rows."""

    connection: sqlite3.Connection
    ids: Sequence[int]
    organisations: Mapping[int, Organisation]
    branches: Mapping[int, str]

    def rows(self) -> Iterator[RegisterRow]:
        """Yield every account, in order, a block at a time."""
        remaining = iter(self.ids)
        while block := list(islice(remaining, _BLOCK)):
            rows = {row[0]: row for row in self.connection.execute(_ROWS, (str(block),))}
            for account_id in block:
                with intact(self.connection):
                    row = self._row(*rows[account_id])
                yield row

    def _row(
        self,
        row_id: int,
        uid: str,
        organisation_id: int,
        platform: str,
        handle: str,
        url: str,
        *rest: str | None,
    ) -> RegisterRow:
        status, badge, badge_seen, account_class, lifecycle, owner, handler, unit = rest[:8]
        last_post, reviewed, findings, worst, *flags = rest[8:]
        return RegisterRow(
            id=row_id,
            uid=uid,
            organisation=self.organisations[organisation_id],
            branch=self.branches[organisation_id],
            platform=platform,
            handle=handle,
            url=url,
            official_status=OfficialStatus(str(status)),
            badge=Badge(str(badge)),
            badge_seen_on=_day(badge_seen),
            account_class=AccountClass(str(account_class)),
            lifecycle=Lifecycle(str(lifecycle)),
            legal_owner=LegalOwner(str(owner)),
            handler_position=handler,
            monitoring_unit=unit,
            last_post_on=_day(last_post),
            reviewed_on=_day(reviewed),
            flags={flag: Raised(str(value)) for flag, value in zip(Flag, flags, strict=True)},
            findings=None if findings is None else int(findings),
            worst=Severity(worst) if worst else None,
        )


def register(connection: sqlite3.Connection) -> Register:
    """Return every account in the order of the tree, then by platform and handle."""
    lines = list(tree(connection))
    organisations = {line.organisation.id: line.organisation for line in lines}
    order = {row_id: place for place, row_id in enumerate(organisations)}
    held = connection.execute(
        "SELECT id, organisation_id FROM accounts ORDER BY platform, lower(handle), id"
    ).fetchall()
    held.sort(key=lambda row: order[row[1]])
    return Register(
        connection,
        [row_id for row_id, _organisation in held],
        organisations,
        _branches(connection, organisations),
    )


def _branches(
    connection: sqlite3.Connection, organisations: Mapping[int, Organisation]
) -> dict[int, str]:
    """Return the name of the line of `ministries()` that each organisation is counted in."""
    heads = {line.id: line.name for line in ministries(connection)}
    branches: dict[int, str] = {}
    for row_id in organisations:  # parents come before their children
        parent = organisations[row_id].parent_id or 0
        branches[row_id] = heads.get(row_id) or branches[parent]
    return branches


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_ROWS = f"""
SELECT a.id, a.uid, a.organisation_id, a.platform, a.handle, a.url, a.official_status, a.badge,
  a.badge_seen_on, a.account_class, a.lifecycle, a.legal_owner, a.handler_position,
  a.monitoring_unit, a.last_post_on, a.reviewed_on, m.findings, m.worst,
  {", ".join(f"coalesce(m.{flag.value}, 'not_assessed')" for flag in Flag)}
FROM accounts a LEFT JOIN account_marks m ON m.account_id = a.id
WHERE a.id IN (SELECT value FROM json_each(?))
"""
