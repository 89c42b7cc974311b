"""The workbook's looks: readable without colour, and rows tall enough for what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.cells import put
from exports.styles import ROW_HEIGHT, TALLEST_ROW, Style, add_styles, height_for, light
from exports.workbook_file import new_workbook

LIGHTS = [light(word) for word in ("critical", "high", "medium", "low", "info")] + [
    light(word) for word in ("pass", "fail", "not_assessed", "not_applicable")
]


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [level / 255 for level in bytes.fromhex(colour[-6:])]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("style", list(Style))
def test_every_style_can_be_read_also_in_grey(style: Style) -> None:
    workbook = new_workbook()
    cell = put(workbook.create_sheet("a"), 1, 1, "text", style)
    ink = luminance(cell.font.color.rgb)
    paper = luminance(cell.fill.fgColor.rgb) if cell.fill.fill_type else 1.0
    contrast = (max(ink, paper) + 0.05) / (min(ink, paper) + 0.05)
    assert contrast >= 4.5
    assert cell.style.startswith("rasmi_")
    assert cell.font.name == "Arial"


def test_worse_severities_are_darker_in_grey() -> None:
    sheet = new_workbook().create_sheet("a")
    papers = [luminance(put(sheet, 1, 1, "x", style).fill.fgColor.rgb) for style in LIGHTS[:4]]
    assert papers == sorted(papers)
    assert len(set(papers)) == 4


def test_only_answers_are_unlocked() -> None:
    sheet = new_workbook().create_sheet("a")
    unlocked = {style for style in Style if not put(sheet, 1, 1, "x", style).protection.locked}
    assert unlocked == {Style.ANSWER, Style.ANSWER_DATE}


def test_styles_are_added_once() -> None:
    workbook = Workbook()
    add_styles(workbook)
    names = list(workbook.style_names)
    add_styles(workbook)
    assert list(workbook.style_names) == names


def test_a_light_that_is_none() -> None:
    with pytest.raises(KeyError):
        light("title")


def test_large_letters_make_their_row_taller() -> None:
    sheet = new_workbook().create_sheet("a")
    put(sheet, 1, 1, "Laporan", Style.TITLE)
    put(sheet, 1, 2, "kecil", Style.TEXT)
    put(sheet, 2, 1, "kecil", Style.TEXT)
    assert sheet.row_dimensions[1].height >= 20
    assert sheet.row_dimensions[2].height is None


class TestHeights:
    @pytest.mark.parametrize(
        ("texts", "lines"),
        [
            ([], 1),
            ([("", 10)], 1),
            ([("short", 10)], 1),
            ([("one\ntwo\n\nfour", 40)], 4),
            ([("short", 10), ("one\ntwo", 40)], 2),
            ([("pentadbir " * 4, 12)], 4),  # a long word a line, however much room is left
            ([("x" * 100, 21)], 4),
            ([("漢" * 20, 21)], 2),
        ],
    )
    def test_known_texts(self, texts: list[tuple[str, float]], lines: int) -> None:
        assert height_for(texts) == lines * 12 + 3

    @given(st.text("ab \n漢", max_size=400), st.floats(0, 100))
    def test_a_row_is_never_lower_than_a_line_or_higher_than_excel_takes(
        self, text: str, width: float
    ) -> None:
        height = height_for([(text, width)])
        assert ROW_HEIGHT <= height <= TALLEST_ROW
        assert height >= min(TALLEST_ROW, 12 * (text.count("\n") + 1))
        assert height_for([(text + "\nmore", width)]) >= height
