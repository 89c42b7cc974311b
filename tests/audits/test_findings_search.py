"""Searching findings: what terms mean, what makes no sense, orders and groups."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audits import figures, ledger
from audits.finding_history import history_of
from audits.findings import finding_ids
from audits.findings_search import FindingList, GroupedBy, read_finding_search
from audits.flags import Flag, Raised
from audits.rule_results import accounts_flagged, explanations
from audits.rules import Severity, Status
from audits.runs import Delta
from inventory.store import Store
from tests.tui.audited import audited_file


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FindingList]:
    """Return the findings of the small inventory after two audits."""
    path = audited_file(tmp_path_factory.mktemp("audited"))
    with Store.open(path) as store:
        connection = store.reader()
        yield FindingList(connection)
        connection.close()


def found(findings: FindingList, text: str) -> list[int]:
    """Return what a search finds; it must make sense."""
    assert read_finding_search(text).problems == ()
    return list(findings.all_ids(text))


def test_nothing_typed_is_every_open_finding(findings: FindingList) -> None:
    """The gravest first, then by rule and number, as everywhere."""
    assert found(findings, "") == list(finding_ids(findings.connection))


@pytest.mark.parametrize("what", list(Delta))
def test_a_delta_finds_as_many_as_the_run_counted(findings: FindingList, what: Delta) -> None:
    """Every number of the last run's difference has its rows."""
    run = ledger.latest_run(findings.connection)
    assert run is not None
    assert len(found(findings, f"delta:{what}")) == run.delta.get(what, 0)


def test_an_earlier_run_finds_what_was_open_after_it(findings: FindingList) -> None:
    """What was resolved since is found, what came since is not."""
    first, second = figures.trend(findings.connection)
    assert len(found(findings, "run:1")) == first.open_findings
    assert len(found(findings, "run:2")) == second.open_findings
    resolved = set(found(findings, "delta:resolved"))
    assert resolved
    assert resolved <= set(found(findings, "run:1"))
    assert not resolved & set(found(findings, "run:2"))


def test_states_are_told_apart(findings: FindingList) -> None:
    """Open and resolved together are all."""
    opened, resolved = found(findings, "state:open"), found(findings, "state:resolved")
    assert sorted(opened + resolved) == sorted(found(findings, "state:any"))
    assert opened
    assert resolved


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("severity:critical", lambda row: row.severity is Severity.CRITICAL),
        ("severity:high,low", lambda row: row.severity in (Severity.HIGH, Severity.LOW)),
        ("!severity:high", lambda row: row.severity is not Severity.HIGH),
        ("rule:OFF", lambda row: row.rule.startswith("OFF")),
        ("rule:mon005,own", lambda row: row.rule == "MON005" or row.rule[:3] == "OWN"),
        ("monitored", lambda row: "monitored" in row.title or "monitored" in row.handle),
        ("ujian_rasmi", lambda row: row.handle == "ujian_rasmi"),
        ("platform:tiktok", lambda row: row.platform == "tiktok"),
        ("org:percubaan", lambda row: row.organisation == "National Attempts Agency"),
        ("kehakiman", lambda row: False),
        ('"national attempts"', lambda row: row.organisation == "National Attempts Agency"),
    ],
)
def test_terms_narrow_to_what_they_say(findings: FindingList, text: str, rows: object) -> None:
    """A search finds those of all open findings that the term describes, and no others."""
    assert callable(rows)
    wanted = [row.id for row in findings.rows(found(findings, "")) if rows(row)]
    assert found(findings, text) == wanted


def test_a_ministry_takes_in_its_branch(findings: FindingList) -> None:
    """All three organisations stand under the ministry."""
    assert found(findings, "ministry:contoh") == found(findings, "")


def test_a_number_finds_its_finding_whatever_its_state(findings: FindingList) -> None:
    """F-000001 and number:F-000001 are the same, also for a resolved one."""
    resolved = found(findings, "state:resolved")[0]
    assert found(findings, f"F-{resolved:06d}") == [resolved]
    assert found(findings, f"number:F-{resolved:06d}") == [resolved]


@pytest.mark.parametrize(
    "text",
    [
        "severity:huge",
        "rule:XYZ",
        "state:gone",
        "delta:sideways",
        "run:last",
        "number:abc",
        "platform:nowhere",
        "flag:sad",
        "delta:unchanged run:1",
    ],
)
def test_what_makes_no_sense_is_said_and_finds_nothing(findings: FindingList, text: str) -> None:
    """A mistake never widens a search."""
    assert read_finding_search(text).problems
    assert list(findings.all_ids(text)) == [] or text == "run:last"


@pytest.mark.parametrize("text", ['"', "severity:", ":", "!", "rule:,", "a'b;--", "%", "F-"])
def test_half_typed_and_odd_texts_are_searched_for(findings: FindingList, text: str) -> None:
    """No text makes the query fail."""
    list(findings.all_ids(text))
    findings.groups(text, GroupedBy.RULE)


def test_orders_hold_and_turn_round(findings: FindingList) -> None:
    """Sorted by days the youngest come first, turned round the oldest."""
    up = list(findings.rows(list(findings.all_ids("", [("days", False)]))))
    assert [row.age for row in up] == sorted(row.age for row in up)
    down = list(findings.rows(list(findings.all_ids("", [("days", True)]))))
    assert [row.age for row in down] == sorted((row.age for row in up), reverse=True)


@pytest.mark.parametrize("order", ["severity", "rule", "organisation", "account", "state"])
def test_the_first_ids_are_the_first_of_all(findings: FindingList, order: str) -> None:
    """Both halves of a table agree."""
    pairs = [(order, True)]
    every = list(findings.all_ids("state:any", pairs))
    assert list(findings.first_ids("state:any", pairs, 5)) == every[:5]


@pytest.mark.parametrize("by", list(GroupedBy))
def test_groups_add_up_and_their_terms_find_them(findings: FindingList, by: GroupedBy) -> None:
    """Each group's term finds exactly as many as it counts; together they are all."""
    groups = findings.groups("", by)
    assert sum(one.count for one in groups) == len(found(findings, ""))
    for one in groups:
        assert len(found(findings, one.term)) == one.count


def test_a_finding_is_followed_through_the_runs(findings: FindingList) -> None:
    """New first, then still open or resolved."""
    resolved = found(findings, "delta:resolved")[0]
    assert [event.what for event in history_of(findings.connection, resolved)] == [
        Delta.NEW,
        Delta.RESOLVED,
    ]
    still = found(findings, "delta:unchanged")[0]
    assert [event.what for event in history_of(findings.connection, still)] == [
        Delta.NEW,
        Delta.UNCHANGED,
    ]
    assert history_of(findings.connection, 10**6) == []


def test_flags_of_an_old_run_name_the_accounts_of_then(findings: FindingList) -> None:
    """As many as the run counted, for every flag and value."""
    for run in ledger.runs(findings.connection):
        for flag in Flag:
            for value in Raised:
                accounts = accounts_flagged(findings.connection, run.number, flag, value)
                assert len(accounts) == run.flags[flag].get(value, 0)
    assert accounts_flagged(findings.connection, 99, Flag.UNOFFICIAL) == []


def test_a_result_is_explained_account_by_account(findings: FindingList) -> None:
    """What could not be assessed names what is not known."""
    run = ledger.latest_run(findings.connection)
    assert run is not None
    code = next(code for code, tally in run.tallies.items() if tally.get(Status.NOT_ASSESSED))
    accounts = figures.accounts_with(findings.connection, code, Status.NOT_ASSESSED)
    said = explanations(findings.connection, code, accounts)
    assert set(said) == set(accounts)
    assert all(one.status is Status.NOT_ASSESSED and one.reason for one in said.values())


def test_an_inventory_that_was_never_audited_has_none(tmp_path: Path) -> None:
    """No run, no findings, no groups, no error."""
    with Store.open(tmp_path / "new.db") as store:
        findings = FindingList(store.connection)
        assert list(findings.all_ids("severity:high")) == []
        assert findings.groups("", GroupedBy.RULE) == []
        assert history_of(store.connection, 1) == []
        assert accounts_flagged(store.connection, 1, Flag.UNOFFICIAL) == []
