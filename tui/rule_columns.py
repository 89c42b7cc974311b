"""The rules as rows of a table, with what the last audit made of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audits.rules import Rule, Severity, Status
from inventory.language import N_, _
from inventory.search_text import folded
from tui.finding_columns import severity_tones
from tui.table.columns import Column
from tui.table.rows import Cells, Order

NOTHING = "–"
COUNTED = (Status.FAIL, Status.PASS, Status.NOT_ASSESSED, Status.NOT_APPLICABLE)

_TITLES = {
    "code": N_("Rule"),
    "severity": N_("Severity"),
    "obligation": N_("Obligation"),
    "title": N_("Title"),
    "fail": N_("Fail"),
    "pass": N_("Pass"),
    "not_assessed": N_("Not assessed"),
    "not_applicable": N_("n/a"),
}
_BY_WIDTH = (
    (104, tuple(_TITLES)),
    (72, ("code", "severity", "title", "fail", "pass", "not_assessed")),
    (54, ("code", "severity", "title", "fail")),
    (0, ("code", "title")),
)


@dataclass(frozen=True, slots=True)
class CountedRule:
    """A rule and how many accounts have each status; None where it was never evaluated."""

    rule: Rule
    tally: Mapping[Status, int] | None
    broke: bool = False


def rule_columns(width: int) -> list[Column]:
    """Return the columns for a table of `width` cells."""
    tones = severity_tones()
    columns = []
    for key in next(keys for least, keys in _BY_WIDTH if width >= least):
        title = _(_TITLES[key])
        if key == "title":
            columns.append(Column(key, title, 20, grow=1))
        elif key in ("code", "severity", "obligation"):
            tone = (lambda text: tones.get(text, "")) if key == "severity" else None
            columns.append(Column(key, title, max(_WIDTHS[key], len(title)), style_of=tone))
        else:
            tone = _fail_tone if key == "fail" else _quiet_tone
            columns.append(Column(key, title, max(6, len(title) + 2), align="right", style_of=tone))
    return columns


class RuleRows:
    """A `RowSource` on the rules of a policy in memory; a row's id is its place."""

    def __init__(self, rules: Sequence[CountedRule]) -> None:
        self._rules = tuple(rules)
        self.columns: tuple[str, ...] = tuple(_TITLES)

    def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
        return self._ids(text, order)

    def all_ids(self, text: str, order: tuple[Order, ...]) -> Iterable[int]:
        return self._ids(text, order)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
        return {place: self._cells(self._rules[place]) for place in ids}

    def interrupt(self) -> None:
        """Nothing runs for long here."""

    def revision(self) -> int:
        return 0

    def rule(self, place: int | None) -> Rule | None:
        """Return the rule of a row."""
        return None if place is None else self._rules[place].rule

    def _ids(self, text: str, order: tuple[Order, ...]) -> list[int]:
        words = folded(text).split()
        found = [place for place, one in enumerate(self._rules) if _matches(one.rule, words)]
        for part in reversed(order):
            found.sort(
                key=lambda place: _sorted_by(self._rules[place], part.column),
                reverse=part.descending,
            )
        return found

    def _cells(self, one: CountedRule) -> Cells:
        rule = one.rule
        texts = {
            "code": rule.code,
            "severity": rule.severity.label,
            "obligation": rule.obligation.label,
            "title": rule.title.here,
            **{status.value: count_text(one, status) for status in COUNTED},
        }
        return tuple(texts[key] for key in self.columns)


def count_text(one: CountedRule, status: Status) -> str:
    """Return how many accounts have a status under a rule, as a cell says it."""
    if one.broke:
        return Status.ERROR.label if status is Status.FAIL else ""
    if one.tally is None:
        return ""
    count = one.tally.get(status, 0)
    return f"{count:,}" if count else NOTHING


_WIDTHS = {"code": 6, "severity": 11, "obligation": 13}


def _fail_tone(text: str) -> str:
    return "dim" if text in ("", NOTHING) else "bad"


def _quiet_tone(text: str) -> str:
    return "dim" if text == NOTHING else ""


def _matches(rule: Rule, words: Sequence[str]) -> bool:
    clauses = " ".join(clause.id for clause in rule.clauses)
    labels = f"{rule.severity.label} {rule.severity.value} {rule.obligation.label}"
    whole = folded(f"{rule.code} {rule.title.en} {rule.title.ms} {clauses} {labels}")
    return all(word in whole for word in words)


def _sorted_by(one: CountedRule, column: str) -> tuple[int, str]:
    if column in (status.value for status in COUNTED):
        return (one.tally or {}).get(Status(column), -1), ""
    if column == "severity":
        return list(Severity).index(one.rule.severity), one.rule.code
    texts = {"title": one.rule.title.here, "obligation": one.rule.obligation.label}
    return 0, folded(texts.get(column, one.rule.code))
