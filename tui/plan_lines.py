"""The lines of an import plan as rows of a table, and all there is to say about one of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from inventory.importing.lines import FieldChange, Line, Outcome
from inventory.importing.plan import Plan
from inventory.importing.rows import Row
from inventory.language import _
from inventory.privacy import PRIVATE_VALUE, guard_text
from inventory.record import Account, Organisation, field_named
from tui.field_words import value_text
from tui.import_draft import Draft, plan_draft
from tui.jobs import Watch
from tui.list_rows import ListColumn, ListRows
from tui.session import Session
from tui.text import BAD, GOOD, HEAD, QUIET, WARN, T, whole_value
from tui.widgets.page import Pair

WITHOUT_LINK = "without_link"
"""What becomes of a row that holds no link: nothing; it is counted and can be looked at."""

WARNED = "warned"
"""Lines that carry a warning, whatever becomes of them."""

TONES = {
    Outcome.NEW: "good",
    Outcome.CHANGED: "warn",
    Outcome.SAME: "dim",
    Outcome.DUPLICATE: "dim",
    Outcome.CONFLICT: "bad",
    Outcome.NOT_ACCOUNT: "warn",
    Outcome.REFUSED: "bad",
}
LOOKS = {"good": GOOD, "warn": WARN, "bad": BAD, "dim": QUIET}
BOTH = 112
"""Cells of the table from which organisation and reason have a column each."""
_SHOWN_CELLS = 4


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of a plan, or a row of the file that holds no link (`line` is None then)."""

    row: int
    value: str
    line: Line | None = None

    @property
    def outcome(self) -> str:
        """What becomes of it: an `Outcome`, or `WITHOUT_LINK`."""
        return self.line.outcome.value if self.line is not None else WITHOUT_LINK

    def counts_as(self, key: str) -> bool:
        """Say whether it belongs to an outcome, or to the lines with a warning."""
        if key == WARNED:
            return self.line is not None and bool(self.line.warnings)
        return self.outcome == key

    @property
    def why(self) -> str:
        """The reason or what would change, in one line."""
        if self.line is None:
            return ""
        said = [change_words(change) for change in self.line.changes]
        return " · ".join(filter(None, [*said, self.line.reason, *self.line.warnings]))


def plan_rows(plan: Plan) -> list[PlanRow]:
    """Return every line in the file's order, then the rows that hold no link."""
    rows = [PlanRow(line.row, line.value, line) for line in plan.lines]
    linked = {line.row for line in plan.lines}
    rows += [
        PlanRow(row.number, _cells(plan, row))
        for row in plan.request.table.rows
        if row.number not in linked
    ]
    return rows


@dataclass(frozen=True, slots=True)
class Planned:
    """A draft, its plan, and the plan's lines ready to be shown."""

    draft: Draft
    plan: Plan
    rows: ListRows[PlanRow]


def planned(session: Session, draft: Draft, watch: Watch) -> Planned:
    """Work the plan of a draft out; raises what `plan_draft` raises."""
    plan = plan_draft(session, draft, watch)
    watch.tell(_("Listing what it would do"))
    return Planned(draft, plan, rows_of(plan))


def rows_of(plan: Plan) -> ListRows[PlanRow]:
    """Return the lines as a source that is ready to be searched."""
    rows = ListRows(plan_rows(plan), line_columns(), _said)
    rows.prepare()
    return rows


def outcome_label(outcome: str) -> str:
    """Return the words for what becomes of a line, in the language spoken here."""
    return _("no link") if outcome == WITHOUT_LINK else Outcome(outcome).label


def outcome_tone(outcome: str) -> str:
    """Return the tone in which an outcome is shown."""
    return "dim" if outcome == WITHOUT_LINK else TONES[Outcome(outcome)]


def outcome_counts(plan: Plan) -> dict[str, int]:
    """Return how many lines have each outcome, and how many rows have no link."""
    counts = {outcome.value: count for outcome, count in plan.counts.items()}
    return {**counts, WITHOUT_LINK: plan.rows_without_links}


def line_columns() -> list[ListColumn[PlanRow]]:
    """Return the columns of the list of lines, worded in the language spoken here."""
    tones = {outcome_label(one): outcome_tone(one) for one in (*Outcome, WITHOUT_LINK)}
    widest = max(map(len, tones))
    return [
        ListColumn("row", _("Row"), 6, lambda one: f"{one.row:,}", align="right", sort=_row),
        ListColumn(
            "outcome",
            _("Outcome"),
            widest,
            lambda one: outcome_label(one.outcome),
            tone=lambda text: tones.get(text, ""),
        ),
        ListColumn("value", _("In the file"), 24, lambda one: one.value, grow=3),
        ListColumn("organisation", _("Organisation"), 22, _organisation, grow=2, from_width=BOTH),
        ListColumn("column", _("Column"), 14, _column, grow=1, from_width=96),
        ListColumn("why", _("Why, or whose"), 18, _why_or_whose, grow=3, below_width=BOTH),
        ListColumn("reason", _("Why"), 18, lambda one: one.why, grow=3, from_width=BOTH),
    ]


def line_pairs(one: PlanRow) -> list[Pair]:
    """Return everything about a line: what it says, what becomes of it, why, and what helps."""
    where = _("row {row}").format(row=f"{one.row:,}")
    look = LOOKS[outcome_tone(one.outcome)]
    head = Content.assemble(T(outcome_label(one.outcome), look), T(f"  {where}", QUIET))
    if one.line is None:
        sentence = _("This row holds no address and no handle.")
        return [(None, head), (T(_("In the file")), whole_value(one.value)), (None, T(sentence))]
    line = one.line
    head = Content.assemble(head, T(", ", QUIET), T(line.column, QUIET))
    pairs: list[Pair] = [(None, head), (T(_("In the file")), whole_value(line.value))]
    if line.key:
        known = f"  {line.account}" if line.account else ""
        account = Content.assemble(whole_value(line.key), T(known, QUIET))
        pairs.append((T(_("Account")), account))
    if line.organisation:
        pairs.append((T(_("Organisation")), whole_value(line.organisation)))
    pairs += change_pairs(line.changes, of_account=True)
    if line.reason:
        pairs.append((T(_("Reason")), T(line.reason, look)))
    if line.remedy:
        pairs.append((T(_("What helps")), T(line.remedy)))
    pairs += [(T(_("Warning")), T(warning, WARN)) for warning in line.warnings]
    return pairs


def change_pairs(changes: tuple[FieldChange, ...], *, of_account: bool) -> Iterator[Pair]:
    """Give each changed field with its value before and after."""
    for change in changes:
        before, after = (shown_value(change, one, of_account) for one in _both(change))
        yield (
            T(field_label(change.field, of_account=of_account)),
            Content.assemble(T(before, QUIET), T(" → ", HEAD), whole_value(after)),
        )


def change_words(change: FieldChange, *, of_account: bool = True) -> str:
    """Return a change in one line: `Badge: unknown → government badge`."""
    before, after = (shown_value(change, one, of_account) for one in _both(change))
    return f"{field_label(change.field, of_account=of_account)}: {before} → {after}"


def field_label(name: str, *, of_account: bool) -> str:
    """Return the words for a field of an account, or of an organisation."""
    more = {"name": _("Also called"), "domain": _("Domain"), "parent": _("Under")}
    if not of_account and name in more:
        return more[name]
    try:
        return field_named(Account if of_account else Organisation, name).label
    except KeyError:
        return name


def shown_value(change: FieldChange, value: object, of_account: bool) -> str:
    """Return a value of a changed field in words."""
    try:
        field = field_named(Account if of_account else Organisation, change.field)
    except KeyError:
        return "–" if value is None else str(value)
    return value_text(field, value)


def _both(change: FieldChange) -> tuple[object, object]:
    return change.before, change.after


def _cells(plan: Plan, row: Row) -> str:
    """Return the first cells of a row that hold something, private ones left out."""
    headers = plan.request.table.headers
    kept = [
        PRIVATE_VALUE if guard_text(cell, header) is not None else cell
        for header, cell in zip(headers, row.cells, strict=False)
        if cell.strip()
    ]
    return " · ".join(kept[:_SHOWN_CELLS])


def _said(one: PlanRow) -> str:
    line = one.line
    parts = [str(one.row), one.value, outcome_label(one.outcome)]
    if line is not None:
        parts += [line.column, line.key, line.organisation, one.why]
    return "\n".join(parts)


def _why_or_whose(one: PlanRow) -> str:
    return one.why or _organisation(one)


def _row(one: PlanRow) -> int:
    return one.row


def _organisation(one: PlanRow) -> str:
    return one.line.organisation if one.line is not None else ""


def _column(one: PlanRow) -> str:
    return one.line.column if one.line is not None else ""
