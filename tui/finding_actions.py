"""The actions of the screens that show what an audit found: overview, findings, rules."""

from inventory.language import N_
from tui.action import Action, Scope

FINDINGS: tuple[Action, ...] = (
    Action(
        "open_figure",
        N_("Open"),
        N_("Show what is behind the number or name under the cursor."),
        Scope.OVERVIEW,
        keys=("enter",),
        does="open_figure",
        also=(Scope.FINDING, Scope.RULE, Scope.AUDIT, Scope.EXPORT, Scope.CHECK),
    ),
    Action(
        "group",
        N_("Group"),
        N_("Count the findings by severity, by rule, by organisation, or not at all."),
        Scope.FINDINGS,
        keys=("v",),
        does="group",
    ),
    Action(
        "finding_account",
        N_("Its account"),
        N_("Show the account the finding is about."),
        Scope.FINDING,
        keys=("o",),
        does="show_account",
    ),
    Action(
        "finding_rule",
        N_("Its rule"),
        N_("Show the rule behind the finding, with its clauses and cases."),
        Scope.FINDING,
        keys=("r",),
        does="show_rule",
        also=(Scope.FINDINGS,),
    ),
    Action(
        "failing",
        N_("What fails"),
        N_("List the open findings of this rule."),
        Scope.RULE,
        keys=("f",),
        does="list_failing",
        also=(Scope.RULES,),
    ),
    Action(
        "unassessed",
        N_("Not assessed"),
        N_("List the accounts this rule could not be assessed on, each with what is missing."),
        Scope.RULE,
        keys=("w",),
        does="list_unassessed",
        also=(Scope.RULES,),
    ),
)
