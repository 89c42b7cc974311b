"""An invented platform for checks: its adapter, its inventory, and local sites that play it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audits.probes.canaries import Verdict
from audits.probes.check_plan import CheckPlan, make_plan
from audits.probes.exchange import Failure, Flow, Request, Target
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.targets import candidates
from inventory.actor import Actor
from inventory.record import Account, AccountKey, Observation, Organisation
from inventory.store import Store
from inventory.vocabulary import Badge, ObservationKind

ACTOR = Actor("Juruaudit", "audit", 1000, "contoh")
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOST = "api.contoh.example"
GOOD, BAD = "platform.itself", "zzqqzzqqzzqqzzqqzz"
_SAID = {
    "yes": (Outcome.FOUND, None, Badge.GOVERNMENT),
    "plain": (Outcome.FOUND, None, Badge.NONE),
    "no": (Outcome.NOT_FOUND, None, Badge.UNKNOWN),
    "shut": (Outcome.SUSPENDED, None, Badge.UNKNOWN),
    "off": (Outcome.DEACTIVATED, None, Badge.UNKNOWN),
    "gone elsewhere": (Outcome.MOVED, None, Badge.UNKNOWN),
    "locked": (Outcome.PRIVATE, None, Badge.UNKNOWN),
    "impossible": (Outcome.ILLEGAL_NAME, None, Badge.UNKNOWN),
    "sign in": (Outcome.UNKNOWN, Reason.LOGIN_WALL, Badge.UNKNOWN),
    "no key": (Outcome.UNKNOWN, Reason.AUTH, Badge.UNKNOWN),
}


class Clock:
    """The time of a check; it passes when somebody winds it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def wind(self, **much: float) -> None:
        self.at += timedelta(**much)


def target(value: str, account_id: int = 0, platform: str = "bluesky") -> Target:
    url = f"https://{HOST}/{value}"
    return Target(account_id, f"{platform}:handle:{value}", platform, "handle", value, value, url)


class Invented:
    """An adapter whose platform answers one word an account, one line each for a batch."""

    def __init__(
        self,
        name: str = "invented",
        platform: str = "bluesky",
        *,
        host: str = HOST,
        batch: int = 1,
        needs: str | None = None,
        cost: float = 0.0,
        opt_in: bool = False,
        canaries: bool = True,
        now: Clock | None = None,
    ) -> None:
        self.name = name
        self.site = host
        self.host = host
        self.platforms = frozenset({platform})
        self.batch = batch
        self.needs = needs
        self.cost = cost
        self.opt_in = opt_in
        self.known_good = target(GOOD, platform=platform) if canaries else None
        self.known_bad = target(BAD, platform=platform) if canaries else None
        self.now = now or Clock()

    def takes(self, target: Target) -> bool:
        return target.platform in self.platforms and target.kind == "handle"

    def ask(self, targets: Sequence[Target]) -> Flow:
        names = ",".join(one.value for one in targets)
        reply = yield Request(f"https://{self.host}/{names}", self.site)
        if isinstance(reply, Failure):
            return [
                Sighting(one.key, self.name, self.now(), Outcome.UNKNOWN, reply.reason)
                for one in targets
            ]
        words = dict(zip(names.split(","), reply.text.split("\n"), strict=False))
        return [self._said(one, words.get(one.value, ""), reply.url) for one in targets]

    def _said(self, one: Target, word: str, url: str) -> Sighting:
        odd = (Outcome.UNKNOWN, Reason.NO_MARKER, Badge.UNKNOWN)
        outcome, reason, badge = _SAID.get(word, odd)
        return Sighting(
            one.key, self.name, self.now(), outcome, reason, badge=badge, source=url,
            http_status=200, sha256="0" * 64,
        )  # fmt: skip


def fill(path: Path, names: Sequence[str], platform: str = "bluesky") -> Store:
    """Return an open inventory of one organisation with an account of each name."""
    store = Store.open(path)
    with store.change(ACTOR, "senarai") as change:
        owner = change.add(Organisation(name_ms="Kementerian Contoh", short_name="KC"))
        ids = change.add_many(
            Account(
                organisation_id=owner, platform=platform, handle=name, url=f"https://{HOST}/{name}"
            )
            for name in names
        )
        change.add_many(
            AccountKey(account_id=row_id, key=f"{platform}:handle:{name}")
            for row_id, name in zip(ids, names, strict=True)
        )
    return store


def planned(store: Store, *adapters: Invented, query: str = "", **others: object) -> CheckPlan:
    settings: dict[str, object] = {"now": START, "has_key": lambda _name: True} | others
    return make_plan(query, candidates(store.connection, query), adapters, **settings)  # type: ignore[arg-type]


def seen(store: Store, kind: ObservationKind = ObservationKind.EXISTENCE) -> dict[str, str | None]:
    """Return what was last observed of each account, by its handle."""
    from inventory.reading import every, get

    found = {}
    for one in every(store.connection, Observation):
        if one.kind is kind:
            account = get(store.connection, Account, one.account_id)
            assert account is not None
            found[account.handle] = one.value
    return found


def verdict_words(verdict: Verdict) -> tuple[str, str]:
    return verdict.good.value, verdict.bad.value
