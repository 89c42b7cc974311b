"""The adapter that is nothing but a definition: what it asks, and how it reads what comes back.

An answer is found or not found only where exactly one thing is said. Both at once, or neither, is
unknown; so is an answer about another name than the one that was asked about.
"""

import re
from dataclasses import replace
from functools import cached_property
from urllib.parse import quote

from audits.probes.asking import Asker, Now, Step, shown_badge, utc_now
from audits.probes.definitions import Capture, Definition, Mark, Place, canary_targets
from audits.probes.exchange import Failure, Request, Response, Target
from audits.probes.feeds import with_last_post
from audits.probes.html_pages import Page
from audits.probes.json_answers import (
    at_path,
    identifier,
    json_value,
    links_in,
    long_text,
    text,
    unique_links,
    web_link,
)
from audits.probes.platform_names import same_account
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import status_of, wall
from inventory.vocabulary import Badge

_LONGEST_VALUE = 2_000
_THERE = frozenset({Outcome.FOUND, Outcome.PRIVATE})


class ByMarker(Asker):
    """Asks as its definition says, one account with one request."""

    def __init__(self, definition: Definition, now: Now = utc_now) -> None:
        self.definition = definition
        self.name = definition.name
        self.site = definition.site
        self.platforms = frozenset(definition.platforms)
        self.kinds = frozenset(definition.kinds)
        self.opt_in = definition.opt_in
        self.official = definition.official
        if Outcome.FOUND in definition.never:
            self.good_outcome = Outcome.UNKNOWN
        if Outcome.NOT_FOUND in definition.never:
            self.bad_outcome = Outcome.UNKNOWN
        self.now = now
        given = canary_targets(definition.canaries, self.name, now().date())
        self.known_good, self.known_bad = given

    def takes(self, target: Target) -> bool:
        """Say whether the definition covers the platform, the kind of key and this value."""
        only = self.definition.only
        fits = only is None or re.fullmatch(only, target.value, re.IGNORECASE) is not None
        return super().takes(target) and fits

    def one(self, target: Target) -> Step[Sighting]:
        """Ask once, and conclude what the marks say."""
        request = self.request(target)
        reply = yield request
        if isinstance(reply, Failure):
            return self.untold(target, reply, reply.reason)
        if (walled := wall(reply, request.url)) is not None:
            return self.untold(target, reply, walled)
        seen = self._concluded(target, reply, request.url)
        if seen.outcome is Outcome.FOUND and self.definition.feed:
            seen = yield from with_last_post(seen, self._feed(target), self.now)
        return seen

    def request(self, target: Target) -> Request:
        """Return the question about one account."""
        given = self.definition
        return Request(
            url=given.address.replace("{value}", quote(target.value, safe="")),
            site=given.site,
            headers=given.headers,
            honour_robots=given.honour_robots,
            limit=given.limit,
        )

    def _feed(self, target: Target) -> Request:
        address = (self.definition.feed or "").replace("{value}", quote(target.value, safe=""))
        return Request(url=address, site=self.definition.site, honour_robots=True)

    def _concluded(self, target: Target, response: Response, asked: str) -> Sighting:
        reading = _Reading(response)
        said = [mark for mark in self.definition.marks if reading.shows(mark, target)]
        unread = self.unread(target, response, asked)
        reasons = [mark.means for mark in said if isinstance(mark.means, Reason)]
        outcomes = {mark.means for mark in said if isinstance(mark.means, Outcome)}
        remarks = tuple(noted(mark.remark) for mark in said if mark.remark)
        if reasons:
            return replace(unread, reason=reasons[0], remarks=remarks)
        if outcomes == _THERE:
            outcomes = {Outcome.PRIVATE}  # it is there, and shut
        if len(outcomes) > 1:
            both = noted(Remark.BOTH_MARKERS)
            return replace(unread, reason=Reason.NO_MARKER, remarks=(*remarks, both))
        if not outcomes:
            return replace(unread, remarks=remarks)
        outcome = outcomes.pop()
        seen = replace(unread, outcome=outcome, reason=None, remarks=remarks)
        return self._filled(seen, target, reading) if outcome in _THERE else seen

    def _filled(self, seen: Sighting, target: Target, reading: "_Reading") -> Sighting:
        for capture in self.definition.captures:
            if (value := reading.captured(capture)) is not None:
                seen = _with(seen, capture, value, target.platform)
        if _is_another(seen, target):
            return replace(
                self.untold(target, reading.response, Reason.NO_MARKER),
                remarks=(noted(Remark.OTHER_NAME, seen.handle or seen.platform_id or ""),),
            )
        return seen


class _Reading:
    """One answer, read as far as the marks ask for it."""

    def __init__(self, response: Response) -> None:
        self.response = response

    def shows(self, mark: Mark, target: Target) -> bool:
        """Say whether an answer holds all of a mark."""
        return (
            status_of(self.response) in mark.status
            and all(self._matches(where, like, target) for where, like in mark.has)
            and all(part in self._squeezed for part in mark.text)
        )

    def captured(self, capture: Capture) -> str | None:
        """Return the value a capture takes, or None."""
        value = self._at(capture.place)
        if value is None or capture.like is None:
            return value
        found = re.fullmatch(capture.like, value[:_LONGEST_VALUE], re.IGNORECASE | re.DOTALL)
        return found[1] if found else None

    def _matches(self, where: Place, like: str, target: Target) -> bool:
        value = self._at(where)
        if value is None:
            return False
        pattern = like.replace("{value}", re.escape(target.value))
        flags = re.IGNORECASE | re.DOTALL
        return re.fullmatch(pattern, value[:_LONGEST_VALUE], flags) is not None

    def _at(self, place: Place) -> str | None:
        match place.kind:
            case "title":
                return self._page.title or None
            case "meta":
                return self._page.meta(place.name)
            case "link":
                return self._page.link(place.name)
            case "script":
                return _scalar(at_path(self._script(place.name), place.path))
        return _scalar(at_path(self._json, place.path))

    def _script(self, name: str) -> object:
        if name not in self._scripts:
            self._scripts[name] = self._page.script_json(name)
        return self._scripts[name]

    @cached_property
    def _scripts(self) -> dict[str, object]:
        return {}

    @cached_property
    def _page(self) -> Page:
        return Page(self.response.body, self.response.url)

    @cached_property
    def _json(self) -> object:
        return json_value(self.response.body)

    @cached_property
    def _squeezed(self) -> str:
        return "".join(self.response.text.lower().split())


def _scalar(value: object) -> str | None:
    """Return a JSON value as the patterns see it: `true`, `null`, a number, a text."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if abs(value) < 2**63 else None
        case str():
            return value
    return None


def _with(seen: Sighting, capture: Capture, value: str, platform: str) -> Sighting:
    match capture.fills:
        case "badge":
            return replace(seen, badge=_badge(capture, value, platform))
        case "platform_id":
            return replace(seen, platform_id=identifier(value))
        case "handle":
            return replace(seen, handle=text(value))
        case "display_name":
            return replace(seen, display_name=text(value))
        case "bio":
            bio = long_text(value)
            return replace(seen, bio=bio, links=unique_links(seen.links, links_in(bio)))
    return replace(seen, links=unique_links(seen.links, [web_link(value)]))


def _badge(capture: Capture, value: str, platform: str) -> Badge:
    if value == capture.shown:
        return shown_badge(platform)
    return Badge.NONE if value == capture.not_shown else Badge.UNKNOWN


def _is_another(seen: Sighting, target: Target) -> bool:
    """Say whether an answer names another account than the one that was asked about."""
    named = {"handle": seen.handle, "id": seen.platform_id}.get(target.kind)
    return named is not None and not same_account(target.platform, target.kind, named, target.value)
