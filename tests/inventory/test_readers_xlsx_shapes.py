"""Lists as people lay them out: merged cells, two header rows, headings, notes, second tables."""

import io

import openpyxl
import pytest

from inventory.importing.sheet_frame import Area, area_named
from tests.inventory import hostile_files as hostile
from tests.inventory.reading_in_process import read

PAGE = "https://www.facebook.com/contoh"
HEADINGS = "Headings across the table stand in a column beside their rows: {}."
BELOW = "Lines below the table were not read as rows: {}."
REPEATED = "The header is repeated; it was not read as a row: {}."
SECOND = (
    "Another table begins at row {} and was not read; to read it, put it on a sheet of its own."
)
LIST = ["Bil", "Agensi", "Platform", "Pautan"]


def book_of(rows, merged=()):
    """Return a workbook with these rows, some of whose cells are merged."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    return book


def read_book(book, **options):
    """Return what is read of `book`."""
    out = io.BytesIO()
    book.save(out)
    return read(out.getvalue(), "akaun.xlsx", **options)


def read_sheet(rows, merged=()):
    """Return what is read of a sheet with these rows and merged cells."""
    return read_book(book_of(rows, merged))


# Merged cells.


def test_a_name_merged_over_rows_holds_for_each_of_them():
    reading = read_sheet(
        [
            ["Agensi", "Platform", "Pautan"],
            ["Jabatan Satu", "Facebook", "a"],
            [None, "X", "b"],
            [],
            [None, "TikTok", "c"],
            ["Jabatan Dua", "Facebook", "d"],
            [None, "X", "e"],
        ],
        ["A2:A5"],
    )

    assert reading.rows == [
        (2, ["Jabatan Satu", "Facebook", "a"]),
        (3, ["Jabatan Satu", "X", "b"]),
        (5, ["Jabatan Satu", "TikTok", "c"]),
        (6, ["Jabatan Dua", "Facebook", "d"]),
        (7, ["", "X", "e"]),
    ]


def test_the_last_column_may_be_merged_too():
    reading = read_sheet(
        [["Agensi", "Pautan", "Catatan"], ["A", "a", "baru"], ["B", "b"]], ["C2:C3"]
    )

    assert reading.cells == [["A", "a", "baru"], ["B", "b", "baru"]]


def test_cells_merged_over_rows_and_columns_fill_their_first_column():
    reading = read_sheet(
        [["Agensi", "Nota", "Pautan"], ["A", None, "a"], [None, None, "b"]], ["A2:B3"]
    )

    assert reading.cells == [["A", "", "a"], ["A", "", "b"]]


@pytest.mark.parametrize("area", ["A1:A1048576", "A2:A1048576", "A1:XFD1048576", "B2:XFD3"])
def test_a_merged_area_writes_over_nothing_and_makes_no_row(area):
    merged = f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'
    reading = read(hostile.with_sheet(hostile.HEADER + hostile.ROW, merged))

    assert reading.rows == [(2, ["Jabatan Contoh", "https://x.com/contoh"])]


def test_a_merge_inside_another_ends_where_it_says():
    merged = '<mergeCells><mergeCell ref="A2:A9"/><mergeCell ref="A3:A4"/></mergeCells>'
    rows = hostile.HEADER + "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>{name}</v></c><c r="B{n}"><v>{n}</v></c></row>'
        for n, name in ((2, "A"), (3, "B"), (4, ""), (5, ""))
    )

    assert [row[0] for row in read(hostile.with_sheet(rows, merged)).cells] == ["A", "B", "B", ""]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("B2", Area(2, 1, 2, 1)),
        ("A1:C3", Area(1, 0, 3, 2)),
        ("C3:A1", Area(1, 0, 3, 2)),
        ("A1:XFD1048576", Area(1, 0, 1_048_576, 16_383)),
        ("A0", None),
        ("A1048577", None),
        ("XFE1", None),
        ("A:A", None),
        ("$A$1", None),
        ("", None),
    ],
)
def test_the_names_of_areas(text, area):
    assert area_named(text) == area


# Headers of two rows.


def test_the_names_of_columns_stand_below_the_titles_of_their_groups():
    reading = read_sheet(
        [
            ["DIREKTORI MEDIA SOSIAL"],
            ["Bil", "Agensi", "Media Sosial", None, "Catatan"],
            [None, None, "Facebook", "X", None],
            [1, "Jabatan Satu", "@satu", "@satu", "baru"],
        ],
        ["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"],
    )

    assert reading.headers == ["Bil", "Agensi", "Facebook", "X", "Catatan"]
    assert reading.rows == [(4, ["1", "Jabatan Satu", "@satu", "@satu", "baru"])]
    assert reading.warnings == ["Lines above the header were not read as rows: rows 1 to 1."]


def test_names_not_merged_downwards_are_taken_from_the_row_above():
    reading = read_sheet(
        [["Bil", "Agensi", "Media Sosial"], [None, None, "Facebook", "X", "TikTok"], [1, "A", "a"]],
        ["C1:E1"],
    )

    assert reading.headers == ["Bil", "Agensi", "Facebook", "X", "TikTok"]
    assert reading.rows == [(3, ["1", "A", "a"])]


def test_a_name_that_stands_twice_takes_the_title_of_its_group():
    reading = read_sheet(
        [
            ["Agensi", "Facebook", None, "Instagram", None],
            [None, "Pautan", "Pengikut", "Pautan", "Tarikh"],
            ["A", "a", 1, "b", 2],
        ],
        ["A1:A2", "B1:C1", "D1:E1"],
    )

    assert reading.headers == [
        "Agensi", "Facebook Pautan", "Facebook Pengikut", "Instagram Pautan", "Instagram Tarikh",
    ]  # fmt: skip


def test_a_merged_name_of_a_column_does_not_make_a_row_of_handles_a_header():
    reading = read_sheet(
        [["Agensi", "Pautan", None], ["Jabatan Satu", "satu", "dua"], ["B", "b", "c"]], ["B1:C1"]
    )

    assert reading.headers[:2] == ["Agensi", "Pautan"]
    assert [number for number, _cells in reading.rows] == [2, 3]


def test_a_title_above_the_header_is_no_part_of_it():
    reading = read_sheet(
        [["Senarai akaun", None, "Mac 2026"], ["Agensi", "Pautan", "Nota"], ["A", "a", "n"]]
    )

    assert reading.headers == ["Agensi", "Pautan", "Nota"]


# What is no row of the list.


def test_a_header_repeated_on_every_page_is_not_a_row():
    reading = read_sheet([LIST, [1, "A", "X", "@a"], [], LIST, [2, "B", "X", "@b"]])

    assert [number for number, _cells in reading.rows] == [2, 5]
    assert reading.warnings == [REPEATED.format("row 4")]


def test_a_heading_across_the_table_stands_beside_its_rows():
    reading = read_sheet(
        [LIST, [0, "O", "X", "@o"], ["SATU"], [1, "A", "X"], ["DUA"], [2, "B", "X", "@b", "lebih"]],
        ["A3:D3", "A5:D5"],
    )

    assert reading.headers == [*LIST, "Heading", "Column 6"]
    assert reading.rows == [
        (2, ["0", "O", "X", "@o"]),
        (4, ["1", "A", "X", "", "SATU"]),
        (6, ["2", "B", "X", "@b", "DUA", "lebih"]),
    ]
    assert HEADINGS.format("row 3, row 5") in reading.warnings


def test_the_first_heading_may_stand_above_the_header():
    reading = read_sheet(
        [["SATU"], LIST, [1, "A", "X", "@a"], [], ["DUA"], LIST, [2, "B", "X", "@b"]],
        ["A1:D1", "A5:D5"],
    )

    assert [cells[-1] for cells in reading.cells] == ["SATU", "DUA"]
    assert HEADINGS.format("row 5") in reading.warnings


def test_signatures_below_the_table_are_not_rows():
    """Whoever prepared a list is no account, though a unit's name stands under it."""
    reading = read_sheet(
        [
            *[LIST, [1, "A", "X", "@a"], []],
            *[[None, "Disediakan oleh:", None, "Disemak oleh:"], [None, "Unit Komunikasi"]],
            *[[None, "(NAMA PEGAWAI)", None, "(NAMA PENGARAH)"], [], [None, "Tarikh: 1 Mac 2026"]],
        ]
    )

    assert [number for number, _cells in reading.rows] == [2]
    assert reading.warnings == [BELOW.format("row 4, row 5, row 6, row 8")]


def test_an_address_across_the_table_is_a_row():
    reading = read_sheet([LIST, [1, "A", "X", "@a"], [PAGE]], ["A3:D3"])

    assert [number for number, _cells in reading.rows] == [2, 3]


def test_a_second_table_is_told_and_not_read():
    rows = [LIST, [1, "A", "X", "@a"], [], ["Ringkasan"], ["Platform", "Bilangan"], ["X", 1]]
    reading = read_sheet(rows)

    assert [number for number, _cells in reading.rows] == [2]
    assert reading.warnings == [SECOND.format(5), BELOW.format("row 4")]


@pytest.mark.parametrize(
    "row",
    [[2, "B", "Facebook", "@b"], [None, "Kementerian Dua", "Facebook", "@b"], [3, "Instagram"]],
)
def test_a_row_after_a_blank_one_is_a_row(row):
    reading = read_sheet([LIST, [1, "A", "X", "@a"], [], row])

    assert [number for number, _cells in reading.rows] == [2, 4]
    assert reading.warnings == []


@pytest.mark.parametrize(
    "line",
    [
        ["* Data setakat Mac 2026"],
        ["Nota: disahkan oleh setiap unit"],
        ["Disediakan oleh:", "Unit Komunikasi"],
        ["JUMLAH", None, None, 12],
        ["Jumlah keseluruhan", None, 12, 12],
    ],
)
@pytest.mark.parametrize("blank", [[], [[]]])
def test_totals_and_notes_below_the_table_are_not_rows(line, blank):
    reading = read_sheet([LIST, [1, "A", "X", "@a"], *blank, line])

    assert [number for number, _cells in reading.rows] == [2]
    assert reading.warnings == [BELOW.format(f"row {3 + len(blank)}")]


@pytest.mark.parametrize(
    "row",
    [
        [None, "Jabatan Tanpa Akaun"],
        ["Nota", "Jabatan Dua", "X", "@dua"],
        ["Jumlah", "Jabatan Dua", "X", "@dua"],
        [PAGE],
        ["Disediakan oleh:", "@akaun"],
    ],
)
@pytest.mark.parametrize("blank", [[], [[]]])
def test_rows_that_may_be_accounts_or_organisations_are_kept(row, blank):
    reading = read_sheet([LIST, [1, "A", "X", "@a"], *blank, row])

    assert len(reading.rows) == 2


def test_a_note_between_rows_is_a_row():
    """Nothing is kept back that more of the list follows."""
    reading = read_sheet([LIST, [1, "A", "X", "@a"], [], ["Nota: lain"], [], [2, "B", "X", "@b"]])

    assert [number for number, _cells in reading.rows] == [2, 4, 6]


def test_many_lines_below_the_table_are_rows():
    reading = read_sheet([LIST, [1, "A", "X", "@a"], [], *[[f"nama {n}"] for n in range(30)]])

    assert len(reading.rows) == 31


# What is not seen, and what is not written.


def test_hidden_rows_and_columns_are_read_and_told():
    book = book_of([LIST, *[[n, "A", "X", f"@a{n}"] for n in range(2, 10)]])
    for row in range(3, 10):
        book.active.row_dimensions[row].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.active.column_dimensions["Z"].hidden = True
    reading = read_book(book)

    assert len(reading.rows) == 8
    assert reading.warnings == [
        "Hidden or filtered rows were read like any other (7): "
        "row 3, row 4, row 5, row 6, row 7 and 2 more.",
        "Hidden columns were read like any other (1): C.",
    ]


@pytest.mark.parametrize(
    ("headers", "letter"),
    [(["Kementerian", "Platform", "Pautan"], "A"), (["Bil", "Agensi", "Pautan"], "B")],
)
def test_names_written_once_a_group_are_told_and_stay_blank(headers, letter):
    blank = ["" if letter == "A" else "9", "" if letter == "B" else "X"]
    reading = read_sheet([headers, ["Satu", "Satu", "a"], *[[*blank, f"b{n}"] for n in range(3)]])

    assert reading.cells[1:] == [[*blank, f"b{n}"] for n in range(3)]
    assert reading.warnings == [
        f"Column {letter} is blank in 3 rows below a name and stays so; "
        "where the name above is meant, fill it down in the file: row 3, row 4, row 5."
    ]


@pytest.mark.parametrize(
    "headers", [["Facebook", "Agensi"], ["Catatan", "Agensi"], ["Bil", "Agensi"]]
)
def test_blanks_in_other_columns_are_nobodys_group(headers):
    reading = read_sheet([headers, ["a", "A"], *[["", f"B{n}"] for n in range(5)]])

    assert reading.warnings == []


# Sheets.


def with_sheets(*sheets):
    """Return a workbook with these sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Lembaran {number}")
        for row in rows:
            sheet.append(row)
    return book


COVER = [
    ["Disediakan oleh", "Unit Komunikasi"],
    ["Kementerian", "Kementerian Contoh"],
    ["Tarikh", "1"],
]
SUMMARY = [["Platform", "Bilangan"], ["Facebook", 3], ["X", 2]]


@pytest.mark.parametrize("first", [COVER, SUMMARY])
def test_the_list_is_found_behind_a_cover_or_a_summary(first):
    reading = read_book(with_sheets(first, [LIST, [1, "A", "X", "@a"]]))

    assert reading.detail == "sheet Lembaran 2"
    assert reading.warnings == ["Other sheets of the workbook were not read: Lembaran 1."]


def test_addresses_behind_text_make_a_list():
    book = with_sheets(SUMMARY, [["Agensi", "Facebook"], ["A", "Klik sini"]])
    book["Lembaran 2"]["B2"].hyperlink = PAGE
    book["Lembaran 2"]["B2"].value = "Klik sini"

    assert read_book(book).cells == [["A", PAGE]]


def test_of_two_lists_the_first_is_read():
    two = [LIST, [1, "A", "X", "@a"]]

    assert read_book(with_sheets(two, two)).detail == "sheet Lembaran 1"
