"""The summary: the four flags and their course, by ministry, by platform, the seminar's table."""

from typing import TYPE_CHECKING

from audits.figures import Ministry, flag_totals, ministries, platform_matrix, trend
from audits.flags import Flag, Raised
from audits.rules import Severity
from audits.runs import Delta
from audits.seminar import (
    BASELINE,
    BASELINE_MINISTRIES,
    BASELINE_SOURCE,
    PLATFORMS,
    Definition,
    seminar_table,
)
from exports.cells import Value, put
from exports.sheets import sheet
from exports.sheets.charts import Source, bar_chart_height, lines, stacked_bars
from exports.sheets.layout import centred, heading, line, print_setup, span, widths
from exports.sheets.material import Material
from exports.sheets.wording import capital, in_words, platform_name
from exports.styles import ROW_HEIGHT, Style
from inventory.language import N_, _
from inventory.vocabulary import OfficialStatus

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS = 14
_ALL = (1, _COLUMNS)
_MOST_BRANCHES = 45
_MOST_BARS = 30  # what a page can show
_CHART_WIDTH = 31.0  # centimetres: the width of the page
_SMALL_CHART = 8.0
_FLAG_CHART = 5.5
_POINTS_A_CENTIMETRE = 28.35


@sheet(
    "summary",
    N_("Summary"),
    N_("The flags, run by run and by ministry; badges by platform; the seminar's table."),
)
def build(tab: "Worksheet", material: Material) -> None:
    """Fill the summary, one block below the other, each on a page of its own."""
    widths(tab, [44, *([9.5] * (_COLUMNS - 1))])
    heading(
        tab,
        _("Summary as at {day}").format(day=in_words(material.run.on)),
        _(
            "Official status is the organisation's decision, a badge is what the platform shows:"
            " the two are never one number. What could not be assessed stands in its own columns."
        ),
        material.back,
    )
    print_setup(tab, landscape=True)
    page = _Page(tab, 5)
    _overall(page, material)
    if material.before is not None:
        _trend(page, material)
    _by_ministry(page, material)
    _by_platform(page, material)
    _seminar(page, material)


class _Page:
    """Where on the sheet the next block begins."""

    def __init__(self, tab: "Worksheet", row: int) -> None:
        self.tab = tab
        self.row = row

    def title(self, text: str, note: str) -> None:
        """Open a block."""
        span(self.tab, self.row, _ALL, text, Style.SUBTITLE)
        span(self.tab, self.row + 1, _ALL, note, Style.NOTE)
        self.row += 2

    def header(self, words: list[Value]) -> None:
        """Write the header of a table."""
        self.line(words, [Style.HEADER] * len(words))

    def group(self, columns: tuple[int, int], words: str) -> None:
        """Write a header above several columns of the header that follows."""
        centred(span(self.tab, self.row, columns, capital(words), Style.HEADER))

    def line(self, values: list[Value], styles: list[Style]) -> None:
        """Write one row of a table."""
        line(self.tab, self.row, values, styles)
        self.row += 1

    def skip_chart(self, height: float) -> None:
        """Leave room for a chart so many centimetres tall."""
        self.row += round(height * _POINTS_A_CENTIMETRE / ROW_HEIGHT) + 2

    def turn(self) -> None:
        """Begin a new page of paper."""
        from openpyxl.worksheet.pagebreak import Break

        self.tab.row_breaks.append(Break(id=self.row - 1))


def _overall(page: _Page, material: Material) -> None:
    """The four flags over all accounts, beside a chart in which the unknown has its own colour."""
    page.title(
        _("The four flags over all accounts"),
        _("Not assessed means that nobody could tell. It is never counted as good news."),
    )
    top = page.row
    values = (Raised.YES, Raised.NOT_ASSESSED, Raised.NO)
    page.header([_("Flag"), *(capital(value.label) for value in values), _("Accounts")])
    first = page.row
    for flag, counts in flag_totals(material.connection).items():
        numbers: list[Value] = [counts[value].number for value in values]
        total = sum(count.number for count in counts.values())
        page.line([capital(flag.label), *numbers, total], [Style.WRAP, *([Style.NUMBER] * 4)])
    series = [(value.label, 2 + place) for place, value in enumerate(values)]
    stacked_bars(
        page.tab,
        f"G{top}",
        _("Accounts by flag"),
        Source(first, page.row - 1, 1, series, _RAISED_COLOURS),
        lying=True,
        size=(_CHART_WIDTH * 0.55, _FLAG_CHART),
    )
    page.row = top
    page.skip_chart(_FLAG_CHART)


def _trend(page: _Page, material: Material) -> None:
    page.title(
        _("Audit runs so far"),
        _("The oldest first. More accounts recorded can mean more flags, not a worse state."),
    )
    page.header(
        [
            _("Audit run"),
            _("As at"),
            _("Accounts"),
            *(capital(flag.label) for flag in Flag),
            *(_("Findings: {word}").format(word=delta.label) for delta in _SHOWN_DELTAS),
            _("Open findings"),
            _("Assessed"),
        ]
    )
    first = page.row
    styles = [
        Style.WRAP, Style.DATE, *([Style.NUMBER] * (6 + len(_SHOWN_DELTAS))), Style.PERCENT,
    ]  # fmt: skip
    for point in trend(material.connection):
        run = point.run
        page.line(
            [
                _("Audit run {number} of {day}").format(number=run.number, day=in_words(run.on)),
                run.on,
                run.accounts,
                *(point.flags[flag] for flag in Flag),
                *(run.delta[delta] for delta in _SHOWN_DELTAS),
                point.open_findings,
                run.coverage,
            ],
            styles,
        )
    source = Source(first, page.row - 1, 1, [(f.label, 4 + n) for n, f in enumerate(Flag)])
    page.row += 1
    lines(
        page.tab,
        f"A{page.row}",
        _("Accounts that carry each flag, run by run"),
        source,
        size=(_CHART_WIDTH, _SMALL_CHART),
    )
    page.skip_chart(_SMALL_CHART)


_SHOWN_DELTAS = (Delta.NEW, Delta.REOPENED, Delta.RESOLVED)


def _by_ministry(page: _Page, material: Material) -> None:
    page.turn()
    branches = sorted(ministries(material.connection), key=_worst_first)
    branches = [branch for branch in branches if branch.accounts.number]
    page.title(
        _("The four flags by ministry"),
        _(
            "The worst first, by the number of flags raised. An account can carry several flags,"
            " so they do not add up to the accounts. Agencies count under their ministry."
        ),
    )
    _flag_header(page)
    first = page.row
    shown = branches[:_MOST_BRANCHES]
    for branch in shown:
        page.line(_branch_line(branch.name, [branch]), _BRANCH_STYLES)
    if rest := branches[_MOST_BRANCHES:]:
        name = _("All others, {count} together").format(count=len(rest))
        page.line(_branch_line(name, rest), _BRANCH_STYLES)
    page.line(_branch_line(_("Total"), branches), [Style.STRONG] * 12)
    page.row += 1
    bars = [branch for branch in shown if _worst_first(branch)[0]][:_MOST_BARS]
    if bars:
        _ministry_chart(page, first, len(bars))


def _ministry_chart(page: _Page, first: int, bars: int) -> None:
    """Draw the branches with flags; the table above has them all."""
    page.turn()
    height = bar_chart_height(bars)
    source = Source(first, first + bars - 1, 1, [(f.label, 3 + 2 * n) for n, f in enumerate(Flag)])
    title = _("Flags raised, by ministry: the {count} with most").format(count=bars)
    size = (_CHART_WIDTH, height)
    stacked_bars(page.tab, f"A{page.row}", title, source, lying=True, size=size)
    page.skip_chart(height)


def _worst_first(branch: Ministry) -> tuple[int, int, str]:
    raised, unclear = (
        -sum(branch.flags[flag][value].number for flag in Flag)
        for value in (Raised.YES, Raised.NOT_ASSESSED)
    )
    return raised, unclear, branch.name.casefold()


_BRANCH_STYLES = [Style.WRAP, *([Style.NUMBER] * 11)]


def _flag_header(page: _Page) -> None:
    put(page.tab, page.row, 1, None, Style.HEADER)
    put(page.tab, page.row, 2, None, Style.HEADER)
    for place, flag in enumerate(Flag):
        centred(
            span(
                page.tab,
                page.row,
                (3 + 2 * place, 4 + 2 * place),
                capital(flag.label),
                Style.HEADER,
            )
        )
    centred(span(page.tab, page.row, (11, 12), _("Open findings"), Style.HEADER))
    page.row += 1
    halves: list[Value] = [Raised.YES.label, Raised.NOT_ASSESSED.label]
    page.header(
        [_("Ministry or branch"), _("Accounts"), *halves * 4, _("critical and high"), _("all")]
    )


def _branch_line(name: str, branches: list[Ministry]) -> list[Value]:
    values: list[Value] = [name, sum(branch.accounts.number for branch in branches)]
    for flag in Flag:
        for value in (Raised.YES, Raised.NOT_ASSESSED):
            values.append(sum(branch.flags[flag][value].number for branch in branches))
    grave = (Severity.CRITICAL, Severity.HIGH)
    values.append(sum(branch.open_findings[s] for branch in branches for s in grave))
    values.append(sum(branch.findings for branch in branches))
    return values


_RAISED_COLOURS = ("C0504D", "BFBFBF", "8FAADC")
_STATUS_COLOURS = ("1F3864", "C0504D", "F6A623", "BFBFBF")
_BADGES = (True, False, None)


def _by_platform(page: _Page, material: Material) -> None:
    page.turn()
    page.title(
        _("Official status and badge by platform"),
        _(
            "A badge of any kind counts as shown; “not known” means that nobody looked. A badge"
            " without an official status, and the other way round, both ask for an answer."
        ),
    )
    put(page.tab, page.row, 1, None, Style.HEADER)
    put(page.tab, page.row, 2, None, Style.HEADER)
    for place, status in enumerate(OfficialStatus):
        centred(
            span(
                page.tab,
                page.row,
                (3 + 3 * place, 5 + 3 * place),
                capital(status.label),
                Style.HEADER,
            )
        )
    page.row += 1
    badge: list[Value] = [_("badge"), _("no badge"), _("not known")]
    page.header([_("Platform"), _("Accounts"), *badge * len(OfficialStatus)])
    matrix = platform_matrix(material.connection)
    for found in matrix:
        cells = [found.cell(s, b).number for s in OfficialStatus for b in _BADGES]
        page.line(
            [platform_name(found.platform), found.accounts.number, *cells],
            [Style.WRAP, *([Style.NUMBER] * 13)],
        )
    totals = [sum(m.cell(s, b).number for m in matrix) for s in OfficialStatus for b in _BADGES]
    page.line([_("Total"), material.accounts, *totals], [Style.STRONG] * _COLUMNS)
    page.row += 1
    _platform_chart(page, material)


def _platform_chart(page: _Page, material: Material) -> None:
    """Sum the badges up beside a chart of the same figures."""
    matrix = platform_matrix(material.connection)
    top = page.row
    page.header([_("Official status by platform"), *(capital(s.label) for s in OfficialStatus)])
    first = page.row
    for found in matrix:
        sums: list[Value] = [
            sum(found.cell(status, badge).number for badge in _BADGES) for status in OfficialStatus
        ]
        page.line([platform_name(found.platform), *sums], [Style.WRAP, *([Style.NUMBER] * 4)])
    series = [(status.label, 2 + place) for place, status in enumerate(OfficialStatus)]
    stacked_bars(
        page.tab,
        f"G{top}",
        _("Accounts by official status and platform"),
        Source(first, page.row - 1, 1, series, _STATUS_COLOURS),
        lying=False,
        size=(_CHART_WIDTH * 0.55, _SMALL_CHART),
    )
    page.row = top
    page.skip_chart(max(_SMALL_CHART, len(matrix) * ROW_HEIGHT / _POINTS_A_CENTIMETRE))


def _seminar(page: _Page, material: Material) -> None:
    page.turn()
    table = seminar_table(material.connection)
    page.title(
        _("The seminar's table, counted by definition"),
        _(
            "Each line is counted by its own definition, of {ministries} ministries and {agencies}"
            " other active organisations; retired accounts do not count. Official and badged are"
            " never merged."
        ).format(ministries=table[0].ministries, agencies=table[0].agencies),
    )
    top = page.row
    platforms: list[Value] = [platform_name(found.platform) for found in table]
    page.header([_("Definition"), *platforms])
    for definition in Definition:
        page.line(
            [
                f"({definition.letter}) {definition.label}",
                *(found.counts[definition].number for found in table),
            ],
            [Style.WRAP, *([Style.NUMBER] * len(table))],
        )
    _baseline(page.tab, top)
    page.row += 1


def _baseline(tab: "Worksheet", row: int) -> None:
    """Write what was read out in 2024 beside our figures, and never into them."""
    words = (6, 11)
    span(tab, row, words, _("Read out in 2024: another count, for comparison"), Style.HEADER)
    held = [BASELINE[platform] for platform in PLATFORMS]
    for column, platform in enumerate(PLATFORMS, 12):
        centred(put(tab, row, column, platform_name(platform), Style.HEADER))
    lines_of: list[tuple[str, list[int]]] = [
        (
            _("ministries with an official or blue-tick account, of {count}").format(
                count=BASELINE_MINISTRIES
            ),
            [line.ministries for line in held],
        ),
        (_("agencies: official accounts"), [line.agencies_official for line in held]),
        (_("agencies: unofficial accounts"), [line.agencies_unofficial for line in held]),
    ]
    for offset, (text, numbers) in enumerate(lines_of, 1):
        span(tab, row + offset, words, text, Style.WRAP)
        for column, number in enumerate(numbers, 12):
            put(tab, row + offset, column, number, Style.NUMBER)
    span(
        tab,
        row + len(lines_of) + 1,
        (6, _COLUMNS),
        _(
            "Source: {source}. It merges official with blue tick and does not say whether agencies"
            " or accounts were counted, so it is printed beside our lines, not added to them."
        ).format(source=BASELINE_SOURCE.here),
        Style.NOTE,
    )
