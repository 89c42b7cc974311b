"""Reading official websites as part of a live check: proofs for accounts, leads for people."""

import sqlite3
from collections.abc import Callable, Collection
from datetime import datetime

from audits.probes.check_jobs import Job, Lane, Write, job_of
from audits.probes.check_ledger import Subject
from audits.probes.found_links import SiteReading
from audits.probes.proof_material import sites_to_read
from audits.probes.site_keeping import keep_reading
from audits.probes.site_link import BY
from audits.probes.site_reading import MOST_PAGES, SiteToRead, read_site
from inventory.change import Change

REQUESTS = 1 + MOST_PAGES + 3
"""About how many requests one website takes: pages, robots' rules, files made for machines."""


def site_lane(
    connection: sqlite3.Connection,
    now: Callable[[], datetime],
    *,
    only: Collection[int] | None = None,
) -> Lane:
    """Return the queue that reads the website of every organisation, or of those in `only`.

    It comes last: whether an account points back is judged by what was just seen of it.
    """
    jobs = [
        _job(site, now)
        for site in sites_to_read(connection)
        if only is None or site.organisation_id in only
    ]
    return Lane(BY, BY, jobs, workers=8, last=True)


def _job(site: SiteToRead, now: Callable[[], datetime]) -> Job:
    def written(reading: SiteReading) -> Write:
        def write(change: Change) -> None:
            keep_reading(change, site, reading, reading.at.astimezone().date())

        return write

    subject = (Subject.SITE, site.organisation_id)
    return job_of([subject], lambda: read_site(site, now()), written)
