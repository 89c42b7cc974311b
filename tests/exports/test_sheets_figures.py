"""Every figure on the cover and the summary, counted again from the workbook's own rows."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from exports.workbook import export_workbook
from inventory.language import Language
from inventory.store import Store
from tests.exports.audited import (
    BEFORE,
    TODAY,
    accounts,
    audited,
    changed_between,
    inventory_at,
)
from tests.exports.opened import Table, block, opened, table

FLAGS = ("Unofficial", "Without badge", "Cannot be monitored", "Tied to an individual")
STATUSES = ("official", "unofficial", "disputed", "unknown")
SHOWN = {"government", "organisation", "paid, organisation", "paid, person", "legacy"}
SHOWN |= {"kind not noted"}
NOT_SHOWN = {"none", "lost", "requested"}
OTHERS = ("third party", "impostor")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A workbook of 90 accounts, audited twice."""
    folder = tmp_path_factory.mktemp("figures")
    path = audited(inventory_at(folder / "inventory.db", accounts(90)), BEFORE)
    audited(changed_between(path), TODAY)
    with Store.open(path) as store:
        export_workbook(store.connection, folder / "a.xlsx", on=TODAY, language=Language.ENGLISH)
    return opened(folder / "a.xlsx")


@pytest.fixture(scope="module")
def inventory(book: Any) -> Table:
    return table(book["Inventory"])


@pytest.fixture(scope="module")
def findings(book: Any) -> Table:
    return table(book["Findings"])


def shows(row: dict[str, Any]) -> str:
    badge = row["Badge"]
    return "badge" if badge in SHOWN else "no badge" if badge in NOT_SHOWN else "not known"


def test_the_rows_hold_something_of_everything(inventory: Table, findings: Table) -> None:
    assert len(inventory.rows) == 90
    assert {row["Official status"] for row in inventory.rows} == set(STATUSES)
    assert {shows(row) for row in inventory.rows} == {"badge", "no badge", "not known"}
    for flag in FLAGS:
        assert {row[flag] for row in inventory.rows} == {"yes", "no", "not assessed"}
    assert {row["Change"] for row in findings.rows} >= {"new", "unchanged"}
    assert {row["Severity"] for row in findings.rows} >= {"critical", "high", "medium", "low"}


def branches_counted(inventory: Table, findings: Table) -> Iterator[tuple[str, list[int]]]:
    whose = {row["Organisation"]: row["Ministry or branch"] for row in inventory.rows}
    for branch in {*whose.values()}:
        rows = inventory.where(**{"Ministry or branch": branch})
        counts = [len(rows)]
        for flag in FLAGS:
            counts += [sum(row[flag] == value for row in rows) for value in ("yes", "not assessed")]
        open_here = [row for row in findings.rows if whose[row["Organisation"]] == branch]
        grave = sum(row["Severity"] in ("critical", "high") for row in open_here)
        yield branch, [*counts, grave, len(open_here)]


def test_flags_by_ministry(book: Any, inventory: Table, findings: Table) -> None:
    rows = block(book["Summary"], "The four flags by ministry", 12)
    body = rows[4:]
    expected = dict(branches_counted(inventory, findings))
    assert {row[0]: row[1:] for row in body[:-1]} == expected
    assert body[-1] == ["Total", *map(sum, zip(*expected.values(), strict=True))]
    raised = [sum(row[2:10:2]) for row in body[:-1]]
    assert raised == sorted(raised, reverse=True)


def test_a_state_below_a_ministry_is_a_branch_of_its_own(inventory: Table) -> None:
    branches = {row["Organisation"]: row["Ministry or branch"] for row in inventory.rows}
    assert branches["Majlis Ibarat"] == branches["Negeri Andaian"] == "Negeri Andaian"
    assert branches["Jabatan Tamsil"] == "Kementerian Contoh"
    assert branches["Lembaga Sendiri"] == "Lembaga Sendiri"


def test_official_status_by_badge_by_platform(book: Any, inventory: Table) -> None:
    counted = Counter(
        (row["Platform"], row["Official status"], shows(row)) for row in inventory.rows
    )
    body = block(book["Summary"], "Official status and badge by platform")[4:]
    cells = [(s, badge) for s in STATUSES for badge in ("badge", "no badge", "not known")]
    for platform, total, *numbers in body[:-1]:
        assert numbers == [counted[platform, *cell] for cell in cells]
        assert total == sum(numbers)
    totals = [sum(counted[row[0], *cell] for row in body[:-1]) for cell in cells]
    assert body[-1] == ["Total", len(inventory.rows), *totals]
    sums = block(book["Summary"], "Official status by platform", 5)[1:]
    for platform, *numbers in sums:
        rows = inventory.where(Platform=platform)
        assert numbers == [sum(r["Official status"] == s for r in rows) for s in STATUSES]


def test_the_seminars_table_and_the_baseline_beside_it(book: Any, inventory: Table) -> None:
    rows = block(book["Summary"], "The seminar's table, counted by definition")
    platforms = rows[2][1:4]
    assert platforms == ["Facebook", "Instagram", "TikTok"]
    lines = {row[0]: row[1:4] for row in rows[3:]}
    for place, platform in enumerate(platforms):
        expected = seminar(inventory, platform)
        assert {text: numbers[place] for text, numbers in lines.items()} == expected
    baseline = {row[5]: row[11:14] for row in rows[3:6]}
    assert list(baseline.values()) == [[22, 14, 0], [48, 36, 3], [85, 76, 64]]
    assert "27" in next(iter(baseline))


def seminar(inventory: Table, platform: str) -> dict[str, int]:
    """Count one platform by the printed definitions."""
    held = [row for row in inventory.where(Platform=platform) if row["State"] != "retired"]
    ministries = [row for row in held if row["Kind of organisation"] == "ministry"]
    agencies = [
        row
        for row in held
        if row["Kind of organisation"] != "ministry"
        and "dissolved" not in row["Kind of organisation"]
    ]

    def organisations(rows: list[dict[str, Any]]) -> set[str]:
        return {row["Organisation"] for row in rows}

    def official(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if row["Official status"] == "official"]

    def others(row: dict[str, Any]) -> bool:
        return row["Class"] in OTHERS

    badged = [row for row in official(ministries) if shows(row) == "badge"]
    with_official = organisations(official(agencies))
    not_known = [r for r in agencies if r["Official status"] == "unknown" and not others(r)]
    unofficial = [r for r in agencies if r not in official(agencies) and r not in not_known]
    ours = [row for row in agencies if not others(row)]
    statuses = Counter(row["Official status"] for row in ours)
    only_unofficial = organisations(unofficial) - with_official
    counts = {
        "(a) ministries with at least one official account": organisations(official(ministries)),
        "(b) ministries with at least one account that is official and shows a badge":
            organisations(badged),
        "(c) agencies with at least one official account": with_official,
        "(c) agencies with unofficial accounts and no official one": only_unofficial,
        "(c) agencies whose accounts all have an unknown official status":
            organisations(agencies) - with_official - organisations(unofficial),
    }  # fmt: skip
    active_agencies = 6  # of the fixture, those without an account included
    return {
        **{text: len(found) for text, found in counts.items()},
        "(c) agencies without any account": active_agencies - len(organisations(agencies)),
        "(d) agencies' accounts that are official": statuses["official"],
        "(d) agencies' accounts that are unofficial or disputed":
            statuses["unofficial"] + statuses["disputed"],
        "(d) accounts of third parties and impostors under agencies' names":
            sum(map(others, agencies)),
        "(d) agencies' accounts whose official status is not known": statuses["unknown"],
    }  # fmt: skip


def cover_rows(book: Any) -> list[list[Any]]:
    return [list(row) for row in book["Cover"].iter_rows(values_only=True)]


def below(rows: list[list[Any]], title: str) -> dict[str, int]:
    """Return the words of one line of the cover with the figures under them."""
    at = next(number for number, row in enumerate(rows) if row[0] == title)
    pairs = zip(rows[at][2:], rows[at + 1][2:], strict=True)
    return {word: number for word, number in pairs if word is not None}


def test_the_tiles_of_the_cover(book: Any, inventory: Table) -> None:
    rows = cover_rows(book)
    at = next(n for n, row in enumerate(rows) if row[0] == "Unofficial")
    assert [word for word in rows[at] if word] == list(FLAGS)
    for place, flag in enumerate(FLAGS):
        values = Counter(row[flag] for row in inventory.rows)
        assert rows[at + 1][2 * place : 2 * place + 2] == ["Yes", "Not assessed"]
        told = rows[at + 2][2 * place : 2 * place + 2]
        assert told == [values["yes"], values["not assessed"]]
        assert rows[at + 3][2 * place] == f"no: {values['no']}"


def test_the_flags_over_all_accounts(book: Any, inventory: Table) -> None:
    body = block(book["Summary"], "The four flags over all accounts", 5)[3:]
    for (name, *numbers), flag in zip(body, FLAGS, strict=True):
        values = Counter(row[flag] for row in inventory.rows)
        assert name == flag
        assert numbers == [values["yes"], values["not assessed"], values["no"], 90]


def test_the_findings_on_the_cover(book: Any, findings: Table) -> None:
    rows = cover_rows(book)
    severities = Counter(row["Severity"].capitalize() for row in findings.rows)
    told = below(rows, "Open findings by severity")
    assert told.pop("All") == len(findings.rows)
    assert {word: number for word, number in told.items() if number} == severities
    changes = Counter(row["Change"].capitalize() for row in findings.rows)
    told = below(rows, "Findings since the run before")
    told.pop("Resolved")
    assert {word: number for word, number in told.items() if number} == changes


def test_where_to_begin_names_the_rules_with_their_findings(book: Any, findings: Table) -> None:
    rows = cover_rows(book)
    title = "Where to begin: the gravest rules and their open findings"
    at = next(number for number, row in enumerate(rows) if row[0] == title)
    named = rows[at + 1 : at + 7]
    counted = Counter(row["Rule"] for row in findings.rows)
    assert [row[7] for row in named] == [counted[row[1]] for row in named]
    assert named[0][0] == "critical"


def test_the_results_on_the_cover_are_those_of_the_rules(book: Any, findings: Table) -> None:
    told = below(cover_rows(book), "Results of all rules")
    rules = table(book["Rules"])
    for word in ("Pass", "Fail", "Not assessed", "Not applicable"):
        assert told[word] == sum(row[word] for row in rules.rows)
    assert sum(told.values()) == 90 * len(rules.rows)
    counted = Counter(row["Rule"] for row in findings.rows if row["Change"] != "not evaluated")
    assert {row["Rule"]: row["Fail"] for row in rules.rows if row["Fail"]} == counted


def test_what_was_not_assessed_is_counted_rule_by_rule(book: Any) -> None:
    rules = {row["Rule"]: row for row in table(book["Rules"]).rows}
    lines = table(book["Not assessed"]).rows
    assert {line["Rule"] for line in lines} == {c for c, r in rules.items() if r["Not assessed"]}
    for line in lines:
        rule = rules[line["Rule"]]
        assert line["Accounts not assessed"] == rule["Not assessed"]
        applies = rule["Pass"] + rule["Fail"] + rule["Not assessed"]
        assert line["Of accounts it applies to, or may"] == applies
        assert line["Share"] == rule["Not assessed"] / applies
        why = [int(part.rpartition("(")[2][:-1]) for part in line["Why (accounts)"].split("\n")]
        assert sum(why) == line["Accounts not assessed"]


def test_the_course_of_the_runs(book: Any, inventory: Table, findings: Table) -> None:
    body = block(book["Summary"], "Audit runs so far", 12)[3:]
    assert [row[1].date() for row in body] == [BEFORE, TODAY]
    newest = body[-1]
    assert newest[2] == len(inventory.rows)
    assert newest[3:7] == [len(inventory.where(**{flag: "yes"})) for flag in FLAGS]
    assert newest[7] == len(findings.where(Change="new"))
    assert newest[10] == len(findings.rows)
    told = below(cover_rows(book), "Results of all rules")
    applies = told["Pass"] + told["Fail"] + told["Not assessed"]
    assert newest[11] == (told["Pass"] + told["Fail"]) / applies


def test_the_rows_counted_in_provenance(book: Any, inventory: Table, findings: Table) -> None:
    told = {row["Item"]: row["Value"] for row in table(book["Provenance"]).rows}
    assert told["Inventory"] == told["Accounts in the inventory"] == str(len(inventory.rows))
    assert told["Findings"] == told["Open findings in the inventory"] == str(len(findings.rows))
    assert told["Rows and counts agree"] == "yes"
