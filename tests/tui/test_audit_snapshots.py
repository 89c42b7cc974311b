"""What the overview, the findings and a rule look like after two audits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.audited import audited_file
from tests.tui.driving import settled
from tui.app import RasmiApp

MakeApp = Callable[[Path], RasmiApp]
Compare = Callable[..., bool]


@pytest.mark.parametrize(
    ("place", "keys", "size"),
    [
        ("overview", ("tab", "down"), (80, 24)),
        ("overview", ("tab", "down"), (120, 40)),
        ("findings", ("down",), (120, 40)),
        ("findings", ("enter",), (80, 24)),
        ("rules", ("down", "enter"), (120, 40)),
    ],
    ids=["overview-80", "overview-120", "findings-120", "finding-80", "rule-120"],
)
def test_what_the_audit_found(
    app_on: MakeApp,
    tmp_path: Path,
    snap_compare: Compare,
    place: str,
    keys: tuple[str, ...],
    size: tuple[int, int],
) -> None:
    """Figures with a cursor on one, the list with its groups, the page of a finding, of a rule."""

    async def gone_to(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app, RasmiApp)
        await pilot.app.action_show(place)
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    app = app_on(audited_file(tmp_path))
    assert snap_compare(app, terminal_size=size, run_before=gone_to)
