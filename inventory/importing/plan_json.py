"""A plan as JSON, as documented in `docs/commands.md`; keys are stable."""

from typing import Any

from inventory.importing.lines import Line, OrganisationLine, Outcome
from inventory.importing.plan import Plan

_EXPECTED = (Outcome.NEW, Outcome.SAME)


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Return a plan in plain values: counts, then every line that is not new or same.

    Lines that are new or same but carry a warning are under `warned`.
    """
    said = plan.request
    return {
        "source": said.source,
        "file": said.table.name,
        "sha256": said.table.sha256,
        "format": said.table.format,
        "detail": said.table.detail,
        "layout": said.mapping.layout.value,
        "mapping": [
            {
                "column": column.header,
                "field": column.target.name,
                "how": column.how,
                "note": column.note,
            }
            for column in said.mapping.columns
        ],
        "rows": plan.rows,
        "rows_without_links": plan.rows_without_links,
        "links": plan.links,
        **{outcome.value: count for outcome, count in plan.counts.items()},
        "organisations_new": plan.organisations_new,
        "organisations": [_organisation(line) for line in plan.organisations],
        "lines": [_line(line) for line in plan.lines if line.outcome not in _EXPECTED],
        "warned": [
            _line(line) for line in plan.lines if line.outcome in _EXPECTED and line.warnings
        ],
        "warnings": list(plan.warnings),
        "questions": [
            {
                "key": question.key,
                "question": question.sentence,
                "candidates": [{"id": item.uid, "name": item.name} for item in question.candidates],
            }
            for question in plan.questions
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "row": line.row,
        "column": line.column,
        "value": line.value,
        "outcome": line.outcome.value,
        "key": line.key or None,
        "account": line.account,
        "organisation": line.organisation or None,
        "changes": [
            {"field": change.field, "before": change.before, "after": change.after}
            for change in line.changes
        ],
        "reason": line.reason,
        "remedy": line.remedy,
        "warnings": list(line.warnings),
    }


def _organisation(line: OrganisationLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "name": line.name,
        "outcome": line.outcome.value,
        "recorded": line.is_recorded,
        "organisation": line.organisation,
        "how": line.how,
        "candidates": [{"id": item.uid, "name": item.name} for item in line.candidates],
        "changes": [
            {"field": change.field, "before": change.before, "after": change.after}
            for change in line.changes
        ],
        "warnings": list(line.warnings),
    }
