"""What a probe saw of one account: found, gone, or why it could not be told."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from inventory.language import N_, _
from inventory.vocabulary import Badge


class Outcome(StrEnum):
    """What became of asking for an account. Only an honest answer is anything but unknown."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    SUSPENDED = "suspended"
    DEACTIVATED = "deactivated"
    MOVED = "moved"
    PRIVATE = "private"
    ILLEGAL_NAME = "illegal_name"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_OUTCOMES[self])


class Reason(StrEnum):
    """Why it could not be told."""

    LOGIN_WALL = "login_wall"
    CHALLENGE = "challenge"
    RATE_LIMIT = "rate_limit"
    AUTH = "auth"
    PERMISSION = "permission"
    SERVER_ERROR = "server_error"
    TIME_OUT = "time_out"
    DNS = "dns"
    TLS = "tls"
    CONNECTION = "connection"
    REFUSED = "refused"  # by our own policy: a private address, another port, too many redirects
    CANARY = "canary"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    QUOTA = "quota"
    ROBOTS = "robots"
    NO_MARKER = "no_marker"  # an answer that says neither yes nor no
    OFFLINE = "offline"
    NO_KEY = "no_key"
    BY_HAND = "by_hand"  # nothing but a person can look there

    @property
    def label(self) -> str:
        """The words for people, in the language spoken here."""
        return _(_REASONS[self])


class Precision(StrEnum):
    """How exactly the time of the last post is known."""

    SECOND = "second"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one adapter concluded about one account. None and empty mean: not told.

    `at` is UTC. `badge` is UNKNOWN unless the answer says what is or is not shown. `sha256` is the
    hash of the body it rests on, `source` the address that body came from, keys left out.
    """

    key: str
    adapter: str
    at: datetime
    outcome: Outcome
    reason: Reason | None = None
    badge: Badge = Badge.UNKNOWN
    badge_by: str | None = None
    platform_id: str | None = None
    handle: str | None = None
    display_name: str | None = None
    bio: str | None = None
    links: tuple[str, ...] = ()
    opened_on: date | None = None
    last_post_at: datetime | None = None
    last_post_precision: Precision | None = None
    moved_to: str | None = None
    source: str | None = None
    http_status: int | None = None
    sha256: str | None = None
    remarks: tuple[str, ...] = field(default=())

    def as_unknown(self, reason: Reason) -> "Sighting":
        """Return the same sighting with nothing concluded: its adapter was found unreliable."""
        return replace(self, outcome=Outcome.UNKNOWN, reason=reason, badge=Badge.UNKNOWN)


_OUTCOMES = {
    Outcome.FOUND: N_("found"),
    Outcome.NOT_FOUND: N_("not found"),
    Outcome.SUSPENDED: N_("suspended"),
    Outcome.DEACTIVATED: N_("deactivated"),
    Outcome.MOVED: N_("moved"),
    Outcome.PRIVATE: N_("private"),
    Outcome.ILLEGAL_NAME: N_("impossible name"),
    Outcome.UNKNOWN: N_("could not tell"),
}
_REASONS = {
    Reason.LOGIN_WALL: N_("the platform asks to sign in"),
    Reason.CHALLENGE: N_("the platform asks to prove that a person is looking"),
    Reason.RATE_LIMIT: N_("asked too often; the platform wants us to wait"),
    Reason.AUTH: N_("the key was not accepted"),
    Reason.PERMISSION: N_("the key may not see this"),
    Reason.SERVER_ERROR: N_("the platform had a fault"),
    Reason.TIME_OUT: N_("no answer in time"),
    Reason.DNS: N_("the name leads nowhere"),
    Reason.TLS: N_("the certificate could not be trusted"),
    Reason.CONNECTION: N_("no connection"),
    Reason.REFUSED: N_("not asked: our own rules forbid that address"),
    Reason.CANARY: N_("the check of the probe itself failed"),
    Reason.TOO_LARGE: N_("the answer was too large"),
    Reason.UNREADABLE: N_("the answer could not be read"),
    Reason.QUOTA: N_("the quota is used up"),
    Reason.ROBOTS: N_("the site asks robots to stay away"),
    Reason.NO_MARKER: N_("the answer says neither yes nor no"),
    Reason.OFFLINE: N_("offline"),
    Reason.NO_KEY: N_("no key is set"),
    Reason.BY_HAND: N_("only a person can look there"),
}
