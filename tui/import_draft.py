"""An import in the making: the list that was read, what its columns mean, what was answered."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from inventory.errors import InventoryError
from inventory.importing.apply import Applied, StalePlan, apply_plan
from inventory.importing.door import open_table
from inventory.importing.mapping import Mapping as Meanings
from inventory.importing.mapping import corrected, propose
from inventory.importing.plan import Plan, make_plan, source_name
from inventory.importing.rows import Table
from inventory.importing.targets import Target
from inventory.language import _
from inventory.privacy import PrivacyRefused, guard_file
from tui.jobs import Cancelled, Watch
from tui.session import Session

TRIED_ROWS = 200
"""Rows that a look ahead plans, while the columns are still being given their meanings."""
_STEPS_BETWEEN_LOOKS = 100_000


@dataclass(frozen=True, slots=True)
class Draft:
    """What the steps of an import agree on so far; nothing of it is written anywhere.

    `organisation` is the uid or the name of the one meant by rows that name none. `answers` gives
    the uid of an organisation, or "new", for the key of one of the file.
    """

    path: Path
    sheet: str | None
    table: Table
    proposed: Meanings
    mapping: Meanings
    source: str
    organisation: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether a person said anything that leaving would lose."""
        untouched = self.mapping == self.proposed and self.source == source_name(self.table.name)
        return not untouched or bool(self.answers) or bool(self.organisation)

    def meaning(self, header: str, target: Target) -> "Draft":
        """Return the draft with a column taken for `target`; raises MappingError."""
        return replace(self, mapping=corrected(self.table, self.mapping, {target.name: header}))


def read_list(path: Path, sheet: str | None, watch: Watch) -> Draft:
    """Read the file at `path` and propose what its columns mean.

    Raises FileRefused, and PrivacyRefused for a list that may not be imported at all.
    """
    watch.tell(_("Reading the file"))
    table = open_table(path, sheet=sheet)
    watch.tell(_("Looking at the columns"))
    mapping = propose(table)
    refusal = guard_file(table, mapping)
    if refusal is not None:
        raise PrivacyRefused(refusal)
    watch.tell(_("Looking at the columns"))
    return Draft(path, sheet, table, mapping, mapping, source_name(table.name))


def plan_draft(session: Session, draft: Draft, watch: Watch) -> Plan:
    """Work out what importing the draft would do; raises PrivacyRefused and InventoryError."""
    words = _("Reading the rows")

    def told(done: int, total: int) -> None:
        watch.tell(words, done, total)

    watch.tell(words, 0, len(draft.table.rows))
    with session.reading() as connection:
        return make_plan(
            connection,
            draft.table,
            draft.mapping,
            source=draft.source,
            today=session.today,
            answers=draft.answers,
            organisation=draft.organisation,
            progress=told,
        )


def try_draft(connection: sqlite3.Connection, draft: Draft, session: Session) -> Plan:
    """Plan the first rows only, for a look ahead; raises PrivacyRefused."""
    return make_plan(
        connection,
        replace(draft.table, rows=draft.table.rows[:TRIED_ROWS]),
        draft.mapping,
        source=draft.source,
        today=session.today,
        answers=draft.answers,
        organisation=draft.organisation,
    )


def accept(session: Session, plan: Plan, reason: str, watch: Watch) -> Applied:
    """Carry out an agreed plan as one change, unless it is stopped before that is kept.

    Raises Cancelled, StalePlan when the plan no longer holds, and what `Store.change` raises.
    """
    words = _("Writing accounts")
    watch.tell(words)
    store = session.store
    with _stoppable(store.connection, watch):
        return apply_plan(
            store,
            session.actor,
            plan,
            today=session.today,
            reason=reason,
            progress=lambda done, total: watch.tell(words, done, total),
        )


@contextmanager
def _stoppable(connection: sqlite3.Connection, watch: Watch) -> Iterator[None]:
    """Let the statement under way be broken off, which takes the whole change back."""
    connection.set_progress_handler(lambda: int(watch.stopped()), _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except InventoryError as error:
        if watch.stopped() and not isinstance(error, StalePlan):
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
