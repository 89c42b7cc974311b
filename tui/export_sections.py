"""What the export page says: where the workbook goes, what it holds, and what was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from audits.runs import Run
from inventory.language import Language, _
from tui.audit_sections import open_findings
from tui.field_words import day_text
from tui.going import Accounts, Ask
from tui.list_files import size_text
from tui.text import GOOD, HEAD, QUIET, STRONG, WARN
from tui.widgets.labelled import LABEL_CELLS, labelled, labelled_words
from tui.widgets.lines import Line, line, piece, wrapped_pieces

if TYPE_CHECKING:
    from exports.workbook import Exported


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written: where, in which language, and the day that stands on it."""

    path: Path
    language: Language
    on: date


@dataclass(frozen=True, slots=True)
class SheetWords:
    """One sheet of the workbook: its code, its name, and what a reader finds on it."""

    code: str
    label: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Done:
    """A workbook that was written, and its size in bytes."""

    written: "Exported"
    size: int


def language_words(language: Language) -> str:
    """Return the name of a language, in the language spoken here."""
    return _("Malay") if language is Language.MALAY else _("English")


def order_lines(order: Order, width: int, *, exists: bool) -> list[Line]:
    """Say what would be written where, each part to be changed, and offer to write it."""
    lines = [line(piece(_("The workbook for management"), HEAD))]
    where = [piece(str(order.path), STRONG, Ask("workbook_file"))]
    if exists:
        where.append(piece(_("there is one already"), WARN))
    lines += labelled(_("File"), where, width, "  ")
    spoken = piece(language_words(order.language), STRONG, Ask("workbook_language"))
    lines += labelled(_("Language"), [spoken], width)
    day = piece(day_text(order.on), STRONG, Ask("workbook_date"))
    lines += labelled(_("Date on it"), [day], width)
    button = piece(_(" Write the workbook "), f"bold reverse {HEAD}", Ask("write_workbook"))
    hint = piece("  " + _("f, m and d change what stands above"), QUIET)
    return [*lines, (), line(piece(" " * LABEL_CELLS), button, hint)]


def told_lines(run: Run | None, accounts: int, width: int) -> list[Line]:
    """Say which audit the workbook tells of; without one, what has to come first."""
    lines = [line(piece(_("It tells of"), HEAD))]
    if not accounts:
        return [
            *lines,
            line(piece(_("nothing yet: the inventory holds no account."), WARN)),
            line(piece(_("i  imports a list first"), STRONG, Ask("import"))),
        ]
    if run is None:
        return [
            *lines,
            line(piece(_("nothing yet: the inventory was never audited."), WARN)),
            line(piece(_("a  runs the audit first"), STRONG, Ask("audit"))),
        ]
    title = _("Audit {number} of {day}").format(number=run.number, day=day_text(run.on))
    pieces = [
        piece(title, STRONG, Ask("audit")),
        piece(_("{number} accounts").format(number=f"{run.accounts:,}"), "", Accounts("")),
        piece(_("{number} findings open").format(number=f"{open_findings(run):,}")),
        piece(_("{share} assessed").format(share=f"{run.coverage:.0%}")),
    ]
    lines += wrapped_pieces(pieces, width, " · ")
    later = accounts - run.accounts
    if later > 0:
        words = _("{number} accounts came after it: a audits again").format(number=f"{later:,}")
        lines += [line(piece(words, WARN))]
    return lines


def sheet_lines(sheets: Sequence[SheetWords], width: int) -> list[Line]:
    """Name the sheets with what is on each."""
    if not sheets:
        return []
    lines = [line(piece(_("It holds"), HEAD))]
    for one in sheets:
        lines += labelled_words(one.label, one.purpose, width, look=QUIET)
    return lines


def done_lines(done: Done, sheets: Sequence[SheetWords], width: int) -> list[Line]:
    """Say what was written, with what is in it."""
    written = done.written
    lines = [line(piece(_("Written"), f"bold {GOOD}"))]
    size = piece(size_text(done.size), QUIET)
    lines += labelled(_("File"), [piece(str(written.path), STRONG), size], width, "  ")
    named = {one.code: one.label for one in sheets}
    rows = [piece(f"{named.get(code, code)} {count:,}") for code, count in written.rows.items()]
    if rows:
        lines += labelled(_("Rows"), rows, width, " · ")
    if written.links_left_out:
        words = _("Excel had no room for {count} links; the texts are there.")
        count = f"{written.links_left_out:,}"
        lines += labelled(_("Links"), [piece(words.format(count=count), WARN)], width)
    return [*lines, *labelled_words(_("Head of the log"), written.head, width, look=QUIET)]


def refused_lines(sentence: str, remedy: str, width: int) -> list[Line]:
    """Say why nothing was written, and what helps."""
    lines = [line(piece(_("Nothing was written"), f"bold {WARN}"))]
    for words in (sentence, remedy):
        if words:
            lines += wrapped_words(words, width)
    return lines


def wrapped_words(text: str, width: int, look: str = "") -> list[Line]:
    """Break a sentence into lines."""
    from textwrap import wrap

    from inventory.safe_text import visible

    return [line(piece(part, look)) for part in wrap(visible(text), max(1, width))]
