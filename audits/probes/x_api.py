"""X with the agency's own key: a hundred accounts a question, each paid for.

The answer to one question holds accounts and errors side by side; an account in neither is
unknown. The kind of badge is told apart, and which organisation vouches for the account. The last
post's id holds its time, so no post is asked for.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from audits.probes.asking import Step
from audits.probes.exchange import Flow, Response, Target
from audits.probes.feeds import with_moment
from audits.probes.json_answers import (
    Answer,
    at_path,
    identifier,
    long_text,
    objects,
    same_name,
    text,
    unique_links,
    web_link,
)
from audits.probes.keyed_asking import STOPS, KeyedAsker, remarked
from audits.probes.keyed_remarks import KeyedRemark
from audits.probes.keyed_remarks import noted as keyed_noted
from audits.probes.moments import Moment, day, past
from audits.probes.platform_names import is_possible
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import status_of
from inventory.vocabulary import Badge

HOST = "api.x.com"
BATCH = 100
PRICE = 0.010  # US dollars for one account read
_NAME = re.compile(r"[A-Za-z0-9_]{1,15}")  # what the interface takes; older names may be longer
_ID = re.compile(r"[1-9][0-9]{0,18}")
_FIELDS = "created_at,description,entities,parody,protected,url,verified,verified_type"
_WANTED = {"user.fields": _FIELDS, "expansions": "affiliation,most_recent_post_id"}

_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)  # 1288834974657 ms
_FIRST_TIMED_ID = 29_700_000_000  # ids before hold no time

_BADGES = {
    "government": Badge.GOVERNMENT,
    "business": Badge.ORGANISATION,
    "blue": Badge.PAID_PERSON,
}
_REASONS = {
    "usage-capped": Reason.QUOTA,
    "credits": Reason.QUOTA,
    "rate-limit-exceeded": Reason.RATE_LIMIT,
    "client-forbidden": Reason.PERMISSION,
    "not-authorized-for-resource": Reason.PERMISSION,
    "not-authorized-for-field": Reason.PERMISSION,
    "field-unauthorized": Reason.PERMISSION,
    "unsupported-authentication": Reason.AUTH,
    "invalid-request": Reason.NO_MARKER,
}
_PAGE_WIDE = frozenset({Reason.QUOTA, Reason.RATE_LIMIT, Reason.AUTH})
# Names hold no blanks, so that none can say any of this.
_WORDS = (
    (re.compile(r"\b(?:been|is|was) suspended\b"), Outcome.SUSPENDED),
    (re.compile(r"\b(?:been|is|was) deactivated\b"), Outcome.DEACTIVATED),
    (re.compile(r"\b(?:been|is|was) withheld\b"), Reason.PERMISSION),
)
_RESOURCES = {
    "resource-not-found": Outcome.NOT_FOUND,
    "resource-unavailable": Outcome.SUSPENDED,
}
_ASKED_BY = frozenset({"usernames", "username", "ids", "id"})


@dataclass(frozen=True, slots=True)
class _Page:
    """One answer taken apart; `names` are those of the organisations that vouch, by id."""

    users: Sequence[Answer]
    problems: Sequence[Answer]
    names: Mapping[str, str]
    reason: Reason | None


class XApi(KeyedAsker):
    """Asks by name and by id, up to a hundred at once; a missing name once more by its id."""

    name = "x-api"
    site = HOST
    platforms = frozenset({"x"})
    kinds = frozenset({"handle", "id"})
    batch = BATCH
    needs: str | None = "x"
    cost = PRICE
    good = "x"
    bad = "zz?????????????"

    def takes(self, target: Target) -> bool:
        """Say whether the interface takes the name at all: some old ones are too long for it."""
        return super().takes(target) and _can_be_asked(target)

    def ask(self, targets: Sequence[Target]) -> Flow:
        """Return the flow that asks about the targets; it returns one sighting for each."""
        seen = {one.key: self._not_asked(one) for one in targets if not _can_be_asked(one)}
        possible = [one for one in targets if one.key not in seen]
        for kind in ("handle", "id"):
            told = yield from self._all([one for one in possible if one.kind == kind], seen)
            seen |= told
        missing = [one for one in possible if _has_other_way(one, seen[one.key])]
        seen |= yield from self._renamed(missing, seen)
        return [seen[target.key] for target in targets]

    def refused(self, response: Response, answer: Answer) -> Reason | None:
        """Return the reason X gives for a whole answer."""
        if status_of(response) == 200:
            return None
        said = [_kind(one) for one in (answer, *objects(answer.get("errors")))]
        told = next((_REASONS[one] for one in said if one in _REASONS), None)
        return Reason.QUOTA if response.status == 402 else told

    def _not_asked(self, target: Target) -> Sighting:
        if is_possible("x", target.kind, target.value):
            return self.untold(target, None, Reason.BY_HAND)
        return self.impossible(target)

    def _all(
        self, targets: Sequence[Target], before: Mapping[str, Sighting]
    ) -> Step[dict[str, Sighting]]:
        """Ask about accounts of one kind of key, a hundred at a time."""
        seen: dict[str, Sighting] = {}
        resting = next((one.reason for one in before.values() if one.reason in STOPS), None)
        for start in range(0, len(targets), BATCH):
            batch = targets[start : start + BATCH]
            if resting is None:
                sightings = yield from self._batch(batch)
            else:
                sightings = [self.untold(one, None, resting) for one in batch]
            resting = next((one.reason for one in sightings if one.reason in STOPS), None)
            seen |= {one.key: one for one in sightings}
        return seen

    def _batch(self, targets: Sequence[Target]) -> Step[list[Sighting]]:
        by_id = targets[0].kind == "id"
        values = dict.fromkeys(target.value.casefold() for target in targets)
        path, name = ("2/users", "ids") if by_id else ("2/users/by", "usernames")
        request = self.asked(path, {name: ",".join(values), **_WANTED})
        reply = yield request
        answer = self.readable(reply, request.url)
        if answer is None or not isinstance(reply, Response) or status_of(reply) != 200:
            reason = self.unread(targets[0], reply, request.url).reason or Reason.UNREADABLE
            return [self.untold(target, reply, reason) for target in targets]
        page = _taken_apart(answer)
        return [
            self._told(target, self.untold(target, reply, Reason.UNREADABLE), page)
            for target in targets
        ]

    def _told(self, target: Target, blank: Sighting, page: _Page) -> Sighting:
        """Return what an answer says of one account: it is there, it is not, or neither."""
        users = {str(one["id"]): one for one in page.users if _is_about(target, one)}
        meant = {_meaning(one) for one in page.problems if _concerns(one, target)}
        gone = {one for one in meant if isinstance(one, Outcome)}
        if users and gone:
            return remarked(replace(blank, reason=Reason.NO_MARKER), noted(Remark.BOTH_MARKERS))
        if len(users) == 1:
            return self._found(target, blank, next(iter(users.values())), page)
        if users or len(meant) > 1:
            return replace(blank, reason=Reason.NO_MARKER)
        if meant:
            (only,) = meant
            if isinstance(only, Outcome):
                return replace(blank, outcome=only, reason=None)
            return replace(blank, reason=only)
        return replace(blank, reason=page.reason) if page.reason else blank

    def _found(self, target: Target, blank: Sighting, user: Answer, page: _Page) -> Sighting:
        handle = str(user["username"])
        badge = _badge(user)
        bio = long_text(user.get("description"))
        seen = replace(
            blank,
            outcome=Outcome.PRIVATE if user.get("protected") is True else Outcome.FOUND,
            reason=None,
            badge=badge,
            badge_by=None if badge in (Badge.NONE, Badge.UNKNOWN) else _vouching(user, page.names),
            platform_id=str(user["id"]),
            handle=handle,
            display_name=text(user.get("name")),
            bio=bio,
            links=_links(user),
            opened_on=day(user.get("created_at"), blank.at),
        )
        seen = with_moment(seen, _last_post(user, blank.at))
        return remarked(
            seen,
            noted(Remark.RENAMED, handle) if _renamed(target, handle) else None,
            keyed_noted(KeyedRemark.PARODY) if user.get("parody") is True else None,
        )

    def _renamed(
        self, missing: Sequence[Target], seen: Mapping[str, Sighting]
    ) -> Step[dict[str, Sighting]]:
        """Ask by id about names nobody has any more: the account may go by another name now."""
        by_id = [replace(one, kind="id", value=one.platform_id or "") for one in missing]
        told = yield from self._all(by_id, seen)
        moved = {}
        for target in missing:
            now_called = told[target.key]
            if now_called.handle is None:
                continue
            if same_name(now_called.handle, target.value):  # no such name, yet somebody has it
                blank = replace(seen[target.key], outcome=Outcome.UNKNOWN, reason=Reason.NO_MARKER)
                moved[target.key] = remarked(blank, noted(Remark.BOTH_MARKERS))
                continue
            remarks = dict.fromkeys((*now_called.remarks, noted(Remark.RENAMED, now_called.handle)))
            moved[target.key] = replace(
                now_called,
                outcome=Outcome.MOVED,
                moved_to=f"https://x.com/{now_called.handle}",
                remarks=tuple(remarks),
            )
        return moved


def _can_be_asked(target: Target) -> bool:
    shape = {"handle": _NAME, "id": _ID}.get(target.kind)
    return shape is not None and shape.fullmatch(target.value) is not None


def _has_other_way(target: Target, seen: Sighting) -> bool:
    known = target.platform_id or ""
    missing = seen.outcome is Outcome.NOT_FOUND and target.kind == "handle"
    return missing and _ID.fullmatch(known) is not None


def _taken_apart(answer: Answer) -> _Page:
    listed = answer.get("data")
    users = [listed] if isinstance(listed, dict) else objects(listed)
    problems = objects(answer.get("errors"))
    wide = [_REASONS.get(_kind(one)) for one in (answer, *problems)]
    names = {
        str(one["id"]): str(one["username"])
        for one in objects(at_path(answer, "includes/users"))
        if _is_user(one)
    }
    return _Page(
        users=[one for one in users if _is_user(one)],
        problems=problems,
        names=names,
        reason=next((one for one in wide if one in _PAGE_WIDE), None),
    )


def _is_user(user: Answer) -> bool:
    found, name = user.get("id"), user.get("username")
    return (
        isinstance(found, str)
        and _ID.fullmatch(found) is not None
        and isinstance(name, str)
        and is_possible("x", "handle", name.lower())
    )


def _is_about(target: Target, user: Answer) -> bool:
    if target.kind == "id":
        return user.get("id") == target.value
    return same_name(str(user.get("username")), target.value)


def _concerns(problem: Answer, target: Target) -> bool:
    """Say whether an error is about the account itself, not about its last post or a field's."""
    if text(problem.get("resource_type")) not in (None, "user"):
        return False
    if text(problem.get("parameter")) not in (None, *_ASKED_BY):
        return False
    named = identifier(problem.get("value")) or identifier(problem.get("resource_id"))
    return same_name(named, target.value)


def _kind(problem: Answer) -> str:
    """Return the last part of a problem's type, which is an address."""
    return (text(problem.get("type")) or "").rstrip("/").rpartition("/")[2].casefold()


def _meaning(problem: Answer) -> Outcome | Reason:
    kind = _kind(problem)
    if kind in _RESOURCES:
        words = f"{text(problem.get('detail'))} {text(problem.get('title'))}".casefold()
        said = (means for pattern, means in _WORDS if pattern.search(words))
        return next(said, _RESOURCES[kind])
    return _REASONS.get(kind, Reason.NO_MARKER)


def _badge(user: Answer) -> Badge:
    """Return the badge. A type without the badge, or the other way round, is a contradiction."""
    shown = user.get("verified")
    kind = (text(user.get("verified_type")) or "").casefold()
    if kind in _BADGES:
        return Badge.UNKNOWN if shown is False else _BADGES[kind]
    if shown is True:
        return Badge.UNSPECIFIED
    if kind == "none" or (shown is False and not kind):
        return Badge.NONE
    return Badge.UNKNOWN


def _vouching(user: Answer, names: Mapping[str, str]) -> str | None:
    """Return the name of the organisation the account is affiliated to."""
    given = user.get("affiliation")
    if not isinstance(given, Mapping):
        return None
    told = given.get("user_id")
    ids = [identifier(one) for one in (told if isinstance(told, list) else [told])]
    others = [one for one in ids if one and one != user.get("id")]
    if ids and not others and any(ids):
        return None  # it vouches for itself
    found = [names[one] for one in others if one in names]
    return ", ".join(dict.fromkeys(found))[:300] or text(given.get("description"))


def _links(user: Answer) -> tuple[str, ...]:
    """Return the links of a profile as they lead on, not as X shortens them."""
    own = [_expanded(one) for one in objects(at_path(user, "entities/url/urls"))]
    told = [_expanded(one) for one in objects(at_path(user, "entities/description/urls"))]
    return unique_links(own or [web_link(user.get("url"))], told)


def _expanded(link: Answer) -> str | None:
    return web_link(link.get("unwound_url")) or web_link(link.get("expanded_url"))


def _last_post(user: Answer, now: datetime) -> Moment | None:
    """Return the time an id of a post holds (`id >> 22` is milliseconds since the epoch of X)."""
    told = user.get("most_recent_post_id") or user.get("most_recent_tweet_id")
    found = identifier(told)
    if not found or not _ID.fullmatch(found) or int(found) < _FIRST_TIMED_ID:
        return None
    return past(_EPOCH + timedelta(milliseconds=int(found) >> 22), now)


def _renamed(target: Target, handle: str) -> bool:
    """Say whether an account that was asked for by id has another name than the record says."""
    known = target.handle.lstrip("@")
    return (
        target.kind == "id"
        and bool(known)
        and known != target.value
        and known != handle
        and (is_possible("x", "handle", known.lower()) and not same_name(known, handle))
    )
