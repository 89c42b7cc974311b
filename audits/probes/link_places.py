"""Where on a page a link stands: in a part that speaks for the site, or in one that does not.

A footer and a header speak for the organisation; an article, a comment and an embedded post carry
links of other people.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from audits.probes.site_words import SiteWords, site_words

_ARTICLE_TYPES = re.compile(
    r"schema\.org/(?:\w*Article|\w*Posting|Review|Comment)\b", re.IGNORECASE
)
_SITE_FOOTERS = {"footer", "colophon", "site-footer", "sitefooter"}
_MOST_NAMES = 40  # classes of one element that are looked at


class Place(StrEnum):
    """A part of a page, as far as it matters who speaks there."""

    HEAD = "head"
    HEADER = "header"
    FOOTER = "footer"
    SOCIAL = "social"
    BODY = "body"
    ARTICLE = "article"  # a body of text, on a page that may be about the organisation itself
    NEWS = "news"  # a body of text that says it is an article
    COMMENT = "comment"
    EMBED = "embed"


_STICKY = (Place.COMMENT, Place.EMBED)


def names_of(attributes: Mapping[str, str]) -> frozenset[str]:
    """Return the classes, id and role of an element in lower case."""
    named = " ".join(attributes.get(name, "")[:2000] for name in ("class", "id", "role"))
    return frozenset(named.lower().split()[:_MOST_NAMES])


def is_plain_page(names: frozenset[str]) -> bool:
    """Say whether the names of a `body` or `article` call it a page rather than an article."""
    words = site_words().parts
    return not names.isdisjoint(words["page"]) and names.isdisjoint(words["news"])


def place_within(
    outer: Place, tag: str, attributes: Mapping[str, str], *, plain_page: bool
) -> Place:
    """Return the place of an element that stands within `outer`.

    `plain_page` says that an element around it called itself a page: its text is no article then.
    """
    if not (attributes or tag in _TAGS):
        return outer
    words, names = site_words(), names_of(attributes)
    if outer not in _STICKY:
        if not names.isdisjoint(words.parts["comment"]):
            return Place.COMMENT
        if _is_embed(words, names):
            return Place.EMBED
        if names & _SITE_FOOTERS or "contentinfo" in names:
            return Place.FOOTER  # an article left open does not swallow the site's own footer
    if outer in (*_STICKY, Place.NEWS):
        return outer
    if body := _article(words, tag, attributes, names, plain_page=plain_page):
        return body
    if outer is Place.ARTICLE:
        return outer
    return _part(words, tag, names) or outer


_TAGS = {"article", "header", "footer", "nav", "aside"}


def _is_embed(words: SiteWords, names: frozenset[str]) -> bool:
    return not names.isdisjoint(words.parts["embed"]) or any(
        name.startswith(tuple(words.parts["embed_starts"])) for name in names
    )


def _article(
    words: SiteWords,
    tag: str,
    attributes: Mapping[str, str],
    names: frozenset[str],
    *,
    plain_page: bool,
) -> Place | None:
    kind = attributes.get("itemtype", "")[:300]
    said = attributes.get("itemprop", "").lower() == "articlebody" or _ARTICLE_TYPES.search(kind)
    if said or not names.isdisjoint(words.parts["news"]):
        return Place.NEWS
    if tag == "article" or "article" in names:
        return None if plain_page and is_plain_page(names) else Place.ARTICLE
    if not plain_page and not names.isdisjoint(words.parts["article"]):
        return Place.ARTICLE
    return None


def _part(words: SiteWords, tag: str, names: frozenset[str]) -> Place | None:
    parts = {piece for name in names for piece in re.split(r"[-_]+", name)} | {tag} | names
    for part, place in (
        ("social", Place.SOCIAL),
        ("footer", Place.FOOTER),
        ("header", Place.HEADER),
    ):
        if not parts.isdisjoint(words.parts[part]):
            return place
    return None
