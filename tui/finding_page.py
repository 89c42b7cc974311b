"""What the page of one finding says: a finding in, sections with cells to open out."""

from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from textual.content import Content

from audits.explanation import core_policy
from audits.finding_history import FindingEvent, history_of
from audits.findings import FindingRow, finding_rows
from audits.rules import Clause, Rule
from audits.runs import Delta
from inventory.language import _, plural
from tui.field_words import day_text
from tui.figure_cells import SEVERITY_LOOKS
from tui.finding_columns import state_text
from tui.going import Findings, OneAccount, OneRule
from tui.platform_names import platform_name
from tui.text import BAD, GOOD, HEAD, QUIET, STRONG, WARN, T, whole_value
from tui.widgets.lines import Line, Piece, line, piece, wrapped_pieces
from tui.widgets.page import wrapped
from tui.widgets.picture import Band, Pillar

TWO_PILLARS = 106
"""Cells from which clauses and history stand beside the finding."""
LABEL_CELLS = 16


@dataclass(frozen=True, slots=True)
class FindingPage:
    """A finding with the rule behind it and what became of it."""

    row: FindingRow
    rule: Rule | None
    history: Sequence[FindingEvent]


def read_finding(connection: Connection, finding: int) -> FindingPage | None:
    """Read the page of a finding, None when there is no such finding."""
    row = next(finding_rows(connection, [finding]), None)
    if row is None:
        return None
    return FindingPage(row, core_policy().by_code.get(row.rule), history_of(connection, finding))


def finding_bands(page: FindingPage, width: int) -> list[Band]:
    """Lay the page out for a width."""
    head = _head(page, width)
    if width < TWO_PILLARS:
        return [
            [
                Pillar(
                    width,
                    [
                        head,
                        _finding(page, width),
                        *clause_sections(page.rule, width),
                        _history(page),
                    ],
                )
            ]
        ]
    left = (width - 3) * 11 // 20
    right = width - 3 - left
    return [
        [Pillar(width, [head])],
        [
            Pillar(left, [_finding(page, left), _history(page)]),
            Pillar(right, clause_sections(page.rule, right)),
        ],
    ]


def preview(row: FindingRow) -> Content:
    """Give a finding in three lines: what is wrong, what was found, and what should be."""
    found = row.actual or _("nothing")
    because = f" — {row.reason}" if row.reason else ""
    return Content("\n").join(
        [
            Content.assemble(T(f"{row.rule}  ", QUIET), T(row.title, STRONG)),
            Content.assemble(T(_("found: "), QUIET), T(found), T(because)),
            Content.assemble(T(_("should be: "), QUIET), T(row.expected)),
        ]
    )


def _head(page: FindingPage, width: int) -> list[Line]:
    row = page.row
    handle = f"{row.handle} · {platform_name(row.platform)}" if row.handle else row.account
    search = f"org:{row.organisation_uid}"
    return [
        line(
            piece(row.severity.label, SEVERITY_LOOKS[row.severity]),
            piece(f"  {row.number}  ", QUIET),
            piece(row.rule, "", OneRule(row.rule)),
            piece("  "),
            piece(_state(row), _state_look(row)),
        ),
        *text_lines(T(row.title, STRONG), width),
        (),
        *wrapped_pieces(
            [
                piece(handle, "$primary", OneAccount(row.account_id)),
                piece(row.organisation, "", Findings(search)),
            ],
            width,
        ),
        *text_lines(whole_value(row.url, QUIET), width),
    ]


def _state(row: FindingRow) -> str:
    if row.state == "resolved":
        return _("resolved; last found on {day}").format(day=day_text(row.last_run))
    since = _("{state} since {day}").format(state=state_text(row), day=day_text(row.first_run))
    days = plural("{n} day", "{n} days", row.age).format(n=f"{row.age:,}")
    return f"{since}, {days}" if row.age else since


def _state_look(row: FindingRow) -> str:
    return GOOD if row.state == "resolved" else ""


def _finding(page: FindingPage, width: int) -> list[Line]:
    row = page.row
    said = [
        (_("Found"), whole_value(row.actual) if row.actual else T(_("nothing"), QUIET)),
        (_("Should be"), T(row.expected)),
    ]
    if row.reason:
        said.append((_("Why"), T(row.reason)))
    said.append((_("What to do"), T(row.remedy, "$text-success")))
    lines: list[Line] = []
    for label, value in said:
        if lines:
            lines.append(())
        lines += labelled(label, value, width)
    return lines


def clause_sections(rule: Rule | None, width: int) -> list[list[Line]]:
    """Give each document with whom it binds, and under it the clauses, in the reader's language."""
    if rule is None:
        return []
    by_source: dict[str, list[Clause]] = {}
    for clause in rule.clauses:
        by_source.setdefault(clause.source.code, []).append(clause)
    cells = max(len(clause.id) for clause in rule.clauses) + 2
    sections: list[list[Line]] = []
    for clauses in by_source.values():
        source = clauses[0].source
        lines = text_lines(T(f"{source.title.here} ({source.date})"), width)
        binds = _("binds: {whom}").format(whom=source.binds.here)
        lines += text_lines(T(binds, QUIET), width)
        for clause in clauses:
            lines += labelled(clause.id, T(clause.text.here), width, cells)
        sections.append(lines)
    title = line(piece(_("Where it is written"), HEAD), piece(f"  {rule.obligation.label}", QUIET))
    return [[title, *sections[0]], *sections[1:]]


_LOOKS = {Delta.NEW: BAD, Delta.REOPENED: WARN, Delta.RESOLVED: GOOD, Delta.NOT_EVALUATED: QUIET}


def _history(page: FindingPage) -> list[Line]:
    lines = [line(piece(_("Audit by audit"), HEAD))]
    for event in reversed(page.history):
        still = event.what is Delta.UNCHANGED
        lines.append(
            line(
                piece(f"{day_text(event.on)}  ", QUIET),
                piece(_("audit {number}").format(number=event.run).ljust(12), QUIET),
                piece(_("still open") if still else event.what.label, _LOOKS.get(event.what, "")),
            )
        )
    return lines


def labelled(label: str, value: Content, width: int, cells: int = LABEL_CELLS) -> list[Line]:
    """Give a name in `cells` cells and its value, which goes on under its beginning."""
    cells = min(cells, max(8, width // 3))
    name = T(label, QUIET).truncate(cells - 1, ellipsis=True)
    first, *others = wrapped(value, max(1, width - cells))
    return [
        line(Piece(name), piece(" " * (cells - name.cell_length)), Piece(first)),
        *(line(piece(" " * cells), Piece(one)) for one in others),
    ]


def text_lines(content: Content, width: int) -> list[Line]:
    """Give a text on as many lines as it takes."""
    return [line(Piece(one)) for one in wrapped(content, width)]
