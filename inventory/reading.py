"""Reading records back, one at a time or many, by the references people use."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from inventory.fields import Value
from inventory.record import (
    TABLES,
    Account,
    AccountKey,
    Organisation,
    OrganisationDomain,
    OrganisationName,
)
from inventory.rows import from_row
from inventory.schema import columns_of

AnyRecord = TypeVar("AnyRecord")


def get(
    connection: sqlite3.Connection, record_type: type[AnyRecord], row_id: int
) -> AnyRecord | None:
    """Return one record by its row id, None when there is none."""
    return next(every(connection, record_type, "WHERE id = ?", (row_id,)), None)


def every(
    connection: sqlite3.Connection,
    record_type: type[AnyRecord],
    clause: str = "ORDER BY id",
    parameters: Sequence[Value] = (),
) -> Iterator[AnyRecord]:
    """Yield the records of one table that `clause` (the rest of the SELECT) lets through."""
    names = ", ".join(columns_of(record_type))
    rows = connection.execute(
        f"SELECT {names} FROM {TABLES[record_type]} {clause}", parameters
    ).fetchall()
    for row in rows:
        record: Any = from_row(record_type, row)
        yield record


def account_by(connection: sqlite3.Connection, reference: str) -> Account | None:
    """Return the account that a public id, a key or a row number names; a current key first."""
    clause = (
        "WHERE id = coalesce((SELECT id FROM accounts WHERE uid = ?1), (SELECT account_id"
        " FROM account_keys WHERE key = ?1 ORDER BY status LIMIT 1), CAST(?2 AS INTEGER))"
    )
    number = reference if reference.isascii() and reference.isdigit() else None
    return next(every(connection, Account, clause, (reference, number)), None)


def organisation_by(connection: sqlite3.Connection, reference: str) -> Organisation | None:
    """Return the organisation that a public id, a code or a short name names."""
    clause = "WHERE uid = ?1 OR lower(code) = lower(?1) OR lower(short_name) = lower(?1)"
    found = list(every(connection, Organisation, clause, (reference,)))
    return found[0] if len(found) == 1 else None


def keys_of(connection: sqlite3.Connection, account_id: int) -> list[AccountKey]:
    """Return an account's keys, the current ones first."""
    clause = "WHERE account_id = ? ORDER BY status, id"
    return list(every(connection, AccountKey, clause, (account_id,)))


def keys_by_account(connection: sqlite3.Connection) -> dict[int, list[str]]:
    """Return every account's keys by its row id, the current ones first."""
    keys: dict[int, list[str]] = {}
    for account_id, key in connection.execute(
        "SELECT account_id, key FROM account_keys ORDER BY account_id, status, id"
    ):
        keys.setdefault(account_id, []).append(key)
    return keys


def children_of(connection: sqlite3.Connection, organisation_id: int) -> list[Organisation]:
    """Return the organisations directly under one."""
    clause = "WHERE parent_id = ? ORDER BY coalesce(name_ms, name_en, short_name), id"
    return list(every(connection, Organisation, clause, (organisation_id,)))


def names_of(connection: sqlite3.Connection, organisation_id: int) -> list[OrganisationName]:
    """Return the former and other names of an organisation."""
    clause = "WHERE organisation_id = ? ORDER BY id"
    return list(every(connection, OrganisationName, clause, (organisation_id,)))


def domains_of(connection: sqlite3.Connection, organisation_id: int) -> list[str]:
    """Return the official domains of an organisation."""
    clause = "WHERE organisation_id = ? ORDER BY id"
    found = every(connection, OrganisationDomain, clause, (organisation_id,))
    return [item.domain for item in found]


def records_about(
    connection: sqlite3.Connection, record_type: type[AnyRecord], account_id: int
) -> list[AnyRecord]:
    """Return the evidence, attestations, observations or relations of an account, newest first."""
    return list(
        every(connection, record_type, "WHERE account_id = ? ORDER BY id DESC", (account_id,))
    )
