"""A website that was read, kept: an observation for each account, a lead for each new one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from audits.probes.cross_proof import Proof, cross_proof, observations_of
from audits.probes.found_links import SiteReading
from audits.probes.leads import LeadsStored, store_leads
from audits.probes.proof_material import accounts_to_prove, foreign_keys, surroundings
from audits.probes.site_reading import SiteToRead
from inventory.change import Change


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What came of keeping one reading."""

    proofs: Sequence[Proof]
    leads: LeadsStored


def keep_reading(
    change: Change, site: SiteToRead, reading: SiteReading, today: date
) -> KeptReading:
    """Judge a reading against the accounts of its organisation, and keep what follows."""
    connection = change.connection
    named = frozenset(link.key for link in reading.links)
    others = foreign_keys(connection, site.organisation_id, named)
    around = replace(surroundings(connection, site), foreign_keys=others)
    proofs = cross_proof(reading, accounts_to_prove(connection, site.organisation_id), around)
    change.add_many(observations_of(proofs))
    return KeptReading(proofs, store_leads(change, [reading], today))
