"""Unknown is a value: no rule passes, breaks or convicts by what is not known."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.engine import bench, judge
from audits.fact_vocabulary import FactKind, FactValue, facts
from audits.policy import dated, load_policy
from audits.rules import Rule, Status
from tests.audits.three_valued import compiled

CORE = load_policy()
TODAY = CORE.cases_on
RULES = [pytest.param(rule, id=rule.code) for rule in CORE.rules]

# Where a rule passes although a fact is unknown, on purpose; the rule's file says why.
MAY_BE_UNKNOWN = {
    "OFF001": {"account_class", "official_basis", "official_since", "recognition_count",
               "recorded_on"},
    "OFF003": {"recorded_on"},
    "OFF004": {"report_due_on", "disposition", "report_seen_on"},
    "MON001": {"handler_until", "recorded_on"},
    "MON003": {"recorded_on"},
    "MON004": {"monitoring_every_days", "recorded_on"},
    "MON005": {"recorded_on", "handler_from", "handler_until", "access_lost", "admin_count"},
    "MON006": {"recorded_on", "monitoring_every_days"},
    "MON007": {"access_lost", "admin_count"},
    "MON008": {"seasonal", "last_post_seen_on"},
    "OWN001": {"account_class", "recorded_on"},
    "OWN003": {"recorded_on", "bears_person_name", "person_signs"},
    "OWN005": {"handover_done_on", "lifecycle"},
    "DSP001": {"named_after", "person_signs"},
    "DAT006": {"latest_past_day"},
    "DAT010": {"account_class"},
    "DAT014": {"display_name"},
}  # fmt: skip


def values_of(name: str) -> list[FactValue]:
    fact = facts()[name]
    if fact.choices is not None:
        return [None, *(choice.value for choice in fact.choices if choice != "unknown")]
    if fact.kind is FactKind.DAY:
        return [None, *(TODAY + days for days in (-500, -181, -91, -31, -30, -7, 0, 1))]
    if fact.kind is FactKind.YES_NO:
        return [None, 0, 1]
    if fact.kind is FactKind.WHOLE:
        return [None, 0, 1, 2, 3, 5, 60]
    return (
        [None, "", "x:a"] if fact.kind in (FactKind.CODES, FactKind.LINES) else [None, "Unit Misal"]
    )


def twin(rule: Rule, values: Mapping[str, FactValue]) -> Status:
    given_values: dict[str, Any] = {**values, **rule.params, "today": TODAY}
    applies = compiled(rule.applies)(given_values)
    if applies is None:
        return Status.NOT_ASSESSED
    if not applies:
        return Status.NOT_APPLICABLE
    if compiled(rule.fails)(given_values):
        return Status.FAIL
    return Status.PASS if compiled(rule.passes)(given_values) else Status.NOT_ASSESSED


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
def test_engine_and_twin_agree(rule: Rule, data: st.DataObject) -> None:
    names = sorted(rule.applies_facts | rule.judged_facts)
    values = {name: data.draw(st.sampled_from(values_of(name)), name) for name in names}
    status, _reason = judge(BENCH, rule, values, TODAY)
    assert status is twin(rule, values)
    assert status not in rule.never or None in values.values()


BENCH = bench()


def with_one_unknown(rule: Rule) -> Iterator[tuple[str, Mapping[str, FactValue]]]:
    for case in rule.cases:
        if case.status is Status.PASS:
            for name in rule.applies_facts | rule.judged_facts:
                if case.facts.get(name) is not None:
                    yield name, {**dated(case.facts, TODAY), name: None}


@pytest.mark.parametrize("rule", RULES)
def test_what_is_unknown_never_passes_unless_the_rule_says_so(rule: Rule) -> None:
    allowed = MAY_BE_UNKNOWN.get(rule.code, set())
    for name, values in with_one_unknown(rule):
        status, _reason = judge(BENCH, rule, values, TODAY)
        assert status is not Status.PASS or name in allowed, name


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_knows_nothing_passes_nobody_and_convicts_nobody(rule: Rule) -> None:
    status, _reason = judge(BENCH, rule, {}, TODAY)
    assert status is Status.NOT_ASSESSED


@pytest.mark.parametrize("rule", RULES)
def test_unknown_applicability_convicts_nobody(rule: Rule) -> None:
    for case in rule.cases:
        held = {name: v for name, v in case.facts.items() if name not in rule.applies_facts}
        values: dict[str, Any] = {**dated(held, TODAY), **rule.params, "today": TODAY}
        if compiled(rule.applies)(values) is None:
            status, _reason = judge(BENCH, rule, dated(held, TODAY), TODAY)
            assert status is Status.NOT_ASSESSED
