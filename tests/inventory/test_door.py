"""The door: what comes in, what is refused, and that a refusal is one sentence."""

import hashlib
import os
import random
import socket
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.importing import door
from inventory.importing.door import DEFAULT, FileRefused, open_table
from inventory.importing.order import Order
from inventory.language import Language, speaking
from tests.inventory import hostile_files as hostile

CSV = b"Nama,Pautan\nJabatan Contoh,https://x.com/contoh\n"


def put(folder, data, name="akaun.csv"):
    """Write `data` into a file and return its path."""
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(path, **options):
    """Return why the file at `path` is refused."""
    with pytest.raises(FileRefused) as caught:
        open_table(path, **options)
    assert str(caught.value) == caught.value.sentence
    assert "\n" not in caught.value.sentence
    assert "Traceback" not in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    assert caught.value.remedy
    return caught.value.sentence


def test_a_file_comes_in_with_its_name_hash_and_row_numbers(tmp_path):
    table = open_table(put(tmp_path, CSV))

    assert table.name == "akaun.csv"
    assert table.sha256 == hashlib.sha256(CSV).hexdigest()
    assert (table.format, table.detail) == ("csv", "UTF-8, comma")
    assert table.headers == ("Nama", "Pautan")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Jabatan Contoh", "https://x.com/contoh"))
    ]
    assert table.warnings == ()


def test_every_row_has_as_many_cells_as_there_are_headers(tmp_path):
    table = open_table(put(tmp_path, b"a,,c,d\n1,,3\n1,,3,4,5\n1\n"))

    assert table.headers == ("a", "c", "d", "Column 5")
    assert [row.cells for row in table.rows] == [
        ("1", "3", "", ""),
        ("1", "3", "4", "5"),
        ("1", "", "", ""),
    ]


@pytest.mark.parametrize(
    ("data", "name", "format_"),
    [
        (hostile.workbook(), "akaun.csv", "xlsx"),
        (b'[{"a": 1}]', "akaun.csv", "json"),
        (CSV, "akaun.json", "csv"),
        (CSV, "akaun", "csv"),
        (b"[Nama],[Pautan]\nContoh,https://x.com/contoh\n", "akaun.csv", "csv"),
    ],
    ids=["workbook", "json", "text as json", "no ending", "text that begins as json"],
)
def test_the_content_decides_not_the_name(tmp_path, data, name, format_):
    assert open_table(put(tmp_path, data, name)).format == format_


def test_a_link_to_a_file_is_followed(tmp_path):
    target = put(tmp_path, CSV)
    link = tmp_path / "pautan.csv"
    link.symlink_to(target)

    assert open_table(link).name == "pautan.csv"


def test_the_sheet_can_be_named(tmp_path):
    path = put(tmp_path, hostile.workbook(), "akaun.xlsx")

    assert open_table(path, sheet="sheet").detail == "sheet Sheet"
    assert "Tiada" in refusal(path, sheet="Tiada")


def test_the_child_answers_in_the_language_spoken(tmp_path, monkeypatch):
    orders = []
    monkeypatch.setattr(door, "_ask_child", lambda _copy, order, _sha256: orders.append(order))
    for language in Language:
        with speaking(language):
            open_table(put(tmp_path, CSV))

    assert [order.language for order in orders] == ["ms", "en"]
    assert [Order.from_json(order.to_json()) for order in orders] == orders


# What is not a file.


def test_a_missing_file_is_named(tmp_path):
    assert "tiada.csv" in refusal(tmp_path / "tiada.csv")


def test_a_folder_is_refused(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path.name} is a folder."


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "paip.csv")

    assert refusal(tmp_path / "paip.csv") == "paip.csv is not an ordinary file."


def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("soket.csv")
        refusal(tmp_path / "soket.csv")


def test_a_device_is_refused(tmp_path):
    link = tmp_path / "sifar.csv"
    link.symlink_to("/dev/zero")

    assert refusal(link) == "sifar.csv is not an ordinary file."


def test_a_link_to_itself_is_refused(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "a.csv")

    refusal(tmp_path / "a.csv")


def test_a_name_cannot_act_on_the_terminal(tmp_path):
    assert "\x1b" not in refusal(tmp_path / "\x1b[2Jtiada.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_one_may_not_read_is_refused(tmp_path):
    path = put(tmp_path, CSV)
    path.chmod(0)

    assert "may not read" in refusal(path)


# What is not a table.


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"- id: 1\n  social: x\n- id: 2\n  social: y\n", "akaun.yaml", "YAML"),
        (b"- id: 1\n  social: x\n- id: 2\n  social: y\n", "akaun.csv", "YAML"),
        (b"%PDF-1.7 ...", "akaun.csv", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "akaun.csv", "picture"),
        (b"\x1f\x8b\x08\x00abc", "akaun.csv", "compressed"),
        (b"SQLite format 3\0", "akaun.csv", "database"),
        (b"<!DOCTYPE html><table><tr><td>a</td></tr></table>", "akaun.xls", "web page"),
        (b"\xef\xbb\xbf  <html>", "akaun.xls", "web page"),
        (b"<?xml version='1.0'?><a/>", "akaun.csv", "XML"),
        (hostile.other_archive("a.txt"), "akaun.xlsx", "archive"),
        (hostile.other_archive("[Content_Types].xml", "word/document.xml"), "akaun.xlsx", "Word"),
        (hostile.other_archive("mimetype", "content.xml"), "akaun.ods", "OpenDocument"),
        (hostile.other_archive("xl/workbook.bin"), "akaun.xlsb", ".xlsb"),
        (b"PK\x05\x06" + b"\0" * 18, "akaun.xlsx", "archive"),
        (bytes(range(256)) * 20, "akaun.csv", "not text"),
    ],
    ids=lambda value: None if isinstance(value, str) else "",
)
def test_another_kind_of_file_is_named_with_what_is_accepted(tmp_path, data, name, what):
    sentence = refusal(put(tmp_path, data, name))

    assert what in sentence
    assert all(accepted in sentence for accepted in (".xlsx", ".csv", ".json"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 2000
            + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
    ],
    ids=["old", "locked"],
)
def test_an_old_or_locked_workbook_says_so(tmp_path, data, says):
    assert says in refusal(put(tmp_path, data, "akaun.xls"))


@pytest.mark.parametrize("data", [b"", b" ", b"\n\n\n", b"\xef\xbb\xbf", b",,,\n,,\n"])
def test_a_file_with_nothing_in_it_is_refused(tmp_path, data):
    refusal(put(tmp_path, data))


@pytest.mark.parametrize("byte", [b"a", b"1", b"\xe9"])
def test_a_file_of_one_letter_is_a_header_without_rows(tmp_path, byte):
    table = open_table(put(tmp_path, byte))

    assert len(table.headers) == 1
    assert table.rows == ()
    assert table.warnings == ("There are no rows below the header.",)


@pytest.mark.parametrize("byte", [b"\0", b"\x1b", b'"', b"{", b"[", b"<"])
def test_a_file_of_one_odd_byte_is_refused(tmp_path, byte):
    refusal(put(tmp_path, byte, "akaun.json"))


# Limits.


def test_a_file_too_large_is_refused_before_it_is_read_whole(tmp_path):
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    assert "larger than 64 MiB" in refusal(path)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"rows": 2}, "more than 2 rows"),
        ({"cells": 5}, "more than 5 cells"),
        ({"columns": 1}, "up to 1 columns"),
        ({"cell_characters": 3}, "more than 3 characters"),
        ({"characters": 10}, "more than 10 characters"),
    ],
)
def test_a_table_beyond_a_limit_names_it(tmp_path, limits, says):
    path = put(tmp_path, b"a,b\n" + b"abcde,fghij\n" * 3)
    limits = replace(DEFAULT, **limits)

    assert says in refusal(path, limits=limits)


def test_a_child_without_enough_memory_is_one_sentence(tmp_path):
    path = put(tmp_path, b"a,b\n" + b"x" * 40_000_000)
    limits = replace(DEFAULT, memory_bytes=80_000_000)

    assert "memory" in refusal(path, limits=limits)


def test_a_child_that_takes_too_long_is_ended(tmp_path):
    path = put(tmp_path, hostile.blank_rows(200_000), "akaun.xlsx")

    assert "longer" in refusal(path, limits=replace(DEFAULT, wall_seconds=0.4))


def test_a_child_that_spends_its_processor_time_is_ended(tmp_path):
    path = put(tmp_path, b"a,b\n" + b"1,2\n" * 1_000_000)
    limits = replace(DEFAULT, cpu_seconds=1, rows=10**9, cells=10**9)

    assert "longer" in refusal(path, limits=limits)


def test_a_child_that_cannot_start_is_one_sentence(tmp_path):
    refusal(put(tmp_path, CSV), limits=replace(DEFAULT, memory_bytes=1_000_000))


def test_nothing_is_left_behind(tmp_path):
    """No child process, no open file, no temporary file."""
    open_files, processes = len(os.listdir("/proc/self/fd")), children()
    path = put(tmp_path, CSV)
    open_table(path)
    refusal(put(tmp_path, b"%PDF", "a.pdf"))

    assert len(os.listdir("/proc/self/fd")) == open_files
    assert {entry.name for entry in tmp_path.iterdir()} == {"akaun.csv", "a.pdf"}
    assert children() == processes


def children() -> set[str]:
    """Return the processes that are this one's own, ended ones not yet waited for among them."""
    threads = Path("/proc/self/task").iterdir()
    return {pid for thread in threads for pid in (thread / "children").read_text().split()}


def test_the_file_is_not_touched(tmp_path):
    path = put(tmp_path, CSV)
    path.chmod(0o400)
    open_table(path)

    assert path.read_bytes() == CSV
    assert stat.S_IMODE(path.stat().st_mode) == 0o400


def test_the_child_loads_no_spreadsheet_library_for_text(tmp_path):
    """Its start is what a small file costs."""
    program = (
        "import sys; from inventory.importing import child; "
        "print(sorted({'openpyxl', 'lxml', 'subprocess', 'inventory.importing.door'}"
        " & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert answer.stdout.strip() == b"[]"


def assert_read_or_refused(path):
    """Either a whole table or one sentence."""
    table = sentence = None
    try:
        table = open_table(path)
    except FileRefused as error:
        sentence = error.sentence
    if table is None:
        assert sentence.endswith(".")
    else:
        assert all(len(row.cells) == len(table.headers) for row in table.rows)


@settings(max_examples=25)
@given(st.binary(max_size=400), st.sampled_from(["akaun.csv", "akaun.xlsx", "akaun.json"]))
def test_random_bytes_are_read_or_refused(tmp_path_factory, data, name):
    path = put(tmp_path_factory.mktemp("random"), data, name)
    assert_read_or_refused(path)


def test_damaged_workbooks_are_read_or_refused(tmp_path):
    """Bytes changed, removed and repeated at random in a sound workbook."""
    chance = random.Random(1)
    sound = hostile.workbook([["Nama", "Pautan"]] + [[f"a{n}", n] for n in range(30)])
    for _attempt in range(25):
        data = bytearray(sound)
        for _change in range(chance.randint(1, 8)):
            place = chance.randrange(len(data))
            data[place : place + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4))
        assert_read_or_refused(put(tmp_path, bytes(data), "akaun.xlsx"))
