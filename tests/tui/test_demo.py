"""The demo: figures of the seminar, a case for every rule, a past that holds together."""

import re
from collections import Counter, defaultdict
from dataclasses import fields
from datetime import date

import pytest

from audits.ledger import runs
from audits.policy import load_policy
from audits.rules import Status
from audits.runs import Delta
from audits.seminar import Baseline, Definition, seminar_table
from inventory import log, reading
from inventory.identity import Identity, identify
from inventory.privacy import guard_text
from inventory.record import TABLES, Account, AccountKey, Organisation, OrganisationDomain
from inventory.store import Store
from inventory.vocabulary import (
    Badge,
    KeyStatus,
    OfficialStatus,
    OrganisationKind,
    OrganisationStatus,
)
from tui.demo.build import build_demo
from tui.demo.organisations import bodies
from tui.demo.roster import roster

TODAY = date(2026, 3, 2)
ANOTHER_DAY = date(2027, 10, 18)  # a Monday as well: due days count working days
BADGES = {Badge.GOVERNMENT, Badge.ORGANISATION, Badge.PAID_ORGANISATION, Badge.LEGACY}


def built(path, today=TODAY, progress=None):
    store = Store.open(path)
    build_demo(store, today=today, progress=progress)
    return store


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with built(tmp_path_factory.mktemp("demo") / "demo.db") as store:
        yield store.connection


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    with built(tmp_path_factory.mktemp("again") / "demo.db") as store:
        yield store.connection


@pytest.fixture(scope="module")
def told():
    """What the caller is told while the demo is built on another day."""
    return []


@pytest.fixture(scope="module")
def later(tmp_path_factory, told):
    path = tmp_path_factory.mktemp("later") / "demo.db"
    with built(path, ANOTHER_DAY, lambda *steps: told.append(steps)) as store:
        yield store.connection


@pytest.fixture(scope="module")
def accounts(demo):
    """Every account with its organisation."""
    owners = {owner.id: owner for owner in reading.every(demo, Organisation)}
    return [(account, owners[account.organisation_id]) for account in reading.every(demo, Account)]


class TestFigures:
    """What the seminar counted in 2024."""

    @pytest.mark.parametrize(
        ("platform", "ministries", "official", "unofficial"),
        [("facebook", 22, 48, 85), ("instagram", 14, 36, 76), ("tiktok", 0, 3, 64)],
    )
    def test_accounts_are_as_many_as_the_seminar_said(
        self, accounts, platform, ministries, official, unofficial
    ):
        counted, with_official = Counter(), set()
        for account, owner in accounts:
            if account.platform != platform:
                continue
            if owner.kind is not OrganisationKind.MINISTRY:
                counted[account.official_status] += 1
            elif account.official_status is OfficialStatus.OFFICIAL:
                with_official.add(owner.id)
        assert len(with_official) == ministries
        assert counted[OfficialStatus.OFFICIAL] == official
        assert counted[OfficialStatus.UNOFFICIAL] == unofficial

    def test_the_seminar_table_shows_the_figures_read_out(self, demo):
        for line in seminar_table(demo):
            found = {name: count.number for name, count in line.counts.items()}
            assert line.baseline == Baseline(
                found[Definition.MINISTRIES_OFFICIAL],
                found[Definition.ACCOUNTS_OFFICIAL],
                found[Definition.ACCOUNTS_UNOFFICIAL],
            )
            assert line.ministries == 27
            assert found[Definition.ACCOUNTS_OF_OTHERS]
            badged = found[Definition.MINISTRIES_OFFICIAL_AND_BADGED]
            assert badged < found[Definition.MINISTRIES_OFFICIAL] or line.platform == "tiktok"

    def test_there_are_27_ministries(self, demo):
        kinds = Counter(owner.kind for owner in reading.every(demo, Organisation))
        assert kinds[OrganisationKind.MINISTRY] == 27
        assert kinds[OrganisationKind.LOCAL_COUNCIL] == 6

    @pytest.mark.parametrize("platform", ["facebook", "instagram"])
    def test_official_with_a_badge_is_fewer_than_official(self, accounts, platform):
        official, badged = set(), set()
        for account, owner in accounts:
            here = owner.kind is OrganisationKind.MINISTRY and account.platform == platform
            if here and account.official_status is OfficialStatus.OFFICIAL:
                official.add(owner.id)
                if account.badge in BADGES:
                    badged.add(owner.id)
        assert 0 < len(badged) < len(official)

    def test_every_platform_of_the_matrix_is_alive(self, accounts):
        found = {account.platform for account, _owner in accounts}
        assert found >= {"x", "youtube", "telegram", "whatsapp", "linkedin", "threads"}
        assert found >= {"mastodon", "bluesky", "blog"}


class TestRules:
    """What the last audit says: every rule has something to show."""

    @pytest.mark.parametrize("code", [rule.code for rule in load_policy("core").rules])
    def test_every_rule_has_its_cases(self, demo, code):
        never = load_policy("core").by_code[code].never
        tally = runs(demo)[0].tallies[code]
        wanted = {Status.FAIL, Status.PASS, Status.NOT_ASSESSED} - set(never)
        assert {status for status in wanted if not tally[status]} == set()
        assert not tally.get(Status.ERROR)

    def test_three_audits_of_which_the_last_is_of_today(self, demo):
        days = [(TODAY - run.on).days for run in runs(demo)]
        assert days == [0, 90, 180]

    def test_findings_come_go_and_come_back(self, demo):
        last, middle, first = runs(demo)
        assert first.delta[Delta.NEW]
        assert all(middle.delta[delta] for delta in (Delta.NEW, Delta.RESOLVED, Delta.UNCHANGED))
        assert all(last.delta[delta] for delta in (Delta.NEW, Delta.RESOLVED, Delta.REOPENED))

    def test_the_day_changes_dates_and_nothing_else(self, demo, later):
        assert [run.tallies for run in runs(demo)] == [run.tallies for run in runs(later)]

    @pytest.mark.usefixtures("later")
    def test_progress_ends_when_all_is_done(self, told):
        assert [done for done, _steps in told] == list(range(1, told[-1][1] + 1))


class TestCases:
    """Accounts that stand for something."""

    def test_a_renamed_ministry_keeps_its_former_name_and_key(self, demo):
        ministry = reading.organisation_by(demo, "KGR")
        former = reading.account_by(demo, "facebook:handle:pagarkejirandemocontoh")
        keys = {key.key: key.status for key in reading.keys_of(demo, former.id)}
        assert keys == {
            "facebook:handle:gotongroyongdemocontoh": KeyStatus.CURRENT,
            "facebook:handle:pagarkejirandemocontoh": KeyStatus.FORMER,
        }
        assert former.handle == "gotongroyongdemocontoh"
        assert ministry.name_ms == "Kementerian Gotong-royong dan Kejiranan"
        names = {name.name for name in reading.names_of(demo, ministry.id)}
        assert names == {"Kementerian Pagar dan Kejiranan", "Ministry of Fences and Neighbours"}

    def test_gone_agencies_still_own_accounts(self, accounts):
        gone = {
            owner.short_name
            for _account, owner in accounts
            if owner.status is not OrganisationStatus.ACTIVE
        }
        assert gone == {"JPR", "PLK"}

    def test_no_case_is_lost(self, accounts):
        assert len(accounts) == len(roster())
        assert len({presence.seed for presence in roster()}) == len(roster())


class TestRecord:
    """The record is one the program would have let in, and its log proves it."""

    def test_the_log_holds(self, demo):
        assert list(log.chain_faults(demo)) == []
        assert list(log.replay_faults(demo)) == []

    def test_many_people_wrote_it_over_more_than_a_year(self, demo):
        changes = list(log.changes(demo, newest_first=False))
        assert len({change.actor["name"] for change in changes}) > 25
        assert all(change.reason for change in changes)
        assert changes[0].at < "2025-02"

    def test_building_twice_gives_the_same(self, demo, again):
        for record_type in TABLES:
            one, other = (list(reading.every(store, record_type)) for store in (demo, again))
            assert one == other, record_type
        assert [(run.tallies, run.delta) for run in runs(demo)] == [
            (run.tallies, run.delta) for run in runs(again)
        ]

    def test_nothing_private_is_in_it(self, demo):
        seen = 0
        for record_type in TABLES:
            for record in reading.every(demo, record_type):
                for item in fields(record):
                    value = getattr(record, item.name)
                    if type(value) is str:
                        seen += 1
                        assert guard_text(value, item.name) is None, (record_type, value)
        assert seen > 10_000

    def test_addresses_lead_to_their_keys(self, demo):
        keys = defaultdict(set)
        for key in reading.every(demo, AccountKey):
            keys[key.account_id].add(key.key)
        strays = [
            account.handle
            for account in reading.every(demo, Account)
            if not isinstance(found := identify(account.url, account.platform), Identity)
            or found.key not in keys[account.id]
        ]
        assert len(strays) == 2  # the two cases of DAT001

    def test_nothing_real_is_named(self, demo):
        for domain in reading.every(demo, OrganisationDomain):
            assert domain.domain.endswith(".gov.example")
        invented = re.compile(r"demo|contoh|\.example$|^9999900000000000", re.IGNORECASE)
        for account in reading.every(demo, Account):
            assert invented.search(account.handle), account.handle

    def test_all_have_both_names(self):
        assert all(body.name_ms and body.name_en for body in bodies())
        assert len({body.short for body in bodies()}) == len(list(bodies()))
