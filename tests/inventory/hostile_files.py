"""Builders of files that are broken, or built to hurt whoever opens them. Nothing here is real."""

import io
import struct
import zipfile
from collections.abc import Mapping

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Pautan</t></is></c></row>'
)
ROW = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Jabatan Contoh</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>https://x.com/contoh</t></is></c></row>'
)


def workbook(rows: list[list[object]] | None = None) -> bytes:
    """Return a sound workbook made by openpyxl."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows or [["Nama", "Pautan"], ["Jabatan Contoh", "https://x.com/contoh"]]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(rows: str, after: str = "", before: str = "") -> str:
    """Return the XML of a sheet around its `rows`."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def strings(items: str) -> str:
    """Return the XML of a shared-strings part."""
    return f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}">{items}</sst>'


def with_parts(parts: Mapping[str, str | bytes], data: bytes | None = None) -> bytes:
    """Return a sound workbook with some of its parts replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or workbook())) as sound,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in sound.namelist():
            if name not in parts:
                changed.writestr(name, sound.read(name))
        for name, content in parts.items():
            changed.writestr(name, content)
    return out.getvalue()


def with_sheet(rows: str, after: str = "", before: str = "") -> bytes:
    """Return a workbook whose only sheet has these rows."""
    return with_parts({SHEET: sheet(rows, after, before)})


def with_strings(items: str, rows: str = "") -> bytes:
    """Return a workbook with these shared strings and a sheet with these rows below the header."""
    types = (
        f'<Override PartName="/{STRINGS}" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    with zipfile.ZipFile(io.BytesIO(workbook())) as sound:
        content_types = sound.read("[Content_Types].xml").decode()
    if STRINGS not in content_types:
        content_types = content_types.replace("</Types>", types)
    return with_parts(
        {
            "[Content_Types].xml": content_types,
            STRINGS: strings(items),
            SHEET: sheet(HEADER + rows),
        }
    )


def with_links(rows: str, after: str, targets: Mapping[str, str]) -> bytes:
    """Return a workbook with these rows, what follows them, and addresses that links lead to."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = "".join(
        f'<Relationship Id="{name}" Type="{office}/hyperlink" Target="{target}"'
        ' TargetMode="External"/>'
        for name, target in targets.items()
    )
    xml = sheet(rows, after).replace(f'xmlns="{MAIN}"', f'xmlns="{MAIN}" xmlns:r="{office}"')
    return with_parts(
        {
            SHEET: xml,
            "xl/worksheets/_rels/sheet1.xml.rels": (
                f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{package}">'
                f"{relations}</Relationships>"
            ),
        }
    )


def merge_all() -> bytes:
    """A merged range over the whole sheet."""
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return with_sheet(HEADER + ROW, merge)


def hyperlink_all() -> bytes:
    """A link over the whole sheet."""
    link = '<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
    return with_sheet(HEADER + ROW, link)


def web_link_all() -> bytes:
    """A link out of the workbook over the whole sheet, and others that overlap it."""
    links = "".join(f'<hyperlink ref="A{n}:XFD1048576" r:id="rId1"/>' for n in range(1, 50_000))
    target = {"rId1": "https://www.facebook.com/contoh"}
    return with_links(HEADER + ROW, f"<hyperlinks>{links}</hyperlinks>", target)


def merges_everywhere(count: int) -> bytes:
    """Merged cells from every row to the last one."""
    merges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, count + 1))
    return with_sheet(HEADER + ROW, f"<mergeCells>{merges}</mergeCells>")


def hidden_everywhere() -> bytes:
    """Hidden columns beyond any that exist."""
    column = '<cols><col min="1" max="99999999999999999999" hidden="1"/></cols>'
    return with_parts({SHEET: sheet(HEADER + ROW).replace("<sheetData>", f"{column}<sheetData>")})


def unclosed_ends(count: int) -> bytes:
    """The end of the rows begun again and again in a comment, and never closed there."""
    ends = "".join(f"</sheetData {n:x}" for n in range(count))
    return with_sheet(f"{HEADER}{ROW}<!--{ends}-->")


def many_addresses(count: int) -> bytes:
    """More addresses for links than a sheet can use."""
    targets = {f"rId{n}": f"https://www.facebook.com/contoh{n}" for n in range(count)}
    return with_links(
        HEADER + ROW, '<hyperlinks><hyperlink ref="C1" r:id="rId1"/></hyperlinks>', targets
    )


def damaged_end() -> bytes:
    """What follows the rows is no XML."""
    return with_sheet(HEADER + ROW, '<mergeCells><mergeCell ref="A1:A2"></mergeCells>&&&')


def far_cell() -> bytes:
    """One value in the last cell there is."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_sheet(HEADER + ROW + far)


def row_huge() -> bytes:
    """A row number of twenty digits."""
    return with_sheet(HEADER + '<row r="99999999999999999999"><c><v>1</v></c></row>')


def many_rows(count: int) -> bytes:
    """Rows without a number, each with nothing in it: a few bytes stand for millions."""
    return with_sheet(HEADER + ROW + "<row/>" * count)


def row_beyond_the_last() -> bytes:
    """A row with a number no sheet has."""
    return with_sheet(HEADER + ROW + '<row r="1048577"><c r="A1048577"><v>1</v></c></row>')


def blank_rows(count: int) -> bytes:
    """Rows of styled cells that hold nothing, as an over-eager formatter leaves them."""
    rows = (
        f'<row r="{n}" spans="1:3"><c r="A{n}" s="0"/><c r="B{n}" s="0"/><c r="C{n}" s="0"/></row>'
        for n in range(3, count + 3)
    )
    return with_sheet(HEADER + ROW + "".join(rows))


def one_cell_repeated(count: int) -> bytes:
    """The same cell again and again in one row."""
    cells = "".join(f'<c r="A2"><v>{n}</v></c>' for n in range(count))
    return with_sheet(f'{HEADER}<row r="2">{cells}</row>')


def many_strings(count: int) -> bytes:
    """Shared strings that hold nothing."""
    return with_strings("<si><t/></si>" * count)


def long_string_many_times(length: int, times: int) -> bytes:
    """One long shared string, used by many cells."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, times + 2)
    )
    return with_strings(f"<si><t>{'A' * length}</t></si>", rows)


def string_out_of_range() -> bytes:
    """A cell that names a shared string that does not exist."""
    return with_strings(
        "<si><t>a</t></si>", '<row r="2"><c r="A2" t="s"><v>99</v></c><c r="B2"><v>1</v></c></row>'
    )


def zip_bomb(size: int) -> bytes:
    """A workbook with a part of zeros that packs a thousand to one."""
    return with_parts({"xl/media/image1.png": b"\0" * size})


def lying_size() -> bytes:
    """A workbook whose directory says a part is smaller than it is."""
    data = bytearray(with_parts({"xl/media/image1.png": b"\0" * 3_000_000}))
    for size in (struct.pack("<I", 3_000_000),):
        place = data.find(size)
        while place != -1:
            data[place : place + 4] = struct.pack("<I", 10)
            place = data.find(size)
    return bytes(data)


def overlapping_parts() -> bytes:
    """A workbook two of whose parts are the same bytes."""
    data = bytearray(with_parts({"xl/media/a.png": b"A" * 50_000, "xl/media/b.png": b"A" * 50_000}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        first, second = (archive.getinfo(f"xl/media/{name}.png") for name in "ab")
    old, new = struct.pack("<I", second.header_offset), struct.pack("<I", first.header_offset)
    place = data.rfind(old + b"xl/media/b.png")
    data[place : place + 4] = new
    return bytes(data)


def billion_laughs() -> bytes:
    """Entities within entities."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    return with_sheet(HEADER + row, before=doctype)


def external_entity() -> bytes:
    """An entity that asks for a file of this machine."""
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>&e;</t></is></c></row>'
    return with_sheet(HEADER + row, before=doctype)


def entity_in_utf16() -> bytes:
    """The same, in an encoding in which a search for its bytes finds nothing."""
    doctype = '<!DOCTYPE x [<!ENTITY e "ha">]>'
    text = sheet(HEADER + ROW, before=doctype).replace("UTF-8", "UTF-16")
    return with_parts({SHEET: text.encode("utf-16")})


def entity_in_ebcdic() -> bytes:
    """The same, hidden behind a declared encoding that moves every letter."""
    head = '<?xml version="1.0" encoding="cp037"?>'
    return with_parts({SHEET: head.encode() + sheet(HEADER + ROW).encode("cp037")})


def entity_in_styles() -> bytes:
    """A document type in the part that openpyxl parses."""
    styles = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "ha">]><styleSheet xmlns="{MAIN}"/>'
    return with_parts({"xl/styles.xml": styles})


def macros() -> bytes:
    """A workbook with macros."""
    return with_parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def climbing_name() -> bytes:
    """A part whose name climbs out of the archive."""
    return with_parts({"xl/../../etc/passwd": b"x"})


def absolute_name() -> bytes:
    """A part with an absolute name."""
    return with_parts({"/etc/passwd": b"x"})


def duplicate_name() -> bytes:
    """Two parts that differ in case alone: which one is read depends on the reader."""
    return with_parts({SHEET.upper(): sheet(HEADER)})


def encrypted_part() -> bytes:
    """A part marked as encrypted."""
    data = bytearray(workbook())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + place] |= 1
    return bytes(data)


def truncated() -> bytes:
    """A workbook cut in half."""
    data = workbook()
    return data[: len(data) // 2]


def many_parts(count: int) -> bytes:
    """An archive of very many parts."""
    return with_parts({f"xl/media/{number}.png": b"" for number in range(count)})


def other_archive(*names: str) -> bytes:
    """An archive that is no workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def deep_json(depth: int) -> bytes:
    """Lists within lists."""
    return b"[" * depth + b"]" * depth


def deep_record(depth: int) -> bytes:
    """Objects within objects of one record."""
    return b"[" + b'{"a":' * depth + b"1" + b"}" * depth + b"]"
