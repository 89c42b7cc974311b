"""Rules: what every account was held against, with the clause behind each and its results."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from audits.fact_vocabulary import facts
from audits.rules import Rule, Severity, Status
from exports.row_stream import ColumnSpec, Entry, Item, Streamed, stream_rows
from exports.sheets import sheet
from exports.sheets.layout import A3, colour_column, heading, print_setup, widths
from exports.sheets.material import Material
from exports.sheets.wording import capital
from exports.styles import Style, light
from inventory.language import N_, Language, _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from audits.words import Words

_SEVERITY = 2


@sheet("rules", N_("Rules"), N_("Every rule of the policy, its clause, remedy and results."))
def build(tab: "Worksheet", material: Material) -> None:
    """Lay out the catalogue of rules; its rows follow when the workbook is saved."""
    columns = _columns()
    widths(tab, [spec.width for spec in columns])
    heading(
        tab,
        _("Rules of the policy"),
        _(
            "A rule fails, passes, does not apply, or could not be assessed because a fact is not"
            " known. The counts are accounts in this run. The test is printed as it was evaluated."
        ),
        material.back,
    )
    print_setup(tab, landscape=True, paper=A3, pages_wide=2)
    tab.print_title_cols = "A:B"
    top = tab.max_row + 1
    for number, rule in enumerate(material.policy.rules, top + 1):
        material.begin("rules", rule.code, number)

    def finish(streamed: Streamed) -> None:
        material.streamed["rules"] = streamed
        colour_column(tab, _SEVERITY, streamed, [(s.label, light(s.value)) for s in Severity])

    stream_rows(
        tab,
        columns,
        material.rows("rules", _rows(material)),
        header_row=top,
        freeze_columns=1,
        then=material.spoken(finish),
    )


def _columns() -> list[ColumnSpec]:
    return [
        ColumnSpec(_("Rule"), 9, Style.STRONG),
        ColumnSpec(_("Severity"), 11, Style.NOT_APPLICABLE),
        ColumnSpec(_("What is required"), 34, Style.WRAP),
        ColumnSpec(_("In the other language"), 30, Style.WRAP),
        ColumnSpec(_("Obligation"), 13),
        ColumnSpec(_("Clause and source"), 44, Style.WRAP),
        ColumnSpec(_("Passes when"), 30, Style.WRAP),
        ColumnSpec(_("Why it can fail or stay open"), 34, Style.WRAP),
        ColumnSpec(_("Facts it looks at"), 34, Style.WRAP),
        ColumnSpec(_("Remedy"), 44, Style.WRAP),
        *(ColumnSpec(capital(status.label), 10, Style.NUMBER) for status in Status),
        ColumnSpec(_("Test as evaluated"), 50, Style.WRAP),
    ]


def _rows(material: Material) -> Iterator[list[Item]]:
    for rule in material.policy.rules:
        yield [
            rule.code,
            Entry(rule.severity.label, light(rule.severity.value)),
            rule.title.here,
            _other(rule.title, material.language),
            rule.obligation.label,
            _clauses(rule),
            rule.expected.here,
            _reasons(material, rule),
            _facts(rule),
            rule.remedy.here,
            *_counts(material, rule.code),
            _test(rule),
        ]


def _counts(material: Material, code: str) -> list[Item]:
    """Return how many accounts have each status; the fails lead to their findings."""
    run = material.run
    tally = {Status.ERROR: run.accounts} if code in run.errors else run.tallies.get(code, {})
    counts: list[Item] = [tally.get(status, 0) for status in Status]
    if place := material.place_of("findings", ("rule", code)):
        at = list(Status).index(Status.FAIL)
        counts[at] = Entry(tally.get(Status.FAIL, 0), Style.LINK, place)
    return counts


def _other(words: "Words", language: Language) -> str:
    return words.en if language is Language.MALAY else words.ms


def _clauses(rule: Rule) -> str:
    return "\n".join(
        f"{clause.id} · {clause.source.title.here}: {clause.text.here}" for clause in rule.clauses
    )


def _reasons(material: Material, rule: Rule) -> str:
    words = (material.policy.reasons[code].here for code, _test in rule.reasons)
    return "\n".join(dict.fromkeys(words))


def _facts(rule: Rule) -> str:
    return "; ".join(facts()[name].words.here for name in rule.facts)


def _test(rule: Rule) -> str:
    params = ", ".join(f"{name} = {value}" for name, value in sorted(rule.params.items()))
    lines = {"applies": rule.applies, "fails": rule.fails, "passes": rule.passes, "params": params}
    return "\n".join(f"{name}: {text}" for name, text in lines.items() if text)
