"""The quick way and the parser read the same of every sheet, or the quick way stands aside."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.importing.limits import DEFAULT
from inventory.importing.plain_xml import NotPlain, plain_rows, plain_strings
from inventory.importing.refusal import FileRefused
from inventory.importing.sheet_parser import parsed_rows, parsed_strings
from tests.inventory import hostile_files as hostile
from tests.inventory.reading_in_process import read


def part(xml):
    """Return `xml` as an open part."""
    return io.BytesIO(xml.encode())


def parsed(xml):
    """Return the rows as the parser reads them, or None where it refuses."""
    try:
        return list(parsed_rows(part(xml), DEFAULT))
    except FileRefused:
        return None


def quick(xml):
    """Return the rows as they are read quickly, or None where the parser must."""
    try:
        return list(plain_rows(part(xml), DEFAULT))
    except NotPlain:
        return None


PLAIN = [
    '<row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="2" customFormat="1"><c r="B2" s="3" t="s"><v>0</v></c></row>',
    '<row r="3"/><row r="4" ht="15" /><row r="7"><c r="A7" t="b"><v>1</v></c></row>',
    '<row><c r="C9" t="str"><f>A1&amp;"x"</f><v>satu</v></c></row>',
    '<row><c r="A1" t="n"><f t="shared" si="0"/><v>1</v></c><c r="B1"><f>A1</f></c></row>',
    '<row><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a &lt; b </t></is></c></row>',
    '<row><c r="A1" s="1"/><c r="B1" s="1"></c><c r="C1"><v></v></c><c r="D1"><v/></c></row>',
    '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row hidden="0"><c r="A2"/></row>',
    '<row><c r="A1" t="str"><f ca="1">HYPERLINK(&quot;a&quot;,B1&gt;2)</f><v>a</v></c></row>',
    '<row><c r="A1" t="str"><v>&#9;&#x1F600;&quot;&apos;&gt;</v></c></row>',
]  # fmt: skip

NOT_PLAIN = [
    "<row>\n</row>",
    '<row><!-- <c r="A1"><v>1</v></c> --><c r="A1"><v>2</v></c></row>',
    '<row><c r="A1"><v><![CDATA[1]]></v></c></row>',
    '<row><?x <c r="A1"><v>1</v></c>?></row>',
    "<row><c><v>1</v></c></row>",
    "<row><c r='A1'><v>1</v></c></row>",
    '<row><c s="1" r="A1"><v>1</v></c></row>',
    '<row> <c r="A1"><v>1</v></c> </row>',
    '<row><c r="A1"><is><r><t>a</t></r></is></c></row>',
    '<row><c r="A1" t="inlineStr"><is><t>a</t><t>b</t></is></c></row>',
    '<row><c r="A1"><v>&nope;</v></c></row>',
    '<row><c r="A1"><v>&#0;</v></c></row>',
    '<row><c r="A1"><v>&</v></c></row>',
    '<row><c r="A1"><v>\x01</v></c></row>',
    '<row><c r="A1"><v>]]></v></c></row>',
    '<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
    '<row r="99999999999"><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row></row>',
    '<row r="1"><c r="A1"><v>1</v></c>',
    '<row r="1"><x:c xmlns:x="y" r="A1"><v>1</v></x:c></row>',
    "text",
]


@pytest.mark.parametrize("rows", PLAIN)
def test_plain_rows_are_read_quickly_and_alike(rows):
    xml = hostile.sheet(rows)

    assert quick(xml) == parsed(xml) is not None


def test_attributes_of_other_vocabularies_do_not_matter():
    row = '<row r="2" xmlns:x14ac="y" x14ac:dyDescent="0.25"><c r="A2"><v>1</v></c></row>'

    assert quick(hostile.sheet(row)) == parsed(hostile.sheet(row)) is not None


@pytest.mark.parametrize("rows", NOT_PLAIN)
def test_anything_else_is_left_to_the_parser(rows):
    assert quick(hostile.sheet(rows)) is None


@pytest.mark.parametrize(
    "change",
    [
        ("<worksheet xmlns=", "<worksheet xmlns:x="),
        (hostile.MAIN, "http://example.com/other"),
        ("<sheetData>", "<!-- <sheetData> --><sheetData>"),
        ("</sheetData>", ""),
    ],
)
def test_a_sheet_that_is_not_plain_around_its_rows(change):
    assert quick(hostile.sheet(hostile.HEADER).replace(*change)) is None


@given(st.lists(st.sampled_from(PLAIN + NOT_PLAIN), max_size=6), st.data())
def test_whatever_is_read_quickly_is_what_the_parser_reads(rows, data):
    """Also with a few characters removed or doubled anywhere."""
    text = "".join(rows)
    for _change in range(data.draw(st.integers(0, 2 if text else 0))):
        place = data.draw(st.integers(0, len(text) - 1))
        instead = data.draw(st.sampled_from(["", text[place] * 2, "<", '"', "&"]))
        text = text[:place] + instead + text[place + 1 :]
    found = quick(hostile.sheet(text))

    if found is not None:
        assert found == parsed(hostile.sheet(text))


def test_each_row_is_read_once_where_the_parser_takes_over():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 20_000))
    odd = '<row r="30000"><c><v>1</v></c></row>'
    reading = read(hostile.with_sheet(hostile.HEADER + rows + odd))

    assert [number for number, _cells in reading.rows] == [*range(2, 20_000), 30_000]


@pytest.mark.parametrize(
    "items",
    [
        "",
        "<si><t>satu</t></si><si><t/></si><si><t></t></si>",
        '<si><t xml:space="preserve"> a &amp; b\n</t></si>\n<si><t>_x000D_</t></si>',
    ],
)
def test_plain_strings_are_read_alike(items):
    xml = hostile.strings(items)

    assert plain_strings(part(xml), DEFAULT) == parsed_strings(part(xml), DEFAULT)


@pytest.mark.parametrize(
    "items",
    [
        "<si><r><t>a</t></r><r><t>b</t></r></si>",
        "<si><t>a</t><rPh><t>b</t></rPh></si>",
        "<si><!-- --><t>a</t></si>",
        "<si><t>a</t></si>x",
    ],
)
def test_other_strings_are_left_to_the_parser(items):
    with pytest.raises(NotPlain):
        plain_strings(part(hostile.strings(items)), DEFAULT)


def test_rich_strings_come_in_whole():
    row = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>'
    items = "<si><r><t>dua </t></r><r><t>bahagian</t></r></si><si><t>字</t><rPh><t>x</t></rPh></si>"

    assert read(hostile.with_strings(items, row)).cells == [["dua bahagian", "字"]]
