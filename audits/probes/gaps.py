"""Gaps: platforms on which an organisation is expected and has no account in the inventory.

What is expected stands with the organisation, one platform a line. Where nothing is written there,
a ministry is expected on the platforms that ministries were counted by in 2024 (seminar:counts).
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from audits.probes.leads import open_leads
from audits.seminar import PLATFORMS
from inventory.language import N_, _
from inventory.platforms import default_table
from inventory.reading import every
from inventory.record import Lead, Organisation
from inventory.vocabulary import OrganisationKind, OrganisationStatus

EXPECTED: Mapping[OrganisationKind, tuple[str, ...]] = {OrganisationKind.MINISTRY: PLATFORMS}
"""What is expected of a kind of organisation whose record says nothing."""


class ExpectedBy(StrEnum):
    """Who expects an account: the organisation's record, or the policy for its kind."""

    RECORD = "record"
    POLICY = "policy"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_EXPECTED_BY[self])


@dataclass(frozen=True, slots=True)
class Gap:
    """One expected account that is not there; `platform` is as written when nobody knows it.

    `leads` are open ones that may fill it.
    """

    organisation: Organisation
    platform: str
    expected_by: ExpectedBy
    leads: tuple[Lead, ...] = ()


def expectations(organisation: Organisation) -> tuple[tuple[str, ...], ExpectedBy]:
    """Return the platforms an organisation is expected on, and who says so.

    A line that says "none" means that nothing is expected.
    """
    if organisation.status is not OrganisationStatus.ACTIVE:
        return (), ExpectedBy.RECORD
    written = [line.strip() for line in (organisation.expected_platforms or "").splitlines()]
    if not any(written):
        return EXPECTED.get(organisation.kind, ()), ExpectedBy.POLICY
    table = default_table()
    nothing = table.websites.get("placeholders", frozenset())
    named = [line for line in written if line and line.lower() not in nothing]
    keys = (platform.key if (platform := table.named(line)) else line for line in named)
    return tuple(dict.fromkeys(keys)), ExpectedBy.RECORD


def gaps(connection: sqlite3.Connection, organisation: int | None = None) -> Iterator[Gap]:
    """Yield the gaps of every organisation, or of one and those under it, in their order."""
    present = _present(connection)
    leads: dict[tuple[int, str], list[Lead]] = defaultdict(list)
    for lead in open_leads(connection, organisation):
        leads[lead.organisation_id, lead.platform].append(lead)
    for one in _organisations(connection, organisation):
        platforms, by = expectations(one)
        for platform in platforms:
            place = (one.id, platform)
            if place not in present:
                yield Gap(one, platform, by, tuple(leads.get(place, ())))


def _organisations(
    connection: sqlite3.Connection, organisation: int | None
) -> Iterator[Organisation]:
    clause = (
        "WHERE ?1 IS NULL OR id IN (WITH RECURSIVE under (id) AS ("
        " SELECT ?1 UNION SELECT o.id FROM organisations o JOIN under u ON o.parent_id = u.id)"
        " SELECT id FROM under) ORDER BY coalesce(name_ms, name_en, short_name), id"
    )
    return every(connection, Organisation, clause, (organisation,))


def _present(connection: sqlite3.Connection) -> frozenset[tuple[int, str]]:
    """Return the platforms each organisation has an account on that counts as one of its own."""
    return frozenset(
        connection.execute(
            "SELECT DISTINCT organisation_id, platform FROM accounts WHERE lifecycle <> 'retired'"
            " AND account_class NOT IN ('third_party', 'impostor')"
        )
    )


_EXPECTED_BY = {
    ExpectedBy.RECORD: N_("the organisation's record"),
    ExpectedBy.POLICY: N_("the policy for its kind"),
}
