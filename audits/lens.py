"""Reading outcomes: what the words of an account mean under the rules that were evaluated."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from audits.flags import Flag, Raised, flags_of
from audits.outcomes import Outcome, status_at
from audits.rules import Severity, Status
from audits.runs import Run


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything an outcome means, worked out once for all accounts that share it."""

    failing: tuple[int, ...]
    statuses: Mapping[int, Status]
    flags: Mapping[Flag, Raised]
    worst: Severity | None


@dataclass(frozen=True, slots=True)
class Lens:
    """Reads outcomes by the rules that were evaluated: their positions and severities."""

    positions: Mapping[str, int]
    severities: Mapping[int, Severity]
    _read: dict[Outcome, Reading] = field(default_factory=dict)

    def read(self, outcome: Outcome) -> Reading:
        """Return what an outcome means."""
        reading = self._read.get(outcome)
        if reading is None:
            statuses = {place: status_at(outcome, place) for place in self.positions.values()}
            failing = tuple(p for p, status in statuses.items() if status is Status.FAIL)
            reading = Reading(
                failing,
                statuses,
                flags_of(outcome, self.positions),
                self.worst(failing),
            )
            self._read[outcome] = reading
        return reading

    def worst(self, places: Iterable[int]) -> Severity | None:
        """Return the gravest severity among rules, None for none."""
        severities = [self.severities[place] for place in places]
        return min(severities, key=lambda severity: severity.rank, default=None)


class Books:
    """Counts of a run, kept by difference: what changed is added, what it replaces taken away.

    `digest` covers every account's outcome: the sum of the hashes of all (account, words), so it
    too is kept by difference. It shows a slip or a lost row, not a forger: the log's chain does.
    """

    def __init__(self, lens: Lens, before: Run | None) -> None:
        self._lens = lens
        self._before = before
        self._more: Counter[Outcome] = Counter()
        self._digest = int(before.digest, 16) if before else 0
        self.accounts = before.accounts if before else 0

    def replace(self, account: int, now: Outcome | None, before: Outcome | None) -> None:
        """Count an account's outcome instead of the former one; None is no outcome."""
        for outcome, sign in ((now, 1), (before, -1)):
            if outcome is not None:
                self._more[outcome] += sign
                self._digest += sign * _hash(account, outcome)
        self.accounts += (now is not None) - (before is not None)

    @property
    def digest(self) -> str:
        """The digest of all results, in hexadecimal."""
        return f"{self._digest % _MODULUS:064x}"

    def tallies(self) -> dict[str, dict[Status, int]]:
        """Return how many accounts have each status, for each rule that was evaluated."""
        tallies = {
            code: Counter(self._before.tallies[code] if self._before else ())
            for code in self._lens.positions
        }
        for outcome, count in self._more.items():
            statuses = self._lens.read(outcome).statuses
            for code, place in self._lens.positions.items():
                tallies[code][statuses[place]] += count
        return {
            code: {status: tally[status] for status in Status if tally[status]}
            for code, tally in tallies.items()
        }

    def flags(self) -> dict[Flag, dict[Raised, int]]:
        """Return how many accounts have each value, for each flag."""
        counts = {flag: Counter(self._before.flags[flag] if self._before else ()) for flag in Flag}
        for outcome, count in self._more.items():
            for flag, value in self._lens.read(outcome).flags.items():
                counts[flag][value] += count
        return {flag: {value: tally[value] for value in Raised} for flag, tally in counts.items()}


_MODULUS = 1 << 256


def _hash(account: int, outcome: Outcome) -> int:
    return int.from_bytes(sha256(repr((account, outcome)).encode()).digest(), "big")
