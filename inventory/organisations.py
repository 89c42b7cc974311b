"""The tree of organisations, with the accounts each has itself and those below it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from inventory.reading import every
from inventory.record import Organisation


@dataclass(frozen=True, slots=True)
class OrganisationCounts:
    """One line of the tree: its accounts, and those of its whole branch, itself included."""

    organisation: Organisation
    depth: int
    parent_uid: str | None
    accounts: int
    official: int
    accounts_below: int
    official_below: int
    findings_below: int


def tree(connection: sqlite3.Connection) -> Iterator[OrganisationCounts]:
    """Yield every organisation, parents before their children, siblings by name."""
    organisations = {item.id: item for item in every(connection, Organisation)}
    counts = _counts(connection)
    children: dict[int | None, list[Organisation]] = defaultdict(list)
    for item in sorted(organisations.values(), key=lambda item: (item.name.casefold(), item.id)):
        children[item.parent_id if item.parent_id in organisations else None].append(item)
    below = {item.id: _below(item.id, children, counts) for item in organisations.values()}
    waiting = [(item, 0) for item in reversed(children[None])]
    while waiting:
        item, depth = waiting.pop()
        parent = organisations.get(item.parent_id or 0)
        own, branch = counts[item.id], below[item.id]
        yield OrganisationCounts(
            item, depth, parent.uid if parent else None, own[0], own[1], *branch
        )
        waiting += [(child, depth + 1) for child in reversed(children[item.id])]


def branch_of(connection: sqlite3.Connection, organisation_id: int) -> list[int]:
    """Return the row ids of an organisation and everything below it."""
    rows = connection.execute(
        "WITH RECURSIVE under(id) AS (VALUES (?) UNION SELECT o.id"
        " FROM organisations o JOIN under u ON o.parent_id = u.id) SELECT id FROM under",
        (organisation_id,),
    )
    return [row_id for (row_id,) in rows]


def _counts(connection: sqlite3.Connection) -> dict[int, tuple[int, int, int]]:
    counts: dict[int, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    rows = connection.execute(
        "SELECT a.organisation_id, count(*), sum(a.official_status = 'official'),"
        " coalesce(sum(m.findings), 0)"
        " FROM accounts a LEFT JOIN account_marks m ON m.account_id = a.id GROUP BY 1"
    )
    counts.update((row_id, tuple(figures)) for row_id, *figures in rows)
    return counts


def _below(
    row_id: int,
    children: dict[int | None, list[Organisation]],
    counts: dict[int, tuple[int, int, int]],
) -> tuple[int, int, int]:
    total, waiting, seen = [0, 0, 0], [row_id], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        total = [have + more for have, more in zip(total, counts[current], strict=True)]
        waiting += [child.id for child in children.get(current, [])]
    return total[0], total[1], total[2]
