"""What an action is, and where one can be asked for."""

from dataclasses import dataclass
from enum import StrEnum

from inventory.language import _


class Scope(StrEnum):
    """Where an action can be asked for; a screen's actions work on that screen only."""

    APP = "app"
    OVERVIEW = "overview"
    ACCOUNTS = "accounts"
    ACCOUNT = "account"
    EDIT = "edit_account"
    ORGANISATIONS = "organisations"
    FINDINGS = "findings"
    FINDING = "finding"
    RULES = "rules"
    RULE = "rule"
    ACCOUNTS_BEHIND = "accounts_behind"
    IMPORT = "import"
    IMPORT_MAPPING = "import_mapping"
    IMPORT_PLAN = "import_plan"
    IMPORT_ORGANISATIONS = "import_organisations"
    AUDIT = "audit"
    EXPORT = "export"
    CHECK = "check"
    OBSERVE = "observe"
    LEADS = "leads"
    COMMAND = "command"  # the command line only


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can ask for."""

    name: str
    message: str
    explanation: str
    scope: Scope
    keys: tuple[str, ...] = ()
    does: str = ""  # the screen's own action, as Textual writes it: "show('accounts')"
    verb: str = ""  # the command line's word for it; its module is tui/commands/<verb>.py
    undoable: bool = False
    in_footer: bool = True
    also: tuple[Scope, ...] = ()  # further screens it can be asked for on

    @property
    def title(self) -> str:
        """What it is called, in the language spoken here."""
        return _(self.message)

    @property
    def help(self) -> str:
        """What it does, in the language spoken here."""
        return _(self.explanation)
