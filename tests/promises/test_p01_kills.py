"""A change that was confirmed is kept, whatever kills the program; a change is whole or not."""

import multiprocessing
import random
import re
import signal
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from inventory.checks import faults
from inventory.record import Account, Organisation
from inventory.store import Store
from inventory.vocabulary import OrganisationKind
from tests.promises import victim

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([victim.__name__, "openpyxl", "lxml.etree"])
JOURNAL = bytes.fromhex("d9d505f920a163d7")


@dataclass
class Campaign:
    """Kills one victim after the other on one inventory, and looks at what each leaves."""

    path: Path
    chance: random.Random
    hits: Counter[str] = field(default_factory=Counter)
    confirmed: int = 0
    heads: list[str] = field(default_factory=list)
    lasts: dict[str, float] = field(default_factory=dict)

    def kill_in(self, target: str) -> None:
        """Start a victim, kill it while it is at `target` if chance will, and check the file."""
        ours, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(
            target=victim.live, args=(self.path, theirs, target, self.chance.getrandbits(32))
        )
        process.start()
        theirs.close()
        try:
            self._wait_for(target, ours)
            time.sleep(self.chance.uniform(0, self.lasts.get(target, 0.03)))
            process.kill()
            process.join()
            self._count_hit(target, ours)
        finally:
            process.kill()
            process.join()
            process.close()
            ours.close()
        self.check()

    def _wait_for(self, target: str, messages: Connection) -> None:
        """Return when the victim starts on `target`; learn on the way how long each work takes."""
        started, at = "", 0.0
        while True:
            word, what, *proof = messages.recv()
            if word == "done":
                self._note(what, *proof)
            elif what != started:
                if started:
                    self.lasts[started] = time.perf_counter() - at
                started, at = what, time.perf_counter()
                if what == target:
                    return

    def _count_hit(self, under_way: str, messages: Connection) -> None:
        """Read what the victim still said; what it started and did not finish was hit."""
        try:
            while True:
                word, what, *proof = messages.recv()
                under_way = what if word == "start" else ""
                if proof:
                    self._note(what, *proof)
        except EOFError:
            self.hits[under_way] += 1

    def _note(self, what: str, proof: str) -> None:
        self.confirmed += 1
        if what != "export":
            self.heads.append(proof)

    def check(self) -> None:
        """Open the inventory as anybody would, and hold it against what was confirmed."""
        with Store.open(self.path, create=False) as store:
            newest = self.heads[-1] if self.heads else None
            assert list(faults(store.connection, expected_head=newest)) == []
            for (listed,) in store.connection.execute(
                "SELECT count(*) FROM accounts WHERE handle LIKE 'senarai%'"
                " GROUP BY organisation_id"
            ):
                assert listed == victim.ROWS
        report = self.path.with_name(victim.REPORT)
        if report.exists():
            with zipfile.ZipFile(report) as book:
                assert book.testzip() is None


def hot_journal(path: Path) -> bool:
    """Say whether a journal stands beside the file from which it will be put right when opened."""
    journal = path.with_name(f"{path.name}-journal")
    start = journal.read_bytes()[:12] if journal.exists() else b""
    return start[:8] == JOURNAL and start[8:] != bytes(4)  # the number of pages, once synced


def begun(folder: Path, seed: int) -> Campaign:
    """Make an inventory with some accounts to edit."""
    path = folder / "inventory.db"
    with Store.open(path) as store, store.change(victim.ACTOR, "set up") as change:
        home = change.add(
            Organisation(name_ms="Kementerian Contoh", kind=OrganisationKind.MINISTRY)
        )
        change.add_many(
            Account(
                organisation_id=home,
                platform="x",
                handle=f"contoh{number}",
                url=f"https://x.com/contoh{number}",
            )
            for number in range(20)
        )
    campaign = Campaign(path, random.Random(seed))
    with Store.open(path) as store:
        campaign.heads.append(victim.audit(store, campaign.chance))
    return campaign


def killed(folder: Path, seed: int, hits: int) -> Campaign:
    """Kill until every kind of work was hit `hits` times, and end with a look at the folder."""
    campaign = begun(folder, seed)
    for _attempt in range(hits * 10):
        missing = [what for what in victim.WORK if campaign.hits[what] < hits]
        if not missing:
            break
        campaign.kill_in(campaign.chance.choice(missing))
    assert min(campaign.hits[what] for what in victim.WORK) >= hits, campaign.hits
    with Store.open(campaign.path, create=False) as store:
        victim.audit(store, campaign.chance)
        victim.export(store, campaign.chance)
    left = {entry.name for entry in folder.iterdir()}
    assert left == {campaign.path.name, victim.REPORT}, "the next change and export tidy up"
    return campaign


@pytest.mark.parametrize("seed", [1, 2])
def test_no_kill_loses_or_halves_anything(tmp_path: Path, seed: int) -> None:
    """Killed in edits, imports, audits and exports: all that was confirmed is there."""
    campaign = killed(tmp_path, seed, hits=6)
    assert campaign.confirmed > 0


@pytest.mark.soak
def test_no_kill_of_two_thousand_loses_or_halves_anything(tmp_path: Path) -> None:
    """The same at length, each seed on an inventory of its own."""
    for seed in range(100, 132):
        folder = tmp_path / str(seed)
        folder.mkdir()
        killed(folder, seed, hits=16)


def test_a_change_that_was_half_in_the_file_is_out_again(tmp_path: Path) -> None:
    """Killed when pages were on the disk already: the next one to open the file puts it right."""
    campaign = begun(tmp_path, 0)
    before = campaign.path.read_bytes()
    process = PROCESSES.Process(target=victim.die_half_way, args=(campaign.path,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    process.close()
    assert hot_journal(campaign.path)
    assert campaign.path.read_bytes() != before
    campaign.check()
    assert campaign.path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [campaign.path.name]


def test_the_check_sees_a_lost_change(tmp_path: Path) -> None:
    """A file that was put back to before a confirmed change does not pass."""
    campaign = begun(tmp_path, 0)
    before = campaign.path.read_bytes()
    with Store.open(campaign.path) as store:
        campaign.heads.append(victim.edit(store, campaign.chance))
    campaign.check()
    campaign.path.write_bytes(before)
    with pytest.raises(AssertionError, match=re.escape("the log ends before change 3")):
        campaign.check()
