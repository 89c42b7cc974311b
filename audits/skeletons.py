"""A handle as the eye keeps it: letters that are drawn alike made one, what it passes over gone.

Numbers are told apart: agensi17 and agensi18 are two of a series. A figure or two between letters
that are drawn like letters are letters (ma1aysia); every other number is only known to stand there.
"""

import re
import unicodedata
from typing import NamedTuple

# Figures, and letters of other scripts, that are drawn like Latin ones; i and l are one stroke.
_FOLDED = str.maketrans(
    "0158|!$авсеікмнорԛѕтухјԁαβεικνορτυχɡıłø",
    "olsbllsabcelkmhopqstyxjdabelknoptuxgllo",
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"))
_SEPARATORS = re.compile(r"[\s._\-·•]+")
_NUMBERS = re.compile(r"[0-9]+")
_END = re.compile(r"[0-9]+$")
_DRAWN_LIKE_LETTERS = re.compile(r"[0158]{1,2}")
ANY_NUMBER = "#"
"""What stands for a number in a pattern."""
# Two letters are an affix only where they stand apart: an army is no "ar" of Malaysia.
_APART = re.compile(r"^my[\s._-]+|[\s._-]+(?:my|tv|hq)$")
_PREFIXES = ("the", "real")
_SUFFIXES = ("official", "rasmi", "malaysia", "page", "news")
SHORTEST = 3
"""A handle of which less is left is too short to be taken for another."""


class Skeleton(NamedTuple):
    """What is left of a handle: its bare letters, all of them, its numbers, and its pattern.

    `drawn` reads the figures at the end as letters too, "" where they cannot be. Handles of one
    `pattern` differ in nothing but numbers.
    """

    letters: str
    whole: str
    drawn: str
    number: str
    pattern: str


def skeleton(handle: str) -> Skeleton:
    """Return what is left of a handle when everything the eye passes over is gone."""
    text = handle.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", handle).casefold()
    text = text.strip()
    joined = _SEPARATORS.sub("", text)
    apart = _APART.sub("", text)
    if joined.isalpha() and apart == text:
        whole = _folded(joined)
        return Skeleton(_bare(whole), whole, "", "", joined)
    whole, number = _letters_and_number(joined)
    letters = whole
    if apart != text:
        letters, _number = _letters_and_number(_SEPARATORS.sub("", apart))
    return Skeleton(_bare(letters), whole, _drawn(joined), number, _NUMBERS.sub(ANY_NUMBER, joined))


def _letters_and_number(text: str) -> tuple[str, str]:
    """Return the letters, a mark for each number among them, and the numbers themselves."""
    end = _END.search(text)
    if end is None and not _NUMBERS.search(text):
        return _folded(text), ""
    numbers = [] if end is None else [end[0]]
    text = text if end is None else text[: end.start()]
    rest = _NUMBERS.sub(lambda found: _letters_or_mark(found, numbers), text)
    return _folded(rest), ".".join(numbers)


def _letters_or_mark(found: re.Match[str], numbers: list[str]) -> str:
    if _DRAWN_LIKE_LETTERS.fullmatch(found[0]):
        return found[0]
    numbers.append(found[0])
    return ANY_NUMBER


def _drawn(text: str) -> str:
    """Return the letters with one or two figures at the end read as letters, else ""."""
    end = _END.search(text)
    if end is None or not _DRAWN_LIKE_LETTERS.fullmatch(end[0]):
        return ""
    letters, number = _letters_and_number(text[: end.start()])
    return "" if number else letters + _folded(end[0])


def _folded(text: str) -> str:
    text = text.translate(_FOLDED)
    for pair, drawn_like in _PAIRS:
        text = text.replace(pair, drawn_like)
    return text


def _bare(letters: str) -> str:
    while True:
        shorter = letters
        for affix in _DRAWN_PREFIXES:
            shorter = shorter.removeprefix(affix)
        for affix in _DRAWN_SUFFIXES:
            shorter = shorter.removesuffix(affix)
        if shorter == letters or len(shorter) < SHORTEST:
            return letters
        letters = shorter


_DRAWN_PREFIXES = tuple(_folded(word) for word in _PREFIXES)
_DRAWN_SUFFIXES = tuple(_folded(word) for word in _SUFFIXES)
