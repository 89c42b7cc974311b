"""Leads: accounts that others name as an organisation's, until a person accepts or rejects them.

A rejected lead stays with its reason and is not brought up again: the deny list.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from audits.probes.site_link import BY, SiteLink
from inventory.actor import Actor
from inventory.change import Change
from inventory.errors import InventoryError
from inventory.language import _
from inventory.reading import domains_of, every, get
from inventory.record import Evidence, Lead, Observation, Organisation
from inventory.safe_text import visible
from inventory.store import Store
from inventory.vocabulary import (
    EvidenceKind,
    LeadOrigin,
    LeadState,
    ObservationKind,
    ObservationMethod,
    OfficialStatus,
)

if TYPE_CHECKING:  # listing leads does not wait for what reads addresses
    from audits.probes.found_links import FoundLink

# Of several places that name one account the one that was made to say so is kept.
_STRENGTH = (
    LeadOrigin.XPOC,
    LeadOrigin.TRUST_TXT,
    LeadOrigin.REL_ME,
    LeadOrigin.STRUCTURED_DATA,
    LeadOrigin.CARD,
    LeadOrigin.SITE_LINK,
    LeadOrigin.PROFILE,
    LeadOrigin.WIKIDATA,
)
_ON_THE_SITE = frozenset(_STRENGTH[:6])


class Naming(Protocol):
    """Something that names accounts as an organisation's: a website, an entity of Wikidata."""

    @property
    def organisation_id(self) -> int:
        """Whose they are said to be."""

    @property
    def links(self) -> "Sequence[FoundLink]":
        """What was named, each with its place."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An account that one organisation's site names and that stands under another."""

    link: "FoundLink"
    named_by: int
    account_id: int
    organisation_id: int


@dataclass(slots=True)
class LeadsStored:
    """What came of storing: new leads by row id, how many were nothing new, and what surprises."""

    added: list[int] = field(default_factory=list)
    recorded: int = 0
    waiting: int = 0
    denied: int = 0
    elsewhere: list[Elsewhere] = field(default_factory=list)


def store_leads(change: Change, readings: Iterable[Naming], today: date) -> LeadsStored:
    """Add a lead for every named account that the inventory lacks, each once an organisation."""
    stored = LeadsStored()
    for reading in readings:
        states = _states(change.connection, reading.organisation_id)
        fresh: list[Lead] = []
        for link in _strongest(reading.links):
            owner = _owner(change.connection, link.key)
            if owner is not None:
                _note_owner(stored, reading.organisation_id, link, owner)
            elif link.key in states:
                _note_state(stored, states[link.key])
            else:
                fresh.append(_lead(reading.organisation_id, link, today))
        stored.added += change.add_many(fresh)
    return stored


def open_leads(connection: sqlite3.Connection, organisation: int | None = None) -> list[Lead]:
    """Return the leads that wait for a decision, of one organisation and those under it, or all."""
    return leads_in(connection, LeadState.OPEN, organisation)


def denied(connection: sqlite3.Connection, organisation: int | None = None) -> list[Lead]:
    """Return the deny list: rejected leads with their reasons."""
    return leads_in(connection, LeadState.REJECTED, organisation)


def leads_in(
    connection: sqlite3.Connection, state: LeadState, organisation: int | None = None
) -> list[Lead]:
    """Return the leads in one state, by organisation and platform."""
    clause = (
        "WHERE state = ?1 AND (?2 IS NULL OR organisation_id IN (WITH RECURSIVE under (id) AS ("
        " SELECT ?2 UNION SELECT o.id FROM organisations o JOIN under u ON o.parent_id = u.id)"
        " SELECT id FROM under)) ORDER BY organisation_id, platform, id"
    )
    return list(every(connection, Lead, clause, (state.value, organisation)))


def lead_by(connection: sqlite3.Connection, reference: str) -> Lead:
    """Return the lead that a public id or a row number names; raises InventoryError for none."""
    number = int(reference) if reference.isascii() and reference.isdigit() else None
    clause = "WHERE uid = ?1 OR id = ?2"
    found = next(every(connection, Lead, clause, (reference, number)), None)
    if found is None:
        raise InventoryError(
            _("No lead is called “{reference}”. See: rasmi leads").format(
                reference=visible(reference)
            )
        )
    return found


def accept(store: Store, actor: Actor, lead_id: int, today: date) -> int:
    """Record the account of a lead, its official status unknown, as one change; return its row id.

    A rejected lead may be accepted after all. Raises InventoryError when the lead was accepted
    before, AlreadyRecorded when the account stands under another organisation by now.
    """
    lead = _undecided(store.connection, lead_id, LeadState.OPEN, LeadState.REJECTED)
    reason = _("Lead accepted: {key}").format(key=lead.key)
    with store.change(actor, reason, lead.source) as change:
        lead = _undecided(change.connection, lead_id, LeadState.OPEN, LeadState.REJECTED)
        account_id = _recorded(change, lead, today)
        change.edit(
            Lead,
            lead.id,
            lead.version,
            {"state": LeadState.ACCEPTED, "decided_on": today, "account_id": account_id},
        )
    return account_id


def reject(store: Store, actor: Actor, lead_id: int, reason: str, today: date) -> None:
    """Put a lead on the deny list with a reason, as one change.

    Raises InventoryError without a reason, or for a lead that was decided before.
    """
    from inventory.privacy import guard_text

    reason = reason.strip()
    if not reason:
        raise InventoryError(_("A lead is rejected with a reason: --reason TEXT"))
    found = guard_text(reason)
    if found is not None:
        raise InventoryError(found.sentence)
    lead = _undecided(store.connection, lead_id, LeadState.OPEN)
    with store.change(actor, _("Lead rejected: {key}").format(key=lead.key)) as change:
        lead = _undecided(change.connection, lead_id, LeadState.OPEN)
        decision = {"state": LeadState.REJECTED, "decided_on": today, "reason": reason}
        change.edit(Lead, lead.id, lead.version, decision)


def _states(connection: sqlite3.Connection, organisation_id: int) -> dict[str, LeadState]:
    rows = connection.execute(
        "SELECT key, state FROM leads WHERE organisation_id = ?", (organisation_id,)
    )
    return {key: LeadState(state) for key, state in rows}


def _owner(connection: sqlite3.Connection, key: str) -> tuple[int, int] | None:
    """Return the account a key leads to and its organisation; the current owner first."""
    found: tuple[int, int] | None = connection.execute(
        "SELECT a.id, a.organisation_id FROM account_keys k JOIN accounts a ON a.id = k.account_id"
        " WHERE k.key = ? ORDER BY k.status LIMIT 1",
        (key,),
    ).fetchone()
    return found


def _strongest(links: "Iterable[FoundLink]") -> "list[FoundLink]":
    """Return one link for each account, from the place that says most."""
    best: dict[str, FoundLink] = {}
    for link in links:
        known = best.get(link.key)
        if known is None or _STRENGTH.index(link.origin) < _STRENGTH.index(known.origin):
            best[link.key] = link
    return list(best.values())


def _note_owner(
    stored: LeadsStored, organisation_id: int, link: "FoundLink", owner: tuple[int, int]
) -> None:
    account_id, owned_by = owner
    if owned_by == organisation_id:
        stored.recorded += 1
    else:
        stored.elsewhere.append(Elsewhere(link, organisation_id, account_id, owned_by))


def _note_state(stored: LeadsStored, state: LeadState) -> None:
    if state is LeadState.REJECTED:
        stored.denied += 1
    else:
        stored.waiting += 1


def _lead(organisation_id: int, link: "FoundLink", today: date) -> Lead:
    return Lead(
        organisation_id=organisation_id,
        key=link.key,
        platform=link.platform,
        url=link.url,
        origin=link.origin,
        source=link.page,
        found_on=today,
    )


def _undecided(connection: sqlite3.Connection, lead_id: int, *states: LeadState) -> Lead:
    lead = get(connection, Lead, lead_id)
    if lead is None:
        raise InventoryError(_("The lead is not there any more."))
    if lead.state not in states:
        raise InventoryError(
            _("The lead {uid} was decided before: {state}.").format(
                uid=lead.uid, state=lead.state.label
            )
        )
    return lead


def _recorded(change: Change, lead: Lead, today: date) -> int:
    """Record the account with where it was found; one recorded meanwhile is that one."""
    from inventory.editing import AlreadyRecorded, FieldProblem, identified, record_account

    organisation = get(change.connection, Organisation, lead.organisation_id)
    assert organisation is not None  # a foreign key
    named = identified(
        lead.url, lead.platform, tuple(domains_of(change.connection, organisation.id))
    )
    if named.key != lead.key:
        raise FieldProblem(
            _("{url} is not the address of {key}. Reject the lead.").format(
                url=visible(lead.url), key=visible(lead.key)
            )
        )
    values = {"official_status": OfficialStatus.UNKNOWN}
    try:
        account_id = record_account(
            change, lead.url, organisation, values, today=today, platform=lead.platform
        )
    except AlreadyRecorded as known:
        if known.account.organisation_id != organisation.id:
            raise
        account_id = known.account.id
    change.add(_proof(lead, account_id))
    return account_id


def _proof(lead: Lead, account_id: int) -> Observation | Evidence:
    """Return what the lead rests on: the site's own word, or evidence of a third party's."""
    if lead.origin in _ON_THE_SITE:
        return Observation(
            account_id=account_id,
            kind=ObservationKind.SITE_LINK,
            value=SiteLink.SITE_TO_ACCOUNT.value,
            seen_on=lead.found_on,
            method=ObservationMethod.PROBE,
            by=BY,
            source=lead.source,
        )
    return Evidence(
        account_id=account_id,
        kind=EvidenceKind.OTHER,
        collected_on=lead.found_on,
        covers=lead.origin.label,
        does_not_cover=_("whether the organisation owns it"),
        url=lead.source,
    )
