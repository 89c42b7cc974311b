"""The facts: what is unknown in the record stays NULL, and rows are made anew when they must be."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from audits.fact_vocabulary import FactKind, facts
from audits.findings import results_for_account
from audits.runs import Run
from inventory.record import (
    Account,
    AccountKey,
    AccountRelation,
    Evidence,
    Observation,
    Organisation,
    OrganisationName,
    field_named,
)
from inventory.store import Store
from inventory.vocabulary import (
    AccountClass,
    Badge,
    EvidenceKind,
    LegalOwner,
    Lifecycle,
    NamedAfter,
    ObservationKind,
    OfficialStatus,
    OrganisationKind,
    OrganisationStatus,
    PersonRole,
    RelationKind,
)
from tests.audits.conftest import ACTOR, TODAY

Add = Callable[..., int]
Audit = Callable[..., Run]
YESTERDAY = TODAY - timedelta(days=1)


def fact(store: Store, account: int, name: str) -> Any:
    row = store.connection.execute(
        f"SELECT {name} FROM audit_facts WHERE account_id = ?", (account,)
    ).fetchone()
    return row[0]


def put(store: Store, *records: Any) -> None:
    for record in records:
        with store.change(ACTOR, "put") as change:
            change.add(record)


def day(when: date) -> int:
    return when.toordinal()


def test_a_bare_account_is_unknown_in_everything_but_itself(
    store: Store, add: Add, audit: Audit
) -> None:
    account = add("kemcontoh", created_on=None)
    audit()
    names = list(facts())
    row = store.connection.execute(
        f"SELECT {', '.join(names)} FROM audit_facts WHERE account_id = ?", (account,)
    ).fetchone()
    known = {name: value for name, value in zip(names, row, strict=True) if value is not None}
    assert known == {
        "platform": "facebook",
        "lifecycle": "active",
        "recognition_count": 0,
        "platform_offers_badge": 1,
        "platform_tells_objects": 1,
        "person_signs": "",
        "ownership_points": 0,
        "ownership_kinds": 0,
        "ownership_strong": 0,
        "ownership_against": "",
        "address_fits": 1,
        "duplicate_of": "",
        "organisation_active": 1,
        "parent_active": 1,
        "impossible_dates": "",
        "contradictions": "",
        "lookalikes": "",
    }


def test_every_direct_fact_is_a_field_of_the_account() -> None:
    for held in facts().values():
        if held.column is not None:
            field = field_named(Account, held.column)
            assert (held.kind is FactKind.DAY) == (field.kind == "day"), held.name
            assert held.choices in (None, field.choices)


def test_days_are_day_numbers(store: Store, add: Add, audit: Audit) -> None:
    account = add(reviewed_on=date(2025, 3, 1), badge=Badge.NONE, badge_seen_on=YESTERDAY)
    audit()
    assert fact(store, account, "reviewed_on") == day(date(2025, 3, 1))
    assert fact(store, account, "badge_seen_on") == day(YESTERDAY)
    assert facts()["reviewed_on"].shown(day(date(2025, 3, 1))) == "2025-03-01"


@pytest.mark.parametrize(
    ("account_class", "status", "ours"),
    [
        (AccountClass.CORPORATE, OfficialStatus.UNKNOWN, 1),
        (AccountClass.INDIVIDUAL, OfficialStatus.UNOFFICIAL, 1),
        (AccountClass.THIRD_PARTY, OfficialStatus.OFFICIAL, 0),
        (AccountClass.IMPOSTOR, OfficialStatus.UNKNOWN, 0),
        (AccountClass.UNKNOWN, OfficialStatus.OFFICIAL, 1),
        (AccountClass.UNKNOWN, OfficialStatus.UNOFFICIAL, None),
        (AccountClass.UNKNOWN, OfficialStatus.UNKNOWN, None),
    ],
)
def test_whose_account_it_is(
    store: Store,
    add: Add,
    audit: Audit,
    account_class: AccountClass,
    status: OfficialStatus,
    ours: int | None,
) -> None:
    account = add(account_class=account_class, official_status=status)
    audit()
    assert fact(store, account, "ours") == ours


@pytest.mark.parametrize(
    ("account_class", "role", "office"),
    [
        (AccountClass.OFFICE_HOLDER, PersonRole.UNKNOWN, 1),
        (AccountClass.INDIVIDUAL, PersonRole.MINISTER, 1),
        (AccountClass.CORPORATE, PersonRole.UNKNOWN, 0),
        (AccountClass.UNKNOWN, PersonRole.NONE, 0),
        (AccountClass.UNKNOWN, PersonRole.UNKNOWN, None),
        (AccountClass.IMPOSTOR, PersonRole.MINISTER, 0),
    ],
)
def test_whether_it_speaks_for_an_office(
    store: Store,
    add: Add,
    audit: Audit,
    account_class: AccountClass,
    role: PersonRole,
    office: int | None,
) -> None:
    account = add(account_class=account_class, person_role=role)
    audit()
    assert fact(store, account, "office_account") == office


@pytest.mark.parametrize(
    ("proof", "count"),
    [
        (Evidence(account_id=1, kind=EvidenceKind.APPROVAL_LETTER), 1),
        (Evidence(account_id=1, kind=EvidenceKind.REGISTER_ENTRY, expires_on=TODAY), 1),
        (Evidence(account_id=1, kind=EvidenceKind.REGISTER_ENTRY, expires_on=YESTERDAY), 0),
        (
            Evidence(
                account_id=1,
                kind=EvidenceKind.WEBSITE_LISTING,
                collected_on=TODAY + timedelta(days=1),
            ),
            0,
        ),
        (Evidence(account_id=1, kind=EvidenceKind.PUBLIC_STATEMENT), 0),
    ],
)
def test_recognition_is_what_is_on_file_and_unexpired(
    store: Store, add: Add, audit: Audit, proof: Evidence, count: int
) -> None:
    account = add()
    put(store, proof)
    audit()
    assert fact(store, account, "recognition_count") == count


def test_proofs_begin_and_end_to_count_without_anybody_writing(
    store: Store, add: Add, audit: Audit
) -> None:
    account = add()
    put(
        store,
        Evidence(
            account_id=account,
            kind=EvidenceKind.APPROVAL_LETTER,
            collected_on=TODAY + timedelta(days=1),
            expires_on=TODAY + timedelta(days=3),
        ),
    )
    counts = []
    for days in range(5):
        audit(on=TODAY + timedelta(days=days))
        counts.append(fact(store, account, "recognition_count"))
    assert counts == [0, 1, 1, 1, 0]
    audit(on=TODAY + timedelta(days=2))
    assert fact(store, account, "recognition_count") == 1


@pytest.mark.parametrize(
    ("recorded", "seen_on", "value", "badge", "badge_on"),
    [
        (Badge.UNKNOWN, date(2025, 7, 1), "none", "none", date(2025, 7, 1)),
        (Badge.UNKNOWN, date(2025, 5, 1), "none", None, date(2025, 6, 1)),
        (Badge.UNKNOWN, date(2025, 7, 1), "shiny", None, date(2025, 6, 1)),
        (Badge.GOVERNMENT, date(2025, 7, 1), "government", "government", date(2025, 7, 1)),
        (Badge.GOVERNMENT, date(2025, 7, 1), "none", "government", date(2025, 6, 1)),
        (Badge.GOVERNMENT, date(2025, 5, 1), "government", "government", date(2025, 6, 1)),
        (Badge.REQUESTED, date(2025, 7, 1), "none", "requested", date(2025, 7, 1)),
    ],
)
def test_a_badge_seen_fills_a_gap_and_refreshes_the_date_but_never_overrules(
    store: Store,
    add: Add,
    audit: Audit,
    recorded: Badge,
    seen_on: date,
    value: str,
    badge: str | None,
    badge_on: date,
) -> None:
    account = add(badge=recorded, badge_seen_on=date(2025, 6, 1))
    put(
        store,
        Observation(account_id=account, kind=ObservationKind.BADGE, value=value, seen_on=seen_on),
    )
    audit()
    assert fact(store, account, "badge") == badge
    assert fact(store, account, "badge_seen_on") == day(badge_on)


@pytest.mark.parametrize(
    ("value", "listed"),
    [("mutual", 1), ("site_to_account", 1), ("account_to_site", 0), ("no", 0), ("?", None)],
)
def test_what_the_website_was_seen_to_say(
    store: Store, add: Add, audit: Audit, value: str, listed: int | None
) -> None:
    account = add()
    put(
        store,
        Observation(
            account_id=account, kind=ObservationKind.SITE_LINK, value=value, seen_on=YESTERDAY
        ),
    )
    audit()
    assert fact(store, account, "site_links_to_account") == listed
    assert fact(store, account, "site_link_seen_on") == (None if listed is None else day(YESTERDAY))


def test_a_listing_on_file_is_a_sighting_too(store: Store, add: Add, audit: Audit) -> None:
    account = add()
    put(
        store,
        Evidence(
            account_id=account, kind=EvidenceKind.WEBSITE_LISTING, collected_on=date(2025, 1, 1)
        ),
        Observation(
            account_id=account, kind=ObservationKind.SITE_LINK, value="no", seen_on=YESTERDAY
        ),
    )
    audit()
    assert fact(store, account, "site_links_to_account") == 0


@pytest.mark.parametrize(
    ("name", "bio", "official", "named"),
    [
        ("Facebook Rasmi Kementerian Contoh", None, 1, 1),
        ("KC (Official)", None, 1, 1),
        ("Kementerian Contoh", "Akaun rasmi\nlain", 1, 1),
        ("Kementerian Contoh", "Baris\nakaun rasmi", 0, 1),
        ("Ministry of Examples", None, 0, 1),
        ("Kementerian Bekas", None, 0, 1),  # a former name
        ("Rasmikan KCX", None, 0, 0),
        ("KEMENTERIAN CONTOH rasmi", None, 1, 1),
        (None, "rasmi KC", None, None),
    ],
)
def test_what_the_display_name_says(
    store: Store,
    add: Add,
    audit: Audit,
    name: str | None,
    bio: str | None,
    official: int | None,
    named: int | None,
) -> None:
    put(store, OrganisationName(organisation_id=1, name="Kementerian Bekas"))
    account = add(display_name=name, bio=bio)
    audit()
    assert fact(store, account, "says_official") == official
    assert fact(store, account, "names_organisation") == named


@pytest.mark.parametrize(
    ("links", "organisation", "leads"),
    [
        ("https://www.contoh.gov.my/ms", 1, 1),
        ("http://portal.contoh.gov.my\nhttps://lain.example", 1, 1),
        ("contoh.gov.my", 1, 1),
        ("https://notcontoh.gov.my", 1, 0),
        ("https://contoh.gov.my.evil.example", 1, 0),
        ("https://evil.example/contoh.gov.my", 1, 0),
        ("https://contoh.gov.my@evil.example/", 1, 0),
        ("", 1, 0),
        (None, 1, None),
        ("https://www.contoh.gov.my", 3, None),
    ],
)
def test_where_the_profile_leads(
    store: Store, add: Add, audit: Audit, links: str | None, organisation: int, leads: int | None
) -> None:
    account = add(profile_links=links, organisation_id=organisation)
    audit()
    assert fact(store, account, "links_to_site") == leads


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({}, 1),
        ({"platform": "instagram", "url": "https://www.facebook.com/kemcontoh"}, 0),
        ({"url": "https://www.facebook.com/oranglain"}, 0),
        ({"url": "https://www.facebook.com/kemcontoh/posts/1"}, 0),
        ({"url": "bukan alamat"}, 0),
        ({"platform": "rekaan", "url": "https://rekaan.example/kemcontoh"}, None),
    ],
)
def test_whether_the_address_fits(
    store: Store, add: Add, audit: Audit, values: dict[str, str], fits: int | None
) -> None:
    account = add("kemcontoh", **values)
    audit()
    assert fact(store, account, "address_fits") == fits


def test_a_former_key_still_fits(store: Store, add: Add, audit: Audit) -> None:
    account = add("kemcontoh", url="https://www.facebook.com/namalama")
    put(store, AccountKey(account_id=account, key="facebook:handle:namalama"))
    audit()
    assert fact(store, account, "address_fits") == 1


def test_duplicates_name_each_other(store: Store, add: Add, audit: Audit) -> None:
    first = add("satu", platform_id="123")
    second = add("dua", platform_id="123", platform="facebook")
    third = add("tiga", platform_id="123", platform="instagram")
    audit()
    assert fact(store, first, "duplicate_of") == "facebook dua (KC)"
    assert fact(store, second, "duplicate_of") == "facebook satu (KC)"
    assert fact(store, third, "duplicate_of") == ""


def test_look_alikes_are_found_across_trees_and_follow_edits(
    store: Store, add: Add, edit: Callable[..., None], audit: Audit
) -> None:
    ours = add("kemcontoh")
    agency = add("kemcontoh_", organisation_id=2, platform="instagram")
    other = add("kemcont0h", organisation_id=3, platform="x")
    audit()
    assert fact(store, ours, "lookalikes") == "x kemcont0h (Kementerian Lain)"
    assert fact(store, other, "lookalikes").split("\n") == [
        "facebook kemcontoh (KC)",
        "instagram kemcontoh_ (Agensi Misal)",
    ]
    (shown,) = (
        result.explanation.actual
        for result in results_for_account(store.connection, other)
        if result.rule.code == "DAT008"
    )
    assert shown == "facebook kemcontoh (KC); instagram kemcontoh_ (Agensi Misal)"
    (version,) = store.connection.execute("SELECT version FROM organisations").fetchone()
    with store.change(ACTOR, "a new name") as change:
        change.edit(Organisation, 1, version, {"short_name": "KCB"})
    audit()
    assert fact(store, other, "lookalikes").startswith("facebook kemcontoh (KCB)\n")
    put(store, AccountRelation(account_id=other, other_id=ours, kind=RelationKind.IMITATES))
    audit()
    assert fact(store, ours, "lookalikes") == ""
    edit(agency, handle="lainlangsung")
    audit()
    assert fact(store, other, "lookalikes") == ""


def test_organisations_that_ended_are_noticed_below_them(
    store: Store, add: Add, audit: Audit
) -> None:
    account = add(organisation_id=2, monitoring_unit="kementerian contoh ")
    audit()
    assert fact(store, account, "parent_active") == 1
    assert fact(store, account, "monitoring_unit_gone") == 0
    with store.change(ACTOR, "merged") as change:
        change.edit(Organisation, 1, 1, {"status": OrganisationStatus.MERGED})
    audit()
    assert fact(store, account, "organisation_active") == 1
    assert fact(store, account, "parent_active") == 0
    assert fact(store, account, "monitoring_unit_gone") == 1


def test_the_parent_of_an_agency_that_has_none_is_not_known(
    store: Store, add: Add, audit: Audit
) -> None:
    put(store, Organisation(kind=OrganisationKind.AGENCY, name_ms="Agensi Yatim"))
    account = add(organisation_id=4)
    audit()
    assert fact(store, account, "parent_active") is None


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"handler_from": date(2025, 2, 1), "handler_until": date(2025, 1, 1)}, "handler"),
        ({"opened_on": date(2025, 1, 1), "closed_on": date(2024, 1, 1)}, "closed_before_opened"),
        (
            {"opened_on": date(2025, 1, 1), "last_post_on": date(2024, 1, 1)},
            "post_before_opened",
        ),
        ({"reported_on": date(2024, 1, 1), "detected_on": date(2025, 1, 1)},
         "report_before_detected"),
        ({"handler_from": date(2025, 1, 1), "handler_until": date(2030, 1, 1)}, ""),
    ],
)  # fmt: skip
def test_dates_in_the_wrong_order(
    store: Store, add: Add, audit: Audit, values: dict[str, Any], codes: str
) -> None:
    account = add(**values)
    audit()
    assert fact(store, account, "impossible_dates") == codes
    assert set(codes.split()) <= set(facts()["impossible_dates"].codes)


def test_the_future_is_only_wrong_for_what_has_happened(
    store: Store, add: Add, audit: Audit
) -> None:
    account = add(
        reviewed_on=TODAY + timedelta(days=2),
        handler_until=TODAY + timedelta(days=900),
        created_on=None,
    )
    audit()
    assert fact(store, account, "latest_past_day") == day(TODAY) + 2


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (
            {"official_status": OfficialStatus.OFFICIAL, "legal_owner": LegalOwner.INDIVIDUAL},
            "official_of_individual",
        ),
        (
            {"official_status": OfficialStatus.OFFICIAL, "account_class": AccountClass.IMPOSTOR},
            "official_of_others",
        ),
        (
            {"official_status": OfficialStatus.OFFICIAL, "badge": Badge.PAID_PERSON},
            "official_personal_badge",
        ),
        ({"platform": "flickr", "badge": Badge.LEGACY}, "badge_not_offered"),
        (
            {
                "lifecycle": Lifecycle.RETIRED,
                "closed_on": date(2025, 1, 1),
                "last_post_on": date(2025, 1, 2),
            },
            "posts_after_closing",
        ),
        (
            {"account_class": AccountClass.INDIVIDUAL, "legal_owner": LegalOwner.AGENCY},
            "individual_of_agency",
        ),
        (
            {"account_class": AccountClass.CORPORATE, "named_after": NamedAfter.PERSON},
            "corporate_named_after_person",
        ),
        (
            {"account_class": AccountClass.OFFICE_HOLDER, "person_role": PersonRole.NONE},
            "office_holder_without_office",
        ),
        ({"closed_on": date(2025, 1, 1)}, "closed_yet_active"),
    ],
)
def test_contradictions_are_found_one_by_one(
    store: Store, add: Add, audit: Audit, values: dict[str, Any], code: str
) -> None:
    account = add(**values)
    audit()
    assert fact(store, account, "contradictions") == code
    assert code in facts()["contradictions"].codes


def test_a_report_is_due_after_the_working_days_of_the_state(
    store: Store, add: Add, audit: Audit
) -> None:
    put(store, Organisation(kind=OrganisationKind.STATE, name_ms="Negeri Kedah"))
    friday = date(2025, 12, 26)
    impostor = {"account_class": AccountClass.IMPOSTOR, "detected_on": friday}
    federal = add("penyamarsatu", **impostor)
    state = add("peniruduaa", organisation_id=4, **impostor)
    undated = add("penirutiga", account_class=AccountClass.IMPOSTOR, created_on=friday)
    audit()
    assert fact(store, federal, "report_due_on") == day(date(2025, 12, 31))
    assert fact(store, state, "report_due_on") == day(date(2025, 12, 30))
    assert fact(store, undated, "report_due_on") == day(date(2025, 12, 31))


def test_only_what_was_touched_is_made_anew(
    store: Store, add: Add, edit: Callable[..., None], audit: Audit
) -> None:
    accounts = [add(name) for name in ("gajah", "harimau", "kancil")]
    audit()
    store.connection.execute("UPDATE audit_facts SET handler_position = 'kept'")
    edit(accounts[1], admin_count=2)
    put(store, Evidence(account_id=accounts[2], kind=EvidenceKind.CONTROL_TEST))
    audit(on=TODAY + timedelta(days=1))
    kept = [fact(store, account, "handler_position") for account in accounts]
    assert kept == ["kept", None, None]


def test_facts_of_an_older_vocabulary_are_made_anew(store: Store, add: Add, audit: Audit) -> None:
    account = add(admin_count=2)
    before = audit()
    store.connection.execute("ALTER TABLE audit_facts DROP COLUMN admin_count")
    assert audit().digest == before.digest
    assert fact(store, account, "admin_count") == 2
