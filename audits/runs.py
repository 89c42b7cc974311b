"""What a run keeps of itself: its date, its policy, its counts, its difference to the last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from audits.flags import Flag, Raised
from audits.rules import Status
from inventory.language import N_, _

Tallies = Mapping[str, Mapping[Status, int]]
"""For each rule code, how many accounts have each status."""


class Delta(StrEnum):
    """What became of a finding between two runs."""

    NEW = "new"
    UNCHANGED = "unchanged"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    NOT_EVALUATED = "not_evaluated"

    @property
    def label(self) -> str:
        """The word for people, in the language spoken here."""
        return _(_LABELS[self.value])


class Stage(StrEnum):
    """What a run is busy with."""

    FACTS = "facts"
    RULES = "rules"
    FINDINGS = "findings"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_LABELS[self.value])


_LABELS = {
    "new": N_("new"),
    "unchanged": N_("unchanged"),
    "resolved": N_("resolved"),
    "reopened": N_("reopened"),
    "not_evaluated": N_("not evaluated"),
    "facts": N_("gathering facts"),
    "rules": N_("evaluating rules"),
    "findings": N_("updating findings"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is; `total` 0 means that nobody knows."""

    stage: Stage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Run:
    """One audit at a date. `digest` covers every result; `seq` is its change in the log."""

    number: int
    on: date
    policy: str
    policy_version: str
    policy_hash: str
    params: Mapping[str, object]
    accounts: int
    tallies: Tallies
    flags: Mapping[Flag, Mapping[Raised, int]]
    delta: Mapping[Delta, int]
    errors: tuple[str, ...]
    digest: str
    actor: str
    seq: int

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of the rules that were evaluated."""
        return tuple(self.tallies)

    @property
    def counts(self) -> dict[Status, int]:
        """How many results have each status, over all rules and accounts."""
        counts = {
            status: sum(tally.get(status, 0) for tally in self.tallies.values())
            for status in Status
        }
        counts[Status.ERROR] += len(self.errors) * self.accounts
        return counts

    @property
    def coverage(self) -> float:
        """The share of results that could be assessed, of all where the rule applies or may.

        1.0 where nothing applies: nothing was left open.
        """
        counts = self.counts
        applies = sum(counts.values()) - counts[Status.NOT_APPLICABLE]
        return (counts[Status.PASS] + counts[Status.FAIL]) / applies if applies else 1.0
