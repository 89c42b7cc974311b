"""One account: its record, what the audit found, the proof, and its history."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from inventory.language import _
from tui.account_page import (
    AccountPage,
    flag_line,
    heading,
    history_pairs,
    proof_pairs,
    read_page,
    record_pairs,
)
from tui.actions import Scope
from tui.findings_of import finding_pairs
from tui.screen import RasmiScreen
from tui.text import T
from tui.widgets.page import Page, Pairs


class AccountScreen(RasmiScreen, scope=Scope.ACCOUNT):
    """The page of one account; `step` moves along the list it came from."""

    AUTO_FOCUS: ClassVar[str | None] = "Page"

    def __init__(self, account_id: int, step: Callable[[int], int | None] | None = None) -> None:
        super().__init__()
        self._account_id = account_id
        self._step = step
        self._page: AccountPage | None = None

    @property
    def place(self) -> str:
        return Scope.ACCOUNTS.value

    def body(self) -> Iterable[Widget]:
        self._page = page = read_page(self.session.connection, self._account_id)
        if page is None:
            yield Static(_("This account is not in the inventory any more."))
            return
        yield Static(T("") + heading(page), id="heading")
        yield Static(T("") + flag_line(page), id="flags")
        with Page():
            yield Pairs(finding_pairs(self.session.connection, page.account), id="findings")
            with Horizontal(id="columns"):
                yield Pairs(record_pairs(page.account), id="record")
                with Vertical(id="proof"):
                    yield Pairs(proof_pairs(page))
                    yield Pairs(history_pairs(page), id="history")

    def record_changed(self) -> None:
        if self.is_mounted:
            self.speak()

    def why_not(self, name: str) -> str | None:
        if name in ("previous", "next") and self._step is None:
            return _("This account was not opened from a list.")
        if name in ("edit", "copy", "browse") and self._page is None:
            return _("This account is not in the inventory any more.")
        if name == "browse" and self._address() is None:
            return _("The recorded address is not one the program can open safely.")
        return None

    # -- actions ---------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        if self._step is None:
            return
        account_id = self._step(by)
        if account_id is None:
            self.tell(
                _("This is the last account of the list.")
                if by > 0
                else _("This is the first account of the list.")
            )
            return
        self._account_id = account_id
        self.speak()

    def action_edit_account(self) -> None:
        self.rasmi.edit_account(self._account_id)

    def action_copy_address(self) -> None:
        if self._page is not None:
            self.rasmi.copy_text(self._page.account.url)

    def action_browse(self) -> None:
        address = self._address()
        if address is not None:
            self.app.open_url(address)
            self.tell(_("Asked the browser to open {address}").format(address=address))

    def _address(self) -> str | None:
        """Return the address as identity itself writes it, if it is an account on the web."""
        from inventory.identity import identify
        from inventory.identity_outcomes import Identity

        if self._page is None:
            return None
        found = identify(self._page.account.url)
        if not isinstance(found, Identity) or not found.url.startswith(("https://", "http://")):
            return None
        return found.url if found.url.isascii() and found.url.isprintable() else None
