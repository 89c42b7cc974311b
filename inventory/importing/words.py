"""Text reduced to its words, so that spelling, accents and punctuation do not tell two apart."""

import re
from functools import lru_cache

from inventory.search_text import folded

_POSSESSIVE = re.compile(r"['’`´]s\b")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text`: lower case, without accents, marks and possessive endings."""
    return tuple(_WORD.findall(_POSSESSIVE.sub("", folded(text))))


def contains(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Say whether `phrase` stands in `words` as whole words side by side."""
    length = len(phrase)
    return any(words[at : at + length] == phrase for at in range(len(words) - length + 1))


def nearest(text: str, known: list[str]) -> str | None:
    """Return the known word that `text` was most likely meant to be, None when none is near."""
    from difflib import get_close_matches

    found = get_close_matches(text.casefold(), [word.casefold() for word in known], n=1, cutoff=0.6)
    return next((word for word in known if found and word.casefold() == found[0]), None)
