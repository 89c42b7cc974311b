"""Meta's Graph interface, as Facebook, Instagram and Threads share it: errors and allowance.

An error comes as a number and a sentence, with almost any status. Those about the account are
ambiguous by themselves: absent, personal, hidden from this key. None of them proves an absence.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from audits.probes.exchange import Reply, Request, Response, Target
from audits.probes.json_answers import Answer, json_object, json_value, text
from audits.probes.keyed_asking import KeyedAsker, remarked
from audits.probes.keyed_remarks import KeyedRemark, noted
from audits.probes.sightings import Outcome, Reason, Sighting

FACEBOOK_HOST = "graph.facebook.com"
VERSION = "v25.0"
_NEARLY = 90  # per cent

_CODES = {
    1: Reason.SERVER_ERROR,
    2: Reason.SERVER_ERROR,
    3: Reason.PERMISSION,
    4: Reason.RATE_LIMIT,
    10: Reason.PERMISSION,
    17: Reason.RATE_LIMIT,
    32: Reason.RATE_LIMIT,
    102: Reason.AUTH,
    104: Reason.AUTH,
    190: Reason.AUTH,
    341: Reason.RATE_LIMIT,
    368: Reason.PERMISSION,
    467: Reason.AUTH,
    613: Reason.RATE_LIMIT,
}
_RANGES = (
    (range(200, 300), Reason.PERMISSION),
    (range(80_000, 80_015), Reason.RATE_LIMIT),
)
_USAGE = ("x-app-usage", "x-page-usage", "x-business-use-case-usage", "x-ad-account-usage")
_COUNTED = ("call_count", "total_time", "total_cputime")


class GraphAsker(KeyedAsker):
    """One of Meta's platforms; its errors never say that an account does not exist."""

    bad_outcome: Outcome = Outcome.UNKNOWN
    remarks: ClassVar[Mapping[int, KeyedRemark]] = {}

    def refused(self, response: Response, answer: Answer) -> Reason | None:
        """Return the reason an error gives; one about the account itself gives none."""
        code, _subcode, _words = error_of(answer)
        if code in _CODES:
            return _CODES[code]
        known = next((reason for codes, reason in _RANGES if code in codes), None)
        return known or (Reason.NO_MARKER if "error" in answer else None)

    def unread(self, target: Target, reply: Reply, asked: str) -> Sighting:
        """Return the sighting of an answer that told nothing, with what its error may mean."""
        seen = super().unread(target, reply, asked)
        if not isinstance(reply, Response):
            return seen
        if seen.reason is Reason.NO_MARKER:
            remark = self.may_mean(*error_of(json_object(reply) or {}))
            seen = remarked(seen, noted(remark) if remark else None)
        return remarked(seen, *allowance(reply))

    def may_mean(self, code: int, _subcode: int, _words: str) -> KeyedRemark | None:
        """Return what an error about the account may mean, for a person to look into."""
        return self.remarks.get(code)

    def graph(self, path: str, wanted: Mapping[str, str]) -> Request:
        """Return the request for a path of the version in use."""
        return self.asked(f"{VERSION}/{path}", wanted)


def error_of(answer: Answer) -> tuple[int, int, str]:
    """Return code, subcode and message of an error; -1 stands for a number that is not there."""
    error = answer.get("error")
    if not isinstance(error, Mapping):
        return -1, -1, ""
    return _number(error.get("code")), _number(error.get("error_subcode")), _words_of(error)


def allowance(reply: Response) -> tuple[str, ...]:
    """Return a remark when the headers say that the key is nearly used up, with the per cent."""
    shares: list[float] = []
    for name in _USAGE:
        shares += _shares(json_value(reply.headers.get(name, "")[:20_000].encode()))
    most = max(shares, default=0.0)
    return (noted(KeyedRemark.NEARLY_USED_UP, f"{most:.0f} %"),) if most >= _NEARLY else ()


def _shares(told: Any) -> Iterator[float]:
    """Yield the shares of one header: flat, or a list for each business."""
    listed = [told]
    if isinstance(told, dict):
        listed += [one for kept in told.values() if isinstance(kept, list) for one in kept]
    for usage in listed:
        for name in _COUNTED if isinstance(usage, dict) else ():
            share = usage.get(name)
            if isinstance(share, int | float) and not isinstance(share, bool) and share < 10_000:
                yield float(share)


def _number(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _words_of(error: Mapping[str, Any]) -> str:
    return (text(error.get("message"), 1_000) or "").casefold()
