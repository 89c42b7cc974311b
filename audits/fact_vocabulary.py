"""The closed vocabulary of facts, read from `facts.toml`: what a rule may name, and its words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from audits.words import Words, words_from
from inventory import vocabulary
from inventory.language import _
from inventory.safe_text import visible
from inventory.vocabulary import Choice

FactValue = str | int | None
"""A fact as the rules see it: days are day numbers, yes and no 1 and 0, NULL not known."""

_FILE = Path(__file__).with_name("facts.toml")


class FactKind(StrEnum):
    """How a fact is compared and shown."""

    CHOICE = "choice"
    TEXT = "text"
    DAY = "day"
    WHOLE = "whole"
    YES_NO = "yes_no"
    CODES = "codes"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its name in the rules, its kind, where it comes from and its words."""

    name: str
    kind: FactKind
    source: str
    words: Words
    choices: type[Choice] | None
    codes: Mapping[str, Words]

    @property
    def column(self) -> str | None:
        """The field of the account that is this fact as it stands, or None."""
        table, dot, name = self.source.partition(".")
        return name if table == "accounts" and dot and name.isidentifier() else None

    def shown(self, value: FactValue) -> str:
        """Return the value for people, in the language spoken here; nothing in it acts."""
        if value is None:
            return _("not known")
        if self.kind is FactKind.DAY:
            return date.fromordinal(int(value)).isoformat()
        if self.kind is FactKind.YES_NO:
            return _("yes") if value else _("no")
        if self.kind is FactKind.CODES:
            return self._codes_shown(str(value))
        if self.kind is FactKind.LINES:
            return "; ".join(map(visible, str(value).split("\n"))) if value else _("none found")
        if self.choices is not None:
            return self.choices(str(value)).label
        return visible(str(value))

    def _codes_shown(self, value: str) -> str:
        if not value:
            return _("none found")
        return "; ".join(
            self.codes[code].here if code in self.codes else visible(code) for code in value.split()
        )


@cache
def facts() -> Mapping[str, Fact]:
    """Return every fact by its name, in the order of the file."""
    held = _held()
    codes = {
        name: {code: words_from(text) for code, text in listed.items()}
        for name, listed in held["codes"].items()
    }
    return {
        name: Fact(
            name,
            FactKind(entry["type"]),
            entry["from"],
            words_from(entry),
            getattr(vocabulary, entry["choices"]) if "choices" in entry else None,
            codes.get(name, {}),
        )
        for name, entry in held["facts"].items()
    }


@cache
def _held() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
