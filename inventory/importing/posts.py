"""Who runs an account, as a list tells it: the post is kept, the name of a person never.

A text is taken for a post only where every word of it is one that posts are made of, or belongs to
the name of an organisation of the list: what cannot be told from a name is treated as a name.
"""

import re
from enum import StrEnum
from functools import cache

from inventory.importing.names import is_word_of_names
from inventory.importing.people import (
    PostKind,
    is_a_person,
    phrases_about_handlers,
    phrases_of_posts,
    post_of,
)
from inventory.importing.values import Reader, Reading, left_out, read_text
from inventory.importing.words import contains, words_of
from inventory.language import _

Words = tuple[str, ...]
_GRADE = re.compile(r"[a-z]{1,3}\d{1,3}[a-z]?|\d{1,3}")
_PARTS = re.compile(r"[,;:()\[\]/\n–-]")
_LONGEST = 120


class Told(StrEnum):
    """What a cell says of who runs an account."""

    POST = "post"
    UNIT = "unit"
    COUNT = "count"
    OTHER = "other"


def told_by(text: str, organisations: frozenset[Words] = frozenset()) -> Told:
    """Return what `text` says; `organisations` are the words of each organisation of the list."""
    words = words_of(text)
    if not words or len(text) > _LONGEST:
        return Told.OTHER
    if text.strip().isdigit():
        return Told.COUNT
    if not all(_is_known(word) for word in _without(words, organisations)):
        return Told.OTHER
    if post_of(text).kind is not PostKind.UNKNOWN or set(words) & _single("heads"):
        return Told.POST
    return Told.UNIT if words[0] in _single("units") else Told.OTHER


def asks_for_a_post(header: str) -> bool:
    """Say whether a header asks for the post itself ("Jawatan pengendali")."""
    words = words_of(header)
    return any(contains(words, phrase) for phrase in phrases_about_handlers("posts"))


def asks_who(header: str) -> bool:
    """Say whether a header that says nothing else asks who runs the account ("Pegawai")."""
    words = words_of(header)
    return any(contains(words, phrase) for phrase in phrases_about_handlers("headers"))


def may_count(header: str) -> bool:
    """Say whether a header may ask how many run the account ("Admin")."""
    return bool(set(words_of(header)) & _single("counts"))


def post_reader(header: str, organisations: frozenset[Words] = frozenset()) -> Reader:
    """Return the function that reads a column of posts: names are left out, and said to be."""
    is_asked = asks_for_a_post(header)

    def read(text: str) -> Reading:
        value, warning = read_text(text, header)
        if value is None or told_by(text, organisations) in (Told.POST, Told.UNIT):
            return value, warning
        if is_asked and _holds_a_post(text) and not _bears_a_mark(text):
            return value, warning
        return None, _no_post(header)

    return read


def _no_post(header: str) -> str:
    what = _("a text that may name a person")
    return left_out(header, what) + " " + _("Write the post alone.")


def _holds_a_post(text: str) -> bool:
    """Say whether a text holds a word of a post, and no part between commas is wholly unknown."""
    words = set(words_of(text))
    parts = filter(None, map(words_of, _PARTS.split(text)))
    return bool(words & (_single("heads") | _single("units"))) and all(
        any(map(_is_known, part)) for part in parts
    )


def _bears_a_mark(text: str) -> bool:
    """Say whether a text, or a part of it between commas and brackets, is a person's name."""
    return any(is_a_person(part) for part in (text, *_PARTS.split(text)) if part.strip())


def _without(words: Words, phrases: frozenset[Words]) -> Words:
    """Return the words that are not part of an organisation's whole name or an office's."""
    at, left = 0, []
    while at < len(words):
        for end in range(len(words), at + 1, -1):
            if words[at:end] in phrases or _is_office(words[at:end]):
                at = end
                break
        else:
            left.append(words[at])
            at += 1
    return tuple(left)


def _is_office(words: Words) -> bool:
    return len(words) > 1 and words in phrases_of_posts()


def _is_known(word: str) -> bool:
    known = word in _single("heads") or word in _single("words") or word in _single("units")
    return known or _GRADE.fullmatch(word) is not None or is_word_of_names(word)


@cache
def _single(kind: str) -> frozenset[str]:
    return frozenset(word for phrase in phrases_about_handlers(kind) for word in phrase)
