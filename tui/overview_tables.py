"""The tables of the overview: gravest findings, platforms, earlier audits, the seminar."""

from collections.abc import Sequence

from audits.figures import Count, Ministry, PlatformLine, TrendPoint
from audits.flags import Flag
from audits.rules import Severity
from audits.seminar import Definition, SeminarLine
from inventory.language import N_, _
from inventory.vocabulary import OfficialStatus
from tui.field_words import day_text
from tui.figure_cells import FLAG_LOOKS, SEVERITY_LOOKS, headed, number
from tui.going import Accounts, Findings, Flagged, Target
from tui.platform_names import platform_name
from tui.text import GOOD, HEAD, QUIET, STRONG, WARN, T
from tui.widgets.bars import bar, sparkline
from tui.widgets.lines import Line, Piece, fitted, line, piece, spread


def worst_lines(worst: Sequence[Ministry], width: int) -> list[Line]:
    """Give the branches with open findings, the gravest first, by severity."""
    if not worst:
        return []
    shown = [one for one in Severity if one is not Severity.INFO]
    if width < 56:
        shown = shown[:2]
    titles = [one.label for one in shown]
    columns = [max(5, len(title)) for title in titles]
    every = max(5, len(_("all")))
    drawn = 10 if width >= 76 else 0
    name = width - sum(columns) - len(columns) - every - 1 - (drawn + 1 if drawn else 0)
    widths = [name, *columns, every, *([drawn] if drawn else [])]
    heads = [*titles, _("all"), *([""] if drawn else [])]
    lines = [headed(_("Gravest findings"), *heads, widths=widths)]
    largest = max(one.findings for one in worst)
    for one in worst:
        parts = [piece(one.name, "", Findings(one.search))]
        for severity in shown:
            search = f"{one.search} severity:{severity}"
            parts.append(
                number(one.open_findings[severity], Findings(search), SEVERITY_LOOKS[severity])
            )
        parts.append(number(one.findings, Findings(f"{one.search} state:open")))
        if drawn:
            parts.append(fitted(piece(bar(one.findings, largest, drawn), "$secondary"), drawn))
        lines.append(spread(parts, widths))
    return lines


_STATUSES = (
    (OfficialStatus.UNOFFICIAL, "$text-error"),
    (OfficialStatus.DISPUTED, WARN),
    (OfficialStatus.UNKNOWN, QUIET),
)
_BADGES: tuple[tuple[bool | None, str, str], ...] = (
    (True, N_("badge"), GOOD),
    (False, N_("no badge"), WARN),
    (None, N_("unknown"), QUIET),
)


def platform_lines(platforms: Sequence[PlatformLine], width: int) -> list[Line]:
    """Give official status by badge for each platform; the first line adds them up."""
    titles = [_("all"), *(_(words) for _badge, words, _look in _BADGES)]
    titles += [status.label for status, _look in _STATUSES]
    columns = [max(5, len(title)) for title in titles]
    name = max(8, min(16, width - sum(columns) - len(columns)))
    widths = [name, *columns]
    official = sum(columns[1:4]) + 2
    before = name + columns[0] + 2
    over = _("official").center(official, "─") if official > 12 else _("official")
    lines = [
        line(piece(_("Platforms"), HEAD), piece(" " * max(1, before - len(_("Platforms")))),
             piece(over, QUIET)),
        headed("", *titles, widths=widths),
    ]  # fmt: skip
    if len(platforms) > 1:
        total = _platform_line(_("all platforms"), "", platforms)
        lines.append(spread(total, widths))
    lines += [
        spread(_platform_line(platform_name(one.platform), one.accounts.search, [one]), widths)
        for one in platforms
    ]
    return lines


def _platform_line(name: str, search: str, of: Sequence[PlatformLine]) -> list[Piece]:
    def opened(count: Count) -> Accounts:
        words = count.search.split()
        return Accounts(" ".join(w for w in words if search or not w.startswith("platform:")))

    parts = [
        piece(name, "" if search else STRONG),
        number(sum(one.accounts.number for one in of), Accounts(search)),
    ]
    for badge, _words, look in _BADGES:
        cells = [one.cell(OfficialStatus.OFFICIAL, badge) for one in of]
        parts.append(number(sum(cell.number for cell in cells), opened(cells[0]), look))
    for status, look in _STATUSES:
        whole = [one.of_status(status) for one in of]
        parts.append(number(sum(one.number for one in whole), opened(whole[0]), look))
    return parts


def trend_lines(points: Sequence[TrendPoint], width: int) -> list[Line]:
    """Set the flags and the open findings of the latest runs side by side, newest to the right."""
    if len(points) < 2:
        return []
    name = max(len(_("findings open")), *(len(flag.label) for flag in Flag))
    room = max(2, (width - name - 8) // 12)
    shown = points[-room:]
    widths = [name, *[10] * len(shown), 7, len(shown)]
    days = [day_text(point.run.on) for point in shown]
    runs = [point.run.number for point in shown]
    rows: list[tuple[str, list[int], list[Target], str]] = [
        (
            _("findings open"),
            [point.open_findings for point in shown],
            [Findings(f"run:{run}") for run in runs],
            "",
        )
    ]
    rows += [
        (
            flag.label,
            [point.flags[flag] for point in shown],
            [Flagged(run, flag.value) for run in runs],
            FLAG_LOOKS[flag],
        )
        for flag in Flag
    ]
    lines = [headed(_("Audit by audit"), *days, _("change"), "", widths=widths)]
    for title, counts, targets, look in rows:
        cells = [number(*pair) for pair in zip(counts, targets, strict=True)]
        rise = counts[-1] - counts[-2]
        change = piece(f"{rise:+,}", WARN if rise > 0 else GOOD if rise else QUIET)
        spark = piece(sparkline(counts), look or QUIET)
        lines.append(spread([piece(title), *cells, change, spark], widths))
    return lines


_SEMINAR = (
    (Definition.MINISTRIES_OFFICIAL, N_("ministries")),
    (Definition.ACCOUNTS_OFFICIAL, N_("of agencies")),
    (Definition.ACCOUNTS_UNOFFICIAL, N_("unofficial")),
)


def seminar_lines(table: Sequence[SeminarLine], width: int) -> list[Line]:
    """Give ministries with an official account and agencies' accounts, beside those of 2024."""
    titles = [_(words) for _definition, words in _SEMINAR]
    title = _("Official accounts")
    columns = [max(11, len(one)) for one in titles]
    name = min(max(16, len(title)), width - sum(columns) - len(columns))
    widths = [name, *columns]
    lines = [headed(title, *titles, widths=widths)]
    for one in table:
        before: Sequence[int | None] = (None, None, None)
        if (base := one.baseline) is not None:
            before = (base.ministries, base.agencies_official, base.agencies_unofficial)
        row: list[Piece] = [piece(platform_name(one.platform))]
        for (definition, _words), then in zip(_SEMINAR, before, strict=True):
            count = one.counts[definition]
            now = number(count.number, Accounts(count.search))
            row.append(now if then is None else _with_baseline(now, then))
        lines.append(spread(row, widths))
    note = _("in brackets: as read out at the seminar of 2024")
    return [*lines, line(fitted(piece(note, QUIET), width))]


def _with_baseline(now: Piece, then: int) -> Piece:
    return Piece(now.content + T(f" ({then})", QUIET), now.opens)
