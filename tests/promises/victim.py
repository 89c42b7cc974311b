"""A process that works on an inventory until it is killed, and says what it has finished.

Run by `fork` from a clean server process, so that a thousand of them cost little.
"""

import os
import random
import signal
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from audits.policy import load_policy
from audits.run import run_audit
from exports.workbook import export_workbook
from inventory import log
from inventory.actor import Actor
from inventory.importing.apply import apply_plan
from inventory.importing.mapping import propose
from inventory.importing.plan import make_plan
from inventory.importing.rows import Row, Table
from inventory.language import Language
from inventory.reading import every
from inventory.record import Account
from inventory.store import Store

ACTOR = Actor("Unit Komunikasi")
TODAY = date(2026, 11, 20)
ROWS = 6
"""The rows of every list: all of them are in the inventory, or none."""

REPORT = "audit.xlsx"

_AT_ONCE = {"edit": 20}

Work = Callable[[Store, random.Random], str]


def live(path: Path, acknowledged: Connection, target: str, seed: int) -> None:
    """Edit, import, audit and export in turn for ever, coming to `target` soon.

    Before each piece of work ("start", what) is sent, after it ("done", what, proof): the proof
    is the head of the log the work led to, or the name of the workbook.
    """
    chance = random.Random(seed)
    with Store.open(path, create=False) as store:
        for what in _turns(chance, target):
            acknowledged.send(("start", what))
            proof = WORK[what](store, chance)
            acknowledged.send(("done", what, proof))


def _turns(chance: random.Random, target: str) -> Iterator[str]:
    before = [what for what in WORK if what != target and not chance.randrange(8)]
    for what in (*before, target):
        yield from [what] * _AT_ONCE.get(what, 1)
    while True:
        what = chance.choice(list(WORK))
        yield from [what] * _AT_ONCE.get(what, 1)


def edit(store: Store, chance: random.Random) -> str:
    """Write a new purpose into some account."""
    account = chance.choice(list(every(store.connection, Account)))
    with store.change(ACTOR, "an edit") as change:
        change.edit(Account, account.id, account.version, {"purpose": f"{chance.random()}"})
    return _head(store)


def import_list(store: Store, chance: random.Random) -> str:
    """Take in a list that names new accounts only."""
    number = next(n for n in count(log.head(store.connection)[0]))
    rows = [
        Row(line, (f"Agensi {number}", f"https://x.com/senarai{number}_{line}"))
        for line in range(2, ROWS + 2)
    ]
    table = Table(f"{number}.csv", "0" * 64, "csv", "", ("Agensi", "Pautan"), tuple(rows), ())
    plan = make_plan(
        store.connection, table, propose(table), source=f"senarai{number}", today=TODAY
    )
    apply_plan(store, ACTOR, plan, today=TODAY)
    return _head(store)


def audit(store: Store, chance: random.Random) -> str:
    """Audit as of some day."""
    day = TODAY + timedelta(days=chance.randrange(300))
    run_audit(store, ACTOR, on=day, policy=load_policy())
    return _head(store)


def export(store: Store, _chance: random.Random) -> str:
    """Replace the workbook beside the inventory."""
    export_workbook(
        store.connection,
        store.path.with_name(REPORT),
        on=TODAY,
        language=Language.MALAY,
        replace=True,
    )
    return REPORT


def die_half_way(path: Path) -> None:
    """Write so much that pages reach the file before the end of the change; then be killed."""
    with Store.open(path, create=False) as store:
        store.connection.execute("PRAGMA cache_size = 5")
        with store.change(ACTOR, "far too much") as change:
            for account in list(every(store.connection, Account)):
                change.edit(Account, account.id, account.version, {"purpose": "x" * 5000})
            os.kill(os.getpid(), signal.SIGKILL)


def _head(store: Store) -> str:
    number, sealed = log.head(store.connection)
    return f"{number}:{sealed}"


WORK: dict[str, Work] = {"edit": edit, "import": import_list, "audit": audit, "export": export}
