"""Every number that screens and sheets show, worked out in one place, each with its rows.

A `Count` carries the search that lists the accounts behind it, in the words of the search line.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audits import ledger
from audits.damaged import intact
from audits.engine import unknown_patterns
from audits.explanation import core_policy, unknown_facts
from audits.fact_vocabulary import facts
from audits.flags import Flag, Raised
from audits.outcomes import PLACES_A_WORD, STATUS_OF
from audits.rules import Policy, Rule, Severity, Status
from audits.runs import Delta, Run
from inventory.language import Language, current
from inventory.vocabulary import Badge, OfficialStatus, OrganisationKind

BADGE_SHOWN = (
    Badge.GOVERNMENT, Badge.ORGANISATION, Badge.PAID_ORGANISATION, Badge.PAID_PERSON, Badge.LEGACY,
    Badge.UNSPECIFIED,
)  # fmt: skip
BADGE_NOT_SHOWN = (Badge.NONE, Badge.LOST, Badge.REQUESTED)


@dataclass(frozen=True, slots=True)
class Count:
    """A number and the search that lists what it counts; "" where there is nothing to list."""

    number: int
    search: str


@dataclass(frozen=True, slots=True)
class Ministry:
    """A line of a table by ministry: the organisation at the top of a branch.

    A branch begins at a ministry or a state, else at the root of its tree.
    """

    id: int
    uid: str
    name: str
    kind: OrganisationKind
    accounts: Count
    flags: Mapping[Flag, Mapping[Raised, Count]]
    open_findings: Mapping[Severity, int]
    search: str

    @property
    def findings(self) -> int:
        """All open findings of the branch."""
        return sum(self.open_findings.values())


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """Official status by badge on one platform: never one number for both."""

    platform: str
    accounts: Count
    cells: Mapping[tuple[OfficialStatus, bool | None], Count]

    def cell(self, status: OfficialStatus, badge: bool | None) -> Count:
        """Return how many accounts have a status and show a badge (None: not known)."""
        return self.cells[status, badge]

    def of_status(self, status: OfficialStatus) -> Count:
        """Return how many accounts have a status, whatever badge they show."""
        number = sum(self.cells[status, badge].number for badge in (True, False, None))
        return Count(number, f"{self.accounts.search} status:{status}")


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """What could not be judged under one rule, and which facts are missing how often."""

    rule: Rule
    count: int
    applicable: int
    missing: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One run in the course of runs."""

    run: Run
    flags: Mapping[Flag, int]
    open_findings: int


def flag_totals(connection: sqlite3.Connection) -> dict[Flag, dict[Raised, Count]]:
    """Return how many accounts have each value of each flag; all not assessed before any run."""
    counts = _flag_counts(connection, "0")
    return _flags(counts.get(0, Counter()), "")


def ministries(connection: sqlite3.Connection) -> list[Ministry]:
    """Return every branch with its accounts, flags and open findings, by name."""
    tops = _tops(connection)
    heads = {row[0]: row for row in connection.execute(_ORGANISATIONS)}
    flags: dict[int, Counter[tuple[Flag, Raised]]] = defaultdict(Counter)
    accounts: Counter[int] = Counter()
    for organisation, counts in _flag_counts(connection, "a.organisation_id").items():
        flags[tops[organisation]].update(counts)
        accounts[tops[organisation]] += sum(counts[Flag.UNOFFICIAL, v] for v in Raised)
    findings: dict[int, Counter[Severity]] = defaultdict(Counter)
    if ledger.has_runs(connection):
        for organisation, severity, count in connection.execute(_FINDINGS_BY_ORGANISATION):
            with intact(connection):
                findings[tops[organisation]][Severity(severity)] += count
    lines = []
    for top in set(tops.values()):
        _id, uid, name_ms, name_en, other, kind, _parent = heads[top]
        with intact(connection):
            its_kind = OrganisationKind(kind)
        search = f"ministry:{uid}"
        lines.append(
            Ministry(
                top,
                uid,
                _named(name_ms, name_en, other),
                its_kind,
                Count(accounts[top], search),
                _flags(flags[top], search),
                {severity: findings[top][severity] for severity in Severity},
                search,
            )
        )
    return sorted(lines, key=lambda line: (line.name.casefold(), line.uid))


def worst_ministries(connection: sqlite3.Connection, limit: int = 10) -> list[Ministry]:
    """Return the branches with open findings, the gravest first: by critical, then high, and on."""
    lines = [line for line in ministries(connection) if line.findings]
    lines.sort(key=lambda line: [-line.open_findings[severity] for severity in Severity])
    return lines[:limit]


def platform_matrix(connection: sqlite3.Connection) -> list[PlatformLine]:
    """Return official status by badge for every platform in use, the largest first."""
    counts: dict[str, Counter[tuple[OfficialStatus, bool | None]]] = defaultdict(Counter)
    for platform, status, badge, count in connection.execute(_BY_PLATFORM):
        with intact(connection):
            counts[platform][OfficialStatus(status), shows_badge(Badge(badge))] += count
    lines = [
        PlatformLine(
            platform,
            Count(sum(cells.values()), f"platform:{platform}"),
            {
                (status, badge): Count(cells[status, badge], _cell_search(platform, status, badge))
                for status in OfficialStatus
                for badge in (True, False, None)
            },
        )
        for platform, cells in counts.items()
    ]
    return sorted(lines, key=lambda line: (-line.accounts.number, line.platform))


def shows_badge(badge: Badge) -> bool | None:
    """Say whether the platform shows a badge; None where nobody knows."""
    if badge in BADGE_SHOWN:
        return True
    return False if badge in BADGE_NOT_SHOWN else None


def not_assessed(
    connection: sqlite3.Connection, *, policy: Policy | None = None
) -> Iterator[NotAssessed]:
    """Yield, for each rule with results that could not be assessed, what is missing."""
    run = ledger.latest_run(connection)
    policy = policy or core_policy()
    if run is None:
        return
    for code, tally in run.tallies.items():
        rule, count = policy.by_code.get(code), tally.get(Status.NOT_ASSESSED, 0)
        if rule is None or not count:
            continue
        missing: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        for accounts, applies, reason, *unknown in unknown_patterns(
            connection, rule, run.on.toordinal()
        ):
            values = {
                name: None if bit else 0 for name, bit in zip(rule.facts, unknown, strict=True)
            }
            for name in unknown_facts(rule, values, applies_unknown=bool(applies)):
                missing[name] += accounts
            reasons["unknown" if applies or not reason else reason] += accounts
        yield NotAssessed(
            rule,
            count,
            run.accounts - tally.get(Status.NOT_APPLICABLE, 0),
            tuple((facts()[name].words.here, number) for name, number in _most(missing)),
            tuple(
                (policy.reasons[name].filled(facts="").here.strip(" :"), number)
                for name, number in _most(reasons)
            ),
        )


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def accounts_with(connection: sqlite3.Connection, rule: str, status: Status) -> list[int]:
    """Return the ids of the accounts on which a rule has a status, as the last run left them."""
    place = ledger.places(connection).get(rule) if ledger.has_runs(connection) else None
    if place is None or status not in STATUS_OF:
        return []
    word, position = divmod(place, PLACES_A_WORD)
    rows = connection.execute(
        f"SELECT account_id FROM audit_outcomes WHERE ((w{word} >> ?) & 3) = ? ORDER BY 1",
        (2 * position, STATUS_OF.index(status)),
    )
    return [account for (account,) in rows]


def trend(connection: sqlite3.Connection) -> list[TrendPoint]:
    """Return the runs in the order they were held, with the flags raised and findings open."""
    points = []
    for run in reversed(ledger.runs(connection)):
        still = (Delta.NEW, Delta.REOPENED, Delta.UNCHANGED, Delta.NOT_EVALUATED)
        points.append(
            TrendPoint(
                run,
                {flag: run.flags[flag][Raised.YES] for flag in Flag},
                sum(run.delta[what] for what in still),
            )
        )
    return points


_BY_PLATFORM = """
SELECT platform, official_status, badge, count(*) FROM accounts GROUP BY 1, 2, 3
"""
_ORGANISATIONS = """
SELECT id, uid, name_ms, name_en, coalesce(short_name, code, uid), kind, parent_id
FROM organisations
"""
_FINDINGS_BY_ORGANISATION = """
SELECT a.organisation_id, r.severity, count(*) FROM audit_findings f
JOIN audit_rules r ON r.position = f.rule JOIN accounts a ON a.id = f.account_id
WHERE f.state = 'open' GROUP BY 1, 2
"""


def _flag_counts(
    connection: sqlite3.Connection, group: str
) -> dict[int, Counter[tuple[Flag, Raised]]]:
    marks = ", ".join(f"coalesce(m.{flag.value}, 'not_assessed')" for flag in Flag)
    found: dict[int, Counter[tuple[Flag, Raised]]] = defaultdict(Counter)
    for place, *values, count in connection.execute(
        f"SELECT {group}, {marks}, count(*) FROM accounts a"
        " LEFT JOIN account_marks m ON m.account_id = a.id GROUP BY 1, 2, 3, 4, 5"
    ):
        with intact(connection):
            for flag, value in zip(Flag, values, strict=True):
                found[place][flag, Raised(value)] += count
    return found


def _flags(counts: Counter[tuple[Flag, Raised]], search: str) -> dict[Flag, dict[Raised, Count]]:
    return {
        flag: {
            value: Count(counts[flag, value], f"{search} flag:{flag}={value}".strip())
            for value in Raised
        }
        for flag in Flag
    }


def _tops(connection: sqlite3.Connection) -> dict[int, int]:
    """Return, for each organisation, the one at the top of its branch."""
    rows = {row[0]: (row[5], row[6]) for row in connection.execute(_ORGANISATIONS)}
    heads = (OrganisationKind.MINISTRY, OrganisationKind.STATE)
    tops = {}
    for organisation in rows:
        top, seen = organisation, {organisation}
        while rows[top][0] not in heads and (parent := rows[top][1]) in rows and parent not in seen:
            top = parent
            seen.add(parent)
        tops[organisation] = top
    return tops


def _named(name_ms: str | None, name_en: str | None, other: str) -> str:
    ordered: Sequence[str | None] = (name_en, name_ms)
    if current() is Language.MALAY:
        ordered = (name_ms, name_en)
    return next((name for name in ordered if name), other)


def _cell_search(platform: str, status: OfficialStatus, badge: bool | None) -> str:
    kinds = {True: BADGE_SHOWN, False: BADGE_NOT_SHOWN, None: (Badge.UNKNOWN,)}[badge]
    return f"platform:{platform} status:{status} badge:{','.join(kinds)}"
