"""Taking what was seen into the record: one observation, one change, on a person's word."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from audits.accepting import accept, observation_by
from audits.differences import differences
from inventory import log
from inventory.editing import AlreadyRecorded, FieldProblem
from inventory.errors import Conflict, InventoryError
from inventory.reading import get, keys_of
from inventory.record import Account, AccountKey, Observation
from inventory.store import Store
from inventory.undo import undo
from inventory.vocabulary import (
    Badge,
    KeyStatus,
    Lifecycle,
    ObservationKind,
    ObservationMethod,
    Visibility,
)
from tests.audits.conftest import ACTOR, TODAY

Add = Callable[..., int]
Kind = ObservationKind
SEEN_ON = TODAY - timedelta(days=1)
EARLIER = TODAY - timedelta(days=9)


@pytest.fixture
def saw(store: Store) -> Callable[..., int]:
    """Keep one observation of a probe; returns its row id."""

    def kept(account: int, kind: Kind, value: str, on: date = SEEN_ON, **more: Any) -> int:
        seen = {"method": ObservationMethod.PROBE, "by": "bluesky", **more}
        with store.change(ACTOR, "seen") as change:
            return change.add(
                Observation(account_id=account, kind=kind, value=value, seen_on=on, **seen)
            )

    return kept


def held(store: Store, account: int) -> Account:
    found = get(store.connection, Account, account)
    assert found is not None
    return found


TAKEN = [
    (Kind.BADGE, "government", {}, {"badge": Badge.GOVERNMENT, "badge_seen_on": SEEN_ON}),
    (Kind.BADGE, "none", {"badge": Badge.LEGACY}, {"badge": Badge.NONE, "badge_seen_on": SEEN_ON}),
    (Kind.BADGE, "none", {"badge": Badge.REQUESTED},
     {"badge": Badge.REQUESTED, "badge_seen_on": SEEN_ON}),
    (Kind.BADGE, "legacy", {"badge": Badge.UNSPECIFIED},
     {"badge": Badge.LEGACY, "badge_seen_on": SEEN_ON}),
    (Kind.BADGE, "unspecified", {"badge": Badge.LEGACY},
     {"badge": Badge.LEGACY, "badge_seen_on": SEEN_ON}),
    (Kind.LAST_POST, "2025-12-30T23:59:59+00:00", {"last_post_on": EARLIER},
     {"last_post_on": date(2025, 12, 30), "last_post_seen_on": SEEN_ON}),
    (Kind.DISPLAY_NAME, "Kementerian Contoh", {},
     {"display_name": "Kementerian Contoh", "profile_seen_on": SEEN_ON}),
    (Kind.PROFILE_LINKS, "https://contoh.gov.my/\nhttps://misal.gov.my/", {},
     {"profile_links": "https://contoh.gov.my/\nhttps://misal.gov.my/",
      "profile_seen_on": SEEN_ON}),
    (Kind.EXISTENCE, "private", {}, {"visibility": Visibility.PRIVATE}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "recorded", "taken"), TAKEN)
def test_each_kind_fills_its_fields_in_one_change_that_names_it(
    store: Store,
    add: Add,
    saw: Callable[..., int],
    kind: Kind,
    value: str,
    recorded: dict[str, Any],
    taken: dict[str, Any],
) -> None:
    account = add(**recorded)
    before = held(store, account)
    observation = saw(account, kind, value, source="https://example.org/kemcontoh")
    accepted = accept(store, ACTOR, observation, TODAY)
    assert {name: getattr(accepted.account, name) for name in taken} == taken
    new = {name for name, now in taken.items() if getattr(before, name) != now}
    assert set(accepted.fields) == new
    last = next(iter(log.changes(store.connection)))
    uid = get(store.connection, Observation, observation).uid  # type: ignore[union-attr]
    assert last.seq == accepted.seq
    assert uid in last.reason
    assert last.source == "https://example.org/kemcontoh"
    undo(store, ACTOR, accepted.seq, "no")
    assert {name: getattr(held(store, account), name) for name in taken} == {
        name: getattr(before, name) for name in taken
    }


def test_a_rename_moves_handle_address_and_key_and_keeps_the_former(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    account = add("kemlama", platform="x", url="https://x.com/kemlama")
    observation = saw(account, Kind.HANDLE, "@KemBaharu")
    (found,) = differences(store.connection, held(store, account))
    assert (found.field, found.recorded) == ("handle", "kemlama")
    accept(store, ACTOR, observation, TODAY)
    now = held(store, account)
    assert (now.handle, now.url) == ("KemBaharu", "https://x.com/kembaharu")
    keys = {key.key: (key.status, key.until) for key in keys_of(store.connection, account)}
    assert keys == {
        "x:handle:kembaharu": (KeyStatus.CURRENT, None),
        "x:handle:kemlama": (KeyStatus.FORMER, SEEN_ON),
    }
    assert differences(store.connection, now) == []


def test_the_handle_of_another_account_is_not_taken(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    account = add("kemlama", platform="x", url="https://x.com/kemlama")
    add("kembaharu", platform="x", url="https://x.com/kembaharu")
    observation = saw(account, Kind.HANDLE, "kembaharu")
    with pytest.raises(AlreadyRecorded):
        accept(store, ACTOR, observation, TODAY)
    assert held(store, account).handle == "kemlama"


def test_another_id_becomes_the_key_and_the_former_one_is_kept(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    account = add("kem", platform="x", url="https://x.com/kem", platform_id="990001")
    with store.change(ACTOR, "key") as change:
        change.add(AccountKey(account_id=account, key="x:id:990001"))
    accept(store, ACTOR, saw(account, Kind.PLATFORM_ID, "990002"), TODAY)
    keys = {key.key: key.status for key in keys_of(store.connection, account)}
    assert held(store, account).platform_id == "990002"
    assert keys == {
        "x:handle:kem": KeyStatus.CURRENT,
        "x:id:990002": KeyStatus.CURRENT,
        "x:id:990001": KeyStatus.FORMER,
    }


@pytest.mark.parametrize(
    ("recorded", "seen", "another"),
    [(None, ["1"], False), ("1", ["2"], True), (None, ["1", "2"], True), (None, ["2", "2"], False)],
)
def test_an_id_that_was_another_before_is_another_account(
    store: Store,
    add: Add,
    saw: Callable[..., int],
    recorded: str | None,
    seen: list[str],
    another: bool,
) -> None:
    account = add("kem", platform="x", url="https://x.com/kem", platform_id=recorded)
    for value in seen:
        saw(account, Kind.PLATFORM_ID, value)
    (found,) = differences(store.connection, held(store, account))
    assert found.other_account is another


def test_an_id_without_an_address_of_its_own_is_no_key(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    account = add("kem", platform="instagram", url="https://www.instagram.com/kem/")
    accept(store, ACTOR, saw(account, Kind.PLATFORM_ID, "990002"), TODAY)
    assert held(store, account).platform_id == "990002"
    assert [key.key for key in keys_of(store.connection, account)] == ["instagram:handle:kem"]


def test_gone_closes_an_account_only_when_a_person_says_so(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    account = add()
    saw(account, Kind.EXISTENCE, "not_found", EARLIER)
    assert differences(store.connection, held(store, account)) == []
    last = saw(account, Kind.EXISTENCE, "not_found")
    (found,) = differences(store.connection, held(store, account))
    assert (found.field, dict(found.values)) == ("lifecycle", {})
    with pytest.raises(InventoryError, match="--close"):
        accept(store, ACTOR, last, TODAY)
    accept(store, ACTOR, last, TODAY, close=Lifecycle.RETIRED)
    now = held(store, account)
    assert (now.lifecycle, now.closed_on) == (Lifecycle.RETIRED, SEEN_ON)
    assert differences(store.connection, now) == []


@pytest.mark.parametrize(
    ("values", "close"),
    [
        (["not_found"], Lifecycle.RETIRED),
        (["not_found", "unknown"], Lifecycle.RETIRED),
        (["not_found", "not_found"], Lifecycle.ACTIVE),
        (["not_found", "found"], Lifecycle.LOST),
    ],
)
def test_nothing_else_closes_it(
    store: Store, add: Add, saw: Callable[..., int], values: list[str], close: Lifecycle
) -> None:
    account = add()
    for days, value in zip((9, 1), values, strict=False):
        last = saw(account, Kind.EXISTENCE, value, TODAY - timedelta(days=days))
    with pytest.raises(InventoryError):
        accept(store, ACTOR, last, TODAY, close=close)
    assert held(store, account).lifecycle is Lifecycle.ACTIVE


def test_a_newer_look_that_says_otherwise_makes_the_older_one_stale(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    account = add(badge=Badge.LEGACY)
    older = saw(account, Kind.BADGE, "none", EARLIER)
    saw(account, Kind.BADGE, "government")
    with pytest.raises(Conflict):
        accept(store, ACTOR, older, TODAY)
    assert held(store, account).badge is Badge.LEGACY


def test_a_record_that_was_looked_at_later_stands(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    account = add(badge=Badge.LEGACY, badge_seen_on=TODAY)
    observation = saw(account, Kind.BADGE, "none")
    assert differences(store.connection, held(store, account)) == []
    with pytest.raises(Conflict):
        accept(store, ACTOR, observation, TODAY)


def test_an_account_that_somebody_saved_meanwhile_is_looked_at_again(
    store: Store, add: Add, edit: Callable[..., None], saw: Callable[..., int]
) -> None:
    account = add(badge=Badge.LEGACY)
    observation = saw(account, Kind.BADGE, "none")
    version = held(store, account).version
    edit(account, purpose="Pengumuman")
    with pytest.raises(Conflict):
        accept(store, ACTOR, observation, TODAY, version=version)
    assert held(store, account).badge is Badge.LEGACY


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.SITE_LINK, "yes"),
        (Kind.BADGE, "shiny"),
        (Kind.LAST_POST, "lately"),
        (Kind.HANDLE, "no such / handle"),
        (Kind.EXISTENCE, "found"),
    ],
)
def test_what_the_record_has_no_field_for_changes_nothing(
    store: Store, add: Add, saw: Callable[..., int], kind: Kind, value: str
) -> None:
    account = add()
    observation = saw(account, kind, value)
    seq = log.head(store.connection)[0]
    with pytest.raises(InventoryError):
        accept(store, ACTOR, observation, TODAY)
    assert log.head(store.connection)[0] == seq
    assert differences(store.connection, held(store, account)) == []


def test_twice_is_once(store: Store, add: Add, saw: Callable[..., int]) -> None:
    account = add()
    observation = saw(account, Kind.BADGE, "none")
    accept(store, ACTOR, observation, TODAY)
    with pytest.raises(InventoryError, match="already"):
        accept(store, ACTOR, observation, TODAY)


def test_private_text_stays_out(store: Store, add: Add, saw: Callable[..., int]) -> None:
    account = add()
    observation = saw(account, Kind.DISPLAY_NAME, "Hubungi 012-345 6789")
    with pytest.raises(FieldProblem):
        accept(store, ACTOR, observation, TODAY)
    assert held(store, account).display_name is None


def test_the_gravest_difference_comes_first(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    account = add(platform_id="990001", badge=Badge.LEGACY, display_name="Kementerian Contoh")
    saw(account, Kind.LAST_POST, "2025-12-30")
    saw(account, Kind.DISPLAY_NAME, "KEMENTERIAN  contoh")
    saw(account, Kind.BADGE, "none")
    saw(account, Kind.PLATFORM_ID, "990002")
    found = [one.field for one in differences(store.connection, held(store, account))]
    assert found == ["platform_id", "badge", "last_post_on"]


def test_an_observation_is_found_by_its_public_id(
    store: Store, add: Add, saw: Callable[..., int]
) -> None:
    row_id = saw(add(), Kind.BADGE, "none")
    observation = get(store.connection, Observation, row_id)
    assert observation is not None
    assert observation_by(store, observation.uid) == observation
    with pytest.raises(InventoryError, match="B-none"):
        observation_by(store, "B-none")
