"""Threads with the agency's own key: the profile of a name, and its badge.

Needs a key allowed to discover profiles. Accounts that are private or have few followers are not
shown, so no answer proves an absence. Which kind of badge it is, Threads does not tell.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from audits.probes.asking import Step, shown_badge
from audits.probes.exchange import Response, Target
from audits.probes.graph_answers import GraphAsker
from audits.probes.json_answers import (
    Answer,
    identifier,
    links_in,
    long_text,
    same_name,
    text,
    unique_links,
)
from audits.probes.keyed_asking import remarked
from audits.probes.keyed_remarks import KeyedRemark
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Sighting
from audits.probes.statuses import status_of
from inventory.vocabulary import Badge

HOST = "graph.threads.com"


class ThreadsApi(GraphAsker):
    """Asks for one profile at a time."""

    name = "threads-api"
    site = HOST
    platforms = frozenset({"threads"})
    needs: str | None = "threads"
    good = "threads"
    bad = "zz??????????????????"
    remarks: ClassVar[Mapping[int, KeyedRemark]] = {
        24: KeyedRemark.ABSENT_OR_TOO_SMALL,
        100: KeyedRemark.ABSENT_OR_TOO_SMALL,
    }

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for the profile that has the name."""
        request = self.asked("v1.0/profile_lookup", {"username": target.value})
        reply = yield request
        unread = self.unread(target, reply, request.url)
        profile = self.readable(reply, request.url)
        if profile is None or not isinstance(reply, Response) or status_of(reply) != 200:
            return unread
        username = identifier(profile.get("username"))
        if username is None:
            return unread
        if not same_name(username, target.value):
            return remarked(unread, noted(Remark.OTHER_NAME, username))
        bio = long_text(profile.get("biography")) or long_text(profile.get("threads_biography"))
        return replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            badge=_badge(profile),
            platform_id=identifier(profile.get("id")),
            handle=username,
            display_name=text(profile.get("name")),
            bio=bio,
            links=unique_links(links_in(bio)),
        )


def _badge(profile: Answer) -> Badge:
    match profile.get("is_verified"):
        case True:
            return shown_badge("threads")
        case False:
            return Badge.NONE
    return Badge.UNKNOWN
