"""What the rows of a table may hold, and what may happen to them."""

import sqlite3
from collections.abc import Mapping, Sequence

import pytest

from tests.tui.escape_payloads import ESCAPE_PAYLOADS
from tests.tui.table_memory import (
    COLUMNS,
    MemorySource,
    all_found,
    cells_of,
    of,
    shown,
    table_of,
)
from tui.table import messages
from tui.table.columns import Column
from tui.table.rows import Cells, Order
from tui.table.view import WindowTable

MARKUP = ("[bold]x[/]", "[/x]", "[", "[@click=app.quit]x[/]", "Kementerian [KKM]")


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

    async def test_a_busy_writer_does_not_keep_the_rows_from_being_found(self) -> None:
        source = MemorySource.invented(1000)
        source.gate.clear()
        async with shown(table_of(source), wait=False) as screen:
            source.wait_until_asked()
            for _ in range(3):
                source.changes += 1
                screen.table._look_again()
            assert len(source.asked) == 1
            source.gate.set()
            await all_found(screen.pilot, screen.table)
            screen.table._look_again()
            assert screen.table.pending
            await all_found(screen.pilot, screen.table)
            assert len(source.asked) == 2

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
