"""What was seen beside what is recorded: gone takes two looks a day apart, unknown is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from audits.runs import Run
from audits.seen import Seen, SeenFacts, existence, same_badge, seen_facts
from inventory.record import Observation
from inventory.store import Store
from inventory.vocabulary import Badge, ExistenceSeen, Lifecycle, ObservationKind, ObservationMethod
from tests.audits.conftest import ACTOR, TODAY

START = datetime(2025, 12, 1, 8, tzinfo=UTC)
DAY, INSTANT = timedelta(hours=24), timedelta(seconds=1)


def looks(*seen: tuple[timedelta, str]) -> list[Seen]:
    """Return what probes said of existence, each so long after the start."""
    return [
        Seen("existence", value, f"{START + after:%Y-%m-%d}", (START + after).isoformat())
        for after, value in seen
    ]


ZERO = timedelta()
EXISTENCE = [
    ("nobody looked", [], None),
    ("nobody could tell", [(ZERO, "unknown"), (DAY * 9, "unknown")], None),
    ("once", [(ZERO, "not_found")], ExistenceSeen.NOT_FOUND_ONCE),
    ("a second short", [(ZERO, "not_found"), (DAY - INSTANT, "not_found")],
     ExistenceSeen.NOT_FOUND_ONCE),
    ("a day apart", [(ZERO, "not_found"), (DAY, "not_found")], ExistenceSeen.GONE),
    ("thrice in a day", [(ZERO, "not_found"), (DAY / 2, "not_found"), (DAY, "not_found")],
     ExistenceSeen.GONE),
    ("suspended, then nothing", [(ZERO, "suspended"), (DAY, "not_found")], ExistenceSeen.GONE),
    ("deactivated twice", [(ZERO, "deactivated"), (DAY, "deactivated")], ExistenceSeen.GONE),
    ("suspended once", [(ZERO, "suspended")], ExistenceSeen.SUSPENDED),
    ("found between", [(ZERO, "not_found"), (DAY, "found"), (DAY * 2, "not_found")],
     ExistenceSeen.NOT_FOUND_ONCE),
    ("private between", [(ZERO, "not_found"), (DAY, "private"), (DAY * 2, "suspended")],
     ExistenceSeen.SUSPENDED),
    ("unknown between", [(ZERO, "not_found"), (DAY / 2, "unknown"), (DAY, "not_found")],
     ExistenceSeen.GONE),
    ("unknown is no second look", [(ZERO, "not_found"), (DAY, "unknown")],
     ExistenceSeen.NOT_FOUND_ONCE),
    ("an impossible name is no look", [(ZERO, "not_found"), (DAY, "illegal_name")],
     ExistenceSeen.NOT_FOUND_ONCE),
    ("back again", [(ZERO, "not_found"), (DAY, "not_found"), (DAY * 2, "found")],
     ExistenceSeen.FOUND),
    ("moved", [(ZERO, "found"), (DAY, "moved")], ExistenceSeen.MOVED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "state"), [row[1:] for row in EXISTENCE], ids=[row[0] for row in EXISTENCE]
)
def test_gone_takes_two_looks_a_day_apart_and_nothing_found_between(
    seen: Sequence[tuple[timedelta, str]], state: ExistenceSeen | None
) -> None:
    assert existence(looks(*seen))[0] is state


@pytest.mark.parametrize(
    ("days", "state"),
    [(1, ExistenceSeen.NOT_FOUND_ONCE), (2, ExistenceSeen.GONE)],
)
def test_where_only_days_are_known_two_neighbours_may_be_minutes_apart(
    days: int, state: ExistenceSeen
) -> None:
    later = f"{START + days * DAY:%Y-%m-%d}"
    seen = [
        Seen("existence", "not_found", "2025-12-01", None, None, "person"),
        Seen("existence", "not_found", later, f"{later}T23:00:00+00:00"),
    ]
    assert existence(seen) == (state, later)


def test_what_a_list_said_is_no_look() -> None:
    listed = Seen("existence", "found", "2025-12-01", method=ObservationMethod.FILE)
    assert existence([listed]) == (None, None)


@dataclass(frozen=True)
class Row:
    """A record, as far as sightings are held against it."""

    platform: str = "x"
    handle: str = "kemcontoh"
    platform_id: str | None = None
    display_name: str | None = None
    profile_seen_on: str | None = None
    badge: str = "unknown"
    badge_seen_on: str | None = None
    lifecycle: str = "active"
    closed_on: str | None = None
    keys: str | None = "x:handle:kemcontoh"


def sight(kind: ObservationKind, value: str, day: str = "2025-12-01", by: str = "x") -> Seen:
    return Seen(kind, value, day, None, by)


BADGES = [
    ("unknown", None, "none", None),
    ("government", None, "government", 0),
    ("government", None, "none", 1),
    ("government", "2025-12-01", "none", 1),
    ("government", "2025-12-02", "none", None),
    ("none", None, "organisation", 1),
    ("requested", None, "none", 0),
    ("lost", None, "none", 0),
    ("unspecified", None, "legacy", 0),
    ("unspecified", None, "none", 1),
    ("organisation", None, "paid_person", 1),
]


@pytest.mark.parametrize(("recorded", "on", "seen", "differs"), BADGES)
def test_a_badge_differs_only_from_a_record_that_is_not_newer(
    recorded: str, on: str | None, seen: str, differs: int | None
) -> None:
    row = Row(badge=recorded, badge_seen_on=on)
    found = seen_facts(row, [sight(ObservationKind.BADGE, seen)])
    assert (found.badge_seen, found.badge_seen_differs) == (seen, differs)


def test_whether_two_badges_agree_does_not_depend_on_which_comes_first() -> None:
    badges = set(Badge) - {Badge.UNKNOWN}
    for one in badges:
        for other in badges:
            assert same_badge(one, other) == same_badge(other, one)


IDS = [
    ("the recorded one", Row(platform_id="7"), [("7", "x")], 0),
    ("another", Row(platform_id="7"), [("7", "x"), ("8", "x")], 1),
    ("by its key", Row(keys="x:handle:kemcontoh\nx:id:7"), [("8", "x")], 1),
    ("none recorded, one seen", Row(), [("8", "x")], None),
    ("none recorded, always the same", Row(), [("8", "x"), ("8", "x")], 0),
    ("none recorded, another than first", Row(), [("7", "x"), ("8", "x")], 1),
    ("two probes that count differently", Row(), [("7", "one"), ("8", "other")], None),
    ("ids of another sort", Row("facebook", platform_id="7"), [("8", "x"), ("8", "x")], 0),
    ("ids of one sort", Row("facebook", platform_id="7"), [("7", "x"), ("8", "x")], 1),
]


@pytest.mark.parametrize(
    ("row", "ids", "differs"), [row[1:] for row in IDS], ids=[row[0] for row in IDS]
)
def test_another_id_under_the_same_handle_is_another_account(
    row: Row, ids: Sequence[tuple[str, str]], differs: int | None
) -> None:
    seen = [sight(ObservationKind.PLATFORM_ID, value, by=by) for value, by in ids]
    assert seen_facts(row, seen).platform_id_seen_differs == differs


@pytest.mark.parametrize(
    ("row", "seen", "differs"),
    [
        (Row(), "@KemContoh", 0),
        (Row(), "kementerian_baharu", 1),
        (Row(keys="x:handle:kemcontoh\nx:handle:kem_lama"), "kem_lama", None),
        (Row("nowhere", "kem"), "KEM", 0),
        (Row(handle="99999", keys="x:id:99999"), "kemcontoh", None),
    ],
)
def test_a_handle_differs_unless_the_account_had_it_before(
    row: Row, seen: str, differs: int | None
) -> None:
    assert seen_facts(row, [sight(ObservationKind.HANDLE, seen)]).handle_seen_differs == differs


@pytest.mark.parametrize(
    ("row", "seen", "differs"),
    [
        (Row(), "Kementerian Contoh", None),
        (Row(display_name="KEMENTERIAN  Contoh"), "Kementerian Contoh", 0),
        (Row(display_name="Kementerian Contoh"), "Payung Percuma", 1),
        (Row(display_name="Contoh", profile_seen_on="2025-12-02"), "Payung Percuma", None),
    ],
)
def test_a_display_name_differs_by_its_words(row: Row, seen: str, differs: int | None) -> None:
    assert seen_facts(row, [sight(ObservationKind.DISPLAY_NAME, seen)]).name_seen_differs == differs


CLOSED = Row(lifecycle="retired", closed_on="2025-06-01", platform_id="7")
FOUND = sight(ObservationKind.EXISTENCE, "found")
ALIVE = [
    ("still open", Row(), [FOUND], None),
    ("nobody looked", CLOSED, [], None),
    ("seen before it closed", CLOSED, [FOUND._replace(day="2025-05-31")], None),
    ("not found", CLOSED, [FOUND._replace(value="not_found")], 0),
    ("nobody could tell", CLOSED, [FOUND._replace(value="unknown")], None),
    ("found, nothing else known", CLOSED, [FOUND], None),
    ("another account", CLOSED, [FOUND, sight(ObservationKind.PLATFORM_ID, "8")], 1),
    ("the same account", CLOSED, [FOUND, sight(ObservationKind.PLATFORM_ID, "7")], 0),
    ("posts again", CLOSED, [FOUND, sight(ObservationKind.LAST_POST, "2025-06-02T00:00:00")], 1),
    ("old posts of nobody knows whom", CLOSED,
     [FOUND, sight(ObservationKind.LAST_POST, "2025-06-01")], None),
    ("lost, without a day", Row(lifecycle="lost", platform_id="7"),
     [FOUND, sight(ObservationKind.LAST_POST, "2025-06-02")], None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "seen", "alive"), [row[1:] for row in ALIVE], ids=[row[0] for row in ALIVE]
)
def test_a_closed_account_is_alive_by_another_id_or_newer_posts(
    row: Row, seen: Sequence[Seen], alive: int | None
) -> None:
    assert seen_facts(row, seen).alive_though_closed == alive


def test_nothing_seen_is_nothing_known() -> None:
    assert seen_facts(Row(), []) == SeenFacts()
    assert set(SeenFacts()) == {None}


def test_an_audit_reads_the_observations_of_its_day(
    store: Store, add: Callable[..., int], audit: Callable[..., Run]
) -> None:
    account = add("kemcontoh", lifecycle=Lifecycle.ACTIVE)
    with store.change(ACTOR, "seen") as change:
        for days in (3, 1):
            at = datetime(2026, 1, 1, 8, tzinfo=UTC) - timedelta(days=days)
            change.add(
                Observation(
                    account_id=account,
                    kind=ObservationKind.EXISTENCE,
                    value="not_found",
                    seen_on=at.date(),
                    seen_at=at.isoformat(),
                    method=ObservationMethod.PROBE,
                    by="facebook",
                )
            )

    def seen(on: date) -> tuple[object, object]:
        audit(on=on)
        state, day = store.connection.execute(
            "SELECT existence_seen, existence_seen_on FROM audit_facts WHERE account_id = ?",
            (account,),
        ).fetchone()
        return state, day

    yesterday = TODAY - timedelta(days=1)
    assert seen(TODAY - timedelta(days=2)) == (
        "not_found_once",
        (TODAY - timedelta(days=3)).toordinal(),
    )
    assert seen(TODAY) == ("gone", yesterday.toordinal())
