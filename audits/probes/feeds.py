"""News feeds: RSS 2.0, RSS 1.0 (RDF), Atom and JSON Feed; what they call themselves, newest item.

XML is read without entities and without anything from outside. Items dated in the future do not
count: a feed says when something was published, not when it will be.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audits.probes.asking import Asker, Now, Step
from audits.probes.exchange import Failure, Request, Response, Target
from audits.probes.json_answers import json_value, objects, text, unique_links, web_link
from audits.probes.moments import Moment, moment, newest, past
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Sighting
from audits.probes.statuses import status_of, trouble

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_ITEMS = 500
_DATES = ("pubdate", "published", "updated", "date", "issued", "modified")
_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself; `last` is its newest item's time, None when none is dated."""

    title: str | None
    link: str | None
    channel_id: str | None
    last: Moment | None
    items: int


def read_feed(body: bytes, now: datetime) -> Feed | None:
    """Return what a feed holds, or None when the body is no feed."""
    body = body.lstrip(_BEFORE_XML)
    if body.startswith(b"{"):
        return _json_feed(json_value(body), now)
    return _xml_feed(body, now) if body.startswith(b"<") else None


def with_last_post(seen: Sighting, request: Request, now: Now) -> Step[Sighting]:
    """Ask for a feed and return the sighting with the time of its newest item, when it has one.

    A feed that cannot be had says nothing about the account.
    """
    reply = yield request
    if isinstance(reply, Failure) or trouble(reply, request.url) or status_of(reply) != 200:
        return seen
    feed = read_feed(reply.body, now())
    return with_moment(seen, feed.last) if feed else seen


def with_moment(seen: Sighting, last: Moment | None) -> Sighting:
    """Return the sighting with the time of the last post, when it is known."""
    if last is None:
        return seen
    return replace(seen, last_post_at=last.at, last_post_precision=last.precision)


def site_of(address: str) -> str:
    """Return the name politeness goes by for an agency's own site: its host."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


class Feeds(Asker):
    """Asks a feed that is an account of its own."""

    name = "feed"
    site = "feeds"
    platforms = frozenset({"rss", "website", "blog"})
    kinds = frozenset({"feed"})

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for the feed; a feed that reads is found, anything else tells nothing."""
        request = Request(url=target.url, site=site_of(target.url), honour_robots=True)
        reply = yield request
        unread = self.unread(target, reply, request.url)
        if not isinstance(reply, Response) or trouble(reply, request.url):
            return unread
        feed = read_feed(reply.body, self.now()) if status_of(reply) == 200 else None
        if feed is None:
            return unread
        seen = replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            display_name=feed.title,
            links=unique_links([feed.link]),
            remarks=(noted(Remark.FEED, target.url),),
        )
        return with_moment(seen, feed.last)


def _xml_feed(body: bytes, now: datetime) -> Feed | None:
    from xml.etree.ElementTree import ParseError

    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(body, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, ValueError, LookupError, RecursionError):
        return None
    kind, channel = _local(root), root
    if kind in ("rss", "rdf"):
        found = next((child for child in root if _local(child) == "channel"), None)
        if found is None:
            return None
        channel = found
    elif kind != "feed":
        return None
    items = list(_items(root, channel))
    return Feed(
        title=_text_of(channel, "title"),
        link=_link_of(channel),
        channel_id=_text_of(channel, "channelid"),
        last=newest(_dated(item, now) for item in items[:_MOST_ITEMS]),
        items=len(items),
    )


def _items(root: "Element", channel: "Element") -> Iterator["Element"]:
    """Return the items: inside the channel, or beside it as RSS 1.0 has them."""
    for parent in (channel,) if channel is root else (channel, root):
        yield from (child for child in parent if _local(child) in ("item", "entry"))


def _dated(item: "Element", now: datetime) -> Moment | None:
    """Return when an item was published; its change only where that is not said."""
    dates: dict[str, str] = {}
    for child in item:
        name = _local(child)
        if name in _DATES and child.text:
            dates.setdefault(name, child.text)
    return next((_time(dates[name], now) for name in _DATES if name in dates), None)


def _time(written: str | None, now: datetime) -> Moment | None:
    """Return a time as feeds write it: like a letter's (RFC 822) or ISO 8601."""
    if not written or len(written) > 64:
        return None
    if re.match(r"\s*\d{4}-", written):
        return moment(written, now)
    try:
        return past(parsedate_to_datetime(written.strip()), now)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _text_of(parent: "Element", name: str) -> str | None:
    for child in parent:
        if _local(child) == name and (found := text(child.text)):
            return found
    return None


def _link_of(channel: "Element") -> str | None:
    for child in channel:
        rel = (child.get("rel") or "alternate").lower()
        found = web_link(child.get("href") or child.text) if _local(child) == "link" else None
        if found and rel == "alternate":
            return found
    return None


def _local(element: "Element") -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _json_feed(value: object, now: datetime) -> Feed | None:
    if not isinstance(value, Mapping) or "jsonfeed.org/version" not in str(value.get("version")):
        return None
    items = objects(value.get("items"))
    times = (
        _time(text(item.get("date_published")) or text(item.get("date_modified")), now)
        for item in items[:_MOST_ITEMS]
    )
    return Feed(
        title=text(value.get("title")),
        link=web_link(value.get("home_page_url")),
        channel_id=None,
        last=newest(times),
        items=len(items),
    )
