"""Not assessed: what nobody could judge, why, and what it takes; never mixed with what passed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from audits.figures import NotAssessed, accounts_with, not_assessed
from audits.rules import Severity, Status
from exports.row_stream import ColumnSpec, Entry, Item, Streamed, stream_rows
from exports.sheets import sheet
from exports.sheets.layout import A3, colour_column, heading, print_setup, widths
from exports.sheets.material import Material
from exports.styles import Style, light
from inventory.language import N_, _
from inventory.reading import get
from inventory.record import Account

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SEVERITY = 2
_EXAMPLES = 3


@sheet(
    "not_assessed",
    N_("Not assessed"),
    N_("What could not be judged, why, and which evidence would settle it."),
)
def build(tab: "Worksheet", material: Material) -> None:
    """Lay out one row a rule; the rows follow when the workbook is saved."""
    columns = _columns()
    widths(tab, [spec.width for spec in columns])
    heading(
        tab,
        _("What could not be assessed"),
        _(
            "These results are neither passed nor failed: a fact is not known, or what was seen"
            " is too old. They are counted here and nowhere else, and never as good news."
        ),
        material.back,
    )
    print_setup(tab, landscape=True, paper=A3)

    def finish(streamed: Streamed) -> None:
        material.streamed["not_assessed"] = streamed
        colour_column(tab, _SEVERITY, streamed, [(s.label, light(s.value)) for s in Severity])

    stream_rows(
        tab,
        columns,
        material.rows("not_assessed", _rows(material)),
        header_row=tab.max_row + 1,
        freeze_columns=1,
        then=material.spoken(finish),
    )


def _columns() -> list[ColumnSpec]:
    return [
        ColumnSpec(_("Rule"), 9, Style.LINK),
        ColumnSpec(_("Severity"), 11, Style.NOT_APPLICABLE),
        ColumnSpec(_("What is required"), 34, Style.WRAP),
        ColumnSpec(_("Accounts not assessed"), 11, Style.NUMBER),
        ColumnSpec(_("Of accounts it applies to, or may"), 12, Style.NUMBER),
        ColumnSpec(_("Share"), 9, Style.PERCENT),
        ColumnSpec(_("Why (accounts)"), 34, Style.WRAP),
        ColumnSpec(_("Facts that are missing (accounts)"), 38, Style.WRAP),
        ColumnSpec(_("What would settle it"), 32, Style.WRAP),
        *(
            ColumnSpec(_("Example {number}").format(number=number), 24, Style.LINK)
            for number in range(1, _EXAMPLES + 1)
        ),
    ]


def _rows(material: Material) -> Iterator[list[Item]]:
    lines = list(not_assessed(material.connection, policy=material.policy))
    lines.sort(key=lambda line: (line.rule.severity.rank, -line.count, line.rule.code))
    for line in lines:
        yield _row(material, line)


def _row(material: Material, line: NotAssessed) -> list[Item]:
    rule = line.rule
    return [
        Entry(rule.code, None, material.place_of("rules", rule.code)),
        Entry(rule.severity.label, light(rule.severity.value)),
        rule.title.here,
        line.count,
        line.applicable,
        line.count / line.applicable if line.applicable else None,
        _counted(line.reasons),
        _counted(line.missing),
        rule.expected.here,
        *_examples(material, rule.code),
    ]


def _counted(parts: Sequence[tuple[str, int]]) -> str:
    return "\n".join(f"{words} ({number})" for words, number in parts)


def _examples(material: Material, code: str) -> list[Item]:
    """Return the first accounts that could not be judged, each leading to its row."""
    found: list[Item] = []
    for row_id in accounts_with(material.connection, code, Status.NOT_ASSESSED)[:_EXAMPLES]:
        account = get(material.connection, Account, row_id)
        if account is not None:
            found.append(Entry(account.handle, None, material.place_of("inventory", row_id)))
    return found + [None] * (_EXAMPLES - len(found))
