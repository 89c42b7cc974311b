"""A live check is written as it goes, stopped, killed, and gone on with."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from audits.probes import check_ledger
from audits.probes.check import check
from audits.probes.check_jobs import Lane, job_of
from audits.probes.check_ledger import Subject
from audits.probes.check_plan import make_plan
from audits.probes.door_settings import DoorSettings, Stored
from audits.probes.exchange import Request, Response
from audits.probes.targets import candidates_of
from inventory import log
from inventory.checks import faults
from inventory.errors import DiskFull, InventoryBusy
from inventory.record import Observation
from inventory.store import Store
from inventory.vocabulary import ObservationKind
from tests.audits.probes.checking import checked, names, platform
from tests.audits.probes.invented import (
    ACTOR,
    HOST,
    START,
    Invented,
    fill,
    planned,
    seen,
)
from tests.audits.probes.local_site import Answer, Asked

ROOT = Path(__file__).parents[3]


@pytest.fixture
def inventory(tmp_path):
    stores = []

    def make(*names: str) -> Store:
        stores.append(fill(tmp_path / f"{len(stores)}.db", names))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


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
