"""Every figure is worked out in one place, and the search behind it finds just what it counts."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from audits.engine import explained_rows
from audits.explanation import unknown_facts
from audits.fact_vocabulary import facts
from audits.figures import (
    Count,
    accounts_with,
    flag_totals,
    ministries,
    not_assessed,
    platform_matrix,
    trend,
    worst_ministries,
)
from audits.flags import Flag, Raised
from audits.outcomes import STATUS_OF
from audits.rules import Severity, Status
from audits.runs import Run
from audits.seminar import BASELINE, Definition, SeminarLine, seminar_table
from inventory.language import Language, speaking
from inventory.record import Account, Organisation
from inventory.search import AccountList
from inventory.store import Store
from inventory.vocabulary import AccountClass, Badge, OfficialStatus, OrganisationKind
from tests.audits.conftest import ACTOR, TODAY

Add = Callable[..., int]
Audit = Callable[..., Run]


def opened(store: Store, count: Count) -> int:
    """Open a figure to its rows."""
    return AccountList(store.connection).count(count.search)


@pytest.fixture
def mixed(store: Store, add: Add, audit: Audit) -> None:
    """Five accounts of two ministries and an agency, audited."""
    add(
        "satu",
        account_class=AccountClass.CORPORATE,
        official_status=OfficialStatus.OFFICIAL,
        badge=Badge.GOVERNMENT,
        badge_seen_on=TODAY,
        platform="x",
    )
    add("dua", account_class=AccountClass.CORPORATE, official_status=OfficialStatus.UNOFFICIAL)
    add("tiga", account_class=AccountClass.IMPOSTOR, organisation_id=2)
    add("empat", organisation_id=2, badge=Badge.NONE)
    add("lima", organisation_id=3, official_status=OfficialStatus.DISPUTED, badge=Badge.LEGACY)
    audit()  # fmt: skip


@pytest.mark.usefixtures("mixed")
def test_every_figure_opens_to_as_many_rows(store: Store) -> None:
    counts = list(all_counts(store))
    assert len(counts) > 60
    for count in counts:
        assert opened(store, count) == count.number, count.search


def all_counts(store: Store) -> Iterator[Count]:
    for values in flag_totals(store.connection).values():
        yield from values.values()
    for ministry in ministries(store.connection):
        yield ministry.accounts
        for counted in ministry.flags.values():
            yield from counted.values()
    for line in platform_matrix(store.connection):
        yield line.accounts
        yield from line.cells.values()
        yield from map(line.of_status, OfficialStatus)


@pytest.mark.usefixtures("mixed")
def test_the_flags_by_ministry_take_in_the_agencies_below(store: Store) -> None:
    lines = {line.name: line for line in ministries(store.connection)}
    assert set(lines) == {"Ministry of Examples", "Kementerian Lain"}
    first = lines["Ministry of Examples"]
    assert first.accounts.number == 4
    assert first.flags[Flag.UNOFFICIAL][Raised.YES].number == 3
    assert sum(count.number for count in first.flags[Flag.UNOFFICIAL].values()) == 4
    with speaking(Language.MALAY):
        assert "Kementerian Contoh" in {line.name for line in ministries(store.connection)}


@pytest.mark.usefixtures("mixed")
def test_totals_are_the_sum_of_the_branches(store: Store) -> None:
    totals = flag_totals(store.connection)
    for flag in Flag:
        for value in Raised:
            branches = [line.flags[flag][value].number for line in ministries(store.connection)]
            assert sum(branches) == totals[flag][value].number


@pytest.mark.usefixtures("mixed")
def test_official_and_badge_are_never_one_number(store: Store) -> None:
    lines = {line.platform: line for line in platform_matrix(store.connection)}
    assert lines["x"].cell(OfficialStatus.OFFICIAL, True).number == 1
    assert lines["facebook"].cell(OfficialStatus.DISPUTED, True).number == 1
    assert lines["facebook"].cell(OfficialStatus.UNKNOWN, False).number == 1
    assert lines["facebook"].cell(OfficialStatus.UNOFFICIAL, None).number == 1


@pytest.mark.usefixtures("mixed")
def test_the_worst_come_first_by_the_gravest(store: Store) -> None:
    worst = worst_ministries(store.connection)
    gravity = [[line.open_findings[severity] for severity in Severity] for line in worst]
    assert gravity == sorted(gravity, reverse=True)
    assert worst[0].name == "Ministry of Examples"
    assert worst[0].open_findings[Severity.CRITICAL] == 1


@pytest.mark.usefixtures("mixed")
def test_what_was_not_assessed_says_what_is_missing(store: Store) -> None:
    lines = {line.rule.code: line for line in not_assessed(store.connection)}
    admins = lines["MON002"]
    assert admins.count == len(accounts_with(store.connection, "MON002", Status.NOT_ASSESSED))
    assert dict(admins.missing)["Administrators"] == 2
    assert dict(admins.missing)["Run in the organisation's name"] == 2
    for code, line in lines.items():
        assert line.count == len(accounts_with(store.connection, code, Status.NOT_ASSESSED))
        assert sum(number for _reason, number in line.reasons) == line.count


@pytest.mark.usefixtures("mixed")
def test_what_is_missing_is_what_going_through_every_account_finds(store: Store) -> None:
    for line in not_assessed(store.connection):
        rule = line.rule
        missing: Counter[str] = Counter()
        for row in explained_rows(store.connection, rule, TODAY.toordinal()):
            _account, applies, bits, _reason, *found = row
            if STATUS_OF[bits] is Status.NOT_ASSESSED:
                values = dict(zip(rule.facts, found, strict=True))
                for name in unknown_facts(rule, values, applies_unknown=bool(applies)):
                    missing[facts()[name].words.here] += 1
        assert dict(line.missing) == missing


@pytest.mark.usefixtures("mixed")
def test_a_whole_status_counts_all_its_badges_and_lists_them(store: Store) -> None:
    for line in platform_matrix(store.connection):
        for status in OfficialStatus:
            whole = line.of_status(status)
            assert whole.number == opened(store, whole)
            assert whole.number == sum(line.cell(status, b).number for b in (True, False, None))


def test_coverage_is_the_share_of_what_applies_that_was_judged(add: Add, audit: Audit) -> None:
    assert audit().coverage == 1.0
    add("satu", admin_count=1)
    run = audit()
    judged = run.counts[Status.PASS] + run.counts[Status.FAIL]
    assert run.coverage == judged / (judged + run.counts[Status.NOT_ASSESSED])
    assert 0 < run.coverage < 1


def test_before_any_audit_nothing_is_assessed(store: Store, add: Add) -> None:
    add("satu")
    totals = flag_totals(store.connection)
    assert totals[Flag.INDIVIDUAL][Raised.NOT_ASSESSED].number == 1
    assert ministries(store.connection)[0].findings == 0
    assert list(not_assessed(store.connection)) == []
    assert trend(store.connection) == []
    assert accounts_with(store.connection, "OFF001", Status.FAIL) == []


def test_the_trend_follows_the_runs(
    store: Store, add: Add, edit: Callable[..., None], audit: Audit
) -> None:
    account = add("satu", official_status=OfficialStatus.UNOFFICIAL)
    audit()
    edit(account, official_status=OfficialStatus.OFFICIAL, official_basis="x",
         official_since=date(2025, 1, 1))  # fmt: skip
    audit()
    assert [point.flags[Flag.UNOFFICIAL] for point in trend(store.connection)] == [1, 0]


# Ministries with an official account, agencies' official and unofficial accounts: as read out.
SPOKEN = {"facebook": (22, 48, 85), "instagram": (14, 36, 76), "tiktok": (0, 3, 64)}


@pytest.fixture
def seminar(store: Store) -> dict[str, SeminarLine]:
    """27 ministries and the agencies whose accounts give the figures of the seminar."""
    with store.change(ACTOR, "as read out") as change:
        change.connection.execute("UPDATE organisations SET status = 'dissolved'")
        ministry_ids = change.add_many(
            [
                Organisation(kind=OrganisationKind.MINISTRY, name_ms=f"Kementerian {n}")
                for n in range(27)
            ]
        )
        agency_ids = change.add_many(
            [
                Organisation(kind=OrganisationKind.AGENCY, name_ms=f"Agensi {n}",
                             parent_id=ministry_ids[n % 27])
                for n in range(140)
            ]
        )  # fmt: skip
        for platform, (official, agencies, unofficial) in SPOKEN.items():
            of_agencies = [(n, OfficialStatus.OFFICIAL) for n in agency_ids[:agencies]]
            rest = agency_ids[agencies : agencies + unofficial]
            of_agencies += [(n, OfficialStatus.UNOFFICIAL) for n in rest]
            change.add_many(
                [
                    account(platform, n, OfficialStatus.OFFICIAL, badged=n % 2 == 0)
                    for n in ministry_ids[:official]
                ]
                + [account(platform, n, status) for n, status in of_agencies]
            )
    return {line.platform: line for line in seminar_table(store.connection)}


def account(
    platform: str, organisation: int, status: OfficialStatus, *, badged: bool = False
) -> Account:
    return Account(
        organisation_id=organisation,
        platform=platform,
        handle=f"{platform}{organisation}",
        url=f"https://{platform}.com/{organisation}",
        official_status=status,
        badge=Badge.ORGANISATION if badged else Badge.NONE,
    )


@pytest.mark.parametrize("platform", SPOKEN)
def test_the_figures_read_out_come_back_under_definitions_a_and_d(
    seminar: dict[str, SeminarLine], platform: str
) -> None:
    line = seminar[platform]
    ministries_official, official, unofficial = SPOKEN[platform]
    assert line.ministries == 27
    assert line.counts[Definition.MINISTRIES_OFFICIAL].number == ministries_official
    assert line.counts[Definition.ACCOUNTS_OFFICIAL].number == official
    assert line.counts[Definition.ACCOUNTS_UNOFFICIAL].number == unofficial
    assert line.baseline == BASELINE[platform]


def test_official_and_badged_is_another_number(seminar: dict[str, SeminarLine]) -> None:
    both = seminar["facebook"].counts[Definition.MINISTRIES_OFFICIAL_AND_BADGED].number
    assert 0 < both < 22


def test_agencies_fall_into_exactly_one_kind(seminar: dict[str, SeminarLine]) -> None:
    for line in seminar.values():
        agencies = [d for d in Definition if d.value.startswith("agencies")]
        assert sum(line.counts[d].number for d in agencies) == line.agencies
        for definition, organisations in line.organisations.items():
            assert len(organisations) == line.counts[definition].number


def test_accounts_behind_the_seminar_can_be_opened(
    store: Store, seminar: dict[str, SeminarLine]
) -> None:
    for line in seminar.values():
        for definition, count in line.counts.items():
            if definition.value.startswith("accounts"):
                assert opened(store, count) == count.number, definition
    for definition in Definition:
        with speaking(Language.MALAY):
            assert definition.label
        assert definition.letter in "abcd"


def test_retired_accounts_and_third_parties_stand_apart(store: Store, add: Add) -> None:
    add("satu", organisation_id=2, account_class=AccountClass.THIRD_PARTY,
        official_status=OfficialStatus.UNOFFICIAL)  # fmt: skip
    (line, *_rest) = seminar_table(store.connection)
    assert line.counts[Definition.ACCOUNTS_OF_OTHERS].number == 1
    assert line.counts[Definition.ACCOUNTS_UNOFFICIAL].number == 0
    assert line.counts[Definition.AGENCIES_UNOFFICIAL_ONLY].number == 1
