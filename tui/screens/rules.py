"""The list of rules, each with what the last audit made of it."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from audits.explanation import core_policy
from audits.ledger import latest_run
from audits.rules import Rule, Status
from inventory.language import _
from tui.actions import Scope
from tui.going import Findings, Results, go_to
from tui.rule_columns import CountedRule, RuleRows, rule_columns
from tui.screen import RasmiScreen
from tui.table.messages import FilterChanged, RowHighlighted, RowSelected, SortChanged
from tui.table.rows import Order
from tui.table.view import WindowTable


class RulesScreen(RasmiScreen, scope=Scope.RULES):
    """The rules of the policy; Enter explains one."""

    AUTO_FOCUS: ClassVar[str | None] = "WindowTable"

    def __init__(self) -> None:
        super().__init__()
        self._filter = ""
        self._order: tuple[Order, ...] = ()
        self._rows = RuleRows(())

    def body(self) -> Iterable[Widget]:
        self._rows = RuleRows(counted_rules(self.session.connection))
        columns = rule_columns(self.app.size.width)
        self._rows.columns = tuple(column.key for column in columns)
        yield WindowTable(
            self._rows,
            columns,
            empty_message=_("The policy has no rules."),
            no_match_message=_("No rule has these words in its title. Esc clears them."),
            filter_text=self._filter,
            order=self._order,
        )

    @property
    def table(self) -> WindowTable:
        """The list."""
        return self.query_one(WindowTable)

    @property
    def rule(self) -> Rule | None:
        """The rule under the cursor."""
        return self._rows.rule(self.table.cursor_row)

    def neighbour(self, by: int) -> str | None:
        """Move the cursor and return the code of the rule there, None at the end of the list."""
        before = self.table.cursor_row
        self.table.action_move(by)
        after = self._rows.rule(self.table.cursor_row)
        return None if after is None or self.table.cursor_row == before else after.code

    def record_changed(self) -> None:
        if self.is_mounted:
            self._show(RuleRows(counted_rules(self.session.connection)))

    def on_resize(self, event: events.Resize) -> None:
        self._show(self._rows)

    def _show(self, rows: RuleRows) -> None:
        at = self.table.cursor_row
        columns = rule_columns(self.app.size.width)
        rows.columns = tuple(column.key for column in columns)
        self._rows = rows
        self.table.set_source(rows, columns)
        if at is not None:
            self.table.move_to(at)

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        self._filter = message.text

    @on(SortChanged)
    def _sorted(self, message: SortChanged) -> None:
        self._order = message.order

    @on(RowHighlighted)
    def _highlighted(self) -> None:
        self.keys_changed()

    @on(RowSelected)
    def _opened(self, message: RowSelected) -> None:
        from tui.screens.rule import RuleScreen

        rule = self._rows.rule(message.row_id)
        if rule is not None:
            self.app.push_screen(RuleScreen(rule.code, self.neighbour))

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name in ("failing", "unassessed") and self.rule is None:
            return _("There is no rule in the list.")
        return None

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()

    async def action_list_failing(self) -> None:
        if self.rule is not None:
            await go_to(self.rasmi, Findings(f"rule:{self.rule.code}"))

    async def action_list_unassessed(self) -> None:
        if self.rule is not None:
            await go_to(self.rasmi, Results(self.rule.code, Status.NOT_ASSESSED.value))


def counted_rules(connection: Connection) -> list[CountedRule]:
    """Return the rules of the policy with the counts of the last run."""
    run = latest_run(connection)
    return [
        CountedRule(
            rule,
            run.tallies.get(rule.code) if run else None,
            broke=bool(run and rule.code in run.errors),
        )
        for rule in core_policy().rules
    ]
