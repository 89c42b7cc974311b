"""The management workbook: one reading of the inventory and its last audit, sheet by sheet."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from audits.figures import platform_matrix
from audits.ledger import runs
from audits.policy import load_policy
from exports.cells import sheet_title
from exports.sheets import sheets
from exports.sheets.layout import margins
from exports.sheets.material import ExportCancelled, Material, Watch, Written
from exports.sheets.wording import in_words
from exports.workbook_file import new_workbook, save
from inventory import log
from inventory.errors import InventoryError
from inventory.language import Language, _, speaking
from inventory.snapshot import one_moment

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["ExportCancelled", "Exported", "NothingToExport", "Written", "export_workbook"]


class NothingToExport(InventoryError):
    """There is no account, or no audit of them, that a workbook could tell of."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the run it tells of, the rows of each streamed sheet by its code."""

    path: Path
    language: Language
    on: date
    run: int
    rows: Mapping[str, int]
    links_left_out: int
    head: str


def export_workbook(
    connection: sqlite3.Connection,
    path: Path,
    *,
    on: date,
    language: Language,
    replace: bool = False,
    progress: Callable[[Written], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Write the workbook of the last audit to `path`, as of the day `on`, in `language`.

    The inventory is only read, all of it as it stood at one moment. The same inventory and day
    give the same bytes. Raises NothingToExport for an inventory that is empty or was never
    audited, FileNotWritten when the file cannot be written, ExportCancelled when `cancelled` says
    so; whatever stood at `path` then still stands there.
    """
    with one_moment(connection):
        _refuse_nothing(connection)
        watch = Watch(progress, cancelled)
        with speaking(language):
            material = _material(connection, on, language, watch)
            workbook = _laid_out(material)
        save(workbook, path, when=on, replace=replace)
    return Exported(
        path=path,
        language=language,
        on=on,
        run=material.run.number,
        rows={code: done.last_row - done.first_row + 1 for code, done in material.streamed.items()},
        links_left_out=sum(done.links_left_out for done in material.streamed.values()),
        head=f"{material.head[0]}:{material.head[1]}",
    )


def _refuse_nothing(connection: sqlite3.Connection) -> None:
    """Raise when a workbook would be empty, in the language of whoever asked for it."""
    if not platform_matrix(connection):
        raise NothingToExport(
            _("The inventory holds no account yet. Import a list first: rasmi import FILE")
        )
    if not runs(connection):
        raise NothingToExport(
            _("The inventory was never audited. Run the audit first: rasmi audit")
        )


def _material(
    connection: sqlite3.Connection, on: date, language: Language, watch: Watch
) -> Material:
    held = runs(connection)
    titles: dict[str, str] = {}
    for item in sheets():
        titles[item.code] = sheet_title(item.label, titles.values())
    return Material(
        connection=connection,
        on=on,
        language=language,
        policy=load_policy(held[0].policy),
        runs=held,
        accounts=sum(line.accounts.number for line in platform_matrix(connection)),
        head=log.head(connection),
        titles=titles,
        watch=watch,
    )


def _laid_out(material: Material) -> "Workbook":
    workbook = new_workbook()
    for item in sheets():
        workbook.create_sheet(material.titles[item.code])
    for item in reversed(sheets()):  # what others link to is laid out before them
        tab = workbook[material.titles[item.code]]
        item.build(tab, material)
        title = _("Audit of official social-media accounts")
        margins(tab, (title, item.label), _edition(material))
        tab.sheet_view.showGridLines = False
    _describe(workbook, material)
    return workbook


def _edition(material: Material) -> str:
    return _("As at {day} · audit run {number} · policy {policy} {version}").format(
        day=in_words(material.run.on),
        number=material.run.number,
        policy=material.policy.code,
        version=material.run.policy_version,
    )


def _describe(workbook: "Workbook", material: Material) -> None:
    """Fill in the properties of the document."""
    about = workbook.properties
    about.title = _("Audit of official social-media accounts")
    about.subject = _edition(material)
    about.description = _("Made by rasmi from the inventory whose log ends at {head}.").format(
        head=f"{material.head[0]}:{material.head[1]}"
    )
    about.identifier = f"rasmi-run-{material.run.number}"
    about.language = "ms-MY" if material.language is Language.MALAY else "en-GB"
