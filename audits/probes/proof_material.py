"""What the inventory holds that cross-proof needs: sites to read, accounts to judge, neighbours."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from audits.probes.cross_proof import Profile, ProvenAccount, Surroundings
from audits.probes.page_links import host_of
from audits.probes.site_reading import SiteToRead
from inventory.vocabulary import AccountClass

_UNDER = (
    "WITH RECURSIVE under (id) AS (SELECT :id"
    " UNION SELECT o.id FROM organisations o JOIN under u ON o.parent_id = u.id)"
)
_ABOVE = (
    "WITH RECURSIVE above (id, parent_id) AS ("
    " SELECT id, parent_id FROM organisations WHERE id = :id"
    " UNION SELECT o.id, o.parent_id FROM organisations o JOIN above a ON o.id = a.parent_id)"
)


def sites_to_read(
    connection: sqlite3.Connection, organisation: int | None = None
) -> Iterator[SiteToRead]:
    """Yield the official website of each living organisation that has one recorded.

    Of one organisation and those under it, or of all.
    """
    domains: dict[int, list[str]] = defaultdict(list)
    for owner, domain in connection.execute(
        "SELECT organisation_id, domain FROM organisation_domains ORDER BY id"
    ):
        domains[owner].append(domain)
    rows = connection.execute(
        f"{_UNDER} SELECT id, website FROM organisations WHERE status = 'active'"
        " AND (:id IS NULL OR id IN (SELECT id FROM under)) ORDER BY id",
        {"id": organisation},
    )
    for row_id, website in rows.fetchall():
        site = SiteToRead(row_id, website, tuple(domains.get(row_id, ())))
        if site.start is not None:
            yield site


def accounts_to_prove(connection: sqlite3.Connection, organisation_id: int) -> list[ProvenAccount]:
    """Return the accounts of an organisation that are not closed, with what their pages showed."""
    keys: dict[int, set[str]] = defaultdict(set)
    for account_id, key in connection.execute(
        "SELECT k.account_id, k.key FROM account_keys k JOIN accounts a ON a.id = k.account_id"
        " WHERE a.organisation_id = ?",
        (organisation_id,),
    ):
        keys[account_id].add(key)
    rows = connection.execute(
        "SELECT a.id, a.platform, a.account_class, a.bio, a.profile_links, a.profile_seen_on,"
        " (SELECT value || char(10) || seen_on FROM observations o WHERE o.account_id = a.id"
        "  AND o.kind = 'profile_links' AND o.value IS NOT NULL AND o.seen_on IS NOT NULL"
        "  ORDER BY o.seen_on DESC, o.id DESC LIMIT 1)"
        " FROM accounts a WHERE a.organisation_id = ? AND a.lifecycle <> 'retired' ORDER BY a.id",
        (organisation_id,),
    )
    return [
        ProvenAccount(
            row_id, platform, frozenset(keys[row_id]), AccountClass(kind), _profile(*profile)
        )
        for row_id, platform, kind, *profile in rows.fetchall()
    ]


def _profile(
    bio: str | None, links: str | None, seen_on: str | None, observed: str | None
) -> Profile | None:
    """Return the profile as last seen, by the record or by an observation, whichever is newer."""
    recorded = tuple((links or "").split("\n")) if links else ()
    if observed is not None:
        *lines, day = observed.split("\n")
        if seen_on is None or day >= seen_on:
            recorded = tuple(lines)
    elif seen_on is None and not (bio or links):
        return None
    return Profile(tuple(line.strip() for line in recorded if line.strip()), bio)


def surroundings(connection: sqlite3.Connection, site: SiteToRead) -> Surroundings:
    """Return whose hosts and keys are other organisations'; those above it are not strangers."""
    above = {
        row_id
        for row_id, _parent in connection.execute(
            f"{_ABOVE} SELECT id, parent_id FROM above", {"id": site.organisation_id}
        )
    }
    foreign: set[str] = set()
    for row_id, place in connection.execute(
        "SELECT id, website FROM organisations WHERE website IS NOT NULL"
        " UNION ALL SELECT organisation_id, domain FROM organisation_domains"
    ):
        if row_id not in above:
            foreign.add(host_of(place if "://" in place else f"https://{place}"))
    return Surroundings(site.hosts, frozenset(foreign - site.hosts - {""}))


def foreign_keys(
    connection: sqlite3.Connection, organisation_id: int, keys: frozenset[str]
) -> frozenset[str]:
    """Return those of the keys whose account stands under another organisation."""
    query = (
        "SELECT 1 FROM account_keys k JOIN accounts a ON a.id = k.account_id"
        " WHERE k.key = ? AND a.organisation_id <> ?"
    )
    return frozenset(
        key for key in keys if connection.execute(query, (key, organisation_id)).fetchone()
    )
