"""What the inventory already holds, read for an import: organisations, accounts, earlier lists."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from inventory import log
from inventory.fields import Value
from inventory.importing.filed import host_of
from inventory.importing.names import meaning, name_key, without_one_word
from inventory.reading import every
from inventory.record import (
    Account,
    Listing,
    Organisation,
    OrganisationDomain,
    OrganisationName,
    Source,
    fields_of,
)

_AT_ONCE = 500
_SCAN_FROM = 4  # a quarter of all keys: reading all is then quicker than looking up


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account of the inventory, found under one of its keys; values as they are stored."""

    id: int
    uid: str
    version: int
    organisation_id: int
    is_former_key: bool
    values: Mapping[str, Value]


@dataclass(slots=True)
class KnownOrganisations:
    """The organisations of the inventory, and everything they can be recognised by."""

    by_id: dict[int, Organisation] = field(default_factory=dict)
    by_uid: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_code: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_short_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_domain: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_meaning: dict[frozenset[str], set[int]] = field(default_factory=lambda: defaultdict(set))
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_gap: dict[object, set[int]] = field(default_factory=lambda: defaultdict(set))
    names_of: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    domains_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def line_of(self, row_id: int) -> list[int]:
        """Return an organisation and everything above it, up to the root."""
        line: list[int] = []
        at: int | None = row_id
        while at is not None and at not in line:
            line.append(at)
            at = self.by_id[at].parent_id if at in self.by_id else None
        return line


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A list that was imported before, and the accounts it named."""

    record: Source
    listed: frozenset[int]


def organisations(connection: sqlite3.Connection) -> KnownOrganisations:
    """Return all organisations with their names, codes and domains."""
    known = KnownOrganisations()
    for item in every(connection, Organisation):
        known.by_id[item.id] = item
        known.by_uid[item.uid] = item.id
        for name in filter(None, (item.name_ms, item.name_en)):
            _add_name(known, item.id, name)
        if item.code:
            known.by_code[item.code.casefold()].add(item.id)
        if item.short_name:
            known.by_short_name[name_key(item.short_name)].add(item.id)
        for domain in filter(None, (host_of(item.website or ""), item.email_domain)):
            known.by_domain[domain].add(item.id)
    for other in every(connection, OrganisationName):
        _add_name(known, other.organisation_id, other.name)
    for held in every(connection, OrganisationDomain):
        known.by_domain[held.domain].add(held.organisation_id)
        known.domains_of[held.organisation_id].add(held.domain)
    return known


def accounts(
    connection: sqlite3.Connection, keys: Collection[str], fields: Collection[str]
) -> dict[str, KnownAccount]:
    """Return the accounts that stand under `keys`, with the values of `fields`.

    A key that is another account's former one and this one's current one means this one.
    """
    names = sorted(set(fields) & _FIELDS)
    columns = "".join(f", a.{name}" for name in names)
    query = (
        "SELECT k.key, a.id, a.uid, a.version, a.organisation_id, k.status <> 'current'"
        f"{columns} FROM account_keys k JOIN accounts a ON a.id = k.account_id"
    )
    found: dict[str, KnownAccount] = {}
    for key, row_id, uid, version, organisation_id, former, *values in _keyed(
        connection, query, keys
    ):
        if not former or key not in found:
            stored = dict(zip(names, values, strict=True))
            found[key] = KnownAccount(row_id, uid, version, organisation_id, bool(former), stored)
    return found


def _keyed(
    connection: sqlite3.Connection, query: str, keys: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `query` for `keys`: looked up, or by one scan when they are many."""
    (count,) = connection.execute("SELECT count(*) FROM account_keys").fetchone()
    if len(keys) * _SCAN_FROM > count:
        yield from (row for row in connection.execute(query) if row[0] in keys)
        return
    for some in _batches(sorted(keys)):
        marks = ", ".join("?" * len(some))
        yield from connection.execute(f"{query} WHERE k.key IN ({marks})", some)


def source_named(connection: sqlite3.Connection, name: str) -> KnownSource | None:
    """Return the earlier import of the list called `name`, None for the first."""
    record = next(every(connection, Source, "WHERE name = ?", (name,)), None)
    if record is None:
        return None
    listings = every(connection, Listing, "WHERE source_id = ?", (record.id,))
    return KnownSource(record, frozenset(item.account_id for item in listings))


def last_seen(connection: sqlite3.Connection, source: str) -> dict[int, str]:
    """Return the last day, ISO text, on which the list called `source` saw each account."""
    rows = connection.execute(
        "SELECT account_id, max(seen_on) FROM observations"
        " WHERE kind = 'existence' AND method = 'file' AND source = ? GROUP BY account_id",
        (source,),
    )
    return dict(rows.fetchall())


def handles_of(connection: sqlite3.Connection, account_ids: Iterable[int]) -> list[str]:
    """Return "platform handle" of some accounts, to name them in a message."""
    marks = ", ".join("?" * len(ids := list(account_ids)))
    rows = connection.execute(
        f"SELECT platform || ' ' || handle FROM accounts WHERE id IN ({marks}) ORDER BY 1", ids
    )
    return [text for (text,) in rows]


def newest_change(connection: sqlite3.Connection) -> int:
    """Return the number of the newest change in the log."""
    return log.head(connection)[0]


def _add_name(known: KnownOrganisations, row_id: int, name: str) -> None:
    known.by_name[name_key(name)].add(row_id)
    known.names_of[row_id].append(name)
    known.by_meaning[meaning(name)].add(row_id)
    for word in meaning(name):
        known.by_word[word].add(row_id)
    for gap in without_one_word(name):
        known.by_gap[gap].add(row_id)


def _batches(keys: list[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


_FIELDS = frozenset(item.name for item in fields_of(Account))
