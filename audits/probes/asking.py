"""What the adapters without a key have in common: one account after another, one sighting each."""

from collections.abc import Callable, Generator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from math import ceil
from typing import TypeVar

from audits.probes.definitions import canaries
from audits.probes.exchange import Failure, Flow, Reply, Request, Response, Target
from audits.probes.platform_names import is_possible
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.statuses import silence, trouble
from inventory.platforms import default_table
from inventory.vocabulary import Badge

Found = TypeVar("Found")
Step = Generator[Request, Reply, Found]
"""Part of a flow: it yields requests, receives replies and returns what it found."""

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, UTC."""
    return datetime.now(UTC)


class Asker:
    """One way of asking one platform; a subclass says how one account is asked about.

    `now` gives the time of a sighting; the canary nobody has is that day's. `good_outcome` and
    `bad_outcome` are what the canaries of a working adapter come back as: unknown for one that
    never says "found", or never "not found".
    """

    name: str
    site: str
    platforms: frozenset[str]
    kinds: frozenset[str] = frozenset({"handle"})
    batch: int = 1
    follow_ups: int = 0  # how many more requests an account that is found takes, at most
    needs: str | None = None
    cost: float = 0.0
    opt_in: bool = False
    official: bool = True
    known_good: Target | None
    known_bad: Target | None
    good_outcome: Outcome = Outcome.FOUND
    bad_outcome: Outcome = Outcome.NOT_FOUND

    def __init__(self, now: Now = utc_now) -> None:
        self.now = now
        self.known_good, self.known_bad = canaries(self.name, now().date())

    def takes(self, target: Target) -> bool:
        """Say whether this adapter can ask about the target at all."""
        return target.platform in self.platforms and target.kind in self.kinds

    def requests(self, accounts: int) -> int:
        """Return how many requests it makes, at most, about so many accounts."""
        return ceil(accounts / self.batch) + accounts * self.follow_ups

    def ask(self, targets: Sequence[Target]) -> Flow:
        """Return the flow that asks about the targets; it returns one sighting for each."""
        seen = []
        for target in targets:
            if is_possible(target.platform, target.kind, target.value):
                seen.append((yield from self.one(target)))
            else:
                seen.append(self.impossible(target))
        return seen

    def one(self, target: Target) -> Step[Sighting]:
        """Ask about one account whose name is possible."""
        raise NotImplementedError

    def impossible(self, target: Target) -> Sighting:
        """Return the sighting of a name the platform cannot have; nobody was asked."""
        return Sighting(target.key, self.name, self.now(), Outcome.ILLEGAL_NAME)

    def untold(self, target: Target, reply: Reply | None, reason: Reason) -> Sighting:
        """Return the sighting of an answer that told nothing; conclusions are made from it."""
        answered = reply if isinstance(reply, Response) else None
        return Sighting(
            key=target.key,
            adapter=self.name,
            at=self.now(),
            outcome=Outcome.UNKNOWN,
            reason=reason,
            source=answered.url if answered else None,
            http_status=answered.status if answered else None,
            sha256=sha256(answered.body).hexdigest() if answered else None,
        )

    def unread(self, target: Target, reply: Reply, asked: str) -> Sighting:
        """Return the sighting of an answer in which no marker was found, with the best reason."""
        reason = trouble(reply, asked)
        if reason is None:
            assert isinstance(reply, Response)
            reason = silence(reply)
        return self.untold(target, reply, reason)


def shown_badge(platform: str) -> Badge:
    """Return the kind of a badge that was seen and not explained.

    Where the platform shows only one kind it is that one, else the kind is not noted.
    """
    known = default_table().platforms.get(platform)
    kinds = known.badges if known else ()
    return Badge(kinds[0]) if len(kinds) == 1 else Badge.UNSPECIFIED


def answered(reply: Reply) -> Response | None:
    """Return a reply that is an answer, None for a failure."""
    return None if isinstance(reply, Failure) else reply
