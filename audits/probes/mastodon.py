"""Mastodon and what speaks like it: the account as its own server describes it.

The server's word about a link ("it links back") is the server's; it is kept as a remark, and the
platform shows no badge.
"""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urlsplit

from audits.probes.asking import Asker, Step
from audits.probes.exchange import Failure, Reply, Request, Response, Target
from audits.probes.feeds import with_moment
from audits.probes.html_pages import hrefs_of, plain
from audits.probes.json_answers import (
    Answer,
    identifier,
    json_object,
    long_text,
    objects,
    same_name,
    says,
    text,
    unique_links,
    web_link,
)
from audits.probes.moments import day, past_day
from audits.probes.platform_names import is_possible
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import status_of, trouble

_ELSEWHERE = (Reason.DNS, Reason.CONNECTION, Reason.TLS, Reason.TIME_OUT)
_FLAGS = (
    ("limited", Remark.LIMITED),
    ("memorial", Remark.MEMORIAL),
    ("bot", Remark.AUTOMATED),
)


class Mastodon(Asker):
    """Asks the server in the account's name; where that is not the server itself, it says which."""

    follow_ups = 2
    name = "mastodon"
    site = "mastodon"
    platforms = frozenset({"mastodon"})

    def one(self, target: Target) -> Step[Sighting]:
        """Look the account up on its server."""
        name, _at, domain = target.value.rpartition("@")
        request = _lookup(domain, name)
        reply = yield request
        seen = self._read(target, reply, request.url)
        if seen.outcome is not Outcome.UNKNOWN or not _may_live_elsewhere(reply):
            return seen
        host = yield from _server_of(name, domain)
        if host is None or host == domain:
            return seen
        request = _lookup(host, f"{name}@{domain}")
        reply = yield request
        return self._read(target, reply, request.url)

    def _read(self, target: Target, reply: Reply, asked: str) -> Sighting:
        unread = self.unread(target, reply, asked)
        if isinstance(reply, Failure) or trouble(reply, asked):
            return unread
        answer = json_object(reply)
        if answer is None:
            silent = unread.reason is Reason.NO_MARKER
            return replace(unread, reason=Reason.UNREADABLE) if silent else unread
        if status_of(reply) == 404 and says(answer.get("error"), "record not found"):
            return replace(unread, outcome=Outcome.NOT_FOUND, reason=None)
        if status_of(reply) != 200:
            return replace(unread, reason=Reason.NO_MARKER)
        return self._described(unread, target, answer)

    def _described(self, unread: Sighting, target: Target, answer: Answer) -> Sighting:
        platform_id, handle = identifier(answer.get("id")), _name_of(answer)
        if platform_id is None or handle is None:
            return replace(unread, reason=Reason.NO_MARKER)
        name, _at, domain = target.value.rpartition("@")
        home = (identifier(answer.get("acct")) or "").partition("@")[2] or domain
        if not same_name(handle, name) or not same_name(home, domain):
            other = noted(Remark.OTHER_NAME, f"{handle}@{home}")
            return replace(unread, reason=Reason.NO_MARKER, remarks=(other,))
        outcome, moved_to = _state(answer)
        if outcome is None:
            return replace(unread, reason=Reason.UNREADABLE)
        note, links = text(answer.get("note"), 20_000), _field_links(answer)
        seen = replace(
            unread,
            outcome=outcome,
            reason=None,
            platform_id=platform_id,
            handle=f"{handle}@{domain}",
            display_name=text(answer.get("display_name")),
            bio=long_text(plain(note)),
            links=unique_links(links, hrefs_of(note)),
            opened_on=day(answer.get("created_at"), unread.at),
            moved_to=moved_to,
            remarks=_remarks(answer),
        )
        return with_moment(seen, past_day(answer.get("last_status_at"), unread.at))


def _lookup(host: str, name: str) -> Request:
    address = f"https://{host}/api/v1/accounts/lookup?acct={quote(name, safe='@')}"
    return Request(url=address, site=host, headers={"Accept": "application/json"})


def _may_live_elsewhere(reply: Reply) -> bool:
    """Say whether the domain in the name may only point to the server that holds the account."""
    if isinstance(reply, Failure):
        return reply.reason in _ELSEWHERE
    return reply.status in (404, 405, 410) or (reply.status == 200 and json_object(reply) is None)


def _server_of(name: str, domain: str) -> Step[str | None]:
    """Ask the domain (WebFinger) where an account of its lives; None when it does not say."""
    account = quote(f"acct:{name}@{domain}", safe="")
    address = f"https://{domain}/.well-known/webfinger?resource={account}"
    reply = yield Request(url=address, site=domain, headers={"Accept": "application/jrd+json"})
    if not isinstance(reply, Response) or trouble(reply, address) or status_of(reply) != 200:
        return None
    for link in objects((json_object(reply) or {}).get("links")):
        if link.get("rel") == "self" and (address := web_link(link.get("href")) or ""):
            host = (urlsplit(address).hostname or "").lower()
            if is_possible("mastodon", "handle", f"{name}@{host}"):
                return host
    return None


def _name_of(answer: Answer) -> str | None:
    named = identifier(answer.get("username")) or identifier(answer.get("acct"))
    return named.partition("@")[0] if named else None


def _state(answer: Answer) -> tuple[Outcome | None, str | None]:
    """Return what became of the account and where it went; None for an answer of odd types."""
    suspended, moved = answer.get("suspended"), answer.get("moved")
    if not isinstance(suspended, bool | None) or not isinstance(moved, Mapping | None):
        return None, None
    moved_to = (web_link(moved.get("url")) or identifier(moved.get("acct"))) if moved else None
    if suspended:
        return Outcome.SUSPENDED, moved_to
    return (Outcome.MOVED if moved else Outcome.FOUND), moved_to


def _field_links(answer: Answer) -> list[str | None]:
    """Return the links of the fields; a field of plain words may hold an address too."""
    found: list[str | None] = []
    for given in objects(answer.get("fields")):
        value = text(given.get("value"), 5_000)
        found += _links_of(value)
    return found


def _links_of(value: str | None) -> list[str | None]:
    return [*hrefs_of(value)] or [web_link(value)]


def _remarks(answer: Answer) -> tuple[str, ...]:
    remarks = [noted(remark) for key, remark in _FLAGS if answer.get(key) is True]
    for given in objects(answer.get("fields")):
        if text(given.get("verified_at")):
            value = text(given.get("value"), 5_000)
            remarks += [noted(Remark.PROVED_LINK, link) for link in _links_of(value) if link]
    return tuple(dict.fromkeys(remarks))[:50]
