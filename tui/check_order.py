"""What a live check from the screen is to do, its plan, and how it is carried out in a thread."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from audits.probes import check_ledger
from audits.probes.check_ledger import Check, Subject
from audits.probes.check_outcomes import LastCheck, last_check
from audits.probes.check_plan import CheckPlan, make_plan, parse_age
from audits.probes.door_settings import DoorSettings
from audits.probes.exchange import Adapter
from audits.probes.proof_material import sites_to_read
from audits.probes.targets import candidates, candidates_of
from inventory.actor import Actor
from inventory.errors import InventoryError
from inventory.search import read_search
from inventory.store import Store

if TYPE_CHECKING:
    from audits.probes.check import CheckResult
    from audits.probes.check_progress import CheckProgress


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be checked: accounts of a search, when last told of, which pages of platforms."""

    query: str = ""
    older_than: str = ""
    websites: bool = False
    opted_in: frozenset[str] = frozenset()
    offline: bool = False


@dataclass(frozen=True, slots=True)
class CheckState:
    """What the page is drawn from. `sites` are the websites to be read, by organisation."""

    plan: CheckPlan
    sites: frozenset[int]
    unfinished: Check | None = None
    last: LastCheck | None = None
    leads: int = 0


def settings_here() -> DoorSettings:
    """Return the settings of a door opened from here, keys where they lie."""
    from audits.probes.keys import Keys

    return DoorSettings(keys=Keys(os.environ))


def adapters_here(settings: DoorSettings) -> Sequence[Adapter]:
    """Return every adapter; the plan leaves out those that may not or cannot ask."""
    from audits.probes.registry import every_adapter

    return every_adapter(settings.keys)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Network:
    """Where a check asks, and who asks there; tests put local sites and invented adapters here."""

    settings: Callable[[], DoorSettings] = settings_here
    adapters: Callable[[DoorSettings], Sequence[Adapter]] = adapters_here
    now: Callable[[], datetime] = field(default=_utc_now)


def read_state(connection: Connection, order: Order, network: Network) -> CheckState:
    """Make the plan of an order. Raises InventoryError for a search that makes no sense."""
    from audits.probes.leads import open_leads

    for problem in read_search(order.query).problems:
        raise InventoryError(problem)
    found = candidates(connection, order.query)
    sites: frozenset[int] = frozenset()
    if order.websites:
        owners = {one.organisation_id for one in found}
        sites = frozenset(
            one.organisation_id
            for one in sites_to_read(connection)
            if not order.query or one.organisation_id in owners
        )
    settings = network.settings()
    plan = make_plan(
        order.query,
        found,
        network.adapters(settings),
        now=network.now(),
        has_key=_has_key(settings),
        opted_in=order.opted_in,
        older_than=parse_age(order.older_than) if order.older_than else None,
        paces=settings.paces,
    )
    unfinished = check_ledger.unfinished(connection)
    return CheckState(plan, sites, unfinished, last_check(connection), len(open_leads(connection)))


def rest_of(
    connection: Connection, unfinished: Check, order: Order, network: Network
) -> tuple[CheckPlan, frozenset[int]]:
    """Return the plan for what an unfinished check has left, and the websites it has left."""
    ids = check_ledger.pending(connection, unfinished.number, Subject.ACCOUNT)
    sites = check_ledger.pending(connection, unfinished.number, Subject.SITE)
    settings = network.settings()
    plan = make_plan(
        unfinished.query,
        candidates_of(connection, ids),
        network.adapters(settings),
        now=network.now(),
        has_key=_has_key(settings),
        opted_in=order.opted_in,
        paces=settings.paces,
        resumes=unfinished.number,
    )
    return plan, frozenset(sites)


def carry_out(
    path: Path,
    actor: Actor,
    plan: CheckPlan,
    sites: frozenset[int],
    network: Network,
    *,
    tell: "Callable[[CheckProgress], None]",
    stopped: Callable[[], bool],
) -> "CheckResult":
    """Carry a plan out in this thread, on a connection of its own; everything learnt is kept.

    Raises InventoryError and DoorError as the check does.
    """
    from audits.probes.check import check
    from audits.probes.check_sites import site_lane

    with Store.open(path, create=False) as store:
        lanes = [site_lane(store.connection, network.now, only=sites)] if sites else []
        return check(
            store,
            actor,
            plan,
            network.settings(),
            now=network.now,
            tell=tell,
            stopped=stopped,
            lanes=lanes,
        )


def _has_key(settings: DoorSettings) -> Callable[[str], bool]:
    return lambda name: settings.keys is not None and settings.keys.find(name) is not None
