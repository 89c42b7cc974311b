"""A policy is trusted only when every rule of it proves itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from audits.engine import bench, judge
from audits.policy import POLICIES, PolicyRefused, dated, load_policy
from audits.rules import Case, Policy, Rule, Status
from inventory.language import Language, speaking

EXPECTED = {
    *(f"OFF00{n}" for n in range(1, 5)),
    *(f"VER00{n}" for n in range(1, 4)),
    *(f"MON00{n}" for n in range(1, 9)),
    *(f"OWN00{n}" for n in (1, 2, 3, 5, 6)),
    *(f"DSP00{n}" for n in (1, 3)),
    *(f"DAT00{n}" for n in (1, 2, 3, 5, 6, 7, 8)),
    *(f"DAT01{n}" for n in range(5)),
}
CORE = load_policy()
CASES = [
    pytest.param(rule, case, id=f"{rule.code}-{number}-{case.status}")
    for rule in CORE.rules
    for number, case in enumerate(rule.cases, 1)
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_every_case_comes_out_as_it_says(rule: Rule, case: Case) -> None:
    connection = bench()
    status, reason = judge(connection, rule, dated(case.facts, CORE.cases_on), CORE.cases_on)
    assert status is case.status
    assert case.reason in (None, reason or "unknown")


def test_core_holds_the_rules_it_promises(policy: Policy) -> None:
    assert {rule.code for rule in policy.rules} == EXPECTED


def test_core_speaks_both_languages_and_they_differ(policy: Policy) -> None:
    for rule in policy.rules:
        for words in (rule.title, rule.remedy):
            assert words.en != words.ms
            assert "{" not in words.en + words.ms
        assert "{" not in rule.expected.en + rule.expected.ms
        assert rule.remedy.en.endswith(".")
        assert rule.remedy.ms.endswith(".")
    with speaking(Language.MALAY):
        assert policy.rule("MON002").title.here == policy.rule("MON002").title.ms


def test_every_clause_leads_to_a_document_and_whom_it_binds(policy: Policy) -> None:
    for rule in policy.rules:
        for clause in rule.clauses:
            assert clause.id.startswith(f"{clause.source.code}:")
            assert clause.source.binds.en
            assert clause.text.ms
        if rule.obligation == "must":
            assert any(clause.source.code == "melaka" for clause in rule.clauses)


def test_a_rule_shows_what_it_compares(policy: Policy) -> None:
    for rule in policy.rules:
        assert set(rule.actual) & rule.judged_facts, rule.code


def test_the_digest_changes_with_any_byte(tmp_path: Path, policy: Policy) -> None:
    folder = shutil.copytree(POLICIES / "core", tmp_path / "core")
    assert load_policy(folder).digest == policy.digest
    with (folder / "ver.toml").open("a") as file:
        file.write("\n")
    assert load_policy(folder).digest != policy.digest


Change = Callable[[str], str]


def swap(before: str, after: str) -> Change:
    def change(text: str) -> str:
        assert before in text
        return text.replace(before, after, 1)

    return change


REFUSED: list[tuple[str, Change, str]] = [
    ("an unknown fact", swap("admin_count < :min", "admin_total < :min"), "admin_total"),
    ("an unknown fact shown", swap('actual = ["admin_count"]', 'actual = ["x"]'), "'x'"),
    ("an unknown parameter", swap("admin_count < :min_admins", "admin_count < :most"), "most"),
    ("a lacking language", swap('title.ms  = "S', 'title.xx = "S'), "lacks ms"),
    ("an empty language", swap('remedy.en = "Add', 'remedy.en = "" #'), "lacks en"),
    ("no clause", swap('clause = ["melaka:7.8"]', "clause = []"), "no clause"),
    ("an unknown clause", swap('"melaka:7.8"', '"melaka:99"'), "melaka:99"),
    ("an unknown severity", swap('severity = "medium"', 'severity = "urgent"'), "urgent"),
    ("an unknown obligation", swap('"derived"', '"perhaps"'), "perhaps"),
    ("an unknown subject", swap('"account"', '"weather"'), "weather"),
    ("an unknown key", swap("subject =", "flavour = 1\nsubject ="), "flavour"),
    ("a missing case", swap('  { is = "pass", admin_count = 2 },\n', ""), "no case for pass"),
    ("a case it never gives", swap("cases =", 'never = ["pass"]\ncases ='), "never gives"),
    ("a case that is wrong", swap("admin_count = 2 }", "admin_count = 1 }"), "case 1 should be"),
    ("a second statement", swap("admin_count < :min", "1; SELECT admin_count < :min"), "more than"),
    ("another table", swap("admin_count < ", "(SELECT 1 FROM sqlite_master) < "), "refused"),
    ("a query over facts", swap("admin_count < ", "(SELECT admin_count) < "), "refused"),
    ("a function off the list", swap("admin_count < ", "randomblob(9) < "), "refused"),
    ("two expressions", swap("admin_count < ", "1), (admin_count < "), "more than one"),
    (
        "a quoted name",
        swap("admin_count < ", "'x' = \\\"admin_count\\\" OR admin_count < "),
        "more than",
    ),
    ("a comment", swap("admin_count < :min_admins", "admin_count --"), "more than"),
    ("the account's own number", swap("admin_count < ", "account_id < "), "account_id"),
    ("a reason without words", swap("given =", 'reasons = [["because", "1"]]\ngiven ='), "because"),
    ("broken TOML", swap("[MON002]", "[MON002"), "rules.toml"),
    ("a code of another form", swap("[MON002]", "[MON2]"), "three letters"),
]

RULE = """
[MON002]
title.en  = "At least two people can administer the account"
title.ms  = "Sekurang-kurangnya dua orang boleh mentadbir akaun"
severity = "medium"
obligation = "derived"
clause = ["melaka:7.8"]
subject = "account"
applies = "ours = 1"
fails = "admin_count < :min_admins"
passes = "admin_count >= :min_admins"
actual = ["admin_count"]
expected.en = "{min_admins} or more"
expected.ms = "{min_admins} atau lebih"
params = { min_admins = 2 }
remedy.en = "Add a second administrator."
remedy.ms = "Tambah pentadbir kedua."
given = { ours = 1 }
cases = [
  { is = "pass", admin_count = 2 },
  { is = "fail", admin_count = 1 },
  { is = "not_assessed" },
  { is = "not_applicable", ours = 0 },
]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "policy"
    made.mkdir()
    shutil.copy(POLICIES / "core" / "policy.toml", made)
    (made / "rules.toml").write_text(RULE)
    return made


def test_a_policy_of_ones_own_is_loaded(folder: Path) -> None:
    held = load_policy(folder, judge_cases=True)
    assert [rule.code for rule in held.rules] == ["MON002"]
    assert held.rule("MON002").expected.en == "2 or more"


@pytest.mark.parametrize(
    ("change", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_rule_that_cannot_be_trusted_is_refused(folder: Path, change: Change, said: str) -> None:
    (folder / "rules.toml").write_text(change(RULE))
    with pytest.raises(PolicyRefused) as refusal:
        load_policy(folder, judge_cases=True)
    assert said in str(refusal.value)


def test_one_code_cannot_stand_in_two_files(folder: Path) -> None:
    (folder / "again.toml").write_text(RULE)
    with pytest.raises(PolicyRefused, match="two files"):
        load_policy(folder)


def test_a_folder_without_a_policy_says_so(tmp_path: Path) -> None:
    with pytest.raises(PolicyRefused, match="no policy"):
        load_policy(tmp_path)


def test_a_rule_that_is_never_assessed_wrongly_says_so(policy: Policy) -> None:
    assert policy.rule("DAT007").never == {Status.NOT_APPLICABLE, Status.NOT_ASSESSED}
