"""A live check against local sites: outcomes, walls, waiting, canaries, stopping, going on."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from audits.probes import check_ledger
from audits.probes.check import CheckResult, check, run_check
from audits.probes.check_jobs import Lane, job_of
from audits.probes.check_ledger import Subject
from audits.probes.check_plan import make_plan
from audits.probes.check_progress import Board, CheckProgress
from audits.probes.door_settings import DoorSettings, Stored, Why
from audits.probes.exchange import Request, Response
from audits.probes.fetch import Door
from audits.probes.sightings import Outcome, Reason
from audits.probes.targets import candidates_of
from inventory import log
from inventory.checks import faults
from inventory.errors import DiskFull, InventoryBusy
from inventory.record import Observation
from inventory.store import Store
from inventory.vocabulary import ObservationKind
from tests.audits.probes.invented import (
    ACTOR,
    BAD,
    GOOD,
    HOST,
    START,
    Clock,
    Invented,
    fill,
    planned,
    seen,
)
from tests.audits.probes.local_site import Answer, Asked, LocalSites
from tests.audits.probes.sockets_seen import sockets_seen

ROOT = Path(__file__).parents[3]
CANARIES = {f"/{GOOD}": Answer(body="yes"), f"/{BAD}": Answer(body="no")}


def platform(**answers: object) -> LocalSites:
    """Return a platform that answers its canaries and, unless told otherwise, finds everybody."""
    named = {f"/{name.replace('_', ' ')}": said for name, said in answers.items()}
    return LocalSites({HOST: CANARIES | {"*": Answer(body="plain")} | named})


async def checked(
    sites: LocalSites,
    store: Store,
    *adapters: Invented,
    plan: object = None,
    stop_at: int | None = None,
    told: list[CheckProgress] | None = None,
    lanes: tuple[Lane, ...] = (),
    **settings: object,
) -> CheckResult:
    """Check everything in the inventory; with `stop_at`, stop when so many are done."""
    cancelled = asyncio.Event()

    def tell(progress: CheckProgress) -> None:
        if told is not None:
            told.append(progress)
        if stop_at is not None and progress.done >= stop_at:
            cancelled.set()

    board = Board(sites.clock, tell)
    async with Door(sites.settings(waiting=board.waiting, **settings)) as door:
        return await run_check(
            store,
            ACTOR,
            plan or planned(store, *adapters),  # type: ignore[arg-type]
            door,
            now=Clock(),
            progress=board,
            cancelled=cancelled,
            lanes=lanes,
            hold=0.0,
        )


@pytest.fixture
def inventory(tmp_path):
    stores = []

    def make(*names: str) -> Store:
        stores.append(fill(tmp_path / f"{len(stores)}.db", names))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


def names(count: int) -> list[str]:
    return [f"akaun{number:03}" for number in range(count)]


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


async def test_what_was_seen_goes_in_as_changes_of_the_log(inventory):
    store = inventory("ada")
    async with platform() as sites:
        await checked(sites, store, Invented())
    newest = next(iter(log.changes(store.connection)))
    assert (newest.reason, newest.source) == ("Live check 1", "invented")


async def test_stopped_it_keeps_what_landed_and_goes_on_with_the_rest(inventory):
    store = inventory(*names(20))
    async with platform() as sites:
        first = await checked(sites, store, Invented(), stop_at=7)
    assert first.cancelled
    assert 7 <= first.done < 20
    assert len(seen(store)) == first.done
    unfinished = check_ledger.unfinished(store.connection)
    assert unfinished is not None
    assert (unfinished.number, unfinished.left) == (1, 20 - first.done)
    left = check_ledger.pending(store.connection, 1, Subject.ACCOUNT)
    plan = make_plan("", candidates_of(store.connection, left), [Invented()], now=START,
                     has_key=bool, resumes=1)  # fmt: skip
    async with platform() as sites:
        second = await checked(sites, store, plan=plan)
        assert len(sites.paths(HOST)) == 2 + 20 - first.done
    assert (second.number, second.left, second.cancelled) == (1, 0, False)
    assert len(seen(store)) == 20
    assert check_ledger.unfinished(store.connection) is None
    (rows,) = store.connection.execute("SELECT count(*) FROM observations WHERE kind = 'existence'")
    assert rows == (20,)


async def test_stopping_does_not_wait_for_a_slow_site(inventory):
    store = inventory("lambat", "cepat")
    async with platform(lambat=Answer(body="plain", delay=600)) as sites:
        result = await checked(sites, store, Invented(), stop_at=1, total_time=600.0)
    assert result.cancelled
    assert seen(store) == {"cepat": "found"}


async def test_a_new_check_takes_over_what_an_old_one_left(inventory):
    store = inventory(*names(8))
    async with platform() as sites:
        await checked(sites, store, Invented(), stop_at=2)
        again = await checked(sites, store, Invented())
    assert (again.number, again.left) == (2, 0)
    assert check_ledger.unfinished(store.connection) is None


async def test_answers_are_asked_for_again_only_if_they_changed(inventory):
    store = inventory("ada")

    def say(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == '"satu"':
            return Answer(304)
        return Answer(body="plain", headers={"ETag": '"satu"'})

    async with platform(ada=say) as sites:
        for _time in range(2):
            await checked(sites, store, Invented())
        conditional = [
            one.headers.get("if-none-match") for one in sites.asked if one.path == "/ada"
        ]
        canaries = [one for one in sites.asked if one.path != "/ada"]
    assert conditional == [None, '"satu"']
    assert all("if-none-match" not in one.headers for one in canaries)
    assert [one.value for one in _existence(store)] == ["found", "found"]


async def test_somebody_elses_change_is_waited_out(inventory, monkeypatch):
    store, refused = inventory("ada", "tiada"), 0
    real = store.change

    def change(actor, reason, source=None, **others):
        nonlocal refused
        if source == "invented" and refused < 2:
            refused += 1
            raise InventoryBusy("busy")
        return real(actor, reason, source, **others)

    monkeypatch.setattr(store, "change", change)
    async with platform(ada=Answer(body="yes", delay=0.2)) as sites:
        result = await checked(sites, store, Invented())
    assert refused == 2
    assert (result.done, result.left) == (2, 0)
    assert set(seen(store)) == {"ada", "tiada"}


async def test_an_inventory_that_cannot_be_written_ends_the_check(inventory, monkeypatch):
    store = inventory(*names(30))
    real = store.change

    def change(actor, reason, source=None, **others):
        if source == "invented":
            raise DiskFull("the disk is full")
        return real(actor, reason, source, **others)

    monkeypatch.setattr(store, "change", change)
    async with platform() as sites:
        with pytest.raises(DiskFull):
            await checked(sites, store, Invented())
        assert len(sites.paths(HOST)) < 20
    unfinished = check_ledger.unfinished(store.connection)
    assert unfinished is not None
    assert unfinished.left == 30


def test_kept_answers_come_back_or_not_at_all(inventory):
    store, at = inventory("ada"), START
    one = check_ledger.worth_keeping("https://a.example/", Stored('"x"', None, b"isi" * 1000))
    assert one is not None
    assert (
        check_ledger.worth_keeping("https://b.example/", Stored('"x"', None, bytes(3 << 20)))
        is None
    )
    with store.change(ACTOR, "begin") as change:
        check_ledger.begin(change, "", [(Subject.ACCOUNT, 1)], at)
        check_ledger.keep_answers(change.connection, [one], at)
    kept = check_ledger.stored_answer(store.connection, "https://a.example/")
    assert kept == Stored('"x"', None, b"isi" * 1000)
    store.connection.execute("UPDATE check_answers SET body = x'00'")
    assert check_ledger.stored_answer(store.connection, "https://a.example/") is None
    assert check_ledger.stored_answer(store.connection, "https://c.example/") is None


def _existence(store: Store) -> list[Observation]:
    from inventory.reading import every

    return [one for one in every(store.connection, Observation)
            if one.kind is ObservationKind.EXISTENCE]  # fmt: skip


async def test_other_work_has_its_own_queue(inventory):
    store, read = inventory("ada"), []

    def flow():
        reply = yield Request(f"https://{HOST}/laman", HOST)
        assert isinstance(reply, Response)
        return reply.text

    job = job_of([(Subject.SITE, 1)], flow, lambda text: lambda _change: read.append(text))
    async with platform(laman=Answer(body="isi")) as sites:
        result = await checked(
            sites, store, Invented(), lanes=(Lane("websites", HOST, [job], last=True),)
        )
        assert sites.paths(HOST)[-1] == "/laman"
    assert read == ["isi"]
    assert (result.done, result.left) == (2, 0)
    assert check_ledger.unfinished(store.connection) is None


CHILD = """
import asyncio, json, sys
from pathlib import Path
from audits.probes.check import check
from inventory.store import Store
from audits.probes.door_settings import DoorSettings, Pace
from ipaddress import ip_network
from tests.audits.probes.invented import ACTOR, Invented, planned

async def resolve(_host):
    return ["127.0.0.1"]

path, ports, ca_file = json.loads(sys.argv[1])
settings = DoorSettings(
    resolver=resolve, allow=(ip_network("127.0.0.1/32"),), ca_file=Path(ca_file),
    pace=Pace(4.0), detour={int(key): value for key, value in ports.items()},
)
with Store.open(Path(path)) as store:
    result = check(store, ACTOR, planned(store, Invented()), settings)
print(result.cancelled, result.done, result.left)
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_ended_from_outside_it_goes_on_where_it_was(inventory, tmp_path, ending):
    store = inventory(*names(10))
    reached = asyncio.Event()

    def say(asked: Asked) -> Answer:
        if asked.path == "/akaun003":  # three turns after the first was written
            reached.set()
        return Answer(body="plain")

    async with platform() as sites:
        sites.table[HOST]["*"] = say
        given = json.dumps([str(store.path), dict(zip((80, 443), sites.ports, strict=True)),
                            str(sites.ca_file)])  # fmt: skip
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CHILD, given, cwd=ROOT, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        await asyncio.wait_for(reached.wait(), 60)
        child.send_signal(ending)
        out, err = await asyncio.wait_for(child.communicate(), 60)
    if ending == signal.SIGKILL:
        assert child.returncode == -signal.SIGKILL
    else:
        assert (child.returncode, err) == (0, b"")
        assert out.startswith(b"True ")
    kept = seen(store)
    assert "akaun000" in kept
    assert len(kept) < 10
    unfinished = check_ledger.unfinished(store.connection)
    assert unfinished is not None
    assert unfinished.left == 10 - len(kept)
    assert not list(faults(store.connection))


def test_from_another_thread_it_is_stopped_by_being_asked(inventory):
    store, settings = inventory(*names(5)), DoorSettings(offline=True)
    result = check(store, ACTOR, planned(store, Invented()), settings, stopped=lambda: True)
    assert (result.done, result.left) == (0, 5)
