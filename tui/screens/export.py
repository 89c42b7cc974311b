"""The export: the workbook for management, where it goes and what was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from audits.runs import Run
from inventory.dates import read_date
from inventory.language import Language, _
from tui.actions import Scope
from tui.export_sections import (
    Done,
    Order,
    SheetWords,
    done_lines,
    language_words,
    order_lines,
    refused_lines,
    sheet_lines,
    told_lines,
)
from tui.field_words import day_text
from tui.going import Ask, go_to
from tui.jobs import Cancelled, Ended, JobDialog, Watch
from tui.screen import RasmiScreen, Read
from tui.screens.audit import day_problem
from tui.screens.confirm import Confirm
from tui.session import Session
from tui.text import T
from tui.widgets.ask import AskText
from tui.widgets.board import Board, BoardFrame
from tui.widgets.picture import Picture, Pillar, lay_out

if TYPE_CHECKING:
    from exports.sheets.material import Written

TWO_PILLARS = 120
"""Cells from which the sheets stand beside what is to be written."""


@dataclass(frozen=True, slots=True)
class ExportState:
    """What the page is drawn from: the last audit, the accounts there are, the sheets."""

    run: Run | None
    accounts: int
    sheets: tuple[SheetWords, ...]


class ExportScreen(RasmiScreen, scope=Scope.EXPORT):
    """What the workbook will be, and what became of it."""

    AUTO_FOCUS: ClassVar[str | None] = "Board"

    def __init__(self) -> None:
        super().__init__()
        self._state: ExportState | None = None
        self._order: Order | None = None
        self._ended: Done | tuple[str, str] | None = None

    def body(self) -> Iterable[Widget]:
        with BoardFrame():
            yield Board(self._picture, start=Ask("write_workbook"))

    @property
    def order(self) -> Order:
        """What is to be written."""
        if self._order is None:
            today = self.session.today
            self._order = Order(Path.cwd() / default_name(today), Language.MALAY, today)
        return self._order

    # -- what is shown ---------------------------------------------------------------------------

    def record_changed(self) -> None:
        self.read_in_background("state", read_state)

    def on_read(self, message: Read) -> None:
        """Show what was read."""
        self._state = message.answer
        self.query_one(Board).redraw()
        self.keys_changed()

    def _picture(self, width: int) -> Picture:
        state = self._state
        beside = width >= TWO_PILLARS
        right = width * 2 // 5 if beside else width
        left = width - right - 3 if beside else width
        exists = self.order.path.exists()
        first = [order_lines(self.order, left, exists=exists)]
        if state is None:
            return lay_out([[Pillar(width, first)]])
        if isinstance(self._ended, Done):
            first.append(done_lines(self._ended, state.sheets, left))
        elif self._ended is not None:
            first.append(refused_lines(*self._ended, left))
        first.append(told_lines(state.run, state.accounts, left))
        held = sheet_lines(state.sheets, right)
        if beside:
            return lay_out([[Pillar(left, first), Pillar(right, [held])]])
        return lay_out([[Pillar(width, [*first, held])]])

    @on(Board.Opened)
    async def _opened(self, message: Board.Opened) -> None:
        await go_to(self.rasmi, message.opens)

    def action_open_figure(self) -> None:
        self.query_one(Board).open()

    # -- what is to be written -------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        state = self._state
        if name != "write_workbook" or state is None:
            return None
        if not state.accounts:
            return _("The inventory holds no account yet. i imports a list.")
        if state.run is None:
            return _("The inventory was never audited. a runs the audit.")
        return None

    def _use(self, order: Order) -> None:
        self._order, self._ended = order, None
        self.query_one(Board).redraw()

    def action_workbook_file(self) -> None:
        def chosen(text: str | None) -> None:
            if text:
                order = self.order
                self._use(Order(named(text, order.path.parent), order.language, order.on))

        ask = AskText(
            T(_("Write the workbook where?")),
            str(self.order.path),
            advice=_("A path, or a name for the same folder; it ends in .xlsx."),
            problem=lambda text: path_problem(text, self.order.path.parent),
        )
        self.app.push_screen(ask, chosen)

    def action_workbook_language(self) -> None:
        order = self.order
        malay = order.language is Language.MALAY
        self._use(Order(order.path, Language.ENGLISH if malay else Language.MALAY, order.on))

    def action_workbook_date(self) -> None:
        def chosen(text: str | None) -> None:
            day = read_date(text) if text else None
            if day is None:
                return
            order = self.order
            path = order.path
            if path.name == default_name(order.on):
                path = path.with_name(default_name(day))
            self._use(Order(path, order.language, day))

        ask = AskText(
            T(_("Which day stands on the workbook?")),
            day_text(self.order.on),
            advice=_("The same inventory and day give the same bytes."),
            problem=day_problem,
        )
        self.app.push_screen(ask, chosen)

    # -- writing ---------------------------------------------------------------------------------

    def action_write_workbook(self) -> None:
        order = self.order
        if not order.path.exists():
            self._write(replace=False)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(replace=True)

        question = T(_("{name} is there already. Replace it?").format(name=order.path.name))
        self.app.push_screen(Confirm(question, yes=_("Replace"), no=_("Keep it")), answered)

    def _write(self, *, replace: bool) -> None:
        session, order = self.session, self.order
        title = _("Writing {name} in {language}").format(
            name=order.path.name, language=language_words(order.language)
        )
        job = JobDialog(
            T(title),
            lambda watch: write(session, order, watch, replace=replace),
            note=_("Esc stops it; what stood there before stays."),
        )
        self.app.push_screen(job, self._written)

    def _written(self, ended: Ended[Done] | None) -> None:
        from exports.files import FileNotWritten

        if ended is None:
            self.tell(_("Stopped; no file was written."))
        elif isinstance(ended.error, FileNotWritten):
            self._ended = (ended.error.sentence, ended.error.remedy)
        elif ended.error is not None:
            self._ended = (str(ended.error), "")
        else:
            self._ended = ended.get()
        self.query_one(Board).redraw()


def write(session: Session, order: Order, watch: Watch, *, replace: bool) -> Done:
    """Write the workbook; raises Cancelled when stopped, and what `export_workbook` raises."""
    from exports.workbook import ExportCancelled, export_workbook

    def told(progress: "Written") -> None:
        watch.tell(_("Rows of the sheets"), progress.done, progress.total)

    watch.tell(_("Laying the sheets out"))
    try:
        with session.reading() as connection:
            written = export_workbook(
                connection,
                order.path,
                on=order.on,
                language=order.language,
                replace=replace,
                progress=told,
                cancelled=watch.stopped,
            )
    except ExportCancelled as error:
        raise Cancelled from error
    return Done(written, order.path.stat().st_size)


def read_state(connection: Connection) -> ExportState:
    """Read what the page shows."""
    from audits.figures import platform_matrix
    from audits.ledger import latest_run
    from exports.sheets import sheets

    accounts = sum(one.accounts.number for one in platform_matrix(connection))
    named = tuple(SheetWords(one.code, one.label, one.help) for one in sheets())
    return ExportState(latest_run(connection), accounts, named)


def default_name(day: object) -> str:
    """Return the name that a workbook of a day is given unasked."""
    from exports.files import safe_file_name

    return safe_file_name(f"rasmi-{day}", suffix=".xlsx")


def named(text: str, folder: Path) -> Path:
    """Return the path that a person means by `text`, seen from `folder`."""
    path = folder / Path(text).expanduser()
    return path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")


def path_problem(text: str, folder: Path) -> str | None:
    """Say why no workbook can be written at `text`, None if it looks as if it could."""
    if not text:
        return _("Where to?")
    if text.endswith("/"):
        return _("This is a folder; add the name of the file.")
    path = named(text, folder)
    if not path.parent.is_dir():
        return _("There is no folder {path}.").format(path=path.parent)
    return None
