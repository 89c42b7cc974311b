"""What a live check says: its plan, how far it is, what came of it; for people and machines."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from inventory.language import _
from inventory.safe_text import visible
from tui.printer import say, table, warn

if TYPE_CHECKING:
    from audits.probes.check import CheckResult
    from audits.probes.check_jobs import Lane
    from audits.probes.check_plan import CheckPlan
    from audits.probes.check_progress import CheckProgress, SiteProgress, Tell

_LONG = 2.0  # seconds of a wait that are worth telling


def progress_line() -> "Tell | None":
    """Return what shows the progress in one line of a terminal, None where there is none."""
    if not (sys.stderr and sys.stderr.isatty()):
        return None

    def show(progress: "CheckProgress") -> None:
        line = progress_text(progress, shutil.get_terminal_size().columns - 1)
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    return show


def progress_text(progress: "CheckProgress", width: int) -> str:
    """Return in at most `width` characters how far each queue is and what it waits for."""
    going = [one for one in progress.sites if not one.ended]
    if not going:
        return ""
    parts = [f"{progress.done}/{progress.total}", *map(_queue_text, going)]
    return visible(" · ".join(parts))[:width]


def _queue_text(one: "SiteProgress") -> str:
    text = f"{one.name} {one.done}/{one.total}"
    if one.why is None:
        return text
    pause = f", {_duration(one.seconds)}" if one.seconds >= _LONG else ""
    return f"{text} ({one.why.label}{pause})"


def tell_plan(plan: "CheckPlan", lanes: "Sequence[Lane]") -> None:
    """Print whom a check asks, how often, how long and at what price, and whom it leaves out."""
    from audits.probes.check_sites import REQUESTS

    rows: list[tuple[object, ...]] = [
        (
            one.adapter.name,
            one.adapter.site,
            len(one.asks),
            one.requests,
            _duration(one.seconds),
            f"US$ {one.cost:.2f}" if one.cost else "–",
        )
        for one in plan.assignments
    ]
    rows += [
        (lane.name, _("official websites"), len(lane.jobs), len(lane.jobs) * REQUESTS, "–", "–")
        for lane in lanes
    ]
    if rows:
        headers = (_("Probe"), _("Asks"), _("Subjects"), _("Requests"), _("At least"), _("Cost"))
        table(headers, rows)
    for line in _left_out(plan):
        say(line)
    say(
        _("{accounts} accounts, about {requests} requests, at least {time}.").format(
            accounts=plan.accounts, requests=plan.requests, time=_duration(plan.seconds)
        )
    )


def _left_out(plan: "CheckPlan") -> Iterator[str]:
    """Yield a line on each reason for which accounts are not asked about."""
    counted = Counter(
        (one.why, one.needs or ("" if one.why.value == "fresh" else one.candidate.platform))
        for one in plan.left_out
    )
    for (why, what), count in counted.items():
        yield _("{count} not asked: {why}").format(count=count, why=why.label) + (
            f" ({visible(what)})" if what else ""
        )


def _duration(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


def tell_result(result: "CheckResult") -> None:
    """Print what a check came to, and beside it what cannot be trusted."""
    for outcome, count in sorted(result.outcomes.items(), key=lambda pair: -pair[1]):
        say(f"  {count:>9,}  {outcome.label}")
    for reason, count in sorted(result.reasons.items(), key=lambda pair: -pair[1]):
        say("  " + " " * 11 + f"{count:,}  {reason.label}")
    for note in result.notes:
        warn(note)
    if result.number is None:
        say(_("There is nobody to ask."))
        return
    if result.left:
        say(_("{left} are left for later: rasmi check --resume").format(left=result.left))


def as_json(
    plan: "CheckPlan", lanes: "Sequence[Lane]", result: "CheckResult | None"
) -> dict[str, Any]:
    """Return the plan and, when there is one, the result, for machines."""
    return {
        "plan": {
            "query": plan.query,
            "accounts": plan.accounts,
            "requests": plan.requests,
            "seconds": plan.seconds,
            "cost_usd": round(plan.cost, 4),
            "websites": sum(len(lane.jobs) for lane in lanes),
            "probes": [
                {
                    "name": one.adapter.name,
                    "site": one.adapter.site,
                    "accounts": len(one.asks),
                    "requests": one.requests,
                    "seconds": one.seconds,
                    "cost_usd": round(one.cost, 4),
                }
                for one in plan.assignments
            ],
            "left_out": [
                {
                    "id": one.candidate.uid,
                    "platform": one.candidate.platform,
                    "why": one.why.value,
                    "needs": one.needs or None,
                }
                for one in plan.left_out
            ],
        },
        "result": _result_json(result) if result else None,
    }


def _result_json(result: "CheckResult") -> dict[str, Any]:
    return {
        "check": result.number,
        "done": result.done,
        "left": result.left,
        "cancelled": result.cancelled,
        "outcomes": {outcome.value: count for outcome, count in result.outcomes.items()},
        "reasons": {reason.value: count for reason, count in result.reasons.items()},
        "notes": list(result.notes),
    }
