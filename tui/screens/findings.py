"""The list of findings: searched as one types, sorted, and counted in groups beside it."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import ClassVar

from textual import events, on
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from audits.findings_search import FindingGroup, FindingList, GroupedBy, read_finding_search
from audits.ledger import has_runs
from inventory.language import _
from tui.actions import Scope
from tui.finding_columns import FindingSource, GroupRows, columns_for
from tui.finding_page import preview
from tui.finding_words import (
    FIELD_OF,
    completed,
    completions,
    explanation,
    only_open,
    with_term,
    without,
)
from tui.going import OneRule, go_to
from tui.screen import RasmiScreen, Read, ReadFailed
from tui.table.messages import (
    FilterChanged,
    QueryFailed,
    RowHighlighted,
    RowSelected,
    SortChanged,
)
from tui.table.rows import Order
from tui.table.view import WindowTable
from tui.text import WARN, T

WIDE = 110
"""Cells from which the groups stand beside the list unasked."""
GROUP_CELLS = 38
WAIT = 0.15
"""Seconds without a key before the groups are counted again."""


class Preview(Widget):
    """Three lines on the finding under the cursor."""

    DEFAULT_CSS = """
    Preview {
        height: 3; padding: 0 1; background: $panel;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    .-short Preview { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._content = T("")

    def show(self, content: Content) -> None:
        """Show other lines."""
        self._content = content
        self.refresh()

    def render(self) -> Content:
        return self._content


class FindingsScreen(RasmiScreen, scope=Scope.FINDINGS):
    """Every open finding, or those a search finds."""

    AUTO_FOCUS: ClassVar[str | None] = "#list"
    DEFAULT_CSS = """
    FindingsScreen {
        #halves { height: 1fr; layout: vertical; }
        #halves.-beside { layout: horizontal; }
        #groups { display: none; height: 8; border-bottom: solid $border-blurred; }
        #halves.-grouped #groups { display: block; }
        #halves.-beside #groups {
            width: 38; height: 1fr; border-bottom: none; border-right: solid $border-blurred;
        }
        #hint {
            height: 1; padding: 0 1; color: $text-muted;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._filter = ""
        self._order: tuple[Order, ...] = ()
        self._by: GroupedBy | None = GroupedBy.SEVERITY
        self._asked = False
        """Whether groups were asked for, or turned off, by key."""
        self._due = False
        self._counting: tuple[str, GroupedBy] | None = None
        """What is being counted now."""
        self._groups = GroupRows()
        self._columns = columns_for(80)
        self._source: FindingSource | None = None

    def body(self) -> Iterable[Widget]:
        self._columns = columns_for(self._table_width(), with_state=not only_open(self._filter))
        if self._source is None:
            self._source = FindingSource(self.session, self._columns)
        self._source.columns = self._columns
        with Container(id="halves"):
            yield WindowTable(
                self._groups, self._groups.columns(), empty_message=_("Nothing to count."),
                id="groups",
            )  # fmt: skip
            yield WindowTable(
                self._source,
                [column.column() for column in self._columns],
                empty_message=self._nothing(),
                no_match_message=_("No finding matches this search. Esc clears it."),
                filter_text=self._filter,
                order=self._order,
                id="list",
            )
        yield Preview()
        yield Static(self._search_hint(), id="hint")

    def on_mount(self) -> None:
        self._arrange()

    def on_unmount(self) -> None:
        if self._source is not None:
            self._source.close()

    @property
    def table(self) -> WindowTable:
        """The list."""
        return self.query_one("#list", WindowTable)

    @property
    def groups(self) -> WindowTable:
        """The groups."""
        return self.query_one("#groups", WindowTable)

    # -- what others ask -------------------------------------------------------------------------

    def narrow(self, search: str) -> None:
        """Show what `search` finds."""
        self.table.set_filter(search)
        self.table.focus()

    def neighbour(self, by: int) -> int | None:
        """Move the cursor and return the finding there, None at the end of the list."""
        before = self.table.cursor_row
        self.table.action_move(by)
        after = self.table.cursor_row
        return None if after == before else after

    # -- layout ----------------------------------------------------------------------------------

    @property
    def _grouped(self) -> bool:
        return self._by is not None and (self._asked or self.app.size.width >= WIDE)

    def _table_width(self) -> int:
        width = self.app.size.width
        return width - GROUP_CELLS if self._grouped and width >= WIDE else width

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()

    def _arrange(self) -> None:
        halves = self.query_one("#halves")
        halves.set_class(self._grouped, "-grouped")
        halves.set_class(self.app.size.width >= WIDE, "-beside")
        self._show_columns()
        self._count()

    def _show_columns(self) -> None:
        """Show the columns that fit; the state is one of them when not only open ones are."""
        columns = columns_for(self._table_width(), with_state=not only_open(self._filter))
        if columns != self._columns and self._source is not None:
            self._columns = self._source.columns = columns
            self.table.set_columns([column.column() for column in columns])

    def speak(self) -> None:
        """Arrange the widgets made anew, and count the groups in the language spoken now."""
        super().speak()
        self.call_after_refresh(self._arrange)

    # -- reading ---------------------------------------------------------------------------------

    def record_changed(self) -> None:
        if self.is_mounted:
            self.table.reload()
            self._count()

    def _count(self) -> None:
        """Count the groups once, however many reasons there are to do it now."""
        if not self._due:
            self._due = True
            self.call_after_refresh(self._count_now)

    def _count_now(self) -> None:
        """Count the groups of what the search finds, whichever of them it is narrowed to."""
        self._due = False
        by = self._by
        if by is None or not self._grouped:
            return
        search = without(self._filter, FIELD_OF[by])
        if self._counting == (search, by):
            return
        self._counting = (search, by)

        def read(connection: Connection) -> list[FindingGroup]:
            return FindingList(connection).groups(search, by)

        self.read_in_background("groups", read)

    def on_read(self, message: Read) -> None:
        """Show the groups; the cursor stays on its group."""
        self._counting = None
        at = self.groups.cursor_row
        term = self._groups.groups[at].term if at is not None else None
        self._groups = GroupRows(message.answer, self._by)
        self.groups.set_source(self._groups, self._groups.columns())
        terms = [one.term for one in self._groups.groups]
        if term in terms:
            self.groups.move_to(terms.index(term))

    def on_read_failed(self, message: ReadFailed) -> None:
        self._counting = None
        super().on_read_failed(message)

    def _nothing(self) -> str:
        if not has_runs(self.session.connection):
            return _("Not audited yet. Press a to audit every account by the rules.")
        return _("The last audit left nothing open.")

    # -- the list --------------------------------------------------------------------------------

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        if self.groups.has_focus:
            return
        self._filter = message.text
        self._show_columns()
        self.query_one("#hint", Static).update(self._search_hint())
        self.set_timer(WAIT, lambda: self._count() if self._filter == message.text else None)

    @on(SortChanged)
    def _sorted(self, message: SortChanged) -> None:
        if not self.groups.has_focus:
            self._order = message.order

    @on(RowHighlighted)
    def _highlighted(self) -> None:
        at = self.table.cursor_row
        rows = FindingList(self.session.connection).rows([at] if at is not None else [])
        row = next(iter(rows), None)
        self.query_one(Preview).show(T("") if row is None else preview(row))
        self.keys_changed()

    @on(QueryFailed)
    def _failed(self, message: QueryFailed) -> None:
        self.tell(message.reason, "error")

    @on(RowSelected)
    def _opened(self, message: RowSelected) -> None:
        if self.groups.has_focus:
            term = self._groups.groups[message.row_id].term
            self.narrow(with_term(self._filter, term))
            return
        from tui.screens.finding import FindingScreen

        self.app.push_screen(FindingScreen(message.row_id, self.neighbour))

    def _search_hint(self) -> Content:
        found = completions(self._filter)
        if found:
            return T("  ".join(found))
        problems = read_finding_search(self._filter).problems
        return T(problems[0], WARN) if problems else T(explanation())

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name == "finding_rule" and self.table.cursor_row is None:
            return _("There is no finding in the list.")
        return None

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()

    def action_complete(self) -> None:
        if self.table.typing:
            self.table.set_filter(completed(self.table.filter_text))
        elif self._grouped:
            (self.table if self.groups.has_focus else self.groups).focus()

    def action_group(self) -> None:
        """Count by the next kind of group; after the last by none."""
        kinds: list[GroupedBy | None] = [*GroupedBy, None]
        shown = self._by if self._grouped else None
        self._by = kinds[(kinds.index(shown) + 1) % len(kinds)]
        self._asked = True
        if self._by is None:
            self.table.focus()
        self._arrange()

    async def action_show_rule(self) -> None:
        row_id = self.table.cursor_row
        rows = FindingList(self.session.connection).rows([row_id] if row_id is not None else [])
        for row in rows:
            await go_to(self.rasmi, OneRule(row.rule))
