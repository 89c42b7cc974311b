"""The words of the overview: the last audit, what to do first, and what could not be assessed."""

from collections.abc import Sequence
from datetime import date

from audits.figures import NotAssessed
from audits.rules import Status
from audits.runs import Delta, Run
from inventory.language import _
from tui.field_words import day_text
from tui.going import Accounts, Ask, Findings, OneRule, Results
from tui.text import GOOD, HEAD, QUIET, STRONG, WARN
from tui.widgets.lines import Line, Piece, fitted, line, piece, wrapped_pieces


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


def gap_lines(gaps: Sequence[NotAssessed], width: int) -> list[Line]:
    """Name rules that could not be assessed, how often, and what is missing for each."""
    if not gaps:
        return []
    lines = [line(piece(_("Not assessed: what is missing"), HEAD))]
    for gap in gaps:
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
