"""What one HTML page holds that can name an account: links, frames, cards, structured data.

The page comes from a stranger. It is read as a stream, no tree is built, nothing of it is run, and
reading stops where a page is deeper or longer than any that people make.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from audits.probes.exchange import Response
from audits.probes.link_places import Place, is_plain_page, names_of, place_within
from audits.probes.page_text import page_text
from inventory.identity import LONGEST
from inventory.platforms import default_table
from inventory.vocabulary import LeadOrigin

DEEPEST = 256
"""How many elements may stand in one another; the parser grows slow beyond."""
MOST_ELEMENTS = 60_000
_MOST_LINKS = 4_000
_LONGEST_LABEL = 120
_LONGEST_SCRIPT = 256 * 1024
_MOST_SCRIPTS = 30
_CHUNK = 16 * 1024
_DEAD = re.compile(r"(?:javascript|data|mailto|tel|sms|about|blob|file|callto|vbscript):", re.I)
_WEB = ("http://", "https://")
_REFRESH = re.compile(r"\s*\d*(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"'>]*)", re.IGNORECASE)
# `www.facebook.com/name` and `https//…` as hands type them: meant is the platform, not a page here.
_NO_SCHEME = re.compile(
    r"(?:https?:?/+(?=www\.))?((?:[\w-]{1,63}\.){1,6}[a-z]{2,24})/", re.IGNORECASE
)
_ORGANISATION_ITEM = re.compile(r"schema\.org/(?:Government)?Organization\s*$", re.IGNORECASE)


class Mark(NamedTuple):
    """One thing on a page that may name an account: an address, or a name on `platform`."""

    text: str
    origin: LeadOrigin
    place: Place
    label: str = ""
    platform: str | None = None


class Onward(NamedTuple):
    """A link to another page of the same site."""

    url: str
    label: str
    frame: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of one page. `whole` is False where reading had to stop before its end.

    `refresh` is where the page sends its reader by itself, `base` what its links are relative to,
    `anchors` how many links it has to look at, wherever they lead.
    """

    url: str
    base: str
    title: str
    marks: tuple[Mark, ...]
    onward: tuple[Onward, ...]
    scripts: tuple[str, ...]
    metas: tuple[tuple[str, str], ...]
    refresh: str | None
    anchors: int
    whole: bool


def read_page(response: Response) -> Page:
    """Return what a page holds; a page that is no HTML holds nothing."""
    reader = _Reader()
    whole = _feed(reader, page_text(response.body, response.headers.get("content-type", "")))
    base = _joined(response.url, reader.base) or response.url
    marks, onward = _sorted_out(reader, response.url, base)
    return Page(
        url=response.url,
        base=base,
        title=" ".join(" ".join(reader.title).split())[:_LONGEST_LABEL],
        marks=tuple(marks),
        onward=tuple(onward),
        scripts=tuple("".join(script) for script in reader.scripts),
        metas=tuple(reader.metas),
        refresh=_joined(base, reader.refresh),
        anchors=reader.anchors,
        whole=whole,
    )


@lru_cache(maxsize=20_000)
def host_of(url: str) -> str:
    """Return the host of an address without `www.`, in lower case; empty when it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.lower().strip(".").removeprefix("www.")


class _TooWild(Exception):
    """The page is deeper or longer than pages are."""


@dataclass(slots=True)
class _Link:
    href: str
    origin: LeadOrigin
    place: Place
    frame: bool = False
    label: list[str] = field(default_factory=list)
    room: int = _LONGEST_LABEL
    alternative: str = ""

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.label).split())[:_LONGEST_LABEL] or self.alternative


class _Open(NamedTuple):
    """An element that is not closed yet: where it stands and whose properties it holds."""

    place: Place
    plain_page: bool
    organisation: bool
    hidden: bool


class _Reader:
    """What lxml tells of each element as it comes by."""

    def __init__(self) -> None:
        self.base = ""
        self.refresh = ""
        self.title: list[str] = []
        self.scripts: list[list[str]] = []
        self.metas: list[tuple[str, str]] = []
        self.links: list[_Link] = []
        self.anchors = 0
        self._open = [_Open(Place.BODY, False, False, False)]
        self._elements = 0
        self._link: _Link | None = None
        self._takes: list[str] | None = None
        self._room = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if len(self._open) > DEEPEST or self._elements > MOST_ELEMENTS:
            raise _TooWild
        here = self._entered(tag, attributes)
        self._open.append(here)
        if here.hidden:
            if tag == "script":
                self._start_script(attributes)
        elif tag in ("a", "area"):
            self._start_link(attributes, here)
        elif tag in ("iframe", "frame"):
            self._frame(attributes)
        elif tag in _OF_THE_PAGE:
            self._of_the_page(tag, attributes, here)
        elif tag == "img" and self._link is not None:
            self._link.alternative = self._link.alternative or _label(attributes, "alt", "title")
        elif here.place is Place.EMBED and "data-href" in attributes:
            self._add(_Link(attributes["data-href"], LeadOrigin.SITE_LINK, here.place))

    def end(self, tag: str) -> None:
        if len(self._open) > 1:
            self._open.pop()
        if tag == "a":
            self._link = None
        elif tag in ("script", "title"):
            self._takes = None

    def data(self, text: str) -> None:
        if self._takes is not None:
            self._takes.append(text[: max(self._room, 0)])
            self._room -= len(text)
        elif self._link is not None and self._link.room > 0 and not self._open[-1].hidden:
            self._link.label.append(text[: self._link.room])
            self._link.room -= len(text)

    def comment(self, text: str) -> None:
        """Comments hold nothing that is shown."""

    def close(self) -> None:
        """Nothing is left to do at the end of the page."""

    def _entered(self, tag: str, attributes: Mapping[str, str]) -> _Open:
        outer = self._open[-1]
        if tag in _HIDDEN:
            return outer._replace(hidden=True)
        if tag == "body":  # its names are about the page, not about a part of it
            return outer._replace(plain_page=is_plain_page(names_of(attributes)))
        if not attributes and tag not in _OPENING:
            return outer
        plain = outer.plain_page or (tag == "article" and is_plain_page(names_of(attributes)))
        item = attributes.get("itemtype")
        return _Open(
            place_within(outer.place, tag, attributes, plain_page=plain),
            plain,
            outer.organisation if item is None else bool(_ORGANISATION_ITEM.search(item[:200])),
            outer.hidden,
        )

    def _start_script(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("type", "").partition(";")[0].strip().lower()
        if kind == "application/ld+json" and len(self.scripts) < _MOST_SCRIPTS:
            self.scripts.append([])
            self._takes, self._room = self.scripts[-1], _LONGEST_SCRIPT

    def _start_link(self, attributes: Mapping[str, str], here: _Open) -> None:
        link = _Link(attributes.get("href", ""), _origin(attributes, here), here.place)
        link.alternative = _label(attributes, "aria-label", "title", "alt")
        self._link = link
        self.anchors += bool(link.href)
        self._add(link)

    def _frame(self, attributes: Mapping[str, str]) -> None:
        link = _Link(attributes.get("src", ""), LeadOrigin.SITE_LINK, Place.EMBED, frame=True)
        link.alternative = _label(attributes, "title", "name")
        self._add(link)

    def _of_the_page(self, tag: str, attributes: Mapping[str, str], here: _Open) -> None:
        if tag == "base":
            self.base = self.base or attributes.get("href", "")
        elif tag == "title" and not self.title:
            self._takes, self._room = self.title, 2_000
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "link":
            link = _Link(attributes.get("href", ""), _origin(attributes, here), Place.HEAD)
            if link.origin is not LeadOrigin.SITE_LINK:  # style sheets and icons are no links
                self._add(link)

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content", "")
        if attributes.get("http-equiv", "").strip().lower() == "refresh":
            found = _REFRESH.match(content[:LONGEST])
            self.refresh = self.refresh or (found[1].strip() if found else "")
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        if name and 0 < len(content) <= LONGEST and len(self.metas) < 500:
            self.metas.append((name[:80], content.strip()))

    def _add(self, link: _Link) -> None:
        if 0 < len(link.href) <= LONGEST and len(self.links) < _MOST_LINKS:
            self.links.append(link)


_HIDDEN = {"script", "style", "template"}
_OF_THE_PAGE = {"base", "title", "meta", "link"}
_OPENING = {"article", "header", "footer", "nav", "aside"}


def _feed(reader: _Reader, text: str) -> bool:
    """Read a text to its end; False when it had to be left before."""
    from lxml import etree

    listener: Any = reader  # the stubs ask for bytes, which lxml never hands over
    parser = etree.HTMLParser(target=listener, encoding="utf-8", no_network=True)
    body = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(body), _CHUNK):
            parser.feed(body[start : start + _CHUNK])
        if body:
            parser.close()
    except (_TooWild, etree.LxmlError):
        return False
    return len(reader.links) < _MOST_LINKS


def _origin(attributes: Mapping[str, str], here: _Open) -> LeadOrigin:
    if "me" in attributes.get("rel", "")[:200].lower().split():
        return LeadOrigin.REL_ME
    if here.organisation and "sameas" in attributes.get("itemprop", "")[:200].lower().split():
        return LeadOrigin.STRUCTURED_DATA
    return LeadOrigin.SITE_LINK


def _label(attributes: Mapping[str, str], *names: str) -> str:
    found = next((attributes[name] for name in names if attributes.get(name)), "")
    return " ".join(found[: _LONGEST_LABEL * 4].split())[:_LONGEST_LABEL]


def _sorted_out(reader: _Reader, url: str, base: str) -> tuple[list[Mark], list[Onward]]:
    """Part the links that leave the site from those to its other pages; each once."""
    own, marks, onward = host_of(url), dict[Mark, None](), dict[str, Onward]()
    for link in reader.links:
        target = _joined(base, link.href)
        if target is None:
            continue
        if target.startswith(_WEB) and host_of(target) == own:
            page = urldefrag(target).url
            known = onward.get(page)
            if known is None or len(known.label) < len(link.words) <= 60:
                onward[page] = Onward(page, link.words, link.frame)
        else:
            marks[Mark(target, link.origin, link.place, link.words)] = None
    return list(marks), list(onward.values())


def _joined(base: str, href: str) -> str | None:
    """Return the whole address a link leads to, None for what leads to no page."""
    href = re.sub(r"[\t\r\n]", "", href).strip(" \f\0")
    if not href or href.startswith("#") or _DEAD.match(href):
        return None
    if (named := _NO_SCHEME.match(href)) and default_table().knows(named[1].lower()):
        return f"https://{href[named.start(1) :]}"
    try:
        return urljoin(base, href.replace("\\", "/") if "://" not in href[:8] else href)
    except ValueError:
        return None
