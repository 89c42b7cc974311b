"""The inventory file: opened with care, and written through one door."""

import errno
import json
import os
import random
import secrets
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from inventory import log, schema
from inventory.actor import Actor
from inventory.change import Change
from inventory.errors import (
    InventoryBusy,
    InventoryError,
    InventoryMissing,
    NewerInventory,
    NotAnInventory,
    Refused,
    explained,
    reached,
)
from inventory.language import _
from inventory.safe_text import visible
from inventory.search_text import refresh_texts

_PATIENCE = 5.0
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_SETTINGS = (
    "journal_mode = DELETE",  # WAL lost edits in power cuts, and Debian 12's SQLite has its defect
    "synchronous = EXTRA",  # FULL, and the folder: a journal that comes back undoes its commit
    "foreign_keys = ON",
    "recursive_triggers = ON",  # so that REPLACE cannot slip past the delete triggers
    "cell_size_check = ON",
    "cache_size = -131072",  # a large import stays in memory until it commits
    "mmap_size = 0",
)


class Store:
    """One open inventory file. Reads go to `connection` or `reader()`, writes to `change()`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._identity = _identity(path)
        self._writing = threading.RLock()

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Open the inventory at `path`, making an empty one (0600 in a 0700 folder) if allowed.

        Raises InventoryMissing, NotAnInventory, NewerInventory or InventoryReadOnly.
        """
        path = _absolute(path)
        with reached(path), explained(path):
            if not path.exists():
                _make(path, allowed=create)
            _check_kind(path)
            connection = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
            connection.isolation_level = None
            try:
                _check_schema(connection, path)
                for setting in _SETTINGS:
                    connection.execute(f"PRAGMA {setting}")
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def reader(self) -> sqlite3.Connection:
        """Return a new connection that can only read; whoever asks for it closes it."""
        with explained(self.path):
            connection = sqlite3.connect(
                f"file:{quote(os.fsencode(self.path))}?mode=ro",
                uri=True,
                timeout=_PATIENCE,
                check_same_thread=False,
            )
            connection.isolation_level = None
            connection.execute("PRAGMA query_only = ON")
        return connection

    @contextmanager
    def change(
        self,
        actor: Actor,
        reason: str,
        source: str | None = None,
        *,
        at: datetime | None = None,
        undoes: int | None = None,
    ) -> Iterator[Change]:
        """Open one change: its writes and its log entry are kept together, or not at all.

        `at` is UTC and defaults to now. A change that writes nothing leaves no entry. Raises
        InventoryBusy, InventoryReadOnly, DiskFull, Refused, or whatever the block raises.
        """
        if not reason.strip():
            raise Refused(_("A change needs a reason."))
        with self._writing, explained(self.path):
            self._begin()
            try:
                seq = self._enter(actor, reason, source, at or datetime.now(UTC), undoes)
                yield Change(self.connection, seq)
                refresh_texts(self.connection, seq)
                if log.seal(self.connection, seq):
                    self._patiently("COMMIT")
                else:
                    self.connection.execute("ROLLBACK")
            except BaseException:
                with suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                raise

    def _enter(
        self, actor: Actor, reason: str, source: str | None, at: datetime, undoes: int | None
    ) -> int:
        seq, prev = log.head(self.connection)
        self.connection.execute(
            "INSERT INTO changes (seq, at, actor, reason, source, undoes, prev)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                seq + 1,
                at.astimezone(UTC).isoformat(timespec="microseconds"),
                json.dumps(actor.as_logged(), ensure_ascii=False, sort_keys=True),
                reason,
                source,
                undoes,
                prev,
            ),
        )
        return seq + 1

    def _begin(self) -> None:
        if self.connection.in_transaction:
            raise Refused(_("A change is open already."))
        if _identity(self.path) != self._identity:
            raise NotAnInventory(
                _("{path} was moved or replaced while it was open. Open it again.").format(
                    path=visible(str(self.path))
                )
            )
        self._patiently("BEGIN IMMEDIATE")

    def _patiently(self, statement: str) -> None:
        # SQLite's own waiting starves a writer for seconds; short random sleeps do not.
        deadline = time.monotonic() + _PATIENCE
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    self.connection.execute(statement)
                    return
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF not in (
                        sqlite3.SQLITE_BUSY,
                        sqlite3.SQLITE_LOCKED,
                    ):
                        raise
                    if time.monotonic() > deadline:
                        raise InventoryBusy(_busy(self.path)) from error
                    time.sleep(random.uniform(0.001, 0.02))
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(_PATIENCE * 1000)}")


def make_private_folder(folder: Path) -> None:
    """Make `folder` and those above it that are missing, each 0700 whatever the umask."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)


def _absolute(path: Path) -> Path:
    try:
        return Path(os.path.abspath(path.expanduser()))
    except RuntimeError as error:
        raise InventoryError(
            _("The home folder in {path} is not known. Write the whole path.").format(
                path=visible(str(path))
            )
        ) from error


def _make(path: Path, *, allowed: bool) -> None:
    if path.is_symlink():
        raise NotAnInventory(
            _("{path} is a link that leads nowhere. Name an inventory file with --db.").format(
                path=visible(str(path))
            )
        )
    if not allowed:
        raise InventoryMissing(
            _("There is no inventory at {path}. Import a list, or name another with --db.").format(
                path=visible(str(path))
            )
        )
    make_private_folder(path.parent)
    draft = path.with_name(f".rasmi-{secrets.token_hex(4)}.new")
    os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with _closing(sqlite3.connect(draft)) as connection:
            connection.isolation_level = None
            _bring_up_to_date(connection)
        _give_name(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _give_name(draft: Path, path: Path) -> None:
    # Linked, not renamed: of two that start at once the second finds the first one's file.
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS or path.exists():
            raise
        draft.rename(path)


@contextmanager
def _closing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    finally:
        connection.close()


def _check_kind(path: Path) -> None:
    if not stat.S_ISREG(path.stat().st_mode):
        raise NotAnInventory(
            _("{path} is not a file. Name an inventory file with --db.").format(
                path=visible(str(path))
            )
        )


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    shown = visible(str(path))
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        raise NotAnInventory(
            _("{path} is not an inventory of this program. Name another with --db.").format(
                path=shown
            )
        )
    if version > schema.SCHEMA_VERSION:
        raise NewerInventory(
            _("{path} was written by a newer version of the program. Update, then open it.").format(
                path=shown
            )
        )
    if version < schema.SCHEMA_VERSION:
        _bring_up_to_date(connection)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    from inventory.migrations import bring_up_to_date  # its library is slow to import

    bring_up_to_date(connection)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _busy(path: Path) -> str:
    return _("The inventory {path} is in use by somebody else. Try again in a moment.").format(
        path=visible(str(path))
    )
