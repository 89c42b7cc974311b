"""Requests, responses and the flow between them: the language of adapters, without any I/O."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from audits.probes.sightings import Reason, Sighting


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the network.

    `secret` names the key (`keys.py`) to be sent, and where: `header` is its header, with `{key}`
    for the key itself. The key never stands in the address. `site` is the name politeness and
    progress go by; `follow` allows redirects.
    """

    url: str
    site: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    secret: str | None = None
    secret_header: tuple[str, str] | None = None
    follow: bool = True
    honour_robots: bool = False
    limit: int = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: where it finally came from, its status, headers (lower case) and inflated body.

    `not_modified` means the stored copy still holds; `body` is then the stored one's, when kept.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    redirects: tuple[str, ...] = ()
    not_modified: bool = False

    @property
    def text(self) -> str:
        """The body as text: UTF-8, with what does not fit shown as replacement characters."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer, and why. `detail` is for the progress line; it holds no key and no query."""

    reason: Reason
    detail: str = ""
    retry_after: float | None = None


Reply = Response | Failure
Flow = Generator[Request, Reply, Sequence[Sighting]]


@dataclass(frozen=True, slots=True)
class Target:
    """One account to be asked about, as an adapter needs it."""

    account_id: int
    key: str
    platform: str
    kind: str
    value: str
    handle: str
    url: str
    platform_id: str | None = None
    official_site: str | None = None


class Adapter(Protocol):
    """One way of asking one platform. `batch` is how many accounts one flow takes at most.

    `cost` is what one account costs in US dollars; `needs` the name of the key it needs, if any.
    `known_good` is an account of the platform that exists and, if the adapter tells badges, shows
    one; `known_bad` a possible name that nobody has.
    """

    name: str
    site: str
    platforms: frozenset[str]
    batch: int
    needs: str | None
    cost: float
    opt_in: bool
    known_good: Target | None
    known_bad: Target | None

    def takes(self, target: Target) -> bool:
        """Say whether this adapter can ask about the target at all."""
        ...

    def ask(self, targets: Sequence[Target]) -> Flow:
        """Return the flow that asks about the targets; it returns one sighting for each."""
        ...
