"""Searching as one types, and sorting."""

from array import array

from textual import events

from tests.tui.table_memory import (
    COLUMNS,
    MemorySource,
    TableApp,
    all_found,
    of,
    shown,
    table_of,
)
from tui.table import messages
from tui.table.columns import Column
from tui.table.id_query import Answer
from tui.table.rows import Order
from tui.table.view import WindowTable


class TestSearching:
    async def test_rows_follow_each_key(self) -> None:
        async with shown(of(1000)) as screen:
            await screen.search("akaun-99")
            assert screen.names == ["akaun-99", *(f"akaun-{n}" for n in range(990, 1000))]
            assert screen.foot == "/akaun-99 11 of 1,000"
            texts = [message.text for message in screen.heard(messages.FilterChanged)]  # type: ignore[attr-defined]
            assert texts == ["akaun-99"[:n] for n in range(1, 9)]

    async def test_letters_are_text_while_typing_and_commands_after(self) -> None:
        async with shown(of(100)) as screen:
            await screen.search("jgs")
            assert screen.table.filter_text == "jgs"
            await screen.press("escape", "s")
            assert screen.table.order == (Order("name"),)

    async def test_escape_leaves_the_line_and_again_clears_it(self) -> None:
        async with shown(of(100)) as screen:
            await screen.search("99")
            await screen.press("escape")
            assert not screen.table.typing
            assert screen.names[-1] == "akaun-99"
            assert len(screen.names) == 4
            await screen.press("escape")
            assert screen.table.filter_text == ""
            assert len(screen.names) == 22

    async def test_escape_with_nothing_to_leave_goes_on_to_the_screen(self) -> None:
        table = of(10)
        keys: list[str] = []

        class Listening(TableApp):
            def on_key(self, event: object) -> None:
                keys.append(getattr(event, "key", ""))

        app = Listening(table)
        async with app.run_test() as pilot:
            await pilot.press("slash", "1", "escape", "escape", "escape")
        assert keys == ["slash", "escape"]

    async def test_the_list_moves_while_typing(self) -> None:
        async with shown(of(100)) as screen:
            await screen.search("akaun")
            await screen.press("down", "down", "pagedown", "up")
            assert screen.current == "akaun-24"
            assert screen.table.typing

    async def test_pasted_text_is_typed_text(self) -> None:
        async with shown(of(100)) as screen:
            await screen.press("slash")
            screen.pilot.app.post_message(events.Paste("akaun-7\nTikTok"))
            await screen.pilot.pause()
            await all_found(screen.pilot, screen.table)
            assert screen.table.filter_text == "akaun-7 TikTok"

    async def test_a_long_text_keeps_its_end_in_sight(self) -> None:
        async with shown(of(10), (40, 6)) as screen:
            screen.table.set_filter("abcdefghijklmnopqrstuvwxyz" * 3)
            await screen.press("slash")
            assert screen.lines[-1].startswith("/")
            assert "wxyz" in screen.lines[-1]
            assert screen.lines[-1].endswith("0 of 10")

    async def test_the_first_rows_come_before_all_are_found(self) -> None:
        source = MemorySource.invented(1000)
        async with shown(table_of(source)) as screen:
            source.gate.clear()
            await screen.pilot.press("slash", "t", "i", "k")
            assert screen.names[:3] == ["akaun-2", "akaun-5", "akaun-8"]
            assert screen.foot == "/tik … of 1,000"
            source.gate.set()
            await all_found(screen.pilot, screen.table)
            assert screen.foot == "/tik 333 of 1,000"
            counts = [(m.count, m.pending) for m in screen.heard(messages.CountChanged)]  # type: ignore[attr-defined]
            assert counts[-2:] == [(64, True), (333, False)]

    async def test_a_late_answer_is_dropped(self) -> None:
        async with shown(of(1000)) as screen:
            late = screen.table._listing
            generation = late._generation
            await screen.search("tiktok")
            screen.table.post_message(WindowTable.Answered(Answer(generation, array("q", [1]))))
            await screen.pilot.pause()
            assert screen.table.row_count == 333

    async def test_the_cursor_returns_to_its_row(self) -> None:
        async with shown(of(1000)) as screen:
            screen.table.move_to(500)
            await screen.search("akaun-99")
            assert screen.current == "akaun-99"
            await screen.press("escape", "escape")
            assert screen.current == "akaun-500"

    async def test_the_cursor_stays_on_a_row_that_matches(self) -> None:
        async with shown(of(1000)) as screen:
            screen.table.move_to(500)
            await screen.search("tiktok")
            assert screen.current == "akaun-500"

    async def test_a_search_given_at_the_start(self) -> None:
        async with shown(of(100, filter_text="akaun-9")) as screen:
            assert screen.names[:2] == ["akaun-9", "akaun-90"]
            assert screen.foot == "/akaun-9 11 of 100"

    async def test_the_total_of_a_search_given_at_the_start_is_counted(self) -> None:
        async with shown(of(1000, filter_text="tiktok")) as screen:
            assert screen.foot == "/tiktok 333 of 1,000"


class TestSorting:
    async def test_s_sorts_by_the_column_and_again_reverses(self) -> None:
        async with shown(of(100)) as screen:
            await screen.press("l", "s")
            assert "Platform ▲" in screen.lines[0]
            assert "Facebook" in screen.lines[1]
            await screen.press("s")
            assert "Platform ▼" in screen.lines[0]
            orders = [message.order for message in screen.heard(messages.SortChanged)]  # type: ignore[attr-defined]
            assert orders == [(Order("platform"),), (Order("platform", True),)]

    async def test_a_cursor_that_was_moved_stays_on_its_row(self) -> None:
        async with shown(of(1000)) as screen:
            await screen.press("s", "s")
            assert screen.current == "akaun-999"
            await screen.press("down", "s")
            assert screen.current == "akaun-998"

    async def test_several_columns_say_their_rank(self) -> None:
        async with shown(of(100), (80, 24)) as screen:
            await screen.press("l", "s", "l", "S", "S")
            assert "Platform▲1" in screen.lines[0]
            assert "Status ▼2" in screen.lines[0]
            await screen.press("S")
            assert screen.table.order == (Order("platform"),)

    async def test_a_column_that_cannot_be_sorted_is_left_alone(self) -> None:
        source = MemorySource.invented(10)
        columns = [*COLUMNS[:1], Column("platform", "Platform", 10, sortable=False)]
        async with shown(WindowTable(source, columns, empty_message="")) as screen:
            await screen.press("l", "s")
            assert screen.table.order == ()

    async def test_a_click_on_the_header_sorts(self) -> None:
        async with shown(of(100)) as screen:
            at = screen.lines[0].index("Status")
            await screen.pilot.click(WindowTable, offset=(at, 0))
            await all_found(screen.pilot, screen.table)
            assert screen.table.order == (Order("status"),)
