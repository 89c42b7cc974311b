"""What a policy is made of: rules, the clauses behind them, and the cases that prove each rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from audits.fact_vocabulary import FactValue
from audits.words import Words
from inventory.language import N_, _


class Status(StrEnum):
    """The five results of a rule on a subject; only `pass` is good news."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"
    ERROR = "error"

    @property
    def label(self) -> str:
        """The word for people, in the language spoken here."""
        return _(_LABELS[self.value])


class Severity(StrEnum):
    """How much a failing rule matters, the gravest first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]

    @property
    def label(self) -> str:
        """The word for people, in the language spoken here."""
        return _(_LABELS[self.value])


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Obligation(StrEnum):
    """How strongly the clause behind a rule speaks."""

    MUST = "must"
    SHOULD = "should"
    DERIVED = "derived"
    GOOD_PRACTICE = "good_practice"

    @property
    def label(self) -> str:
        """The word for people, in the language spoken here."""
        return _(_LABELS[self.value])


_LABELS = {
    "pass": N_("pass"),
    "fail": N_("fail"),
    "not_applicable": N_("not applicable"),
    "not_assessed": N_("not assessed"),
    "error": N_("error"),
    "critical": N_("critical"),
    "high": N_("high"),
    "medium": N_("medium"),
    "low": N_("low"),
    "info": N_("information"),
    "must": N_("must"),
    "should": N_("should"),
    "derived": N_("derived"),
    "good_practice": N_("good practice"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A document behind clauses: its title, its date as printed, and whom it binds."""

    code: str
    title: Words
    date: str
    binds: Words


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a source, in words of our own."""

    id: str
    source: Source
    text: Words


@dataclass(frozen=True, slots=True)
class Case:
    """Facts and the status they must lead to; facts that are not named are unknown.

    Days are counted from the policy's day of cases: -10 is ten days before it.
    """

    status: Status
    reason: str | None
    facts: Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: four expressions over facts, and everything people need to act on it."""

    code: str
    title: Words
    severity: Severity
    obligation: Obligation
    clauses: tuple[Clause, ...]
    subject: str
    applies: str
    fails: str
    passes: str
    reasons: tuple[tuple[str, str], ...]
    actual: tuple[str, ...]
    expected: Words
    remedy: Words
    params: Mapping[str, int | str]
    never: frozenset[Status]
    cases: tuple[Case, ...]
    applies_facts: frozenset[str]
    judged_facts: frozenset[str]

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact the rule reads or shows, each once."""
        return tuple(dict.fromkeys((*self.actual, *sorted(self.applies_facts | self.judged_facts))))


@dataclass(frozen=True, slots=True)
class Workdays:
    """The weekend as weekday numbers (Monday 0), by state, and how many days a report may take."""

    weekend: frozenset[int]
    states: Mapping[str, frozenset[int]]
    report_within: int


@dataclass(frozen=True, slots=True)
class Policy:
    """A set of rules with the documents behind them; `digest` changes with any byte of it."""

    code: str
    version: str
    title: Words
    digest: str
    cases_on: int
    params: Mapping[str, int | str]
    workdays: Workdays
    sources: tuple[Source, ...]
    reasons: Mapping[str, Words]
    rules: tuple[Rule, ...]

    def rule(self, code: str) -> Rule:
        """Return one rule; raises KeyError for a code the policy does not hold."""
        return self.by_code[code]

    @property
    def by_code(self) -> Mapping[str, Rule]:
        """The rules by their code."""
        return {rule.code: rule for rule in self.rules}
