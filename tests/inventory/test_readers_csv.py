"""Delimited text: every delimiter, encoding and content people send is read exactly."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.importing.door import DEFAULT, FileRefused
from tests.inventory.reading_in_process import read

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
}
HEADER = ["Nama", "Pautan", "Catatan"]
CONTENTS = {
    "plain": ["Jabatan Contoh", "https://x.com/contoh", "baik"],
    "accents": ["Dirección de Información", "https://x.com/dirección", "señal – “nota” €"],
    "delimiters in quotes": ["Jabatan A, B; C | D\tE", "https://x.com/a,b", "satu; dua"],
    "quotation marks": ['Jabatan "Contoh"', "https://x.com/contoh", '"'],
    "lines in a cell": ["Jabatan\nContoh", "https://x.com/a\nhttps://x.com/b", "satu\n\ndua"],
    "blanks": ["Jabatan Contoh", "", ""],
    "zeros and ids": ["00123", "100064677642888", "+60312345678"],
    "formulas": ["=1+1", "@contoh", "-"],
    "spaces": ["  Jabatan ", " https://x.com/contoh", "a "],
}


def written(rows, delimiter=",", encoding="utf-8", newline="\r\n", quoting=csv.QUOTE_MINIMAL):
    """Return `rows` as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("count", [1, 5, 60])
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS, ids=DELIMITERS.values())
def test_the_matrix(delimiter, encoding, content, count):
    rows = [content] * count
    reading = read(written([HEADER, *rows], delimiter, encoding))

    assert reading.headers == HEADER
    assert reading.cells == rows
    assert [number for number, _cells in reading.rows] == list(range(2, count + 2))
    letters_differ = encoding == "cp1252" and not "".join(content).isascii()
    label = ENCODINGS[encoding] if encoding != "cp1252" or letters_differ else "UTF-8"
    assert reading.detail == f"{label}, {DELIMITERS[delimiter]}"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_line_ends_of_every_system(newline):
    rows = [HEADER, *CONTENTS.values()]
    reading = read(written(rows, newline=newline, quoting=csv.QUOTE_ALL))

    assert reading.cells == list(CONTENTS.values())


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_sep_line_decides_and_is_no_row(line):
    reading = read(f"{line}\r\na;b,c,d,e\r\n1;2,3,4,5\r\n".encode())

    assert reading.headers == ["a", "b,c,d,e"]
    assert reading.rows == [(2, ["1", "2,3,4,5"])]


def test_one_column_needs_no_delimiter():
    reading = read(b"Pautan\nhttps://x.com/a\nhttps://x.com/b\n")

    assert reading.headers == ["Pautan"]
    assert reading.cells == [["https://x.com/a"], ["https://x.com/b"]]


def test_a_list_in_prose_is_one_column():
    reading = read(b"Senarai\nsatu\ndua\ntiga, empat\nlima\n")

    assert reading.cells == [["satu"], ["dua"], ["tiga, empat"], ["lima"]]


def test_commas_within_cells_do_not_beat_the_semicolon():
    reading = read(b"nama;alamat\nA;Jalan 1, Putrajaya\nB;Jalan 2, Putrajaya\nC;Jalan 3\n")

    assert reading.headers == ["nama", "alamat"]


def test_a_space_before_a_quotation_mark():
    reading = read(b'nama, alamat\nA, "Jalan 1, Putrajaya"\nB, "Jalan 2, Putrajaya"\n')

    assert reading.headers == ["nama", "alamat"]
    assert reading.cells == [["A", "Jalan 1, Putrajaya"], ["B", "Jalan 2, Putrajaya"]]


# The header.


def test_titles_above_the_header_are_passed_over_and_the_row_numbers_stay_true():
    reading = read(b"Senarai akaun media sosial\n\nTarikh:,1/1/2026\nNama,Pautan,Kod\nA,b,c\n")

    assert reading.headers == ["Nama", "Pautan", "Kod"]
    assert reading.rows == [(5, ["A", "b", "c"])]
    assert reading.warnings == [
        "Lines above the header were not read as rows: rows 1 to 3.",
    ]


def test_titles_padded_by_the_spreadsheet_are_titles_too():
    reading = read(b"Senarai akaun,,\nNama,Pautan,Kod\nA,b,c\n")

    assert reading.headers == ["Nama", "Pautan", "Kod"]


def test_repeated_names_are_told_apart():
    reading = read(b"Nama,Facebook,Facebook,facebook,Facebook (2)\na,b,c,d,e\n")

    assert reading.headers == [
        "Nama",
        "Facebook",
        "Facebook (2)",
        "facebook (3)",
        "Facebook (2) (2)",
    ]


def test_a_column_without_a_name_is_kept_where_it_holds_something():
    reading = read(b"Nama,,Pautan,\nA,x,b,\n")

    assert reading.headers == ["Nama", "Column 2", "Pautan"]
    assert reading.cells == [["A", "x", "b"]]


def test_a_name_over_two_lines_is_one_line():
    assert read(b'"Nama\nrasmi  penuh",Pautan\na,b\n').headers == ["Nama rasmi penuh", "Pautan"]


# Rows.


def test_blank_rows_are_passed_over_and_counted():
    reading = read(b"a,b\n1,2\n\n,\n \t,\n3,4\n")

    assert reading.rows == [(2, ["1", "2"]), (6, ["3", "4"])]
    assert reading.warnings == []


def test_a_cell_of_many_lines_is_one_row():
    reading = read(b'a,b\n"1\n2\n3",x\n4,y\n')

    assert [number for number, _cells in reading.rows] == [2, 3]


def test_ragged_rows_lose_nothing_and_are_named():
    reading = read(b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n1,2,3\n")

    assert reading.headers == ["a", "b", "c", "Column 4"]
    assert reading.cells[1:3] == [["1", "2", "", ""], ["1", "2", "3", "4"]]
    assert reading.warnings == [
        "Rows with fewer cells than the header, the rest read as empty: row 3.",
        "Rows with more cells than the header, kept in numbered columns: row 4.",
    ]


def test_many_ragged_rows_are_one_warning():
    reading = read(b"a,b,c\n" + b"1,2,3\n" * 40 + b"1,2\n" * 30)

    assert reading.warnings == [
        "Rows with fewer cells than the header, the rest read as empty: "
        "row 42, row 43, row 44, row 45, row 46 and 25 more."
    ]


def test_a_quotation_left_open_is_refused_with_its_row():
    with pytest.raises(FileRefused, match="Row 3 opens a quotation mark"):
        read(b'a,b\n1,2\n3,"4\n5,6\n7,8\n')


def test_a_long_cell_comes_in_and_one_beyond_the_limit_is_refused_with_its_row():
    long = "x" * 376_688

    assert read(f"a,b\n1,{long}\n".encode()).cells == [["1", long]]
    with pytest.raises(FileRefused, match="row 3 holds more than 1,000 characters"):
        read(b"a,b\n1,2\n1," + b"x" * 1_001, limits=replace(DEFAULT, cell_characters=1_000))


# Bytes.


def test_zero_bytes_are_kept_and_named():
    reading = read(b"nama,pautan\nJabatan Con\0toh,https://x.com/contoh\n" + b"a,b\n" * 20)

    assert reading.cells[0][0] == "Jabatan Con\0toh"
    assert reading.warnings == ["Some cells hold zero bytes, which were kept: row 2."]


def test_a_few_broken_bytes_do_not_spoil_every_accent():
    text = "nama,nota\n" + "Dirección,señal\n" * 20
    reading = read(text.encode() + b"Direcci\xf3n,x\n")

    assert reading.cells[0] == ["Dirección", "señal"]
    assert reading.cells[-1] == ["Direcci\ufffdn", "x"]
    assert reading.warnings == [
        "Some bytes are not UTF-8 and were replaced by a mark: row 22.",
    ]


def test_unassigned_bytes_of_windows_are_kept():
    assert read(b"nama,nota\nse\xf1al,a\x81b\n").cells == [["señal", "a\x81b"]]


def test_a_mark_at_the_beginning_is_no_part_of_the_name():
    assert read("\ufeffNama,Pautan\na,b\n".encode()).headers == ["Nama", "Pautan"]


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"])


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\t"),
                max_size=12,
            ),
            min_size=2,
            max_size=5,
        ),
        max_size=8,
    ),
    st.sampled_from(list(DELIMITERS)),
)
def test_what_is_written_is_read_back(rows, delimiter):
    """A full header makes the width known; a `sep=` line the delimiter."""
    header = ["Nama", "Pautan", "Kod", "Nota", "Tarikh"]
    padded = [row + [""] * (len(header) - len(row)) for row in rows]
    data = f"sep={delimiter}\r\n".encode() + written([header, *padded], delimiter)
    reading = read(data)

    filled = [row for row in padded if any(cell.strip() for cell in row)]
    assert reading.headers == header
    assert [[*map(blank_if_space, row)] for row in reading.cells] == [
        [*map(blank_if_space, row)] for row in filled
    ]


def blank_if_space(cell):
    """Spaces at the end of a row are no content."""
    return cell if cell.strip() else ""
