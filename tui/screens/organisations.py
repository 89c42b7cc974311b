"""The tree of organisations with what the inventory holds under each."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from inventory.language import _
from inventory.organisations import tree
from inventory.reading import domains_of, names_of
from inventory.record import Organisation
from tui.actions import Scope
from tui.organisation_rows import OrganisationRows, organisation_columns
from tui.screen import RasmiScreen, Read
from tui.table.keys import BINDINGS
from tui.table.messages import FilterChanged, RowHighlighted, RowSelected, SortChanged
from tui.table.rows import Order
from tui.text import HEAD, QUIET, T, whole_value
from tui.widgets.page import Pair, Pairs
from tui.widgets.record_table import RecordTable

DETAILS_CELLS = 48


class TreeTable(RecordTable, inherit_bindings=False):
    """A table whose left and right keys belong to the screen, which opens branches with them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        one
        for one in BINDINGS
        if isinstance(one, Binding) and one.id not in ("table.left", "table.right")
    ]


class OrganisationsScreen(RasmiScreen, scope=Scope.ORGANISATIONS):
    """Every organisation under the one it belongs to; Enter lists the accounts of its branch."""

    CSS_PATH = "organisations.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "TreeTable"

    def __init__(self) -> None:
        super().__init__()
        self._rows: OrganisationRows | None = None
        self._filter = ""
        self._order: tuple[Order, ...] = ()

    def body(self) -> Iterable[Widget]:
        rows = self._rows or OrganisationRows(())
        columns = organisation_columns(self._table_width())
        rows.columns = tuple(column.key for column in columns)
        yield Pairs((), id="details")
        yield TreeTable(
            rows,
            columns,
            empty_message=_("No organisations yet. Press i to import a list of accounts."),
            no_match_message=_("No organisation has these words in its name. Esc clears them."),
            filter_text=self._filter,
            order=self._order,
        )

    @property
    def table(self) -> TreeTable:
        """The tree."""
        return self.query_one(TreeTable)

    # -- reading ---------------------------------------------------------------------------------

    def record_changed(self) -> None:
        self.read_in_background("tree", lambda connection: list(tree(connection)))

    def on_read(self, message: Read) -> None:
        """Show the tree as it is now; branches stay as open as they were."""
        opened = self._rows.opened if self._rows is not None else None
        at = self.table.cursor_row
        self._rows = OrganisationRows(message.answer, opened)
        self._show_columns()
        if at is not None:
            self.table.move_to(at)
        self._show_details()

    def on_resize(self, event: events.Resize) -> None:
        self._show_columns()

    def _show_columns(self) -> None:
        if self._rows is not None:
            columns = organisation_columns(self._table_width())
            self._rows.columns = tuple(column.key for column in columns)
            self.table.set_source(self._rows, columns)

    def _table_width(self) -> int:
        width = self.app.size.width
        return width - DETAILS_CELLS if width >= 110 else width

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        self._filter = message.text

    @on(RecordTable.Typing)
    def _typing(self) -> None:
        self.keys_changed()

    @on(SortChanged)
    def _sorted(self, message: SortChanged) -> None:
        self._order = message.order

    @on(RowHighlighted)
    def _highlighted(self) -> None:
        self._show_details()
        self.keys_changed()

    @on(RowSelected)
    async def _chosen(self) -> None:
        await self.action_narrow()

    # -- the organisation under the cursor -------------------------------------------------------

    @property
    def organisation(self) -> Organisation | None:
        """The organisation under the cursor."""
        return self._rows.organisation(self.table.cursor_row) if self._rows else None

    def _show_details(self) -> None:
        details = self.query_one("#details", Pairs)
        details.show(self._details(self.organisation) if self.organisation else ())

    def _details(self, one: Organisation) -> list[Pair]:
        connection = self.session.connection
        counts = self._rows.counts(one.id) if self._rows else None
        pairs: list[Pair] = [(None, T(one.name, HEAD))]
        other = {one.name_ms, one.name_en} - {one.name, None}
        pairs += [(T(_("Also called")), whole_value(str(name))) for name in other]
        pairs += [
            (T(known.kind.label), whole_value(known.name)) for known in names_of(connection, one.id)
        ]
        if one.short_name:
            pairs.append((T(_("Short name")), whole_value(one.short_name)))
        pairs.append((T(_("Kind")), T(one.kind.label)))
        if counts is not None:
            own = _("{own} of its own, {all} with those under it")
            pairs.append(
                (T(_("Accounts")), T(own.format(own=counts.accounts, all=counts.accounts_below)))
            )
        website = whole_value(one.website) if one.website else T(_("unknown"), QUIET)
        pairs.append((T(_("Official website")), website))
        domains = ", ".join(domains_of(connection, one.id))
        pairs.append((T(_("Domains")), whole_value(domains) if domains else T(_("unknown"), QUIET)))
        return pairs

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name in ("narrow", "expand", "collapse") and self.organisation is None:
            return _("There is no organisation in the list.")
        return None

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()

    async def action_narrow(self) -> None:
        one = self.organisation
        if one is not None:
            await self.rasmi.show_accounts_of(one.id)

    def action_expand(self) -> None:
        one = self.organisation
        if one is not None and self._rows is not None:
            self._rows.opened.add(one.id)
            self.table.reload()

    def action_collapse(self) -> None:
        one, rows = self.organisation, self._rows
        if one is None or rows is None:
            return
        if one.id in rows.opened and rows.has_branch(one.id):
            rows.opened.discard(one.id)
            self.table.reload()
        elif one.parent_id is not None:
            self.table.move_to(one.parent_id)

    def action_add_account(self) -> None:
        self.rasmi.edit_account(None, self.table.cursor_row)
