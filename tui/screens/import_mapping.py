"""The second step of an import: what each column of the list means."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from sqlite3 import Connection
from typing import ClassVar

from textual import events, on
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from inventory.importing.apply import Applied
from inventory.importing.lines import Outcome
from inventory.importing.mapping import MappingError
from inventory.importing.plan import Plan
from inventory.importing.refusal import FileRefused
from inventory.importing.targets import IGNORED, Target, target_named
from inventory.language import _
from inventory.privacy import PrivacyRefused
from inventory.reading import organisation_by
from tui.actions import Scope
from tui.import_columns import (
    ColumnOfList,
    columns_of,
    how_words,
    layout_words,
    meaning_columns,
    meaning_entries,
)
from tui.import_draft import TRIED_ROWS, Draft, read_list, try_draft
from tui.jobs import Ended, JobDialog
from tui.list_rows import ListRows
from tui.plan_lines import Planned, planned
from tui.screen import RasmiScreen, Read, ReadFailed
from tui.screens.import_list import step_names
from tui.sources import organisations_named
from tui.table.messages import RowHighlighted, RowSelected
from tui.table.view import WindowTable
from tui.text import BAD, HEAD, QUIET, STRONG, WARN, T, whole_value
from tui.widgets.ask import AskText
from tui.widgets.chooser import Chooser, Entry
from tui.widgets.heading import Heading
from tui.widgets.page import Pair, Pairs

FOUND_AT_ONCE = 12


class MappingScreen(RasmiScreen, scope=Scope.IMPORT_MAPPING):
    """The columns of one list; each can be given another meaning before the plan is made."""

    AUTO_FOCUS: ClassVar[str | None] = "WindowTable"
    DEFAULT_CSS = """
    MappingScreen {
        #about { padding: 0 1; height: auto; max-height: 2; }
        #halves { height: 1fr; layout: vertical; }
        #column { padding: 0 1; background: $panel; display: none; }
        &.-tall #column { display: block; height: 6; }
        &.-wide #halves { layout: horizontal; }
        &.-wide #column { display: block; height: 1fr; width: 48; padding: 0 1; }
        #ahead { padding: 0 1; height: auto; max-height: 3; background: $panel; }
    }
    """

    def __init__(self, draft: Draft, taken_in: Callable[[Applied], None]) -> None:
        super().__init__()
        self._draft = draft
        self._taken_in = taken_in
        self._columns: tuple[ColumnOfList, ...] = tuple(columns_of(draft))
        self._owner = ""

    @property
    def place(self) -> str:
        return Scope.IMPORT.value

    @property
    def unsaved(self) -> bool:
        return self._draft.answered

    def body(self) -> Iterable[Widget]:
        yield Heading(T(self._draft.table.name, HEAD), step_names(), 1)
        yield Static(self._list_words(), id="about")
        rows = self._rows()
        with Container(id="halves"):
            yield WindowTable(
                rows,
                rows.fit(self._table_width()),
                empty_message=_("The file has no columns."),
            )
            yield Pairs((), id="column")
        yield Static("", id="ahead")

    @property
    def table(self) -> WindowTable:
        """The columns of the file."""
        return self.query_one(WindowTable)

    # -- what is shown ---------------------------------------------------------------------------

    def record_changed(self) -> None:
        self._look_ahead()

    def _rows(self) -> ListRows[ColumnOfList]:
        return ListRows(
            self._columns, meaning_columns(), lambda one: one.meaning.header, self._table_width()
        )

    def _table_width(self) -> int:
        width = self.app.size.width
        return width - 48 if width >= 110 else width

    def on_resize(self, event: events.Resize) -> None:
        self.table.set_columns(self._rows().fit(self._table_width()))

    def _use(self, draft: Draft) -> None:
        """Go on with another draft."""
        self._draft = draft
        self._columns = tuple(columns_of(draft))
        at = self.table.cursor_row
        rows = self._rows()
        self.table.set_source(rows, rows.fit(self._table_width()))
        if at is not None:
            self.table.move_to(at)
        self.query_one("#about", Static).update(self._list_words())
        self._show_column()
        self._look_ahead()

    def _list_words(self) -> Content:
        draft = self._draft
        parts = [
            draft.table.detail,
            _("{count} rows").format(count=f"{len(draft.table.rows):,}"),
            layout_words(draft.mapping.layout),
        ]
        named = _("list name: {name}").format(name=draft.source)
        lines = [T(" · ".join(parts)), T(named, QUIET)]
        if draft.organisation:
            owner = _("rows that name none: {name}").format(name=self._owner)
            lines[1] = Content.assemble(lines[1], T("  ·  ", QUIET), T(owner))
        return Content("\n").join(lines)

    @property
    def column(self) -> ColumnOfList | None:
        """The column under the cursor."""
        row_id = self.table.cursor_row
        return self._columns[row_id - 1] if row_id and row_id <= len(self._columns) else None

    def _show_column(self) -> None:
        one = self.column
        self.query_one("#column", Pairs).show(_column_pairs(one) if one is not None else ())

    @on(RowHighlighted)
    def _highlighted(self) -> None:
        self._show_column()
        self.keys_changed()

    # -- a look ahead ----------------------------------------------------------------------------

    def _look_ahead(self) -> None:
        draft, session = self._draft, self.session
        self.read_in_background("ahead", lambda connection: try_draft(connection, draft, session))

    def on_read(self, message: Read) -> None:
        """Say what the first rows would come to."""
        ahead = self.query_one("#ahead", Static)
        ahead.update(T("") + _ahead_words(message.answer, len(self._draft.table.rows)))

    def on_read_failed(self, message: ReadFailed) -> None:
        """Say why the first rows cannot be planned."""
        message.prevent_default()
        self.query_one("#ahead", Static).update(T(_said(message.error), BAD))

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name in ("change_meaning", "leave_column_out") and self.column is None:
            return _("There is no column in the list.")
        if name == "as_proposed" and self._draft.mapping == self._draft.proposed:
            return _("The columns are as proposed.")
        if name == "list_sheet" and self._draft.table.format != "xlsx":
            return _("Only Excel workbooks have sheets.")
        return None

    @on(RowSelected)
    def _selected(self) -> None:
        self.action_change_meaning()

    def action_change_meaning(self) -> None:
        one = self.column
        if one is None:
            return
        draft = self._draft

        def chosen(answer: str | None) -> None:
            target = target_named(answer) if answer is not None else None
            if target is not None:
                self._give(one, target)

        chooser = Chooser(
            T(_("What does “{column}” hold?").format(column=one.meaning.header)),
            lambda text: meaning_entries(draft, text),
            hint=_("type to find a meaning"),
            highlight=one.meaning.target.name,
        )
        self.app.push_screen(chooser, chosen)

    def action_leave_column_out(self) -> None:
        if self.column is not None:
            self._give(self.column, IGNORED)

    def _give(self, one: ColumnOfList, target: Target) -> None:
        try:
            self._use(self._draft.meaning(one.meaning.header, target))
        except MappingError as error:
            self.tell(str(error), "warning")

    def action_as_proposed(self) -> None:
        self._use(replace(self._draft, mapping=self._draft.proposed))

    def action_list_name(self) -> None:
        def named(name: str | None) -> None:
            if name:
                self._use(replace(self._draft, source=name))

        ask = AskText(
            T(_("Name of the list")),
            self._draft.source,
            advice=_("When it comes again under this name, what is missing from it is told."),
            problem=lambda text: None if text else _("A list needs a name."),
        )
        self.app.push_screen(ask, named)

    def action_list_sheet(self) -> None:
        def named(sheet: str | None) -> None:
            if sheet:
                self._read_sheet(sheet)

        ask = AskText(T(_("Read which sheet?")), "", advice=_("The name on its tab."))
        self.app.push_screen(ask, named)

    def _read_sheet(self, sheet: str) -> None:
        path = self._draft.path

        def read(ended: Ended[Draft] | None) -> None:
            if ended is None:
                return
            if ended.error is not None:
                self.tell(_said(ended.error), "error")
            else:
                self._use(ended.get())

        title = T(_("Reading {name}").format(name=path.name))
        self.app.push_screen(
            JobDialog(title, lambda watch: read_list(path, sheet, watch), left_at_once=True), read
        )

    def action_list_owner(self) -> None:
        def chosen(answer: str | None) -> None:
            if answer is not None:
                self._own(answer)

        nobody = [Entry("nobody", T(_("nobody: each row names its own"), QUIET))]
        chooser = Chooser(
            T(_("Whose are rows that name no organisation?")),
            lambda text: [] if text.strip() else nobody,
            hint=_("type its name"),
            look_up=_owner_entries,
        )
        self.app.push_screen(chooser, chosen)

    def _own(self, answer: str) -> None:
        kind, _colon, named = answer.partition(":")
        known = organisation_by(self.session.connection, named) if kind == "uid" else None
        self._owner = known.name if known is not None else named
        self._use(replace(self._draft, organisation=named))

    def action_make_plan(self) -> None:
        draft, session = self._draft, self.session
        job = JobDialog(
            T(_("Making the plan")),
            lambda watch: planned(session, draft, watch),
            note=_("Nothing is written. Esc stops it."),
            left_at_once=True,
        )
        self.app.push_screen(job, self._planned)

    def _planned(self, ended: Ended[Planned] | None) -> None:
        if ended is None:
            return
        if ended.error is not None:
            self.query_one("#ahead", Static).update(T(_said(ended.error), BAD))
            return
        from tui.screens.import_plan import PlanScreen

        self.app.push_screen(PlanScreen(ended.get(), self._answered, self._taken_in))

    def _answered(self, draft: Draft) -> None:
        """Keep what was answered while the plan was looked at."""
        self._draft = draft


def _column_pairs(one: ColumnOfList) -> list[Pair]:
    meaning = one.meaning
    told = T(_("told by {how}").format(how=how_words(meaning.how)), QUIET)
    pairs: list[Pair] = [
        (None, whole_value(meaning.header, STRONG)),
        (T(_("Taken for")), Content.assemble(T(meaning.target.label), "  ", told)),
    ]
    if meaning.note:
        pairs.append((T(_("Note")), T(meaning.note, WARN)))
    pairs += [
        (T(_("First values")) if not number else T(""), whole_value(value))
        for number, value in enumerate(one.samples)
    ]
    return pairs


def _ahead_words(plan: Plan, rows: int) -> Content:
    counts = plan.counts
    parts = [f"{counts[outcome]:,} {outcome.label}" for outcome in Outcome if counts[outcome]] or [
        _("no link at all")
    ]
    if plan.rows_without_links:
        parts.append(_("{count} rows without a link").format(count=f"{plan.rows_without_links:,}"))
    if plan.organisations_new:
        parts.append(_("{count} new organisations").format(count=f"{plan.organisations_new:,}"))
    title = _("All rows: ") if rows <= TRIED_ROWS else _("The first rows: ")
    return Content.assemble(T(title, QUIET), T(" · ".join(parts)))


def _owner_entries(connection: Connection, text: str) -> list[Entry]:
    from inventory.reading import get
    from inventory.record import Organisation

    entries = []
    for row_id, name in organisations_named(connection, text, FOUND_AT_ONCE):
        known = get(connection, Organisation, row_id)
        if known is not None:
            entries.append(Entry(f"uid:{known.uid}", T(name)))
    name = text.strip()
    label = _("a new organisation: {name}").format(name=name)
    return [*entries, Entry(f"new:{name}", T(label, QUIET))]


def _said(error: Exception) -> str:
    """Return what went wrong, with its remedy."""
    remedy = ""
    if isinstance(error, PrivacyRefused):
        remedy = error.refusal.remedy
    elif isinstance(error, FileRefused):
        remedy = error.remedy
    return " ".join(part for part in (str(error), remedy) if part)
