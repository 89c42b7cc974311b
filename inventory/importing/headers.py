"""What a header says: the synonyms of `headers.toml` and the record's own labels."""

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


def said_by(header: str) -> Target | None:
    """Return what a header says by itself, None when it says nothing we know."""
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
    """Read "Twitter Activo", "Pautan Facebook", "facebook_url": a platform and what of it."""
    from inventory.platforms import platform_named

    for length in range(len(words) - 1, 0, -1):
        for name, rest in ((words[:length], words[length:]), (words[-length:], words[:-length])):
            platform = platform_named(" ".join(name))
            field = _beside().get(rest) if platform else None
            if platform is None or field is None:
                continue
            if field == "ignore":
                return IGNORED
            if not field:
                return Target(Part.WIDE, platform=platform.key)
            return Target(Part.ACCOUNT, field, platform.key)
    return None


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
