"""Reading HTML from outside: title, metas, links, text and embedded data of one page."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from audits.probes.json_answers import LONGEST_TEXT, json_value, text, web_link

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LOWER = "translate(@{}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"

_TEXTS = (
    ".//text()[not(ancestor::script) and not(ancestor::style)]"
    " | .//br | .//p | .//div | .//li | .//tr"
)


class Page:
    """One HTML page; anything it lacks is empty or None, whatever the bytes were.

    `encoding` is what the server said; pages of the platforms are UTF-8.
    """

    def __init__(self, body: bytes, base: str, encoding: str | None = "utf-8") -> None:
        self._body = body
        self._base = base
        self._encoding = encoding

    @cached_property
    def root(self) -> "HtmlElement | None":
        """The tree, or None when there is none to be had."""
        from lxml import etree, html

        if not self._body.strip():
            return None
        for encoding in (self._encoding, "utf-8"):
            try:
                parser = html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True)
                return html.document_fromstring(self._body, parser=parser)
            except LookupError:
                continue  # the server names an encoding nobody knows
            except (etree.LxmlError, ValueError, AssertionError):
                return None
        return None

    @cached_property
    def title(self) -> str:
        """The title, on one line."""
        return " ".join((self._first("//title") or "").split())[:300]

    @property
    def leads_on(self) -> bool:
        """Whether the page has links to follow."""
        return len(self._find("//a[@href]")) > 1

    def meta(self, name: str) -> str | None:
        """Return the content of the first `meta` with that name or property."""
        wanted = name.lower()
        for element in self._find("//meta[@content]"):
            named = (element.get("property"), element.get("name"), element.get("itemprop"))
            if wanted in [(one or "").strip().lower() for one in named]:
                return text(element.get("content"), LONGEST_TEXT)
        return None

    def links(self, rel: str) -> Iterator["HtmlElement"]:
        """Return the `link` elements with that relation."""
        for element in self._find("//link[@href][@rel]"):
            if rel in (element.get("rel") or "").lower().split():
                yield element

    def link(self, rel: str) -> str | None:
        """Return the whole address of the first `link` with that relation."""
        return next((self.address(element) for element in self.links(rel)), None)

    def address(self, element: "HtmlElement") -> str | None:
        """Return where an element leads, as a whole web address; None for anything else."""
        try:
            return web_link(urljoin(self._base, (element.get("href") or "").strip()))
        except ValueError:
            return None

    def of_class(self, name: str, within: "HtmlElement | None" = None) -> list["HtmlElement"]:
        """Return the elements of a class, in order."""
        classes = _LOWER.format("class")
        path = f"//*[contains(concat(' ', normalize-space({classes}), ' '), ' {name} ')]"
        return self._find(path, within)

    def texts(self, element: "HtmlElement | None", most: int = LONGEST_TEXT) -> str | None:
        """Return the text inside an element, without scripts, lines kept apart."""
        if element is None:
            return None
        parts = element.xpath(_TEXTS)
        return text("".join(part if isinstance(part, str) else "\n" for part in parts), most)

    def hrefs(self, element: "HtmlElement | None") -> list[str | None]:
        """Return the addresses of the links inside an element."""
        if element is None:
            return []
        return [self.address(link) for link in self._find("//a[@href]", element)[:100]]

    def script_json(self, name: str) -> Any:
        """Return the JSON of the script with that id."""
        for element in self._find("//script[@id]"):
            if (element.get("id") or "").strip() == name:
                return json_value((element.text or "").encode("utf-8", "replace"))
        return None

    def _find(self, path: str, within: "HtmlElement | None" = None) -> list["HtmlElement"]:
        if within is not None:
            found = within.xpath("." + path)
        elif self.root is not None:
            found = self.root.xpath(path)
        else:
            return []
        return found if isinstance(found, list) else []

    def _first(self, path: str) -> str | None:
        found = self._find(path)
        return self.texts(found[0]) if found else None


def plain(html: str | None) -> str | None:
    """Return the words of a piece of HTML, such as a bio on Mastodon."""
    if not html:
        return None
    page = Page(html[: LONGEST_TEXT * 4].encode("utf-8", "replace"), "https://invalid.invalid/")
    return page.texts(page.root)


def hrefs_of(html: str | None) -> list[str]:
    """Return the web addresses a piece of HTML links to."""
    if not html or "<" not in html:
        return []
    page = Page(html[: LONGEST_TEXT * 4].encode("utf-8", "replace"), "https://invalid.invalid/")
    return [link for link in page.hrefs(page.root) if link and "invalid.invalid" not in link]
