"""Findings: the register of what is open, one row a finding, the gravest first."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from audits.findings import FindingFilter, FindingRow, finding_ids, finding_rows
from audits.rules import Severity
from audits.runs import Delta
from exports.row_stream import ColumnSpec, Entry, Item, Streamed, stream_rows
from exports.sheets import sheet
from exports.sheets.layout import A3, colour_column, heading, print_setup, widths
from exports.sheets.material import Material
from exports.sheets.wording import platform_name
from exports.styles import Style, light
from inventory.language import N_, _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FROZEN = 3
_CHANGE_LIGHTS = {
    Delta.NEW: Style.MEDIUM,
    Delta.REOPENED: Style.HIGH,
    Delta.UNCHANGED: Style.NOT_APPLICABLE,
    Delta.NOT_EVALUATED: Style.NOT_ASSESSED,
}


@sheet("findings", N_("Findings"), N_("Every open finding, the gravest first."))
def build(tab: "Worksheet", material: Material) -> None:
    """Lay out the register; its rows follow when the workbook is saved."""
    columns = _columns()
    ids = finding_ids(material.connection)
    material.watch.total += len(ids)
    widths(tab, [spec.width for spec in columns])
    heading(
        tab,
        _("Open findings"),
        _(
            "One row is one rule that one account fails. A finding closes only when its rule"
            " was evaluated again and passed; what could not be assessed is on its own sheet."
        ),
        material.back,
    )
    print_setup(tab, landscape=True, paper=A3)

    def finish(streamed: Streamed) -> None:
        material.streamed["findings"] = streamed
        changes = [(delta.label, style) for delta, style in _CHANGE_LIGHTS.items()]
        colour_column(tab, _CHANGE, streamed, changes)
        colour_column(tab, _SEVERITY, streamed, [(s.label, light(s.value)) for s in Severity])

    first = tab.max_row + 1
    stream_rows(
        tab,
        columns,
        material.rows("findings", _rows(material, ids, first + 1)),
        header_row=first,
        freeze_columns=_FROZEN,
        then=material.spoken(finish),
    )


_CHANGE, _SEVERITY = 2, 3


def _columns() -> list[ColumnSpec]:
    return [
        ColumnSpec(_("Number"), 10),
        ColumnSpec(_("Change"), 11, Style.NOT_APPLICABLE),
        ColumnSpec(_("Severity"), 10, Style.NOT_APPLICABLE),
        ColumnSpec(_("Rule"), 9, Style.LINK),
        ColumnSpec(_("What is required"), 30, Style.WRAP),
        ColumnSpec(_("Organisation"), 24, Style.WRAP),
        ColumnSpec(_("Platform"), 10),
        ColumnSpec(_("Account"), 22, Style.LINK),
        ColumnSpec(_("Condition: what was found"), 40, Style.WRAP),
        ColumnSpec(_("Why it fails"), 22, Style.WRAP),
        ColumnSpec(_("What it should be"), 20, Style.WRAP),
        ColumnSpec(_("Clause"), 14, Style.WRAP),
        ColumnSpec(_("Recommendation"), 46, Style.WRAP),
        ColumnSpec(_("First found"), 11, Style.DATE),
        ColumnSpec(_("Days open"), 8, Style.NUMBER),
    ]


def _rows(material: Material, ids: Sequence[int], first: int) -> Iterator[list[Item]]:
    changes = _Changes(material)
    rows = finding_rows(material.connection, ids, policy=material.policy)
    for number, finding in enumerate(rows, first):
        material.begin("findings", ("rule", finding.rule), number)
        material.begin("findings", ("account", finding.account_id), number)
        yield _row(material, finding, changes.of(finding))


def _row(material: Material, finding: FindingRow, change: Delta) -> list[Item]:
    return [
        finding.number,
        Entry(change.label, _CHANGE_LIGHTS[change]),
        Entry(finding.severity.label, light(finding.severity.value)),
        Entry(finding.rule, None, material.place_of("rules", finding.rule)),
        finding.title,
        finding.organisation,
        platform_name(finding.platform),
        Entry(finding.handle, None, material.place_of("inventory", finding.account_id)),
        finding.actual,
        finding.reason,
        finding.expected,
        finding.clause,
        finding.remedy,
        finding.first_run,
        (material.on - finding.first_run).days,
    ]


class _Changes:
    """What became of each finding in the run that is reported."""

    def __init__(self, material: Material) -> None:
        run = material.run.number

        def numbers(delta: Delta) -> frozenset[int]:
            wanted = FindingFilter(run=run, delta=delta)
            return frozenset(finding_ids(material.connection, wanted))

        self._moved = {delta: numbers(delta) for delta in (Delta.NEW, Delta.REOPENED)}

    def of(self, finding: FindingRow) -> Delta:
        """Return the change of one open finding."""
        if not finding.evaluated:
            return Delta.NOT_EVALUATED
        moved = (delta for delta, ids in self._moved.items() if finding.id in ids)
        return next(moved, Delta.UNCHANGED)
