"""`rasmi audit`: judge every account by the rules, at a date."""

import argparse
import sys
from typing import Any

from audits.figures import flag_totals
from audits.findings import FindingFilter, finding_ids
from audits.policy import load_policy
from audits.rules import Policy, Severity, Status
from audits.run import run_audit
from audits.runs import Progress, Run
from inventory.language import _
from tui.commands.shared import actor_of, add_date, add_json, day_of, inventory_of
from tui.printer import emit, say, table

_FOUND, _INCOMPLETE = 1, 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument(
        "--fail-on",
        choices=[severity.value for severity in Severity],
        default=Severity.HIGH.value,
        help=_("exit with 1 for open findings of this severity or graver; high"),
    )
    parser.add_argument(
        "--min-coverage",
        type=int,
        metavar="PERCENT",
        default=0,
        help=_("exit with 3 when less of what applies could be assessed"),
    )
    parser.add_argument("--exit-zero", action="store_true", help=_("exit with 0 whatever is found"))
    add_date(parser)
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Run the audit and say what it found; the exit code tells the gravest of it."""
    policy = load_policy()
    with inventory_of(call) as store:
        done = run_audit(
            store, actor_of(call), on=day_of(call), policy=policy, progress=_progress()
        )
        flags = flag_totals(store.connection)
        found = _at_or_above(store.connection, Severity(call.fail_on))
    code = _exit_code(call, done, found)
    if call.json:
        emit(_as_json(done, code))
        return code
    _tell(done, policy, found, call.fail_on)
    table(
        (_("Flag"), _("yes"), _("no"), _("not assessed")),
        [
            (flag.label, *(count.number for count in counts.values()))
            for flag, counts in flags.items()
        ],
    )
    return code


def _exit_code(call: argparse.Namespace, done: Run, found: int) -> int:
    if call.exit_zero:
        return 0
    if done.errors or done.counts[Status.ERROR] or 100 * done.coverage < call.min_coverage:
        return _INCOMPLETE
    return _FOUND if found else 0


def _at_or_above(connection: Any, severity: Severity) -> int:
    return sum(
        len(finding_ids(connection, FindingFilter(severity=item)))
        for item in Severity
        if item.rank <= severity.rank
    )


def _as_json(done: Run, code: int) -> dict[str, Any]:
    return {
        "run": done.number,
        "date": done.on.isoformat(),
        "policy": {
            "code": done.policy,
            "version": done.policy_version,
            "hash": done.policy_hash,
        },
        "accounts": done.accounts,
        "counts": {status.value: count for status, count in done.counts.items()},
        "flags": {
            flag.value: {value.value: count for value, count in counts.items()}
            for flag, counts in done.flags.items()
        },
        "delta": {what.value: count for what, count in done.delta.items()},
        "coverage": round(100 * done.coverage, 1),
        "errors": list(done.errors),
        "digest": done.digest,
        "exit_code": code,
    }


def _tell(done: Run, policy: Policy, found: int, fail_on: str) -> None:
    say(
        _("Run {number} as of {day}: {accounts} accounts, {rules} rules of “{policy}”.").format(
            number=done.number,
            day=done.on.isoformat(),
            accounts=done.accounts,
            rules=len(done.rules),
            policy=policy.title.here,
        )
    )
    for status, count in done.counts.items():
        say(f"  {count:>9,}  {status.label}")
    say(
        "  "
        + _("{share}% of what applies could be assessed").format(share=f"{100 * done.coverage:.0f}")
    )
    say(
        _("Findings: {delta}").format(
            delta=", ".join(f"{count} {what.label}" for what, count in done.delta.items())
        )
    )
    say(
        _("Open at {severity} or graver: {count}").format(
            severity=Severity(fail_on).label, count=found
        )
    )
    say()


def _progress() -> Any:
    if not (sys.stderr and sys.stderr.isatty()):
        return None

    def show(progress: Progress) -> None:
        share = f" {progress.done}/{progress.total}" if progress.total else ""
        end = "\r" if progress.done < progress.total else "\r\x1b[K"
        print(f"{progress.stage.label}{share}", end=end, file=sys.stderr, flush=True)

    return show


ANSWER_IS = "an object"
ANSWER = {
    "run": "its number",
    "date": "the day the accounts were judged as of",
    "policy": "`code`, `version`, `hash`",
    "accounts": "how many were judged",
    "counts": "results by status: `pass`, `fail`, `not_applicable`, `not_assessed`, `error`",
    "flags": "for each of the four flags `yes`, `no`, `not_assessed`",
    "delta": (
        "findings that are `new`, `unchanged`, `resolved`, `reopened`, `not_evaluated` since "
        "the run before"
    ),
    "coverage": "percent of what applies that could be assessed",
    "errors": "rules that could not be evaluated",
    "digest": "SHA-256 over every result",
    "exit_code": "what the command exits with",
}
