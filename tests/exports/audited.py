"""Invented inventories, audited, for workbooks to be made of."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from audits.policy import load_policy
from audits.run import run_audit
from inventory.actor import Actor
from inventory.record import Account, AccountKey, Evidence, Organisation
from inventory.store import Store
from inventory.vocabulary import (
    AccountClass,
    Badge,
    EvidenceKind,
    LegalOwner,
    Lifecycle,
    OfficialStatus,
    OrganisationKind,
    OrganisationStatus,
)

TODAY = date(2026, 3, 2)
BEFORE = date(2026, 1, 5)
AUDITOR = Actor("Juruaudit Contoh")

ORGANISATIONS = (
    Organisation(kind=OrganisationKind.MINISTRY, name_ms="Kementerian Contoh", short_name="KC"),
    Organisation(kind=OrganisationKind.MINISTRY, name_ms="Kementerian Misalan", name_en="Samples"),
    Organisation(kind=OrganisationKind.AGENCY, name_ms="Agensi Umpama", parent_id=1),
    Organisation(kind=OrganisationKind.DEPARTMENT, name_ms="Jabatan Tamsil", parent_id=3),
    Organisation(kind=OrganisationKind.STATE, name_ms="Negeri Andaian", parent_id=2),
    Organisation(kind=OrganisationKind.LOCAL_COUNCIL, name_ms="Majlis Ibarat", parent_id=5),
    Organisation(kind=OrganisationKind.STATUTORY_BODY, name_ms="Lembaga Sendiri"),
    Organisation(
        kind=OrganisationKind.AGENCY,
        name_ms="Agensi Dahulu",
        parent_id=1,
        status=OrganisationStatus.DISSOLVED,
    ),
    Organisation(kind=OrganisationKind.AGENCY, name_ms="Agensi Tanpa Akaun", parent_id=2),
)
_PLATFORMS = ("facebook", "instagram", "tiktok", "x")
_STATUSES = tuple(OfficialStatus)
_BADGES = (Badge.GOVERNMENT, Badge.NONE, Badge.UNKNOWN, Badge.PAID_PERSON, Badge.LOST)
_CLASSES = (
    AccountClass.CORPORATE, AccountClass.CORPORATE, AccountClass.INDIVIDUAL,
    AccountClass.THIRD_PARTY, AccountClass.UNKNOWN, AccountClass.IMPOSTOR, AccountClass.PROGRAMME,
)  # fmt: skip
_OWNERS = (LegalOwner.AGENCY, LegalOwner.UNKNOWN, LegalOwner.INDIVIDUAL)


def accounts(count: int) -> list[Account]:
    """Return accounts of all statuses, badges and classes, spread over the organisations."""
    return [
        Account(
            organisation_id=1 + number % (len(ORGANISATIONS) - 1),
            platform=_PLATFORMS[number % 4],
            handle=f"contoh.{number}",
            url=f"https://www.example.org/{_PLATFORMS[number % 4]}/contoh.{number}",
            official_status=_STATUSES[number // 2 % 4],
            official_basis="KC 1/2024" if number % 3 else None,
            official_since=date(2024, 5, 1) if number % 3 else None,
            badge=_BADGES[number % 5],
            badge_seen_on=_seen_on(number),
            account_class=_CLASSES[number % 7],
            lifecycle=Lifecycle.RETIRED if number % 11 == 10 else Lifecycle.ACTIVE,
            closed_on=date(2025, 1, 1) if number % 22 == 10 else None,
            legal_owner=_OWNERS[number % 3],
            handler_position="Ketua Unit Media" if number % 4 else None,
            monitoring_unit="Unit Komunikasi Korporat" if number % 3 else None,
            admin_count=number % 4 or None,
            last_post_on=date(2026, 2, 1 + number % 28) if number % 2 else None,
            reviewed_on=date(2026, 1, 1) if number % 3 else None,
            created_on=date(2025, 6, 1) if number % 6 else date(2026, 2, 20),
        )
        for number in range(count)
    ]


def _seen_on(number: int) -> date | None:
    if number % 5 == 2:
        return None
    return date(2025, 4, 1) if number % 8 == 3 else date(2026, 2, 1 + number % 28)


def inventory_at(path: Path, held: Iterable[Account], **organisation: Any) -> Path:
    """Make an inventory of the accounts; `organisation` overrides fields of the first one."""
    first, *others = ORGANISATIONS
    with Store.open(path) as store, store.change(AUDITOR, "set up") as change:
        change.add_many([replace(first, **organisation), *others])
        for account in held:
            row_id = change.add(account)
            handle = account.handle.casefold()[:60] + str(row_id)
            change.add(AccountKey(account_id=row_id, key=f"{account.platform}:handle:{handle}"))
            if row_id % 4 == 0:
                change.add(
                    Evidence(
                        account_id=row_id,
                        kind=EvidenceKind.APPROVAL_LETTER,
                        collected_on=date(2025, 1, 1),
                    )
                )
    return path


def audited(path: Path, *days: date) -> Path:
    """Audit the inventory at `path` on each of the days."""
    policy = load_policy()
    with Store.open(path) as store:
        for day in days:
            run_audit(store, AUDITOR, on=day, policy=policy)
    return path


def changed_between(path: Path) -> Path:
    """Give some accounts another status and badge, so that a second audit finds differences."""
    with Store.open(path) as store, store.change(AUDITOR, "answers came in") as change:
        for row_id in range(1, 20):
            values = {"badge": Badge.NONE, "badge_seen_on": date(2026, 2, 25)}
            if row_id % 2:
                values = {"official_status": OfficialStatus.OFFICIAL, "official_basis": "KC 2/2026"}
            change.edit(Account, row_id, 1, values)
    return path
