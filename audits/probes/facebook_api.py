"""Facebook pages with the agency's own key: badge, name, site, whether the page is published.

Needs a key with Page Public Content Access, or one of somebody who works on the page. An error
never proves that a page is gone: a personal profile answers the same. "Verified" does not tell a
paid badge from an earned one, so the kind is not noted.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from audits.probes.asking import Step
from audits.probes.exchange import Response, Target
from audits.probes.feeds import with_moment
from audits.probes.graph_answers import FACEBOOK_HOST, GraphAsker, allowance
from audits.probes.json_answers import Answer, objects, same_name, text, unique_links, web_link
from audits.probes.keyed_asking import STOPS, remarked
from audits.probes.keyed_remarks import KeyedRemark
from audits.probes.keyed_remarks import noted as keyed_noted
from audits.probes.moments import moment, newest
from audits.probes.platform_names import is_possible, same_account
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Sighting
from audits.probes.statuses import status_of
from inventory.vocabulary import Badge

_FIELDS = (
    "id,name,username,link,is_verified,verification_status,is_published,is_unclaimed,"
    "is_community_page,category,website"
)
_ID = re.compile(r"[1-9][0-9]{0,19}")
_BETWEEN_SITES = re.compile(r"[\s,;]+")
_SHOWN, _NOT_SHOWN = ("blue_verified", "gray_verified"), "not_verified"


class FacebookApi(GraphAsker):
    """Asks for the page by name or id, then for its last post."""

    name = "facebook-api"
    site = FACEBOOK_HOST
    platforms = frozenset({"facebook"})
    kinds = frozenset({"handle", "id"})
    needs: str | None = "facebook"
    good = "facebook"
    bad = "zz??????????????????"
    remarks: ClassVar[Mapping[int, KeyedRemark]] = {
        803: KeyedRemark.ABSENT_OR_PERSONAL,
        100: KeyedRemark.ABSENT_OR_HIDDEN,
    }

    def requests(self, accounts: int) -> int:
        """Return how many requests it makes, at most, about so many accounts."""
        return 2 * accounts

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for the page; what is no page of that name says nothing."""
        request = self.graph(target.value, {"fields": _FIELDS})
        reply = yield request
        unread = self.unread(target, reply, request.url)
        page = self.readable(reply, request.url)
        if page is None or not isinstance(reply, Response) or status_of(reply) != 200:
            return unread
        page_id = text(page.get("id"))
        if not page_id or not _ID.fullmatch(page_id) or not text(page.get("name")):
            return unread
        known = target.platform_id == page_id
        username = _username(page)
        if target.kind == "id" and page_id != target.value:
            return remarked(unread, noted(Remark.OTHER_ID, page_id))
        if target.kind == "handle" and not _has_name(target, page, username):
            if not (known and username):
                other = noted(Remark.OTHER_NAME, username) if username else None
                return remarked(unread, other)
            unread = replace(
                remarked(unread, noted(Remark.RENAMED, username)),
                moved_to=f"https://www.facebook.com/{username}",
            )
        return (yield from self._last_post(_described(unread, target, page, username), page_id))

    def may_mean(self, code: int, _subcode: int, words: str) -> KeyedRemark | None:
        """Return what an error about the page may mean; some say that it is a person's."""
        if "query users by their username" in words or "node type (user)" in words:
            return KeyedRemark.PERSONAL_PROFILE
        return super().may_mean(code, _subcode, words)

    def _last_post(self, seen: Sighting, page_id: str) -> Step[Sighting]:
        if seen.outcome is Outcome.PRIVATE or seen.reason in STOPS:
            return seen
        request = self.graph(f"{page_id}/posts", {"fields": "created_time", "limit": "1"})
        reply = yield request
        told = self.readable(reply, request.url)
        if told is None or not isinstance(reply, Response) or status_of(reply) != 200:
            return seen
        posts = [moment(one.get("created_time"), seen.at) for one in objects(told.get("data"))]
        used_up = [one for one in allowance(reply) if one not in seen.remarks]
        return with_moment(remarked(seen, *used_up), newest(posts))


def _described(unread: Sighting, target: Target, page: Answer, username: str | None) -> Sighting:
    outcome = Outcome.MOVED if unread.moved_to else Outcome.FOUND
    if page.get("is_published") is False:
        outcome = Outcome.PRIVATE
    seen = replace(
        unread,
        outcome=outcome,
        reason=None,
        badge=_badge(page),
        platform_id=text(page.get("id")),
        handle=username,
        display_name=text(page.get("name")),
        links=unique_links(_sites(page), [web_link(page.get("link"))]),
    )
    return remarked(seen, *_remarks(page), _renamed(target, username))


def _username(page: Answer) -> str | None:
    found = text(page.get("username"))
    return found if found and is_possible("facebook", "handle", found.lower()) else None


def _has_name(target: Target, page: Answer, username: str | None) -> bool:
    """Say whether a page goes by the name asked for; one without a name may in its address."""
    if username is None and "username" not in page:
        _host, _slash, username = (text(page.get("link"), 2_048) or "").rstrip("/").rpartition("/")
    return bool(username) and same_account(
        "facebook", "handle", str(username).lower(), target.value.lower()
    )


def _badge(page: Answer) -> Badge:
    """Return whether a badge is shown. The status is free text: it may only contradict."""
    shown = page.get("is_verified")
    status = (text(page.get("verification_status")) or "").casefold()
    if shown is True:
        return Badge.UNKNOWN if status == _NOT_SHOWN else Badge.UNSPECIFIED
    if shown is False:
        return Badge.NONE if status in ("", _NOT_SHOWN) else Badge.UNKNOWN
    return Badge.UNSPECIFIED if shown is None and status in _SHOWN else Badge.UNKNOWN


def _sites(page: Answer) -> list[str | None]:
    """Return the websites of a page: one field that people fill with several."""
    written = text(page.get("website"), 2_048) or ""
    return [web_link(one) for one in _BETWEEN_SITES.split(written)]


def _remarks(page: Answer) -> list[str]:
    found = []
    if page.get("is_unclaimed") is True:
        found.append(keyed_noted(KeyedRemark.UNCLAIMED))
    if page.get("is_community_page") is True:
        found.append(keyed_noted(KeyedRemark.COMMUNITY_PAGE))
    if category := text(page.get("category")):
        found.append(keyed_noted(KeyedRemark.CATEGORY, category))
    status = text(page.get("verification_status"))
    if status and status.casefold() != _NOT_SHOWN:
        found.append(keyed_noted(KeyedRemark.VERIFICATION_STATUS, status))
    return found


def _renamed(target: Target, username: str | None) -> str | None:
    """Return the remark on a page asked for by id whose name is not the one on record."""
    known = target.handle.lstrip("@").lower()
    if target.kind != "id" or not username or not is_possible("facebook", "handle", known):
        return None
    if same_name(known, username) or same_account("facebook", "handle", known, username.lower()):
        return None
    return noted(Remark.RENAMED, username)
