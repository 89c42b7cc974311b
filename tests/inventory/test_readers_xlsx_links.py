"""Addresses behind the text of a cell: none is lost, and no name is lost to one."""

import io

import openpyxl
import pytest

from inventory.importing.headers import said_by
from inventory.importing.linked_text import agree, name_for, says_more
from inventory.importing.sheet_frame import MOST_AREAS
from inventory.importing.targets import Part, Target
from inventory.language import Language, speaking
from tests.inventory import hostile_files as hostile
from tests.inventory.reading_in_process import read

PAGE = "https://www.facebook.com/jabatancontoh"
INSTEAD = "The address behind the text was read in its place: {}."
DIFFER = "The text and the address behind it differ; the text was read: {}."
UNREAD = "The text was read, the address behind it was not: {}."


def saved(book):
    """Return `book` as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def linked(headers, row, links):
    """Return what is read of one row, some of whose cells (by letter) have an address behind."""
    book = openpyxl.Workbook()
    book.active.append(headers)
    book.active.append(row)
    for letter, address in links.items():
        book.active[f"{letter}2"].hyperlink = address
        book.active[f"{letter}2"].value = row[ord(letter) - ord("A")]
    return read(saved(book), "akaun.xlsx")


def behind(text, address, header="Facebook"):
    """Return the cell that is read of a linked text, and the warnings."""
    reading = linked(["Agensi", header], ["Jabatan Contoh", text], {"B": address})
    return reading.cells[0][1], reading.warnings


@pytest.mark.parametrize("header", ["Facebook", "Pautan", "Akaun", "Laman web", "Lajur X"])
@pytest.mark.parametrize("text", ["Facebook", "Klik sini", "Jabatan Contoh Malaysia", "✓", 12])
def test_the_address_is_read_where_the_text_only_names_it(text, header):
    assert behind(text, PAGE, header) == (PAGE, [INSTEAD.format("B2")])


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "facebook.com/JabatanContoh/",
        "http://m.facebook.com/jabatancontoh",
        "https://fb.com/jabatancontoh?ref=share",
        f"https://x.com/contoh ; {PAGE}",
    ],
)
def test_an_address_that_says_the_same_is_kept_without_a_word(text):
    assert behind(text, PAGE) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "https://www.facebook.com/jabatanlain",
        "www.facebook.com/jabatancontohnegeri",
        "@jabatanlain",
        "@jabatan",
        "pro@contoh.gov.my",
    ],
)
def test_an_address_or_handle_that_says_something_else_is_kept_and_told(text):
    assert behind(text, PAGE) == (text, [DIFFER.format("B2")])


def test_two_profiles_told_apart_by_number_differ():
    text, address = (f"https://www.facebook.com/profile.php?id=10006467764288{n}" for n in "12")

    assert behind(text, address) == (text, [DIFFER.format("B2")])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("@jabatancontoh", PAGE),
        ("jabatan.contoh", "https://www.instagram.com/Jabatan.Contoh/"),
        ("https://www.facebook.com/jabatan…", PAGE),
        ("facebook.com/jab...", PAGE),
    ],
)
def test_the_whole_address_is_read_for_a_handle_or_a_part_of_it(text, address):
    assert behind(text, address)[0] == address


@pytest.mark.parametrize("text", ["-", "Tiada", "N/A"])
def test_a_word_for_nothing_stays_nothing(text):
    assert behind(text, PAGE) == (text, [])


@pytest.mark.parametrize(
    "address",
    [
        "mailto:pro@contoh.gov.my",
        "tel:+60312345678",
        "file:///C:/senarai.xlsx",
        "javascript:alert(1)",
        "#Sheet2!A1",
        "https://www.facebook.com/" + "a" * 2_083,
    ],
)
def test_only_addresses_of_the_web_are_read(address):
    assert behind("Klik sini", address) == ("Klik sini", [])


def test_a_link_left_over_where_the_text_was_deleted_is_not_read():
    reading = linked(["Agensi", "Facebook"], ["Jabatan Contoh", None], {"B": PAGE})

    assert reading.cells == [["Jabatan Contoh", ""]]


def test_the_end_of_an_address_that_excel_keeps_apart_is_read():
    """Excel keeps what follows "#" as a place in the document."""
    book = openpyxl.Workbook()
    book.active.append(["Agensi", "X"])
    book.active.append(["Jabatan Contoh", "Klik"])
    book.active["B2"].hyperlink = "https://twitter.com/"
    book.active["B2"].hyperlink.location = "!/contoh"
    book.active["B2"].value = "Klik"

    assert read(saved(book)).cells[0][1] == "https://twitter.com/#!/contoh"


# Columns of names.


def test_a_name_keeps_its_text_and_its_page_has_a_column():
    reading = linked(["Agensi", "Catatan"], ["Jabatan Contoh", "baru"], {"A": PAGE})

    assert reading.headers == ["Agensi", "Catatan", "Link"]
    assert reading.cells == [["Jabatan Contoh", "baru", PAGE]]
    assert reading.warnings == []


def test_the_site_behind_a_name_has_a_column():
    site = "https://www.contoh.gov.my"
    reading = linked(["Agensi", "Facebook"], ["Jabatan Contoh", "@contoh"], {"A": site})

    assert reading.headers == ["Agensi", "Facebook", "Website"]
    assert reading.cells == [["Jabatan Contoh", "@contoh", site]]


def test_the_name_of_a_platform_keeps_its_text():
    reading = linked(["Agensi", "Platform"], ["Jabatan Contoh", "Facebook"], {"B": PAGE})

    assert reading.headers == ["Agensi", "Platform", "Link"]
    assert reading.cells == [["Jabatan Contoh", "Facebook", PAGE]]


@pytest.mark.parametrize("header", ["Pautan", "Facebook"])
def test_no_column_is_made_where_the_list_has_one(header):
    reading = linked(["Agensi", header], ["Jabatan Contoh", "@contoh"], {"A": PAGE})

    assert reading.headers == ["Agensi", header]
    assert reading.warnings == [UNREAD.format("A2")]


def test_cells_beyond_the_header_do_not_run_into_the_new_column():
    book = openpyxl.Workbook()
    for row in (["Agensi", "Nota"], ["A", "n", "lebih"], ["B"]):
        book.active.append(row)
    for place in ("A2", "A3"):
        value = book.active[place].value
        book.active[place].hyperlink = PAGE
        book.active[place].value = value
    reading = read(saved(book))

    assert reading.headers[:3] == ["Agensi", "Nota", "Link"]
    assert reading.cells == [["A", "n", PAGE, "lebih"], ["B", "", PAGE, ""]]


@pytest.mark.parametrize(("text", "cell"), [("Ya", "Ya"), ("Rasmi", "Rasmi"), ("Papar", PAGE)])
def test_an_answer_about_status_is_kept_under_a_header_that_may_ask_for_it(text, cell):
    assert behind(text, PAGE, "Akaun rasmi")[0] == cell


def test_links_in_the_header_change_nothing():
    book = openpyxl.Workbook()
    book.active.append(["Agensi", "Facebook"])
    book.active["B1"].hyperlink = "https://www.facebook.com"
    book.active["B1"].value = "Facebook"
    book.active.append(["Jabatan Contoh", "@contoh"])

    assert read(saved(book)).headers == ["Agensi", "Facebook"]


@pytest.mark.parametrize("language", list(Language))
def test_the_new_columns_say_what_they_hold_in_every_language(language):
    with speaking(language):
        assert said_by(name_for([PAGE], None)) == Target(Part.ADDRESS)
        site = said_by(name_for(["https://www.contoh.gov.my"], None))
        assert site == Target(Part.ORGANISATION, "website")


# Formulas.


@pytest.mark.parametrize(
    ("formula", "cell"),
    [
        (f'HYPERLINK("{PAGE}","Papar")', PAGE),
        (f'hyperlink( "{PAGE}" )', PAGE),
        ('HYPERLINK("https://contoh.my/?q=""a""","Papar")', 'https://contoh.my/?q="a"'),
        ('HYPERLINK("mailto:a@contoh.my","Papar")', "Papar"),
        (f'"HYPERLINK(""{PAGE}"")"', "Papar"),
    ],
)
@pytest.mark.parametrize("value", ["<v>Papar</v>", ""])
def test_the_address_in_a_formula(formula, cell, value):
    formula = formula.replace('"', "&quot;")
    row = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c>'
        f'<c r="B2" t="str"><f>{formula}</f>{value}</c></row>'
    )
    for data in (hostile.with_sheet(hostile.HEADER + row), hostile.with_sheet(PARSED + row)):
        assert read(data).cells[0][1] == (cell if value or cell != "Papar" else "")


PARSED = hostile.HEADER.replace("</row>", "<!-- not plain --></row>")


def test_an_address_that_a_formula_works_out_is_told():
    row = '<row r="2"><c r="B2" t="str"><f>HYPERLINK(C2,D2)</f><v>Papar</v></c></row>'
    reading = read(hostile.with_sheet(hostile.HEADER + row))

    assert reading.cells == [["", "Papar"]]
    assert reading.warnings == [
        "Addresses that a formula works out behind its text were not read: B2."
    ]


# Areas.


def with_links(links, targets, merged=""):
    """Return a workbook whose second row, and third, have links as written here."""
    third = hostile.ROW.replace('r="2"', 'r="3"').replace("A2", "A3").replace("B2", "B3")
    rows = hostile.HEADER + (hostile.ROW + third).replace("https://x.com/contoh", "Papar")
    return hostile.with_links(rows, f"{merged}<hyperlinks>{links}</hyperlinks>", targets)


@pytest.mark.parametrize(
    ("ref", "cells"),
    [
        ("B2", [PAGE, "Papar"]),
        ("B2:B3", [PAGE, PAGE]),
        ("B3:B2", [PAGE, PAGE]),
        ("B1:B1000", [PAGE, PAGE]),
        ("B1:B1001", ["Papar", "Papar"]),
        ("A1:XFD1048576", ["Papar", "Papar"]),
        ("B0", ["Papar", "Papar"]),
        ("XFE2", ["Papar", "Papar"]),
        ("lain", ["Papar", "Papar"]),
    ],
)
def test_a_link_over_an_area(ref, cells):
    reading = read(with_links(f'<hyperlink ref="{ref}" r:id="rId1"/>', {"rId1": PAGE}))

    assert [row[1] for row in reading.cells] == cells


def test_merged_cells_share_the_link_of_the_first():
    merged = '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>'
    link = '<hyperlink ref="B2" r:id="rId1"/>'

    assert [row[1] for row in read(with_links(link, {"rId1": PAGE}, merged)).cells] == [PAGE] * 2


def test_a_link_without_its_address_is_no_link():
    assert [row[1] for row in read(with_links('<hyperlink ref="B2" r:id="rId9"/>', {})).cells] == [
        "Papar",
        "Papar",
    ]


def test_more_links_than_are_read_are_told():
    links = "".join(f'<hyperlink ref="B{n}" r:id="rId1"/>' for n in range(2, MOST_AREAS + 3))
    reading = read(with_links(links, {"rId1": PAGE}))

    assert reading.cells[0][1] == PAGE
    assert "This sheet has more merged cells and links than are read." in reading.warnings


# The rule itself.


@pytest.mark.parametrize("text", ["@" * 2_000 + " a", "." * 2_000 + " a", "a." * 1_000 + " a"])
def test_odd_texts_are_labels(text):
    assert says_more(PAGE, text)
    assert not agree("@lain", PAGE)
