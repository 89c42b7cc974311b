"""What is kept and cannot be read back is damage, and is told as such."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from inventory.errors import NotAnInventory
from inventory.language import _
from inventory.safe_text import visible


@contextmanager
def intact(connection: sqlite3.Connection) -> Iterator[None]:
    """Raise NotAnInventory where what is read inside the block makes no sense.

    To be held round the reading of stored words and JSON, and nothing else.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        path = next((row[2] for row in connection.execute("PRAGMA database_list")), "")
        raise NotAnInventory(
            _("{path} is damaged or is not an inventory. Restore it from a backup.").format(
                path=visible(path)
            )
        ) from error
