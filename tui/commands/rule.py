"""`rasmi rule CODE`: what a rule asks, why, how it is judged and what clears it."""

import argparse

from audits.policy import load_policy
from inventory.errors import InventoryError
from inventory.language import _
from inventory.safe_text import visible
from tui.commands.rules import as_json
from tui.commands.shared import add_json
from tui.printer import emit, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("code", help=_("such as OFF001"))
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Explain one rule."""
    policy = load_policy()
    rule = policy.by_code.get(call.code.upper())
    if rule is None:
        raise InventoryError(
            _("There is no rule “{code}”. The rules: {codes}.").format(
                code=visible(call.code), codes=" ".join(policy.by_code)
            )
        )
    if call.json:
        emit(as_json(rule))
        return 0
    say(f"{rule.code}  {rule.title.here}")
    say(f"{rule.severity.label}  ·  {rule.obligation.label}")
    say()
    for clause in rule.clauses:
        say(f"  {clause.id}  {clause.text.here}")
        say(f"      {clause.source.title.here} ({clause.source.date}); {clause.source.binds.here}")
    say()
    for heading, expression in (
        (_("applies when"), rule.applies),
        (_("fails when"), rule.fails),
        (_("passes when"), rule.passes),
    ):
        say(f"  {heading:<14} {expression}")
    say("  " + _("Whatever is left is not assessed: unknown never passes."))
    for name, value in rule.params.items():
        say(f"  {name} = {value}")
    say()
    say(f"  → {rule.remedy.here}")
    say()
    for case in rule.cases:
        facts = ", ".join(f"{name}={value}" for name, value in case.facts.items())
        say(f"  {case.status.label:<16} {facts}")
    return 0


ANSWER_IS = "an object as in `rules`"
