"""Every action there is, once: keys, palette, help, command line and its reference read this.

An action is a verb of the command line, something a screen does, or both.
"""

from inventory.language import N_
from tui.action import Action, Scope
from tui.task_actions import LISTS, TASKS

__all__ = ["ACTIONS", "Action", "Scope", "action_named", "in_scope", "verbs"]


def in_scope(*scopes: Scope) -> tuple[Action, ...]:
    """Return the actions of some scopes, in the order they are listed."""
    wanted = set(scopes)
    return tuple(one for one in ACTIONS if wanted.intersection((one.scope, *one.also)))


def action_named(name: str) -> Action:
    """Return one action; raises KeyError for a name that is not listed."""
    return _BY_NAME[name]


def verbs() -> dict[str, Action]:
    """Return the actions the command line has, by their verb, in the order they are listed."""
    return {action.verb: action for action in ACTIONS if action.verb}


ACTIONS: tuple[Action, ...] = (
    Action(
        "overview",
        N_("Overview"),
        N_("The four flags, platforms by level, the worst ministries, what is not assessed."),
        Scope.APP,
        keys=("1",),
        does="show('overview')",
    ),
    Action(
        "accounts",
        N_("Accounts"),
        N_("List accounts; QUERY narrows: platform:x status:unofficial flag:individual …"),
        Scope.APP,
        keys=("2",),
        does="show('accounts')",
        verb="accounts",
    ),
    Action(
        "organisations",
        N_("Organisations"),
        N_("The tree of organisations with the accounts under each."),
        Scope.APP,
        keys=("3",),
        does="show('organisations')",
        verb="organisations",
    ),
    Action(
        "findings",
        N_("Findings"),
        N_("What the audit found, with clause and remedy."),
        Scope.APP,
        keys=("4",),
        does="show('findings')",
        verb="findings",
    ),
    Action(
        "rules",
        N_("Rules"),
        N_("The rules of the policy, each with its clause, remedy and cases."),
        Scope.APP,
        keys=("5",),
        does="show('rules')",
        verb="rules",
    ),
    Action(
        "rule",
        N_("One rule"),
        N_("Explain one rule: what it asks, why, how it is judged and what clears it."),
        Scope.COMMAND,
        verb="rule",
    ),
    Action(
        "import",
        N_("Import"),
        N_("Read a list, show what it would change, and take it in once agreed."),
        Scope.APP,
        keys=("i",),
        does="show('import')",
        verb="import",
        undoable=True,
    ),
    Action(
        "audit",
        N_("Audit"),
        N_("Judge every account by the rules, at a date."),
        Scope.APP,
        keys=("a",),
        does="show('audit')",
        verb="audit",
    ),
    Action(
        "export",
        N_("Export"),
        N_("Write the Excel workbook for management."),
        Scope.APP,
        keys=("x",),
        does="show('export')",
        verb="export",
    ),
    Action(
        "account",
        N_("One account"),
        N_("Show one account: record, findings, evidence and history."),
        Scope.COMMAND,
        verb="account",
    ),
    Action(
        "add",
        N_("Add an account"),
        N_("Record an account by its address and organisation."),
        Scope.ACCOUNTS,
        keys=("n",),
        does="add_account",
        verb="add",
        undoable=True,
        also=(Scope.ORGANISATIONS,),
    ),
    Action(
        "edit",
        N_("Edit"),
        N_("Change fields of an account: field=value …"),
        Scope.ACCOUNT,
        keys=("e",),
        does="edit_account",
        verb="edit",
        undoable=True,
        also=(Scope.ACCOUNTS,),
    ),
    Action(
        "search",
        N_("Search"),
        N_("Narrow the list as you type: words, or platform:x status:unofficial flag:individual."),
        Scope.ACCOUNTS,
        keys=("slash",),
        does="search",
        also=(Scope.ORGANISATIONS, *LISTS),
    ),
    Action(
        "complete",
        N_("Complete"),
        N_("Carry the word of the search on: a field, then its values."),
        Scope.ACCOUNTS,
        keys=("tab",),
        does="complete",
        in_footer=False,
    ),
    Action(
        "columns",
        N_("Columns"),
        N_("Choose which columns the list shows."),
        Scope.ACCOUNTS,
        keys=("c",),
        does="choose_columns",
    ),
    Action(
        "previous",
        N_("Previous"),
        N_("Show the account before this one in the list."),
        Scope.ACCOUNT,
        keys=("left_square_bracket", "p"),
        does="step(-1)",
    ),
    Action(
        "next",
        N_("Next"),
        N_("Show the account after this one in the list."),
        Scope.ACCOUNT,
        keys=("right_square_bracket", "n"),
        does="step(1)",
    ),
    Action(
        "copy",
        N_("Copy the address"),
        N_("Put the account's address on the clipboard, through the terminal."),
        Scope.ACCOUNT,
        keys=("y",),
        does="copy_address",
        also=(Scope.ACCOUNTS,),
    ),
    Action(
        "browse",
        N_("Open in the browser"),
        N_("Open the account's address in the web browser of this machine."),
        Scope.ACCOUNT,
        keys=("o",),
        does="browse",
    ),
    Action(
        "narrow",
        N_("Its accounts"),
        N_("List the accounts of this organisation and of those under it."),
        Scope.ORGANISATIONS,
        keys=("enter",),
        does="narrow",
    ),
    Action(
        "expand",
        N_("Open the branch"),
        N_("Show the organisations under this one."),
        Scope.ORGANISATIONS,
        keys=("right", "l"),
        does="expand",
    ),
    Action(
        "collapse",
        N_("Close the branch"),
        N_("Hide the organisations under this one, or go to the one above."),
        Scope.ORGANISATIONS,
        keys=("left", "h"),
        does="collapse",
    ),
    Action(
        "save",
        N_("Save"),
        N_("Save what was changed, with a reason."),
        Scope.EDIT,
        keys=("ctrl+s",),
        does="save",
    ),
    Action(
        "next_field",
        N_("Next field"),
        N_("Go to the field below."),
        Scope.EDIT,
        keys=("down",),
        does="next_field",
        in_footer=False,
    ),
    Action(
        "previous_field",
        N_("Previous field"),
        N_("Go to the field above."),
        Scope.EDIT,
        keys=("up",),
        does="previous_field",
        in_footer=False,
    ),
    Action(
        "undo",
        N_("Undo"),
        N_("Take back the last change, or the one named; the log keeps both."),
        Scope.APP,
        keys=("u", "ctrl+z"),
        does="undo",
        verb="undo",
    ),
    Action(
        "palette",
        N_("Find"),
        N_("Find an action, an account or an organisation by name."),
        Scope.APP,
        keys=("ctrl+p",),
        does="palette",
    ),
    Action(
        "help",
        N_("Help"),
        N_("Show every key that works here, and look one up."),
        Scope.APP,
        keys=("question_mark", "f1"),
        does="help",
    ),
    Action(
        "language",
        N_("Malay or English"),
        N_("Switch the language of the screens."),
        Scope.APP,
        keys=("ctrl+l",),
        does="language",
        in_footer=False,
    ),
    Action(
        "theme",
        N_("Light or dark"),
        N_("Go to the next theme: dark, light, or the terminal's own colours."),
        Scope.APP,
        keys=("ctrl+t",),
        does="theme",
        in_footer=False,
    ),
    Action(
        "back",
        N_("Back"),
        N_("Leave this screen, this search or this selection."),
        Scope.APP,
        keys=("escape",),
        does="back",
    ),
    Action(
        "quit",
        N_("Quit"),
        N_("Leave the program; everything saved is kept."),
        Scope.APP,
        keys=("q", "ctrl+q"),
        does="quit",
    ),
    Action(
        "identify",
        N_("Identify"),
        N_("Say which account an address or handle is, or what it is instead."),
        Scope.COMMAND,
        verb="identify",
    ),
    Action(
        "log",
        N_("Log"),
        N_("Who changed what, when and why."),
        Scope.COMMAND,
        verb="log",
    ),
    Action(
        "verify",
        N_("Verify"),
        N_("Check the file: integrity, references, the chain of the log, and its replay."),
        Scope.COMMAND,
        verb="verify",
    ),
    Action(
        "demo",
        N_("Demo inventory"),
        N_("Make an invented inventory to try the program on."),
        Scope.COMMAND,
        verb="demo",
    ),
    Action(
        "open",
        N_("Open"),
        N_("Open the terminal application; what happens when no command is given."),
        Scope.COMMAND,
        verb="open",
    ),
    *TASKS,
)

_BY_NAME = {action.name: action for action in ACTIONS}
