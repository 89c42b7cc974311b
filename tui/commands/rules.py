"""`rasmi rules`: the rules of the policy."""

import argparse
from collections import Counter
from typing import Any

from audits.policy import load_policy
from audits.rules import Rule
from inventory.language import _
from tui.commands.shared import add_json
from tui.printer import emit, say, table


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """List the rules in the policy's order."""
    policy = load_policy()
    if call.json:
        emit([as_json(rule) for rule in policy.rules])
        return 0
    say(f"{policy.title.here}  ·  {policy.code} {policy.version}  ·  {policy.digest[:12]}")
    say()
    table(
        (_("Rule"), _("Severity"), _("Obligation"), _("Title")),
        [
            (rule.code, rule.severity.label, rule.obligation.label, rule.title.here)
            for rule in policy.rules
        ],
    )
    say(_("`rasmi rule CODE` explains one."))
    return 0


def as_json(rule: Rule) -> dict[str, Any]:
    """Return the documented form of one rule."""
    return {
        "code": rule.code,
        "severity": rule.severity.value,
        "obligation": rule.obligation.value,
        "subject": rule.subject,
        "title": {"en": rule.title.en, "ms": rule.title.ms},
        "remedy": {"en": rule.remedy.en, "ms": rule.remedy.ms},
        "clauses": [clause.id for clause in rule.clauses],
        "applies": rule.applies,
        "fails": rule.fails,
        "passes": rule.passes,
        "parameters": dict(rule.params),
        "facts": list(rule.facts),
        "never": sorted(status.value for status in rule.never),
        "cases": dict(Counter(case.status.value for case in rule.cases)),
    }


ANSWER_IS = "a list, in the policy's order"
ANSWER = {
    "code": "never reused",
    "severity": "see `findings`",
    "obligation": "`must`, `should`, `derived`, `good_practice`",
    "subject": "what it judges: `account`",
    "title": "`en` and `ms`",
    "remedy": "`en` and `ms`",
    "clauses": "ids of the clauses behind it",
    "applies": "expression over the facts",
    "fails": "expression over the facts",
    "passes": "expression over the facts",
    "parameters": "values the expressions use",
    "facts": "every fact it reads",
    "never": "statuses it cannot give",
    "cases": "how many test cases lead to each status",
}
