"""Provenance: where every figure comes from, what its words mean, and what it cannot say."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

from audits.finding_counts import open_findings
from audits.flags import RULES_OF, Flag
from exports.row_stream import ColumnSpec, Entry, Item, Streamed, stream_rows
from exports.sheets import sheet
from exports.sheets.layout import heading, print_setup, widths
from exports.sheets.material import Material
from exports.sheets.wording import capital, in_words
from exports.styles import Style
from inventory.language import N_, _
from inventory.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Pair = tuple[str, Item]

_MEANINGS = {
    N_("Official"): N_(
        "The organisation's own decision on an account, with its basis and date; a badge does not"
        " make an account official."
    ),
    N_("Badge"): N_(
        "What the platform shows beside the name, of any kind, on the day it was seen; being"
        " official does not give an account a badge."
    ),
    N_("Flag raised"): N_("At least one rule behind the flag fails."),
    N_("Flag not assessed"): N_(
        "None of its rules fails, and at least one could not be assessed. It is not good news."
    ),
    N_("Flag not raised"): N_(
        "Every rule behind the flag passes or does not apply, such as a badge on an account that"
        " is not official."
    ),
    N_("Ministry or branch"): N_(
        "Accounts count for the nearest ministry or state they stand under, else for the"
        " organisation at the top of their tree."
    ),
    N_("Finding"): N_(
        "One rule that one account fails, from the run that found it first until a run shows that"
        " it passes. Its number never changes."
    ),
    N_("New, unchanged, resolved, reopened"): N_(
        "Compared with the run before: found for the first time, still failing, passing now,"
        " failing again under its old number."
    ),
    N_("Not evaluated"): N_(
        "An open finding whose rule could not be assessed this time, was not run, or whose account"
        " is gone. It stays open."
    ),
    N_("Days open"): N_("From the run that found it first to the day of this workbook."),
}
_LIMITS = (
    N_("The figures hold for the day of the audit run; what changed since is not in them."),
    N_(
        "The inventory says what is recorded. An account that nobody recorded is not counted,"
        " and nothing here estimates how many there are."
    ),
    N_("What platforms showed was true on the day it was seen; the days stand beside it."),
    N_("Signs that an account belongs to a person ask for a review; no rule fails by them alone."),
    N_(
        "Staff members' private accounts are not recorded and not audited. Owners, handlers and"
        " monitors are posts and units, never names."
    ),
    N_(
        "The head of the log shows that the history was not changed afterwards only to somebody"
        " who noted it outside the inventory: compare it with `rasmi verify --expect`."
    ),
)


@sheet(
    "provenance",
    N_("Provenance"),
    N_("Where the figures come from, what the words mean, and the limits."),
)
def build(tab: "Worksheet", material: Material) -> None:
    """Lay out the sheet; it is filled last, when the rows of the others are known."""
    columns = [ColumnSpec(_("Item"), 32, Style.STRONG), ColumnSpec(_("Value"), 84, Style.WRAP)]
    widths(tab, [spec.width for spec in columns])
    heading(
        tab,
        _("Where these figures come from"),
        _("Everything needed to make this workbook again, and to check it."),
        material.back,
    )
    print_setup(tab, landscape=False)

    def finish(streamed: Streamed) -> None:
        material.streamed["provenance"] = streamed

    stream_rows(
        tab,
        columns,
        material.rows("provenance", _rows(material)),
        header_row=tab.max_row + 1,
        filtered=False,
        then=material.spoken(finish),
    )


def _rows(material: Material) -> Iterator[list[Item]]:
    sections = {
        N_("The audit run"): _run(material),
        N_("This workbook"): _workbook(material),
        N_("Rows of this workbook"): _counts(material),
        N_("The policy"): _policy(material),
        N_("What the flags mean"): _flags(material),
        N_("What the words mean"): ((_(word), _(meaning)) for word, meaning in _MEANINGS.items()),
        N_("What these figures cannot say"): ((str(n), _(t)) for n, t in enumerate(_LIMITS, 1)),
    }
    for title, pairs in sections.items():
        yield [Entry(_(title), Style.HEADER), Entry(None, Style.HEADER)]
        yield from ([name, value] for name, value in pairs)


def _run(material: Material) -> Iterator[Pair]:
    run = material.run
    yield _("Audit run"), _number(run.number)
    yield _("As at"), in_words(run.on)
    yield _("Carried out by"), run.actor
    yield _("Accounts audited"), _number(run.accounts)
    yield _("Results"), _number(sum(run.counts.values()))
    for status, count in run.counts.items():
        yield _("Results: {status}").format(status=status.label), _number(count)
    errors = ", ".join(run.errors) or _("none")
    yield _("Rules that could not be evaluated"), errors
    yield _("Digest of all results"), run.digest
    yield _("Change in the log"), _number(run.seq)
    if (before := material.before) is not None:
        yield (
            _("Compared with"),
            _("audit run {number} of {day}").format(number=before.number, day=in_words(before.on)),
        )


def _workbook(material: Material) -> Iterator[Pair]:
    seq, sealed = material.head
    yield _("Made as of"), in_words(material.on)
    yield _("Head of the log"), f"{seq}:{sealed}"
    yield _("Changes of the record since the run"), _number(seq - material.run.seq)
    yield _("Program"), f"rasmi {version('rasmi')}"
    yield _("Version of the inventory file"), _number(SCHEMA_VERSION)


def _counts(material: Material) -> Iterator[Pair]:
    rows = {
        code: streamed.last_row - streamed.first_row + 1
        for code, streamed in material.streamed.items()
    }
    for code, count in rows.items():
        yield material.titles[code], _number(count)
    findings = sum(found.count for found in open_findings(material.connection))
    yield _("Open findings in the inventory"), _number(findings)
    yield _("Accounts in the inventory"), _number(material.accounts)
    agree = rows["findings"] == findings and rows["inventory"] == material.accounts
    yield _("Rows and counts agree"), _("yes") if agree else _("no")
    left_out = sum(streamed.links_left_out for streamed in material.streamed.values())
    yield _("Links left out, for which Excel has no room"), _number(left_out)


def _policy(material: Material) -> Iterator[Pair]:
    run, policy = material.run, material.policy
    yield _("Policy"), f"{run.policy} {run.policy_version} · {policy.title.here}"
    yield _("Hash of the policy (SHA-256)"), run.policy_hash
    if policy.digest != run.policy_hash:
        yield (
            _("Caution"),
            _(
                "The rules printed here are not the very ones of the run: the policy was changed"
                " since. Run the audit again."
            ),
        )
    for name, value in sorted(policy.params.items()):
        yield _("Threshold of several rules: {name}").format(name=name), _number(int(value))
    for source in policy.sources:
        yield (
            _("Document: {code}").format(code=source.code),
            f"{source.title.here} ({source.date}). {source.binds.here}.",
        )


def _flags(material: Material) -> Iterator[Pair]:
    for flag in Flag:
        rules = []
        for code in RULES_OF[flag]:
            rule = material.policy.by_code.get(code)
            rules.append(f"{code}: {rule.title.here}" if rule else code)
        yield capital(flag.label), "\n".join(rules)
    yield (
        capital(Flag.UNOFFICIAL.label),
        _("Also raised for every account classed as a third party's or an impostor's."),
    )


def _number(value: int) -> str:
    # As text beside other texts: numbers would stand at the far end of a wide column.
    return str(value)
