"""Audits one after another: new, unchanged, resolved, reopened, not evaluated."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from audits import ledger
from audits.findings import FindingFilter, delta, finding_ids, findings
from audits.outcomes import status_at
from audits.policy import POLICIES, load_policy
from audits.rules import Policy, Status
from audits.run import AuditCancelled
from audits.runs import Delta, Progress, Run, Stage
from inventory import log
from inventory.errors import InventoryError
from inventory.store import Store
from inventory.vocabulary import AccountClass, Disposition, Lifecycle
from tests.audits.conftest import ACTOR, TODAY

Add = Callable[..., int]
Edit = Callable[..., None]
Audit = Callable[..., Run]

ONE_ADMIN = {"account_class": AccountClass.CORPORATE, "admin_count": 1}


def mon002(store: Store, state: str | None = None) -> list[tuple[str, str, bool, int]]:
    rows = findings(store.connection, rule="MON002", state=state)
    return [(row.number, row.state, row.evaluated, row.reopened) for row in rows]


def what_happened(store: Store, run: Run, rule: str = "MON002") -> list[Delta]:
    return [
        what
        for what in (Delta.NEW, Delta.RESOLVED, Delta.REOPENED, Delta.NOT_EVALUATED)
        if any(row.rule == rule for row in delta(store.connection, run.number, what))
    ]


def test_fail_pass_fail_is_one_finding_reopened_once(
    store: Store, add: Add, edit: Edit, audit: Audit
) -> None:
    account = add(**ONE_ADMIN)
    assert what_happened(store, audit()) == [Delta.NEW]
    ((number, *_rest),) = mon002(store)
    edit(account, admin_count=2)
    assert what_happened(store, audit()) == [Delta.RESOLVED]
    assert mon002(store) == [(number, "resolved", True, 0)]
    edit(account, admin_count=1)
    assert what_happened(store, audit()) == [Delta.REOPENED]
    assert mon002(store) == [(number, "open", True, 1)]


def test_a_second_audit_of_the_same_changes_nothing(store: Store, add: Add, audit: Audit) -> None:
    add(**ONE_ADMIN)
    first, second = audit(), audit()
    assert second.number == first.number + 1
    assert second.digest == first.digest
    assert second.counts == first.counts
    assert second.flags == first.flags
    assert second.delta[Delta.UNCHANGED] == first.delta[Delta.NEW]
    assert second.delta[Delta.NEW] == second.delta[Delta.RESOLVED] == 0


@pytest.mark.parametrize(
    "values",
    [
        {"handle": "nama_baharu"},
        {"display_name": "Nama Baharu"},
        {"notes": "x"},
        {"organisation_id": 3},
    ],
)
def test_a_renamed_or_moved_account_keeps_its_findings(
    store: Store, add: Add, edit: Edit, audit: Audit, values: dict[str, Any]
) -> None:
    account = add(**ONE_ADMIN)
    audit()
    before = [(row.number, row.fingerprint) for row in findings(store.connection, rule="MON002")]
    edit(account, **values)
    assert what_happened(store, audit()) == []
    after = [(row.number, row.fingerprint) for row in findings(store.connection, rule="MON002")]
    assert after == before


def test_what_can_no_longer_be_assessed_stays_open(
    store: Store, add: Add, edit: Edit, audit: Audit
) -> None:
    account = add(**ONE_ADMIN)
    audit()
    edit(account, admin_count=None)
    run = audit()
    assert what_happened(store, run) == [Delta.NOT_EVALUATED]
    ((number, state, evaluated, _reopened),) = mon002(store)
    assert (state, evaluated) == ("open", False)
    edit(account, admin_count=0)
    assert what_happened(store, audit()) == []
    assert mon002(store) == [(number, "open", True, 0)]


def test_not_applicable_with_a_reason_closes(
    store: Store, add: Add, edit: Edit, audit: Audit
) -> None:
    account = add(**ONE_ADMIN)
    audit()
    edit(account, account_class=AccountClass.THIRD_PARTY)
    assert what_happened(store, audit()) == [Delta.RESOLVED]


def test_retiring_closes_only_with_a_closing_date(
    store: Store, add: Add, edit: Edit, audit: Audit
) -> None:
    account = add(**ONE_ADMIN)
    audit()
    edit(account, lifecycle=Lifecycle.RETIRED)
    assert what_happened(store, audit()) == [Delta.NOT_EVALUATED]
    assert [state for _n, state, *_r in mon002(store)] == ["open"]
    edit(account, closed_on=date(2025, 12, 31))
    assert what_happened(store, audit()) == [Delta.RESOLVED]


def test_a_rule_that_is_switched_off_closes_nothing(
    store: Store, add: Add, audit: Audit, without_mon002: Policy
) -> None:
    add(**ONE_ADMIN)
    audit()
    run = audit(by=without_mon002)
    assert "MON002" not in run.rules
    ((number, state, evaluated, _reopened),) = mon002(store)
    assert (state, evaluated) == ("open", False)
    assert run.delta[Delta.NOT_EVALUATED] >= 1
    again = audit()
    assert mon002(store) == [(number, "open", True, 0)]
    assert again.delta[Delta.NEW] == again.delta[Delta.RESOLVED] == 0


@pytest.fixture
def without_mon002(tmp_path: Path) -> Policy:
    """The core policy with one rule switched off."""
    folder = shutil.copytree(POLICIES / "core", tmp_path / "policy")
    text = (folder / "mon.toml").read_text()
    start, end = text.index("[MON002]"), text.index("[MON003]")
    (folder / "mon.toml").write_text(text[:start] + text[end:])
    return load_policy(folder)


def test_a_rule_that_breaks_is_an_error_and_the_others_go_on(
    store: Store, add: Add, audit: Audit, broken: Policy
) -> None:
    add(**ONE_ADMIN)
    audit()
    run = audit(by=broken)
    assert run.errors == ("MON002",)
    assert run.counts[Status.ERROR] == 1
    assert mon002(store)[0][1:3] == ("open", False)
    from audits.findings import results_for_account

    broke = [r for r in results_for_account(store.connection, 1) if r.status is Status.ERROR]
    assert [result.rule.code for result in broke] == ["MON002"]
    assert audit().errors == ()
    assert mon002(store)[0][1:3] == ("open", True)


@pytest.fixture
def broken(tmp_path: Path) -> Policy:
    """The core policy with a rule that only breaks on real numbers."""
    folder = shutil.copytree(POLICIES / "core", tmp_path / "broken")
    text = (folder / "mon.toml").read_text()
    overflow = "abs(-9223372036854775807 - admin_count) < :min_admins"
    (folder / "mon.toml").write_text(text.replace("admin_count < :min_admins", overflow))
    return load_policy(folder)


def test_every_earlier_run_can_be_read_back(
    store: Store, add: Add, edit: Edit, audit: Audit
) -> None:
    places, kept = {}, {}

    def remember(run: Run) -> None:
        places.update(ledger.places(store.connection))
        kept[run.number] = dict(ledger.outcomes_now(store.connection))

    first = add("satu", **ONE_ADMIN)
    remember(audit())
    second = add("dua", admin_count=3, account_class=AccountClass.CORPORATE)
    edit(first, admin_count=2)
    remember(audit())
    remember(audit(on=TODAY + timedelta(days=400)))
    edit(second, admin_count=0)
    remember(audit(on=TODAY + timedelta(days=400)))
    for number, outcomes in kept.items():
        assert dict(ledger.outcomes_of(store.connection, number)) == outcomes
    statuses = [
        status_at(dict(ledger.outcomes_of(store.connection, number))[first], places["MON002"])
        for number in kept
    ]
    assert statuses == [Status.FAIL, Status.PASS, Status.PASS, Status.PASS]


def test_counts_kept_by_difference_are_the_counts(
    store: Store, add: Add, edit: Edit, audit: Audit
) -> None:
    for number in range(8):
        add(f"akaun{number}x", admin_count=number % 3, account_class=AccountClass.CORPORATE)
    audit()
    edit(3, account_class=AccountClass.IMPOSTOR, disposition=Disposition.REPORT)
    edit(5, admin_count=None)
    by_difference = audit(on=TODAY + timedelta(days=3))
    outcomes = list(ledger.outcomes_now(store.connection))
    places = ledger.places(store.connection)
    for code, tally in by_difference.tallies.items():
        for status in Status:
            counted = sum(status_at(words, places[code]) is status for _a, words in outcomes)
            assert tally.get(status, 0) == counted
    for flag, counts in by_difference.flags.items():
        marked = dict(
            store.connection.execute(f"SELECT {flag}, count(*) FROM account_marks GROUP BY 1")
        )
        assert {v.value: n for v, n in counts.items() if n} == marked


@pytest.fixture(autouse=True)
def counts_agree_with_the_findings(store: Store) -> Iterator[None]:
    """After every test here: what the last run counted is what the tables hold."""
    yield
    run = ledger.latest_run(store.connection)
    if run is not None:
        held = dict(
            store.connection.execute(
                "SELECT evaluated, count(*) FROM audit_findings WHERE state = 'open' GROUP BY 1"
            )
        )
        failing = run.delta[Delta.NEW] + run.delta[Delta.UNCHANGED] + run.delta[Delta.REOPENED]
        assert failing == held.get(1, 0)
        assert run.delta[Delta.NOT_EVALUATED] == held.get(0, 0)


def test_marks_say_what_the_last_audit_concluded(
    store: Store, add: Add, edit: Edit, audit: Audit
) -> None:
    account = add(**ONE_ADMIN)
    audit()
    held = "SELECT findings, worst, run FROM account_marks WHERE account_id = ?"
    number, worst, run = store.connection.execute(held, (account,)).fetchone()
    assert number == len(finding_ids(store.connection, FindingFilter(account=account)))
    assert (worst, run) == ("high", 1)
    edit(account, access_lost=True)
    audit()
    assert store.connection.execute(held, (account,)).fetchone() == (number + 1, "critical", 2)


def test_a_run_is_in_the_log_and_stays(store: Store, add: Add, audit: Audit) -> None:
    add(**ONE_ADMIN)
    run = audit()
    assert run.seq == log.head(store.connection)[0]
    assert list(log.chain_faults(store.connection)) == []
    assert list(log.replay_faults(store.connection)) == []
    assert ledger.latest_run(store.connection) == run
    for statement in ("UPDATE audit_runs SET accounts = 0", "DELETE FROM audit_runs"):
        with pytest.raises(InventoryError), store.change(ACTOR, "tamper") as change:
            change.connection.execute(statement)
    with pytest.raises(sqlite3.Error):
        store.connection.execute("UPDATE audit_runs SET accounts = 0")
    assert ledger.runs(store.connection) == [run]


def test_an_audit_never_edits_the_record(store: Store, add: Add, audit: Audit) -> None:
    add(**ONE_ADMIN)
    before = store.connection.execute("SELECT * FROM accounts").fetchall()
    run = audit()
    assert store.connection.execute("SELECT * FROM accounts").fetchall() == before
    written = {item.entity for item in log.items(store.connection, run.seq)}
    assert written == {"audit_runs"}


def test_a_cancelled_audit_keeps_nothing(store: Store, add: Add, audit: Audit) -> None:
    add(**ONE_ADMIN)
    head = log.head(store.connection)
    for patience in range(4):
        left = iter(range(patience))
        with pytest.raises(AuditCancelled):
            audit(cancelled=lambda left=left: next(left, None) is None)
    assert log.head(store.connection) == head
    assert ledger.latest_run(store.connection) is None
    assert audit().number == 1


def test_progress_goes_through_every_stage(store: Store, add: Add, audit: Audit) -> None:
    add(**ONE_ADMIN)
    told: list[Progress] = []
    audit(progress=told.append)
    assert list(dict.fromkeys(step.stage for step in told)) == list(Stage)
    assert all(step.done <= step.total for step in told)


def test_an_empty_inventory_can_be_audited(audit: Audit) -> None:
    run = audit()
    assert run.accounts == 0
    assert sum(run.counts.values()) == 0


def test_an_earlier_day_judges_by_that_day(store: Store, add: Add, audit: Audit) -> None:
    add(**ONE_ADMIN, reviewed_on=TODAY - timedelta(days=180))
    late = audit(on=TODAY + timedelta(days=1))
    early = audit(on=TODAY)
    assert late.tallies["DAT005"] == {Status.FAIL: 1}
    assert early.tallies["DAT005"] == {Status.PASS: 1}
