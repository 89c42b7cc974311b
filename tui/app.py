"""The terminal app: its screens, its actions, and how it starts and ends."""

import os
import sys
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from inventory import language
from inventory.actor import Actor, this_actor
from inventory.language import Language, _
from inventory.safe_text import visible
from inventory.store import Store
from tui import screens, signals
from tui import theme as themes
from tui.actions import Action, Scope, action_named, in_scope
from tui.keys import bindings_of
from tui.screen import Dialog, RasmiScreen
from tui.session import Session
from tui.strip_guard import install_strip_guard
from tui.text import T

SHOW = "show('"


def _opener(name: str) -> Callable[[], Screen[Any]]:
    def make() -> Screen[Any]:
        module, _colon, class_name = screens.SCREENS[name].partition(":")
        screen: Screen[Any] = getattr(import_module(module), class_name)()
        return screen

    return make


class RasmiApp(App[int], inherit_bindings=False):
    """One inventory on the screen. What can be asked for is in `tui.actions`, nothing else."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(in_scope(Scope.APP))
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        name: _opener(name) for name in screens.SCREENS
    }
    DEFAULT_MODE = screens.FIRST
    TITLE = "rasmi"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (as Textual has it)
    """From 110 cells on, pages show two columns side by side."""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012

    # Known from the start: a theme that is set later has all styles parsed a second time.
    theme: Reactive[str] = Reactive(lambda: themes.first_theme(os.environ))

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Our two themes, and Textual's own."""
        return {**themes.OURS, **super().available_themes}

    def __init__(self, session: Session, *, opens: Hashable = None) -> None:
        """`opens` is where to go at once (`tui.going`); the first screen stands behind it."""
        self.session = session
        self._opens = opens
        super().__init__()
        self.places = tuple(
            one for one in in_scope(Scope.APP) if one.does.startswith(SHOW) and self.has(one)
        )

    def on_mount(self) -> None:
        signals.leave_on_signals(self._leave)
        self.call_after_refresh(self._offer_draft if self._opens is None else self._open_at_once)

    # -- asking for actions ----------------------------------------------------------------------

    def has(self, action: Action) -> bool:
        """Say whether an action can be asked for in the app at all."""
        if not action.does:
            return False
        return not action.does.startswith(SHOW) or _shown_by(action) in screens.SCREENS

    def why_not(self, name: str) -> str | None:
        """Return why an action makes no sense now, None if it does."""
        screen = self.screen
        return screen.why_not(name) if isinstance(screen, RasmiScreen) else None

    async def action_ask(self, name: str) -> None:
        """Do what the action `name` does, or say why not: all keys and clicks come here."""
        action = action_named(name)
        reason = self.why_not(name)
        if reason is not None:
            self.notify(visible(reason), severity="warning", markup=False)
            return
        target = self if action.scope is Scope.APP else self.screen
        await self.run_action(action.does, target)

    def here(self) -> list[Action]:
        """Return the actions of the screen shown now, without those of the whole app."""
        screen = self.screen
        scope = screen.SCOPE if isinstance(screen, RasmiScreen) else Scope.APP
        return [one for one in in_scope(scope) if self.has(one) and scope is not Scope.APP]

    def everywhere(self) -> list[Action]:
        """Return the actions that can be asked for on every screen."""
        return [one for one in in_scope(Scope.APP) if self.has(one)]

    # -- what the whole app can do ---------------------------------------------------------------

    async def action_show(self, name: str) -> None:
        """Go to a screen; from within, back to its first page."""
        if name not in screens.SCREENS:
            return
        if name != self.current_mode:
            await self.switch_mode(name)
            return
        self._once_left(self.screen_stack[1:], self._pop_to_first)

    async def action_back(self) -> None:
        """Leave what is innermost: a window, a search, a page."""
        screen = self.screen
        if isinstance(screen, Dialog):
            screen.give_up()
        elif isinstance(screen, RasmiScreen) and screen.go_back():
            return
        elif len(self.screen_stack) > 1:
            self._once_left([screen], self.pop_screen)

    def action_palette(self) -> None:
        """Find an action, an account or an organisation."""
        from tui.palette import palette

        chooser = palette([*self.here(), *self.everywhere()], self.why_not)
        self.push_screen(chooser, self._go_to)

    def action_help(self) -> None:
        """Show the keys that work here."""
        from tui.screens.help import help_screen

        here = self.here()
        with_table = any(one.name == "search" for one in here)
        chooser = help_screen(here, self.everywhere(), self.why_not, with_table=with_table)
        self.push_screen(chooser, self._go_to)

    def action_language(self) -> None:
        """Speak the other language on every screen."""
        malay = language.current() is Language.MALAY
        language.use(Language.ENGLISH if malay else Language.MALAY)
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, RasmiScreen):
                    screen.speak()

    def action_theme(self) -> None:
        """Go to the next theme."""
        self.theme = themes.next_theme(self.theme)

    def action_copy_selected(self) -> None:
        """Copy the text selected with the mouse; ctrl+c never ends the program."""
        text = self.screen.get_selected_text()
        if text:
            self.copy_text(text)
        else:
            self.notify(_("Nothing is selected. q quits, or ctrl+q where q is a letter."))

    async def action_quit(self) -> None:
        """Leave, unless a screen asks first."""
        every = [screen for stack in self._screen_stacks.values() for screen in stack]
        self._once_left(every, lambda: self.exit(0))

    def action_undo(self) -> None:
        """Take back the last change of the person here, and say what it was."""
        from inventory.errors import InventoryError
        from tui.undoing import take_back_last

        try:
            sentence = take_back_last(self.session)
        except InventoryError as error:
            self.notify(visible(str(error)), severity="error", markup=False)
            return
        self.notify(visible(sentence), markup=False)
        if isinstance(self.screen, RasmiScreen):
            self.screen.record_changed()

    async def _go_to(self, answer: str | None) -> None:
        """Do what was chosen in the palette or the help."""
        if answer is None:
            return
        kind, colon, row_id = answer.partition(":")
        if not colon:
            await self.action_ask(answer)
        elif kind == "account":
            self.show_account(int(row_id))
        else:
            await self.show_accounts_of(int(row_id))

    # -- what screens ask for --------------------------------------------------------------------

    def show_account(
        self, account_id: int, step: Callable[[int], int | None] | None = None
    ) -> None:
        """Show one account; `step` moves along the list it came from and returns the next one."""
        from tui.screens.account import AccountScreen

        self.push_screen(AccountScreen(account_id, step))

    def edit_account(self, account_id: int | None, organisation_id: int | None = None) -> None:
        """Open the form on an account; for None on an empty one, of an organisation if given."""
        from tui.screens.edit_account import EditAccountScreen

        self.push_screen(EditAccountScreen(account_id, organisation_id))

    async def show_accounts_of(self, organisation_id: int) -> None:
        """List the accounts of an organisation and of those under it."""
        from inventory.reading import get
        from inventory.record import Organisation
        from tui.screens.accounts import AccountsScreen

        organisation = get(self.session.connection, Organisation, organisation_id)
        if organisation is None:
            return
        await self.action_show("accounts")
        first = self.screen_stack[0]
        if isinstance(first, AccountsScreen):
            first.narrow(f"ministry:{organisation.uid}")

    @property
    def accounts_search(self) -> str:
        """What the list of accounts is narrowed to now; empty when it was never shown."""
        from tui.screens.accounts import AccountsScreen

        first = next(iter(self._screen_stacks.get("accounts", ())), None)
        if isinstance(first, AccountsScreen) and first.is_mounted:
            return first.table.filter_text
        return ""

    def account_saved(self, account_id: int, *, new: bool) -> None:
        """Leave the form of an account that was saved; the list goes to it."""
        from tui.screens.accounts import AccountsScreen

        self.pop_screen()
        first = self.screen_stack[0]
        if new and isinstance(first, AccountsScreen):
            first.go_to(account_id)
        sentence = _("Recorded; u takes it back.") if new else _("Saved; u takes it back.")
        self.notify(visible(sentence), markup=False)

    def copy_text(self, text: str) -> None:
        """Put `text` on the clipboard through the terminal, and say so."""
        self.copy_to_clipboard(text)
        sentence = _("Copied through the terminal: {text}").format(text=text)
        self.notify(visible(sentence), markup=False)

    def _once_left(self, left: Iterable[Screen[Any]], then: Callable[[], object]) -> None:
        """Do `then`; if one of the screens `left` holds something unsaved, ask before."""
        if not any(isinstance(screen, RasmiScreen) and screen.unsaved for screen in left):
            then()
            return
        from tui.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                then()

        question = T(_("What was typed is not saved. Leave it?"))
        self.push_screen(Confirm(question, yes=_("Leave"), no=_("Stay")), answered)

    def _pop_to_first(self) -> None:
        for _screen in self.screen_stack[1:]:
            self.pop_screen()

    # -- ends ------------------------------------------------------------------------------------

    def _leave(self, code: int) -> None:
        """End because the terminal is going away, keeping what stands in an open form."""
        self._keep_draft()
        self.exit(code, return_code=code)

    def _keep_draft(self) -> None:
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, RasmiScreen) and screen.unsaved:
                    screen.keep_aside()

    async def _open_at_once(self) -> None:
        from tui.going import go_to

        await go_to(self, self._opens)
        self._offer_draft()

    def _offer_draft(self) -> None:
        """Ask whether to go on with a form that was open when the app ended last."""
        from tui import drafts

        draft = drafts.take(self.session.store.path)
        if draft is None:
            return
        from tui.screens.confirm import Confirm
        from tui.screens.edit_account import EditAccountScreen

        def answered(yes: bool | None) -> None:
            if yes:
                self.push_screen(EditAccountScreen(draft.account, draft=draft))

        question = T(_("A form was open when the program ended. Go on with it?"))
        self.push_screen(Confirm(question, yes=_("Go on"), no=_("Forget it")), answered)

    def _handle_exception(self, error: Exception) -> None:
        """End with one sentence: Textual's own way prints the values of local variables."""
        from tui import crash

        self._return_code = 1
        if self._exception is not None:  # what follows from the first error says nothing new
            return
        self._exception = error
        self._exception_event.set()
        self._keep_draft()
        self._exit_renderables.append(T(crash.report(error)).plain)
        self._close_messages_no_wait()


def _shown_by(action: Action) -> str:
    return action.does.removeprefix(SHOW).removesuffix("')")


def run_app(
    path: Path,
    spoken: Language,
    actor: Actor | None = None,
    today: date | None = None,
    *,
    opens: Hashable = None,
) -> int:
    """Open the app on an inventory, made if it is missing; return the exit code.

    `opens` is where to go at once, one of the targets of `tui.going`. Raises InventoryError
    when the file cannot be opened.
    """
    language.use(spoken)
    reason = signals.refusal(sys.stdout, sys.stdin, os.environ)
    if reason:
        print(reason, file=sys.stderr)
        return 2
    install_strip_guard()
    day = today or date.today()  # noqa: DTZ011 - a person's own day
    session = Session(Store.open(path), actor or this_actor(), day)
    try:
        app = RasmiApp(session, opens=opens)
        app.run()
        signals.let_go_of_a_lost_terminal()
        return app.return_code or 0
    finally:
        session.close()
