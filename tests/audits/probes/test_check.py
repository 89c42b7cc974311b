"""A live check against local sites: outcomes, walls, waiting, canaries, stopping, going on."""

import pytest

from audits.probes import check_ledger
from audits.probes.door_settings import Why
from audits.probes.sightings import Outcome, Reason
from inventory.checks import faults
from inventory.store import Store
from inventory.vocabulary import ObservationKind
from tests.audits.probes.checking import CANARIES, checked, names, platform
from tests.audits.probes.invented import (
    BAD,
    GOOD,
    HOST,
    Invented,
    fill,
    seen,
)
from tests.audits.probes.local_site import Answer, Asked, LocalSites
from tests.audits.probes.sockets_seen import sockets_seen


@pytest.fixture
def inventory(tmp_path):
    stores = []

    def make(*names: str) -> Store:
        stores.append(fill(tmp_path / f"{len(stores)}.db", names))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


async def test_every_outcome_lands_with_its_reason(inventory):
    words = {
        "ada": ("yes", "found", None),
        "tiada": ("no", "not_found", None),
        "gantung": ("shut", "suspended", None),
        "nyahaktif": ("off", "deactivated", None),
        "pindah": ("gone elsewhere", "moved", None),
        "kunci": ("locked", "private", None),
        "mustahil": ("impossible", "illegal_name", None),
        "pelik": ("<html>", "unknown", "no_marker"),
        "dinding": ("sign in", "unknown", "login_wall"),
    }
    store = inventory(*words)
    async with platform(
        **{name: Answer(body=said) for name, (said, *_r) in words.items()}
    ) as sites:
        result = await checked(sites, store, Invented())
    assert seen(store) == {name: outcome for name, (_said, outcome, _r) in words.items()}
    rows = list(store.connection.execute("SELECT value, reason, by, http_status FROM observations"))
    assert ("unknown", "login_wall", "invented", 200) in rows
    assert ("unknown", "no_marker", "invented", 200) in rows
    assert seen(store, ObservationKind.BADGE) == {"ada": "government"}
    assert (result.done, result.left, result.cancelled) == (len(words), 0, False)
    assert result.outcomes[Outcome.UNKNOWN] == 2
    assert result.reasons == {Reason.NO_MARKER: 1, Reason.LOGIN_WALL: 1}
    assert check_ledger.unfinished(store.connection) is None
    assert not list(faults(store.connection))


async def test_faults_of_the_wire_are_unknown_with_their_reason(inventory):
    store = inventory("reset", "besar", "rosak", "elok")
    answers = {
        "reset": Answer(reset=True),
        "besar": Answer(body="x" * 1000, endless=True),
        "rosak": Answer(
            raw=b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nno"
        ),
    }
    async with platform(**answers) as sites:
        result = await checked(sites, store, Invented())
    assert seen(store) == {
        "reset": "unknown",
        "besar": "unknown",
        "rosak": "unknown",
        "elok": "found",
    }
    assert result.reasons[Reason.CONNECTION] == 1
    assert result.reasons[Reason.TOO_LARGE] == 1
    assert result.reasons[Reason.UNREADABLE] == 1


async def test_the_door_asks_one_after_another_however_many_there_are(inventory):
    store = inventory(*names(12))
    async with platform() as sites:
        await checked(sites, store, Invented())
        assert sites.connections <= 2
        assert len(sites.paths(HOST)) == 14
        assert sites.clock.ticks() >= 13  # a second from each to the next


@pytest.mark.parametrize("asked_for", ["30", "Fri, 20 Nov 2026 00:00:32 GMT"])
async def test_a_site_that_asks_for_a_pause_gets_it(inventory, asked_for):
    busy = [Answer(429, headers={"Retry-After": asked_for}), Answer(body="plain")]
    store, told = inventory("sibuk"), []
    async with platform(sibuk=busy) as sites:
        result = await checked(sites, store, Invented(), told=told)
    assert seen(store) == {"sibuk": "found"}
    assert result.reasons == {}
    waits = [one for step in told for one in step.sites if one.why is Why.ASKED]
    assert waits
    assert waits[0].until > 20
    assert told[-1].sites[0].why is None


async def test_a_site_that_wants_hours_is_left_alone_and_the_rest_kept_for_later(inventory):
    store = inventory(*names(20))
    async with platform(
        akaun003=Answer(429, headers={"Retry-After": "7200"}),
    ) as sites:
        result = await checked(sites, store, Invented())
        asked = len(sites.paths(HOST))
    assert asked <= 8
    assert result.reasons[Reason.RATE_LIMIT] >= 1
    assert result.left >= 12
    assert any(Reason.RATE_LIMIT.label in note for note in result.notes)
    unfinished = check_ledger.unfinished(store.connection)
    assert unfinished is not None
    assert unfinished.left == result.left


async def test_a_wall_in_the_middle_ends_the_asking_and_keeps_what_was_seen(inventory):
    store, count = inventory(*names(30)), 0

    def say(_asked: Asked) -> Answer:
        nonlocal count
        count += 1
        return Answer(body="plain" if count <= 12 else "sign in")

    async with LocalSites({HOST: {"*": say} | CANARIES}) as sites:
        sites.table[HOST][f"/{GOOD}"] = [Answer(body="yes"), Answer(body="sign in")]
        sites.table[HOST][f"/{BAD}"] = [Answer(body="no"), Answer(body="sign in")]
        result = await checked(sites, store, Invented())
    assert result.outcomes[Outcome.FOUND] == 12
    assert 1 <= result.reasons[Reason.LOGIN_WALL] <= 2
    assert result.left == 30 - result.done
    assert any(Reason.LOGIN_WALL.label in note for note in result.notes)


async def test_one_shy_account_does_not_end_the_asking(inventory):
    store = inventory(*names(6))
    async with platform(akaun002=Answer(body="sign in")) as sites:
        result = await checked(sites, store, Invented())
        assert sites.paths(HOST).count(f"/{GOOD}") == 2  # once before, once at the surprise
    assert (result.done, result.left) == (6, 0)
    assert result.outcomes == {Outcome.FOUND: 5, Outcome.UNKNOWN: 1}


@pytest.mark.parametrize(
    ("good", "bad", "outcomes"),
    [
        ("yes", "yes", {"ada": "unknown", "tiada": "not_found"}),
        ("no", "no", {"ada": "found", "tiada": "unknown"}),
        ("no", "yes", {"ada": "unknown", "tiada": "unknown"}),
        ("yes", "sign in", {"ada": "unknown", "tiada": "not_found"}),
    ],
)
async def test_a_failed_canary_takes_the_word_of_its_probe(inventory, good, bad, outcomes):
    store = inventory("ada", "tiada")
    async with platform(ada=Answer(body="yes"), tiada=Answer(body="no")) as sites:
        sites.table[HOST] |= {f"/{GOOD}": Answer(body=good), f"/{BAD}": Answer(body=bad)}
        result = await checked(sites, store, Invented())
        hopeless = set(outcomes.values()) == {"unknown"}
        assert ("/ada" in sites.paths(HOST)) is not hopeless
    assert seen(store) == outcomes
    assert result.reasons == {Reason.CANARY: list(outcomes.values()).count("unknown")}
    assert any("probe" in note for note in result.notes)
    found = outcomes["ada"] == "found"
    assert seen(store, ObservationKind.BADGE) == ({"ada": "government"} if found else {})


async def test_canaries_that_get_no_answer_end_it_before_anybody_is_asked(inventory):
    store = inventory("ada")
    async with platform() as sites:
        sites.table[HOST] |= dict.fromkeys((f"/{GOOD}", f"/{BAD}"), Answer(body="sign in"))
        result = await checked(sites, store, Invented())
        assert "/ada" not in sites.paths(HOST)
    assert seen(store) == {}
    assert (result.done, result.left) == (0, 1)
    assert any(Reason.LOGIN_WALL.label in note for note in result.notes)


async def test_canaries_are_asked_again_after_fifty(inventory):
    store = inventory(*names(51))
    async with platform() as sites:
        sites.table[HOST][f"/{BAD}"] = [Answer(body="no"), Answer(body="yes")]
        result = await checked(sites, store, Invented())
        assert sites.paths(HOST).count(f"/{BAD}") == 2
    unknown = result.outcomes[Outcome.UNKNOWN]
    assert unknown in (1, 2)  # one may be under way while the canaries are asked
    assert result.outcomes[Outcome.FOUND] == 51 - unknown


async def test_a_known_account_that_is_gone_has_the_probe_checked_first(inventory):
    store = inventory("lama", "baharu")
    async with platform() as sites:
        await checked(sites, store, Invented())
    async with platform(lama=Answer(body="no"), baharu=Answer(body="no")) as sites:
        sites.table[HOST][f"/{GOOD}"] = [Answer(body="yes"), Answer(body="no")]
        result = await checked(sites, store, Invented())
        assert sites.paths(HOST).count(f"/{GOOD}") == 2
    assert result.reasons == {Reason.CANARY: 2}
    assert seen(store) == {"lama": "unknown", "baharu": "unknown"}


async def test_offline_opens_no_socket_and_writes_nothing_down(inventory):
    store = inventory("ada", "tiada")
    async with platform() as sites:
        with sockets_seen() as used:
            result = await checked(sites, store, Invented(), Invented("bare", canaries=False),
                                   offline=True)  # fmt: skip
    assert [event for event, _whom in used if event == "socket.connect"] == []
    assert used == []
    assert seen(store) == {}
    assert (result.done, result.left) == (0, 2)
    assert any("offline" in note for note in result.notes)


async def test_a_key_that_is_refused_is_not_tried_on_everybody(inventory):
    store = inventory(*names(9))
    async with platform(**dict.fromkeys(names(9), Answer(body="no key"))) as sites:
        result = await checked(sites, store, Invented(canaries=False, needs="contoh_key"))
    assert result.done <= 2
    assert any(Reason.AUTH.label in note for note in result.notes)


async def test_of_a_batch_answered_in_part_the_rest_is_unknown(inventory):
    store = inventory("ada", "hilang", "tiada")
    answers = {
        f"/{GOOD},{BAD}": Answer(body="yes\nno"),
        "/ada,hilang,tiada": Answer(body="yes\nno"),
    }
    async with LocalSites({HOST: answers}) as sites:
        result = await checked(sites, store, Invented(batch=25))
        assert len(sites.paths(HOST)) == 3  # both canaries, the batch, the canaries in doubt
    assert seen(store) == {"ada": "found", "hilang": "not_found", "tiada": "unknown"}
    assert result.reasons == {Reason.NO_MARKER: 1}


async def test_an_adapter_that_breaks_on_an_answer_does_not_end_the_check(inventory):
    class Broken(Invented):
        def _said(self, one, word, url):
            if word == "boom":
                raise ZeroDivisionError
            return super()._said(one, word, url)

    store = inventory("ada", "jahat")
    async with platform(jahat=Answer(body="boom")) as sites:
        result = await checked(sites, store, Broken())
    assert seen(store) == {"ada": "found", "jahat": "unknown"}
    assert result.reasons == {Reason.UNREADABLE: 1}
