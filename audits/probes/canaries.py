"""Whether a probe still works: an account that exists and a name nobody has, asked first.

An adapter says yes and no. Its "no" is vouched for by the known-good canary, which it must find,
its "yes" by the known-bad one, which it must not. A side that nobody vouches for concludes
nothing: its answers become unknown, with the failed canary as the reason. So does a canary that
got no answer, for a wall in front of it stands in front of the others too. "Not shown" of a badge
is vouched for by the known-good canary when that shows one.
"""

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from audits.probes.exchange import Adapter, Reply, Request, Target
from audits.probes.sightings import Outcome, Reason, Sighting
from inventory.language import N_, _
from inventory.vocabulary import Badge

EVERY = 50
"""After so many accounts the canaries are asked again."""

THERE = frozenset({Outcome.FOUND, Outcome.PRIVATE, Outcome.MOVED})
GONE = frozenset({Outcome.NOT_FOUND, Outcome.SUSPENDED, Outcome.DEACTIVATED})

# What makes one doubt the probe rather than the account.
_ODD = frozenset({Reason.NO_MARKER, Reason.UNREADABLE, Reason.CHALLENGE, Reason.LOGIN_WALL})


class Canary(StrEnum):
    """How one canary came back."""

    PASSED = "passed"
    FAILED = "failed"
    UNANSWERED = "unanswered"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_CANARY[self])


_CANARY = {
    Canary.PASSED: N_("passed"),
    Canary.FAILED: N_("failed"),
    Canary.UNANSWERED: N_("no answer"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one asking of both canaries showed. `reason` is why one of them got no answer."""

    good: Canary
    bad: Canary
    reason: Reason | None = None
    badge_missed: bool = False

    @property
    def trusted(self) -> bool:
        """Say whether every answer of the adapter counts."""
        return self.good is self.bad is Canary.PASSED and not self.badge_missed

    @property
    def answered(self) -> bool:
        """Say whether at least one canary came back."""
        return not (self.good is self.bad is Canary.UNANSWERED)

    @property
    def hopeless(self) -> bool:
        """Say whether no answer of the adapter could count, whatever it were."""
        return Canary.PASSED not in (self.good, self.bad)

    def applied(self, sighting: Sighting) -> Sighting:
        """Return the sighting as far as the canaries vouch for it."""
        there, gone = sighting.outcome in THERE, sighting.outcome in GONE
        if (there and self.bad is not Canary.PASSED) or (gone and self.good is not Canary.PASSED):
            return sighting.as_unknown(Reason.CANARY)
        if self.badge_missed and sighting.badge is Badge.NONE:
            return replace(sighting, badge=Badge.UNKNOWN)
        return sighting

    def describe(self) -> str:
        """Return a sentence on what cannot be trusted, empty when everything can."""
        if self.trusted:
            return ""
        if not self.answered:
            why = self.reason.label if self.reason else Canary.UNANSWERED.label
            return _("the check of the probe itself got no answer: {why}").format(why=why)
        if self.hopeless:
            return _("the check of the probe itself failed: nothing it says counts")
        if self.bad is not Canary.PASSED:
            return _("the check of the probe itself failed: what it finds does not count")
        if self.good is not Canary.PASSED:
            return _("the check of the probe itself failed: what it misses does not count")
        return _("the probe missed a badge that is known: “no badge” does not count")


TRUSTED = Verdict(Canary.PASSED, Canary.PASSED)
"""The verdict on an adapter without canaries, such as the one for websites."""

Asking = Generator[Request, Reply, Verdict]


def has_canaries(adapter: Adapter) -> bool:
    """Say whether the adapter can be checked at all."""
    return adapter.known_good is not None or adapter.known_bad is not None


def ask_canaries(adapter: Adapter) -> Asking:
    """Return the flow that asks both canaries; together where the adapter takes two at once."""
    known = [one for one in (adapter.known_good, adapter.known_bad) if one is not None]
    seen: dict[str, Sighting] = {}
    step = max(1, min(adapter.batch, len(known)))
    for start in range(0, len(known), step):
        batch: Sequence[Target] = known[start : start + step]
        sightings = yield from adapter.ask(batch)
        seen |= {sighting.key: sighting for sighting in sightings}
    return judged(
        adapter,
        seen.get(adapter.known_good.key) if adapter.known_good else None,
        seen.get(adapter.known_bad.key) if adapter.known_bad else None,
    )


def judged(adapter: Adapter, good: Sighting | None, bad: Sighting | None) -> Verdict:
    """Return the verdict on an adapter; a canary it does not have counts as passed.

    An adapter that never says yes, or never no, declares what the canary of that side comes back
    as: `good_outcome` or `bad_outcome` is then unknown.
    """
    yes = no = Canary.PASSED
    if adapter.known_good is not None:
        expected = getattr(adapter, "good_outcome", Outcome.FOUND)
        no = _came_back(good, expected, THERE if expected is Outcome.UNKNOWN else {expected})
    if adapter.known_bad is not None:
        expected = getattr(adapter, "bad_outcome", Outcome.NOT_FOUND)
        yes = _came_back(bad, expected, {Outcome.NOT_FOUND})
        if bad is not None and bad.outcome in GONE - {Outcome.NOT_FOUND}:
            yes, no = Canary.PASSED, Canary.FAILED  # a name nobody has, taken for one shut down
    reasons = [one.reason for one in (good, bad) if one is not None and one.reason is not None]
    missed = no is Canary.PASSED and good is not None and good.badge is Badge.NONE
    return Verdict(no, yes, reasons[0] if reasons else None, missed)


def _came_back(seen: Sighting | None, expected: Outcome, right: Collection[Outcome]) -> Canary:
    """Return how a canary came back.

    Unknown is right only where it is expected and the platform did answer. An impossible name is
    the grammar's word, not the platform's: that canary was not asked.
    """
    if seen is None or seen.outcome is Outcome.ILLEGAL_NAME:
        return Canary.UNANSWERED
    if seen.outcome is Outcome.UNKNOWN:
        silent = expected is Outcome.UNKNOWN and seen.reason is Reason.NO_MARKER
        return Canary.PASSED if silent else Canary.UNANSWERED
    return Canary.PASSED if seen.outcome in right else Canary.FAILED


def is_surprise(sighting: Sighting, before: Outcome | None) -> bool:
    """Say whether an answer makes one doubt the probe: a known account gone, or an odd page."""
    if sighting.outcome in GONE:
        return before in THERE
    return sighting.outcome is Outcome.UNKNOWN and sighting.reason in _ODD
