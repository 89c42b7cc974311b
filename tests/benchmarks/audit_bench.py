"""How long an audit takes beside one bare scan of the same rules, and beside other ways to do it.

`python tests/benchmarks/audit_bench.py [SIZE...]` prints milliseconds for an invented inventory of
each size. The bare scan evaluates every rule and keeps nothing; it is the least an audit can do.
Nothing here is a test: a busy machine makes slow figures, not failures.
"""

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

# Run as a script, only its own folder is on the path.
sys.path.insert(0, str(Path(__file__).parents[2]))

from audits.engine import bindings, scan_sql, status_sql
from audits.fact_vocabulary import facts
from audits.ledger import places
from audits.lookalikes import Handle, lookalikes
from audits.policy import load_policy
from audits.rules import Policy
from audits.run import run_audit
from inventory import vocabulary
from inventory.actor import Actor
from inventory.fields import FieldKind
from inventory.record import Account, AccountKey, Evidence, Organisation, fields_of
from inventory.store import Store
from tests.audits.three_valued import compiled

SIZES = (1_000, 10_000, 100_000)
ON = date(2026, 1, 1)
ACTOR = Actor("bench")
_SYLLABLES = ("kata", "bunga", "laut", "gunung", "sungai", "pasir", "batu", "awan", "angin", "padi")


def main() -> None:
    """Print the measures of every size asked for."""
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    for size in sizes:
        print(f"{size:,} accounts, {len(load_policy().rules)} rules", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            limit = 0.0
            for work, seconds in measures(Path(folder) / "bench.db", size):
                limit = limit or seconds
                print(
                    f"  {work:<42}{1000 * seconds:>10.1f} ms {seconds / limit:>7.2f} x", flush=True
                )


def measures(path: Path, size: int) -> Iterator[tuple[str, float]]:
    """Yield what each way takes, the bare scan first."""
    policy = load_policy()
    with Store.open(path) as store:
        fill(store, size)
        first = timed(lambda: run_audit(store, ACTOR, on=ON, policy=policy))
        yield "bare scan of all rules", min(timed(lambda: bare(store, policy)) for _ in range(3))
        yield "one query for each rule", timed(lambda: one_by_one(store, policy))
        yield "Python loop over rows", timed(lambda: python_loop(store, policy))
        yield "audit, first (facts made)", first
        yield "of it look-alikes among these handles", timed(lambda: resembling(store))
        series = [Handle(n, f"kementerian-contoh-{n}", n % 27) for n in range(size)]
        yield "look-alikes in one numbered series", timed(lambda: lookalikes(series))
        yield "audit, again, same day", timed(lambda: run_audit(store, ACTOR, on=ON, policy=policy))
        later = ON + timedelta(days=1)
        yield "audit, a day later", timed(lambda: run_audit(store, ACTOR, on=later, policy=policy))
        touch(store, size // 100)
        yield (
            "audit, same day, 1 % changed",
            timed(lambda: run_audit(store, ACTOR, on=later, policy=policy)),
        )
        again = later + timedelta(days=1)
        touch(store, size // 100)
        yield (
            "audit, a day later, 1 % changed",
            timed(lambda: run_audit(store, ACTOR, on=again, policy=policy)),
        )


def timed(work: Callable[[], object]) -> float:
    """Return the seconds a piece of work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def bare(store: Store, policy: Policy) -> None:
    """Evaluate every rule on every account in one scan and keep nothing."""
    known = places(store.connection)
    rules = [(known[rule.code], rule) for rule in policy.rules]
    inner = scan_sql(rules).split(" FROM (", 1)[1].split(" LIMIT -1)", 1)[0]
    store.connection.execute(
        f"SELECT max(n0), max(n1), max(n2) FROM ({inner} LIMIT -1)",
        bindings(policy.rules, ON.toordinal()),
    ).fetchone()


def resembling(store: Store) -> None:
    """Look for look-alikes among the handles of the inventory."""
    rows = store.connection.execute("SELECT id, handle, organisation_id FROM accounts")
    lookalikes([Handle(*row) for row in rows])


def one_by_one(store: Store, policy: Policy) -> None:
    """Ask one question for each rule and take in every answer."""
    for rule in policy.rules:
        rows = store.connection.execute(
            f"SELECT account_id, {status_sql(rule)} FROM audit_facts",
            bindings([rule], ON.toordinal()),
        )
        while rows.fetchmany(5000):
            pass


def python_loop(store: Store, policy: Policy) -> None:
    """Judge every account in Python, rule by rule."""
    names = list(facts())
    compiled_rules = [
        (rule.params, [compiled(text) for text in (rule.applies, rule.fails, rule.passes)])
        for rule in policy.rules
    ]
    for values in store.connection.execute(f"SELECT {', '.join(names)} FROM audit_facts"):
        row = dict(zip(names, values, strict=True), today=ON.toordinal())
        for params, (applies, fails, passes) in compiled_rules:
            row.update(params)
            if applies(row) and not fails(row):
                passes(row)


def fill(store: Store, size: int) -> None:
    """Put an invented inventory of `size` accounts into an empty store."""
    dice = random.Random(size)
    with store.change(ACTOR, "bench") as change:
        organisations = change.add_many(
            [
                Organisation(name_ms=f"Kementerian {n}", website=f"https://k{n}.gov.my")
                for n in range(27)
            ]
        )
        organisations += change.add_many(
            [
                Organisation(name_ms=f"Agensi {n}", parent_id=dice.choice(organisations[:27]))
                for n in range(size // 20)
            ]
        )
        accounts = [invented(number, dice, organisations) for number in range(size)]
        ids = change.add_many(accounts)
        change.add_many(
            [
                AccountKey(account_id=row_id, key=f"facebook:handle:{account.handle}")
                for row_id, account in zip(ids, accounts, strict=True)
            ]
        )
        change.add_many(
            [
                Evidence(account_id=row_id, kind=dice.choice(list(vocabulary.EvidenceKind)))
                for row_id in ids[::3]
            ]
        )


def invented(number: int, dice: random.Random, organisations: list[int]) -> Account:
    """Return an account about half of which is known."""
    handle = "".join(dice.choices(_SYLLABLES, k=4)) + str(number)
    values: dict[str, object] = {}
    for field in fields_of(Account):
        if dice.random() < 0.5 or field.name in ("display_name", "created_on"):
            if field.choices is not None:
                values[field.name] = dice.choice(tuple(field.choices))
            elif field.kind is FieldKind.DAY:
                values[field.name] = ON - timedelta(days=dice.randrange(400))
            elif field.kind is FieldKind.WHOLE:
                values[field.name] = dice.randrange(5)
            elif field.kind is FieldKind.YES_NO:
                values[field.name] = dice.random() < 0.1
            elif field.kind is FieldKind.TEXT:
                values[field.name] = f"Agensi {number % 97} Rasmi"
    values.update(
        organisation_id=dice.choice(organisations),
        platform="facebook",
        handle=handle,
        url=f"https://www.facebook.com/{handle}",
        platform_id=None,
    )
    return Account(**values)  # type: ignore[arg-type]


def touch(store: Store, count: int) -> None:
    """Change some accounts."""
    dice = random.Random(count)
    with store.change(ACTOR, "touch") as change:
        rows = change.connection.execute("SELECT id, version FROM accounts").fetchall()
        for row_id, version in dice.sample(rows, count):
            change.edit(Account, row_id, version, {"admin_count": dice.randrange(9)})


if __name__ == "__main__":
    try:
        main()
    except sqlite3.Error as error:
        sys.exit(str(error))
