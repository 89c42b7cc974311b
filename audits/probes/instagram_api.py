"""Instagram with the agency's own key: business discovery, asked as its own professional account.

It tells name, links and last post of professional accounts, and nothing of any badge. No answer
proves an absence: a personal account is not shown either.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from audits.probes.asking import Now, Step, utc_now
from audits.probes.exchange import Reply, Response, Target
from audits.probes.feeds import with_moment
from audits.probes.graph_answers import FACEBOOK_HOST, GraphAsker
from audits.probes.json_answers import (
    at_path,
    identifier,
    links_in,
    long_text,
    objects,
    same_name,
    text,
    unique_links,
    web_link,
)
from audits.probes.keyed_asking import remarked
from audits.probes.keyed_remarks import KeyedRemark
from audits.probes.moments import moment, newest
from audits.probes.remarks import Remark, noted
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import status_of

_FIELDS = "id,username,name,biography,website,media.limit(1){timestamp}"
_USER = re.compile(r"[1-9][0-9]{3,24}")
_NO_SUCH_USER = 2_207_013


class InstagramApi(GraphAsker):
    """Asks for one account at a time. `user` is the id of the agency's own account.

    Without a usable `user` it cannot ask; what it then lacks is called `instagram_user`.
    """

    name = "instagram-api"
    site = FACEBOOK_HOST
    platforms = frozenset({"instagram"})
    needs: str | None = "instagram"
    good = "bluebottle"  # the account of the interface's own examples: it is professional
    bad = "zz??????????????????"
    remarks: ClassVar[Mapping[int, KeyedRemark]] = {
        110: KeyedRemark.ABSENT_OR_NOT_PROFESSIONAL,
        100: KeyedRemark.ABSENT_OR_HIDDEN,
    }

    def __init__(self, now: Now = utc_now, user: str | None = None) -> None:
        super().__init__(now)
        self._user = user.strip() if user and _USER.fullmatch(user.strip()) else None
        if self._user is None:
            self.needs = "instagram_user"

    def one(self, target: Target) -> Step[Sighting]:
        """Ask for the account that has the name."""
        if self._user is None:
            return self.untold(target, None, Reason.NO_KEY)
        wanted = {"fields": f"business_discovery.username({target.value}){{{_FIELDS}}}"}
        request = self.graph(self._user, wanted)
        reply = yield request
        unread = self.unread(target, reply, request.url)
        answer = self.readable(reply, request.url)
        if answer is None or not isinstance(reply, Response) or status_of(reply) != 200:
            return unread
        found = answer.get("business_discovery")
        if not isinstance(found, dict):
            return unread
        username, platform_id = identifier(found.get("username")), identifier(found.get("id"))
        if username is None or platform_id is None:
            return unread
        if not same_name(username, target.value):
            return remarked(unread, noted(Remark.OTHER_NAME, username))
        bio = long_text(found.get("biography"))
        seen = replace(
            unread,
            outcome=Outcome.FOUND,
            reason=None,
            platform_id=platform_id,
            handle=username,
            display_name=text(found.get("name")),
            bio=bio,
            links=unique_links([web_link(found.get("website"))], links_in(bio)),
        )
        media = objects(at_path(found, "media/data"))
        return with_moment(seen, newest(moment(one.get("timestamp"), seen.at) for one in media))

    def untold(self, target: Target, reply: Reply | None, reason: Reason) -> Sighting:
        """Return the sighting of an answer that told nothing; its source leaves our own id out."""
        seen = super().untold(target, reply, reason)
        if self._user is None or seen.source is None:
            return seen
        source = seen.source.replace(f"/{self._user}?", "/{instagram_user}?", 1)
        return replace(seen, source=source)

    def may_mean(self, code: int, subcode: int, words: str) -> KeyedRemark | None:
        """Return what an error about the account may mean."""
        if subcode == _NO_SUCH_USER:
            return KeyedRemark.ABSENT_OR_NOT_PROFESSIONAL
        return super().may_mean(code, subcode, words)
