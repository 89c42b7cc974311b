"""YouTube with the agency's own key: the channel, when it was opened, its last video.

The interface has no field for a badge: none is ever told, and never that there is none. A list
without the channel is its honest "not found".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import ClassVar

from audits.probes.asking import Step
from audits.probes.exchange import Flow, Response, Target
from audits.probes.feeds import with_moment
from audits.probes.json_answers import (
    Answer,
    at_path,
    links_in,
    long_text,
    objects,
    same_name,
    text,
    unique_links,
)
from audits.probes.keyed_asking import STOPS, KeyedAsker, remarked
from audits.probes.moments import day, moment, newest
from audits.probes.platform_names import is_possible, same_account
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import status_of

HOST = "www.googleapis.com"
BATCH = 50
_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_PARTS = "id,snippet,contentDetails,status"
_LIST = "youtube#channellistresponse"
_REASONS = {
    "quotaexceeded": Reason.QUOTA,
    "dailylimitexceeded": Reason.QUOTA,
    "dailylimitexceededunreg": Reason.QUOTA,
    "ratelimitexceeded": Reason.RATE_LIMIT,
    "userratelimitexceeded": Reason.RATE_LIMIT,
    "rate_limit_exceeded": Reason.RATE_LIMIT,
    "keyinvalid": Reason.AUTH,
    "keyexpired": Reason.AUTH,
    "api_key_invalid": Reason.AUTH,
    "autherror": Reason.AUTH,
    "accessnotconfigured": Reason.PERMISSION,
    "iprefererblocked": Reason.PERMISSION,
    "forbidden": Reason.PERMISSION,
    "backenderror": Reason.SERVER_ERROR,
}
_BAD_KEY = "api key"  # "API key not valid", "API key expired": a badRequest by its reason


class _YouTubeApi(KeyedAsker):
    """What both ways of asking share: reading a list of channels, asking for the last video."""

    site = HOST
    platforms = frozenset({"youtube"})
    needs: str | None = "youtube"
    key_header = ("X-Goog-Api-Key", "{key}")

    def refused(self, response: Response, answer: Answer) -> Reason | None:
        """Return the reason Google gives: its first known word, else what its sentence says."""
        error = answer.get("error")
        if not isinstance(error, dict):
            return None
        given = [*objects(error.get("errors")), *objects(error.get("details"))]
        words = [(text(one.get("reason")) or "").casefold() for one in given]
        told = next((_REASONS[word] for word in words if word in _REASONS), None)
        if told is None and response.status == 400:
            said = (text(error.get("message")) or "").casefold()
            told = Reason.AUTH if said.startswith(_BAD_KEY) else None
        return told

    def channels(self, wanted: dict[str, str], targets: Sequence[Target]) -> Step[list[Sighting]]:
        """Ask for channels; return what the answer says of each target by itself."""
        request = self.asked("youtube/v3/channels", {"part": _PARTS, **wanted})
        reply = yield request
        answer = self.readable(reply, request.url)
        whole = isinstance(reply, Response) and status_of(reply) == 200
        if answer is None or not whole or not says_list(answer):
            reason = self.unread(targets[0], reply, request.url).reason or Reason.UNREADABLE
            return [self.untold(target, reply, reason) for target in targets]
        blank = [self.untold(target, reply, Reason.UNREADABLE) for target in targets]
        return [
            _told(target, unread, answer) for target, unread in zip(targets, blank, strict=True)
        ]

    def with_last_video(self, seen: Sighting) -> Step[tuple[Sighting, Reason | None]]:
        """Ask for the newest uploads; return also why nothing more should be asked."""
        if seen.outcome not in (Outcome.FOUND, Outcome.MOVED) or not seen.platform_id:
            return seen, seen.reason if seen.reason in STOPS else None
        uploads = "UU" + seen.platform_id[2:]
        wanted = {"part": "contentDetails", "maxResults": "5", "playlistId": uploads}
        request = self.asked("youtube/v3/playlistItems", wanted)
        reply = yield request
        answer = self.readable(reply, request.url)
        if answer is None or not isinstance(reply, Response) or status_of(reply) != 200:
            reason = self.barrier(reply, request.url)
            return seen, reason if reason in STOPS else None
        times = (
            moment(at_path(one, "contentDetails/videoPublishedAt"), seen.at)
            for one in objects(answer.get("items"))
        )
        return with_moment(seen, newest(times)), None


class YouTubeApi(_YouTubeApi):
    """Asks by name, one channel a question; a missing one once more by its id."""

    name = "youtube-api"
    kinds = frozenset({"handle", "legacy"})
    good = "youtube"
    bad = "zz??????????????????"

    def requests(self, accounts: int) -> int:
        """Return how many requests it makes, at most, about so many accounts."""
        return 2 * accounts

    def takes(self, target: Target) -> bool:
        """Say whether there is a way to ask: of the old names only those of users have one."""
        return super().takes(target) and _filter(target) is not None

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for the channel that has the name, then for its last video."""
        wanted = _filter(target)
        if wanted is None:
            return self.untold(target, None, Reason.BY_HAND)
        (seen,) = yield from self.channels(wanted, [target])
        known = target.platform_id or ""
        if seen.outcome is Outcome.NOT_FOUND and is_possible("youtube", "id", known):
            seen = yield from self._renamed(seen, target, known)
        seen, _reason = yield from self.with_last_video(seen)
        return seen

    def _renamed(self, missing: Sighting, target: Target, known: str) -> Step[Sighting]:
        """Ask by id about a name nobody has any more."""
        by_id = replace(target, kind="id", value=known)
        (found,) = yield from self.channels({"id": known}, [by_id])
        if found.outcome is not Outcome.FOUND:
            return missing
        return _moved(found)


class YouTubeApiIds(_YouTubeApi):
    """Asks by id, fifty channels a question."""

    name = "youtube-api-ids"
    kinds = frozenset({"id"})
    batch = BATCH
    canary_kind: ClassVar[str] = "id"
    good = "UCBR8-60-B28hp2BmDPdntcQ"  # YouTube's own channel
    bad = "UC??????????????????????"

    def requests(self, accounts: int) -> int:
        """Return how many requests it makes, at most, about so many accounts."""
        return ceil(accounts / BATCH) + accounts

    def ask(self, targets: Sequence[Target]) -> Flow:
        """Return the flow that asks about the targets; it returns one sighting for each."""
        possible = [one for one in targets if is_possible(one.platform, one.kind, one.value)]
        seen = {one.key: self.impossible(one) for one in targets if one not in possible}
        resting: Reason | None = None
        for start in range(0, len(possible), BATCH):
            batch = possible[start : start + BATCH]
            if resting is not None:
                seen |= {one.key: self.untold(one, None, resting) for one in batch}
                continue
            ids = ",".join(dict.fromkeys(target.value for target in batch))
            told = yield from self.channels({"id": ids, "maxResults": str(BATCH)}, batch)
            for sighting in told:
                if resting is None:
                    sighting, resting = yield from self.with_last_video(sighting)
                seen[sighting.key] = sighting
        return [seen[target.key] for target in targets]


def says_list(answer: Answer) -> bool:
    """Say whether an answer is a list of channels, be it an empty one."""
    listed = answer.get("items", [])
    return (text(answer.get("kind")) or "").casefold() == _LIST and isinstance(listed, list)


def _filter(target: Target) -> dict[str, str] | None:
    """Return what asks for a name, or None when nothing does."""
    if target.kind == "handle":
        return {"forHandle": f"@{target.value}"}
    before, _slash, name = target.value.partition("/")
    return {"forUsername": name} if target.kind == "legacy" and before == "user" and name else None


def _told(target: Target, unread: Sighting, answer: Answer) -> Sighting:
    """Return what a list says of one channel: there, not there, or neither."""
    items = objects(answer.get("items", []))
    channels = [one for one in items if _CHANNEL.fullmatch(text(one.get("id")) or "")]
    if target.kind == "id":
        mine = [one for one in channels if one["id"] == target.value]
    else:
        mine = channels
    if len(mine) == 1:
        return _described(unread, target, mine[0])
    if not mine and len(channels) == len(answer.get("items", [])) and _is_whole(answer):
        return replace(unread, outcome=Outcome.NOT_FOUND, reason=None)
    return unread


def _is_whole(answer: Answer) -> bool:
    """Say whether a list holds all there is, so that what it lacks does not exist."""
    total = at_path(answer, "pageInfo/totalResults")
    whole = isinstance(total, int) and not isinstance(total, bool)
    return whole and total == len(answer.get("items", [])) and "nextPageToken" not in answer


def _described(unread: Sighting, target: Target, channel: Answer) -> Sighting:
    snippet = channel.get("snippet")
    if not isinstance(snippet, dict) or not text(snippet.get("title")):
        return unread
    platform_id, handle = str(channel["id"]), _handle(snippet)
    bio = long_text(snippet.get("description"))
    hidden = at_path(channel, "status/privacyStatus") == "private"
    seen = replace(
        unread,
        outcome=Outcome.PRIVATE if hidden else Outcome.FOUND,
        reason=None,
        platform_id=platform_id,
        handle=handle,
        display_name=text(snippet.get("title")),
        bio=bio,
        links=unique_links(links_in(bio)),
        opened_on=day(snippet.get("publishedAt"), unread.at),
    )
    if handle is None:
        return seen
    if target.kind == "handle" and not _same(handle, target.value):
        if target.platform_id == platform_id:
            return _moved(seen)
        blank = replace(unread, reason=Reason.NO_MARKER)
        return remarked(blank, noted(Remark.OTHER_NAME, handle))
    return remarked(seen, _renamed_remark(target, handle))


def _moved(found: Sighting) -> Sighting:
    """Return the sighting of a channel that goes by another name than the one asked for."""
    name = f"@{found.handle}" if found.handle else f"channel/{found.platform_id}"
    remark = noted(Remark.RENAMED, found.handle or str(found.platform_id))
    return replace(
        found,
        outcome=Outcome.MOVED,
        moved_to=f"https://www.youtube.com/{name}",
        remarks=tuple(dict.fromkeys((*found.remarks, remark))),
    )


def _handle(snippet: Answer) -> str | None:
    """Return the name of a channel; an address of the older kind, without @, is none."""
    written = text(snippet.get("customUrl")) or ""
    return text(written[1:]) if written.startswith("@") else None


def _same(one: str, other: str) -> bool:
    return same_name(one, other) or same_account("youtube", "handle", one.lower(), other.lower())


def _renamed_remark(target: Target, handle: str) -> str | None:
    """Return the remark on a channel asked for by id whose name is not the one on record."""
    known = target.handle.lstrip("@").lower()
    if target.kind != "id" or _CHANNEL.fullmatch(target.handle):
        return None
    if not is_possible("youtube", "handle", known) or _same(handle, known):
        return None
    return noted(Remark.RENAMED, handle)
