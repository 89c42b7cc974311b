"""The store: one write path, everything logged, nothing half done."""

import os
import sqlite3
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from inventory import log, reading, schema
from inventory.actor import Actor
from inventory.errors import (
    Conflict,
    InventoryError,
    InventoryMissing,
    NewerInventory,
    NotAnInventory,
    Refused,
)
from inventory.record import (
    TABLES,
    Account,
    AccountKey,
    Observation,
    Organisation,
    OrganisationName,
)
from inventory.store import Store
from inventory.undo import last_undoable, undo
from inventory.vocabulary import Badge, OrganisationKind

ME = Actor("Unit Komunikasi", "tester", 1000, "host")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "folder" / "inventory.db") as opened:
        yield opened


@pytest.fixture
def account(store):
    return add_account(store)


def add_account(store, handle="contoh"):
    with store.change(ME, "first entry") as change:
        organisation = change.add(
            Organisation(name_ms="Kementerian Contoh", kind=OrganisationKind.MINISTRY)
        )
        row_id = change.add(
            Account(
                organisation_id=organisation,
                platform="facebook",
                handle=handle,
                url=f"https://www.facebook.com/{handle}",
            )
        )
        change.add(AccountKey(account_id=row_id, key=f"facebook:handle:{handle}"))
    return row_id


def test_a_new_inventory_is_private_whatever_the_umask(tmp_path):
    old = os.umask(0)
    try:
        Store.open(tmp_path / "deep" / "inventory.db").close()
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "deep").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "deep" / "inventory.db").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["inventory.db"]


def test_a_missing_inventory_is_not_made_unasked(tmp_path):
    with pytest.raises(InventoryMissing, match="There is no inventory"):
        Store.open(tmp_path / "none.db", create=False)


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all, only words", b"SQLite format 3\0" + b"\xff" * 500]
)
def test_a_foreign_file_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "foreign.db"
    path.write_bytes(content)
    with pytest.raises(NotAnInventory):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_folder_and_a_fifo_are_refused(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path, tmp_path / "fifo"):
        with pytest.raises(NotAnInventory, match="is not a file"):
            Store.open(path)


def test_an_inventory_of_a_newer_program_is_refused(tmp_path):
    path = tmp_path / "newer.db"
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(NewerInventory, match="newer version"):
        Store.open(path)


def test_the_file_knows_the_steps_that_made_it(store):
    names = store.connection.execute("SELECT name FROM _sqlite_migrations").fetchall()
    assert names == [("first_schema",)]
    assert store.connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)


def test_every_record_table_has_its_triggers(store):
    assert schema.logged_tables(store.connection) == sorted(TABLES.values())


def test_what_is_added_is_read_back_the_same(store, account):
    record = reading.get(store.connection, Account, account)
    assert (record.platform, record.badge, record.admin_count) == ("facebook", Badge.UNKNOWN, None)
    assert record.uid.startswith("A-")
    assert reading.account_by(store.connection, record.uid) == record
    assert reading.account_by(store.connection, "facebook:handle:contoh") == record
    assert reading.account_by(store.connection, str(account)) == record
    assert reading.account_by(store.connection, "nobody") is None


def test_two_offices_issue_the_same_id_for_the_same_account(tmp_path):
    uids = []
    for office in ("a", "b"):
        with Store.open(tmp_path / office / "inventory.db") as store:
            uids.append(reading.get(store.connection, Account, add_account(store)).uid)
    assert uids[0] == uids[1]


def test_every_change_is_in_the_log_with_before_and_after(store, account):
    with store.change(ME, "seen on the page") as change:
        change.edit(Account, account, 1, {"badge": Badge.NONE, "badge_seen_on": date(2026, 3, 1)})
    newest = next(log.changes(store.connection))
    (item,) = log.items(store.connection, newest.seq)
    assert (newest.reason, newest.actor["name"]) == ("seen on the page", "Unit Komunikasi")
    assert item.before == {"version": 1, "badge": "unknown", "badge_seen_on": None}
    assert item.after == {"version": 2, "badge": "none", "badge_seen_on": "2026-03-01"}


def test_a_change_that_writes_nothing_leaves_no_entry(store, account):
    before = log.head(store.connection)
    with store.change(ME, "nothing new") as change:
        assert change.edit(Account, account, 1, {"badge": Badge.UNKNOWN}) == 1
    assert log.head(store.connection) == before


def test_a_change_needs_a_reason(store):
    with pytest.raises(Refused, match="reason"), store.change(ME, "  "):
        pass


def test_the_second_writer_is_told_and_shown_what_is_there(store, account):
    with store.change(ME, "first") as change:
        change.edit(Account, account, 1, {"purpose": "one"})
    with pytest.raises(Conflict) as caught, store.change(ME, "second") as change:
        change.edit(Account, account, 1, {"purpose": "two"})
    assert caught.value.current.purpose == "one"
    assert reading.get(store.connection, Account, account).purpose == "one"


def break_half_way(store, account):
    with store.change(ME, "breaks") as change:
        change.edit(Account, account, 1, {"purpose": "half"})
        raise ZeroDivisionError


def test_a_change_that_fails_leaves_nothing(store, account):
    before = log.head(store.connection)
    with pytest.raises(ZeroDivisionError):
        break_half_way(store, account)
    assert reading.get(store.connection, Account, account).purpose is None
    assert log.head(store.connection) == before
    assert not store.connection.in_transaction


@pytest.mark.parametrize("table", sorted(TABLES.values()))
def test_no_record_table_can_be_written_outside_a_change(store, account, table):
    names = {row[1] for row in store.connection.execute(f"PRAGMA table_info({table})")}
    column = "note" if "note" in names else "version"
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute(
            f"INSERT INTO {table} (id, version) VALUES (99, 1)"
            if table != "accounts"
            else "UPDATE accounts SET version = 7"
        )
    assert column in names


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE changes SET reason = 'other' WHERE seq = 1",
        "DELETE FROM changes WHERE seq = 1",
        "UPDATE change_items SET after = '{}' WHERE seq = 1",
        "DELETE FROM change_items",
        "INSERT OR REPLACE INTO changes SELECT * FROM changes WHERE seq = 1",
        "INSERT OR REPLACE INTO change_items SELECT * FROM change_items WHERE id = 1",
    ],
)
def test_the_log_cannot_be_edited_by_statements(store, account, statement):
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute(statement)


def test_observations_are_never_edited(store, account):
    with store.change(ME, "looked") as change:
        change.add(Observation(account_id=account, value="none", seen_on=date(2026, 1, 2)))
    for statement in ("UPDATE observations SET value = 'x'", "DELETE FROM observations"):
        with pytest.raises(InventoryError):
            tamper(store, statement)


def tamper(store, statement):
    with store.change(ME, "tamper") as change:
        change.connection.execute(statement)


def test_accounts_are_never_deleted(store, account):
    with pytest.raises(Refused), store.change(ME, "tidy up") as change:
        change.remove(Account, account)


def test_the_log_replays_to_the_tables(store, account):
    with store.change(ME, "edits") as change:
        change.edit(Account, account, 1, {"purpose": "x", "admin_count": 2, "access_lost": False})
        name = change.add(OrganisationName(organisation_id=1, name="Kementerian Lama"))
    with store.change(ME, "not a name after all") as change:
        change.remove(OrganisationName, name)
    assert list(log.chain_faults(store.connection)) == []
    assert list(log.replay_faults(store.connection)) == []


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        ("UPDATE changes SET reason = 'forged' WHERE seq = 1", "edited after it was sealed"),
        ("UPDATE change_items SET after = '{\"id\":1}' WHERE id = 1", "does not hold the items"),
        ("DELETE FROM change_items WHERE id = 2", "does not hold the items"),
        ("DELETE FROM changes WHERE seq = 1", "stands where change 1 should be"),
        ("UPDATE accounts SET badge = 'government'", "differs from what the log says"),
        ("DELETE FROM account_keys", "is in the log but not in the table"),
        ("INSERT INTO account_keys (account_id, key) VALUES (1, 'x:y:z')", "is in no change"),
    ],
)
def test_tampering_past_the_program_is_found(store, account, attack, found):
    with store.change(ME, "a second change") as change:
        change.edit(Account, account, 1, {"purpose": "x"})
    triggers = store.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'log_insert%'"
    ).fetchall()
    store.connection.execute("PRAGMA foreign_keys = OFF")
    for (name,) in triggers:
        store.connection.execute(f"DROP TRIGGER {name}")
    if "INTO account_keys" in attack:
        # The table stays one of the logged ones: its trigger is there, but disarmed.
        store.connection.execute("DROP TRIGGER log_insert_account_keys")
        store.connection.execute(
            "CREATE TRIGGER log_insert_account_keys AFTER INSERT ON account_keys"
            " BEGIN SELECT 1; END"
        )
    store.connection.execute(attack)
    faults = [*log.chain_faults(store.connection), *log.replay_faults(store.connection)]
    assert any(found in fault for fault in faults), faults


def test_undo_takes_a_change_back_and_says_so_in_the_log(store, account):
    with store.change(ME, "wrong") as change:
        change.edit(Account, account, 1, {"purpose": "wrong", "admin_count": 1})
    undone = undo(store, ME, last_undoable(store.connection).seq, "a slip")
    record = reading.get(store.connection, Account, account)
    assert (undone.reason, record.purpose, record.admin_count) == ("wrong", None, None)
    assert record.version == 3
    assert list(log.replay_faults(store.connection)) == []
    with pytest.raises(Refused, match="already"):
        undo(store, ME, undone.seq, "again")


def test_undo_of_an_entry_takes_everything_it_added_with_it(store, account):
    undo(store, ME, 1, "not ours")
    assert reading.get(store.connection, Account, account) is None
    assert store.connection.execute("SELECT count(*) FROM account_texts").fetchone() == (0,)
    assert last_undoable(store.connection) is None
    again = add_account(store)
    assert again != account, "a number that was taken back is not given out again"
    assert list(log.replay_faults(store.connection)) == []


def test_undo_refuses_when_a_later_change_built_on_it(store, account):
    with store.change(ME, "later") as change:
        change.edit(Account, account, 1, {"purpose": "later"})
    with pytest.raises(Refused, match="later"):
        undo(store, ME, 1, "too late")


def test_a_file_moved_away_while_open_is_noticed(store, account):
    Path(store.path).rename(store.path.with_suffix(".moved"))
    with pytest.raises(NotAnInventory, match="moved"), store.change(ME, "lost write"):
        pass


def test_a_clock_that_goes_back_does_not_reorder_the_log(store, account):
    with store.change(ME, "from the past", at=datetime(2001, 1, 1, tzinfo=UTC)) as change:
        change.edit(Account, account, 1, {"purpose": "x"})
    assert [change.seq for change in log.changes(store.connection)] == [2, 1]
    assert list(log.chain_faults(store.connection)) == []


def test_a_reader_cannot_write(store, account):
    reader = store.reader()
    try:
        with pytest.raises(sqlite3.OperationalError):
            reader.execute("DELETE FROM account_texts")
    finally:
        reader.close()
