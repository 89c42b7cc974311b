"""Workbooks built to hurt: each is read for what it holds, or refused in one sentence."""

import pytest

from inventory.importing.door import FileRefused, open_table
from tests.inventory import hostile_files as hostile

HARMLESS = {
    "merged range over the sheet": hostile.merge_all,
    "link over the sheet": hostile.hyperlink_all,
    "web links over the sheet": hostile.web_link_all,
    "500,000 merged ranges over each other": lambda: hostile.merges_everywhere(500_000),
    "hidden columns beyond the last": hostile.hidden_everywhere,
    "ends of the rows that are none": lambda: hostile.unclosed_ends(500_000),
    "300,000 addresses for links": lambda: hostile.many_addresses(300_000),
    "damage after the rows": hostile.damaged_end,
    "200,000 rows of styled blanks": lambda: hostile.blank_rows(200_000),
}

REFUSED = {
    "value in the last cell": (hostile.far_cell, "column XFD"),
    "row number of twenty digits": (hostile.row_huge, "damaged"),
    "five million rows": (lambda: hostile.many_rows(5_000_000), "far more than it holds"),
    "row beyond the last": (hostile.row_beyond_the_last, "damaged"),
    "one cell again and again": (lambda: hostile.one_cell_repeated(200_000), "damaged"),
    "twenty million strings": (lambda: hostile.many_strings(7_000_000), "more than it holds"),
    "one long string many times": (
        lambda: hostile.long_string_many_times(900_000, 200),
        "more than 100,663,296 characters",
    ),
    "string too long": (
        lambda: hostile.long_string_many_times(1_000_001, 1),
        "more than 1,000,000 characters",
    ),
    "string out of range": (hostile.string_out_of_range, "damaged"),
    "zip bomb": (lambda: hostile.zip_bomb(60_000_000), "far more than it holds"),
    "sizes that lie": (hostile.lying_size, "damaged"),
    "overlapping parts": (hostile.overlapping_parts, "far more than it holds"),
    "billion laughs": (hostile.billion_laughs, "no spreadsheet program"),
    "external entity": (hostile.external_entity, "no spreadsheet program"),
    "entity in UTF-16": (hostile.entity_in_utf16, "no spreadsheet program"),
    "entity in EBCDIC": (hostile.entity_in_ebcdic, "no spreadsheet program"),
    "entity in the styles": (hostile.entity_in_styles, "no spreadsheet program"),
    "macros": (hostile.macros, "macros"),
    "name that climbs": (hostile.climbing_name, "damaged"),
    "absolute name": (hostile.absolute_name, "damaged"),
    "duplicate name": (hostile.duplicate_name, "damaged"),
    "encrypted part": (hostile.encrypted_part, "password"),
    "cut in half": (hostile.truncated, "damaged"),
    "too many parts": (lambda: hostile.many_parts(2_001), "parts"),
}


@pytest.mark.parametrize("build", HARMLESS.values(), ids=HARMLESS)
def test_what_cannot_hurt_is_read(tmp_path, build):
    path = tmp_path / "akaun.xlsx"
    path.write_bytes(build())

    table = open_table(path)

    assert [row.cells for row in table.rows] == [("Jabatan Contoh", "https://x.com/contoh")]


@pytest.mark.parametrize(("build", "says"), REFUSED.values(), ids=REFUSED)
def test_what_could_hurt_is_refused(tmp_path, build, says):
    path = tmp_path / "akaun.xlsx"
    path.write_bytes(build())

    with pytest.raises(FileRefused) as caught:
        open_table(path)

    assert says in caught.value.sentence


def test_deep_json_is_refused(tmp_path):
    path = tmp_path / "akaun.json"
    for data in (hostile.deep_json(200_000), hostile.deep_record(50)):
        path.write_bytes(data)
        with pytest.raises(FileRefused, match="nested too deeply"):
            open_table(path)
