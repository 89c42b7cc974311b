"""The app on a small invented inventory."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inventory.store import Store
from tests.tui.small_inventory import ACTOR, TODAY, fill
from tui.app import RasmiApp
from tui.session import Session


@pytest.fixture
def inventory_file(tmp_path: Path) -> Path:
    """Return the path of the small inventory."""
    path = tmp_path / "inventory.db"
    with Store.open(path) as store:
        fill(store)
    return path


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    """Return the path of an inventory without anything in it."""
    path = tmp_path / "inventory.db"
    Store.open(path).close()
    return path


@pytest.fixture
def app_on(
    session_on: Callable[[Path], Session], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path], RasmiApp]:
    """Make apps that open on the accounts, whichever screen comes first for users."""
    monkeypatch.setattr(RasmiApp, "DEFAULT_MODE", "accounts")
    return lambda path: RasmiApp(session_on(path))


@pytest.fixture
def app(app_on: Callable[[Path], RasmiApp], inventory_file: Path) -> RasmiApp:
    """Return the app on the small inventory."""
    return app_on(inventory_file)


@pytest.fixture
def session_on() -> Iterator[Callable[[Path], Session]]:
    """Open sessions that are closed when the test ends."""
    opened: list[Session] = []

    def open_on(path: Path) -> Session:
        opened.append(Session(Store.open(path), ACTOR, TODAY))
        return opened[-1]

    yield open_on
    for session in opened:
        session.close()
