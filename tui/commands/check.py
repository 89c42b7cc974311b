"""`rasmi check`: ask the platforms what is true today, after saying whom it would ask."""

import argparse
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from inventory.errors import InventoryError
from inventory.language import _
from inventory.safe_text import visible
from inventory.search import read_search
from inventory.store import Store
from tui.check_telling import as_json, progress_line, tell_plan, tell_result
from tui.commands.shared import actor_of, add_json, inventory_of
from tui.printer import emit, say, warn

if TYPE_CHECKING:
    from audits.probes.check import CheckResult
    from audits.probes.check_jobs import Lane
    from audits.probes.check_plan import CheckPlan
    from audits.probes.door_settings import DoorSettings
    from audits.probes.exchange import Adapter
    from audits.probes.targets import Candidate

_REFUSED, _INCOMPLETE, _STOPPED = 2, 3, 130


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help=_("as for `accounts`; all"))
    parser.add_argument(
        "--only", action="append", metavar="PLATFORM", default=[], help=_("of this platform only")
    )
    parser.add_argument(
        "--older-than",
        metavar="AGE",
        help=_("leave alone what a probe could tell more recently: 30d, 12h, 2w"),
    )
    parser.add_argument(
        "--sites",
        action="store_true",
        help=_("read the official websites of the organisations too"),
    )
    parser.add_argument(
        "--opt-in",
        action="append",
        metavar="PLATFORM",
        default=[],
        help=_("read pages of a platform whose terms forbid programs; shows the notice"),
    )
    parser.add_argument(
        "--resume", action="store_true", help=_("go on with the check that was not finished")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("show the plan and its cost; ask nobody")
    )
    parser.add_argument(
        "--offline", action="store_true", help=_("use no network at all: the plan is all there is")
    )
    parser.add_argument(
        "--yes-cost", action="store_true", help=_("agree to what the plan says it costs")
    )
    parser.add_argument("--contact", default="", help=_("whom a site's owner can turn to"))
    parser.add_argument("--proxy", metavar="URL", help=_("go through http://host:port"))
    parser.add_argument(
        "--ca-file", metavar="FILE", type=Path, help=_("trust the authorities in this file too")
    )
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """Show the plan, then carry it out unless it is only to be shown.

    2 for a query or a setting that makes no sense or a cost nobody agreed to, 3 when something was
    left for later, 130 when it was stopped.
    """
    from audits.probes.keys import KeysError

    query = " ".join(call.query)
    for problem in read_search(query).problems:
        raise InventoryError(problem)
    if call.resume and (query or call.only or call.older_than or call.sites):
        raise InventoryError(_("--resume goes on with the same accounts: leave QUERY out."))
    try:
        with inventory_of(call) as store:
            return _checked(call, store, query)
    except KeysError as error:
        raise InventoryError(str(error)) from error


def _checked(call: argparse.Namespace, store: Store, query: str) -> int:
    settings = _settings(call)
    plan, lanes = _planned(call, store, query, settings)
    dry = call.dry_run or call.offline
    if not call.json:
        tell_plan(plan, lanes)
    if dry:
        if call.json:
            emit(as_json(plan, lanes, None))
        elif call.offline:
            say(_("Offline: nobody was asked."))
        return 0
    if not _agreed(call, plan):
        return _REFUSED
    result = _carried_out(call, store, plan, settings, lanes)
    if call.json:
        emit(as_json(plan, lanes, result))
    else:
        tell_result(result)
    if result.cancelled:
        return _STOPPED
    return _INCOMPLETE if result.left else 0


def _settings(call: argparse.Namespace) -> "DoorSettings":
    from audits.probes.door_settings import DoorSettings
    from audits.probes.keys import Keys

    return DoorSettings(
        offline=call.offline,
        contact=call.contact,
        proxy=call.proxy,
        ca_file=call.ca_file,
        keys=Keys(os.environ),
    )


def _planned(
    call: argparse.Namespace, store: Store, query: str, settings: "DoorSettings"
) -> "tuple[CheckPlan, list[Lane]]":
    """Return the plan for what the call names, or for what an unfinished check has left."""
    from audits.probes import check_ledger
    from audits.probes.check_ledger import Subject
    from audits.probes.check_plan import make_plan
    from audits.probes.targets import candidates, candidates_of

    connection = store.connection
    unfinished = check_ledger.unfinished(connection)
    sites: set[int] | None = None
    with_sites = bool(call.sites)
    if call.resume:
        if unfinished is None:
            raise InventoryError(_("No check is unfinished."))
        ids = check_ledger.pending(connection, unfinished.number, Subject.ACCOUNT)
        found = list(candidates_of(connection, ids))
        sites = set(check_ledger.pending(connection, unfinished.number, Subject.SITE))
        query, with_sites = unfinished.query, bool(sites)
    else:
        found = [one for one in candidates(connection, query) if _is_of(call, one)]
        if query or call.only:
            sites = {one.organisation_id for one in found}
        if unfinished is not None and not call.json:
            warn(
                _("Check {number} has {left} left; `rasmi check --resume` goes on with it.").format(
                    number=unfinished.number, left=unfinished.left
                )
            )
    plan = make_plan(
        query,
        found,
        _adapters(settings),
        now=datetime.now(UTC),
        has_key=lambda name: settings.keys is not None and settings.keys.find(name) is not None,
        opted_in=_opted_in(call),
        older_than=_age(call),
        paces=settings.paces,
        resumes=unfinished.number if call.resume and unfinished else None,
    )
    return plan, [_site_lane(store, sites)] if with_sites else []


def _site_lane(store: Store, only: set[int] | None) -> "Lane":
    from audits.probes.check_sites import site_lane

    return site_lane(store.connection, lambda: datetime.now(UTC), only=only)


def _adapters(settings: "DoorSettings") -> "tuple[Adapter, ...]":
    from audits.probes.registry import every_adapter

    return every_adapter(settings.keys)


def _is_of(call: argparse.Namespace, one: "Candidate") -> bool:
    return not call.only or one.platform in {_platform(name) for name in call.only}


def _platform(name: str) -> str:
    from inventory.platforms import platform_named

    found = platform_named(name)
    if found is None:
        raise InventoryError(_("No platform is called “{word}”.").format(word=visible(name)))
    return found.key


def _opted_in(call: argparse.Namespace) -> set[str]:
    """Return the platforms switched on, after showing what each asks to be known."""
    from audits.probes.registry import on_request

    chosen = {_platform(name) for name in call.opt_in}
    for probe in on_request():
        if chosen.intersection(probe.platforms) and probe.notice is not None:
            warn(f"{probe.name}: {probe.notice.here} {probe.terms or ''}")
    unknown = chosen - {platform for probe in on_request() for platform in probe.platforms}
    if unknown:
        raise InventoryError(
            _("There is no probe to switch on for {platform}.").format(platform=min(unknown))
        )
    return chosen


def _age(call: argparse.Namespace) -> timedelta | None:
    from audits.probes.check_plan import parse_age

    if call.older_than is None:
        return None
    try:
        return parse_age(call.older_than)
    except ValueError:
        raise InventoryError(
            _("“{text}” is no age. Write it as 30d, 12h or 2w.").format(
                text=visible(call.older_than)
            )
        ) from None


def _agreed(call: argparse.Namespace, plan: "CheckPlan") -> bool:
    """Say whether somebody agrees to the cost; a terminal is asked, a script must say so."""
    if not plan.cost or call.yes_cost:
        return True
    cost = _("This costs about US$ {cost}.").format(cost=f"{plan.cost:.2f}")
    if call.json or not (sys.stdin and sys.stdin.isatty()):
        warn(cost + " " + _("Agree with --yes-cost."))
        return False
    warn(cost + " " + _("Go on? [y/N]"))
    return sys.stdin.readline().strip().lower() in ("y", "yes", "ya")


def _carried_out(
    call: argparse.Namespace,
    store: Store,
    plan: "CheckPlan",
    settings: "DoorSettings",
    lanes: "list[Lane]",
) -> "CheckResult":
    from audits.probes.check import CheckResult, check

    if not plan.accounts and not any(lane.jobs for lane in lanes):
        return CheckResult(None)
    from audits.probes.fetch import DoorError

    try:
        return check(store, actor_of(call), plan, settings, tell=progress_line(), lanes=lanes)
    except DoorError as error:
        raise InventoryError(str(error)) from error


ANSWER_IS = "an object"
ANSWER = {
    "plan": (
        "`query`, `accounts`, `requests`, `seconds` (at least), `cost_usd`, `websites`; `probes`, "
        "each with `name`, `site`, `accounts`, `requests`, `seconds`, `cost_usd`; `left_out`, each "
        "with `id`, `platform`, `why` (`fresh`, `no_key`, `opt_in`, `by_hand`) and the key it "
        "`needs`"
    ),
    "result": (
        "null for a dry run; else `check` (its number, null when nobody was to be asked), `done`, "
        "`left`, `cancelled`, `outcomes` and `reasons` with their counts, and `notes` on what "
        "cannot be trusted or was given up"
    ),
}
