"""The accounts of a query as probes need them: keys, website, what was last seen."""

from datetime import UTC, datetime, timedelta

import pytest

from audits.probes.observing import observations
from audits.probes.sightings import Outcome, Reason, Sighting
from audits.probes.targets import candidates, candidates_of
from inventory.record import Account, AccountKey, Organisation
from inventory.store import Store
from inventory.vocabulary import KeyStatus
from tests.audits.probes.invented import ACTOR, START


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "inventory.db") as store:
        with store.change(ACTOR, "senarai") as change:
            owner = change.add(
                Organisation(name_ms="Kementerian Contoh", website="https://www.contoh.example/")
            )
            for platform, handle in (("mastodon", "contoh@sosial.example"), ("x", "contoh")):
                change.add(
                    Account(
                        organisation_id=owner,
                        platform=platform,
                        handle=handle,
                        url=f"https://{platform}.example/{handle}",
                        platform_id="99" if platform == "x" else None,
                    )
                )
            for key, status in (
                ("x:id:99", KeyStatus.CURRENT),
                ("x:handle:lama", KeyStatus.FORMER),
                ("x:handle:contoh", KeyStatus.CURRENT),
            ):
                change.add(AccountKey(account_id=2, key=key, status=status))
            change.add(AccountKey(account_id=1, key="mastodon:handle:contoh@sosial.example:8443"))
        yield store


def observe(store: Store, outcome: Outcome, at: datetime) -> None:
    reason = Reason.TIME_OUT if outcome is Outcome.UNKNOWN else None
    with store.change(ACTOR, "probe") as change:
        change.add_many(observations(2, Sighting("x", "invented", at, outcome, reason)))


def test_an_account_comes_with_its_current_keys_handles_first(store):
    (account,) = candidates(store.connection, "platform:x")
    assert [(one.kind, one.value) for one in account.targets] == [
        ("handle", "contoh"),
        ("id", "99"),
    ]
    first = account.targets[0]
    assert first.key == "x:handle:contoh"
    assert (first.account_id, first.platform_id) == (2, "99")
    assert first.official_site == "https://www.contoh.example/"
    assert (account.seen_as, account.seen_at) == (None, None)


def test_a_value_may_hold_colons(store):
    (account,) = candidates(store.connection, "platform:mastodon")
    assert account.targets[0].value == "contoh@sosial.example:8443"


def test_what_was_last_seen_is_what_a_probe_could_tell(store):
    observe(store, Outcome.NOT_FOUND, START - timedelta(days=9))
    observe(store, Outcome.FOUND, START)
    observe(store, Outcome.UNKNOWN, START + timedelta(days=1))
    (account,) = candidates(store.connection, "platform:x")
    assert account.seen_as is Outcome.FOUND
    assert account.seen_at == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def test_accounts_are_found_again_by_number_in_the_order_asked(store):
    assert [one.account_id for one in candidates_of(store.connection, [2, 77, 1])] == [2, 1]


def test_without_a_match_there_is_nobody(store):
    assert candidates(store.connection, "tiada") == []
