"""Telegram: public channels on the web, with their badge, their links and their last post.

Telegram answers 200 for every name. A channel is found by its own header; a name is nobody's only
where the page both hides from search engines and offers to contact the name.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audits.probes.asking import Asker, Step, shown_badge
from audits.probes.exchange import Failure, Reply, Request, Target
from audits.probes.feeds import with_moment
from audits.probes.html_pages import Page
from audits.probes.json_answers import LONGEST_NAME, links_in, same_name, unique_links
from audits.probes.moments import moment, newest
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import status_of, trouble
from inventory.vocabulary import Badge

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SITE = "t.me"
_CONTACT = re.compile(r"if\s+you\s+have\s+telegram,?\s+you\s+can\s+contact", re.IGNORECASE)
_COUNT = re.compile(r"\d[\d .,]{0,20}[KM]? \w.{2,100}", re.IGNORECASE)
_LOOKED_AT = 50
_LABELS = (("scam", Remark.SCAM_LABEL), ("fake", Remark.FAKE_LABEL))


class Telegram(Asker):
    """Asks for the channel's web preview; where there is none, for the page of the name."""

    follow_ups = 1
    name = "telegram"
    site = SITE
    platforms = frozenset({"telegram"})

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for the preview, which leads on to the plain page when a channel has none."""
        request = Request(url=f"https://t.me/s/{target.value}", site=SITE)
        reply = yield request
        if isinstance(reply, Failure) or trouble(reply, request.url) not in (
            None,
            Reason.NO_MARKER,
        ):
            return self.unread(target, reply, request.url)
        page = Page(reply.body, reply.url)
        if status_of(reply) == 200:
            if _channel_title(page) is not None:
                return self._channel(target, reply, page)
            if not _is_preview(reply.url):
                return self._plain(target, reply, request.url, page)
        request = Request(url=f"https://t.me/{target.value}", site=SITE)
        reply = yield request
        if isinstance(reply, Failure) or trouble(reply, request.url) or status_of(reply) != 200:
            return self.unread(target, reply, request.url)
        return self._plain(target, reply, request.url, Page(reply.body, reply.url))

    def _channel(self, target: Target, reply: Reply, page: Page) -> Sighting:
        """Read the preview of a channel: its header, and the times of its posts."""
        unread = self.untold(target, reply, Reason.NO_MARKER)
        title = _channel_title(page)
        shown = _name_shown(page)
        if shown and not same_name(shown, target.value):
            return replace(unread, remarks=(noted(Remark.OTHER_NAME, shown),))
        if _offers_contact(page) or not page.texts(title):
            return replace(unread, remarks=(noted(Remark.BOTH_MARKERS),))
        about = next(iter(page.of_class("tgme_channel_info_description")), None)
        bio = page.texts(about)
        seen = replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            badge=shown_badge("telegram") if _has_badge(page, title) else Badge.NONE,
            handle=shown,
            display_name=_name_in(page, title),
            bio=bio,
            links=unique_links(page.hrefs(about), links_in(bio)),
            remarks=_labels(page, "tgme_channel_info_header"),
        )
        times = (
            moment(time.get("datetime"), unread.at)
            for link in page.of_class("tgme_widget_message_date")
            for time in link.iter("time")
        )
        return with_moment(seen, newest(times))

    def _plain(self, target: Target, reply: Reply, asked: str, page: Page) -> Sighting:
        """Read the page of a name: a channel or group without preview, a person, or nobody."""
        unread = self.unread(target, reply, asked)
        title = next(iter(page.of_class("tgme_page_title")), None)
        titled = title is not None and page.texts(title) is not None
        offered, hidden = _offers_contact(page, anywhere=not titled), _is_hidden(page)
        if titled and (offered or hidden):
            return replace(unread, remarks=(noted(Remark.BOTH_MARKERS),))
        if offered and hidden and not page.of_class("tgme_page_extra"):
            other = _contact_offered(page)
            if other and not same_name(other, target.value):
                return replace(unread, remarks=(noted(Remark.OTHER_NAME, other),))
            return replace(unread, outcome=Outcome.NOT_FOUND, reason=None)
        if not titled:
            return unread
        extra = next((page.texts(one) for one in page.of_class("tgme_page_extra")), None) or ""
        if not _COUNT.fullmatch(" ".join(extra.split())):
            return replace(unread, remarks=(noted(Remark.NOT_A_CHANNEL),))
        about = next(iter(page.of_class("tgme_page_description")), None)
        bio = page.texts(about)
        return replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            badge=shown_badge("telegram") if _has_badge(page, title) else Badge.UNKNOWN,
            display_name=_name_in(page, title),
            bio=bio,
            links=unique_links(page.hrefs(about), links_in(bio)),
            remarks=(*_labels(page, "tgme_page_title"), noted(Remark.NO_PREVIEW)),
        )


def _is_preview(address: str) -> bool:
    return urlsplit(address).path.lower().startswith("/s/")


def _channel_title(page: Page) -> "HtmlElement | None":
    return next(iter(page.of_class("tgme_channel_info_header_title")), None)


def _has_badge(page: Page, title: "HtmlElement | None") -> bool:
    return bool(title is not None and page.of_class("verified-icon", title))


def _name_in(page: Page, title: "HtmlElement | None") -> str | None:
    """Return the name in a title: its first part, without icons and labels."""
    if title is None:
        return None
    first = next(title.iter("span"), title)
    return page.texts(first, LONGEST_NAME)


def _name_shown(page: Page) -> str | None:
    """Return the channel's name as it is written there; posts keep its capitals."""
    for message in page.of_class("tgme_widget_message"):
        name = (message.get("data-post") or "").partition("/")[0]
        if re.fullmatch(r"\w{4,32}", name, re.ASCII):
            return name
    for shown in page.of_class("tgme_channel_info_header_username"):
        name = (page.texts(shown) or "").lstrip("@")
        if re.fullmatch(r"\w{4,32}", name, re.ASCII):
            return name
    return None


def _labels(page: Page, header: str) -> tuple[str, ...]:
    """Return the warnings beside the title, whichever way they are drawn."""
    found = []
    for block in page.of_class(header)[:1]:
        parts = [one for one in block.iter() if isinstance(one.tag, str)]
        for word, remark in _LABELS:
            if any(_is_label(one, word) for one in parts if not one.get("dir")):
                found.append(noted(remark))
    return tuple(found)


def _is_label(element: "HtmlElement", word: str) -> bool:
    classes = re.split(r"[\s_-]+", (element.get("class") or "").lower())
    return word in classes or (
        element.tag in ("i", "b", "label", "mark") and (element.text or "").strip().lower() == word
    )


def _offers_contact(page: Page, *, anywhere: bool = False) -> bool:
    """Say whether the page offers to contact the name, in its own words and not in a post's."""
    if anywhere:
        return _CONTACT.search(page.texts(page.root) or "") is not None
    bold = [] if page.root is None else list(page.root.iter("strong"))[:_LOOKED_AT]
    return any(
        _CONTACT.search(page.texts(one.getparent()) or "")
        for one in (*page.of_class("tgme_username_link")[:_LOOKED_AT], *bold)
        if one.getparent() is not None and not _is_in_post(one)
    )


def _is_in_post(element: "HtmlElement") -> bool:
    return any("tgme_widget_message" in (one.get("class") or "") for one in element.iterancestors())


def _contact_offered(page: Page) -> str | None:
    """Return the name the page offers to contact."""
    links = (page.texts(one) for one in page.of_class("tgme_username_link"))
    return next((name.lstrip("@") for name in links if name), None)


def _is_hidden(page: Page) -> bool:
    return "noindex" in (page.meta("robots") or "").lower()
