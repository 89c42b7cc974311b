"""Bluesky: profiles in batches, why one is missing, its badge and who gave it, its last post.

Asks the public view of the network, which needs no key. A name that is a domain of the owner's is
checked at that domain over https; the other proof, a DNS record, cannot be asked through the door.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode

from audits.probes.asking import Asker, Step, shown_badge
from audits.probes.exchange import Failure, Flow, Reply, Request, Response, Target
from audits.probes.feeds import with_moment
from audits.probes.json_answers import (
    Answer,
    identifier,
    json_object,
    links_in,
    long_text,
    objects,
    same_name,
    says,
    text,
    unique_links,
    web_link,
)
from audits.probes.moments import Moment, day, moment, newest
from audits.probes.platform_names import is_possible
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import status_of, trouble
from inventory.vocabulary import Badge

HOST = "public.api.bsky.app"
BATCH = 25
_POSTS = 30  # enough to find one of its own among reposts
_NO_HANDLE = "handle.invalid"
_HOSTED = (".bsky.social",)  # names under the platform's own domain prove nothing
_SHOWN, _NOT_SHOWN = "valid", ("none", "invalid")
_REST = (Reason.RATE_LIMIT, Reason.OFFLINE)
_ERRORS = {
    "accounttakedown": Outcome.SUSPENDED,
    "accountdeactivated": Outcome.DEACTIVATED,
}


class Bluesky(Asker):
    """Asks about up to twenty-five accounts with one request, then once more for each."""

    follow_ups = 2
    name = "bluesky"
    site = HOST
    platforms = frozenset({"bluesky"})
    kinds = frozenset({"handle", "id"})
    batch = BATCH

    def ask(self, targets: Sequence[Target]) -> Flow:
        """Return the flow that asks about the targets; it returns one sighting for each."""
        possible = [one for one in targets if is_possible(one.platform, one.kind, one.value)]
        seen = {one.key: self.impossible(one) for one in targets if one not in possible}
        for start in range(0, len(possible), BATCH):
            batch = possible[start : start + BATCH]
            for sighting in (yield from self._batch(batch)):
                seen[sighting.key] = sighting
        return [seen[target.key] for target in targets]

    def _batch(self, targets: Sequence[Target]) -> Step[list[Sighting]]:
        """Ask for all profiles at once, then singly for those that were left out."""
        request = _asked("actor.getProfiles", [("actors", target.value) for target in targets])
        reply = yield request
        whole = _profiles(reply, request.url)
        if whole is None and not _badly_asked(reply):
            return [self.unread(target, reply, request.url) for target in targets]
        seen: list[Sighting] = []
        resting: Reason | None = None  # the platform wants us to wait: nothing more is asked
        for target in targets:
            profile = _profile_of(target, whole or ())
            if profile is not None:
                sighting = self._found(target, reply, profile)
            elif resting is None:
                sighting = yield from self.one(target)
                resting = sighting.reason if sighting.reason in _REST else None
            else:
                sighting = self.untold(target, None, resting)
            if sighting.outcome is Outcome.FOUND and resting is None:
                sighting, resting = yield from self._active(sighting, target)
            seen.append(sighting)
        return seen

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for one profile; only this answer says why there is none."""
        request = _asked("actor.getProfile", [("actor", target.value)])
        reply = yield request
        unread = self.unread(target, reply, request.url)
        if isinstance(reply, Failure) or trouble(reply, request.url):
            return unread
        answer = json_object(reply)
        if answer is None:
            return _unreadable(unread)
        if status_of(reply) == 400:
            told = _refused(unread, answer)
            if told.outcome is Outcome.NOT_FOUND and target.kind == "handle":
                return (yield from self._renamed(told, target))
            return told
        if status_of(reply) == 200 and _is_profile(answer):
            return self._found(target, reply, answer)
        return unread

    def _renamed(self, missing: Sighting, target: Target) -> Step[Sighting]:
        """Where the id of a missing name is known, ask what the account is called now."""
        known = target.platform_id
        if not known or not is_possible(target.platform, "id", known):
            return missing
        request = _asked("actor.getProfile", [("actor", known)])
        reply = yield request
        if isinstance(reply, Failure) or trouble(reply, request.url) or status_of(reply) != 200:
            return missing
        answer = json_object(reply)
        if answer is None or answer.get("did") != known or not _is_profile(answer):
            return missing
        now_called = self._found(replace(target, kind="id", value=known), reply, answer)
        if not now_called.handle:
            return missing
        return replace(
            now_called,
            outcome=Outcome.MOVED,
            moved_to=f"https://bsky.app/profile/{now_called.handle}",
            remarks=(*now_called.remarks, noted(Remark.RENAMED, now_called.handle)),
        )

    def _found(self, target: Target, reply: Reply, profile: Answer) -> Sighting:
        """Return what a profile says; one about another account says nothing about this one."""
        unread = self.untold(target, reply, Reason.NO_MARKER)
        did, handle = str(profile["did"]), str(profile["handle"])
        remarks = list(_labels(profile))
        proved = handle != _NO_HANDLE
        if not proved:
            remarks.append(noted(Remark.HANDLE_UNPROVED))
        if not _is_about(target, did, handle):
            other = noted(Remark.OTHER_NAME, handle) if proved else remarks[-1]
            return replace(unread, remarks=(other,))
        badge, by = _badge(profile)
        if "verification" not in profile:
            remarks.append(noted(Remark.NO_VERIFICATION_TOLD))
        bio = long_text(profile.get("description"))
        return replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            badge=badge,
            badge_by=by,
            platform_id=did,
            handle=handle if proved else None,
            display_name=text(profile.get("displayName")),
            bio=bio,
            links=unique_links([web_link(profile.get("website"))], links_in(bio)),
            opened_on=day(profile.get("createdAt"), unread.at),
            remarks=tuple(remarks),
        )

    def _active(self, seen: Sighting, target: Target) -> Step[tuple[Sighting, Reason | None]]:
        """Ask for the last post and the domain's proof; say why nothing more should be asked."""
        did = seen.platform_id or target.value
        wanted = [("actor", did), ("limit", str(_POSTS)), ("filter", "posts_no_replies")]
        request = _asked("feed.getAuthorFeed", wanted)
        reply = yield request
        reason = trouble(reply, request.url)
        if reason is None and isinstance(reply, Response) and status_of(reply) == 200:
            seen = with_moment(seen, self._last_post(json_object(reply), did))
        if seen.handle and _is_own_domain(seen.handle):
            seen = yield from _domain_proof(seen, seen.handle, did)
        return seen, reason if reason in _REST else None

    def _last_post(self, answer: Answer | None, did: str) -> Moment | None:
        """Return when the account last posted itself: no reposts, no pins, nobody else's posts.

        The author sets `createdAt`, the network `indexedAt`: the earlier counts, as in the app.
        """
        now = self.now()
        times: list[Moment | None] = []
        for item in objects((answer or {}).get("feed")):
            post = item.get("post")
            if item.get("reason") is not None or not isinstance(post, Mapping):
                continue
            author, record = post.get("author"), post.get("record")
            if not isinstance(author, Mapping) or author.get("did") != did:
                continue
            created = record.get("createdAt") if isinstance(record, Mapping) else None
            both = [moment(written, now) for written in (created, post.get("indexedAt"))]
            times.append(min((one for one in both if one), key=lambda one: one.at, default=None))
        return newest(times)


def _asked(method: str, wanted: Iterable[tuple[str, str]]) -> Request:
    query = urlencode(list(wanted), quote_via=quote, safe=":")
    return Request(url=f"https://{HOST}/xrpc/app.bsky.{method}?{query}", site=HOST)


def _profiles(reply: Reply, asked: str) -> Sequence[Answer] | None:
    """Return the profiles of a batch; None when the answer is no such list."""
    if isinstance(reply, Failure) or trouble(reply, asked) or status_of(reply) != 200:
        return None
    listed = (json_object(reply) or {}).get("profiles")
    if not isinstance(listed, list):
        return None
    return [one for one in objects(listed) if _is_profile(one)]


def _badly_asked(reply: Reply) -> bool:
    """Say whether one name in a batch spoilt it: then each is asked about by itself."""
    return isinstance(reply, Response) and reply.status == 400 and json_object(reply) is not None


def _is_profile(answer: Answer) -> bool:
    did, handle = identifier(answer.get("did")), identifier(answer.get("handle"))
    return did is not None and did.startswith("did:") and handle is not None


def _profile_of(target: Target, profiles: Sequence[Answer]) -> Answer | None:
    for profile in profiles:
        if _is_about(target, str(profile["did"]), str(profile["handle"])):
            return profile
    return None


def _is_about(target: Target, did: str, handle: str) -> bool:
    """Say whether a profile is the one asked for.

    Without a proven name only the id tells, where the inventory holds it.
    """
    if target.kind == "id":
        return did == target.value
    if handle == _NO_HANDLE:
        return did == target.platform_id
    return same_name(handle, target.value)


def _refused(unread: Sighting, answer: Answer) -> Sighting:
    """Read an error: gone by the platform's hand, by the owner's, or never there."""
    error = (text(answer.get("error")) or "").casefold()
    outcome = _ERRORS.get(error)
    if error == "invalidrequest" and says(answer.get("message"), "profile not found"):
        outcome = Outcome.NOT_FOUND
    if outcome is None:
        return replace(unread, reason=Reason.NO_MARKER)
    return replace(unread, outcome=outcome, reason=None)


def _unreadable(unread: Sighting) -> Sighting:
    silent = unread.reason is Reason.NO_MARKER
    return replace(unread, reason=Reason.UNREADABLE) if silent else unread


def _badge(profile: Answer) -> tuple[Badge, str | None]:
    """Return the badge and who gave it; none only where the answer says so of both kinds."""
    told = profile.get("verification")
    if not isinstance(told, Mapping):
        return Badge.UNKNOWN, None
    states = [told.get("verifiedStatus"), told.get("trustedVerifierStatus")]
    if any(state == _SHOWN for state in states):
        return shown_badge("bluesky"), _issuers(told)
    return (Badge.NONE if all(state in _NOT_SHOWN for state in states) else Badge.UNKNOWN), None


def _issuers(told: Answer) -> str | None:
    valid = [one for one in objects(told.get("verifications")) if one.get("isValid") is True]
    named = (text(one.get("issuerHandle")) or text(one.get("issuer")) for one in valid)
    return ", ".join(dict.fromkeys(name for name in named if name))[:300] or None


def _labels(profile: Answer) -> list[str]:
    """Return the labels put on an account by others; its own words about itself are no label."""
    did = profile.get("did")
    kept = [one for one in objects(profile.get("labels")) if one.get("src") != did]
    values = (text(one.get("val"), 64) for one in kept if one.get("neg") is not True)
    return [noted(Remark.LABELLED, value) for value in dict.fromkeys(values) if value]


def _is_own_domain(handle: str) -> bool:
    return not handle.lower().endswith(_HOSTED)


def _domain_proof(seen: Sighting, handle: str, did: str) -> Step[Sighting]:
    """Ask the domain itself which account is its own; no answer proves nothing either way."""
    host = handle.lower()
    request = Request(
        url=f"https://{host}/.well-known/atproto-did", site=host, honour_robots=True, limit=65536
    )
    reply = yield request
    if isinstance(reply, Failure) or trouble(reply, request.url) or status_of(reply) != 200:
        return seen
    said = reply.text.strip()
    if not said.startswith("did:") or len(said) > 256 or len(said.split()) != 1:
        return seen
    remark = Remark.DOMAIN_PROVED if said == did else Remark.DOMAIN_DENIED
    return replace(seen, remarks=(*seen.remarks, noted(remark, host)))
