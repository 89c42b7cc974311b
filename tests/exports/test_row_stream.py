"""Streamed rows are the rows openpyxl itself would write, cell by cell."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from exports import row_xml
from exports.cells import Place, attach, clean, fill, put
from exports.row_stream import ColumnSpec, Entry, Item, Streamed, stream_rows
from exports.styles import Style, add_styles, colour_words, light
from exports.workbook_file import new_workbook, save
from tests.exports.payloads import FORMULAS, ODDITIES

WHEN = date(2026, 1, 2)
COLUMNS = [
    ColumnSpec("No.", 6, Style.NUMBER),
    ColumnSpec("Organisation", 30, Style.WRAP),
    ColumnSpec("Seen", 12, Style.DATE),
    ColumnSpec("Severity", 12),
    ColumnSpec("Address", 40, Style.LINK),
]


def mixed_rows(count: int) -> list[list[Item]]:
    """Every kind of value in every column, the ordinary ones far more often."""
    odd = [*FORMULAS, *ODDITIES, None, "", 0, -3, 2.5, 10**16, 1e300, WHEN, date(1899, 1, 1)]
    rows: list[list[Item]] = []
    for n in range(count):
        url = f"https://example.org/contoh.{n}?a=1&b={n}"
        row: list[Item] = [
            n,
            f"Kementerian Contoh {n} " + "dan jabatan di bawahnya " * (n % 5),
            WHEN - timedelta(days=n),
            Entry("high", light("high"), Place("Sheet's", f"A{n + 1}")),
            Entry(url, None, url) if n % 2 else url,
        ]
        if n % 3 == 0:
            row[n % 5] = odd[n // 3 % len(odd)]
        rows.append(row)
    return rows


def streamed(path: Path, rows: Iterable[Sequence[Item]], **options: Any) -> Worksheet:
    """Save one sheet of streamed rows and read it back."""
    workbook = new_workbook()
    stream_rows(workbook.create_sheet("Sheet's"), COLUMNS, rows, **options)
    save(workbook, path, when=WHEN, replace=True)
    return load_workbook(path).worksheets[0]


def written_by_openpyxl(path: Path, rows: Iterable[Sequence[Item]]) -> Worksheet:
    """Save the same with openpyxl's own writer for many rows."""
    workbook = Workbook(write_only=True)
    add_styles(workbook)
    sheet = workbook.create_sheet("Sheet's")
    head = [ColumnSpec(spec.header, spec.width, spec.header_style) for spec in COLUMNS]
    titles = [spec.header for spec in COLUMNS]
    for number, row in enumerate([titles, *rows], 1):
        cells = []
        for column, (spec, item) in enumerate(
            zip(head if number == 1 else COLUMNS, row, strict=True), 1
        ):
            entry = item if isinstance(item, Entry) else Entry(item)
            cell = WriteOnlyCell(sheet)
            cell.row, cell.column = number, column
            fill(cell, entry.value, entry.style or spec.style)
            if entry.link is not None:
                attach(cell, entry.link)
            cells.append(cell)
        sheet.append(cells)
    workbook.save(path)
    return load_workbook(path).worksheets[0]


def everything(cell: Any, looks: dict[int, str]) -> tuple[object, ...]:
    """All that can be seen of a cell and all that Excel makes of it."""
    if cell.style_id not in looks:
        parts = (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)
        looks[cell.style_id] = repr((cell.style, cell.number_format, cell.quotePrefix, *parts))
    link = cell.hyperlink
    return cell.value, cell.data_type, link and (link.target, link.location), looks[cell.style_id]


def assert_same(ours: Worksheet, theirs: Worksheet) -> None:
    """Compare two sheets cell by cell."""
    assert ours.max_row == theirs.max_row
    our_looks: dict[int, str] = {}
    their_looks: dict[int, str] = {}
    for our_row, their_row in zip(ours.iter_rows(), theirs.iter_rows(), strict=True):
        for our_cell, their_cell in zip(our_row, their_row, strict=True):
            our_all, their_all = (
                everything(our_cell, our_looks),
                everything(their_cell, their_looks),
            )
            assert our_all == their_all, our_cell.coordinate


class TestTheSameAsOpenpyxl:
    def test_cell_by_cell(self, tmp_path: Path) -> None:
        rows = mixed_rows(1_000)
        ours = streamed(tmp_path / "ours.xlsx", rows)
        assert ours.max_row == 1_001
        assert_same(ours, written_by_openpyxl(tmp_path / "theirs.xlsx", rows))

    def test_and_the_same_without_streaming(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = mixed_rows(600)
        fast = streamed(tmp_path / "fast.xlsx", rows)
        monkeypatch.setattr(openpyxl, "__version__", "3.2.0")
        slow = streamed(tmp_path / "slow.xlsx", rows)
        assert_same(fast, slow)
        heights = [
            {n: sheet.row_dimensions[n].height for n in range(1, 602)} for sheet in (fast, slow)
        ]
        assert heights[0] == heights[1]
        assert fast.auto_filter.ref == slow.auto_filter.ref == "A1:E601"

    @settings(max_examples=10)
    @given(
        st.lists(
            st.text(st.characters())
            | st.integers()
            | st.integers(-1_000_000, 1_000_000).map(lambda n: n / 8)  # openpyxl keeps 16 digits
            | st.dates()
            | st.none(),
            min_size=40,
            max_size=80,
        )
    )
    def test_any_value_of_a_record(self, tmp_path_factory: Any, values: list[Any]) -> None:
        path = tmp_path_factory.mktemp("any") / "a.xlsx"
        rows = [[value, value, value, Entry(value, Style.PASS), value] for value in values]
        ours = streamed(path, rows)
        assert_same(ours, written_by_openpyxl(path.with_name("b.xlsx"), rows))


class TestNothingBecomesAFormula:
    def test_in_no_column_however_the_rows_are_written(self, tmp_path: Path) -> None:
        ordinary: list[list[Item]] = [["a" * (n % 9 + 1) + str(n)] * 5 for n in range(1_200)]
        hostile: list[list[Item]] = [[text] * 5 for text in FORMULAS]
        sheet = streamed(tmp_path / "a.xlsx", [*ordinary, *hostile, *ordinary])
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert kinds == {"s"}
        for number, text in enumerate(FORMULAS, 1_202):
            assert [cell.value for cell in sheet[number]] == [clean(text)] * 5
        xml = ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml")
        assert b"<f" not in xml.replace(b"<filter", b"").replace(b"<font", b"")

    @pytest.mark.parametrize(
        "odd", ["a" * 40_000, "ab\n" * 20_000 + "ab", "a\n=1+1", "a_x000D_", "a ", "a&b", "", "ä"]
    )
    def test_nor_is_one_odd_text_overlooked_among_many_plain_ones(
        self, tmp_path: Path, odd: str
    ) -> None:
        texts = [f"text {n}" for n in range(1_000)] + [odd] + ["text"] * 3
        sheet = streamed(tmp_path / "a.xlsx", [[1, text, None, text, text] for text in texts])
        assert [row[3].value for row in sheet.iter_rows(min_row=2)] == [
            clean(text) or None for text in texts
        ]

    def test_not_in_a_header_either(self, tmp_path: Path) -> None:
        workbook = new_workbook()
        sheet = workbook.create_sheet("a")
        stream_rows(sheet, [ColumnSpec("=1+1", 10)], [["x"]])
        save(workbook, tmp_path / "a.xlsx", when=WHEN)
        cell = load_workbook(tmp_path / "a.xlsx").worksheets[0]["A1"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")


class TestTheSheet:
    def test_headers_stand_below_what_was_there_and_are_frozen_repeated_filtered(
        self, tmp_path: Path
    ) -> None:
        workbook = new_workbook()
        sheet = workbook.create_sheet("Akaun")
        put(sheet, 1, 1, "Inventori", Style.TITLE, "https://example.org/a?b=1&c=2")
        first = stream_rows(sheet, COLUMNS, mixed_rows(4), freeze_columns=2)
        save(workbook, tmp_path / "a.xlsx", when=WHEN)
        read = load_workbook(tmp_path / "a.xlsx")["Akaun"]
        assert first == 3
        assert read["A1"].hyperlink.target == "https://example.org/a?b=1&c=2"
        assert [cell.value for cell in read[2]] == [spec.header for spec in COLUMNS]
        assert [read.column_dimensions[name].width for name in "ABCDE"] == [6, 30, 12, 12, 40]
        assert (read.freeze_panes, read.auto_filter.ref) == ("C3", "A2:E6")
        assert read.print_title_rows == "$2:$2"

    def test_no_rows_give_a_sheet_of_headers(self, tmp_path: Path) -> None:
        sheet = streamed(tmp_path / "a.xlsx", [])
        assert (sheet.max_row, sheet.auto_filter.ref) == (1, "A1:E1")

    def test_what_needs_the_last_row_is_done_when_it_is_known(self, tmp_path: Path) -> None:
        workbook = new_workbook()
        sheet = workbook.create_sheet("Akaun")
        told: list[Streamed] = []

        def then(done: Streamed) -> None:
            told.append(done)
            colour_words(sheet, f"D{done.first_row}:D{done.last_row}", [("high", Style.HIGH)])

        stream_rows(sheet, COLUMNS, iter(mixed_rows(700)), then=then)
        save(workbook, tmp_path / "a.xlsx", when=WHEN)
        rules = load_workbook(tmp_path / "a.xlsx")["Akaun"].conditional_formatting
        assert told == [Streamed(2, 701, 0)]
        assert [str(rule.sqref) for rule in rules] == ["D2:D701"]

    def test_rows_are_as_tall_as_their_texts(self, tmp_path: Path) -> None:
        texts = ["short", "word " * 40, "one\ntwo\nthree", "x" * 40_000]
        rows: list[list[Item]] = [[1, Entry(text), None, None, None] for text in texts]
        sheet = streamed(tmp_path / "a.xlsx", rows)
        heights = [sheet.row_dimensions[number].height for number in range(2, 6)]
        assert heights[0] is None  # the sheet's own height, one line
        assert 60 < heights[1] < 110
        assert heights[2] == 39
        assert heights[3] == 409


class TestLinks:
    def test_a_link_too_many_is_left_out_and_counted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(row_xml, "MOST_LINKS", 10)
        told: list[Streamed] = []
        rows = [[1, "a", None, "x", Entry("u", None, "https://example.org")] for _ in range(14)]
        sheet = streamed(tmp_path / "a.xlsx", rows, then=told.append)
        linked = [row[4].hyperlink is not None for row in sheet.iter_rows(min_row=2)]
        assert linked == [True] * 10 + [False] * 4
        assert told[0].links_left_out == 4
        assert sheet["E15"].value == "u"

    def test_one_address_is_stored_once_however_many_cells_lead_to_it(self, tmp_path: Path) -> None:
        rows = [[1, "a", None, "x", Entry("u", None, "https://example.org/'&x")] for _ in range(9)]
        sheet = streamed(tmp_path / "a.xlsx", rows)
        assert {row[4].hyperlink.target for row in sheet.iter_rows(min_row=2)} == {
            "https://example.org/'&x"
        }
        relations = ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/_rels/sheet1.xml.rels")
        assert relations.count(b"<Relationship ") == 1

    def test_unsafe_links_are_text(self, tmp_path: Path) -> None:
        bad = ["javascript:alert(1)", "file:///etc/passwd", "\\\\evil\\x", "https://a:b@c.example"]
        rows = [[1, "a", None, "x", Entry(url, Style.LINK, url)] for url in bad]
        sheet = streamed(tmp_path / "a.xlsx", rows)
        assert [row[4].hyperlink for row in sheet.iter_rows(min_row=2)] == [None] * 4
        assert [row[4].value for row in sheet.iter_rows(min_row=2)] == bad


class TestMistakes:
    def test_a_row_that_does_not_fit_its_columns(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="row 3 has 4 values for 5 columns"):
            streamed(tmp_path / "a.xlsx", [["a"] * 5, ["a"] * 4])
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("before", [[], [1, 0], [Entry(1), Entry(0)]])
    @pytest.mark.parametrize("truth", [True, False, Entry(True), Entry(False, Style.PASS)])
    def test_a_truth_value(self, tmp_path: Path, before: list[Item], truth: Item) -> None:
        rows: list[list[Item]] = [[number, "a", None, "x", "y"] for number in [*before, truth]]
        with pytest.raises(TypeError, match="bool"):
            streamed(tmp_path / "a.xlsx", rows)

    def test_rows_twice_for_one_sheet(self) -> None:
        sheet = new_workbook().create_sheet("a")
        stream_rows(sheet, COLUMNS, [])
        with pytest.raises(ValueError, match="already"):
            stream_rows(sheet, COLUMNS, [])

    def test_a_workbook_saved_twice_never_loses_its_rows_unnoticed(self, tmp_path: Path) -> None:
        workbook = new_workbook()
        stream_rows(workbook.create_sheet("a"), COLUMNS, mixed_rows(3))
        save(workbook, tmp_path / "a.xlsx", when=WHEN)
        with pytest.raises(ValueError, match="build it anew"):
            save(workbook, tmp_path / "b.xlsx", when=WHEN)

    def test_more_rows_than_a_sheet_holds(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("exports.row_stream.LAST_ROW", 300)
        assert streamed(tmp_path / "a.xlsx", mixed_rows(299)).max_row == 300
        with pytest.raises(ValueError, match="no more"):
            streamed(tmp_path / "a.xlsx", mixed_rows(300))


def test_rows_are_read_as_they_are_written_and_not_all_at_once(tmp_path: Path) -> None:
    sizes: list[int] = []

    def rows() -> Iterable[list[Item]]:
        for n in range(20_000):
            if n % 5_000 == 0:
                parts = list(tmp_path.glob(".rasmi-*.part"))
                sizes.append(parts[0].stat().st_size)
            yield [n, f"Kementerian {n * 7919 % 10_007} {n * 104_729 % 65_537}", WHEN, "x", "y"]

    streamed(tmp_path / "a.xlsx", rows())
    assert sizes == sorted(set(sizes))
