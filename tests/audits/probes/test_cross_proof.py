"""Site and account: who points to whom, and when nothing may be concluded."""

from datetime import date

import pytest

from audits.probes.cross_proof import (
    Profile,
    ProvenAccount,
    Surroundings,
    cross_proof,
    observations_of,
    profile_tier,
    reasons,
)
from audits.probes.exchange import Failure
from audits.probes.proof_material import accounts_to_prove, sites_to_read, surroundings
from audits.probes.sightings import Reason
from audits.probes.site_keeping import keep_reading
from audits.probes.site_reading import SiteToRead
from audits.probes.site_tiers import Tier
from inventory.reading import every
from inventory.record import Observation, Organisation, OrganisationDomain
from inventory.vocabulary import (
    AccountClass,
    ObservationKind,
    ObservationMethod,
    OrganisationStatus,
)
from tests.audits.conftest import ACTOR, TODAY
from tests.audits.probes.site_answers import HOME, read

FB = "https://www.facebook.com/"
KEY = "facebook:handle:kemcontoh"
OURS = f"<footer><a href='{FB}kemcontoh'>Facebook</a></footer>"
OTHER = f"<footer><a href='{FB}kemcontohrasmi'>Facebook</a></footer>"
NOBODY = "<footer><a href='/hakcipta'>Hak cipta</a></footer>"
AROUND = Surroundings(
    frozenset({"contoh.gov.my"}), frozenset({"lain.gov.my", "unit.contoh.gov.my"})
)
POINTS = Profile(("https://www.contoh.gov.my/ms",))
POINTS_AWAY = Profile(("https://www.lain.gov.my/",))


def account(*keys, profile=None, kind=AccountClass.UNKNOWN, number=1):
    return ProvenAccount(number, "facebook", frozenset(keys or (KEY,)), kind, profile)


def judged(html, *accounts, around=AROUND):
    return cross_proof(read(html), accounts or (account(),), around)[0]


@pytest.mark.parametrize(
    ("html", "profile", "value"),
    [
        (OURS, POINTS, "mutual"),
        (OURS, None, "site_to_account"),
        (OURS, Profile(), "site_to_account"),
        (OURS, POINTS_AWAY, "site_to_account"),
        (NOBODY, POINTS, "account_to_site"),
        (OTHER, POINTS, "account_to_site"),
        (NOBODY, None, "no"),
        (NOBODY, Profile(("https://contoh.example",)), "no"),
        (OTHER, None, "contradicted"),
        (OTHER, Profile(), "contradicted"),
        (NOBODY, POINTS_AWAY, "contradicted"),
        ({HOME: Failure(Reason.TIME_OUT)}, None, "unknown"),
        ({HOME: Failure(Reason.TIME_OUT)}, POINTS, "unknown"),
        ({HOME: Failure(Reason.TIME_OUT)}, POINTS_AWAY, "unknown"),
    ],
)
def test_each_value(html, profile, value):
    assert judged(html, account(profile=profile)).value == value


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ({HOME: Failure(Reason.ROBOTS)}, "robots"),
        ("<title>Just a moment...</title>", "challenge"),
        ({HOME: NOBODY + "<a href='/hubungi'>Hubungi</a>",
          f"{HOME}hubungi": Failure(Reason.TIME_OUT)}, "part_unread"),
        ("<meta name='twitter:site' content='@kemcontoh'><div id='app'></div>", "part_unread"),
        (f"<a href='{FB}profile.php?id=100012345678901'>Facebook</a>", "other_kind_of_key"),
        (f"<a href='{FB}share/1AbCdEfG/'>Facebook</a>", "opaque_link"),
        ("<a href='https://bit.ly/contoh'>Facebook</a>", "opaque_link"),
        (f"<div class='fb-page' data-href='{FB}kemcontoh'></div>" + NOBODY, "embedded_only"),
        (f"<article><a href='{FB}kemcontoh'>x</a></article>", "in_article_only"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_says_why(html, reason):
    proof = judged(html)
    assert (proof.value, proof.reason) == ("unknown", reason)
    assert reasons()[reason]


@pytest.mark.parametrize(
    "html",
    [
        f"<a href='{FB}sharer.php?u=https://www.facebook.com/kemcontoh'>Kongsi</a>",
        f"<ol class='comment-list'><a href='{FB}kemcontoh'>x</a></ol>" + NOBODY,
        f"<a href='{FB}kemcontoh/posts/123456'>Hantaran</a>",
        "<a href='https://www.instagram.com/share/AbCdEf'>Instagram</a>",
    ],
)
def test_what_is_no_listing_leaves_the_answer_no(html):
    assert judged(html).value == "no"


def test_any_key_of_the_account_will_do_and_the_page_is_the_source():
    page = f"<a href='{FB}profile.php?id=100012345678901'>x</a>"
    pages = {HOME: NOBODY + "<a href='/sosial'>Media sosial</a>", f"{HOME}sosial": page}
    proof = judged(pages, account(KEY, "facebook:id:100012345678901"))
    assert proof.value == "site_to_account"
    assert proof.page.url == f"{HOME}sosial"


def test_an_id_that_is_known_to_be_another_accounts_leaves_no_doubt():
    page = f"<a href='{FB}profile.php?id=100012345678901'>x</a>"
    sister = account("facebook:handle:lain", "facebook:id:100012345678901", number=2)
    assert judged(page, account(), sister).value == "contradicted"


def test_what_contradicts_is_named():
    assert judged(OTHER).against == "facebook:handle:kemcontohrasmi"
    assert judged(NOBODY, account(profile=POINTS_AWAY)).against == "lain.gov.my"


@pytest.mark.parametrize("kind", [AccountClass.PROGRAMME, AccountClass.OFFICE_HOLDER])
def test_the_main_account_contradicts_no_programme_and_no_office(kind):
    assert judged(OTHER, account(kind=kind)).value == "no"


def test_accounts_of_other_organisations_and_lists_of_links_contradict_nobody():
    theirs = Surroundings(AROUND.hosts, foreign_keys=frozenset({"facebook:handle:kemcontohrasmi"}))
    assert judged(OTHER, around=theirs).value == "no"
    pages = {HOME: NOBODY + "<a href='/pautan'>Pautan</a>", f"{HOME}pautan": OTHER}
    assert judged(pages).value == "no"
    assert judged({**pages, f"{HOME}pautan": OURS}).value == "site_to_account"


@pytest.mark.parametrize(
    ("profile", "tier", "foreign"),
    [
        (None, None, None),
        (Profile(), Tier.OTHER, None),
        (Profile(("http://contoh.gov.my",)), Tier.EXACT_HOST, None),
        (Profile(("contoh.gov.my/hubungi",)), Tier.EXACT_HOST, None),
        (Profile(("https://portal.contoh.gov.my/",)), Tier.SAME_DOMAIN, None),
        (Profile(("https://unit.contoh.gov.my/",)), Tier.OTHER, "unit.contoh.gov.my"),
        (Profile(("https://www.malaysia.gov.my",)), Tier.OTHER_GOVERNMENT, None),
        (Profile(("https://a.example", "https://www.contoh.gov.my")), Tier.EXACT_HOST, None),
        (Profile(("https://bit.ly/x",)), None, None),
        (Profile(("https://linktr.ee/kemcontoh",)), None, None),
        (Profile(("https://bit.ly/x", "https://a.example")), None, None),
        (Profile(("https://bit.ly/x", "https://contoh.gov.my")), Tier.EXACT_HOST, None),
        (Profile(("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.contoh.gov.my%2F&h=A",)),
         Tier.EXACT_HOST, None),
        (Profile(bio="Akaun rasmi. www.contoh.gov.my | 03-8888 0000"), Tier.EXACT_HOST, None),
        (Profile(bio="Rasmi xpoc://contoh.gov.my!"), Tier.EXACT_HOST, None),
        (Profile(bio="Rasmi trust://contoh.gov.my!"), Tier.EXACT_HOST, None),
        (Profile(bio="aduan@contoh.gov.my"), Tier.OTHER, None),
        (Profile(bio="contoh.gov.my.penipu.example"), Tier.OTHER, None),
        (Profile(("https://[x", "://", "")), Tier.OTHER, None),
    ],
)  # fmt: skip
def test_where_a_profile_points(profile, tier, foreign):
    assert profile_tier(profile, AROUND) == (tier, foreign)


def test_a_proof_becomes_an_observation_with_its_evidence():
    (seen,) = observations_of([judged(OURS, account(profile=POINTS, number=4))])
    page = read(OURS).home
    assert seen == Observation(
        account_id=4,
        kind=ObservationKind.SITE_LINK,
        value="mutual",
        seen_on=date(2026, 1, 1),
        seen_at="2026-01-01T01:00:00+00:00",
        method=ObservationMethod.PROBE,
        by="site",
        source=HOME,
        http_status=200,
        sha256=page.sha256,
    )


@pytest.fixture
def site(store):
    return next(iter(sites_to_read(store.connection)))


def seen(store, account_id):
    found = every(store.connection, Observation, "WHERE account_id = ? ORDER BY id", (account_id,))
    return [(one.value, one.reason) for one in found]


def kept(store, site, html):
    with store.change(ACTOR, "read the site") as change:
        return keep_reading(change, site, read(html, site), TODAY)


def test_a_reading_is_kept_as_observations_and_leads_and_the_audit_goes_by_it(
    store, site, add, audit
):
    listed = add("kemcontoh", official_status="official")
    silent = add("kemcontohlama", official_status="official")
    closed = add("kemcontohtutup", lifecycle="retired")
    html = OURS + "<a href='https://x.com/kemcontoh'>X</a>"
    done = kept(store, site, html)
    assert seen(store, listed) == [("site_to_account", None)]
    assert seen(store, silent) == [("contradicted", None)]
    assert seen(store, closed) == []
    assert len(done.leads.added) == 1
    run = audit()
    results = dict(
        store.connection.execute(
            "SELECT f.account_id, f.site_links_to_account FROM audit_facts f"
        ).fetchall()
    )
    assert run.number == 1
    assert (results[listed], results[silent]) == (1, 0)


def test_a_site_that_could_not_be_read_convicts_nobody(store, site, add, audit):
    silent = add("kemcontoh", official_status="official")
    kept(store, site, {HOME: Failure(Reason.TIME_OUT)})
    assert seen(store, silent) == [("unknown", "time_out")]
    audit()
    (fact,) = store.connection.execute("SELECT site_links_to_account FROM audit_facts").fetchone()
    assert fact is None


def test_what_the_inventory_knows_of_the_profile_is_taken_from_the_newest(store, add):
    recorded = add("satu", profile_links="https://a.example", profile_seen_on=date(2025, 5, 1))
    never = add("dua")
    newer = add("tiga", bio="Rasmi", profile_links="https://a.example",
                profile_seen_on=date(2025, 5, 1))  # fmt: skip
    with store.change(ACTOR, "seen") as change:
        change.add(
            Observation(
                account_id=newer,
                kind=ObservationKind.PROFILE_LINKS,
                value="https://www.contoh.gov.my\nhttps://b.example",
                seen_on=date(2025, 6, 1),
            )
        )
    profiles = {one.account_id: one.profile for one in accounts_to_prove(store.connection, 1)}
    assert profiles[recorded] == Profile(("https://a.example",))
    assert profiles[never] is None
    assert profiles[newer] == Profile(("https://www.contoh.gov.my", "https://b.example"), "Rasmi")


def test_the_organisation_above_is_no_stranger(store, site):
    with store.change(ACTOR, "sites") as change:
        change.edit(Organisation, 2, 1, {"website": "https://misal.contoh.gov.my/"})
        change.edit(Organisation, 3, 1, {"website": "https://www.lain.gov.my"})
        change.add(OrganisationDomain(organisation_id=3, domain="dasar.lain.gov.my"))
    assert surroundings(store.connection, site).foreign_hosts == {
        "misal.contoh.gov.my", "lain.gov.my", "dasar.lain.gov.my",
    }  # fmt: skip
    below = SiteToRead(2, "https://misal.contoh.gov.my/")
    assert surroundings(store.connection, below).foreign_hosts == {
        "lain.gov.my", "dasar.lain.gov.my",
    }  # fmt: skip


def test_only_living_organisations_with_a_site_are_read(store):
    with store.change(ACTOR, "sites") as change:
        change.add(OrganisationDomain(organisation_id=2, domain="misal.gov.my"))
        change.edit(
            Organisation,
            3,
            1,
            {"website": "https://lain.gov.my", "status": OrganisationStatus.DISSOLVED},
        )
    assert [one.organisation_id for one in sites_to_read(store.connection)] == [1, 2]
    assert [one.organisation_id for one in sites_to_read(store.connection, 2)] == [2]
