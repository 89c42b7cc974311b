"""What changed outcomes do to the findings and to the marks that lists filter by.

A finding closes only when its rule was evaluated and passed, or became not applicable with a
reason. Not assessed, a rule that was switched off or broke, an account that is gone or retired
without a closing date: the finding stays open and counts as not evaluated.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from audits.flags import Flag
from audits.lens import Lens, Reading
from audits.outcomes import Outcome, is_unreasoned
from audits.rules import Status
from audits.runs import Delta, Run

Change = tuple[int, Outcome, Outcome | None]
"""An account, its outcome now, its outcome before; None for an account that is new."""

_OPEN, _RESOLVED = "open", "resolved"
_FAILING = (Delta.NEW, Delta.UNCHANGED, Delta.REOPENED)
_BLOCK = 5000


class Settlement:
    """Applies the changes of one run, block by block, and counts what became of the findings."""

    def __init__(
        self, connection: sqlite3.Connection, run: int, lens: Lens, before: Run | None
    ) -> None:
        self._connection = connection
        self._run = run
        self._lens = lens
        past = before.delta if before else {}
        self._failing = sum(past.get(what, 0) for what in _FAILING)
        self._waiting = past.get(Delta.NOT_EVALUATED, 0)
        (self._last_number,) = connection.execute(
            "SELECT coalesce(max(number), 0) FROM audit_findings"
        ).fetchone()
        self._any_before = self._last_number > 0
        self.counts: Counter[Delta] = Counter()

    def unevaluated_rules(self) -> None:
        """Leave the findings of rules that were not evaluated open, and say so."""
        evaluated = ", ".join(map(str, self._lens.positions.values())) or "-1"
        rows = self._connection.execute(
            "SELECT number FROM audit_findings WHERE state = 'open' AND evaluated = 1"
            f" AND rule NOT IN ({evaluated})"
        ).fetchall()
        self._leave_open([number for (number,) in rows])

    def gone_accounts(self, accounts: Sequence[int]) -> None:
        """Leave the findings of accounts that are not in the inventory any more open.

        They are not evaluated, and are neither listed nor counted until the account is back.
        """
        for account in accounts:
            rows = self._connection.execute(
                "SELECT number, evaluated FROM audit_findings WHERE account_id = ?"
                " AND state = 'open'",
                (account,),
            ).fetchall()
            self._leave_open([number for number, evaluated in rows if evaluated])
            self._waiting -= len(rows)
        self._connection.executemany(
            "DELETE FROM account_marks WHERE account_id = ?", ((account,) for account in accounts)
        )

    def apply(self, changes: Sequence[Change]) -> None:
        """Open, close and reopen findings for changed outcomes, and renew the accounts' marks."""
        held = self._held([account for account, _now, _before in changes])
        fresh: list[tuple[int, int, int, int]] = []
        for account, now, before in changes:
            reading = self._lens.read(now)
            known = held.get(account, {})
            if before is None:  # new, or back after an undo: its findings count again
                self._waiting += sum(state == _OPEN for _number, state, _done in known.values())
            for place in reading.failing:
                if place not in known:
                    self._last_number += 1
                    fresh.append((self._last_number, account, place, self._run))
                else:
                    self._fails_again(*known[place])
            for place, finding in known.items():
                self._fails_no_more(finding, place, reading, now)
        self._connection.executemany(
            "INSERT INTO audit_findings (number, account_id, rule, state, evaluated, first_run)"
            " VALUES (?, ?, ?, 'open', 1, ?)",
            fresh,
        )
        self.counts[Delta.NEW] += len(fresh)
        self._failing += len(fresh)
        self._mark(changes)

    def mark_anew(self, outcomes: Iterable[tuple[int, Outcome]]) -> None:
        """Renew the marks of every account: a rule came, went or changed its severity."""
        outcomes = iter(outcomes)
        while block := [(account, now, None) for account, now in islice(outcomes, _BLOCK)]:
            self._mark(block)

    def delta(self) -> dict[Delta, int]:
        """Return what became of the findings; unchanged and not evaluated count all of them."""
        moved = self.counts[Delta.NEW] + self.counts[Delta.REOPENED]
        return {
            Delta.NEW: self.counts[Delta.NEW],
            Delta.UNCHANGED: self._failing - moved,
            Delta.RESOLVED: self.counts[Delta.RESOLVED],
            Delta.REOPENED: self.counts[Delta.REOPENED],
            Delta.NOT_EVALUATED: self._waiting,
        }

    def _held(self, accounts: Sequence[int]) -> dict[int, dict[int, tuple[int, str, int]]]:
        held: dict[int, dict[int, tuple[int, str, int]]] = {}
        if not self._any_before or not accounts:
            return held
        rows = self._connection.execute(
            "SELECT account_id, rule, number, state, evaluated FROM audit_findings"
            " WHERE account_id IN (SELECT value FROM json_each(?))",
            (str(list(accounts)),),
        )
        for account, rule, *finding in rows:
            held.setdefault(account, {})[rule] = (finding[0], finding[1], finding[2])
        return held

    def _fails_again(self, number: int, state: str, evaluated: int) -> None:
        if state == _RESOLVED:
            self._connection.execute(
                "UPDATE audit_findings SET state = 'open', evaluated = 1, until_run = NULL,"
                " closed_by = NULL, reopened = reopened + 1 WHERE number = ?",
                (number,),
            )
            self._failing += 1
            self._note(number, Delta.REOPENED)
        elif not evaluated:
            self._connection.execute(
                "UPDATE audit_findings SET evaluated = 1, until_run = NULL WHERE number = ?",
                (number,),
            )
            self._failing += 1
            self._waiting -= 1

    def _fails_no_more(
        self, finding: tuple[int, str, int], place: int, reading: Reading, now: Outcome
    ) -> None:
        number, state, evaluated = finding
        status = reading.statuses.get(place)
        if state != _OPEN or status in (None, Status.FAIL):
            return
        if status is Status.PASS or (status is Status.NOT_APPLICABLE and not is_unreasoned(now)):
            self._connection.execute(
                "UPDATE audit_findings SET state = 'resolved', evaluated = 1, closed_by = ?,"
                " until_run = coalesce(until_run, ?) WHERE number = ?",
                (status.value, self._run - 1, number),
            )
            self._failing -= evaluated
            self._waiting -= 1 - evaluated
            self._note(number, Delta.RESOLVED)
        elif evaluated:
            self._leave_open([number])

    def _leave_open(self, numbers: Sequence[int]) -> None:
        self._connection.executemany(
            "UPDATE audit_findings SET evaluated = 0, until_run = ? WHERE number = ?",
            ((self._run - 1, number) for number in numbers),
        )
        self._failing -= len(numbers)
        self._waiting += len(numbers)
        for number in numbers:
            self._note(number, Delta.NOT_EVALUATED)

    def _note(self, number: int, what: Delta) -> None:
        self.counts[what] += 1
        self._connection.execute(
            "INSERT OR REPLACE INTO audit_finding_events VALUES (?, ?, ?)",
            (self._run, number, what.value),
        )

    def _mark(self, changes: Sequence[Change]) -> None:
        waiting = self._waiting_rules([account for account, _now, _before in changes])
        self._connection.executemany(_MARK, (self._marks(change, waiting) for change in changes))

    def _waiting_rules(self, accounts: Sequence[int]) -> dict[int, list[int]]:
        """Return the rules of open findings that could not be evaluated, by account."""
        found: dict[int, list[int]] = {}
        if self._any_before:
            rows = self._connection.execute(
                "SELECT account_id, rule FROM audit_findings WHERE state = 'open' AND evaluated = 0"
                " AND account_id IN (SELECT value FROM json_each(?))",
                (str(list(accounts)),),
            )
            for account, rule in rows:
                found.setdefault(account, []).append(rule)
        return found

    def _marks(
        self, change: Change, waiting: Mapping[int, Sequence[int]]
    ) -> tuple[int | str | None, ...]:
        account, now, _before = change
        reading = self._lens.read(now)
        others = waiting.get(account, ())
        worst = self._lens.worst((*reading.failing, *others)) if others else reading.worst
        return (
            account,
            *(reading.flags[flag].value for flag in Flag),
            len(reading.failing) + len(others),
            worst.value if worst else None,
            self._run,
        )


_MARK = (
    "INSERT OR REPLACE INTO account_marks"
    f" (account_id, {', '.join(flag.value for flag in Flag)}, findings, worst, run)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
