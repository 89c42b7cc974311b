"""What a header says: the synonyms of `headers.toml` and the record's own labels."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from inventory.importing.targets import (
    IGNORED,
    PRIVATE,
    Part,
    Target,
    account_fields,
    target_named,
)
from inventory.importing.words import contains, words_of
from inventory.language import Language, speaking
from inventory.record import Account, field_named

Words = tuple[str, ...]

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NUMBER = re.compile(r"^\s*(?:\d{1,3}\s*[.):-]|[A-Za-z][.)])\s*")
_LONGEST_PLATFORM = 4


def said_by(header: str) -> Target | None:
    """Return what a header says by itself, None when it says nothing we know.

    "3) Pautan Facebook (jika ada)" says what "Pautan Facebook" says: what stands in brackets and
    the number before are left out where the whole header says nothing.
    """
    bare = _BRACKETS.sub(" ", header)
    for wording in dict.fromkeys((header, bare, _NUMBER.sub("", bare))):
        found = _said_by(wording)
        if found is not None:
            return found
    return None


def _said_by(header: str) -> Target | None:
    words = words_of(header)
    if not words:
        return None
    last = words_of(header.rpartition(".")[2]) if "." in header else words
    return (
        exactly(words)
        or _platform(last)
        or exactly(last)
        or _beside_a_platform(last)
        or _private(header)
        or exactly(_without(last, "fillers"))
    )


def exactly(words: Words) -> Target | None:
    """Return the target whose synonym these words are."""
    return _exact().get(words)


def hinted_by(header: str) -> Target | None:
    """Return the target of the longest synonym that stands in a longer header."""
    words = words_of(header)
    return next((target for phrase, target in _held() if contains(words, phrase)), None)


def rests_said(kind: str) -> list[str]:
    """Return the phrases with which totals or notes begin, the longest first."""
    return sorted(_said()["rests"][kind], key=len, reverse=True)


def _private(header: str) -> Target | None:
    from inventory.privacy import is_private_column

    return PRIVATE if is_private_column(header) else None


def _platform(words: Words) -> Target | None:
    from inventory.platforms import platform_named

    platform = platform_named(" ".join(words))
    return Target(Part.WIDE, platform=platform.key) if platform else None


def _beside_a_platform(words: Words) -> Target | None:
    """Read "Twitter Activo", "facebook_url", "Instagram disahkan?": a platform and what of it."""
    from inventory.platforms import platform_named

    for length in range(min(len(words) - 1, _LONGEST_PLATFORM), 0, -1):
        for start in range(len(words) - length + 1):
            rest = words[:start] + words[start + length :]
            field = _field_beside(rest)
            platform = platform_named(" ".join(words[start : start + length]))
            if platform is None or field is None:
                continue
            if field == "ignore":
                return IGNORED
            if not field:
                return Target(Part.WIDE, platform=platform.key)
            return Target(Part.ACCOUNT, field, platform.key)
    return None


def _field_beside(rest: Words) -> str | None:
    """Return the field that words beside a platform mean, "" for its accounts, None for none."""
    plain = _without(rest, "fillers")
    if not plain:
        return ""
    found = _beside().get(rest, _beside().get(plain))
    if found is None and _beside().get(_without(plain, "claims")) == "":
        return ""  # "Pautan Facebook rasmi"
    return found


def _without(words: Words, kind: str) -> Words:
    dropped = _said()["around"][kind]
    return tuple(word for word in words if word not in dropped)


@cache
def _said() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).with_name("headers.toml")
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return said


def _target(name: str) -> Target:
    found = target_named(name)
    if found is None:
        raise ValueError(f"headers.toml names an unknown target: {name}")
    return found


@cache
def _exact() -> dict[Words, Target]:
    known: dict[Words, Target] = {}
    for field in account_fields():
        target = Target(Part.ACCOUNT, field)
        known[words_of(field)] = target
        for language in Language:
            with speaking(language):
                known[words_of(field_named(Account, field).label)] = target
    for name, synonyms in _said()["exact"].items():
        for synonym in synonyms:
            known[words_of(synonym)] = _target(name)
    return known


@cache
def _held() -> tuple[tuple[Words, Target], ...]:
    pairs = [
        (words_of(phrase), _target(name))
        for name, phrases in _said()["holds"].items()
        for phrase in phrases
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _beside() -> dict[Words, str]:
    return {
        words_of(phrase): name.removeprefix("account.")
        for name, phrases in _said()["beside_a_platform"].items()
        for phrase in phrases
    }
