"""Gaps: where an organisation is expected and has no account of its own."""

import pytest

from audits.probes.found_links import FoundLink
from audits.probes.gaps import ExpectedBy, expectations, gaps
from audits.probes.leads import store_leads
from inventory.record import Organisation
from inventory.vocabulary import LeadOrigin, OrganisationKind, OrganisationStatus
from tests.audits.conftest import ACTOR, TODAY


def missing(store, organisation=None):
    return [
        (gap.organisation.id, gap.platform)
        for gap in gaps(store.connection, organisation)
        if gap.organisation.id == 1
    ]


@pytest.mark.parametrize(
    ("values", "platforms", "by"),
    [
        ({"kind": OrganisationKind.MINISTRY}, ("facebook", "instagram", "tiktok"), "policy"),
        ({"kind": OrganisationKind.AGENCY}, (), "policy"),
        ({"expected_platforms": "Facebook\n\n twitter \nFB"}, ("facebook", "x"), "record"),
        ({"expected_platforms": "Radio Amatur"}, ("Radio Amatur",), "record"),
        ({"kind": OrganisationKind.MINISTRY, "expected_platforms": "Tiada"}, (), "record"),
        ({"kind": OrganisationKind.MINISTRY, "expected_platforms": " \n"},
         ("facebook", "instagram", "tiktok"), "policy"),
        ({"kind": OrganisationKind.MINISTRY, "status": OrganisationStatus.MERGED}, (), "record"),
    ],
)  # fmt: skip
def test_what_is_expected_and_by_whom(values, platforms, by):
    assert expectations(Organisation(**values)) == (platforms, ExpectedBy(by))


def test_a_ministry_lacks_what_the_seminar_counted(store, add):
    assert missing(store) == [(1, "facebook"), (1, "instagram"), (1, "tiktok")]
    add("kemcontoh")
    assert missing(store) == [(1, "instagram"), (1, "tiktok")]


@pytest.mark.parametrize(
    "values",
    [
        {"lifecycle": "retired"},
        {"account_class": "third_party"},
        {"account_class": "impostor"},
        {"organisation_id": 2},
    ],
)
def test_an_account_that_is_closed_or_not_its_own_fills_no_gap(store, add, values):
    add("kemcontoh", **values)
    assert (1, "facebook") in missing(store)


def test_a_gap_shows_the_open_leads_that_may_fill_it(store):
    link = FoundLink(
        "tiktok:handle:kemcontoh", "tiktok", "https://www.tiktok.com/@kemcontoh",
        LeadOrigin.SITE_LINK, "https://www.contoh.gov.my/",
    )  # fmt: skip

    class Site:
        organisation_id = 1
        links = (link,)

    with store.change(ACTOR, "read the site") as change:
        store_leads(change, [Site()], TODAY)
    beside = {gap.platform: [one.key for one in gap.leads] for gap in gaps(store.connection, 1)}
    assert beside == {"facebook": [], "instagram": [], "tiktok": ["tiktok:handle:kemcontoh"]}


def test_one_organisation_and_those_under_it(store):
    with store.change(ACTOR, "expect") as change:
        change.edit(Organisation, 2, 1, {"expected_platforms": "YouTube"})
    assert {gap.organisation.id for gap in gaps(store.connection, 1)} == {1, 2}
    assert {gap.organisation.id for gap in gaps(store.connection, 2)} == {2}
    assert {gap.organisation.id for gap in gaps(store.connection)} == {1, 2, 3}
