"""The small invented inventory after two audits, with a change of the record between them."""

from datetime import UTC, date, datetime
from pathlib import Path

from audits.explanation import core_policy
from audits.run import run_audit
from inventory.reading import every
from inventory.record import Account
from inventory.store import Store
from inventory.vocabulary import OfficialStatus
from tests.tui.small_inventory import ACTOR, TODAY, fill

EARLIER = date(2026, 8, 20)


def audited_file(folder: Path) -> Path:
    """Write the inventory, audit it, make an unofficial account official, audit it again."""
    path = folder / "audited.db"
    with Store.open(path) as store:
        fill(store)
        _audit(store, EARLIER)
        with store.change(ACTOR, "Diputuskan") as change:
            account = next(every(store.connection, Account, "WHERE handle = ?", ("ujian_rasmi",)))
            decided = {
                "official_status": OfficialStatus.OFFICIAL,
                "official_basis": "Surat kelulusan 30/2026",
                "official_since": date(2026, 10, 1),
            }
            change.edit(Account, account.id, account.version, decided)
        _audit(store, TODAY)
    return path


def _audit(store: Store, on: date) -> None:
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    run_audit(store, ACTOR, on=on, policy=core_policy(), at=at)
