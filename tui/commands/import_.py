"""`rasmi import`: read a list, show what it would change, take it in once agreed."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inventory.errors import InventoryError, explained
from inventory.importing.apply import Applied, apply_plan
from inventory.importing.door import open_table
from inventory.importing.mapping import MappingError, corrected, propose
from inventory.importing.plan import Plan, make_plan, source_name
from inventory.importing.plan_json import plan_as_json
from inventory.importing.refusal import FileRefused
from inventory.language import _
from inventory.privacy import PrivacyRefused
from inventory.store import Store
from tui.commands.shared import actor_of, add_date, add_json, day_of, path_of
from tui.import_report import report, taken_in
from tui.printer import emit, say, warn


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("file", type=Path, help=_("a list: .csv, .xlsx or .json"))
    agreed = parser.add_mutually_exclusive_group()
    agreed.add_argument("--dry-run", action="store_true", help=_("show the plan, write nothing"))
    agreed.add_argument("--yes", action="store_true", help=_("accept the plan without asking"))
    parser.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help=_("say what a column means; FIELD=- leaves a field out"),
    )
    parser.add_argument("--sheet", help=_("the sheet of a workbook"))
    parser.add_argument("--source", help=_("the name under which this list comes again"))
    parser.add_argument(
        "--organisation", default="", help=_("the organisation of rows that name none")
    )
    parser.add_argument(
        "--answer",
        metavar="KEY=ID",
        action="append",
        default=[],
        help=_("which organisation a question of the plan means: an id, or new"),
    )
    parser.add_argument("--reason", help=_("why; kept in the log"))
    add_date(parser)
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Plan, show, and carry out when agreed; 2 when the file or the call is refused."""
    try:
        with _inventory(call) as store:
            plan = _plan(call, store)
            if call.json:
                return _answer_machines(call, store, plan)
            for line in report(plan):
                say(line)
            if plan.changes_nothing:
                say(_("The inventory holds all of this already; there is nothing to accept."))
            elif _agreed(call):
                say(taken_in(_apply(call, store, plan)))
            else:
                say(_("Nothing was written. --yes accepts the plan."))
    except (FileRefused, PrivacyRefused, MappingError) as refused:
        _refuse(call, refused)
        return 2
    return 0


@contextmanager
def _inventory(call: argparse.Namespace) -> Iterator[Store]:
    path = path_of(call)
    if not call.dry_run or os.path.lexists(path):
        with Store.open(path) as store, explained(path):
            yield store
        return
    # A dry run on an inventory that is not there yet leaves nothing behind.
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "empty.db") as store:
        yield store


def _plan(call: argparse.Namespace, store: Store) -> Plan:
    table = open_table(call.file, sheet=call.sheet)
    mapping = corrected(table, propose(table), _pairs(call.map, "--map FIELD=COLUMN"))
    return make_plan(
        store.connection,
        table,
        mapping,
        source=call.source or source_name(table.name),
        today=day_of(call),
        answers=_pairs(call.answer, "--answer KEY=ID"),
        organisation=call.organisation,
    )


def _apply(call: argparse.Namespace, store: Store, plan: Plan) -> Applied:
    return apply_plan(store, actor_of(call), plan, today=day_of(call), reason=call.reason)


def _pairs(given: list[str], form: str) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise InventoryError(
                _("“{text}” is not of the form {form}.").format(text=text, form=form)
            )
        pairs[name.strip()] = value.strip()
    return pairs


def _agreed(call: argparse.Namespace) -> bool:
    if call.yes or call.dry_run or not (sys.stdin and sys.stdin.isatty()):
        return bool(call.yes)
    try:
        answer = input(_("Take this in? [y/N] "))
    except EOFError:
        say()
        return False
    return answer.strip().lower() in ("y", "yes", "ya")


def _answer_machines(call: argparse.Namespace, store: Store, plan: Plan) -> int:
    answer = plan_as_json(plan)
    applied = _apply(call, store, plan) if call.yes and not plan.changes_nothing else None
    answer["accepted"] = bool(call.yes)
    answer["change"] = applied.seq if applied else None
    emit(answer)
    return 0


def _refuse(call: argparse.Namespace, refused: Exception) -> None:
    remedy = getattr(refused, "remedy", "")
    if call.json:
        emit({"file": call.file.name, "refused_whole": str(refused), "remedy": remedy})
    warn(" ".join(part for part in (str(refused), remedy) if part))


ANSWER_IS = "an object"
ANSWER = {
    "rows": "data rows of the file",
    "links": "links found; each has exactly one outcome",
    "new": "accounts not known before",
    "changed": "known accounts with something new",
    "same": "known accounts with nothing new",
    "duplicate": "named before in the same file",
    "conflict": "stands under another organisation, or rows disagree",
    "not_account": "something else than an account",
    "refused": "cannot be taken, with the remedy",
    "organisations_new": "organisations that would be recorded",
    "rows_without_links": "rows that hold no link",
    "lines": (
        "every link that is not new or same: `row`, `column`, `value`, `outcome`, `key`, "
        "`account`, `organisation`, `changes`, `reason`, `remedy`, `warnings`"
    ),
    "warned": "lines that are new or same but carry warnings",
    "organisations": "how each organisation of the file was matched",
    "questions": "organisations that could not be told; answer with `--answer KEY=ID`",
    "warnings": "what concerns the whole file",
    "mapping": "what each column was taken for",
    "source": "name under which the list comes again",
    "accepted": "whether it was carried out",
    "change": "its number in the log, null for none",
    "refused_whole": "instead of all this, when the file may not be imported: why; with `remedy`",
}
