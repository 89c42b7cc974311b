"""What the last audit found on one account, in lines for its page."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from audits.findings import RuleResult
from audits.rules import Severity, Status
from inventory.language import _, plural
from tui.text import BAD, GOOD, HEAD, QUIET, STRONG, WARN, T
from tui.widgets.page import Pair

_LOOKS = {Severity.CRITICAL: BAD, Severity.HIGH: BAD, Severity.MEDIUM: WARN}


def result_pairs(results: Sequence[RuleResult]) -> list[Pair]:
    """Give the fails with clause, values and remedy, then what was not assessed or passed.

    An empty list means that no audit has looked at the account yet.
    """
    if not results:
        return [(None, T(_("Not audited yet: press a to audit."), WARN))]
    fails = _with(results, Status.FAIL)
    pairs: list[Pair] = [(None, T(_headline(len(fails)), HEAD))]
    for one in fails:
        pairs += _fail(one)
    return [*pairs, *_unassessed(results), *_passed(results)]


def _headline(fails: int) -> str:
    if not fails:
        return _("No findings")
    return plural("{n} finding", "{n} findings", fails).format(n=fails)


def _fail(one: RuleResult) -> Iterable[Pair]:
    rule, said = one.rule, one.explanation
    number = f"  {rule.code}  {one.finding or ''}"
    yield None, T("")
    yield (
        T(rule.severity.label, _LOOKS.get(rule.severity, STRONG)),
        Content.assemble(T(rule.title.here, STRONG), T(number, QUIET)),
    )
    for words, value in (
        (_("found"), said.actual),
        (_("expected"), said.expected),
        (_("why"), said.reason),
        (_("do this"), rule.remedy.here),
    ):
        if value:
            yield T(words), T(value)
    for clause in rule.clauses:
        yield T(clause.id), T(clause.text.here, QUIET)


def _unassessed(results: Sequence[RuleResult]) -> Iterable[Pair]:
    unclear = [*_with(results, Status.ERROR), *_with(results, Status.NOT_ASSESSED)]
    if unclear:
        yield None, T("")
        words = plural("{n} rule not assessed", "{n} rules not assessed", len(unclear))
        yield None, T(words.format(n=len(unclear)), HEAD)
    for one in unclear:
        why = f": {one.explanation.reason}" if one.explanation.reason else ""
        yield T(one.rule.code, QUIET), Content.assemble(T(one.rule.title.here), T(why, QUIET))


def _passed(results: Sequence[RuleResult]) -> Iterable[Pair]:
    passed = len(_with(results, Status.PASS))
    beside = len(_with(results, Status.NOT_APPLICABLE))
    words = _("{passed} rules passed, {beside} do not apply.")
    yield None, T("")
    yield None, T(words.format(passed=passed, beside=beside), GOOD if passed else QUIET)


def _with(results: Sequence[RuleResult], status: Status) -> list[RuleResult]:
    return [one for one in results if one.status is status]
