"""What can go wrong with an inventory file, each as one sentence with its remedy."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inventory.language import _
from inventory.safe_text import visible


class InventoryError(Exception):
    """Something about the inventory that a person has to know, in one sentence."""


class InventoryMissing(InventoryError):
    """There is no inventory at the path."""


class NotAnInventory(InventoryError):
    """The file is something else, or damaged beyond reading."""


class NewerInventory(InventoryError):
    """The file was written by a newer version of the program."""


class InventoryBusy(InventoryError):
    """Somebody else kept writing for longer than we wait."""


class InventoryReadOnly(InventoryError):
    """The file or its folder cannot be written."""


class DiskFull(InventoryError):
    """There is no room left for the change; nothing of it was kept."""


class Refused(InventoryError):
    """The store refused a write that would break the record."""


class Conflict(InventoryError):
    """Somebody else saved the record first; `current` is what it holds now."""

    def __init__(self, sentence: str, current: object) -> None:
        super().__init__(sentence)
        self.current = current


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside the block into an `InventoryError` about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explanation(error, visible(str(path))) from error
    except UnicodeDecodeError as error:  # SQLite's own words quote what is damaged
        raise _damaged(visible(str(path))) from error
    except UnicodeEncodeError as error:  # half a character pair, or bytes that were no text
        raise Refused(_("A text holds something that is no character. Write it anew.")) from error
    except OverflowError as error:
        raise Refused(_("A number or a date is too large to be kept.")) from error


@contextmanager
def reached(path: Path) -> Iterator[None]:
    """Turn what the system says of `path` inside the block into an `InventoryError`."""
    try:
        yield
    except OSError as error:
        raise _unreachable(error, visible(str(path))) from error


def _unreachable(error: OSError, path: str) -> InventoryError:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return InventoryReadOnly(
            _("The inventory {path} cannot be reached. Check its permissions.").format(path=path)
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            _("There is no room left on the disk of {path}. Nothing was changed.").format(path=path)
        )
    return InventoryError(
        _("The inventory {path} could not be used: {why}.").format(
            path=path, why=visible(error.strerror or type(error).__name__)
        )
    )


def _explanation(error: sqlite3.Error, path: str) -> InventoryError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return InventoryBusy(
            _("The inventory {path} is in use by somebody else. Try again in a moment.").format(
                path=path
            )
        )
    if name.startswith("SQLITE_FULL"):
        return DiskFull(
            _("There is no room left on the disk of {path}. Nothing was changed.").format(path=path)
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return InventoryReadOnly(
            _("The inventory {path} cannot be written. Check its permissions.").format(path=path)
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return _damaged(path)
    if name.startswith("SQLITE_CONSTRAINT"):
        return Refused(_("The record refused the change: {why}.").format(why=visible(str(error))))
    return InventoryError(
        _("The inventory {path} could not be used: {why}.").format(
            path=path, why=visible(str(error))
        )
    )


def _damaged(path: str) -> NotAnInventory:
    return NotAnInventory(
        _("{path} is damaged or is not an inventory. Restore it from a backup.").format(path=path)
    )
