"""One open change: the writes it may make. The triggers log them, `Store.change()` seals them."""

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from inventory.errors import Conflict, Refused
from inventory.language import _
from inventory.record import (
    TABLES,
    Account,
    AccountKey,
    AccountRelation,
    Attestation,
    Evidence,
    Lead,
    Observation,
    Organisation,
    OrganisationDomain,
    OrganisationName,
    Record,
    Source,
)
from inventory.rows import as_row, as_stored, from_row
from inventory.schema import columns_of
from inventory.uids import account_uid, fresh_uid, next_uid, organisation_uid

_REMOVABLE = (AccountKey, AccountRelation, OrganisationName, OrganisationDomain)
_FRESH = {Evidence: "E", Attestation: "T", Observation: "B", Lead: "L", Source: "S"}


class Change:
    """The writes of one change; made by `Store.change()` only."""

    def __init__(self, connection: sqlite3.Connection, seq: int) -> None:
        self.connection = connection
        self.seq = seq

    def add(self, record: Record) -> int:
        """Add one record and return its row id; an empty uid is filled in."""
        return self.add_many([record])[0]

    def add_many(self, records: Iterable[Record]) -> list[int]:
        """Add records of one class and return their row ids, in order."""
        records = list(records)
        if not records:
            return []
        record_type = type(records[0])
        ids, named = self._free_ids(TABLES[record_type]), self._uids(record_type)
        rows = [(next(ids), named(record), *as_row(record)[2:]) for record in records]
        columns = columns_of(record_type)
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(
            f"INSERT INTO {TABLES[record_type]} ({', '.join(columns)}) VALUES ({marks})", rows
        )
        return [row[0] for row in rows]

    def edit(
        self,
        record_type: type[Any],
        row_id: int,
        expected_version: int,
        values: Mapping[str, object],
    ) -> int:
        """Set `values` on one record and return its new version; nothing new changes nothing.

        Raises Conflict when somebody saved the record since `expected_version`.
        """
        current = self._current(record_type, row_id)
        if current.version != expected_version:
            raise Conflict(
                _("Somebody else changed this record meanwhile. Look at it again."), current
            )
        fresh = {
            name: as_stored(value)
            for name, value in values.items()
            if as_stored(value) != as_stored(getattr(current, name))
        }
        if not fresh:
            return expected_version
        assignments = ", ".join(f"{name} = ?" for name in fresh)
        self.connection.execute(
            f"UPDATE {TABLES[record_type]} SET {assignments}, version = version + 1 WHERE id = ?",
            (*fresh.values(), row_id),
        )
        return expected_version + 1

    def remove(self, record_type: type[Any], row_id: int) -> None:
        """Take away a key, a relation, a name or a domain; nothing else is ever removed."""
        if record_type not in _REMOVABLE:
            raise Refused(_("Accounts, organisations and proofs are never deleted."))
        self.connection.execute(f"DELETE FROM {TABLES[record_type]} WHERE id = ?", (row_id,))

    def _current(self, record_type: type[Any], row_id: int) -> Any:
        row = self.connection.execute(
            f"SELECT {', '.join(columns_of(record_type))} FROM {TABLES[record_type]} WHERE id = ?",
            (row_id,),
        ).fetchone()
        if row is None:
            raise Refused(_("The record is not there any more."))
        return from_row(record_type, row)

    def _free_ids(self, table: str) -> "count[int]":
        # From the log, not the table: a number that was taken back is not given out again.
        (last,) = self.connection.execute(
            "SELECT coalesce(max(row_id), 0) FROM change_items WHERE entity = ?", (table,)
        ).fetchone()
        return count(last + 1)

    def _uids(self, record_type: type[Any]) -> Any:
        if record_type in _FRESH:
            prefix = _FRESH[record_type]
            return lambda record: record.uid or fresh_uid(prefix)
        if record_type not in (Account, Organisation):
            return lambda record: record.uid or None
        query = f"SELECT 1 FROM {TABLES[record_type]} WHERE uid = ?"
        given: set[str] = set()

        def free(record: Any) -> str:
            uid = first = record.uid or _seeded_uid(record)
            attempt = 1
            while uid in given or self.connection.execute(query, (uid,)).fetchone():
                attempt += 1
                uid = next_uid(first, attempt)
            given.add(uid)
            return uid

        return free


def _seeded_uid(record: Account | Organisation) -> str:
    if isinstance(record, Account):
        return account_uid(f"{record.platform}:{record.url}")
    return organisation_uid(record.name_ms or record.name_en or record.short_name or "")
