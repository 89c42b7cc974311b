"""The first step of an import: which file holds the list."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from inventory.importing.apply import Applied
from inventory.importing.refusal import FileRefused
from inventory.language import N_, _, plural
from inventory.privacy import PrivacyRefused
from tui.actions import Scope
from tui.import_draft import Draft, read_list
from tui.jobs import Ended, JobDialog
from tui.list_files import (
    ListedFile,
    completed,
    file_columns,
    files_in,
    pasted_path,
    resolved,
    split,
)
from tui.list_rows import ListRows
from tui.screen import RasmiScreen, Read, ReadFailed
from tui.table.messages import FilterChanged, RowSelected
from tui.table.view import WindowTable
from tui.text import GOOD, HEAD, QUIET, STRONG, WARN, T
from tui.undoing import taken_back
from tui.widgets.heading import Heading

STEPS = (N_("file"), N_("columns"), N_("plan"))
MOVES = {"up": -1, "down": 1}


def step_names() -> list[str]:
    """Return the steps of an import, in the language spoken here."""
    return [_(one) for one in STEPS]


class ImportScreen(RasmiScreen, scope=Scope.IMPORT):
    """The folders and lists of this machine, beginning where the program was started."""

    AUTO_FOCUS: ClassVar[str | None] = "WindowTable"
    DEFAULT_CSS = """
    ImportScreen {
        #path-line { height: 1; padding: 0 1; }
        #path-label { width: auto; margin-right: 1; color: $text-muted; }
        #path { border: none; height: 1; padding: 0 1; background: $panel; width: 1fr; }
        #path:focus { background: $block-cursor-blurred-background; }
        #folder { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #said { padding: 1 1; display: none; }
        &:nocolor #path:focus { text-style: underline; }
        &:ansi #path:focus { text-style: underline; }
    }
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._folder = self._shown = folder or Path.cwd()
        """The folder that a typed path counts from, and the one whose files are listed."""
        self._files: tuple[ListedFile, ...] = ()
        self._typed = ""
        self._moved = False
        """Whether the cursor of the list was moved since the path was typed."""
        self._filter = ""
        self._asked: Path | None = None
        """The file that was to be read last; the list goes back to it."""
        self._applied: Applied | None = None
        self._said: tuple[str, str, str] | None = None
        """Title, sentence and look of what was said last."""

    def body(self) -> Iterable[Widget]:
        yield Heading(T(_("Import a list of accounts"), HEAD), step_names(), 0)
        with Horizontal(id="path-line"):
            yield Static(_("Path"), id="path-label")
            yield Input(
                self._typed,
                placeholder=_("Tab: type or paste where the list is"),
                id="path",
                compact=True,
                select_on_focus=False,
            )
        yield Static(self._folder_words(), id="folder")
        said = Static(self._said_words(), id="said")
        said.display = self._said is not None
        yield said
        rows = self._rows()
        yield WindowTable(
            rows,
            rows.fit(self.app.size.width),
            empty_message=_("There are no lists here: no .csv, .xlsx or .json file, no folder."),
            no_match_message=_("No name matches. Esc clears the search."),
            filter_text=self._filter,
        )

    @property
    def table(self) -> WindowTable:
        """The list of files."""
        return self.query_one(WindowTable)

    # -- folders ---------------------------------------------------------------------------------

    def record_changed(self) -> None:
        self._read_folder(self._shown)
        applied = self._applied
        if applied is not None and taken_back(self.session.connection, applied.seq or 0):
            self._applied = None
            self._say((_("Change {seq} was taken back.").format(seq=applied.seq), "", QUIET))

    def _read_folder(self, folder: Path) -> None:
        self.in_background("folder", lambda: (folder, files_in(folder)))

    def on_read(self, message: Read) -> None:
        """Show the folder that was read."""
        folder, files = message.answer
        at = self._shown if folder != self._shown else self._path_at_cursor() or self._asked
        self._shown, self._files = folder, tuple(files)
        if not self._typed:
            self._folder = folder
        self._fill()
        self._go_to(at)
        self.keys_changed()

    def on_read_failed(self, message: ReadFailed) -> None:
        """Say why a folder could not be read; the one shown stays."""
        message.prevent_default()
        self.tell(_("This folder cannot be read: {why}").format(why=message.error), "error")

    def _rows(self) -> ListRows[ListedFile]:
        """Return the rows of the folder; with a path half typed, those it may become."""
        rows = ListRows(self._files, file_columns(), lambda one: one.name, self.app.size.width)
        start = split(self._typed, self._folder)[1].casefold()
        if start:
            rows.only(lambda one: one.name.casefold().startswith(start))
        return rows

    def _fill(self) -> None:
        rows = self._rows()
        self.table.set_source(rows, rows.fit(self.size.width))
        self.query_one("#folder", Static).update(self._folder_words())

    def on_resize(self, event: events.Resize) -> None:
        self._fill()

    def _folder_words(self) -> Content:
        lists = sum(not one.is_folder for one in self._files)
        count = plural("{count} list", "{count} lists", lists).format(count=f"{lists:,}")
        return Content.assemble(T(str(self._shown), STRONG), T(f"  {count}", QUIET))

    def _path_at_cursor(self) -> Path | None:
        listed = self._at_cursor()
        return listed.path if listed is not None else None

    def _at_cursor(self) -> ListedFile | None:
        row_id = self.table.cursor_row
        return self._files[row_id - 1] if row_id and row_id <= len(self._files) else None

    def _go_to(self, path: Path | None) -> None:
        for place, one in enumerate(self._files, 1):
            if one.path == path:
                self.table.move_to(place)

    @on(FilterChanged)
    def _searched(self, message: FilterChanged) -> None:
        self._filter = message.text

    # -- a path that is typed --------------------------------------------------------------------

    @on(Input.Changed, "#path")
    def _path_typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self._typed:
            return
        self._typed, self._moved = event.value, False
        folder, _start = split(event.value, self._folder)
        if folder != self._shown and folder.is_dir():
            self._read_folder(folder)
        else:
            self._fill()

    def _type(self, text: str) -> None:
        self._typed = text
        field = self.query_one("#path", Input)
        field.value = text
        field.cursor_position = len(text)

    @on(Input.Submitted, "#path")
    def _path_entered(self, event: Input.Submitted) -> None:
        event.stop()
        typed = pasted_path(event.value)
        path = resolved(typed, self._folder)
        meant = typed and not self._moved and (path.exists() or self.table.cursor_row is None)
        if meant:
            self._open(path)
        else:
            self.action_open_list()

    def on_key(self, event: events.Key) -> None:
        """Move in the list while the path keeps the focus."""
        if event.key in MOVES and isinstance(self.focused, Input):
            event.stop()
            self._moved = True
            self.table.action_move(MOVES[event.key])

    def on_paste(self, event: events.Paste) -> None:
        """Take a path that is pasted, or a file that is dropped on the terminal."""
        path = pasted_path(event.text)
        if path:
            event.stop()
            self.query_one("#path", Input).focus()
            self._type(path)

    def go_back(self) -> bool:
        if not isinstance(self.focused, Input):
            return False
        self._enter(self._folder)
        return True

    # -- actions ---------------------------------------------------------------------------------

    def why_not(self, name: str) -> str | None:
        if name == "open_list" and not self._typed and self.table.cursor_row is None:
            return _("There is nothing in the list to open.")
        if name == "folder_above" and self._shown.parent == self._shown:
            return _("There is no folder above this one.")
        return None

    @on(RowSelected)
    def _chosen(self) -> None:
        self.action_open_list()

    def action_search(self) -> None:
        self.table.focus()
        self.table.action_start_filter()

    def action_type_path(self) -> None:
        field = self.query_one("#path", Input)
        if not field.has_focus:
            field.focus()
            return
        text = completed(field.value, self._files)
        if text != field.value:
            field.value = text
            field.cursor_position = len(text)

    def action_folder_above(self) -> None:
        self._enter(self._shown.parent)

    def action_open_list(self) -> None:
        listed = self._at_cursor()
        if listed is not None:
            self._open(listed.path)

    def _open(self, path: Path) -> None:
        if path.is_dir():
            self._enter(path)
            return
        self._asked = path
        title = T(_("Reading {name}").format(name=path.name))
        job = JobDialog(
            title,
            lambda watch: read_list(path, None, watch),
            note=_("Esc stops it."),
            left_at_once=True,
        )
        self.app.push_screen(job, self._read_list)

    def _enter(self, folder: Path) -> None:
        self._type("")
        self.table.set_filter("")
        self._read_folder(folder)
        self.table.focus()

    # -- how it went -----------------------------------------------------------------------------

    def _read_list(self, ended: Ended[Draft] | None) -> None:
        if ended is None:
            return
        try:
            draft = ended.get()
        except FileRefused as refused:
            self._refuse(refused.sentence, refused.remedy)
        except PrivacyRefused as refused:
            self._refuse(refused.refusal.sentence, refused.refusal.remedy)
        except Exception as error:  # told to the person, whatever it was
            self._refuse(str(error), "")
        else:
            from tui.screens.import_mapping import MappingScreen

            self._say(None)
            self._type("")
            self.table.focus()
            self.app.push_screen(MappingScreen(draft, self.taken_in))

    def _refuse(self, sentence: str, remedy: str) -> None:
        name = self._asked.name if self._asked else ""
        words = _("{name} was not taken.").format(name=name)
        self._say((words, " ".join(part for part in (sentence, remedy) if part), WARN))

    def taken_in(self, applied: Applied) -> None:
        """Say what an accepted plan did; the next list can be chosen."""
        self._applied = applied
        self.table.set_filter("")
        self._say((taken_title(applied), taken_words(applied), GOOD))

    def _say(self, said: tuple[str, str, str] | None) -> None:
        self._said = said
        shown = self.query_one("#said", Static)
        shown.update(self._said_words())
        shown.display = said is not None

    def _said_words(self) -> Content:
        if self._said is None:
            return T("")
        title, sentence, look = self._said
        return Content.assemble(T(title, f"bold {look}"), "\n" if sentence else "", T(sentence))


def taken_title(applied: Applied) -> str:
    """Return the headline of what an import did."""
    return _("Taken in as change {seq}.").format(seq=applied.seq)


def taken_words(applied: Applied) -> str:
    """Say in numbers what an import did, and how to go on."""
    return _(
        "{added} accounts added, {changed} changed; {organisations} organisations added,"
        " {filled} amended. u takes it back, 2 lists the accounts."
    ).format(
        added=f"{applied.accounts_added:,}",
        changed=f"{applied.accounts_changed:,}",
        organisations=f"{applied.organisations_added:,}",
        filled=f"{applied.organisations_changed:,}",
    )
