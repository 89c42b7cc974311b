"""Websites and blogs: is somebody home, and when was something last published.

A website is never "not found": a name that leads nowhere, a 404 and a parked page are all for a
person to look at. Robots are asked first, and the feed is the one the page itself names.
"""

from dataclasses import replace
from urllib.parse import urlsplit

from audits.probes.asking import Asker, Step
from audits.probes.definitions import Parking, shipped
from audits.probes.exchange import Failure, Request, Response, Target
from audits.probes.feeds import site_of, with_last_post
from audits.probes.html_pages import Page
from audits.probes.json_answers import long_text
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import page_title, status_of, trouble
from inventory.platforms import default_table

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_TAGS = ("<html", "<!doctype html", "<head", "<body", "<title", "<meta", "<div")
_LEAST_TEXT = 40  # characters of a page that says anything at all
_READ = 20_000
_GUESSED = {".blogspot.com": "/feeds/posts/default?max-results=5", ".wordpress.com": "/feed/"}


class Websites(Asker):
    """Asks for the home page, then for the feed it names."""

    follow_ups = 1
    name = "website"
    site = "websites"
    platforms = frozenset({"website", "blog"})
    kinds = frozenset({"host"})

    def takes(self, target: Target) -> bool:
        """Say whether the account is a website with an address that can be asked."""
        return super().takes(target) and target.url.lower().startswith(("https://", "http://"))

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for the home page; what a visitor would take for the site is found."""
        request = Request(url=target.url, site=site_of(target.url), honour_robots=True)
        reply = yield request
        unread = self.unread(target, reply, request.url)
        if isinstance(reply, Failure) or trouble(reply, request.url):
            return unread
        if status_of(reply) != 200:
            return replace(unread, reason=Reason.NO_MARKER)
        if reply.body.strip() and not _is_page(reply):
            return replace(unread, reason=Reason.UNREADABLE)
        page = Page(reply.body, reply.url, _encoding(reply))
        doubt = _doubt(reply, page, shipped().parking)
        if doubt:
            return replace(unread, remarks=(doubt,))
        seen = replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            display_name=page.title or None,
            bio=long_text(page.meta("description")),
        )
        if _is_elsewhere(target.url, reply.url):
            elsewhere = noted(Remark.LEADS_ELSEWHERE, site_of(reply.url))
            moved = _is_government(site_of(reply.url))
            return replace(
                seen if moved else unread,
                outcome=Outcome.MOVED if moved else Outcome.UNKNOWN,
                reason=None if moved else Reason.NO_MARKER,
                moved_to=reply.url,
                remarks=(elsewhere,),
            )
        feed = _feed_of(page) or _usual_feed(reply.url)
        if feed is None:
            return seen
        asked = Request(url=feed, site=site_of(feed), honour_robots=True)
        return (yield from with_last_post(seen, asked, self.now))


def _is_page(response: Response) -> bool:
    """Say whether the body is a page for people: data, files and noise are none."""
    head = response.text[:_READ].lower()
    return any(tag in head for tag in _TAGS)


def _doubt(response: Response, page: Page, known: Parking) -> str | None:
    """Return the remark on a page that is nobody's home: parked, a placeholder, empty."""
    host, title = site_of(response.url), page_title(response)
    if any(host == one or host.endswith(f".{one}") for one in known.parked_hosts):
        return noted(Remark.PARKED, host)
    if title.startswith(known.parked_titles):
        return noted(Remark.PARKED, title)
    words = page.texts(page.root, _READ) or ""
    source = response.text[: _READ * 5].lower()
    if len(words) < 4_000 and any(one in source for one in known.parked_words):
        return noted(Remark.PARKED)
    if title.startswith(known.placeholder_titles):
        return noted(Remark.PLACEHOLDER, title)
    return None if title or len(words) >= _LEAST_TEXT or page.leads_on else noted(Remark.EMPTY_PAGE)


def _is_elsewhere(asked: str, answered: str) -> bool:
    """Say whether a redirect left the site: another host that is no part of it, either way."""
    one, other = _bare(site_of(asked)), _bare(site_of(answered))
    return not (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _is_government(host: str) -> bool:
    domains = default_table().websites.get("government", frozenset())
    return any(_bare(host) == one or _bare(host).endswith(f".{one}") for one in domains)


def _encoding(response: Response) -> str | None:
    """Return the encoding the server names; None lets the page speak for itself."""
    for part in response.headers.get("content-type", "").split(";")[1:]:
        name, _equals, value = part.strip().partition("=")
        if name.lower() == "charset" and value.strip("\"' "):
            return value.strip("\"' ")[:40]
    return None


def _feed_of(page: Page) -> str | None:
    """Return the feed a page names: the first that is not one of comments."""
    named = [
        address
        for link in page.links("alternate")
        if (link.get("type") or "").strip().lower() in _FEEDS and (address := page.address(link))
    ]
    posts = [address for address in named if "comment" not in address.lower()]
    return next(iter([*posts, *named]), None)


def _usual_feed(address: str) -> str | None:
    """Return the feed every blog of a known maker has."""
    parts = urlsplit(address)
    for ending, path in _GUESSED.items():
        if (parts.hostname or "").endswith(ending):
            return f"https://{parts.hostname}{path}"
    return None
