"""The accounts behind a figure that no search can name: a rule's results, a flag of an old run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from audits.explanation import core_policy
from audits.figures import accounts_with
from audits.flags import Flag
from audits.probes.check_outcomes import accounts_seen
from audits.probes.sightings import Outcome, Reason
from audits.rule_results import accounts_flagged, explanations
from audits.rules import Status
from inventory.language import _
from inventory.search import AccountList
from tui.account_columns import AccountColumn, columns_for
from tui.actions import Scope
from tui.screen import RasmiScreen, Read
from tui.session import Session
from tui.sources import AccountSource
from tui.table.columns import Column
from tui.table.messages import FilterChanged, QueryFailed, RowSelected, SortChanged
from tui.table.rows import Cells, Order
from tui.table.view import WindowTable
from tui.text import STRONG, T


@dataclass(frozen=True, slots=True)
class Behind:
    """What is listed: a title in the language spoken then, the ids, and the rule that explains."""

    title: Callable[[], str]
    ids: Callable[[Connection], Sequence[int]]
    rule: str | None = None


def under_rule(code: str, status: str) -> Behind:
    """Return the accounts on which a rule has a status, each with the reason."""

    def title() -> str:
        rule = core_policy().by_code.get(code)
        return f"{code}  {Status(status).label}  {rule.title.here if rule else ''}"

    return Behind(title, lambda connection: accounts_with(connection, code, Status(status)), code)


def with_flag(run: int, flag: str) -> Behind:
    """Return the accounts for which a flag was up after a run."""

    def title() -> str:
        return _("Audit {number}: {flag}").format(number=run, flag=Flag(flag).label)

    return Behind(title, lambda connection: accounts_flagged(connection, run, Flag(flag)))


def seen_as(since: str, outcome: str, reason: str | None) -> Behind:
    """Return the accounts that probes saw so since a moment, for any reason when none is named."""
    what, why = Outcome(outcome), Reason(reason) if reason else None

    def title() -> str:
        return _("Live check: {what}").format(what=(why or what).label)

    return Behind(title, lambda connection: accounts_seen(connection, since, what, why))


class SourceBehind(AccountSource):
    """The accounts of a list of ids as rows, with the reason under a rule as the last column."""

    def __init__(
        self, session: Session, columns: tuple[AccountColumn, ...], rule: str | None
    ) -> None:
        super().__init__(session, columns)
        self._connection = session.connection
        self._every = AccountList(session.connection, ())
        self._rule = rule
        self.wanted: frozenset[int] = frozenset()

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        pairs = [(one.column, one.descending) for one in order]
        found: list[int] = []
        for row_id in self._every.all_ids(text, pairs) if self.wanted else ():
            if row_id in self.wanted:
                found.append(row_id)
                if len(found) == limit:
                    break
        return found

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterable[int]:
        return (row_id for row_id in super().all_ids(text, order) if row_id in self.wanted)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        cells = super().rows(ids)
        if self._rule is None:
            return cells
        said = explanations(self._connection, self._rule, list(ids))
        return {
            row_id: (*row, (said[row_id].reason or said[row_id].actual) if row_id in said else "")
            for row_id, row in cells.items()
        }


class AccountsBehindScreen(RasmiScreen, scope=Scope.ACCOUNTS_BEHIND):
    """The accounts behind one figure; Enter shows one."""

    AUTO_FOCUS: ClassVar[str | None] = "WindowTable"
    DEFAULT_CSS = """
    AccountsBehindScreen #title {
        height: 1; padding: 0 1; background: $panel;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self._behind = behind
        self._filter = ""
        self._order: tuple[Order, ...] = ()
        self._source: SourceBehind | None = None
        self._read = False

    @property
    def place(self) -> str:
        return Scope.RULES.value if self._behind.rule else Scope.OVERVIEW.value

    def body(self) -> Iterable[Widget]:
        columns = self._account_columns()
        if self._source is None:
            self._source = SourceBehind(self.session, columns, self._behind.rule)
        self._source.use(columns)
        yield Static(self._behind_what(), id="title")
        yield WindowTable(
            self._source,
            self._columns(columns),
            empty_message=_("No account is behind this figure now.") if self._read else "",
            no_match_message=_("None of these accounts matches this search. Esc clears it."),
            filter_text=self._filter,
            order=self._order,
        )

    def _behind_what(self) -> Content:
        return T(self._behind.title(), STRONG)

    def _account_columns(self) -> tuple[AccountColumn, ...]:
        width = self.app.size.width
        return columns_for(min(100, width * 6 // 10) if self._behind.rule else width)

    def _columns(self, columns: tuple[AccountColumn, ...]) -> list[Column]:
        drawn = [column.column() for column in columns]
        if self._behind.rule:
            drawn.append(Column("why", _("Why"), 24, grow=2, sortable=False))
        return drawn

    @property
    def table(self) -> WindowTable:
        """The list."""
        return self.query_one(WindowTable)

    def on_unmount(self) -> None:
        if self._source is not None:
            self._source.close()

    def record_changed(self) -> None:
        self.read_in_background("ids", self._behind.ids)

    def on_read(self, message: Read) -> None:
        """List the accounts that were found."""
        if self._source is None:
            return
        self._source.wanted = frozenset(message.answer)
        if not self._read:
            self._read = True
            self.speak()
        else:
            self.table.reload()

    def on_resize(self, event: events.Resize) -> None:
        if self._source is not None:
            columns = self._account_columns()
            self._source.use(columns)
            self.table.set_columns(self._columns(columns))

    def neighbour(self, by: int) -> int | None:
        """Move the cursor and return the account there, None at the end of the list."""
        before = self.table.cursor_row
        self.table.action_move(by)
        after = self.table.cursor_row
        return None if after == before else after

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        self._filter = message.text

    @on(SortChanged)
    def _sorted(self, message: SortChanged) -> None:
        self._order = message.order

    @on(QueryFailed)
    def _failed(self, message: QueryFailed) -> None:
        self.tell(message.reason, "error")

    @on(RowSelected)
    def _opened(self, message: RowSelected) -> None:
        self.rasmi.show_account(message.row_id, step=self.neighbour)

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()
