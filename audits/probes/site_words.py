"""The words of `site_words.toml`: what websites call their pages and the parts of a page."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote

from inventory.search_text import folded

WORDS_FILE = Path(__file__).with_name("site_words.toml")
PAGE_KINDS = ("social", "contact", "links", "about")
"""Kinds of pages worth reading beside the home page, the best first."""

_LONGEST = 300  # what a link is called; longer texts are no names of pages


@dataclass(frozen=True)
class SiteWords:
    """The word lists, each as sets for quick looking up."""

    pages: dict[str, frozenset[str]]
    parts: dict[str, frozenset[str]]
    defaults: frozenset[str]

    def page_kind(self, label: str, path: str) -> str | None:
        """Return what kind of page a link leads to by its words and path, None when not worth it.

        None, too, for a list of staff.
        """
        texts = [
            f" {words} "
            for words in (_plain(label), _plain(_words_of(path)))
            if not self._first_words.isdisjoint(words.split())
        ]
        if any(self._holds(text, "never") for text in texts):
            return None
        return next(
            (kind for kind in PAGE_KINDS if any(self._holds(text, kind) for text in texts)), None
        )

    @cached_property
    def _first_words(self) -> frozenset[str]:
        """The words that any name of a page begins with: most links hold none of them."""
        return frozenset(words.split()[0] for names in self.pages.values() for words in names)

    def _holds(self, text: str, kind: str) -> bool:
        return any(f" {words} " in text for words in self.pages[kind])

    def is_default(self, name: str) -> bool:
        """Say whether an account's name came with a theme or was never filled in."""
        return name.casefold().lstrip("@").replace(".", "") in self.defaults


@cache
def site_words() -> SiteWords:
    """Return the word lists; the file is read once."""
    import tomllib

    raw = tomllib.loads(WORDS_FILE.read_text("utf-8"))
    return SiteWords(
        {kind: frozenset(_plain(words) for words in found) for kind, found in raw["pages"].items()},
        {part: frozenset(names) for part, names in raw["parts"].items()},
        frozenset(raw["defaults"]["handles"]),
    )


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", folded(text[:_LONGEST])).split())


def _words_of(path: str) -> str:
    return re.sub(r"[-_/.+]+", " ", unquote(path[:_LONGEST]))
