"""A table as its user sees it: keys go in, lines of the screen come out."""

import pytest

from tests.tui.table_memory import (
    MemorySource,
    all_found,
    of,
    shown,
    table_of,
)
from tui.table import messages
from tui.table.columns import Column
from tui.table.paint import Count


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

    async def test_a_page_shows_the_rows_behind_those_in_sight(self) -> None:
        async with shown(of(100), (60, 12)) as screen:
            await screen.press("down", "pagedown")
            assert screen.names == [f"akaun-{n}" for n in range(11, 21)]
            assert screen.current == "akaun-12"
            await screen.press("pageup")
            assert screen.names[0] == "akaun-1"
            assert screen.current == "akaun-2"

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


class TestWithoutColour:
    @pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light"])
    async def test_the_cursor_row_is_reversed(
        self, theme: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        async with shown(of(10), (60, 8)) as screen:
            screen.pilot.app.theme = theme
            await screen.press("down", "space", "down")
            reversed_lines = [
                y
                for y in range(1, 7)
                if any(part.style and part.style.reverse for part in screen.table.render_line(y))
            ]
            assert reversed_lines == [3]
            assert [line[:2] for line in screen.lines[1:4]] == ["  ", " ✓", "› "]
