"""GitHub: users and organisations, and whether the platform confirmed the organisation's domain.

An organisation with a confirmed domain shows "Verified"; users have nothing of the kind. Asked
without a key, GitHub allows sixty questions an hour. What it says of activity is the profile's, not
a post's: no last post is told.
"""

from dataclasses import replace
from urllib.parse import quote

from audits.probes.asking import Asker, Step, shown_badge
from audits.probes.exchange import Failure, Reply, Request, Response, Target
from audits.probes.json_answers import (
    Answer,
    identifier,
    json_object,
    long_text,
    same_name,
    says,
    text,
    unique_links,
    web_link,
)
from audits.probes.moments import day
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import status_of, trouble
from inventory.vocabulary import Badge

HOST = "api.github.com"
_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


class GitHub(Asker):
    """Asks for the user, and for the organisation when it is one."""

    follow_ups = 1
    name = "github"
    site = HOST
    platforms = frozenset({"github"})

    def one(self, target: Target) -> Step[Sighting]:
        """Ask who has the name."""
        request = _asked(f"users/{quote(target.value, safe='')}")
        reply = yield request
        unread = self._unread(target, reply, request.url)
        status, answer = _answer(reply, request.url)
        if status == 404 and says(answer.get("message"), "not found"):
            missing = replace(unread, outcome=Outcome.NOT_FOUND, reason=None)
            return (yield from self._renamed(missing, target))
        if status != 200 or not same_name(identifier(answer.get("login")), target.value):
            return _about_another(unread, answer)
        return (yield from self._described(unread, answer))

    def _renamed(self, missing: Sighting, target: Target) -> Step[Sighting]:
        """Where the id of a missing name is known, ask what the account is called now."""
        known = target.platform_id or ""
        if not known.isascii() or not known.isdigit():
            return missing
        request = _asked(f"user/{known}")
        reply = yield request
        status, answer = _answer(reply, request.url)
        if status != 200 or identifier(answer.get("id")) != known:
            return missing
        unread = self.untold(target, reply, Reason.NO_MARKER)
        seen = yield from self._described(unread, answer)
        if seen.handle is None:
            return missing
        return replace(
            seen,
            outcome=Outcome.MOVED,
            moved_to=f"https://github.com/{seen.handle}",
            remarks=(*seen.remarks, noted(Remark.RENAMED, seen.handle)),
        )

    def _described(self, unread: Sighting, answer: Answer) -> Step[Sighting]:
        login, platform_id = identifier(answer.get("login")), identifier(answer.get("id"))
        if login is None or platform_id is None:
            return unread
        more = answer
        if says(answer.get("type"), "organization") and "is_verified" not in answer:
            more = (yield from _organisation(login, platform_id)) or answer
        badge, remarks = _badge(more)
        bio = long_text(more.get("description")) or long_text(answer.get("bio"))
        return replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            badge=badge,
            badge_by="GitHub" if remarks else None,
            platform_id=platform_id,
            handle=login,
            display_name=text(answer.get("name")),
            bio=bio,
            links=unique_links([web_link(answer.get("blog")), _x_link(answer)]),
            opened_on=day(answer.get("created_at"), unread.at),
            remarks=remarks,
        )

    def _unread(self, target: Target, reply: Reply, asked: str) -> Sighting:
        unread = self.unread(target, reply, asked)
        if not isinstance(reply, Response):
            return unread
        if unread.reason is Reason.PERMISSION and b"rate limit" in reply.body[:2000].lower():
            return replace(unread, reason=Reason.RATE_LIMIT)  # the second limit sets no header
        if unread.reason is Reason.NO_MARKER and json_object(reply) is None:
            return replace(unread, reason=Reason.UNREADABLE)
        return unread


def _asked(path: str) -> Request:
    return Request(url=f"https://{HOST}/{path}", site=HOST, headers=_HEADERS)


def _answer(reply: Reply, asked: str) -> tuple[int, Answer]:
    """Return the status and the object of an answer; 0 and nothing when it tells nothing."""
    if isinstance(reply, Failure) or trouble(reply, asked):
        return 0, {}
    answer = json_object(reply)
    return (0, {}) if answer is None else (status_of(reply), answer)


def _about_another(unread: Sighting, answer: Answer) -> Sighting:
    login = identifier(answer.get("login"))
    return replace(unread, remarks=(noted(Remark.OTHER_NAME, login),)) if login else unread


def _organisation(login: str, platform_id: str) -> Step[Answer | None]:
    """Ask for the organisation's own entry, which alone tells of its domain."""
    request = _asked(f"orgs/{quote(login, safe='')}")
    reply = yield request
    status, answer = _answer(reply, request.url)
    return answer if status == 200 and identifier(answer.get("id")) == platform_id else None


def _badge(answer: Answer) -> tuple[Badge, tuple[str, ...]]:
    match answer.get("is_verified"):
        case True:
            return shown_badge("github"), (noted(Remark.DOMAIN_VERIFIED),)
        case False:
            return Badge.NONE, ()
    return Badge.UNKNOWN, ()


def _x_link(answer: Answer) -> str | None:
    name = identifier(answer.get("twitter_username"))
    return f"https://x.com/{name}" if name else None
