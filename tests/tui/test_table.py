"""A table as its user sees it: keys go in, lines of the screen come out."""

import sqlite3
import threading
from array import array
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.message import Message
from textual.pilot import Pilot

from tests.tui.escape_payloads import ESCAPE_PAYLOADS
from tests.tui.table_memory import (
    COLUMNS,
    MemorySource,
    TableApp,
    all_found,
    cells_of,
    screen_of,
    table_of,
)
from tui.table import messages
from tui.table.columns import Column
from tui.table.id_query import Answer
from tui.table.paint import Count
from tui.table.rows import Cells, Order
from tui.table.view import WindowTable

MARKUP = ("[bold]x[/]", "[/x]", "[", "[@click=app.quit]x[/]", "Kementerian [KKM]")


class Screen:
    """A running table, what is on it, and what it has said."""

    def __init__(self, pilot: Pilot[None], table: WindowTable, said: list[Message]) -> None:
        self.pilot = pilot
        self.table = table
        self.said = said

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await all_found(self.pilot, self.table)

    async def search(self, text: str) -> None:
        await self.press("slash", *("space" if key == " " else key for key in text))

    @property
    def lines(self) -> list[str]:
        return screen_of(self.table)

    @property
    def names(self) -> list[str]:
        """The first column of the rows in sight."""
        return [line[2:].split(" ")[0] for line in self.lines[1:-1] if line.strip()]

    @property
    def current(self) -> str:
        """The row with the cursor's mark."""
        (line,) = [line for line in self.lines if line.startswith("›")]
        return line[2:].split(" ")[0]

    @property
    def foot(self) -> str:
        return " ".join(self.lines[-1].split())

    def heard(self, kind: type[Message]) -> list[Message]:
        once = {id(message): message for message in self.said if isinstance(message, kind)}
        return list(once.values())


@asynccontextmanager
async def shown(
    table: WindowTable, size: tuple[int, int] = (80, 24), wait: bool = True
) -> AsyncIterator[Screen]:
    """Run an app with the table on its screen; no thread may outlive it."""
    threads = threading.active_count()
    said: list[Message] = []
    app = TableApp(table)
    async with app.run_test(size=size, message_hook=said.append) as pilot:
        if wait:
            await all_found(pilot, table)
        yield Screen(pilot, table, said)
    assert threading.active_count() == threads


def of(count: int, **options: object) -> WindowTable:
    return table_of(MemorySource.invented(count), **options)


class TestWhatIsDrawn:
    async def test_header_rows_scrollbar_filter_line_and_count(self) -> None:
        async with shown(of(1000), (60, 7)) as screen:
            assert screen.lines == [
                "  Account                 Platform   Status       Followers",
                "› akaun-1                 Instagram  official            37┃",
                "  akaun-2                 TikTok     official            74│",
                "  akaun-3                 Facebook   unofficial         111│",
                "  akaun-4                 Instagram  unofficial         148│",
                "  akaun-5                 TikTok     unofficial         185│",
                "/ search                                              1,000",
            ]

    async def test_a_list_that_fits_has_no_scrollbar(self) -> None:
        async with shown(of(3), (60, 8)) as screen:
            assert not any("┃" in line or "│" in line for line in screen.lines)
            assert screen.lines[4:7] == ["", "", ""]

    async def test_an_empty_list_says_what_to_do_next(self) -> None:
        async with shown(of(0), (60, 9)) as screen:
            assert screen.lines[4].strip() == "Import a list to begin."
            assert screen.lines[4].index("Import") == 18
            assert screen.foot == "/ search 0"
            await screen.press("down", "space", "enter", "G", "shift+down", "asterisk", "s")
            assert screen.table.cursor_row is None
            assert not screen.heard(messages.RowSelected)

    async def test_a_search_without_matches_says_so(self) -> None:
        async with shown(of(100), (60, 9)) as screen:
            await screen.search("zzz")
            assert screen.lines[4].strip() == "Nothing matches this search."
            assert screen.foot == "/zzz 0 of 100"

    @pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50), (1, 1), (2, 2), (5, 3)])
    async def test_every_size_is_drawn_to_its_edges(self, size: tuple[int, int]) -> None:
        async with shown(of(1000), (80, 24)) as screen:
            await screen.pilot.resize_terminal(*size)
            await screen.press("down", "l", "slash", "a", "escape", "G")
            strips = [screen.table.render_line(y) for y in range(size[1])]
            assert {strip.cell_length for strip in strips} == {size[0]}
            assert screen.table.size == size

    async def test_one_line_shows_the_row_itself(self) -> None:
        async with shown(of(9), (30, 1)) as screen:
            await screen.press("down")
            assert screen.lines[0].startswith("› akaun-2")

    async def test_the_cursor_row_stays_in_sight_when_the_screen_shrinks(self) -> None:
        async with shown(of(1000), (80, 40)) as screen:
            screen.table.move_to(31)
            await screen.pilot.resize_terminal(80, 10)
            await screen.pilot.pause()
            assert screen.current == "akaun-31"

    async def test_titles_and_other_columns(self) -> None:
        async with shown(of(10), (60, 6)) as screen:
            screen.table.set_columns([Column("name", "Akaun", 10), Column("x", "Kosong", 8)])
            await screen.pilot.pause()
            assert screen.lines[0].split() == ["Akaun", "Kosong"]

    async def test_a_row_that_was_deleted_shows_a_dash(self) -> None:
        source = MemorySource.invented(100)
        async with shown(table_of(source), (60, 6)) as screen:
            del source.data[2]
            screen.table._listing.window.forget_cells()
            screen.table._repaint()
            assert screen.lines[2].split()[0] == "—"

    async def test_the_count_is_worded_by_a_formatter(self) -> None:
        def worded(count: Count) -> str:
            return f"{count.matches}/{count.total}/{count.selected}"

        async with shown(of(10, counter=worded), (60, 6)) as screen:
            await screen.press("space")
            assert screen.foot == "/ search 10/10/1"

    async def test_matches_are_marked_in_the_rows(self) -> None:
        async with shown(of(10), (60, 6)) as screen:
            await screen.search("KAUN")
            strip = screen.table.render_line(2)
            marked = [seg.text for seg in strip if seg.style and seg.style.underline]
            assert marked == ["kaun"]


class TestMoving:
    @pytest.mark.parametrize(
        ("keys", "name"),
        [
            (["down"], "akaun-2"),
            (["j", "j", "k"], "akaun-2"),
            (["up"], "akaun-1"),
            (["pagedown"], "akaun-23"),
            (["pagedown", "pageup"], "akaun-1"),
            (["ctrl+d"], "akaun-12"),
            (["ctrl+d", "ctrl+u"], "akaun-1"),
            (["G"], "akaun-1000"),
            (["end", "up"], "akaun-999"),
            (["G", "g"], "akaun-1"),
            (["G", "home"], "akaun-1"),
            (["G", "down"], "akaun-1000"),
        ],
    )
    async def test_a_key_moves_the_cursor(self, keys: list[str], name: str) -> None:
        async with shown(of(1000)) as screen:
            await screen.press(*keys)
            assert screen.current == name

    async def test_the_screen_is_told_of_each_row_once(self) -> None:
        async with shown(of(10)) as screen:
            await screen.press("down", "down", "up", "up", "up")
            rows = [message.row_id for message in screen.heard(messages.RowHighlighted)]  # type: ignore[attr-defined]
            assert rows == [1, 2, 3, 2, 1]

    async def test_enter_asks_for_the_row(self) -> None:
        async with shown(of(10)) as screen:
            await screen.press("down", "enter")
            (message,) = screen.heard(messages.RowSelected)
            assert message.row_id == 2  # type: ignore[attr-defined]

    async def test_the_end_is_reached_as_soon_as_it_is_known(self) -> None:
        source = MemorySource.invented(1000)
        source.gate.clear()
        async with shown(table_of(source), wait=False) as screen:
            await screen.pilot.press("G")
            assert screen.current == "akaun-64"
            source.gate.set()
            await all_found(screen.pilot, screen.table)
            assert screen.current == "akaun-1000"

    async def test_going_to_a_row_by_its_id(self) -> None:
        async with shown(of(1000)) as screen:
            assert screen.table.move_to(700)
            assert screen.current == "akaun-700"
            assert not screen.table.move_to(7000)
            assert screen.current == "akaun-700"

    async def test_the_hardware_cursor_is_on_the_row_and_in_the_filter_line(self) -> None:
        async with shown(of(10), (60, 8)) as screen:
            await screen.press("down")
            await screen.pilot.pause(0.1)
            assert screen.pilot.app.cursor_position == (0, 2)
            await screen.search("部a")
            await screen.pilot.pause(0.1)
            assert screen.pilot.app.cursor_position == (4, 7)

    async def test_columns_scroll_and_the_first_stays(self) -> None:
        async with shown(of(10), (34, 6)) as screen:
            assert screen.lines[0] == "  Account      Platform   Status ›"
            await screen.press("l", "l", "l")
            assert screen.lines[0] == "‹ Account      us       Followers"
            await screen.press("h", "h", "h")
            assert screen.lines[0] == "  Account      Platform   Status ›"


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
            assert screen.foot == "/akaun-9 11"


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


class TestTheData:
    async def test_cells_are_read_only_near_what_is_seen(self) -> None:
        source = MemorySource.invented(100_000)
        async with shown(table_of(source)) as screen:
            await screen.press("G", "g", "pagedown")
            assert len(set(source.read)) < 1000
            assert len(screen.table._listing.window._blocks) < 10
            assert screen.table._listing.window.ids.itemsize == 8
            assert screen.foot == "/ search 100,000"

    async def test_what_another_writer_changed_comes_by_itself(self) -> None:
        source = MemorySource.invented(1000)
        async with shown(table_of(source), (60, 8)) as screen:
            await screen.press("down", "down")
            source.data[3] = ("renamed", *cells_of(3)[1:])
            source.data[1001] = cells_of(1001)
            del source.data[1]
            source.changes += 1
            screen.table._look_again()
            await all_found(screen.pilot, screen.table)
            assert screen.current == "renamed"
            assert screen.foot == "/ search 1,000"
            assert screen.names[:2] == ["akaun-2", "renamed"]

    async def test_nothing_is_read_again_while_nothing_changes(self) -> None:
        source = MemorySource.invented(1000)
        async with shown(table_of(source)) as screen:
            before = len(source.read), list(source.asked)
            screen.table._look_again()
            await all_found(screen.pilot, screen.table)
            assert (len(source.read), source.asked) == before

    async def test_another_source(self) -> None:
        async with shown(of(100)) as screen:
            await screen.press("space", "down")
            screen.table.set_source(MemorySource({7: ("seven", "x", "y", "1")}))
            await all_found(screen.pilot, screen.table)
            assert screen.names == ["seven"]
            assert screen.table.selected_count == 0
            assert screen.foot == "/ search 1"

    @pytest.mark.parametrize(
        ("error", "reasons"),
        [
            (sqlite3.OperationalError("interrupted"), []),
            (sqlite3.OperationalError("disk I/O error"), ["disk I/O error"]),
        ],
    )
    async def test_a_failing_query_keeps_the_rows_and_says_why(
        self, error: sqlite3.Error, reasons: list[str]
    ) -> None:
        class Failing(MemorySource):
            def first_ids(self, text: str, order: tuple[Order, ...], limit: int) -> Sequence[int]:
                if text:
                    raise error
                return super().first_ids(text, order, limit)

        async with shown(table_of(Failing.invented(10))) as screen:
            await screen.press("slash", "x")
            assert screen.names[0] == "akaun-1"
            assert screen.foot == "/x … of 10"
            assert [m.reason for m in screen.heard(messages.QueryFailed)] == reasons  # type: ignore[attr-defined]

    async def test_cells_that_cannot_be_read_are_read_at_the_next_look(self) -> None:
        class Locked(MemorySource):
            locked = True

            def rows(self, ids: Sequence[int]) -> Mapping[int, Cells]:
                if self.locked:
                    raise sqlite3.OperationalError("database is locked")
                return super().rows(ids)

        source = Locked.invented(5)
        async with shown(table_of(source), (60, 8)) as screen:
            assert screen.names == ["—"] * 5
            source.locked = False
            screen.table._look_again()
            await all_found(screen.pilot, screen.table)
            assert screen.names[0] == "akaun-1"

    async def test_removing_the_table_ends_its_thread(self) -> None:
        source = MemorySource.invented(1000)
        source.gate.clear()
        table = table_of(source)
        async with shown(table, wait=False) as screen:
            await table.remove()
            await screen.pilot.pause()


class TestHostileText:
    TEXTS = (*ESCAPE_PAYLOADS.values(), *MARKUP)

    async def test_a_cell_is_shown_and_does_nothing(self) -> None:
        source = MemorySource({n: (text,) * 4 for n, text in enumerate(self.TEXTS, 1)})
        async with shown(table_of(source), (100, 45)) as screen:
            for y in range(0, 45, 3):
                await screen.pilot.click(WindowTable, offset=(4, y))
            for y in range(45):
                assert_inert(screen.table, y)
            await all_found(screen.pilot, screen.table)
            assert "␛[2J" in " ".join(screen.lines)
            assert "[@click=app.quit]x[/]" in " ".join(screen.lines)

    async def test_a_search_a_title_and_a_message_do_nothing(self) -> None:
        table = WindowTable(
            MemorySource({}), COLUMNS, empty_message="|".join(self.TEXTS), no_match_message=""
        )
        async with shown(table, (60, 9)) as screen:
            for y in range(9):
                assert_inert(table, y)
            for text in self.TEXTS:
                table.set_filter(text)
                table.set_columns([Column("name", text, 30)])
                assert_inert(table, 0)
                assert_inert(table, 8)
                await screen.pilot.pause()

    async def test_wide_and_combining_characters_keep_the_columns_in_line(self) -> None:
        names = ["部门" * 20, "e\u0301" * 50, "👍🏽" * 9, "ﷺ" * 9, "\U0001f1f2\U0001f1fe" * 20]
        source = MemorySource(
            {n: (name, "Facebook", "official", "1") for n, name in enumerate(names, 1)}
        )
        async with shown(table_of(source), (60, 10)) as screen:
            for y in range(1, 6):
                strip = screen.table.render_line(y)
                assert strip.cell_length == 60
                assert strip.crop(26, 36).text.strip() == "Facebook"


def assert_inert(table: WindowTable, y: int) -> None:
    """Check that a line fills its cells, shows every character, and has no action behind it."""
    line = table.render_line(y)
    assert line.cell_length == table.size.width
    assert line.text.isprintable()
    assert all(not segment.style.meta for segment in line if segment.style)
