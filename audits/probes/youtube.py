"""YouTube without a key: the channel's page for its name and badge, its feed for the last post.

The page answers 404 for a missing channel and names itself when there is one. The feed's 404 and
500 are noise and say nothing. A badge is told only where the page's header is there to show it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from audits.probes.asking import Asker, Step, shown_badge
from audits.probes.exchange import Failure, Request, Response, Target
from audits.probes.feeds import read_feed, with_moment
from audits.probes.html_pages import Page
from audits.probes.json_answers import (
    Answer,
    at_path,
    links_in,
    long_text,
    objects,
    text,
    unique_links,
)
from audits.probes.platform_names import is_possible, same_account
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import page_title, status_of, trouble
from inventory.vocabulary import Badge

SITE = "www.youtube.com"
_LIMIT = 4 * 1024 * 1024
_HEADERS = {"Accept-Language": "en"}
_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_TITLE = "header/pageHeaderRenderer/content/pageHeaderViewModel/title/dynamicTextViewModel/text"
_IMAGE = "element/type/imageType/image/sources"
_ICONS = frozenset({"CHECK_CIRCLE_FILLED", "CHECK_CIRCLE_THICK", "AUDIO_BADGE"})
_OLD_ICONS = frozenset({"CHECK_CIRCLE_THICK", "CHECK", "OFFICIAL_ARTIST_BADGE"})
_OLD_STYLES = frozenset({"BADGE_STYLE_TYPE_VERIFIED", "BADGE_STYLE_TYPE_VERIFIED_ARTIST"})
_ALERTS = (
    ("terminated", Outcome.SUSPENDED),
    ("suspended", Outcome.SUSPENDED),
    ("does not exist", Outcome.NOT_FOUND),
    ("doesn't exist", Outcome.NOT_FOUND),
)


class YouTube(Asker):
    """Asks for the channel's page, then for its feed."""

    follow_ups = 1
    name = "youtube"
    site = SITE
    platforms = frozenset({"youtube"})
    kinds = frozenset({"handle", "id", "legacy"})

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for the channel under the name it is known by."""
        seen = yield from self._page(target, _address(target.kind, target.value))
        known = target.platform_id or ""
        gone = seen.outcome is Outcome.NOT_FOUND and target.kind != "id"
        if gone and is_possible("youtube", "id", known):
            seen = yield from self._renamed(seen, target, known)
        if seen.outcome in (Outcome.FOUND, Outcome.MOVED) and seen.platform_id:
            seen = yield from self._last_video(seen, seen.platform_id)
        return seen

    def _page(self, target: Target, address: str) -> Step[Sighting]:
        request = Request(url=address, site=SITE, headers=_HEADERS, limit=_LIMIT)
        reply = yield request
        unread = self.unread(target, reply, request.url)
        if isinstance(reply, Failure) or trouble(reply, request.url):
            return unread
        page, data = Page(reply.body, reply.url), _initial_data(reply)
        channel = _channel_id(page, data) if status_of(reply) == 200 else None
        gone = _gone(reply, data)
        if channel and gone:
            both = noted(Remark.BOTH_MARKERS)
            return replace(unread, reason=Reason.NO_MARKER, remarks=(both,))
        if gone:
            if isinstance(gone, Reason):
                return replace(unread, reason=gone)
            return replace(unread, outcome=gone, reason=None)
        return self._described(unread, target, channel, data) if channel else unread

    def _described(self, unread: Sighting, target: Target, channel: str, data: Answer) -> Sighting:
        """Return what the page says; a page of another channel says nothing about this one."""
        about = at_path(data, "metadata/channelMetadataRenderer")
        about = about if isinstance(about, dict) else {}
        handle = _handle(about)
        other = _other(target, channel, handle)
        if other:
            return replace(unread, reason=Reason.NO_MARKER, remarks=(other,))
        bio = long_text(about.get("description"))
        return replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            badge=_badge(data),
            platform_id=channel,
            handle=handle,
            display_name=text(about.get("title")),
            bio=bio,
            links=unique_links(links_in(bio)),
        )

    def _renamed(self, missing: Sighting, target: Target, known: str) -> Step[Sighting]:
        """Where the id of a missing name is known, ask what the channel is called now."""
        by_id = replace(target, kind="id", value=known)
        found = yield from self._page(by_id, _address("id", known))
        if found.outcome is not Outcome.FOUND:
            return missing
        name = found.handle or known
        return replace(
            found,
            outcome=Outcome.MOVED,
            moved_to=_address("handle" if found.handle else "id", name),
            remarks=(*found.remarks, noted(Remark.RENAMED, name)),
        )

    def _last_video(self, seen: Sighting, channel: str) -> Step[Sighting]:
        address = f"https://{SITE}/feeds/videos.xml?channel_id={channel}"
        reply = yield Request(url=address, site=SITE)
        if not isinstance(reply, Response) or trouble(reply, address) or status_of(reply) != 200:
            return seen
        feed = read_feed(reply.body, self.now())
        if feed is None or (feed.channel_id and not channel.endswith(feed.channel_id)):
            return seen
        return with_moment(seen, feed.last)


def _address(kind: str, value: str) -> str:
    before = {"handle": "@", "id": "channel/"}.get(kind, "")
    return f"https://{SITE}/{before}{quote(value, safe='/')}"


def _initial_data(response: Response) -> Answer:
    """Return the data the page is drawn from; nothing when it is not there or cut off."""
    body = response.text
    at = body.find("ytInitialData")
    for _attempt in range(4):
        start = body.find("{", at, at + 60) if at >= 0 else -1
        if start >= 0:
            try:
                found, _end = json.JSONDecoder().raw_decode(body, start)
            except (ValueError, RecursionError):
                found = None
            if isinstance(found, dict):
                return found
        at = body.find("ytInitialData", at + 1) if at >= 0 else -1
    return {}


def _channel_id(page: Page, data: Answer) -> str | None:
    """Return the channel's id as the page names itself; None when it does not, or says two."""
    told = at_path(data, "metadata/channelMetadataRenderer/externalId")
    canonical = urlsplit(page.link("canonical") or "").path.removeprefix("/channel/")
    ids = {one for one in (told, canonical) if isinstance(one, str) and _CHANNEL.fullmatch(one)}
    return ids.pop() if len(ids) == 1 else None


def _gone(response: Response, data: Answer) -> Outcome | Reason | None:
    """Return how the page says that there is no channel, or that it will not show it."""
    for alert in objects(data.get("alerts")):
        shown = alert.get("alertRenderer")
        if not isinstance(shown, dict) or shown.get("type") != "ERROR":
            continue
        words = _words(shown.get("text")).lower()
        return next((outcome for part, outcome in _ALERTS if part in words), Reason.NO_MARKER)
    if response.status == 404 and page_title(response).startswith("404"):
        return Outcome.NOT_FOUND
    return None


def _words(value: object) -> str:
    """Return a text of YouTube's, whole or in runs."""
    if not isinstance(value, dict):
        return ""
    runs = "".join(str(run.get("text", "")) for run in objects(value.get("runs")))
    return text(value.get("simpleText")) or runs


def _handle(about: Answer) -> str | None:
    address = text(about.get("vanityChannelUrl")) or ""
    _site, _at, name = address.rpartition("/@")
    return text(unquote(name)) if name else None


def _other(target: Target, channel: str, handle: str | None) -> str | None:
    """Return the remark on an answer that is about another channel than the one asked for."""
    if target.kind == "id":
        return noted(Remark.OTHER_ID, channel) if channel != target.value else None
    if target.kind == "handle" and handle:
        same = same_account("youtube", "handle", handle.lower(), target.value.lower())
        return None if same else noted(Remark.OTHER_NAME, handle)
    return None


def _badge(data: Answer) -> Badge:
    """Return the badge; none only where the header that would show it is there and bare."""
    title = at_path(data, _TITLE)
    if isinstance(title, dict):
        runs = title.get("attachmentRuns", [])
        icons = set(_icons(runs))
        if icons & _ICONS:
            return shown_badge("youtube")
        return Badge.NONE if runs == [] else Badge.UNKNOWN
    header = data.get("header")
    for part in header.values() if isinstance(header, dict) else ():
        for given in objects(part.get("badges") if isinstance(part, dict) else None):
            if _is_old_badge(given.get("metadataBadgeRenderer")):
                return shown_badge("youtube")
    return Badge.UNKNOWN


def _icons(runs: Any) -> Iterator[str]:
    for run in objects(runs):
        for source in objects(at_path(run, _IMAGE)):
            name = at_path(source, "clientResource/imageName")
            if isinstance(name, str):
                yield name


def _is_old_badge(given: object) -> bool:
    if not isinstance(given, dict):
        return False
    style, icon = given.get("style"), at_path(given, "icon/iconType")
    return (isinstance(style, str) and style in _OLD_STYLES) or (
        isinstance(icon, str) and icon in _OLD_ICONS
    )
