"""What became of findings: run, filter, search and figures agree, and list what they count."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from audits.figures import ministries
from audits.finding_counts import open_findings
from audits.findings import FindingFilter, finding_ids, findings
from audits.findings_search import FindingList
from audits.runs import Delta, Run
from inventory import log
from inventory.store import Store
from inventory.undo import undo
from inventory.vocabulary import AccountClass, Lifecycle
from tests.audits.conftest import ACTOR

Add = Callable[..., int]
Edit = Callable[..., None]
Audit = Callable[..., Run]

ONE_ADMIN = {"account_class": AccountClass.CORPORATE, "admin_count": 1}


def mon002(store: Store, state: str | None = None) -> list[tuple[str, str, bool, int]]:
    rows = findings(store.connection, rule="MON002", state=state)
    return [(row.number, row.state, row.evaluated, row.reopened) for row in rows]


def test_the_findings_of_an_account_that_was_taken_back_wait_unlisted_for_its_return(
    store: Store, add: Add, audit: Audit
) -> None:
    add("kekal", **ONE_ADMIN)
    gone = add("hilang", **ONE_ADMIN)
    seq, _hash = log.head(store.connection)
    before = audit()
    (number,) = (row.number for row in findings(store.connection, account=gone, rule="MON002"))
    undo(store, ACTOR, seq, "added by mistake")
    undone, _hash = log.head(store.connection)
    assert_counts_have_rows(store)
    run = audit()
    assert run.accounts == 1
    assert run.delta[Delta.NOT_EVALUATED] == 0
    (found,) = store.connection.execute(
        "SELECT count(*) FROM audit_findings WHERE account_id = ? AND evaluated = 0", (gone,)
    ).fetchone()
    assert found > 0
    assert_counts_have_rows(store, run)
    assert audit().digest == run.digest
    undo(store, ACTOR, undone, "it was no mistake")
    again = audit()
    assert again.digest == before.digest
    assert mon002(store)[-1] == (number, "open", True, 0)
    assert_counts_have_rows(store, again)


def assert_counts_have_rows(store: Store, run: Run | None = None) -> None:
    """Whatever counts open findings counts those that can be listed, all of accounts on file."""
    listed = list(findings(store.connection))
    assert all(row.account and row.handle for row in listed)
    assert len(FindingList(store.connection).first_ids("", limit=-1)) == len(listed)
    assert sum(group.count for group in open_findings(store.connection)) == len(listed)
    assert sum(line.findings for line in ministries(store.connection)) == len(listed)
    if run is not None:
        open_then = (Delta.NEW, Delta.UNCHANGED, Delta.REOPENED, Delta.NOT_EVALUATED)
        assert sum(run.delta[what] for what in open_then) == len(listed)
        for what in Delta:
            wanted = FindingFilter(state=None, delta=what)
            assert len(finding_ids(store.connection, wanted)) == run.delta[what]


@pytest.mark.parametrize("what", Delta)
def test_a_filter_by_what_became_of_findings_agrees_with_the_run_and_the_search(
    store: Store, add: Add, edit: Edit, audit: Audit, what: Delta
) -> None:
    accounts = [add(f"akaun{name}", **ONE_ADMIN) for name in "abcd"]
    audit()
    edit(accounts[0], admin_count=2)
    audit()
    edit(accounts[0], admin_count=1)
    edit(accounts[1], admin_count=2)
    edit(accounts[2], lifecycle=Lifecycle.RETIRED)
    add("baru", **ONE_ADMIN)
    run = audit()
    assert run.delta[what] > 0
    wanted = FindingFilter(state=None, delta=what)
    ids = set(finding_ids(store.connection, wanted))
    assert len(ids) == run.delta[what]
    assert ids == set(finding_ids(store.connection, replace(wanted, run=run.number)))
    assert ids == set(FindingList(store.connection).all_ids(f"delta:{what} state:any"))


def test_what_stayed_the_same_can_be_told_for_the_last_run_only(
    store: Store, add: Add, audit: Audit
) -> None:
    add(**ONE_ADMIN)
    first = audit()
    audit()
    with pytest.raises(ValueError, match="last run"):
        finding_ids(store.connection, FindingFilter(run=first.number, delta=Delta.UNCHANGED))
