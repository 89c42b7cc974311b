"""The values of a record in words, from the record itself or as the log keeps them."""

from datetime import date
from typing import Any

from inventory.fields import Field, FieldKind
from inventory.language import N_, _
from inventory.vocabulary import Choice

GROUPS = {
    "identity": N_("Identity"),
    "standing": N_("Standing"),
    "ownership": N_("Ownership"),
    "coordination": N_("Who runs it"),
    "monitoring": N_("Monitoring"),
    "response": N_("Decisions and reports"),
    "record": N_("Record"),
}
"""The groups of an account's fields, in the order they are shown."""


def group_title(group: str) -> str:
    """Return the heading of a group of fields."""
    return _(GROUPS.get(group, group))


def is_unknown(value: object) -> bool:
    """Say whether a value means that nothing is known."""
    return value in (None, "") or (isinstance(value, Choice) and value.value == "unknown")


def value_text(field: Field, value: Any) -> str:
    """Return a value in words: choices by their label, dates as 20/11/2026, unknown as such."""
    if is_unknown(value) or value == "unknown":
        return _("unknown")
    if field.kind is FieldKind.CHOICE and field.choices is not None:
        known = {choice.value: choice for choice in field.choices}
        return known[value].label if value in known else str(value)
    if field.kind is FieldKind.DAY:
        return day_text(value)
    if field.kind is FieldKind.YES_NO:
        return _("yes") if value else _("no")
    return str(value)


def day_text(value: date | str) -> str:
    """Return a date as people here write it; a text that is no date as it is."""
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError:
        return str(value)
    return f"{day:%d/%m/%Y}"
