"""The list of accounts: searched as one types, in the columns that fit or were chosen."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inventory.language import _
from inventory.reading import get
from inventory.record import Account
from inventory.search import read_search
from tui.account_columns import COLUMNS, columns_for
from tui.actions import Scope
from tui.completion import completed, completions, explanation
from tui.screen import RasmiScreen
from tui.sources import AccountSource
from tui.table.messages import FilterChanged, QueryFailed, RowHighlighted, RowSelected, SortChanged
from tui.table.rows import Order
from tui.text import WARN, T
from tui.widgets.record_table import RecordTable


class AccountsScreen(RasmiScreen, scope=Scope.ACCOUNTS):
    """Every account, or those a search finds."""

    AUTO_FOCUS: ClassVar[str | None] = "RecordTable"
    # The list lays itself out; classes for the width would have every style applied twice.
    HORIZONTAL_BREAKPOINTS = []  # noqa: RUF012 (as Textual has it)
    VERTICAL_BREAKPOINTS = []  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._filter = ""
        self._order: tuple[Order, ...] = ()
        self._chosen: tuple[str, ...] | None = None
        self._columns = columns_for(80)
        self._source: AccountSource | None = None
        self._wanted: int | None = None

    def body(self) -> Iterable[Widget]:
        self._columns = columns_for(self.app.size.width, self._chosen)
        if self._source is None:
            self._source = AccountSource(self.session, self._columns)
        self._source.use(self._columns)
        yield RecordTable(
            self._source,
            [column.column() for column in self._columns],
            empty_message=_(
                "No accounts yet. Press i to import a list, or n to add an account by its address."
            ),
            no_match_message=_("No account matches this search. Esc clears it."),
            filter_text=self._filter,
            order=self._order,
        )
        yield Static(self._search_words(), id="hint")

    def on_unmount(self) -> None:
        if self._source is not None:
            self._source.close()

    @property
    def table(self) -> RecordTable:
        """The list."""
        return self.query_one(RecordTable)

    # -- what others ask -------------------------------------------------------------------------

    def narrow(self, search: str) -> None:
        """Show what `search` finds."""
        self.table.set_filter(search)

    def go_to(self, account_id: int) -> None:
        """Put the cursor on an account, at once or as soon as it is listed."""
        self._wanted = account_id
        self.record_changed()

    def neighbour(self, by: int) -> int | None:
        """Move the cursor and return the account there, None at the end of the list."""
        before = self.table.cursor_row
        self.table.action_move(by)
        after = self.table.cursor_row
        return None if after == before else after

    # -- the list --------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self._show_columns(event.size.width)

    def _show_columns(self, width: int) -> None:
        columns = columns_for(width, self._chosen)
        if columns != self._columns and self._source is not None:
            self._columns = columns
            self._source.use(columns)
            self.table.set_columns([column.column() for column in columns])

    def record_changed(self) -> None:
        if self.is_mounted:
            self.table.reload()
            if self._wanted is not None:
                self.table.move_to(self._wanted)

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        self._filter = message.text
        self.query_one("#hint", Static).update(self._search_words())

    @on(RecordTable.Typing)
    def _typing(self) -> None:
        self.keys_changed()

    @on(SortChanged)
    def _sorted(self, message: SortChanged) -> None:
        self._order = message.order

    @on(RowHighlighted)
    def _highlighted(self, message: RowHighlighted) -> None:
        if message.row_id == self._wanted:
            self._wanted = None
        self.keys_changed()

    @on(QueryFailed)
    def _failed(self, message: QueryFailed) -> None:
        self.tell(message.reason, "error")

    @on(RowSelected)
    def _opened(self, message: RowSelected) -> None:
        self.rasmi.show_account(message.row_id, step=self.neighbour)

    def _search_words(self) -> Content:
        found = completions(self._filter)
        if found:
            return T("  ".join(found))
        problems = read_search(self._filter).problems
        return T(problems[0], WARN) if problems else T(explanation())

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name in ("edit", "copy") and self.table.cursor_row is None:
            return _("There is no account in the list.")
        if name == "complete" and not self.table.typing:
            return _("Press / and type first; Tab then completes words of the search.")
        return None

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()

    def action_complete(self) -> None:
        self.table.set_filter(completed(self.table.filter_text))

    def action_choose_columns(self) -> None:
        from tui.widgets.chooser import Entry
        from tui.widgets.column_chooser import ColumnChooser

        shown = {column.key for column in self._columns}
        titles = [Entry(column.key, T(column.title)) for column in COLUMNS]
        self.app.push_screen(ColumnChooser(titles, shown), self._columns_chosen)

    def _columns_chosen(self, chosen: tuple[str, ...] | None) -> None:
        if chosen is not None:
            self._chosen = chosen or None
            self._show_columns(self.size.width)

    def action_add_account(self) -> None:
        self.rasmi.edit_account(None)

    def action_edit_account(self) -> None:
        self.rasmi.edit_account(self.table.cursor_row)

    def action_copy_address(self) -> None:
        row_id = self.table.cursor_row
        account = get(self.session.connection, Account, row_id) if row_id is not None else None
        if account is not None:
            self.rasmi.copy_text(account.url)
