"""The words people write in a cell, read into the closed lists of the record."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from inventory.importing.words import words_of
from inventory.language import Language, speaking
from inventory.vocabulary import Choice, OrganisationKind

_CONTACTS = ("registration_contact", "recovery_contact")


@cache
def _lists() -> dict[str, dict[tuple[str, ...], str]]:
    path = Path(__file__).with_name("choices.toml")
    said: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: {key_of(word): value for value, words in values.items() for word in words}
        for name, values in said.items()
    }


def key_of(text: str) -> tuple[str, ...]:
    """Return what two spellings of one word share; marks such as ✓ stand for themselves."""
    return words_of(text) or (text.strip(),)


def read_choice(field: str, choices: type[Choice], text: str) -> Choice | None:
    """Return the value that `text` means in the list of `field`, None for an unknown word."""
    key = key_of(text)
    known = _known(field, choices)
    return known.get(key)


def yes_or_no(text: str) -> bool | None:
    """Return whether `text` says yes or no, None when it says neither."""
    said = _lists()["yes_no"].get(key_of(text))
    return None if said is None else said == "yes"


def kind_said(text: str) -> OrganisationKind | None:
    """Return the kind of organisation a type column names, such as "ministry of Somewhere"."""
    exact = read_choice("kind", OrganisationKind, text)
    if isinstance(exact, OrganisationKind):
        return exact
    before_of = key_of(text)
    for joint in ("of", "in", "de", "di"):
        if joint in before_of:
            before_of = before_of[: before_of.index(joint)]
    found: Any = _known("kind", OrganisationKind).get(before_of)
    return found if isinstance(found, OrganisationKind) else None


@cache
def _known(field: str, choices: type[Choice]) -> dict[tuple[str, ...], Choice]:
    name = "contact" if field in _CONTACTS else field
    known = {words: choices(value) for words, value in _lists().get(name, {}).items()}
    for member in choices:
        known[key_of(member.value)] = member
        for language in Language:
            with speaking(language):
                known[key_of(member.label)] = member
    return known
