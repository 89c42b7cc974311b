"""The tables of the inventory file, and the triggers that make its log complete.

Record tables are made from the declarations in `record.py`. Every insert, update and delete on
them is written to `change_items` by a trigger, and refused when no change is open: nothing can
reach a table past `Store.change()`.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from inventory.fields import Field, FieldKind
from inventory.record import TABLES, fields_of

APPLICATION_ID = 0x7261736D  # "rasm"
SCHEMA_VERSION = 1

_SQL_TYPES = {FieldKind.WHOLE: "INTEGER", FieldKind.YES_NO: "INTEGER", FieldKind.LINK: "INTEGER"}

_LOG = """
CREATE TABLE changes (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT,
  undoes INTEGER,
  items INTEGER,
  digest TEXT,
  prev TEXT NOT NULL,
  hash TEXT
) STRICT;
CREATE UNIQUE INDEX one_open_change ON changes ((hash IS NULL)) WHERE hash IS NULL;
CREATE TABLE change_items (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES changes (seq),
  entity TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX items_of_change ON change_items (seq);
CREATE INDEX history_of_row ON change_items (entity, row_id);
CREATE TRIGGER changes_in_order BEFORE INSERT ON changes
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM changes), 0)
BEGIN SELECT RAISE(ABORT, 'the log only grows at its end'); END;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes WHEN OLD.hash IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a closed change is never edited'); END;
CREATE TRIGGER changes_never_go BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'the log never forgets'); END;
CREATE TRIGGER items_stay BEFORE UPDATE ON change_items
BEGIN SELECT RAISE(ABORT, 'the log is never edited'); END;
CREATE TRIGGER items_never_go BEFORE DELETE ON change_items
BEGIN SELECT RAISE(ABORT, 'the log never forgets'); END;
CREATE TRIGGER items_in_order BEFORE INSERT ON change_items
WHEN NEW.id > 0 AND NEW.id <= coalesce((SELECT max(id) FROM change_items), 0)
BEGIN SELECT RAISE(ABORT, 'the log only grows at its end'); END;
"""

_DERIVED = """
CREATE TABLE account_texts (
  account_id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  place_ms TEXT NOT NULL,
  place_en TEXT NOT NULL
) STRICT;
CREATE INDEX places_in_malay ON account_texts (place_ms, account_id);
CREATE INDEX places_in_english ON account_texts (place_en, account_id);
CREATE TABLE account_marks (
  account_id INTEGER PRIMARY KEY,
  unofficial TEXT NOT NULL DEFAULT 'not_assessed',
  unverified TEXT NOT NULL DEFAULT 'not_assessed',
  unmonitorable TEXT NOT NULL DEFAULT 'not_assessed',
  individual TEXT NOT NULL DEFAULT 'not_assessed',
  findings INTEGER NOT NULL DEFAULT 0,
  worst TEXT,
  run INTEGER
) STRICT;
"""

_INDEXES = """
CREATE UNIQUE INDEX one_owner_of_key ON account_keys (key) WHERE status = 'current';
CREATE INDEX key_of_account ON account_keys (account_id);
CREATE INDEX any_key ON account_keys (key);
CREATE INDEX accounts_of_organisation ON accounts (organisation_id, platform);
CREATE INDEX children_of_organisation ON organisations (parent_id);
CREATE INDEX names_of_organisation ON organisation_names (organisation_id);
CREATE INDEX domains_of_organisation ON organisation_domains (organisation_id);
CREATE INDEX evidence_of_account ON evidence (account_id);
CREATE INDEX attestations_of_organisation ON attestations (organisation_id);
CREATE INDEX observations_of_account ON observations (account_id, kind, seen_on);
CREATE UNIQUE INDEX one_listing ON listings (source_id, account_id);
CREATE INDEX listings_of_account ON listings (account_id);
CREATE INDEX relations_of_account ON account_relations (account_id);
CREATE UNIQUE INDEX one_source ON sources (name);
CREATE UNIQUE INDEX one_lead ON leads (organisation_id, key);
"""

_OBSERVATIONS_STAY = """
CREATE TRIGGER observations_stay BEFORE UPDATE ON observations
BEGIN SELECT RAISE(ABORT, 'an observation is never edited'); END;
CREATE TRIGGER observations_never_go BEFORE DELETE ON observations
WHEN NOT EXISTS (SELECT 1 FROM changes WHERE hash IS NULL AND undoes IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'an observation is only taken back by an undo'); END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Make every table, index and trigger of an empty inventory, inside an open transaction."""
    _run(connection, _LOG)
    for record_type, table in TABLES.items():
        connection.execute(_table_sql(record_type, table))
        _run(connection, logged_table_sql(table, columns_of(record_type)))
    _run(connection, _INDEXES)
    _run(connection, _OBSERVATIONS_STAY)
    _run(connection, _DERIVED)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def columns_of(record_type: type[Any]) -> tuple[str, ...]:
    """Return the column names of a record's table, in order."""
    return ("id", "uid", "version", *(field.name for field in fields_of(record_type)))


def logged_table_sql(table: str, columns: Sequence[str]) -> str:
    """Return the triggers that log every write on `table`; its first column must be `id`.

    Inserts and deletes are logged with every value that is known, updates with the columns that
    changed and what they held before.
    """
    seq = "(SELECT seq FROM changes WHERE hash IS NULL)"
    log = "INSERT INTO change_items (seq, entity, row_id, before, after)"
    return f"""
CREATE TRIGGER log_insert_{table} AFTER INSERT ON {table} BEGIN
  {log} VALUES ({seq}, '{table}', NEW.id, NULL, {_known_values("NEW", columns)});
END;
CREATE TRIGGER log_update_{table} AFTER UPDATE ON {table} BEGIN
  {log} VALUES ({seq}, '{table}', NEW.id,
    {_changed_values("OLD", columns)}, {_changed_values("NEW", columns)});
END;
CREATE TRIGGER log_delete_{table} AFTER DELETE ON {table} BEGIN
  {log} VALUES ({seq}, '{table}', OLD.id, {_known_values("OLD", columns)}, NULL);
END;
"""


def logged_tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the tables whose writes the log holds, whichever room they belong to."""
    names = connection.execute(
        "SELECT tbl_name FROM sqlite_master"
        " WHERE type = 'trigger' AND name = 'log_insert_' || tbl_name ORDER BY 1"
    )
    return [name for (name,) in names]


def _table_sql(record_type: type[Any], table: str) -> str:
    columns = ["id INTEGER PRIMARY KEY", "uid TEXT UNIQUE", "version INTEGER NOT NULL DEFAULT 1"]
    columns += [_column_sql(field) for field in fields_of(record_type)]
    return f"CREATE TABLE {table} ({', '.join(columns)}) STRICT"


def _column_sql(field: Field) -> str:
    name = field.name
    sql = f"{name} {_SQL_TYPES.get(field.kind, 'TEXT')}"
    if field.required or field.default is not None:
        sql += " NOT NULL"
    if field.default is not None:
        sql += f" DEFAULT '{field.default}'"
    if field.references:
        sql += f" REFERENCES {field.references} (id)"
    if field.kind is FieldKind.DAY:
        sql += f" CHECK ({name} IS NULL OR {name} = date({name}))"
    if field.kind is FieldKind.YES_NO:
        sql += f" CHECK ({name} IN (0, 1))"
    if field.choices is not None:
        # Compared one by one: SQLite would build a list of its own for IN at every single insert.
        usual_first = sorted(field.choices, key=lambda choice: choice.value != field.default)
        listed = " OR ".join(f"{name} = '{choice.value}'" for choice in usual_first)
        sql += f" CHECK ({listed})"
    return sql


def _known_values(row: str, columns: Iterable[str]) -> str:
    # A merge patch leaves out the NULLs: what is not known is not in the log either.
    pairs = ", ".join(f"'{name}', {row}.{name}" for name in columns)
    return f"json_patch('{{}}', json_object({pairs}))"


def _changed_values(row: str, columns: Iterable[str]) -> str:
    rows = " UNION ALL ".join(
        f"SELECT '{name}' AS name, {row}.{name} AS value WHERE OLD.{name} IS NOT NEW.{name}"
        for name in columns
    )
    return f"(SELECT json_group_object(name, value) FROM ({rows}))"


def _run(connection: sqlite3.Connection, script: str) -> None:
    # executescript() would commit the transaction it is called in.
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if statement.strip() and sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
