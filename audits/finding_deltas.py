"""Which findings a run made new, left as they were, closed, reopened, or could not judge."""

from audits.runs import Delta
from inventory.language import _

LAST_RUN = "(SELECT max(id) FROM audit_runs)"
# The plus keeps SQLite from going through all accounts to find a few findings.
HELD = "+f.account_id IN (SELECT id FROM accounts)"
"""The condition that the account of a finding is in the inventory: an undo may have taken it."""

_EVENTS = (
    "f.number IN (SELECT number FROM audit_finding_events WHERE run = {run} AND what = '{what}')"
)


def delta_sql(what: Delta, run: int | None = None) -> str:
    """Return the condition over `audit_findings f` for what became of findings in a run.

    Without `run` it is the last. Raises ValueError for what can be told for the last run only.
    """
    at = LAST_RUN if run is None else f"{run:d}"
    if what is Delta.NEW:
        return f"f.first_run = {at}"
    if what in (Delta.RESOLVED, Delta.REOPENED):
        return _EVENTS.format(run=at, what=what.value)
    if run is not None:
        raise ValueError(_("Unchanged and not evaluated can be told for the last run only."))
    if what is Delta.NOT_EVALUATED:
        return "f.state = 'open' AND f.evaluated = 0"
    reopened = _EVENTS.format(run=at, what=Delta.REOPENED.value)
    return f"f.state = 'open' AND f.evaluated = 1 AND f.first_run <> {at} AND NOT {reopened}"
