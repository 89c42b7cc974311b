"""The facts of a run: one row for each account, made from the inventory and kept between runs.

A row is made anew only when something it is made from was written since, or a day was reached on
which a proof begins or ends to count. Rules read this table and nothing else.
"""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from audits import fact_queries as queries
from audits.account_facts import organisation_names
from audits.engine import fact_columns
from audits.fact_gathering import AccountRow, Belonging, Gathered, gathered
from audits.fact_vocabulary import facts
from audits.lookalikes import Handle, lookalikes
from audits.ownership import Proof
from audits.rules import Policy, Workdays
from audits.seen import Seen
from inventory.vocabulary import EvidenceKind

_VERSION = 4  # raise it when the code that makes facts changes, so that kept rows are made anew
_BLOCK = 2000
_NAMED = 3  # how many others a record that stands more than once names
_SET_FIELDS = (
    "handle", "url", "platform", "platform_id", "organisation_id", "parent_id",
    "short_name", "code", "name_ms", "name_en",
)  # fmt: skip


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables of facts in an inventory that has none, inside an open change.

    A table that an older vocabulary made is made anew: everything in it follows from the record.
    """
    columns = {row[1] for row in connection.execute("PRAGMA table_info(audit_facts)")}
    if columns and columns != {"account_id", "good_until", *facts()}:
        connection.execute("DROP TABLE audit_facts")
        connection.execute("DELETE FROM audit_facts_made")
    for statement in (
        f"CREATE TABLE IF NOT EXISTS audit_facts (account_id INTEGER PRIMARY KEY,"
        f" good_until INTEGER, {fact_columns()}) STRICT",
        "CREATE INDEX IF NOT EXISTS audit_facts_turning ON audit_facts (good_until)"
        " WHERE good_until IS NOT NULL",
        "CREATE TABLE IF NOT EXISTS audit_sets (account_id INTEGER PRIMARY KEY,"
        " duplicate_of TEXT NOT NULL, lookalikes TEXT NOT NULL) STRICT",
        "CREATE TABLE IF NOT EXISTS audit_facts_made (id INTEGER PRIMARY KEY, seq INTEGER,"
        " day INTEGER, signature TEXT) STRICT",
    ):
        connection.execute(statement)


MADE = "to_make"
"""The temporary table of the accounts whose facts `refresh()` made."""


def refresh(
    connection: sqlite3.Connection,
    policy: Policy,
    on: date,
    seq: int,
    tick: Callable[[int, int], None],
) -> int:
    """Bring the facts up to the day `on` and the change `seq`; return how many rows were made.

    `tick` is told how many accounts are done of how many, and may raise to stop.
    """
    signature = _signature(policy)
    made = connection.execute("SELECT seq, day, signature FROM audit_facts_made").fetchone()
    fresh = made is None or made[2] != signature or made[1] > on.toordinal()
    since = 0 if fresh else made[0]
    if fresh or _touches_all(connection, since):
        _mark_all(connection)
    else:
        _mark_touched(connection, since, on)
    if fresh or _touches_sets(connection, since):
        _refresh_sets(connection, tick)
    count = _make_rows(connection, policy.workdays, on, tick)
    connection.execute("DELETE FROM audit_facts_made")
    connection.execute(
        "INSERT INTO audit_facts_made VALUES (1, ?, ?, ?)", (seq, on.toordinal(), signature)
    )
    return count


def _signature(policy: Policy) -> str:
    days = policy.workdays
    states = sorted((name, sorted(weekend)) for name, weekend in days.states.items())
    parts = [_VERSION, fact_columns(), sorted(days.weekend), states, days.report_within]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _mark_all(connection: sqlite3.Connection) -> None:
    _new_marks(connection)
    connection.execute("INSERT INTO temp.to_make SELECT id FROM accounts")
    connection.execute("INSERT OR IGNORE INTO temp.to_make SELECT account_id FROM audit_facts")


def _mark_touched(connection: sqlite3.Connection, since: int, on: date) -> None:
    _new_marks(connection)
    for statement in queries.TOUCHED:
        connection.execute(statement, {"since": since})
    connection.execute(
        "INSERT OR IGNORE INTO temp.to_make SELECT account_id FROM audit_facts"
        " WHERE good_until IS NOT NULL AND good_until < ?",
        (on.toordinal(),),
    )


def _new_marks(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE IF EXISTS temp.to_make")
    connection.execute("CREATE TEMP TABLE to_make (account_id INTEGER PRIMARY KEY)")


def _touches_all(connection: sqlite3.Connection, since: int) -> bool:
    """Say whether an organisation began or ceased: a monitoring unit may bear its name."""
    return _any(
        connection,
        "SELECT 1 FROM change_items WHERE seq > ? AND +entity = 'organisations'"
        " AND ((before IS NOT NULL AND json_extract(after, '$.status') IS NOT NULL)"
        " OR (before IS NULL AND json_extract(after, '$.status') <> 'active')) LIMIT 1",
        (since,),
    )


def _touches_sets(connection: sqlite3.Connection, since: int) -> bool:
    """Say whether anything was written that decides which accounts resemble one another."""
    extracts = " OR ".join(f"json_type(after, '$.{name}') IS NOT NULL" for name in _SET_FIELDS)
    return _any(
        connection,
        "SELECT 1 FROM change_items WHERE seq > ? AND (+entity = 'account_relations'"
        " OR (+entity IN ('accounts', 'organisations')"
        f" AND (after IS NULL OR {extracts}))) LIMIT 1",
        (since,),
    )


def _any(connection: sqlite3.Connection, query: str, parameters: tuple[int, ...]) -> bool:
    return connection.execute(query, parameters).fetchone() is not None


def _make_rows(
    connection: sqlite3.Connection,
    workdays: Workdays,
    on: date,
    tick: Callable[[int, int], None],
) -> int:
    (total,) = connection.execute("SELECT count(*) FROM temp.to_make").fetchone()
    if not total:
        return 0
    connection.execute("DROP TABLE IF EXISTS temp.gathered")
    connection.execute(f"CREATE TEMP TABLE gathered ({', '.join(Gathered._fields)})")
    connection.execute("DROP TABLE IF EXISTS temp.gone_units")
    connection.execute("CREATE TEMP TABLE gone_units (name TEXT PRIMARY KEY)")
    connection.execute(queries.GONE_UNITS)
    marks = ", ".join("?" * len(Gathered._fields))
    rows = _gather(connection, workdays, on)
    done = 0
    while block := list(islice(rows, _BLOCK)):
        connection.executemany(f"INSERT INTO temp.gathered VALUES ({marks})", block)
        done += len(block)
        tick(done, total)
    connection.execute(
        "DELETE FROM audit_facts WHERE account_id IN (SELECT account_id FROM temp.to_make)"
    )
    connection.execute(queries.insert_sql())
    connection.execute("DROP TABLE temp.gathered")
    return int(total)


def _gather(connection: sqlite3.Connection, workdays: Workdays, on: date) -> Iterator[Gathered]:
    proofs, seen = _proofs(connection), _sightings(connection)
    belongings = _Belongings(connection)
    for values in connection.execute(queries.ACCOUNTS):
        row = AccountRow._make(values)
        yield gathered(
            row,
            belongings.of(row.organisation_id),
            proofs.get(row.id, ()),
            seen.get(row.id, ()),
            on,
            workdays,
        )


def _proofs(connection: sqlite3.Connection) -> Mapping[int, list[Proof]]:
    found: dict[int, list[Proof]] = defaultdict(list)
    for account_id, kind, collected, expires, own in connection.execute(queries.EVIDENCE):
        found[account_id].append(
            Proof(
                EvidenceKind(kind),
                date.fromisoformat(collected) if collected else None,
                date.fromisoformat(expires) if expires else None,
                None if own is None else bool(own),
            )
        )
    return found


def _sightings(connection: sqlite3.Connection) -> Mapping[int, list[Seen]]:
    found: dict[int, list[Seen]] = defaultdict(list)
    for account_id, *seen in connection.execute(queries.OBSERVATIONS):
        found[account_id].append(Seen._make(seen))
    return found


class _Belongings:
    """What each organisation hands to its accounts, worked out when first asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._rows = {row[0]: row for row in connection.execute(queries.ORGANISATIONS)}
        self._made: dict[int, Belonging] = {}

    def of(self, organisation_id: int) -> Belonging:
        """Return the names and sites of an organisation, and the names up to its root."""
        if organisation_id not in self._made:
            _id, _parent, names, addresses = self._rows[organisation_id]
            self._made[organisation_id] = Belonging(
                organisation_names(names.split("\n"), addresses.split("\n")),
                tuple(
                    name
                    for above in self._lineage(organisation_id)
                    for name in self._rows[above][2].split("\n")
                ),
            )
        return self._made[organisation_id]

    def root(self, organisation_id: int) -> int:
        """Return the organisation at the top of the tree this one stands in."""
        return self._lineage(organisation_id)[-1]

    def _lineage(self, organisation_id: int) -> list[int]:
        line = [organisation_id]
        while (parent := self._rows[line[-1]][1]) in self._rows and parent not in line:
            line.append(parent)
        return line


def _refresh_sets(connection: sqlite3.Connection, tick: Callable[[int, int], None]) -> None:
    """Find duplicates and look-alikes among all accounts, and note where they changed."""
    tick(0, 0)
    belongings = _Belongings(connection)
    handles = []
    called: dict[int, tuple[str, str, int]] = {}
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for account_id, handle, organisation_id, platform, *names in connection.execute(
        "SELECT id, handle, organisation_id, platform, url, platform_id FROM accounts ORDER BY id"
    ):
        handles.append(Handle(account_id, handle, belongings.root(organisation_id)))
        called[account_id] = platform, handle, organisation_id
        for name in filter(None, names):
            places[platform, name].append(account_id)
    related = set(connection.execute("SELECT account_id, other_id FROM account_relations"))
    alike = lookalikes(handles, related)
    twice: dict[int, set[int]] = defaultdict(set)
    for together in places.values():
        if len(together) > 1:
            for account_id in together:
                twice[account_id].update(together[: _NAMED + 1])
    owners = dict(connection.execute(queries.SHORT_NAMES))

    def listed(ids: Iterable[int]) -> str:
        shown = (called[account_id] for account_id in ids)
        return "\n".join(" ".join(f"{p} {h} ({owners[o]})".split()) for p, h, o in shown)

    now = {
        account_id: (
            listed(sorted(twice.get(account_id, {account_id}) - {account_id})[:_NAMED]),
            listed(alike.get(account_id, ())),
        )
        for account_id in {*twice, *alike}
    }
    before = {
        account_id: (duplicate_of, looks)
        for account_id, duplicate_of, looks in connection.execute("SELECT * FROM audit_sets")
    }
    changed = {i for i in {*now, *before} if now.get(i) != before.get(i)}
    connection.execute("DELETE FROM audit_sets")
    connection.executemany(
        "INSERT INTO audit_sets VALUES (?, ?, ?)", ((i, *pair) for i, pair in now.items())
    )
    connection.executemany(
        "INSERT OR IGNORE INTO temp.to_make VALUES (?)", ((i,) for i in sorted(changed))
    )
