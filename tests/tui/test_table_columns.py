"""Columns share the width of the screen, and texts are cut by cells, never by characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.table.columns import ELLIPSIS, GAP, Column, clip, fit, lay_out
from tui.table.geometry import BAR, GUTTER, geometry

FLAG, FAMILY = "\U0001f1f2\U0001f1fe", "\U0001f468\U0001f469"


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("Selangor", 8, "Selangor"),
        ("Selangor", 7, "Selang…"),
        ("Selangor", 1, "…"),
        ("Selangor", 0, ""),
        ("部门网站", 8, "部门网站"),
        ("部门网站", 7, "部门网…"),
        ("部门网站", 6, "部门…"),
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("cafe\u0301s", 4, "caf…"),
        ("cafe\u0301sx", 5, "cafe\u0301…"),
        ("👍👍👍", 5, "👍👍…"),
        ("", 3, ""),
    ],
)
def test_a_text_is_cut_by_cells(text: str, width: int, clipped: str) -> None:
    assert clip(text, width) == clipped


@given(st.text(max_size=40), st.integers(0, 30), st.sampled_from(["left", "right"]))
def test_a_fitted_text_fills_its_cells_exactly(text: str, width: int, align: str) -> None:
    shown = "".join(character for character in text if character.isprintable())
    assert cell_len(fit(shown, width, align)) == width  # type: ignore[arg-type]


@given(st.text(alphabet="ab部\u0301👍" + FLAG, max_size=30), st.integers(1, 20))
def test_a_cut_text_is_a_beginning_of_the_whole(text: str, width: int) -> None:
    clipped = clip(text, width)
    assert clipped == text or text.startswith(clipped.removesuffix(ELLIPSIS))


def test_a_cell_of_a_megabyte_is_cut_like_any_other() -> None:
    assert clip("部" * 1_000_000, 9) == "部部部部…"
    assert cell_len(fit("\u0301" * 1_000_000 + "x", 9)) == 9


COLUMNS = [
    Column("a", "A", 10, grow=1),
    Column("b", "B", 5),
    Column("c", "C", 5, grow=2),
]


@pytest.mark.parametrize(
    ("available", "widths"),
    [(10, [10, 5, 5]), (22, [10, 5, 5]), (25, [11, 5, 7]), (26, [11, 5, 8]), (52, [20, 5, 25])],
)
def test_columns_that_grow_share_what_is_left(available: int, widths: list[int]) -> None:
    places = lay_out(COLUMNS, available)
    assert [place.width for place in places] == widths
    assert [place.x for place in places[1:]] == [place.end + GAP for place in places[:-1]]


@given(st.integers(0, 60), st.integers(0, 12), st.integers(-5, 60))
def test_what_is_in_sight_lies_inside_the_table(width: int, height: int, offset: int) -> None:
    table = geometry(width, height, COLUMNS, offset)
    assert table.header + table.body + table.footer == height
    end = GUTTER
    for slot in table.slots:
        assert slot.x >= end
        assert slot.width > 0
        end = slot.x + slot.width
        assert end <= max(0, width - BAR)


@given(st.integers(12, 60), st.integers(0, 60), st.integers(0, 2))
def test_revealing_a_column_shows_its_start(width: int, offset: int, number: int) -> None:
    table = geometry(width, 10, COLUMNS, offset).revealing(number)
    slots = {slot.number: slot for slot in table.slots}
    if table.view:
        assert slots[number].skip == 0


def test_a_cell_of_the_screen_belongs_to_one_column() -> None:
    table = geometry(GUTTER + 22 + BAR, 10, COLUMNS)
    at = [table.column_at(x) for x in range(GUTTER + 22 + BAR)]
    assert at[:GUTTER] == [None, None]
    assert at[GUTTER : GUTTER + 22] == [0] * 11 + [1] * 6 + [2] * 5


def test_no_columns_is_an_empty_table() -> None:
    assert geometry(80, 24, ()).slots == ()
