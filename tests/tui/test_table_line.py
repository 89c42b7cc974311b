"""The filter line edits like any line of text."""

import pytest

from tui.table.line_editor import EDITING, LONGEST, Line


def line(marked: str) -> Line:
    """Return the line with its cursor where the bar stands."""
    return Line(marked.replace("|", ""), marked.index("|"))


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("abc|", "backspace", "ab|"),
        ("a|bc", "backspace", "|bc"),
        ("|abc", "backspace", "|abc"),
        ("cafe\u0301|", "backspace", "caf|"),
        ("部门|", "backspace", "部|"),
        ("a|bc", "delete", "a|c"),
        ("abc|", "delete", "abc|"),
        ("|e\u0301a", "delete", "|a"),
        ("dua kata|", "ctrl+w", "dua |"),
        ("dua kata  |", "ctrl+w", "dua |"),
        ("dua ka|ta", "ctrl+w", "dua |ta"),
        ("|dua", "ctrl+w", "|dua"),
        ("dua ka|ta", "ctrl+u", "|ta"),
        ("ab|c", "left", "a|bc"),
        ("|abc", "left", "|abc"),
        ("cafe\u0301|", "left", "caf|e\u0301"),
        ("caf|e\u0301", "right", "cafe\u0301|"),
        ("abc|", "right", "abc|"),
        ("ab|c", "home", "|abc"),
        ("a|bc", "end", "abc|"),
    ],
)
def test_a_key_edits_the_line(before: str, key: str, after: str) -> None:
    assert EDITING[key](line(before)) == line(after)


@pytest.mark.parametrize(
    ("before", "typed", "after"),
    [
        ("a|c", "b", "ab|c"),
        ("|", "dua\nbaris\r\n\tlagi ", "dua baris lagi|"),
        ("|", "  two  spaces ", "  two  spaces |"),
    ],
)
def test_text_goes_in_at_the_cursor(before: str, typed: str, after: str) -> None:
    assert line(before).insert(typed) == line(after)


def test_a_pasted_file_does_not_become_a_search() -> None:
    pasted = Line("ab", 1).insert("x" * 1_000_000)
    assert len(pasted.text) == LONGEST
    assert pasted.cursor == LONGEST - 1
