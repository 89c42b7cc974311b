"""What the overview says, section by section: figures in, lines with cells to open out."""

from collections.abc import Mapping, Sequence
from datetime import date

from audits.figures import Count, Ministry, NotAssessed, PlatformLine, TrendPoint
from audits.flags import Flag, Raised
from audits.rules import Severity, Status
from audits.runs import Delta, Run
from audits.seminar import Definition, SeminarLine
from inventory.language import N_, _
from inventory.vocabulary import OfficialStatus
from tui.field_words import day_text
from tui.going import Accounts, Ask, Findings, Flagged, OneRule, Results, Target
from tui.platform_names import platform_name
from tui.text import BAD, GOOD, HEAD, QUIET, STRONG, WARN, T
from tui.widgets.bars import bar, big_digits, shares, sparkline
from tui.widgets.lines import Line, Piece, fitted, line, piece, spread, wrapped_pieces

NOTHING = "–"
RULES_SHOWN = 6
"""Rules named in the section on what was not assessed; the list of rules holds all."""

SEVERITY_LOOKS = {
    Severity.CRITICAL: BAD,
    Severity.HIGH: "$text-error",
    Severity.MEDIUM: WARN,
    Severity.LOW: "",
    Severity.INFO: QUIET,
}
FLAG_LOOKS = {
    Flag.UNOFFICIAL: "$text-error",
    Flag.UNVERIFIED: WARN,
    Flag.UNMONITORABLE: WARN,
    Flag.INDIVIDUAL: "$text-error",
}

Flags = Mapping[Flag, Mapping[Raised, Count]]


def number(count: int, opens: Target, look: str = "") -> Piece:
    """Return a number that opens what it counts; nothing is a dash and opens nothing."""
    return piece(f"{count:,}", look, opens) if count else piece(NOTHING, QUIET)


def headed(title: str, *titles: str, widths: Sequence[int]) -> Line:
    """Return the heading of a section with those of its columns."""
    return spread([piece(title, HEAD), *(piece(one, QUIET) for one in titles)], widths)


# -- the run -------------------------------------------------------------------------------------


def run_lines(run: Run | None, today: date, accounts: int, width: int) -> list[Line]:
    """Say when the last audit was held, what it found, and what has changed since the one before.

    `accounts` is how many there are now.
    """
    if run is None:
        return _never_audited(accounts, width)
    what = _("Audit {number} of {day}, {age}").format(
        number=run.number, day=day_text(run.on), age=_age((today - run.on).days)
    )
    policy = _("policy {code} {version}").format(code=run.policy, version=run.policy_version)
    audited = _("{number} accounts").format(number=f"{run.accounts:,}")
    first = [piece(what, STRONG), piece(audited, "", Accounts("")), piece(policy, QUIET)]
    later = accounts - run.accounts
    if later > 0:
        words = _("{number} came after it: a audits again").format(number=f"{later:,}")
        first.append(piece(words, WARN, Ask("audit")))
    return [
        *wrapped_pieces(first, width, " · "),
        *wrapped_pieces(_delta_pieces(run), width, " · "),
    ]


def _delta_pieces(run: Run) -> list[Piece]:
    still = (Delta.NEW, Delta.REOPENED, Delta.UNCHANGED, Delta.NOT_EVALUATED)
    open_now = sum(run.delta.get(what, 0) for what in still)
    words = _("{number} findings open").format(number=f"{open_now:,}")
    pieces = [piece(words, STRONG, Findings(""))]
    looks = {Delta.NEW: WARN, Delta.REOPENED: WARN, Delta.RESOLVED: GOOD}
    for what in (
        Delta.NEW,
        Delta.REOPENED,
        Delta.RESOLVED,
        Delta.UNCHANGED,
        Delta.NOT_EVALUATED,
    ):
        count = run.delta.get(what, 0)
        if count or what in looks:
            opens = Findings(f"delta:{what}") if count else None
            look = looks.get(what, "") if count else QUIET
            pieces.append(piece(f"{count:,} {what.label}", look, opens))
    return pieces


def _never_audited(accounts: int, width: int) -> list[Line]:
    count = _("{number} accounts, not audited yet").format(number=f"{accounts:,}")
    return wrapped_pieces(
        [
            piece(count, STRONG, Accounts("")),
            piece(_("a audits them by the rules"), WARN, Ask("audit")),
        ],
        width,
    )


def _age(days: int) -> str:
    if days <= 0:
        return _("today")
    return _("yesterday") if days == 1 else _("{number} days ago").format(number=f"{days:,}")


def empty_lines() -> list[Line]:
    """Say what to do in an inventory without accounts."""
    return [
        line(piece(_("There are no accounts yet."), STRONG)),
        (),
        line(piece(_("i  imports a list: .csv, .xlsx or .json"), "", Ask("import"))),
        line(piece(_("2  then n  adds a single account by its address"), "", Ask("accounts"))),
        line(piece(_("?  shows every key"), "", Ask("help"))),
        (),
        line(piece(_("To look around first: rasmi demo makes an invented inventory."), QUIET)),
    ]


# -- the four flags ------------------------------------------------------------------------------


def flag_lines(flags: Flags, width: int) -> list[Line]:
    """Give the four flags, one a line: a bar, then how many yes, no and not assessed."""
    titles = (_("yes"), "", _("no"), _("not assessed"))
    last = max(5, len(titles[3]))
    name = max(len(flag.label) for flag in Flag) + 1
    widths = [name, max(4, width - name - last - 6 - 5 - 6 - 5), 6, 5, 6, last]
    lines = [headed(_("The four flags"), "", *titles, widths=widths)]
    for flag, counts in flags.items():
        yes, no, unknown = (counts[one] for one in (Raised.YES, Raised.NO, Raised.NOT_ASSESSED))
        drawn = _bar(flag, yes.number, unknown.number, no.number, widths[1])
        lines.append(
            spread(
                [
                    piece(flag.label),
                    drawn,
                    number(yes.number, Accounts(yes.search), _flag_look(flag, yes.number)),
                    piece(_percent(yes.number, counts), QUIET),
                    number(no.number, Accounts(no.search)),
                    number(unknown.number, Accounts(unknown.search), QUIET),
                ],
                widths,
            )
        )
    return lines


def flag_tile(flag: Flag, counts: Mapping[Raised, Count], width: int) -> list[Line]:
    """Give one flag large: the number of yes in big digits, the bar, and the others below."""
    yes, no, unknown = (counts[one] for one in (Raised.YES, Raised.NO, Raised.NOT_ASSESSED))
    opens = Accounts(yes.search) if yes.number else None
    total = sum(count.number for count in counts.values())
    beside = (
        piece(""),
        piece("  " + _("yes, of {total}").format(total=f"{total:,}")),
        piece("  " + _percent(yes.number, counts), QUIET),
    )
    look = _flag_look(flag, yes.number)
    digits = big_digits(f"{yes.number:,}")
    others = [
        piece(_("{number} no").format(number=f"{no.number:,}"), "", _opened(no)),
        piece(
            _("{number} not assessed").format(number=f"{unknown.number:,}"),
            QUIET,
            _opened(unknown),
        ),
    ]
    return [
        line(piece(flag.label, HEAD)),
        *(
            line(piece(drawn, look, opens), said)
            for drawn, said in zip(digits, beside, strict=True)
        ),
        line(_bar(flag, yes.number, unknown.number, no.number, width)),
        *wrapped_pieces(others, width, "  "),
    ]


def _opened(count: Count) -> Accounts | None:
    return Accounts(count.search) if count.number else None


def _flag_look(flag: Flag, yes: int) -> str:
    return FLAG_LOOKS[flag] if yes else GOOD


def _bar(flag: Flag, yes: int, unknown: int, no: int, width: int) -> Piece:
    solid, unclear, rest = shares(yes, unknown, no, width)
    return Piece(T(solid, FLAG_LOOKS[flag]) + T(unclear, "$text-muted") + T(rest, QUIET))


def _percent(part: int, counts: Mapping[Raised, Count]) -> str:
    total = sum(count.number for count in counts.values())
    return f"{100 * part / total:.0f}%" if total else ""


# -- where it is worst ---------------------------------------------------------------------------


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
            parts.append(fitted(piece(bar(one.findings, largest, drawn), QUIET), drawn))
        lines.append(spread(parts, widths))
    return lines


# -- platforms -----------------------------------------------------------------------------------

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
    def opened(status: OfficialStatus, badge: bool | None = None, *, every: bool = False) -> str:
        if every:
            return f"{search} status:{status}".strip()
        found = of[0].cell(status, badge).search
        return found if search else " ".join(w for w in found.split() if w[:9] != "platform:")

    parts = [
        piece(name, "" if search else STRONG),
        number(sum(one.accounts.number for one in of), Accounts(search)),
    ]
    for badge, _words, look in _BADGES:
        count = sum(one.cell(OfficialStatus.OFFICIAL, badge).number for one in of)
        parts.append(number(count, Accounts(opened(OfficialStatus.OFFICIAL, badge)), look))
    for status, look in _STATUSES:
        count = sum(one.cell(status, badge).number for one in of for badge in (True, False, None))
        parts.append(number(count, Accounts(opened(status, every=True)), look))
    return parts


# -- what is not known ---------------------------------------------------------------------------


def gap_lines(gaps: Sequence[NotAssessed], width: int) -> list[Line]:
    """Name the rules that could be assessed least, and what is missing for each."""
    if not gaps:
        return []
    most = sorted(gaps, key=lambda gap: (-gap.count, gap.rule.code))[:RULES_SHOWN]
    lines = [line(piece(_("Not assessed: what is missing"), HEAD))]
    for gap in most:
        code = piece(gap.rule.code, "", OneRule(gap.rule.code))
        count = piece(
            _("{number} of {total}").format(number=f"{gap.count:,}", total=f"{gap.applicable:,}"),
            WARN,
            Results(gap.rule.code, Status.NOT_ASSESSED.value),
        )
        title = piece(gap.rule.title.here)
        room = width - code.width - 2 - count.width - 2
        lines.append(line(fitted(code, 8), piece(" "), fitted(title, room - 1), piece("  "), count))
        missing = ", ".join(f"{words} ({often:,})" for words, often in gap.missing[:3])
        reasons = ", ".join(f"{words} ({often:,})" for words, often in gap.reasons[:2])
        lines.append(line(piece(" " * 9), fitted(piece(missing or reasons, QUIET), width - 9)))
    return lines


# -- the course of the audits --------------------------------------------------------------------


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


# -- the seminar's table -------------------------------------------------------------------------

_SEMINAR = (
    (Definition.MINISTRIES_OFFICIAL, N_("ministries")),
    (Definition.AGENCIES_OFFICIAL, N_("agencies")),
    (Definition.AGENCIES_UNOFFICIAL_ONLY, N_("only unofficial")),
)


def seminar_lines(table: Sequence[SeminarLine], width: int) -> list[Line]:
    """Give ministries and agencies with an official account, beside what was read out in 2024."""
    titles = [_(words) for _definition, words in _SEMINAR]
    title = _("With an official account")
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
