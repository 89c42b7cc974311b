"""`rasmi export`: the management workbook of the last audit."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from inventory.errors import InventoryError
from inventory.language import Language, _
from inventory.safe_text import visible
from tui.commands.shared import add_date, add_json, day_of, inventory_of
from tui.printer import emit, say, warn

if TYPE_CHECKING:
    from exports.workbook import Exported


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes; `--lang` is the workbook's language, Malay unless said."""
    parser.add_argument("path", metavar="OUT.xlsx", type=Path, help=_("the workbook to write"))
    add_date(parser)
    parser.add_argument("--replace", action="store_true", help=_("replace a file that is there"))
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Write the workbook; 2 when it cannot be written or there is nothing to tell."""
    from exports.files import FileNotWritten
    from exports.workbook import export_workbook

    language = Language(call.lang) if call.lang else Language.MALAY
    try:
        with inventory_of(call) as store:
            written = export_workbook(
                store.connection,
                _with_suffix(call.path),
                on=day_of(call),
                language=language,
                replace=call.replace,
            )
    except FileNotWritten as error:
        warn(str(error))
        return 2
    if call.json:
        emit(_as_json(written))
    else:
        _tell(written)
    return 0


def _with_suffix(path: Path) -> Path:
    if path.name in ("", ".."):
        raise InventoryError(_("{path} names no file to write.").format(path=visible(str(path))))
    return path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")


def _tell(written: "Exported") -> None:
    say(_("Written: {path}").format(path=written.path))
    say(
        _("Audit run {number}: {findings} findings, {accounts} accounts.").format(
            number=written.run,
            findings=written.rows["findings"],
            accounts=written.rows["inventory"],
        )
    )
    if written.links_left_out:
        say(
            _("Excel had no room for {count} links; the texts are there.").format(
                count=written.links_left_out
            )
        )
    say(_("Head of the log: {head}").format(head=written.head))


def _as_json(written: "Exported") -> dict[str, object]:
    return {
        "path": str(written.path),
        "language": written.language.value,
        "date": written.on.isoformat(),
        "run": written.run,
        "rows": dict(written.rows),
        "links_left_out": written.links_left_out,
        "head": written.head,
    }


ANSWER_IS = "an object"
ANSWER = {
    "path": "the file that was written",
    "language": "of the workbook: `ms` or `en`",
    "date": "the day it is as at",
    "run": "number of the audit run it shows",
    "rows": "rows by sheet",
    "links_left_out": "links beyond what Excel allows in one sheet",
    "head": "head of the log it was made from",
}
