"""`rasmi leads`: accounts that websites and Wikidata name and the inventory lacks; and gaps."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audits.probes.leads import accept, lead_by, leads_in, reject, store_leads
from inventory.errors import InventoryError
from inventory.language import _
from inventory.reading import get
from inventory.record import Account, Lead, Organisation
from inventory.store import Store
from inventory.vocabulary import LeadState
from tui.commands.shared import actor_of, add_date, add_json, day_of, inventory_of, organisation_of
from tui.printer import emit, say, table

if TYPE_CHECKING:
    from audits.probes.wikidata import EntityReading

_ANY = "any"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the verb takes."""
    parser.add_argument("--organisation", metavar="ID", help=_("of an organisation's whole branch"))
    parser.add_argument(
        "--state",
        choices=[*(item.value for item in LeadState), _ANY],
        default=LeadState.OPEN.value,
        help=_("open unless said; rejected is the deny list"),
    )
    decision = parser.add_mutually_exclusive_group()
    decision.add_argument(
        "--accept", nargs="+", metavar="ID", help=_("record the accounts of these leads")
    )
    decision.add_argument(
        "--reject", nargs="+", metavar="ID", help=_("put these leads on the deny list")
    )
    decision.add_argument(
        "--gaps", action="store_true", help=_("list expected accounts that are missing instead")
    )
    decision.add_argument(
        "--wikidata",
        metavar="FILE|Q…",
        help=_("take leads for the organisation from an entity of Wikidata, saved or asked for"),
    )
    parser.add_argument("--reason", default="", help=_("why they are rejected; kept"))
    parser.add_argument("--proxy", metavar="URL", help=_("ask Wikidata through this proxy"))
    parser.add_argument(
        "--ca-file", type=Path, metavar="FILE", help=_("trust this certificate authority as well")
    )
    add_date(parser)
    add_json(parser)


def run(call: argparse.Namespace) -> int:
    """List leads or gaps, or decide on leads; each decision is one change."""
    with inventory_of(call) as store:
        if call.accept:
            leads = [_accepted(call, store, lead) for lead in _named(store, call.accept)]
        elif call.reject:
            leads = [_rejected(call, store, lead) for lead in _named(store, call.reject)]
        elif call.wikidata:
            leads = _from_wikidata(call, store)
        elif call.gaps:
            return _show_gaps(call, store)
        else:
            leads = list(_wanted(call, store))
        if call.json:
            emit([_as_json(store, lead) for lead in leads])
        elif not (call.accept or call.reject):
            _tell(store, leads)
    return 0


def _branch(call: argparse.Namespace, store: Store) -> int | None:
    return organisation_of(store, call.organisation).id if call.organisation else None


def _wanted(call: argparse.Namespace, store: Store) -> Iterator[Lead]:
    branch = _branch(call, store)
    states = list(LeadState) if call.state == _ANY else [LeadState(call.state)]
    for state in states:
        yield from leads_in(store.connection, state, branch)


def _named(store: Store, references: list[str]) -> list[Lead]:
    """Return the leads a person named; nothing is decided when one of them does not exist."""
    return [lead_by(store.connection, reference) for reference in dict.fromkeys(references)]


def _accepted(call: argparse.Namespace, store: Store, lead: Lead) -> Lead:
    account_id = accept(store, actor_of(call), lead.id, day_of(call))
    account = get(store.connection, Account, account_id)
    if account is not None and not call.json:
        say(
            _("{uid} recorded: {key}. Its official status is unknown.").format(
                uid=account.uid, key=lead.key
            )
        )
    return lead_by(store.connection, lead.uid)


def _rejected(call: argparse.Namespace, store: Store, lead: Lead) -> Lead:
    reject(store, actor_of(call), lead.id, call.reason, day_of(call))
    if not call.json:
        say(_("{uid} rejected: {key}.").format(uid=lead.uid, key=lead.key))
    return lead_by(store.connection, lead.uid)


def _from_wikidata(call: argparse.Namespace, store: Store) -> list[Lead]:
    if not call.organisation:
        raise InventoryError(_("Say whose entity it is: --organisation ID"))
    organisation = organisation_of(store, call.organisation)
    reading = _entity(call, organisation.id)
    reason = _("Leads from Wikidata: {entity}").format(entity=reading.entity)
    with store.change(actor_of(call), reason, call.wikidata) as change:
        stored = store_leads(change, [reading], day_of(call))
    found = (get(store.connection, Lead, row_id) for row_id in stored.added)
    return [lead for lead in found if lead is not None]


def _entity(call: argparse.Namespace, organisation_id: int) -> "EntityReading":
    from audits.probes.wikidata import is_entity_id, read_entity_file

    if not is_entity_id(call.wikidata):
        return read_entity_file(Path(call.wikidata), organisation_id)
    from audits.probes.door_settings import DoorSettings
    from audits.probes.wikidata_asking import fetch_entity

    settings = DoorSettings(proxy=call.proxy, ca_file=call.ca_file)
    return fetch_entity(call.wikidata, organisation_id, settings)


def _tell(store: Store, leads: list[Lead]) -> None:
    headers = (
        _("Organisation"), _("Platform"), _("Key"), _("Found as"), _("Where"), _("State"), _("Id"),
    )  # fmt: skip
    if leads:
        table(headers, (_line(store, lead) for lead in leads))
    say(_("{count} leads").format(count=len(leads)))


def _line(store: Store, lead: Lead) -> tuple[object, ...]:
    state = lead.state.label
    return (
        _organisation(store, lead).name,
        lead.platform,
        lead.key.split(":", 2)[2],
        lead.origin.label,
        lead.source or "–",
        f"{state}: {lead.reason}" if lead.reason else state,
        lead.uid,
    )


def _organisation(store: Store, lead: Lead) -> Organisation:
    organisation = get(store.connection, Organisation, lead.organisation_id)
    assert organisation is not None  # a foreign key
    return organisation


def _as_json(store: Store, lead: Lead) -> dict[str, Any]:
    return {
        "id": lead.uid,
        "organisation": _organisation(store, lead).name,
        "platform": lead.platform,
        "key": lead.key,
        "url": lead.url,
        "origin": lead.origin.value,
        "source": lead.source,
        "found_on": lead.found_on.isoformat() if lead.found_on else None,
        "state": lead.state.value,
        "reason": lead.reason,
    }


def _show_gaps(call: argparse.Namespace, store: Store) -> int:
    from audits.probes.gaps import gaps

    found = list(gaps(store.connection, _branch(call, store)))
    if call.json:
        emit(
            [
                {
                    "organisation": gap.organisation.name,
                    "platform": gap.platform,
                    "expected_by": gap.expected_by.value,
                    "leads": [lead.uid for lead in gap.leads],
                }
                for gap in found
            ]
        )
        return 0
    headers = (_("Organisation"), _("Platform"), _("Expected by"), _("Leads"))
    lines = (
        (
            gap.organisation.name,
            gap.platform,
            gap.expected_by.label,
            " ".join(lead.uid for lead in gap.leads) or "–",
        )
        for gap in found
    )
    if found:
        table(headers, lines)
    say(_("{count} expected accounts are missing").format(count=len(found)))
    return 0


ANSWER_IS = (
    "a list, one object a lead; with `--gaps` one object a gap: `organisation`, `platform`, "
    "`expected_by` (`record`, `policy`), `leads` (ids of open leads that may fill it)"
)
ANSWER = {
    "id": "public id, stable",
    "organisation": "name of the organisation it is said to belong to",
    "platform": "platform key",
    "key": "canonical key of the account",
    "url": "canonical address",
    "origin": (
        "`site_link`, `rel_me`, `structured_data`, `card`, `xpoc`, `trust_txt`, `wikidata`, "
        "`profile`"
    ),
    "source": "address of the page that names it",
    "found_on": "the day it was first found",
    "state": "`open`, `accepted`, `rejected`",
    "reason": "why it was rejected, null otherwise",
}
