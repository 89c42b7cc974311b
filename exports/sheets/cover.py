"""The cover: what was audited and against what, the verdict in one look, and who signs it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audits.figures import flag_totals, platform_matrix
from audits.finding_counts import open_findings
from audits.flags import Flag, Raised
from audits.rules import Severity, Status
from audits.runs import Delta
from audits.seminar import seminar_table
from exports.cells import Place, Value, put
from exports.sheets import sheet, sheets
from exports.sheets.layout import centred, grow, print_setup, span, widths
from exports.sheets.material import Material
from exports.sheets.wording import capital, in_words, short_hash
from exports.styles import Style, light
from inventory.language import N_, _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS = 8
_ALL = (1, _COLUMNS)
_FIRST_THINGS = 6
_BLOCK = Style.SUBTITLE
_SIGNATURE_HEIGHT = 42.0
_STATUSES = (
    Status.PASS, Status.FAIL, Status.NOT_ASSESSED, Status.ERROR, Status.NOT_APPLICABLE,
)  # fmt: skip


@sheet("cover", N_("Cover"), N_("What was audited, the verdict in one look, and who signs it."))
def build(tab: "Worksheet", material: Material) -> None:
    """Fill the cover: one page of A4."""
    widths(tab, [12.5] * _COLUMNS)
    row = _title(tab, material)
    row = _subject(tab, material, row + 1)
    row = _tiles(tab, material, row + 1)
    row = _counts(tab, material, row + 1)
    row = _first_things(tab, material, row + 1)
    row = _contents(tab, material, row + 1)
    row = _signatures(tab, row + 1)
    _assurances(tab, material, row + 1)
    print_setup(tab, landscape=False, pages_tall=1)


def _title(tab: "Worksheet", material: Material) -> int:
    span(tab, 1, _ALL, _("Audit of official social-media accounts"), Style.TITLE)
    span(
        tab,
        2,
        _ALL,
        _("As at {day} · audit run {number}").format(
            day=in_words(material.run.on), number=material.run.number
        ),
        Style.SUBTITLE,
    )
    span(
        tab,
        3,
        _ALL,
        _(
            "Which social-media accounts speak for the government, which of them should not be"
            " trusted to, and what to do about it: every account of the inventory, held against"
            " the written rules of one policy. Every figure leads to the accounts behind it."
        ),
        Style.BODY,
    )
    return 4


def _subject(tab: "Worksheet", material: Material, row: int) -> int:
    run, policy = material.run, material.policy
    seminar = seminar_table(material.connection)[0]
    lines = {
        _("Scope"): _(
            "Accounts: {accounts} · Platforms: {platforms} · Ministries: {ministries} ·"
            " Other active organisations: {others}"
        ).format(
            accounts=f"{material.accounts:,}",
            platforms=len(platform_matrix(material.connection)),
            ministries=seminar.ministries,
            others=f"{seminar.agencies:,}",
        ),
        _("Criteria"): _("{title}, version {version}, with {rules} rules (SHA-256 {hash}…)").format(
            title=policy.title.here,
            version=run.policy_version,
            rules=len(run.rules),
            hash=short_hash(run.policy_hash),
        ),
        _("Carried out by"): run.actor,
        _("Compared with"): _compared(material),
    }
    if changes := material.head[0] - run.seq:
        lines[_("Caution")] = _(
            "The record was changed after this run (entries in the log: {count}). Run the audit"
            " again before deciding on single accounts."
        ).format(count=changes)
    for name, value in lines.items():
        span(tab, row, (1, 2), name, Style.STRONG)
        span(tab, row, (3, _COLUMNS), value, Style.WRAP)
        row += 1
    return row


def _compared(material: Material) -> str:
    if material.before is None:
        return _("Nothing: this is the first audit.")
    return _("audit run {number} of {day}").format(
        number=material.before.number, day=in_words(material.before.on)
    )


def _tiles(tab: "Worksheet", material: Material, row: int) -> int:
    span(tab, row, _ALL, _("The four flags: accounts that carry each"), _BLOCK)
    totals = flag_totals(material.connection)
    for place, flag in enumerate(Flag):
        columns = (2 * place + 1, 2 * place + 2)
        counts = totals[flag]
        centred(span(tab, row + 1, columns, capital(flag.label), Style.HEADER))
        for column, value, style in (
            (columns[0], Raised.YES, Style.FAIL),
            (columns[1], Raised.NOT_ASSESSED, Style.NOT_ASSESSED),
        ):
            put(tab, row + 2, column, capital(value.label), style)
            put(tab, row + 3, column, counts[value].number, Style.TILE).number_format = "#,##0"
        clear = _("no: {number}").format(number=f"{counts[Raised.NO].number:,}")
        span(tab, row + 4, columns, clear, Style.NOT_APPLICABLE)
    put(tab, row + 5, 1, _("Open the accounts"), Style.LINK, material.place("inventory"))
    span(
        tab,
        row + 6,
        _ALL,
        _(
            "An account can carry several flags. “Not assessed” means that nobody could tell;"
            " it is never counted as good news."
        ),
        Style.NOTE,
    )
    return row + 7


def _counts(tab: "Worksheet", material: Material, row: int) -> int:
    run = material.run
    severities = dict.fromkeys(Severity, 0)
    for found in open_findings(material.connection):
        severities[found.severity] += found.count
    row = _strip(
        tab,
        row,
        _("Open findings by severity"),
        [(s.label, n, light(s.value)) for s, n in severities.items()]
        + [(_("all"), sum(severities.values()), Style.STRONG)],
        material.place("findings"),
    )
    before = _("Findings since the run before") if material.before else _("Findings of this run")
    row = _strip(tab, row, before, [(d.label, run.delta[d], Style.HEADER) for d in Delta], None)
    counts = [(s.label, run.counts[s], light(s.value)) for s in _STATUSES if s is not Status.ERROR]
    if run.counts[Status.ERROR]:
        counts.append((Status.ERROR.label, run.counts[Status.ERROR], Style.HIGH))
    row = _strip(tab, row, _("Results of all rules"), counts, material.place("not_assessed"))
    span(
        tab,
        row,
        _ALL,
        _(
            "Coverage: {share} of the results of rules that apply, or may apply, could be assessed."
        ).format(share=f"{run.coverage:.1%}"),
        Style.BODY,
    )
    return row + 1


def _strip(
    tab: "Worksheet",
    row: int,
    title: str,
    cells: Sequence[tuple[str, Value, Style]],
    place: Place | None,
) -> int:
    """Write a line of words above a line of figures, the title before both."""
    span(tab, row, (1, 2), title, Style.STRONG)
    if place is None:
        span(tab, row + 1, (1, 2), None, Style.STRONG)
    else:
        span(tab, row + 1, (1, 2), _("Open the sheet"), Style.LINK, place)
    for column, (word, number, style) in enumerate(cells, 3):
        centred(put(tab, row, column, capital(word), style))
        put(tab, row + 1, column, number, Style.NUMBER)
    return row + 2


def _first_things(tab: "Worksheet", material: Material, row: int) -> int:
    """Name the rules to begin with: the gravest, and those that most accounts fail."""
    span(tab, row, _ALL, _("Where to begin: the gravest rules and their open findings"), _BLOCK)
    for found in open_findings(material.connection)[:_FIRST_THINGS]:
        row += 1
        rule = material.policy.by_code.get(found.rule)
        put(tab, row, 1, found.severity.label, light(found.severity.value))
        put(tab, row, 2, found.rule, Style.LINK, material.place_of("rules", found.rule))
        span(tab, row, (3, _COLUMNS - 1), rule.title.here if rule else None, Style.WRAP)
        put(tab, row, _COLUMNS, found.count, Style.NUMBER)
    return row + 1


def _contents(tab: "Worksheet", material: Material, row: int) -> int:
    span(tab, row, _ALL, _("Contents"), _BLOCK)
    row += 1
    for item in sheets():
        if item.code == "cover":
            continue
        span(tab, row, (1, 2), item.label, Style.LINK, material.place(item.code))
        span(tab, row, (3, _COLUMNS), item.help, Style.WRAP)
        row += 1
    return row


def _signatures(tab: "Worksheet", row: int) -> int:
    span(tab, row, (1, 2), None, Style.HEADER)
    for first, name in ((3, _("Prepared by")), (5, _("Reviewed by")), (7, _("Approved by"))):
        span(tab, row, (first, first + 1), name, Style.HEADER)
    for offset, name in enumerate((_("Post"), _("Signature"), _("Date")), 1):
        span(tab, row + offset, (1, 2), name, Style.STRONG)
        for first in (3, 5, 7):
            span(tab, row + offset, (first, first + 1), None, Style.WRAP)
    grow(tab, row + 1, _SIGNATURE_HEIGHT / 2)
    grow(tab, row + 2, _SIGNATURE_HEIGHT)
    grow(tab, row + 3, _SIGNATURE_HEIGHT / 2)
    return row + 4


def _assurances(tab: "Worksheet", material: Material, row: int) -> None:
    seq, sealed = material.head
    notes = (
        _(
            "Private accounts of staff stored: 0. The record has no place for them; people appear"
            " by their post only."
        ),
        _("Head of the log: {head}").format(head=f"{seq}:{sealed}"),
    )
    for offset, note in enumerate(notes):
        span(tab, row + offset, _ALL, note, Style.NOTE)
