"""One account: its record, what the audit found, the proof, and its history."""

from collections.abc import Callable, Iterable
from sqlite3 import Connection
from typing import ClassVar

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from audits.differences import Difference
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
from tui.screen import RasmiScreen, Read
from tui.seen_differently import seen_pairs, taken_next
from tui.text import QUIET, T
from tui.widgets.page import Page, Pairs


class AccountScreen(RasmiScreen, scope=Scope.ACCOUNT):
    """The page of one account; `step` moves along the list it came from."""

    CSS_PATH = "account.tcss"
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
        yield Static(T("") + flag_line(page, self.app.size.width - 2), id="flags")
        with Page():
            if page.differences:
                yield Pairs(seen_pairs(page.differences), id="seen")
            yield Pairs(
                [(None, T(_("Reading the findings …"), QUIET))], label_cells=14, id="findings"
            )
            with Horizontal(id="columns"):
                yield Pairs(record_pairs(page.account), id="record")
                with Vertical(id="proof"):
                    yield Pairs(proof_pairs(page))
                    yield Pairs(history_pairs(page), id="history")

    def record_changed(self) -> None:
        if self.is_mounted:
            self.speak()

    def speak(self) -> None:
        super().speak()
        self._read_findings()

    def on_mount(self) -> None:
        self._read_findings()

    def _read_findings(self) -> None:
        account_id = self._account_id

        def read(connection: Connection) -> object:
            from audits.findings import results_for_account

            return results_for_account(connection, account_id)

        self.read_in_background("findings", read)

    def on_read(self, message: Read) -> None:
        """Show what the audit found."""
        from tui.findings_of import result_pairs

        for findings in self.query("#findings").results(Pairs):
            findings.show(result_pairs(message.answer))

    def why_not(self, name: str) -> str | None:
        if name in ("previous", "next") and self._step is None:
            return _("This account was not opened from a list.")
        if name in ("edit", "copy", "browse") and self._page is None:
            return _("This account is not in the inventory any more.")
        if name == "accept" and (self._page is None or taken_next(self._page.differences) is None):
            return _("Nothing was seen of this account that the record could take over.")
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

    def action_accept_seen(self) -> None:
        """Take the gravest difference into the record; of another account only once confirmed."""
        found = taken_next(self._page.differences) if self._page else None
        if found is None or not found.other_account:
            self._accept(found)
            return
        from tui.screens.confirm import Confirm

        question = T(_("Another account answers under this handle. Is it the organisation's?"))

        def answered(yes: bool | None) -> None:
            if yes:
                self._accept(found)

        self.app.push_screen(Confirm(question, yes=_("Take it over"), no=_("Leave it")), answered)

    def _accept(self, found: Difference | None) -> None:
        from audits.accepting import accept
        from inventory.errors import InventoryError

        if self._page is None or found is None:
            return
        session, version = self.session, self._page.account.version
        try:
            accept(
                session.store, session.actor, found.observation.id, session.today, version=version
            )
        except InventoryError as error:
            self.tell(str(error), "error")
        else:
            self.tell(_("Taken into the record; u takes it back."))
        self.record_changed()

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
