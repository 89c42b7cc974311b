"""Between a record and its row: dates are ISO text, choices their word, yes and no are 1 and 0."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any

from inventory.fields import FieldKind, Value
from inventory.record import TABLES, fields_of


def as_stored(value: object) -> Value:
    """Return what the store keeps for a value of a record."""
    if value is None:
        return None
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"a record cannot hold {type(value).__name__}")


def as_row(record: Any) -> tuple[Value, ...]:
    """Return the row of a record, in the order of its table's columns."""
    record_type = type(record)
    row = list(_VALUES[record_type](record))
    for place in _CONVERTED[record_type]:
        row[place] = as_stored(row[place])
    return tuple(row)


def from_row(record_type: type[Any], row: Sequence[Value]) -> Any:
    """Return the record that a row of its table holds."""
    reading = _READING[record_type]
    values = {
        name: value if value is None or name not in reading else reading[name](value)
        for name, value in zip(_NAMES[record_type], row, strict=True)
    }
    values["uid"] = values["uid"] or ""
    return record_type(**values)


def _reading_of(record_type: type[Any]) -> Mapping[str, Callable[[Any], object]]:
    by_kind: dict[FieldKind, Callable[[Any], object]] = {
        FieldKind.DAY: date.fromisoformat,
        FieldKind.YES_NO: bool,
    }
    return {
        field.name: field.choices or by_kind[field.kind]
        for field in fields_of(record_type)
        if field.choices or field.kind in by_kind
    }


def _converted(record_type: type[Any]) -> tuple[int, ...]:
    kinds = (FieldKind.DAY, FieldKind.YES_NO, FieldKind.CHOICE)
    converted = {field.name for field in fields_of(record_type) if field.kind in kinds}
    names = (item.name for item in fields(record_type))
    return tuple(place for place, name in enumerate(names) if name in converted)


_NAMES = {record_type: [item.name for item in fields(record_type)] for record_type in TABLES}
_VALUES = {record_type: attrgetter(*names) for record_type, names in _NAMES.items()}
_CONVERTED = {record_type: _converted(record_type) for record_type in TABLES}
_READING = {record_type: _reading_of(record_type) for record_type in TABLES}
