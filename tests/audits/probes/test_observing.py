"""A sighting becomes observations: one for each thing told, none for what was not."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from audits.probes.observing import observations
from audits.probes.sightings import Outcome, Reason, Sighting
from inventory.reading import every
from inventory.record import Observation
from inventory.vocabulary import Badge, ObservationKind, ObservationMethod
from tests.audits.probes.invented import ACTOR, fill

AT = datetime(2026, 11, 20, 18, 30, 5, tzinfo=UTC)
FULL = Sighting(
    key="bluesky:handle:contoh",
    adapter="invented",
    at=AT,
    outcome=Outcome.FOUND,
    badge=Badge.GOVERNMENT,
    platform_id="did:plc:contoh",
    handle="contoh",
    display_name="Kementerian\x1b[31m Contoh\n",
    links=("https://www.contoh.example/", "https://contoh.example/x"),
    last_post_at=datetime(2026, 11, 19, 4, 0, tzinfo=UTC),
    source="https://api.contoh.example/contoh",
    http_status=200,
    sha256="a" * 64,
)


@pytest.fixture
def kuala_lumpur(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kuala_Lumpur")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("kuala_lumpur")
def test_everything_told_is_one_observation_each_as_it_came():
    rows = observations(7, FULL)
    assert {one.kind: one.value for one in rows} == {
        ObservationKind.EXISTENCE: "found",
        ObservationKind.BADGE: "government",
        ObservationKind.LAST_POST: "2026-11-19T04:00:00+00:00",
        ObservationKind.DISPLAY_NAME: "Kementerian\x1b[31m Contoh\n",
        ObservationKind.PROFILE_LINKS: "https://www.contoh.example/\nhttps://contoh.example/x",
        ObservationKind.PLATFORM_ID: "did:plc:contoh",
        ObservationKind.HANDLE: "contoh",
    }
    first = rows[0]
    assert first.kind is ObservationKind.EXISTENCE
    for one in rows:
        assert one.account_id == 7
        assert one.method is ObservationMethod.PROBE
        assert (one.by, one.source) == ("invented", "https://api.contoh.example/contoh")
        assert (one.http_status, one.sha256) == (200, "a" * 64)
        assert one.seen_at == "2026-11-20T18:30:05+00:00"
        assert one.seen_on == date(2026, 11, 21)  # it was morning already in Kuala Lumpur


def test_what_could_not_be_told_leaves_its_reason_and_nothing_else():
    (only,) = observations(7, FULL.as_unknown(Reason.CANARY))
    assert (only.kind, only.value) == (ObservationKind.EXISTENCE, "unknown")
    assert only.reason == "canary"


def test_an_unknown_badge_is_no_observation():
    bare = Sighting("bluesky:handle:contoh", "invented", AT, Outcome.NOT_FOUND)
    (only,) = observations(7, bare)
    assert (only.value, only.reason, only.source) == ("not_found", None, None)


def test_half_a_character_does_not_stop_the_writing(tmp_path):
    broken = Sighting("k", "invented", AT, Outcome.FOUND, display_name="Contoh \ud83d")
    with fill(tmp_path / "inventory.db", ["contoh"]) as store:
        with store.change(ACTOR, "probe") as change:
            change.add_many(observations(1, broken))
        values = [one.value for one in every(store.connection, Observation)]
    assert values == ["found", "Contoh ?"]
