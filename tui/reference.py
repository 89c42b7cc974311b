"""The reference of commands and keys, made from the registry and the commands themselves."""

from collections.abc import Iterator, Mapping
from types import ModuleType

from tui.actions import Action, Scope, in_scope, verbs
from tui.cli import command_module, parser_of

_INTRODUCTION = """\
# Commands and keys

Made by `make reference` from the program itself; a test holds it to that.

Every command takes `--db FILE` (or `RASMI_DB`; else the folder for a person's data), `--lang ms|en`
(or `RASMI_LANG`, else the locale) and `--actor NAME` (or `RASMI_ACTOR`), the name the log keeps
beside the account of the system. Data goes to standard output, remarks to standard error.

Exit codes: 0 done; 1 something was found (`audit`, `verify`, `identify`); 2 wrong use, or
something that cannot be read or written; 3 an audit that is incomplete; 130 interrupted.

With `--json` the answer is one JSON value in plain ASCII. Keys are only ever added.
"""


def page() -> str:
    """Return the whole page as Markdown, in English."""
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield "## Commands\n"
    for action in verbs().values():
        yield from _command(action, command_module(action.verb))
    yield "## Keys\n"
    yield "The same actions are in the palette (`ctrl+p`) and, for where you are, under `?`.\n"
    for scope in Scope:
        actions = [action for action in in_scope(scope) if action.keys]
        if actions:
            yield f"### {_SCOPES[scope]}\n"
            yield "| key | action | what it does |"
            yield "|---|---|---|"
            yield from (_key(action) for action in actions)
            yield ""


def _command(action: Action, module: ModuleType) -> Iterator[str]:
    yield f"### rasmi {action.verb}\n"
    yield f"{action.help}\n"
    yield "```"
    yield parser_of(action, module).format_help().rstrip()
    yield "```\n"
    answer: Mapping[str, str] = getattr(module, "ANSWER", {})
    if answer:
        yield f"`--json`: {getattr(module, 'ANSWER_IS', 'an object')}\n"
        yield "| key | means |"
        yield "|---|---|"
        yield from (f"| `{name}` | {meaning} |" for name, meaning in answer.items())
        yield ""


def _key(action: Action) -> str:
    keys = " ".join(f"`{key.replace('|', chr(92) + '|')}`" for key in action.keys)
    undo = " Can be undone." if action.undoable else ""
    return f"| {keys} | {action.title} | {action.help}{undo} |"


_SCOPES = {
    Scope.APP: "Everywhere",
    Scope.OVERVIEW: "Overview",
    Scope.ACCOUNTS: "Accounts",
    Scope.ACCOUNT: "One account",
    Scope.EDIT: "The form of an account",
    Scope.ORGANISATIONS: "Organisations",
    Scope.FINDINGS: "Findings",
    Scope.FINDING: "One finding",
    Scope.RULES: "Rules",
    Scope.RULE: "One rule",
    Scope.ACCOUNTS_BEHIND: "The accounts behind a figure",
    Scope.IMPORT: "Import: the file",
    Scope.IMPORT_MAPPING: "Import: the columns",
    Scope.IMPORT_PLAN: "Import: the plan",
    Scope.IMPORT_ORGANISATIONS: "Import: the organisations",
    Scope.AUDIT: "Audit",
    Scope.EXPORT: "Export",
    Scope.CHECK: "Live check",
    Scope.OBSERVE: "By hand",
    Scope.LEADS: "Leads",
    Scope.COMMAND: "Command line",
}
