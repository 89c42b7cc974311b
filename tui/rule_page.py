"""What the page of one rule says: a rule in, sections with cells to open out."""

import re
import textwrap
from collections.abc import Mapping

from audits.fact_vocabulary import facts
from audits.rules import Case, Rule, Status
from inventory.language import Language, _, current
from tui.figure_cells import SEVERITY_LOOKS
from tui.finding_page import clause_sections, labelled, text_lines
from tui.going import Findings, Results, Target
from tui.text import BAD, GOOD, HEAD, QUIET, STRONG, WARN, T
from tui.widgets.bars import bar
from tui.widgets.lines import Line, fitted, line, piece, spread
from tui.widgets.picture import Band, Pillar

TWO_PILLARS = 106
"""Cells from which the documents stand beside the judgement."""
STATUS_LOOKS = {
    Status.FAIL: BAD,
    Status.PASS: GOOD,
    Status.NOT_ASSESSED: WARN,
    Status.NOT_APPLICABLE: QUIET,
    Status.ERROR: BAD,
}
_COUNTED = (Status.FAIL, Status.PASS, Status.NOT_ASSESSED, Status.NOT_APPLICABLE)

Tally = Mapping[Status, int] | None


def rule_bands(rule: Rule, tally: Tally, width: int, *, broke: bool = False) -> list[Band]:
    """Lay the page out for a width; `tally` is the last run's, None if it did not ask the rule."""
    head = _head(rule, width)
    if width < TWO_PILLARS:
        sections = [
            head,
            _counts(rule, tally, width, broke),
            _remedy(rule, width),
            *clause_sections(rule, width),
            _judgement(rule, width),
            _facts(rule, width),
            _cases(rule, width),
        ]
        return [[Pillar(width, sections)]]
    left = (width - 3) // 2
    right = width - 3 - left
    first = [_counts(rule, tally, left, broke), _remedy(rule, left), *clause_sections(rule, left)]
    second = [_judgement(rule, right), _facts(rule, right), _cases(rule, right)]
    return [[Pillar(width, [head])], [Pillar(left, first), Pillar(right, second)]]


def _head(rule: Rule, width: int) -> list[Line]:
    other = rule.title.en if current() is Language.MALAY else rule.title.ms
    return [
        line(
            piece(rule.code, HEAD),
            piece("  "),
            piece(rule.severity.label, SEVERITY_LOOKS[rule.severity]),
            piece(f"  {rule.obligation.label}", QUIET),
        ),
        *text_lines(T(rule.title.here, STRONG), width),
        *text_lines(T(other, QUIET), width),
    ]


def _counts(rule: Rule, tally: Tally, width: int, broke: bool) -> list[Line]:
    title = line(piece(_("In the last audit"), HEAD))
    if broke:
        return [title, line(piece(_("The rule broke; nothing was judged by it."), BAD))]
    if tally is None:
        return [title, line(piece(_("This rule was not evaluated yet."), QUIET))]
    total = sum(tally.values())
    name = max(len(status.label) for status in _COUNTED)
    widths = [name, 8, max(4, min(40, width - name - 10))]
    lines = [title]
    for status in _COUNTED:
        count = tally.get(status, 0)
        look = STATUS_LOOKS[status]
        opens: Target = Results(rule.code, status.value)
        if status is Status.FAIL:
            opens = Findings(f"rule:{rule.code}")
        said = piece(f"{count:,}", look, opens) if count else piece("–", QUIET)
        drawn = fitted(piece(bar(count, total, widths[2]), look), widths[2])
        lines.append(spread([piece(status.label), said, drawn], widths))
    return lines


def _remedy(rule: Rule, width: int) -> list[Line]:
    return [
        *labelled(_("Should be"), T(rule.expected.here), width),
        *labelled(_("What to do"), T(rule.remedy.here, "$text-success"), width),
    ]


def _judgement(rule: Rule, width: int) -> list[Line]:
    lines = [line(piece(_("How it is judged"), HEAD))]
    for title, expression, look in (
        (_("applies when"), rule.applies, ""),
        (_("fails when"), rule.fails, "$text-error"),
        (_("passes when"), rule.passes, "$text-success"),
    ):
        lines.append(line(piece(title, QUIET)))
        lines += [line(piece(f"  {part}", look)) for part in _expression(expression, width - 2)]
    note = _("Whatever is left is not assessed: unknown never passes.")
    lines += text_lines(T(note, QUIET), width)
    if rule.params:
        lines.append(())
        lines.append(line(piece(_("Parameters"), QUIET)))
        lines += [line(piece(f"  :{name} = {value}")) for name, value in rule.params.items()]
    return lines


def _expression(expression: str, width: int, depth: int = 0) -> list[str]:
    """Break an expression before AND and OR; what stands in brackets goes further in."""
    text = " ".join(expression.split())
    indent = "  " * depth
    if len(indent) + len(text) <= width:
        return [indent + text]
    lines: list[str] = []
    for part in _terms(text):
        word, _gap, inner = part.partition("(")
        nested = inner.endswith(")") and word in ("", "AND ", "OR ") and len(part) > width // 2
        if nested and len(indent) + len(part) > width and len(_terms(inner[:-1])) > 1:
            lines.append(f"{indent}{word}(")
            lines += _expression(inner[:-1], width, depth + 1)
            lines.append(f"{indent})")
        else:
            lines += textwrap.wrap(
                part, max(8, width), initial_indent=indent, subsequent_indent=indent + "    "
            )
    return lines


def _terms(text: str) -> list[str]:
    """Cut an expression before each AND and OR that stands in no brackets."""
    terms, depth, start = [], 0, 0
    for match in re.finditer(r"'[^']*'|\(|\)| (?=(?:AND|OR) )", text):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        between = text[start : match.start()].split()[-2:-1] == ["BETWEEN"]
        if match[0] == " " and not depth and not between:
            terms.append(text[start : match.start()])
            start = match.end()
    return [*terms, text[start:]]


def _facts(rule: Rule, width: int) -> list[Line]:
    lines = [line(piece(_("Facts it reads"), HEAD))]
    longest = max((len(name) for name in rule.facts), default=0)
    cells = min(longest, max(8, width // 2)) + 2
    for name in rule.facts:
        lines.append(
            line(
                fitted(piece(name), cells),
                fitted(piece(facts()[name].words.here, QUIET), max(1, width - cells)),
            )
        )
    return lines


def _cases(rule: Rule, width: int) -> list[Line]:
    name = max(len(status.label) for status in Status) + 2
    lines = [line(piece(_("Cases that prove it"), HEAD))]
    for case in rule.cases:
        first, *more = textwrap.wrap(_case(case), max(8, width - name)) or [_("nothing known")]
        lines.append(
            line(fitted(piece(case.status.label, STATUS_LOOKS[case.status]), name), piece(first))
        )
        lines += [line(piece(" " * name), piece(part)) for part in more]
    return lines


def _case(case: Case) -> str:
    parts = []
    for name, value in case.facts.items():
        shown = _("unknown") if value is None else str(value) or "''"
        parts.append(f"{name}={shown}".replace(" ", "\u00a0"))
    return ", ".join(parts)
