"""Where a figure leads: the accounts or findings behind it, a rule, or an action."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.app import RasmiApp


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts that a search finds."""

    search: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings that a search finds."""

    search: str


@dataclass(frozen=True, slots=True)
class OneRule:
    """The page of a rule."""

    code: str


@dataclass(frozen=True, slots=True)
class Results:
    """The accounts on which a rule has a status."""

    rule: str
    status: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """The accounts that a flag was up for after a run."""

    run: int
    flag: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The accounts that probes saw so since a moment (ISO, UTC)."""

    since: str
    outcome: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ByHand:
    """The accounts of a search to be looked at by a person, one after another."""

    search: str
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OneFinding:
    """The page of a finding."""

    id: int


@dataclass(frozen=True, slots=True)
class OneAccount:
    """The page of an account."""

    id: int


@dataclass(frozen=True, slots=True)
class Ask:
    """An action of the registry, by its name."""

    action: str


Target = (
    Accounts
    | Findings
    | OneRule
    | Results
    | Flagged
    | Seen
    | ByHand
    | OneFinding
    | OneAccount
    | Ask
)


async def go_to(app: "RasmiApp", target: object) -> None:
    """Show what a figure leads to; what is no target leads nowhere."""
    match target:
        case Accounts(search):
            await _list_accounts(app, search)
        case Findings(search):
            await _list_findings(app, search)
        case Ask(action):
            await app.action_ask(action)
        case OneAccount(account_id):
            app.show_account(account_id)
        case OneFinding(finding_id):
            from tui.screens.finding import FindingScreen

            app.push_screen(FindingScreen(finding_id))
        case ByHand(search, platforms):
            await _look_by_hand(app, search, platforms)
        case Seen(since, outcome, reason):
            from tui.screens.accounts_behind import AccountsBehindScreen, seen_as

            app.push_screen(AccountsBehindScreen(seen_as(since, outcome, reason)))
        case OneRule(code):
            from tui.screens.rule import RuleScreen

            app.push_screen(RuleScreen(code))
        case Results(rule, status):
            from tui.screens.accounts_behind import AccountsBehindScreen, under_rule

            app.push_screen(AccountsBehindScreen(under_rule(rule, status)))
        case Flagged(run, flag):
            from tui.screens.accounts_behind import AccountsBehindScreen, with_flag

            app.push_screen(AccountsBehindScreen(with_flag(run, flag)))


async def _list_accounts(app: "RasmiApp", search: str) -> None:
    from tui.screens.accounts import AccountsScreen

    first = await _first_page(app, "accounts")
    if isinstance(first, AccountsScreen):
        first.narrow(search)


async def _list_findings(app: "RasmiApp", search: str) -> None:
    from tui.screens.findings import FindingsScreen

    first = await _first_page(app, "findings")
    if isinstance(first, FindingsScreen):
        first.narrow(search)


async def _look_by_hand(app: "RasmiApp", search: str, platforms: tuple[str, ...]) -> None:
    from tui.screens.observe import ObserveScreen

    first = await _first_page(app, "observe")
    if isinstance(first, ObserveScreen):
        first.narrow(search, platforms)


async def _first_page(app: "RasmiApp", name: str) -> "Screen[object]":
    """Go to a screen and leave what stood open on it."""
    await app.action_show(name)
    if len(app.screen_stack) > 1:
        await app.action_show(name)
    return app.screen_stack[0]
