"""What the adapters with the agency's own key have in common: the key, canaries, refusals.

The key itself is the door's: an adapter only names it and the header it belongs in, so that it
stands in no address, no source and no detail. Nothing asked with a key follows a redirect.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote, urlencode

from audits.probes.asking import Asker, Now, utc_now
from audits.probes.definitions import Canaries, canary_targets
from audits.probes.exchange import Failure, Reply, Request, Response, Target
from audits.probes.json_answers import Answer, json_object
from audits.probes.sightings import Reason, Sighting
from audits.probes.statuses import refusal, silence, wall

STOPS = frozenset({Reason.RATE_LIMIT, Reason.OFFLINE, Reason.NO_KEY, Reason.AUTH, Reason.QUOTA})
"""After such an answer the next question would bring the same one."""


class KeyedAsker(Asker):
    """One platform's own interface, asked with a key; a subclass says how errors are read.

    `good` is an account that exists, `bad` the pattern of a name nobody has (`?` is a letter).
    """

    good: ClassVar[str]
    bad: ClassVar[str]
    canary_kind: ClassVar[str] = "handle"
    key_header: ClassVar[tuple[str, str]] = ("Authorization", "Bearer {key}")

    def __init__(self, now: Now = utc_now) -> None:
        super().__init__(now)
        (platform,) = self.platforms
        given = Canaries(platform, self.canary_kind, self.good, self.bad)
        self.known_good, self.known_bad = canary_targets(given, self.name, now().date())

    def refused(self, response: Response, answer: Answer) -> Reason | None:
        """Return the reason an answer gives in its own words for telling nothing, or None."""
        raise NotImplementedError

    def asked(self, path: str, wanted: Mapping[str, str]) -> Request:
        """Return the request for a path of the interface; the key is sent in its header."""
        query = urlencode(wanted, quote_via=quote, safe=",.")
        return Request(
            url=f"https://{self.site}/{path}" + (f"?{query}" if query else ""),
            site=self.site,
            headers={"Accept": "application/json"},
            secret=self.needs,
            secret_header=self.key_header,
            follow=False,
        )

    def barrier(self, reply: Reply, asked: str) -> Reason | None:
        """Return why a reply tells nothing, or None when it may be read."""
        if isinstance(reply, Failure):
            return reply.reason
        said = self.refused(reply, json_object(reply) or {})
        denied = Reason.AUTH if reply.status == 401 else refusal(reply)
        if said is Reason.NO_MARKER:
            said = denied or said
        return wall(reply, asked) or said or denied

    def unread(self, target: Target, reply: Reply, asked: str) -> Sighting:
        """Return the sighting of an answer in which no marker was found, with the best reason."""
        reason = self.barrier(reply, asked)
        if reason is None:
            assert isinstance(reply, Response)
            reason = silence(reply)
            if reason is Reason.NO_MARKER and json_object(reply) is None:
                reason = Reason.UNREADABLE
        return self.untold(target, reply, reason)

    def readable(self, reply: Reply, asked: str) -> Answer | None:
        """Return the JSON object of an answer that may be read, or None."""
        if isinstance(reply, Failure) or self.barrier(reply, asked) is not None:
            return None
        return json_object(reply)


def remarked(seen: Sighting, *remarks: str | None) -> Sighting:
    """Return the sighting with these remarks too; None is no remark."""
    return replace(seen, remarks=(*seen.remarks, *(one for one in remarks if one)))
