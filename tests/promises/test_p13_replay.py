"""Every change has its entry: whatever is done, the log replays to what the tables hold."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory import log, reading
from inventory.actor import Actor
from inventory.change import Change
from inventory.checks import faults
from inventory.errors import Conflict, Refused
from inventory.record import (
    TABLES,
    Account,
    AccountKey,
    Evidence,
    Observation,
    Organisation,
    OrganisationName,
)
from inventory.store import Store
from inventory.undo import undo
from inventory.vocabulary import Badge, EvidenceKind, OrganisationKind

ME = Actor("Unit Komunikasi")

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "purpose": st.none() | TEXTS,
        "notes": st.none() | TEXTS,
        "badge": st.sampled_from(Badge),
        "badge_seen_on": st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        "admin_count": st.none() | st.integers(0, 2**62),
        "access_lost": st.none() | st.booleans(),
    },
)
PICKS = st.integers(0, 2**16)

Step = Callable[[Change], object]


def picked(change: Change, record_type: type, pick: int):  # type: ignore[no-untyped-def]
    """Return one of the records there are, None for none."""
    found = list(reading.every(change.connection, record_type))
    return found[pick % len(found)] if found else None


def add_organisation(name: str) -> Step:
    return lambda change: change.add(Organisation(name_ms=name, kind=OrganisationKind.AGENCY))


def add_account(pick: int, handle: str, values: dict[str, object]) -> Step:
    def step(change: Change) -> None:
        home = picked(change, Organisation, pick)
        if home:
            url = f"https://x.com/{pick}"
            change.add(
                Account(organisation_id=home.id, platform="x", handle=handle, url=url, **values)
            )

    return step


def add_about_account(pick: int, kind: str, text: str) -> Step:
    def step(change: Change) -> None:
        account = picked(change, Account, pick)
        if not account:
            return
        if kind == "key":
            change.add(AccountKey(account_id=account.id, key=f"x:handle:{text}"))
        elif kind == "evidence":
            change.add(
                Evidence(
                    account_id=account.id,
                    kind=EvidenceKind.APPROVAL_LETTER,
                    collected_on=date(2026, 1, 1),
                    note=text,
                )
            )
        else:
            change.add(Observation(account_id=account.id, value=text, seen_on=date(2026, 1, 1)))

    return step


def edit_account(pick: int, values: dict[str, object], late: bool) -> Step:
    def step(change: Change) -> None:
        account = picked(change, Account, pick)
        if account:
            change.edit(Account, account.id, account.version - late, values)

    return step


def name_organisation(pick: int, name: str) -> Step:
    def step(change: Change) -> None:
        home = picked(change, Organisation, pick)
        if home:
            change.add(OrganisationName(organisation_id=home.id, name=name))
            change.edit(Organisation, home.id, home.version, {"name_en": name})

    return step


def remove_something(pick: int, record_type: type) -> Step:
    def step(change: Change) -> None:
        found = picked(change, record_type, pick)
        if found:
            change.remove(record_type, found.id)

    return step


def fail() -> Step:
    def step(change: Change) -> None:
        raise Refused("the step fails")

    return step


STEPS = st.one_of(
    st.builds(add_organisation, TEXTS),
    st.builds(add_account, PICKS, TEXTS, VALUES),
    st.builds(add_about_account, PICKS, st.sampled_from(["key", "evidence", "observation"]), TEXTS),
    st.builds(edit_account, PICKS, VALUES, st.sampled_from([False, False, False, True])),
    st.builds(name_organisation, PICKS, TEXTS),
    st.builds(remove_something, PICKS, st.sampled_from([AccountKey, OrganisationName, Account])),
    st.builds(fail),
)
# A change is some steps; a number takes back one of the changes made so far.
SEQUENCES = st.lists(st.lists(STEPS, min_size=1, max_size=4) | PICKS, min_size=4, max_size=14)


def carry_out(store: Store, what: list[Step] | int) -> None:
    """Carry one change out, or take one back."""
    if isinstance(what, int):
        last = log.head(store.connection)[0]
        undo(store, ME, 1 + what % max(last, 1), "not so")
        return
    with store.change(ME, "some steps") as change:
        for step in what:
            step(change)


def contents(store: Store) -> dict[str, list[object]]:
    """Return every row of every table of the record."""
    return {
        table: store.connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
        for table in TABLES.values()
    }


@given(SEQUENCES)
def test_the_log_replays_to_the_tables_whatever_is_done(sequence: list[list[Step] | int]) -> None:
    """Also after changes that fail, conflict, or are taken back; a failed one leaves no trace."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "inventory.db") as store:
        store.connection.execute("PRAGMA synchronous = OFF")  # no power is cut here
        for what in sequence:
            before, head = contents(store), log.head(store.connection)
            try:
                carry_out(store, what)
            except (Refused, Conflict):
                assert contents(store) == before
                assert log.head(store.connection) == head
            assert not store.connection.in_transaction
            assert contents(store) == before or log.head(store.connection) != head
        assert list(faults(store.connection)) == []
        newest = log.head(store.connection)[0]
        assert [entry.seq for entry in log.changes(store.connection)] == [*range(newest, 0, -1)]


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_undoing_everything_leads_back_to_the_beginning(edits: list[dict[str, object]]) -> None:
    """Each edit taken back, newest first, leaves the account as it was, but for its version."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "inventory.db") as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        with store.change(ME, "set up") as change:
            add_organisation("Kementerian Contoh")(change)
            add_account(0, "contoh", {})(change)
        before = contents(store)["accounts"][0]
        made = []
        for values in edits:
            head = log.head(store.connection)[0]
            carry_out(store, [edit_account(0, values, False)])
            made += range(head + 1, log.head(store.connection)[0] + 1)
        for seq in reversed(made):
            undo(store, ME, seq, "taken back")
        after = contents(store)["accounts"][0]
        assert (after[:2], after[3:]) == (before[:2], before[3:])  # type: ignore[index]
        assert list(faults(store.connection)) == []


@pytest.mark.soak
@given(SEQUENCES)
def test_the_log_replays_to_the_tables_at_length(sequence: list[list[Step] | int]) -> None:
    """The same five thousand times."""
    test_the_log_replays_to_the_tables_whatever_is_done.hypothesis.inner_test(sequence)  # type: ignore[attr-defined]
