"""What the running app holds: the open inventory, who sits at it, and which day it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from inventory.actor import Actor
from inventory.search import prepare
from inventory.store import Store


@dataclass(slots=True)
class Session:
    """One person at one inventory on one day.

    `connection` is for small reads on the interface thread (one record, a few milliseconds);
    a worker opens its own with `reading()`.
    """

    store: Store
    actor: Actor
    today: date
    connection: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = self.reader()

    def reader(self) -> sqlite3.Connection:
        """Return a new connection that can only read; whoever asks for it closes it."""
        connection = self.store.reader()
        prepare(connection)
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a worker a connection of its own for as long as the block lasts."""
        connection = self.reader()
        try:
            yield connection
        finally:
            connection.close()

    def close(self) -> None:
        """Close the connection and the inventory."""
        self.connection.close()
        self.store.close()
