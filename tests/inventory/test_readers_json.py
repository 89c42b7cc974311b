"""JSON: a list of records, wherever it stands; every other shape is named and refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.importing.door import FileRefused
from tests.inventory.reading_in_process import read


def read_value(value):
    """Return what is read from `value` as JSON."""
    return read(json.dumps(value).encode(), "akaun.json")


def test_a_list_of_records():
    reading = read_value([{"nama": "A", "pautan": "x"}, {"nama": "B", "kod": "1"}])

    assert reading.format == "json"
    assert reading.headers == ["nama", "pautan", "kod"]
    assert reading.cells == [["A", "x", ""], ["B", "", "1"]]
    assert [number for number, _cells in reading.rows] == [1, 2]


def test_an_object_with_one_list_of_records():
    reading = read_value({"jumlah": 1, "tag": ["a"], "akaun": [{"nama": "A"}]})

    assert reading.headers == ["nama"]
    assert reading.detail == "UTF-8, akaun"


def test_one_record_a_line():
    reading = read(b'{"nama": "A"}\n\n{"nama": "B"}\n', "akaun.json")

    assert reading.cells == [["A"], ["B"]]


def test_inner_objects_become_columns_and_lists_become_lines():
    reading = read_value(
        [{"nama": "A", "sosial": {"x": "p", "dalam": {"y": "q"}}, "pautan": ["r", None, 5]}]
    )

    assert reading.headers == ["nama", "sosial.x", "sosial.dalam.y", "pautan"]
    assert reading.cells == [["A", "p", "q", "r\n\n5"]]


def test_a_list_of_objects_within_a_record_becomes_a_line_each():
    reading = read_value(
        [{"nama": "A", "akaun": [{"jenis": "X", "url": "p"}, {"url": "q"}, {"jenis": "T"}]}]
    )

    assert reading.headers == ["nama", "akaun.jenis", "akaun.url"]
    assert reading.cells == [["A", "X\n\nT", "p\nq\n"]]


def test_values_keep_every_digit():
    text = (
        b'[{"a": 12345678901234567890123, "b": 1.50, "c": 3.0, "d": true, "e": false,'
        b' "f": null, "g": NaN, "h": -Infinity, "i": 1e400, "j": "007", "k": ' + b"9" * 5000 + b"}]"
    )
    (cells,) = read(text, "akaun.json").cells

    assert cells[:10] == [
        "12345678901234567890123",
        "1.50",
        "3",
        "TRUE",
        "FALSE",
        "",
        "NaN",
        "-Infinity",
        "1e400",
        "007",
    ]
    assert cells[10] == "9" * 5000


def test_the_last_of_repeated_names_wins():
    assert read(b'[{"a": "1", "a": "2"}]', "akaun.json").cells == [["2"]]


def test_halves_of_characters_are_marked_and_named():
    reading = read(b'[{"a": "x"}, {"a": "\\ud83d"}, {"a": "\\ud83d\\ude00"}]', "akaun.json")

    assert reading.cells == [["x"], ["\ufffd"], ["😀"]]
    assert reading.warnings == ["Halves of characters were replaced by a mark: record 2."]


def test_records_with_nothing_in_them_are_passed_over():
    assert read_value([{"a": "1"}, {}, {"a": None}, {"a": "4"}]).rows == [(1, ["1"]), (4, ["4"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings(encoding):
    data = '[{"nama": "Dirección – ☎"}]'.encode(encoding)

    assert read(data, "akaun.json").cells == [["Dirección – ☎"]]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"a": {"nama": "A"}, "b": {"nama": "B"}}, "not a list of records"),
        ({"a": "b"}, "not a list of records"),
        ({"a": [{"n": 1}], "b": [{"n": 2}]}, r"several lists of records \(a, b\)"),
        (["https://x.com/a"], "Record 1"),
        ([{"a": 1}, ["b"]], "Record 2"),
        ([{"a": [[1]]}], "list within a list"),
        ([], "no records"),
        ([{}], "no records"),
    ],
)
def test_another_shape_is_refused(value, says):
    with pytest.raises(FileRefused, match=says):
        read_value(value)


def test_a_name_cannot_act_on_the_terminal():
    with pytest.raises(FileRefused) as caught:
        read_value({"\x1b[2J": [{"n": 1}], "b": [{"n": 2}]})

    assert "\x1b" not in str(caught.value)


def test_broken_json_names_the_line():
    with pytest.raises(FileRefused, match="line 3 cannot be read as JSON"):
        read(b'[{"a": 1},\n{"a": 2},\n{"a" 3}]', "akaun.json")


NAMES = st.text(st.sampled_from("abcdeé字٣"), min_size=1, max_size=3)
TEXTS = st.text(st.characters(codec="utf-8")).filter(lambda text: not text or text.strip())


@given(st.lists(st.dictionaries(NAMES, TEXTS), min_size=1, max_size=6).filter(any))
def test_what_is_written_is_read_back(records):
    reading = read_value(records)
    names = list(dict.fromkeys(name for record in records for name in record))

    assert reading.headers == names
    assert reading.cells == [
        [record.get(name, "") for name in names] for record in records if any(record.values())
    ]
