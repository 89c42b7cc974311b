"""People in a list: who holds an office, who is a member of staff, and what a person's name is.

An office-holder's account speaks for the office and belongs in the inventory; a member of staff's
own account does not. The difference is read from the post, never guessed from the account.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from inventory.importing.names import names_an_organisation
from inventory.importing.words import contains, words_of
from inventory.vocabulary import PersonRole


class PostKind(StrEnum):
    """What a text in a column of posts says."""

    OFFICE = "office"
    STAFF = "staff"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Post:
    """A post as a file names it: its kind, the role it gives, the body its holder sits in."""

    kind: PostKind
    role: PersonRole = PersonRole.UNKNOWN
    body: str = ""


_NO_POST = Post(PostKind.UNKNOWN)
_LONGEST_NAME = 7
_LONGEST = 120  # a post is a line, not a paragraph that happens to begin with "Minister"


@lru_cache(maxsize=5_000)
def post_of(text: str) -> Post:
    """Return what post `text` names; it must begin with the words of the post."""
    words = words_of(text)
    if not words or len(text) > _LONGEST:
        return _NO_POST
    longest = max(map(len, _posts()))
    for length in range(min(longest, len(words)), 0, -1):
        found = _posts().get(words[:length])
        if found is not None:
            return found
    return _NO_POST


@lru_cache(maxsize=5_000)
def is_surely_a_person(name: str) -> bool:
    """Say whether a name bears a mark that only people's names bear ("bin", "Puan")."""
    words = words_of(name)
    between = any(contains(words[1:-1], joint) for joint in _marks("joints"))
    return (between or _begins(words, "titles")) and not names_an_organisation(name)


@lru_cache(maxsize=5_000)
def is_a_person(name: str) -> bool:
    """Say whether a name bears any mark of a person's: also "Dr" or "Family, Given"."""
    if is_surely_a_person(name):
        return True
    words = words_of(name)
    family_first = len(words) <= _LONGEST_NAME and _FAMILY_FIRST.fullmatch(name.strip())
    marked = bool(family_first) or _begins(words, "other_titles")
    return marked and not names_an_organisation(name)


def bears_an_office(name: str) -> bool:
    """Say whether a person's name begins with the style of an elected office (YB, YAB)."""
    return _begins(words_of(name), "office_styles")


def is_grade_header(header: str) -> bool:
    """Say whether a header names grades or pay, which only members of staff have."""
    return words_of(header) in {words_of(text) for text in _people()["headers"]["grade"]}


def bears_the_name(handle: str, person: str) -> bool:
    """Say whether a handle is made with a family or given name of four letters or more."""
    plain = "".join(words_of(handle))
    return any(len(word) >= 4 and word in plain for word in words_of(person))


@cache
def phrases_about_handlers(kind: str) -> frozenset[tuple[str, ...]]:
    """Return the phrases of one list about those who run accounts: heads, units, words..."""
    return frozenset(map(words_of, _people()["handler"][kind]))


@cache
def phrases_of_posts() -> frozenset[tuple[str, ...]]:
    """Return the phrases that begin a post: offices and posts of staff."""
    return frozenset(_posts())


_FAMILY_FIRST = re.compile(r"[^\W\d_][\w' .-]*, [^\W\d_][\w' .-]*")


@cache
def _people() -> dict[str, Any]:
    path = Path(__file__).with_name("people.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _marks(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(map(words_of, _people()["person"][kind]))


def _begins(words: tuple[str, ...], kind: str) -> bool:
    """Say whether a name begins with a mark and goes on after it."""
    return any(words[: len(mark)] == mark and len(words) > len(mark) for mark in _marks(kind))


@cache
def _posts() -> dict[tuple[str, ...], Post]:
    staff = Post(PostKind.STAFF)
    posts = {words_of(text): staff for text in _people()["staff"]["words"]}
    for office in _people()["office"]:
        post = Post(PostKind.OFFICE, PersonRole(office["role"]), office.get("body", ""))
        posts |= {words_of(text): post for text in office["words"]}
    return posts
