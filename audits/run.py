"""One audit of the whole inventory: facts, one scan of all rules, findings, and the run itself."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from audits import engine, facts, ledger
from audits.lens import Books, Lens
from audits.rules import Policy, Rule
from audits.runs import Progress, Run, Stage
from audits.settlement import Settlement
from inventory.actor import Actor
from inventory.language import _
from inventory.store import Store

_STEPS_BETWEEN_LOOKS = 200_000


class AuditCancelled(Exception):
    """The person stopped the audit; nothing of it was kept."""


def run_audit(
    store: Store,
    actor: Actor,
    *,
    on: date,
    policy: Policy,
    at: datetime | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Run:
    """Audit every account as of the day `on` and keep the results as the next run.

    `at` is when the log says it was held, in UTC; now by default.

    The record is not touched. Raises AuditCancelled when `cancelled` says so, and the errors of
    `Store.change()`; either way nothing is kept.
    """
    stop = cancelled or (lambda: False)

    def tell(stage: Stage, done: int, total: int) -> None:
        if stop():
            raise AuditCancelled
        if progress:
            progress(Progress(stage, done, total))

    reason = _("Audit as of {day}").format(day=on.isoformat())
    with store.change(actor, reason, at=at) as change, _stoppable(change.connection, cancelled):
        facts.prepare(change.connection)
        ledger.prepare(change.connection)
        audit = _Audit(change.connection, policy, on, tell)
        return audit.keep(actor.name, change.seq)


@contextmanager
def _stoppable(
    connection: sqlite3.Connection, cancelled: Callable[[], bool] | None
) -> Iterator[None]:
    """Let a long statement be stopped half-way."""
    if cancelled is None:
        yield
        return
    connection.set_progress_handler(lambda: int(cancelled()), _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise AuditCancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


class _Audit:
    """The run in the making."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        policy: Policy,
        on: date,
        tell: Callable[[Stage, int, int], None],
    ) -> None:
        self._connection = connection
        self._policy = policy
        self._on = on
        self._tell = tell
        self._before = ledger.latest_run(connection)
        self._number = self._before.number + 1 if self._before else 1
        self._errors: tuple[str, ...] = ()

    def keep(self, actor: str, seq: int) -> Run:
        """Carry the audit out and write it down."""

        def made(done: int, total: int) -> None:
            self._tell(Stage.FACTS, done, total)

        facts.refresh(self._connection, self._policy, self._on, seq, made)
        regraded = ledger.register(self._connection, self._policy)
        self._tell(Stage.RULES, 0, 0)
        rules = self._stage_changes()
        lens = self._lens(rules)
        known = self._before if self._evaluated_alike(lens) else None
        books = Books(lens, known)
        settlement = Settlement(self._connection, self._number, lens, self._before)
        self._settle(books, settlement)
        if known is None and self._before is not None:
            settlement.unevaluated_rules()
            books = self._recounted(lens)
        if self._before is not None and (regraded or known is None):
            settlement.mark_anew(ledger.outcomes_now(self._connection))
        run = self._run(books, settlement, actor, seq)
        ledger.write_run(self._connection, run)
        return run

    def _recounted(self, lens: Lens) -> Books:
        """Count every outcome on file: other rules were evaluated than in the last run."""
        books = Books(lens, None)
        for account, now in ledger.outcomes_now(self._connection):
            books.replace(account, now, None)
        return books

    def _stage_changes(self) -> list[tuple[int, Rule]]:
        """Put the changed outcomes into a table of their own; return the rules that worked."""
        places = ledger.places(self._connection)
        rules = [(places[rule.code], rule) for rule in self._policy.rules]
        today = self._on.toordinal()
        only = facts.MADE if self._same_day_and_policy() else None
        try:
            ledger.stage(self._connection, engine.scan(self._connection, rules, today, only=only))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise
            self._errors = tuple(engine.broken_rules(self._connection, self._policy, today))
            if not self._errors:
                raise
            rules = [(place, rule) for place, rule in rules if rule.code not in self._errors]
            ledger.stage(self._connection, engine.scan(self._connection, rules, today))
        return rules

    def _same_day_and_policy(self) -> bool:
        """Say whether only accounts with new facts can have new results."""
        before = self._before
        return (
            before is not None
            and before.on == self._on
            and before.policy_hash == self._policy.digest
            and not before.errors
        )

    def _evaluated_alike(self, lens: Lens) -> bool:
        """Say whether the last run evaluated the same rules, so that its counts can go on."""
        return self._before is not None and set(self._before.rules) == set(lens.positions)

    def _lens(self, rules: Sequence[tuple[int, Rule]]) -> Lens:
        return Lens(
            {rule.code: place for place, rule in rules}, ledger.severities(self._connection)
        )

    def _settle(self, books: Books, settlement: Settlement) -> None:
        gone = ledger.forget_outcomes(self._connection, self._number, facts.MADE)
        settlement.gone_accounts([account for account, _words in gone])
        for account, before in gone:
            books.replace(account, None, before)
        total, done = ledger.staged(self._connection), 0
        for block in ledger.staged_changes(self._connection):
            ledger.keep_outcomes(self._connection, self._number, block)
            settlement.apply(block)
            for account, now, former in block:
                books.replace(account, now, former)
            done += len(block)
            self._tell(Stage.FINDINGS, done, total)

    def _run(self, books: Books, settlement: Settlement, actor: str, seq: int) -> Run:
        return Run(
            number=self._number,
            on=self._on,
            policy=self._policy.code,
            policy_version=self._policy.version,
            policy_hash=self._policy.digest,
            params={rule.code: dict(rule.params) for rule in self._policy.rules},
            accounts=books.accounts,
            tallies=books.tallies(),
            flags=books.flags(),
            delta=settlement.delta(),
            errors=self._errors,
            digest=books.digest,
            actor=actor,
            seq=seq,
        )
