"""Long tasks: told while they run, stopped when asked, and never left half-way."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.tui.driving import settled, shown
from tui.app import RasmiApp
from tui.jobs import Cancelled, Ended, JobDialog, Step, Watch, bar, step_lines
from tui.text import T


def test_a_watch_keeps_the_steps_in_their_order_each_with_its_latest_count() -> None:
    """What is told twice is one step; the last one told is the one under way."""
    watch = Watch()
    watch.tell("reading")
    watch.tell("writing", 1, 5)
    watch.tell("writing", 4, 5)
    assert watch.steps == (Step("reading"), Step("writing", 4, 5))


def test_a_stopped_task_hears_of_it_at_its_next_word() -> None:
    """`tell` raises once nobody wants the task any more."""
    watch = Watch()
    watch.stop()
    assert watch.stopped()
    with pytest.raises(Cancelled):
        watch.tell("writing")


@pytest.mark.parametrize(("done", "total"), [(0, 10), (5, 10), (10, 10), (12, 10), (0, 0)])
@pytest.mark.parametrize("width", [8, 30, 60])
def test_the_bar_fills_its_width_however_far_the_task_is(done: int, total: int, width: int) -> None:
    """Known or not, the bar and the seconds take exactly the cells there are."""
    assert bar(done, total, width, 3.2).cell_length == width


def test_past_steps_are_ticked_and_the_one_under_way_says_how_far() -> None:
    """A finished step keeps its count; the current one shows done of total."""
    lines = [line.plain for line in step_lines((Step("a", 9, 9), Step("b", 3, 10)), 40, 1)]
    assert lines[0].startswith("✓ a")
    assert "3 of 10" in lines[1]


async def test_a_task_that_ends_gives_its_result(app: RasmiApp) -> None:
    """The window goes by itself; the result comes to whoever asked."""
    ended: list[Any] = []
    async with app.run_test() as pilot:
        app.push_screen(JobDialog(T("Work"), lambda _watch: 42), ended.append)
        await settled(pilot)
        assert ended == [Ended(result=42)]
        assert not isinstance(app.screen, JobDialog)


async def test_a_task_that_fails_hands_its_error_on(app: RasmiApp) -> None:
    """What was raised is not told by the window but handed to whoever asked."""
    ended: list[Any] = []

    def fail(_watch: Watch) -> None:
        raise ValueError("broken")

    async with app.run_test(notifications=True) as pilot:
        app.push_screen(JobDialog(T("Work"), fail), ended.append)
        await settled(pilot)
        assert isinstance(ended[0].error, ValueError)
        assert "broken" not in shown(app)


async def test_escape_stops_a_writing_task_and_waits_until_it_has_stopped(app: RasmiApp) -> None:
    """The window stays until the thread says that nothing was kept."""
    ended: list[Any] = []
    go_on = Event()

    def write(watch: Watch) -> str:
        watch.tell("writing")
        go_on.wait(10)
        watch.tell("writing")
        return "kept"

    async with app.run_test() as pilot:
        app.push_screen(JobDialog(T("Work"), write), ended.append)
        await pilot.pause()
        await pilot.press("escape")
        assert isinstance(app.screen, JobDialog)
        assert ended == []
        go_on.set()
        await settled(pilot)
        assert ended == [None]


async def test_what_was_kept_before_escape_is_told_as_kept(app: RasmiApp) -> None:
    """A task that ended in spite of being stopped gives its result."""
    ended: list[Any] = []
    go_on = Event()

    def write(_watch: Watch) -> str:
        go_on.wait(10)
        return "kept"

    async with app.run_test() as pilot:
        app.push_screen(JobDialog(T("Work"), write), ended.append)
        await pilot.pause()
        await pilot.press("escape")
        go_on.set()
        await settled(pilot)
        assert ended == [Ended(result="kept")]


async def test_a_reading_task_is_left_at_once(app: RasmiApp) -> None:
    """Escape does not wait for what only reads; its answer never comes."""
    ended: list[Any] = []
    go_on = Event()

    def read(_watch: Watch) -> str:
        go_on.wait(10)
        return "read"

    async with app.run_test() as pilot:
        app.push_screen(JobDialog(T("Work"), read, left_at_once=True), ended.append)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert ended == [None]
        go_on.set()
        await settled(pilot)
        assert ended == [None]


async def test_while_a_task_runs_no_other_key_acts(app: RasmiApp, tmp_path: Path) -> None:
    """Neither undo nor another screen nor leaving: the task has the inventory."""
    go_on = Event()
    async with app.run_test() as pilot:
        app.push_screen(JobDialog(T("Work"), lambda _watch: go_on.wait(10)))
        await pilot.pause()
        await pilot.press("u", "3", "q")
        assert isinstance(app.screen, JobDialog)
        assert app.is_running
        go_on.set()
        await settled(pilot)
