"""Leads: found once, decided by a person, remembered when rejected."""

from dataclasses import dataclass
from datetime import date

import pytest

from audits.probes.found_links import FoundLink
from audits.probes.leads import (
    accept,
    denied,
    lead_by,
    leads_in,
    open_leads,
    reject,
    store_leads,
)
from inventory.checks import faults
from inventory.editing import AlreadyRecorded
from inventory.errors import InventoryError
from inventory.identity import identify
from inventory.reading import every, get, keys_of
from inventory.record import Account, Evidence, Lead, Observation
from inventory.undo import last_undoable, undo
from inventory.vocabulary import LeadOrigin, LeadState, OfficialStatus
from tests.audits.conftest import ACTOR, TODAY

PAGE = "https://www.contoh.gov.my/hubungi"
LATER = date(2026, 3, 1)


@dataclass
class Named:
    links: list[FoundLink]
    organisation_id: int = 1


def link(address="https://x.com/kemcontoh", origin=LeadOrigin.SITE_LINK, page=PAGE):
    account = identify(address)
    return FoundLink(account.key, account.platform, account.url, origin, page)


@pytest.fixture
def found(store):
    def stored(*links, organisation=1, on=TODAY):
        with store.change(ACTOR, "read the site") as change:
            return store_leads(change, [Named(list(links), organisation)], on)

    return stored


def test_an_account_the_inventory_lacks_becomes_a_lead_with_its_source(store, found):
    assert found(link()).added == [1]
    (lead,) = open_leads(store.connection)
    assert (lead.key, lead.platform, lead.url) == (
        "x:handle:kemcontoh",
        "x",
        "https://x.com/kemcontoh",
    )
    assert (lead.origin, lead.source, lead.found_on) == (LeadOrigin.SITE_LINK, PAGE, TODAY)
    assert (lead.state, lead.account_id) == (LeadState.OPEN, None)


def test_of_several_places_the_one_made_to_say_so_is_kept(store, found):
    manifest = "https://www.contoh.gov.my/xpoc-manifest.json"
    found(link(), link(origin=LeadOrigin.XPOC, page=manifest), link(origin=LeadOrigin.WIKIDATA))
    (lead,) = open_leads(store.connection)
    assert (lead.origin, lead.source) == (LeadOrigin.XPOC, manifest)


def test_what_is_recorded_waiting_or_denied_is_not_brought_up_again(store, found, add):
    add("kemcontoh")
    found(link("https://t.me/kemcontoh"), link("https://x.com/bukan"))
    wrong = lead_by(store.connection, "2")
    reject(store, ACTOR, wrong.id, "akaun kempen", TODAY)
    again = found(
        link("https://www.facebook.com/KemContoh"),
        link("https://t.me/kemcontoh"),
        link("https://x.com/bukan"),
        link("https://www.tiktok.com/@kemcontoh"),
        on=LATER,
    )
    assert (len(again.added), again.recorded, again.waiting, again.denied) == (1, 1, 1, 1)
    assert [(one.key, one.reason) for one in denied(store.connection)] == [
        ("x:handle:bukan", "akaun kempen")
    ]
    (first, _new) = open_leads(store.connection)
    assert first.found_on == TODAY


def test_a_former_key_is_known_too(store, found, add):
    account = add("kemcontoh", platform="x")
    with store.change(ACTOR, "renamed") as change:
        change.connection.execute("UPDATE account_keys SET status = 'former', until = '2025-01-01'")
    assert found(link()).recorded == 1
    assert keys_of(store.connection, account)


def test_an_account_of_another_organisation_is_a_remark_not_a_lead(store, found, add):
    account = add("kemcontoh", platform="x", organisation_id=3)
    (elsewhere,) = found(link()).elsewhere
    assert (elsewhere.account_id, elsewhere.organisation_id, elsewhere.named_by) == (account, 3, 1)
    assert open_leads(store.connection) == []


def test_one_account_may_be_a_lead_for_two_organisations(store, found):
    found(link())
    assert len(found(link(), organisation=3).added) == 1
    assert [one.organisation_id for one in open_leads(store.connection)] == [1, 3]
    found(link("https://x.com/agensi"), organisation=2)
    assert [one.organisation_id for one in open_leads(store.connection, 1)] == [1, 2]
    assert [one.organisation_id for one in open_leads(store.connection, 3)] == [3]


def test_nothing_found_leaves_no_change(store, found):
    before = store.connection.execute("SELECT count(*) FROM changes").fetchone()
    found()
    assert store.connection.execute("SELECT count(*) FROM changes").fetchone() == before


def test_accepting_records_the_account_unknown_with_where_it_was_found_as_one_change(store, found):
    found(link())
    changes = len(store.connection.execute("SELECT seq FROM changes").fetchall())
    account = get(store.connection, Account, accept(store, ACTOR, 1, LATER))
    assert len(store.connection.execute("SELECT seq FROM changes").fetchall()) == changes + 1
    assert (account.organisation_id, account.url) == (1, "https://x.com/kemcontoh")
    assert (account.official_status, account.created_on) == (OfficialStatus.UNKNOWN, LATER)
    assert [one.key for one in keys_of(store.connection, account.id)] == ["x:handle:kemcontoh"]
    (lead,) = leads_in(store.connection, LeadState.ACCEPTED)
    assert (lead.decided_on, lead.account_id) == (LATER, account.id)
    (seen,) = every(store.connection, Observation)
    assert (seen.value, seen.seen_on, seen.source) == ("site_to_account", TODAY, PAGE)
    assert list(every(store.connection, Evidence)) == []


def test_a_third_partys_word_is_evidence_of_nothing_more(store, found, audit):
    found(link(origin=LeadOrigin.WIKIDATA, page="https://www.wikidata.org/wiki/Q900"))
    accept(store, ACTOR, 1, LATER)
    (proof,) = every(store.connection, Evidence)
    assert (proof.kind, proof.url) == ("other", "https://www.wikidata.org/wiki/Q900")
    assert list(every(store.connection, Observation)) == []
    audit()
    (listed,) = store.connection.execute("SELECT site_links_to_account FROM audit_facts").fetchone()
    assert listed is None


def test_accepting_is_taken_back_as_a_whole(store, found):
    found(link())
    accept(store, ACTOR, 1, LATER)
    undo(store, ACTOR, last_undoable(store.connection).seq, "tersilap")
    assert list(faults(store.connection)) == []
    assert [one.key for one in open_leads(store.connection)] == ["x:handle:kemcontoh"]
    assert list(every(store.connection, Account)) == []


def test_an_account_recorded_meanwhile_is_the_leads_account(store, found, add):
    found(link())
    account = add("kemcontoh", platform="x")
    assert accept(store, ACTOR, 1, LATER) == account
    assert len(list(every(store.connection, Account))) == 1


def test_an_account_recorded_under_another_organisation_is_refused(store, found, add):
    found(link())
    add("kemcontoh", platform="x", organisation_id=3)
    with pytest.raises(AlreadyRecorded):
        accept(store, ACTOR, 1, LATER)
    assert len(open_leads(store.connection)) == 1


def test_a_rejection_needs_a_reason_without_anything_private(store, found):
    found(link())
    for reason in ("", "  \n", "IC 850101-14-5523"):
        with pytest.raises(InventoryError):
            reject(store, ACTOR, 1, reason, TODAY)
    assert denied(store.connection) == []


def test_a_decision_is_made_once_but_a_rejection_may_be_thought_over(store, found):
    found(link())
    reject(store, ACTOR, 1, "bukan milik kami", TODAY)
    with pytest.raises(InventoryError, match="decided before"):
        reject(store, ACTOR, 1, "lagi", TODAY)
    accept(store, ACTOR, 1, LATER)
    for decide in (
        lambda: accept(store, ACTOR, 1, LATER),
        lambda: reject(store, ACTOR, 1, "x", LATER),
    ):
        with pytest.raises(InventoryError, match="decided before"):
            decide()


def test_a_lead_whose_address_is_of_another_key_is_not_recorded(store):
    with store.change(ACTOR, "by hand") as change:
        change.add(
            Lead(organisation_id=1, key="x:handle:satu", platform="x", url="https://x.com/dua")
        )
    with pytest.raises(InventoryError, match="not the address"):
        accept(store, ACTOR, 1, LATER)
    assert list(every(store.connection, Account)) == []


def test_leads_are_named_by_id_or_number(store, found):
    found(link())
    lead = lead_by(store.connection, "1")
    assert lead_by(store.connection, lead.uid) == lead
    for reference in ("2", "L-nothing", "", "1 OR 1=1"):
        with pytest.raises(InventoryError, match="No lead"):
            lead_by(store.connection, reference)
