"""The overview put together: what is read for it, and where its sections stand at which width."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from sqlite3 import Connection

from audits import figures
from audits.explanation import core_policy
from audits.figures import Count, Ministry, NotAssessed, PlatformLine, TrendPoint
from audits.flags import Flag, Raised
from audits.ledger import latest_run
from audits.rules import Status
from audits.runs import Run
from audits.seminar import SeminarLine, seminar_table
from tui.overview_flags import flag_lines, flag_tile
from tui.overview_sections import empty_lines, gap_lines, run_lines
from tui.overview_tables import platform_lines, seminar_lines, trend_lines, worst_lines
from tui.widgets.picture import GAP, Band, Pillar

TWO_PILLARS, THREE_PILLARS = 106, 176
"""Cells from which sections stand side by side."""

PLATFORM_CELLS = 70
"""Cells in which the table of platforms has whole words for headings."""

MINISTRIES, MINISTRIES_ROOMY = 8, 20
RULES, RULES_ROOMY = 6, 12
"""Lines of a section, and how many where there is room for more."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Every figure of the overview, as it was read."""

    run: Run | None
    flags: Mapping[Flag, Mapping[Raised, Count]]
    platforms: Sequence[PlatformLine]
    worst: Sequence[Ministry]
    trend: Sequence[TrendPoint]
    seminar: Sequence[SeminarLine]

    @property
    def accounts(self) -> int:
        """How many accounts there are now."""
        return sum(one.accounts.number for one in self.platforms)


def read_overview(connection: Connection) -> Overview:
    """Read the figures, but for what could not be assessed."""
    return Overview(
        latest_run(connection),
        figures.flag_totals(connection),
        figures.platform_matrix(connection),
        figures.worst_ministries(connection, MINISTRIES_ROOMY),
        figures.trend(connection),
        seminar_table(connection),
    )


def read_gaps(connection: Connection) -> list[NotAssessed]:
    """Read which rules could be assessed least and what is missing, the most of it first.

    Every result of those rules is looked at, so only as many rules are as can be shown.
    """
    run = latest_run(connection)
    if run is None:
        return []
    policy = core_policy()
    counts = {code: tally.get(Status.NOT_ASSESSED, 0) for code, tally in run.tallies.items()}
    rules = [rule for rule in policy.rules if counts.get(rule.code)]
    rules.sort(key=lambda rule: (-counts[rule.code], rule.code))
    shown = replace(policy, rules=tuple(rules[:RULES_ROOMY]))
    gaps = figures.not_assessed(connection, policy=shown)
    return sorted(gaps, key=lambda gap: (-gap.count, gap.rule.code))


def overview_bands(
    overview: Overview, gaps: Sequence[NotAssessed], today: date, width: int
) -> list[Band]:
    """Lay the sections out: under one another, the most important first, or in columns."""
    if not overview.accounts:
        return [[Pillar(width, [empty_lines()])]]
    head = run_lines(overview.run, today, overview.accounts, width)
    if width < TWO_PILLARS:
        sections = [
            head,
            flag_lines(overview.flags, width),
            worst_lines(overview.worst[:MINISTRIES], width),
            platform_lines(overview.platforms, width),
            gap_lines(gaps[:RULES], width),
            trend_lines(overview.trend, width),
            seminar_lines(overview.seminar, width),
        ]
        return [[Pillar(width, sections)]]
    tile = (width - 3 * GAP) // 4
    tiles = [
        Pillar(tile, [flag_tile(flag, counts, tile)]) for flag, counts in overview.flags.items()
    ]
    return [[Pillar(width, [head])], tiles, _columns(overview, gaps, width)]


def _columns(overview: Overview, gaps: Sequence[NotAssessed], width: int) -> Band:
    roomy = width >= THREE_PILLARS
    first = max(PLATFORM_CELLS, (width - 2 * GAP) * 36 // 100) if roomy else PLATFORM_CELLS
    left = Pillar(
        first,
        [
            platform_lines(overview.platforms, first),
            seminar_lines(overview.seminar, first),
            trend_lines(overview.trend, first),
        ],
    )
    if not roomy:
        second = width - first - GAP
        worst = worst_lines(overview.worst[:MINISTRIES], second)
        return [left, Pillar(second, [worst, gap_lines(gaps[:RULES], second)])]
    second = (width - first - 2 * GAP) // 2
    third = width - first - second - 2 * GAP
    return [
        left,
        Pillar(second, [worst_lines(overview.worst, second)]),
        Pillar(third, [gap_lines(gaps[:RULES_ROOMY], third)]),
    ]
