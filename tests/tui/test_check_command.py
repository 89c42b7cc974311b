"""`rasmi check` as a person types it: the plan, the asking, the cost, going on, websites."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audits.probes import check_ledger
from audits.probes.check_ledger import Subject
from audits.probes.check_progress import Board
from audits.probes.door_settings import DoorSettings, Why
from inventory.reading import every
from inventory.record import Lead, Observation, Organisation
from inventory.store import Store
from inventory.vocabulary import ObservationKind
from tests.audits.probes.invented import ACTOR, BAD, GOOD, HOST, Invented, fill, seen
from tests.audits.probes.local_site import Answer, LocalSites, QuickClock
from tests.audits.probes.sockets_seen import sockets_seen
from tui import cli
from tui.check_telling import progress_text
from tui.commands import check as command

SITE = "www.contoh.example"
HOME = """<html><title>Kementerian Contoh</title><body><footer>
<a href="https://bsky.app/profile/ada.bsky.social">Bluesky</a>
<a href="https://t.me/contohdemo">Telegram</a></footer></body></html>"""
PLATFORM = {
    f"/{GOOD}": Answer(body="yes"),
    f"/{BAD}": Answer(body="no"),
    "/tiada": Answer(body="no"),
    "*": Answer(body="yes"),
}
PAGES = {"/": Answer(body=HOME, headers={"Content-Type": "text/html"})}


class Asking:
    """The sites in a thread of their own, as another machine would be."""

    def __init__(self) -> None:
        self.sites = LocalSites({HOST: PLATFORM, SITE: PAGES})
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._in_thread(self.sites.__aenter__())

    def _in_thread(self, work: object) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)  # type: ignore[arg-type]

    def close(self) -> None:
        self._in_thread(self.sites.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture(scope="module")
def asking() -> Iterator[Asking]:
    one = Asking()
    yield one
    one.close()


@pytest.fixture
def store(tmp_path, monkeypatch) -> Iterator[Store]:
    monkeypatch.setenv("RASMI_DB", str(tmp_path / "inventory.db"))
    with fill(tmp_path / "inventory.db", ["ada.bsky.social", "tiada"]) as store:
        with store.change(ACTOR, "laman") as change:
            change.edit(Organisation, 1, 1, {"website": f"https://{SITE}/"})
        yield store


@pytest.fixture
def adapter() -> Invented:
    return Invented(now=lambda: datetime.now(UTC))  # type: ignore[arg-type]


@pytest.fixture
def rasmi(asking, store, adapter, monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    asking.sites.asked.clear()
    real = command._settings

    def settings(call: object) -> DoorSettings:
        local = asking.sites.settings()
        wanted = real(call)  # type: ignore[arg-type]
        return replace(local, offline=wanted.offline, keys=wanted.keys)

    monkeypatch.setattr(command, "_settings", settings)
    monkeypatch.setattr(command, "_adapters", lambda _settings: (adapter,))

    def call(*words: str) -> tuple[int, str, str]:
        code = cli.main(["check", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.mark.parametrize("switch", ["--dry-run", "--offline"])
def test_the_plan_asks_nobody(rasmi, asking, store, switch):
    with sockets_seen() as used:
        code, out, err = rasmi(switch)
    assert (code, err, used, asking.sites.asked) == (0, "", [], [])
    assert HOST in out
    assert "2 accounts, about 4 requests" in out
    assert seen(store) == {}
    assert check_ledger.unfinished(store.connection) is None


def test_what_was_seen_is_counted_and_kept(rasmi, store):
    code, out, _err = rasmi()
    assert code == 0
    assert "found" in out
    assert seen(store) == {"ada.bsky.social": "found", "tiada": "not_found"}


def test_machines_hear_the_same(rasmi):
    code, out, err = rasmi("--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert set(answer) == set(command.ANSWER)
    assert answer["plan"]["probes"][0]["accounts"] == 2
    assert answer["result"] == {
        "check": 1,
        "done": 2,
        "left": 0,
        "cancelled": False,
        "outcomes": {"found": 1, "not_found": 1},
        "reasons": {},
        "notes": [],
    }


def test_a_query_and_a_platform_narrow(rasmi, store):
    assert rasmi("tiada")[0] == 0
    assert set(seen(store)) == {"tiada"}
    code, out, _err = rasmi("--only", "telegram")
    assert code == 0
    assert "There is nobody to ask." in out


def test_what_was_seen_lately_is_left_alone(rasmi, asking):
    rasmi()
    asked = len(asking.sites.asked)
    code, out, _err = rasmi("--older-than", "1d")
    assert code == 0
    assert "2 not asked: seen not long ago" in out
    assert len(asking.sites.asked) == asked


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--older-than", "soon"], "“soon” is no age"),
        (["--only", "tiadaplatform"], "No platform is called"),
        (["status:entah"], "none of"),
        (["--resume"], "No check is unfinished."),
        (["--resume", "tiada"], "leave QUERY out"),
        (["--opt-in", "bluesky"], "no probe to switch on"),
    ],
)
def test_what_makes_no_sense_is_said(rasmi, asking, words, said):
    code, _out, err = rasmi(*words)
    assert code == 2
    assert said in err
    assert asking.sites.asked == []


def test_what_costs_money_waits_for_a_yes(rasmi, adapter, asking):
    adapter.cost = 0.5
    code, out, err = rasmi()
    assert (code, asking.sites.asked) == (2, [])
    assert "US$ 2.00" in out
    assert "--yes-cost" in err
    assert rasmi("--yes-cost")[0] == 0


def test_a_missing_key_is_named(rasmi, adapter):
    adapter.needs = "contoh_key"
    _code, out, _err = rasmi("--dry-run")
    assert "2 not asked: no key is set (contoh_key)" in out


def test_an_unfinished_check_is_told_of_and_gone_on_with(rasmi, store, asking):
    with store.change(ACTOR, "Live check begun") as change:
        check_ledger.begin(change, "tiada", [(Subject.ACCOUNT, 2)], datetime.now(UTC))
    _code, _out, err = rasmi("--dry-run")
    assert "Check 1 has 1 left" in err
    code, _out, err = rasmi("--resume")
    assert (code, err) == (0, "")
    assert set(seen(store)) == {"tiada"}
    assert asking.sites.paths(HOST)[-1] == "/tiada"
    assert check_ledger.unfinished(store.connection) is None


def test_a_probe_that_gave_up_leaves_the_rest_for_later(rasmi, store, asking, monkeypatch):
    wall = dict.fromkeys((f"/{GOOD}", f"/{BAD}"), Answer(body="sign in"))
    monkeypatch.setitem(asking.sites.table, HOST, PLATFORM | wall)
    code, out, err = rasmi()
    assert code == 3
    assert "2 are left for later" in out
    assert "asks to sign in" in err
    assert seen(store) == {}


def test_websites_prove_accounts_and_give_leads(rasmi, store):
    code, out, _err = rasmi("--sites")
    assert code == 0
    assert "official websites" in out
    links = [one for one in every(store.connection, Observation)
             if one.kind is ObservationKind.SITE_LINK]  # fmt: skip
    assert {(one.account_id, one.value) for one in links} >= {(1, "site_to_account")}
    (lead,) = every(store.connection, Lead)
    assert lead.key == "telegram:handle:contohdemo"


def test_the_progress_says_what_each_queue_waits_for():
    clock, told = QuickClock(), []
    board = Board(clock, told.append)
    board.begun("satu", "satu.example", 9)
    board.begun("dua", "dua.example", 4)
    board.asks("satu", "satu.example")
    board.went_on("satu", 3)
    board.waiting("satu.example", 30.0, Why.ASKED)
    text = progress_text(told[-1], 120)
    assert text == "3/13 · satu 3/9 (the site asked us to wait, 30 s) · dua 0/4"
    assert progress_text(told[-1], 20) == text[:20]
    assert told[-1].sites[0].until == clock.ticks() + 30.0
    board.went_on("satu", 6)
    assert progress_text(told[-1], 120) == "9/13 · satu 9/9 · dua 0/4"
    board.ended("satu")
    board.waiting("satu.example", 5.0, Why.TROUBLE)
    board.ended("dua")
    assert progress_text(told[-1], 120) == ""
