"""What a person saw: the accounts only a person can look at, in turn, and what becomes of a look.

A look adds observations, dated and by a post; it never edits the record.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from audits.probes.sightings import Outcome, Reason
from inventory.actor import Actor
from inventory.errors import InventoryError
from inventory.language import _
from inventory.record import Account, Observation
from inventory.search import AccountList, read_search
from inventory.store import Store
from inventory.vocabulary import Badge, ObservationKind, ObservationMethod

PLATFORMS = ("facebook", "instagram", "x", "tiktok", "linkedin", "whatsapp")
"""Platforms that show a badge to people only, or whose terms keep programs out."""


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody saw of one account. None and UNKNOWN mean: could not tell.

    `exists` UNKNOWN needs its `reason`; of an account that was not found no badge is told.
    """

    account_id: int
    exists: Outcome
    badge: Badge = Badge.UNKNOWN
    last_post: date | None = None
    reason: Reason | None = None
    address: str | None = None


def queue(
    connection: sqlite3.Connection, query: str = "", platforms: Collection[str] = PLATFORMS
) -> list[int]:
    """Return the row ids of the accounts to look at: never looked at first, then the longest ago.

    Those of one platform stand together: a person looks faster at pages that are alike.
    A query that names a platform is asked of all platforms. Raises InventoryError for one that
    makes no sense.
    """
    for problem in read_search(query).problems:
        raise InventoryError(problem)
    if "platform:" in query.casefold():
        platforms = ()
    looked = dict(
        connection.execute(
            "SELECT account_id, max(coalesce(seen_at, seen_on, '')) FROM observations"
            " WHERE method = 'person' AND kind = 'existence' GROUP BY account_id"
        )
    )
    platform_of = dict(connection.execute("SELECT id, platform FROM accounts"))
    ids = [
        row_id
        for row_id in AccountList(connection, ()).all_ids(query)
        if not platforms or platform_of.get(row_id) in platforms
    ]
    return sorted(ids, key=lambda one: (looked.get(one, "")[:10], platform_of.get(one, ""), one))


def last_look(connection: sqlite3.Connection, account_id: int) -> str | None:
    """Return when a person last looked at an account, ISO, None for never."""
    row = connection.execute(
        "SELECT max(coalesce(seen_at, seen_on)) FROM observations"
        " WHERE method = 'person' AND kind = 'existence' AND account_id = ?",
        (account_id,),
    ).fetchone()
    return row[0] if row else None


def post_problem(post: str) -> str | None:
    """Say why a text cannot stand for who looked: it must be a post, not a person's own data."""
    from inventory.privacy import guard_text

    if not post.strip():
        return _("Name the post of whoever looks, such as: Assistant Director (Communications).")
    found = guard_text(post)
    return found.sentence if found is not None else None


def observations(look: Look, by: str, at: datetime, today: date) -> list[Observation]:
    """Return one observation for each thing that was seen; existence always comes first.

    `at` is the moment with its zone, `today` the day it is for whoever looks.
    """
    seen = [(ObservationKind.EXISTENCE, look.exists.value)]
    if look.badge is not Badge.UNKNOWN:
        seen.append((ObservationKind.BADGE, look.badge.value))
    if look.last_post is not None:
        seen.append((ObservationKind.LAST_POST, look.last_post.isoformat()))
    return [
        Observation(
            account_id=look.account_id,
            kind=kind,
            value=value,
            seen_on=today,
            seen_at=at.astimezone(UTC).isoformat(timespec="seconds"),
            method=ObservationMethod.PERSON,
            by=by.strip(),
            source=look.address,
            reason=look.reason.value if look.reason else None,
        )
        for kind, value in seen
    ]


def record(
    store: Store, actor: Actor, look: Look, account: Account, by: str, at: datetime, today: date
) -> int:
    """Write what was seen of an account as one change; return the number of the change.

    Raises InventoryError for a `by` that is no post, for a last post in the future, and when the
    inventory cannot be written.
    """
    problem = post_problem(by)
    if problem is None and look.last_post is not None and look.last_post > today:
        problem = _("The last post cannot be later than today.")
    if problem is not None:
        raise InventoryError(problem)
    reason = _("Looked at by hand: {platform} {handle}").format(
        platform=account.platform, handle=account.handle
    )
    with store.change(actor, reason, at=at) as change:
        change.add_many(observations(look, by, at, today))
        return change.seq
