"""Workbooks: every cell becomes the text its reader would take it for; what is doubtful is said."""

import io
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.importing.door import DEFAULT, FileRefused
from tests.inventory import hostile_files as hostile
from tests.inventory.reading_in_process import read


def saved(book):
    """Return `book` as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_rows(rows, **options):
    """Return what is read from a workbook with these rows."""
    return read(hostile.workbook(rows), "akaun.xlsx", **options)


def read_cell(xml, **parts):
    """Return the text of one cell given as XML, below a header."""
    row = f'<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c>{xml}</row>'
    data = hostile.with_parts({hostile.SHEET: hostile.sheet(hostile.HEADER + row), **parts})
    return read(data, "akaun.xlsx").cells[0][1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Jabatan Contoh", "Jabatan Contoh"),
        ("00123", "00123"),
        ("100064677642888123", "100064677642888123"),
        ("=1+1 bukan formula", ""),
        (12, "12"),
        (12.0, "12"),
        (-3, "-3"),
        (0, "0"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("#N/A", "#N/A"),
        (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20), "2026-11-20"),  # noqa: DTZ001 - Excel knows no zone
        (datetime(2026, 11, 20, 13, 45), "2026-11-20 13:45:00"),  # noqa: DTZ001
        (time(13, 45), "13:45:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        ("satu\ndua", "satu\ndua"),
        ("ناس ☎ 😀", "ناس ☎ 😀"),
        (None, ""),
    ],
)
def test_what_a_cell_says(value, text):
    reading = read_rows([["Nama", "Nilai", "Kod"], ["A", value, "Z"]])

    assert reading.cells == [["A", text, "Z"]]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="B2"><v>404</v></c>', "404"),
        ('<c r="B2"><v>1.00064677642E+14</v></c>', "100064677642000"),
        ('<c r="B2"><v>1E400</v></c>', "1E400"),
        ('<c r="B2"><v>NaN</v></c>', "NaN"),
        ('<c r="B2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="B2" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="B2" t="str"><f>A1</f><v>hasil</v></c>', "hasil"),
        ('<c r="B2" t="d"><v>2026-11-20T00:00:00</v></c>', "2026-11-20"),
        ('<c r="B2" t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r></is></c>', "a b"),
        ('<c r="B2" t="inlineStr"><is><t>字</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>', "字"),
        ('<c r="B2" t="inlineStr"><is><t>a_x000D_b_x005F_x000D_c</t></is></c>', "a\rb_x000D_c"),
        ('<c r="B2" t="inlineStr"><is><t>nama_xface_</t></is></c>', "nama_xface_"),
        ('<c r="B2" t="inlineStr"><is><t>a &amp; b</t></is></c>', "a & b"),
        ("<c><v>7</v></c>", "7"),
    ],
)  # fmt: skip
def test_what_the_xml_of_a_cell_says(xml, text):
    assert read_cell(xml) == text


def test_a_number_typed_into_a_column_of_dates_stays_a_number():
    """It is no day of 1901."""
    book = openpyxl.Workbook()
    book.active.append(["Nama", "Tarikh"])
    for value in (404, date(2026, 2, 13)):
        book.active.append(["A", value])
        book.active.cell(book.active.max_row, 2).number_format = "yyyy-mm-dd"

    assert [cells[1] for cells in read(saved(book)).cells] == ["404", "2026-02-13"]


def test_dates_counted_from_1904():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["Nama", "Tarikh"])
    book.active.append(["A", date(2026, 11, 20)])

    assert read(saved(book)).cells == [["A", "2026-11-20"]]


def test_zeros_that_the_format_shows_are_kept():
    book = openpyxl.Workbook()
    book.active.append(["Nama", "Kod"])
    book.active.append(["A", 123])
    book.active["B2"].number_format = "00000"

    assert read(saved(book)).cells == [["A", "00123"]]


@pytest.mark.parametrize(
    ("number", "text", "rounded"),
    [
        ("100064677642888", "100064677642888", False),
        ("12345678901234567", "12345678901234567", True),
        ("1.2345678901234500E+16", "12345678901234500", True),
        ("1234567890123456.5", "1234567890123456.5", False),
        ("0.1234567890123456789", "0.123456789012346", False),
    ],
)
def test_an_id_that_excel_rounded_is_named(number, text, rounded):
    row = f'<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>{number}</v></c></row>'
    reading = read(hostile.with_sheet(hostile.HEADER + row))

    assert reading.cells == [["1", text]]
    assert len(reading.warnings) == rounded
    assert all(warning.endswith(": B2.") for warning in reading.warnings)


def test_a_formula_without_a_saved_result_is_named():
    reading = read_rows([["Nama", "Pautan"], ["A", "=A1"], ["B", '=HYPERLINK("x")']])

    assert reading.cells == [["A", ""], ["B", ""]]
    assert reading.warnings == ["Formulas without a saved result were read as empty: B2, B3."]


# Rows and columns.


def test_row_numbers_are_those_of_the_sheet():
    reading = read_rows([["Senarai"], [], ["Nama", "Pautan"], ["A", "x"], [], ["B", "y"]])

    assert reading.headers == ["Nama", "Pautan"]
    assert reading.rows == [(4, ["A", "x"]), (6, ["B", "y"])]
    assert reading.warnings == ["Lines above the header were not read as rows: rows 1 to 1."]


def test_blank_cells_at_the_end_of_a_row_are_no_damage():
    reading = read_rows([["Nama", "Pautan", "Nota"], ["A"], ["B", "x"]])

    assert reading.cells == [["A", "", ""], ["B", "x", ""]]
    assert reading.warnings == []


def test_a_wrong_dimension_loses_nothing():
    data = hostile.with_sheet(hostile.HEADER + hostile.ROW)
    with_dimension = hostile.with_parts(
        {
            hostile.SHEET: hostile.sheet(hostile.HEADER + hostile.ROW).replace(
                "<sheetData>", '<dimension ref="A1"/><sheetData>'
            )
        }
    )

    assert read(with_dimension).cells == read(data).cells != []


def test_a_sheet_in_another_prefix_is_read():
    prefixed = (
        hostile.sheet(hostile.HEADER + hostile.ROW)
        .replace("</", "</x:")
        .replace("<", "<x:")
        .replace("<x:/x:", "</x:")
        .replace("<x:?", "<?")
        .replace("xmlns=", "xmlns:x=")
    )

    assert read(hostile.with_parts({hostile.SHEET: prefixed})).cells == [
        ["Jabatan Contoh", "https://x.com/contoh"]
    ]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"/><row r="2"/>',
        '<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="ABCD2"><v>1</v></c></row>',
        '<row r="2"><c r="1A"><v>1</v></c></row>',
        '<row r="0"/>',
        '<row r="-1"/>',
        '<row r="x"/>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
    ],
)
def test_cells_out_of_order_are_damage(rows):
    with pytest.raises(FileRefused, match="damaged"):
        read(hostile.with_sheet(hostile.HEADER + rows))


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"elements": 4}, "too many cells"),
        ({"columns": 1}, "up to 1 columns"),
        ({"parts": 3}, "parts"),
    ],
)
def test_limits(limits, says):
    with pytest.raises(FileRefused, match=says):
        read(hostile.workbook(), limits=replace(DEFAULT, **limits))


# Sheets.


def three_sheets():
    """Return a workbook with a cover, a hidden list, a list, and another one."""
    book = openpyxl.Workbook()
    book.active.title = "Muka depan"
    book.active.append(["Senarai akaun"])
    for title, state in (("Lama", "hidden"), ("Akaun", "visible"), ("Lain", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        sheet.append(["Nama", "Pautan"])
        sheet.append([title, "x"])
    book.create_chartsheet("Carta")
    return saved(book)


def test_the_first_visible_sheet_with_a_table_is_read_and_the_others_are_named():
    reading = read(three_sheets())

    assert reading.detail == "sheet Akaun"
    assert reading.cells == [["Akaun", "x"]]
    assert reading.warnings == [
        "Other sheets of the workbook were not read: Muka depan, Lama, Lain."
    ]


@pytest.mark.parametrize("title", ["Lain", "lain ", "LAIN"])
def test_a_sheet_can_be_named(title):
    reading = read(three_sheets(), sheet=title)

    assert reading.cells == [["Lain", "x"]]
    assert reading.warnings == []


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(FileRefused, match="no sheet called Tiada") as caught:
        read(three_sheets(), sheet="Tiada")

    assert "Akaun, Lain" in caught.value.remedy


def test_a_workbook_with_nothing_in_it_is_refused():
    with pytest.raises(FileRefused, match="holds any rows"):
        read(saved(openpyxl.Workbook()))


def test_links_to_other_workbooks_are_told():
    data = hostile.with_parts({"xl/externalLinks/externalLink1.xml": "<externalLink/>"})

    assert read(data).warnings == [
        "Values taken from other workbooks are read as they were last saved."
    ]


def test_pictures_and_custom_parts_do_not_matter():
    data = hostile.with_parts(
        {
            "xl/media/image1.png": b"\0\xff" * 100,
            "customXml/item1.xml": '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"),
        }
    )

    assert read(data).cells == [["Jabatan Contoh", "https://x.com/contoh"]]


# Against openpyxl's own reader.


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=10).filter(
        lambda text: not text.startswith("=") and "_x" not in text and text not in ("\ufffe", "")
        and not any(mark in text for mark in "\ufffe\uffff")
    ),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=5))
def test_what_openpyxl_writes_is_read_back(rows):
    reading = read_rows([["Nama", "Pautan", "Nota"], *rows])
    expected = [[in_words(value) for value in row] for row in rows]

    assert reading.cells == [row for row in expected if any(cell.strip() for cell in row)]


def in_words(value):
    """Return what `value` should be read as."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if text.strip() else ""
