"""What the audit page says: the audit to come, one that was held, and the list of them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audits.flags import Flag, Raised
from audits.rules import Policy, Status
from audits.runs import Delta, Run
from inventory.language import _
from tui.field_words import day_text
from tui.going import Accounts, Ask, Findings, Flagged
from tui.text import BAD, GOOD, HEAD, QUIET, STRONG, WARN, T
from tui.widgets.bars import shares
from tui.widgets.labelled import LABEL_CELLS, labelled
from tui.widgets.lines import Line, Piece, line, piece, spread, wrapped_pieces

STILL_OPEN = (Delta.NEW, Delta.REOPENED, Delta.UNCHANGED, Delta.NOT_EVALUATED)
HASH_SHOWN = 12
_STATUS_LOOKS = {
    Status.FAIL: BAD,
    Status.PASS: GOOD,
    Status.NOT_ASSESSED: WARN,
    Status.NOT_APPLICABLE: QUIET,
    Status.ERROR: BAD,
}
_DELTA_LOOKS = {Delta.NEW: WARN, Delta.REOPENED: WARN, Delta.RESOLVED: GOOD}


@dataclass(frozen=True, slots=True)
class ShowRun:
    """One of the audits that were held, to be shown."""

    number: int


def open_findings(run: Run) -> int:
    """Return how many findings a run left open."""
    return sum(run.delta.get(what, 0) for what in STILL_OPEN)


def next_lines(policy: Policy | None, day: date, accounts: int, width: int) -> list[Line]:
    """Say by which rules and as of which day the next audit judges, and offer to hold it."""
    lines = [line(piece(_("The next audit"), HEAD))]
    if policy is not None:
        version = _("version {version}, {count} rules").format(
            version=policy.version, count=len(policy.rules)
        )
        said = [piece(policy.title.here, STRONG), piece(version)]
        said.append(piece(policy.digest[:HASH_SHOWN], QUIET))
        lines += labelled(_("Policy"), said, width, " · ")
    lines += labelled(_("As of"), [piece(day_text(day), STRONG, Ask("audit_date"))], width)
    count = _("{number} accounts").format(number=f"{accounts:,}")
    lines += labelled(_("It judges"), [piece(count, "", Accounts(""))], width)
    words = _(" Run the audit ")
    button = piece(words, f"bold reverse {HEAD}", Ask("run_audit"))
    hint = piece("  " + _("r runs it, d changes the date"), QUIET)
    lines += [(), line(piece(" " * LABEL_CELLS), button, hint)]
    return lines


def run_lines(run: Run, before: Run | None, width: int, *, is_last: bool) -> list[Line]:
    """Say what an audit found, and what was different from the one before it."""
    title = _("Audit {number} of {day}").format(number=run.number, day=day_text(run.on))
    who = _("by {actor} · {number} accounts · policy {policy} {version}").format(
        actor=run.actor,
        number=f"{run.accounts:,}",
        policy=run.policy,
        version=run.policy_version,
    )
    lines = wrapped_pieces([piece(title, HEAD), piece(who, QUIET)], width, "  ")
    lines += _coverage(run, width)
    lines += labelled(_("Results"), _statuses(run), width)
    if run.errors:
        broken = _("{rules} could not be evaluated").format(rules=", ".join(run.errors))
        lines += labelled(_("Errors"), [piece(broken, BAD)], width)
    lines += labelled(_("Findings"), _deltas(run, is_last=is_last), width)
    return [*lines, (), *flag_lines(run, before, width)]


def flag_lines(run: Run, before: Run | None, width: int) -> list[Line]:
    """Set the four flags of an audit beside those of the one before it."""
    titles = [_("before"), _("now"), "", _("no"), _("not assessed")]
    columns = [max(7, len(titles[0])), 7, 6, 7, max(7, len(titles[4]))]
    name = min(28, max(LABEL_CELLS, width - sum(columns) - len(columns)))
    widths = [name, *columns]
    lines = [spread([piece(_("The four flags"), HEAD), *(piece(t, QUIET) for t in titles)], widths)]
    for flag in Flag:
        now = run.flags.get(flag, {})
        then = before.flags.get(flag, {}) if before is not None else {}
        yes, was = now.get(Raised.YES, 0), then.get(Raised.YES, 0)
        lines.append(
            spread(
                [
                    piece(flag.label),
                    _flagged(before, flag, was, QUIET),
                    _flagged(run, flag, yes, BAD if yes else GOOD),
                    _difference(yes - was) if before is not None else piece(""),
                    piece(f"{now.get(Raised.NO, 0):,}"),
                    piece(f"{now.get(Raised.NOT_ASSESSED, 0):,}", QUIET),
                ],
                widths,
            )
        )
    return lines


def history_lines(runs: Sequence[Run], shown: int | None, width: int) -> list[Line]:
    """Give every audit that was held, the newest first; each can be shown."""
    if not runs:
        return [
            line(piece(_("Audits held"), HEAD)),
            line(piece(_("None yet. r runs the first one."), QUIET)),
        ]
    titles = [_("accounts"), _("assessed"), _("open"), _("new"), _("resolved")]
    columns = [max(7, len(title)) for title in titles]
    name = max(14, width - sum(columns) - len(columns))
    widths = [name, *columns]
    heads = [piece(_("Audits held"), HEAD), *(piece(title, QUIET) for title in titles)]
    lines = [spread(heads, widths)]
    for run in runs:
        mark = "▸ " if run.number == shown else "  "
        words = f"{mark}{run.number:>3}  {day_text(run.on)}  {run.actor}"
        look = STRONG if run.number == shown else ""
        lines.append(
            spread(
                [
                    piece(words, look, ShowRun(run.number)),
                    piece(f"{run.accounts:,}"),
                    piece(f"{run.coverage:.0%}"),
                    piece(f"{open_findings(run):,}", look),
                    piece(f"{run.delta.get(Delta.NEW, 0):,}", WARN),
                    piece(f"{run.delta.get(Delta.RESOLVED, 0):,}", GOOD),
                ],
                widths,
            )
        )
    return lines


def _coverage(run: Run, width: int) -> list[Line]:
    counts = run.counts
    judged = counts[Status.PASS] + counts[Status.FAIL]
    unknown = counts[Status.NOT_ASSESSED] + counts[Status.ERROR]
    words = _("{share} of what applies could be assessed").format(share=f"{run.coverage:.0%}")
    said = piece(words, STRONG)
    room = min(40, width - LABEL_CELLS - said.width - 2)
    solid, unclear, _rest = shares(judged, unknown, 0, max(0, room))
    drawn = Piece(T(solid, HEAD) + T(unclear, "$text-muted"))
    parts = [said, drawn] if room > 7 else [said]
    return labelled(_("Coverage"), parts, width, "  ")


def _statuses(run: Run) -> list[Piece]:
    pieces = []
    for status, look in _STATUS_LOOKS.items():
        count = run.counts[status]
        if count or status is not Status.ERROR:
            opens = Ask("rules") if status is Status.NOT_ASSESSED and count else None
            words = f"{count:,} {status.label}"
            pieces.append(piece(words, look if count else QUIET, opens))
    return pieces


def _deltas(run: Run, *, is_last: bool) -> list[Piece]:
    """Name what became of the findings; only those of the last audit can be listed still."""
    words = _("{number} open").format(number=f"{open_findings(run):,}")
    pieces = [piece(words, STRONG, Findings("") if is_last else None)]
    for what in (*_DELTA_LOOKS, Delta.UNCHANGED, Delta.NOT_EVALUATED):
        count = run.delta.get(what, 0)
        if count or what in _DELTA_LOOKS:
            opens = Findings(f"delta:{what}") if count and is_last else None
            look = _DELTA_LOOKS.get(what, "") if count else QUIET
            pieces.append(piece(f"{count:,} {what.label}", look, opens))
    return pieces


def _flagged(run: Run | None, flag: Flag, count: int, look: str) -> Piece:
    if run is None:
        return piece("–", QUIET)
    return piece(f"{count:,}", look, Flagged(run.number, flag.value) if count else None)


def _difference(more: int) -> Piece:
    if not more:
        return piece("=", QUIET)
    return piece(f"{more:+,}".replace("-", "−"), WARN if more > 0 else GOOD)
