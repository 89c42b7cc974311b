"""Every result in words: what was found, what was expected, and why it is what it is."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from audits.engine import bench, explained_rows, put_facts
from audits.fact_vocabulary import FactValue, facts
from audits.outcomes import STATUS_OF
from audits.policy import load_policy
from audits.rules import Policy, Rule, Status
from inventory.language import _


@dataclass(frozen=True, slots=True)
class Explanation:
    """A result in the language spoken here; `reason` is empty where `actual` says everything."""

    status: Status
    actual: str
    expected: str
    reason: str


@cache
def core_policy() -> Policy:
    """Return the policy the program ships with."""
    return load_policy()


def explain(
    rule: Rule, values: Mapping[str, FactValue], on: date, policy: Policy | None = None
) -> Explanation:
    """Judge a rule on given facts and say why; facts that are not given are unknown."""
    with closing(bench()) as connection:
        put_facts(connection, values)
        row = next(explained_rows(connection, rule, on.toordinal()))
    return explanation_of(rule, row, policy or core_policy())


def explanation_of(rule: Rule, row: Sequence[Any], policy: Policy) -> Explanation:
    """Put a row of `engine.explained_rows()` into words."""
    _account, applies_unknown, bits, reason, *found = row
    values = dict(zip(rule.facts, found, strict=True))
    status = STATUS_OF[bits]
    return Explanation(
        status,
        _shown(rule.actual, values),
        rule.expected.here,
        _reason(rule, status, reason, values, bool(applies_unknown), policy),
    )


def unknown_facts(
    rule: Rule, values: Mapping[str, FactValue], *, applies_unknown: bool
) -> tuple[str, ...]:
    """Return the facts whose absence keeps a rule from being assessed."""
    asked = rule.applies_facts if applies_unknown else rule.judged_facts
    return tuple(name for name in rule.facts if name in asked and values[name] is None)


def _reason(
    rule: Rule,
    status: Status,
    code: str | None,
    values: Mapping[str, FactValue],
    applies_unknown: bool,
    policy: Policy,
) -> str:
    if status is Status.PASS:
        return ""
    if status is Status.NOT_APPLICABLE:
        asked = [name for name in rule.facts if name in rule.applies_facts]
        return _shown(asked, values, always_named=True)
    unknown = unknown_facts(rule, values, applies_unknown=applies_unknown)
    names = ", ".join(facts()[name].words.here for name in unknown)
    missing = policy.reasons["unknown"].here.format(facts=names) if names else ""
    if status is Status.FAIL:
        return policy.reasons[code].here if code else ""
    if applies_unknown or code is None:
        return missing or _("not known")
    words = policy.reasons[code].here
    return f"{words}; {missing}" if missing else words


def _shown(
    names: Sequence[str], values: Mapping[str, FactValue], *, always_named: bool = False
) -> str:
    if len(names) == 1 and not always_named:
        return facts()[names[0]].shown(values[names[0]])
    return "; ".join(
        f"{facts()[name].words.here}: {facts()[name].shown(values[name])}" for name in names
    )
