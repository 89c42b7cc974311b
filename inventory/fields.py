"""What a field of a record is: how it is stored, read, checked and asked for, and its words."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from inventory.language import _
from inventory.vocabulary import Choice

Value = str | int | float | None
"""What a cell of the store holds; dates are ISO text, yes and no are 1 and 0."""


class FieldKind(StrEnum):
    """How a field is stored, read, checked and asked for."""

    TEXT = "text"
    LINES = "lines"  # several values, one a line
    WEB = "web"
    DAY = "day"
    WHOLE = "whole"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LINK = "link"  # the id of another record


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its name in the store, its kind and its words."""

    name: str
    kind: FieldKind
    message: str
    group: str
    choices: type[Choice] | None = None
    default: Value = None
    required: bool = False
    references: str = ""

    @property
    def label(self) -> str:
        """The field's name for people, in the language spoken here."""
        return _(self.message)


def declare(kind: FieldKind, message: str, group: str, default: Any = None, **more: Any) -> Any:
    """Declare a dataclass field and what the rest of the program asks of it."""
    metadata = {"kind": kind, "message": message, "group": group, **more}
    if more.get("required"):
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def text(message: str, group: str, **more: Any) -> Any:
    """Declare a line of text."""
    return declare(FieldKind.TEXT, message, group, **more)


def lines(message: str, group: str) -> Any:
    """Declare several values, one a line."""
    return declare(FieldKind.LINES, message, group)


def web(message: str, group: str, **more: Any) -> Any:
    """Declare a web address."""
    return declare(FieldKind.WEB, message, group, **more)


def day(message: str, group: str, **more: Any) -> Any:
    """Declare a date."""
    return declare(FieldKind.DAY, message, group, **more)


def whole(message: str, group: str) -> Any:
    """Declare a whole number."""
    return declare(FieldKind.WHOLE, message, group)


def yes_no(message: str, group: str) -> Any:
    """Declare yes, no or not known."""
    return declare(FieldKind.YES_NO, message, group)


def choice(message: str, group: str, default: Choice) -> Any:
    """Declare one word of a closed list, `default` until something is known."""
    return declare(FieldKind.CHOICE, message, group, default, choices=type(default))


def choice_or_none(message: str, group: str, choices: type[Choice]) -> Any:
    """Declare one word of a closed list, or nothing yet."""
    return declare(FieldKind.CHOICE, message, group, choices=choices)


def link(message: str, references: str, *, required: bool = True) -> Any:
    """Declare the row id of a record in the table `references`."""
    return declare(FieldKind.LINK, message, "link", references=references, required=required)
