"""What the list and the page of an account look like, in both sizes and both languages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from inventory import language
from inventory.language import Language
from tests.tui.driving import settled
from tui.app import RasmiApp

MakeApp = Callable[[Path], RasmiApp]
Compare = Callable[..., bool]

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("spoken", list(Language))
def test_the_list_of_accounts(
    app_on: MakeApp, inventory_file: Path, snap_compare: Compare, size: tuple[int, int], spoken: str
) -> None:
    """Five accounts, the cursor on the second, everything there is room for."""
    language.use(Language(spoken))
    app = app_on(inventory_file)
    assert snap_compare(app, terminal_size=size, press=["down"], run_before=quiet)


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("spoken", list(Language))
def test_the_page_of_an_account(
    app_on: MakeApp, inventory_file: Path, snap_compare: Compare, size: tuple[int, int], spoken: str
) -> None:
    """The official account: record, proof and history; the rest is below."""
    language.use(Language(spoken))

    async def opened(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app, RasmiApp)
        pilot.app.show_account(1)
        await settled(pilot)

    assert snap_compare(app_on(inventory_file), terminal_size=size, run_before=opened)


async def quiet(pilot: Pilot[Any]) -> None:
    """Wait until nothing is being read any more."""
    await settled(pilot)
