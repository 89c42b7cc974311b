"""Names of organisations: spellings of one name made equal, its language and kind told.

Nothing here decides that two names mean one organisation across languages; `meaning()` only gives
`matching.py` something to weigh.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from inventory.importing.words import contains, words_of
from inventory.vocabulary import OrganisationKind

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PLACES = {"state", "city"}
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&-]{1,14}")


@dataclass(frozen=True)
class _Words:
    malay: frozenset[str]
    english: frozenset[str]
    kinds: tuple[tuple[tuple[str, ...], OrganisationKind], ...]
    kind_unknown: frozenset[tuple[str, ...]]
    skip: frozenset[str]
    country: frozenset[tuple[str, ...]]
    meanings: dict[str, str]
    heads: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """Return what the spellings of one name share; "" for a name without a letter or digit.

    Case, accents, punctuation, joining words, an acronym in brackets and the country's name at
    either end do not count: "KEMENTERIAN KEWANGAN" and "Kementerian Kewangan Malaysia (MOF)".
    """
    words = words_of(_BRACKETS.sub(_without_acronym, name)) or words_of(name)
    said = tuple(word for word in words if word not in _said().skip) or words
    return " ".join(_without_country(said))


def acronyms(name: str) -> tuple[str, ...]:
    """Return the acronyms that a name carries in brackets: "... (MITI)" gives MITI."""
    return tuple(
        inside.strip()
        for inside in _BRACKETS.findall(name)
        if _ACRONYM.fullmatch(inside.strip()) and sum(map(str.isupper, inside)) > 1
    )


def language_of(name: str) -> str:
    """Return "ms" or "en" when the words of a name tell, else ""."""
    words = set(words_of(name))
    malay, english = len(words & _said().malay), len(words & _said().english)
    if malay == english:
        return ""
    return "ms" if malay > english else "en"


def kind_of(name: str) -> OrganisationKind:
    """Return the kind that a name begins (or, in English, ends) with, else unknown."""
    words, said = words_of(name), _said()
    if any(contains(words, phrase) for phrase in said.kind_unknown):
        return OrganisationKind.UNKNOWN
    for phrase, kind in said.kinds:
        if words[: len(phrase)] == phrase:
            return kind
    if words and words[-1] in ("ministry", "department"):
        return OrganisationKind(words[-1])
    return OrganisationKind.UNKNOWN


@lru_cache(maxsize=50_000)
def meaning(name: str) -> frozenset[str]:
    """Return the words of a name in English as far as the word list goes, in no order."""
    words, meanings = name_key(name).split(), _said().meanings
    meant = []
    while words:
        pair = meanings.get(" ".join(words[:2])) if len(words) > 1 else None
        meant.append(pair or meanings.get(words[0], words[0]))
        del words[: 2 if pair else 1]
    return frozenset(meant)


def names_an_organisation(name: str) -> bool:
    """Say whether a name holds a word such as ministry, council or university."""
    return bool(meaning(name) & _said().heads)


def leaves_its_kind_open(name: str) -> bool:
    """Say whether a name may be of any kind: it holds no noun for one, or an exception to them."""
    words = words_of(name)
    is_exception = any(contains(words, phrase) for phrase in _said().kind_unknown)
    return is_exception or not (meaning(name) & _said().heads) - _PLACES


def is_word_of_names(word: str) -> bool:
    """Say whether one word, as `words_of` gives it, is of those that organisations' names share."""
    said = _said()
    known = word in said.meanings or word in said.skip or word in said.heads
    return known or word in said.places or word in said.malay or word in said.english


def without_one_word(name: str) -> list[tuple[tuple[str, ...], int]]:
    """Return what is left of a name when each word in turn is covered, and which one was."""
    words = tuple(name_key(name).split())
    return [((*words[:at], "", *words[at + 1 :]), at) for at in range(len(words))]


class Likeness(IntEnum):
    """How alike two names of organisations are, from least to most."""

    UNLIKE = 0  # they speak of different things
    UNCLEAR = 1
    TRANSLATED = 2  # in two languages, the same sort of body, and nothing against it
    SIMILAR = 3  # the same sort of body, mostly the same words, no other place
    MISSPELT = 4
    SAME_MEANING = 5
    EQUAL = 6


@lru_cache(maxsize=50_000)
def likeness(one: str, other: str) -> Likeness:
    """Return how alike two names are; in either order the same."""
    if name_key(one) == name_key(other):
        return Likeness.EQUAL
    first, second, said = meaning(one), meaning(other), _said()
    if first == second and len(first) > 1:
        return Likeness.SAME_MEANING
    if is_misspelt(one, other):
        return Likeness.MISSPELT
    same_sort = first & said.heads == second & said.heads
    if not same_sort and first & said.heads and second & said.heads:
        return Likeness.UNLIKE
    subjects = first - said.heads, second - said.heads
    shared = subjects[0] & subjects[1]
    if shared:
        elsewhere = (subjects[0] ^ subjects[1]) & said.places
        mostly = len(shared) * 2 >= min(map(len, subjects))
        return Likeness.SIMILAR if same_sort and mostly and not elsewhere else Likeness.UNCLEAR
    return _across_languages(one, other, same_sort)


def _across_languages(one: str, other: str, same_sort: bool) -> Likeness:
    languages = language_of(one), language_of(other)
    if not all(languages):
        return Likeness.UNCLEAR
    if languages[0] == languages[1] or (_is_understood(one) and _is_understood(other)):
        return Likeness.UNLIKE
    return Likeness.TRANSLATED if same_sort else Likeness.UNCLEAR


def _is_understood(name: str) -> bool:
    """Say whether a name is English, or every word of it is in the word list."""
    if language_of(name) == "en":
        return True
    return all(word in _said().meanings for word in name_key(name).split())


def is_misspelt(one: str, other: str) -> bool:
    """Say whether two names differ by one slip of the pen in one long word."""
    first, second = name_key(one).split(), name_key(other).split()
    if len(first) != len(second) or len(first) < 2:
        return False
    unlike = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(unlike) != 1:
        return False
    a, b = unlike[0]
    known = _said().meanings
    if (a in known and b in known) or min(len(a), len(b)) < 6 or a[0] != b[0]:
        return False
    return _one_slip(a, b)


def _one_slip(a: str, b: str) -> bool:
    if len(a) == len(b):
        places = [at for at in range(len(a)) if a[at] != b[at]]
        if len(places) == 2:  # two neighbours swapped
            x, y = places
            return y == x + 1 and a[x] == b[y] and a[y] == b[x]
        return len(places) == 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) - len(shorter) == 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def _without_acronym(match: re.Match[str]) -> str:
    return " " if acronyms(match[0]) else f" {match[1]} "


def _without_country(words: tuple[str, ...]) -> tuple[str, ...]:
    for phrase in sorted(_said().country, key=len, reverse=True):
        length = len(phrase)
        if len(words) - length >= 2 and words[-length:] == phrase:
            words = words[:-length]
        if len(words) - length >= 2 and words[:length] == phrase:
            words = words[length:]
    return words


@cache
def _said() -> _Words:
    path = Path(__file__).with_name("names.toml")
    said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = [
        (words_of(phrase), OrganisationKind(kind))
        for kind, entry in said["kind"].items()
        for phrase in entry["words"]
    ]
    return _Words(
        malay=frozenset(said["language"]["ms"]),
        english=frozenset(said["language"]["en"]),
        kinds=tuple(sorted(kinds, key=lambda item: -len(item[0]))),
        kind_unknown=frozenset(map(words_of, said["kind_unknown"]["words"])),
        skip=frozenset(said["skip"]["words"]),
        country=frozenset(map(words_of, said["skip"]["country"])),
        meanings=dict(said["english"]),
        heads=frozenset(said["heads"]["words"]),
        places=frozenset(said["places"]["words"]),
    )
