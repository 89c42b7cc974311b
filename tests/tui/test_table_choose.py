"""Selecting rows, and the mouse."""

from textual import events

from tests.tui.table_memory import (
    MemorySource,
    all_found,
    of,
    shown,
    table_of,
)
from tui.table import messages
from tui.table.view import WindowTable


class TestSelecting:
    async def test_space_toggles_and_the_mark_stays_through_search_and_sort(self) -> None:
        async with shown(of(100)) as screen:
            await screen.press("down", "space")
            assert screen.lines[2].startswith("›✓akaun-2")
            await screen.search("instagram")
            assert screen.foot == "/instagram 1 selected · 34 of 100"
            await screen.press("escape", "escape", "s")
            assert list(screen.table.selected_ids()) == [2]
            await screen.press("space")
            assert screen.table.selected_count == 0
            numbers = [message.count for message in screen.heard(messages.SelectionChanged)]  # type: ignore[attr-defined]
            assert numbers == [1, 0]

    async def test_shift_and_arrows_extend_and_shrink(self) -> None:
        async with shown(of(100)) as screen:
            await screen.press("down", *["shift+down"] * 3)
            assert list(screen.table.selected_ids()) == [2, 3, 4, 5]
            await screen.press("shift+up", "shift+up")
            assert list(screen.table.selected_ids()) == [2, 3]
            await screen.press("shift+up", "shift+up")
            assert list(screen.table.selected_ids()) == [1, 2]

    async def test_all_matches_then_one_left_out(self) -> None:
        async with shown(of(1000)) as screen:
            await screen.search("tiktok")
            await screen.press("escape", "asterisk", "space")
            assert screen.table.selected_count == 332
            await screen.press("escape")
            assert [line[1] for line in screen.lines[1:10]] == list("    ✓  ✓ ")
            assert list(screen.table.selected_ids()) == list(range(5, 1001, 3))

    async def test_all_matches_are_selected_once_they_are_known(self) -> None:
        source = MemorySource.invented(1000)
        source.gate.clear()
        async with shown(table_of(source), wait=False) as screen:
            await screen.pilot.press("ctrl+a")
            assert screen.table.selected_count == 0
            source.gate.set()
            await all_found(screen.pilot, screen.table)
            assert screen.table.selected_count == 1000

    async def test_inverting_turns_the_matches_over(self) -> None:
        async with shown(of(10)) as screen:
            await screen.press("space", "exclamation_mark")
            assert list(screen.table.selected_ids()) == list(range(2, 11))
            assert screen.lines[1].startswith("› akaun-1")

    async def test_escape_drops_the_selection_after_the_search(self) -> None:
        async with shown(of(10)) as screen:
            await screen.press("space")
            await screen.search("akaun")
            await screen.press("escape", "escape")
            assert screen.table.selected_count == 1
            await screen.press("escape")
            assert screen.table.selected_count == 0


class TestTheMouse:
    async def test_a_click_moves_and_a_double_click_asks_for_the_row(self) -> None:
        async with shown(of(100)) as screen:
            await screen.pilot.click(WindowTable, offset=(5, 4))
            assert screen.current == "akaun-4"
            assert not screen.heard(messages.RowSelected)
            await screen.pilot.click(WindowTable, offset=(5, 6), times=2)
            (message,) = screen.heard(messages.RowSelected)
            assert message.row_id == 6  # type: ignore[attr-defined]

    async def test_a_click_below_the_rows_does_nothing(self) -> None:
        async with shown(of(3)) as screen:
            await screen.pilot.click(WindowTable, offset=(5, 15), times=2)
            assert screen.current == "akaun-1"
            assert not screen.heard(messages.RowSelected)

    async def test_control_and_shift_select(self) -> None:
        async with shown(of(100)) as screen:
            await screen.pilot.click(WindowTable, offset=(5, 3), control=True)
            assert list(screen.table.selected_ids()) == [3]
            await screen.pilot.click(WindowTable, offset=(5, 5), shift=True)
            assert list(screen.table.selected_ids()) == [3, 4, 5]

    async def test_a_click_on_the_filter_line_starts_typing(self) -> None:
        async with shown(of(100)) as screen:
            await screen.pilot.click(WindowTable, offset=(5, 23))
            assert screen.table.typing

    async def test_the_wheel_scrolls_and_a_key_returns_to_the_cursor(self) -> None:
        async with shown(of(100)) as screen:
            wheel = events.MouseScrollDown(
                screen.table, 5, 5, 0, 0, 0, False, False, False, screen_x=5, screen_y=5
            )
            for _ in range(2):
                screen.table.post_message(wheel)
            await screen.pilot.pause()
            assert screen.names[0] == "akaun-7"
            assert screen.table.cursor_row == 1
            await screen.press("down")
            assert screen.current == "akaun-2"

    async def test_dragging_the_scrollbar(self) -> None:
        async with shown(of(1000)) as screen:
            await screen.pilot.mouse_down(WindowTable, offset=(79, 1))
            await screen.pilot.hover(WindowTable, offset=(79, 22))
            await screen.pilot.mouse_up(WindowTable, offset=(79, 22))
            assert screen.names[-1] == "akaun-1000"
            assert screen.table.cursor_row == 1
