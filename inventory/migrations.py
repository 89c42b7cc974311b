"""The steps that made the schema what it is, each recorded in the file when it was taken.

sqlite-utils runs and records them. Its `transform()` drops a table's triggers, so a step that uses
it makes the log's triggers anew from `schema.logged_table_sql()`.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from inventory import schema

steps = Migrations("rasmi")


@steps()
def first_schema(database: Database) -> None:
    """Make every table of an empty inventory."""
    schema.create(database.conn)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Take the steps that the file has not taken yet, all of them or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
