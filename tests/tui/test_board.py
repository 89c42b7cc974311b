"""Figures on a board: bars that fit, lines that are exact, and the way from cell to cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui.widgets.bars import bar, big_digits, shares, sparkline
from tui.widgets.lines import Line, fitted, padded, piece, spread, width_of, wrapped_pieces
from tui.widgets.picture import Pillar, lay_out, next_cell, section_cell


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(2, 80))
def test_three_shares_always_fill_their_cells(
    number: int, unknown: int, rest: int, cells: int
) -> None:
    """Whatever the numbers, the pieces take exactly the cells, and what there is shows."""
    solid, unclear, others = shares(number, unknown, rest, cells)
    assert len(solid + unclear + others) == cells
    assert bool(solid) == bool(number)
    assert bool(unclear) == bool(unknown)


@pytest.mark.parametrize(
    ("number", "largest", "cells", "drawn"),
    [
        (0, 10, 8, ""),
        (10, 10, 8, "████████"),
        (5, 10, 8, "████"),
        (1, 1000, 8, "▏"),
        (9, 16, 1, "▌"),
        (20, 10, 4, "████"),
        (3, 0, 4, ""),
    ],
)
def test_a_bar_counts_in_eighths(number: int, largest: int, cells: int, drawn: str) -> None:
    """A bar is as long as its share, never longer than the whole, never nothing for something."""
    assert bar(number, largest, cells) == drawn


def test_a_course_begins_at_nothing() -> None:
    """Zero is the lowest block, the largest value the highest."""
    assert sparkline([0, 4, 8]) == "▁▅█"
    assert sparkline([]) == ""


def test_big_digits_are_equally_wide_on_their_lines() -> None:
    """Each of the three lines has the same cells."""
    assert len({len(line) for line in big_digits("1,234,567,890")}) == 1


@given(st.text(max_size=30), st.integers(0, 40))
def test_a_piece_is_fitted_to_the_cell(text: str, width: int) -> None:
    """Wide, combining and hostile characters included."""
    assert fitted(piece(text), width).width == width
    assert fitted(piece(text), width, "right").width == width


@given(st.lists(st.text(max_size=12), max_size=6), st.integers(1, 60))
def test_a_padded_line_is_exact(texts: list[str], width: int) -> None:
    """A line is filled or cut to the cells there are."""
    assert width_of(padded(tuple(piece(text) for text in texts), width)) == width


def test_pieces_that_do_not_fit_go_to_the_next_line() -> None:
    """No line is longer than asked."""
    lines = wrapped_pieces([piece("12345"), piece("1234"), piece("123456")], 10, " ")
    assert ["".join(one.content.plain for one in line) for line in lines] == [
        "12345 1234",
        "123456",
    ]


def grid(name: str, rows: int) -> list[Line]:
    """Make a section of two columns of cells under a heading."""
    return [
        (piece(name),),
        *(
            spread([piece(f"{y}a", "", f"{name}{y}a"), piece(f"{y}b", "", f"{name}{y}b")], [6, 4])
            for y in range(rows)
        ),
    ]


PICTURE = lay_out(
    [
        [Pillar(30, [grid("top", 1)])],
        [Pillar(14, [grid("left", 2), grid("under", 1)]), Pillar(13, [grid("right", 4)])],
    ]
)


@pytest.mark.parametrize(
    ("start", "dx", "dy", "end"),
    [
        ("top0a", 1, 0, "top0b"),
        ("top0b", 1, 0, "top0b"),
        ("top0a", 0, -1, "top0a"),
        ("top0b", 0, 1, "left0b"),
        ("left0b", 1, 0, "right0a"),
        ("right1a", -1, 0, "left1b"),
        ("left1a", 0, 1, "under0a"),
        ("under0a", 0, 1, "under0a"),
        ("under0b", 1, 0, "right3a"),
        ("right0b", 0, -1, "top0b"),
        ("under0a", 0, -1, "left1a"),
    ],
)
def test_arrows_go_where_they_point(start: str, dx: int, dy: int, end: str) -> None:
    """Within a column first, then to the band above or below, or the column beside."""
    cell = PICTURE.at(start)
    assert cell is not None
    assert next_cell(PICTURE.cells, cell, dx, dy).opens == end


def test_tab_goes_round_the_sections() -> None:
    """From section to section, after the last to the first again."""
    cell = PICTURE.at("left1b")
    assert cell is not None
    seen = []
    for _turn in range(4):
        cell = section_cell(PICTURE.cells, cell, 1)
        seen.append(cell.opens)
    assert seen == ["under0a", "right0a", "top0a", "left0a"]


def test_all_lines_of_columns_side_by_side_are_equally_wide() -> None:
    """Blank lines between sections hold their column's place."""
    widths = [width_of(line) for line in PICTURE.lines[3:]]
    assert set(widths) == {14 + 3 + 13}


def test_text_from_data_is_inert_in_a_piece() -> None:
    """No markup and no control character survives as such."""
    content = piece("[red]x\x1b[31m\u202e", "bold").content
    assert isinstance(content, Content)
    assert content.plain == "[red]x␛[31m\\u202e"
