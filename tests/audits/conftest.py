"""An inventory with two invented ministries, and the policy as it ships."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audits.policy import load_policy
from audits.rules import Policy
from audits.run import run_audit
from audits.runs import Run
from inventory.actor import Actor
from inventory.record import Account, AccountKey, Organisation
from inventory.store import Store
from inventory.vocabulary import OrganisationKind

TODAY = date(2026, 1, 1)
ACTOR = Actor("Juruaudit")


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The core policy, every case of it judged."""
    return load_policy(judge_cases=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An inventory of two ministries, the first with one agency."""
    with Store.open(tmp_path / "inventory.db") as opened:
        with opened.change(ACTOR, "set up") as change:
            change.add_many(
                [
                    Organisation(
                        code="KC",
                        kind=OrganisationKind.MINISTRY,
                        name_ms="Kementerian Contoh",
                        name_en="Ministry of Examples",
                        short_name="KC",
                        website="https://www.contoh.gov.my",
                    ),
                    Organisation(kind=OrganisationKind.AGENCY, name_ms="Agensi Misal", parent_id=1),
                    Organisation(kind=OrganisationKind.MINISTRY, name_ms="Kementerian Lain"),
                ]
            )
        yield opened


@pytest.fixture
def add(store: Store) -> Callable[..., int]:
    """Add an account (and its key) of the first ministry; returns its id."""

    def added(handle: str = "kemcontoh", **values: Any) -> int:
        values.setdefault("platform", "facebook")
        address = f"https://www.{values['platform']}.com/{handle}"
        held = {"organisation_id": 1, "created_on": date(2024, 1, 1), "url": address, **values}
        with store.change(ACTOR, "add") as change:
            account = change.add(Account(handle=handle, **held))
            change.add(
                AccountKey(account_id=account, key=f"{held['platform']}:handle:{handle.lower()}")
            )
        return account

    return added


@pytest.fixture
def edit(store: Store) -> Callable[..., None]:
    """Edit an account, whatever its version."""

    def edited(account: int, **values: Any) -> None:
        (version,) = store.connection.execute(
            "SELECT version FROM accounts WHERE id = ?", (account,)
        ).fetchone()
        with store.change(ACTOR, "edit") as change:
            change.edit(Account, account, version, values)

    return edited


@pytest.fixture
def audit(store: Store, policy: Policy) -> Callable[..., Run]:
    """Audit the inventory, on the day of the tests unless told otherwise."""

    def held(on: date = TODAY, by: Policy = policy, **more: Any) -> Run:
        return run_audit(store, ACTOR, on=on, policy=by, **more)

    return held
