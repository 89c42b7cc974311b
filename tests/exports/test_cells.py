"""Text from data stays text: in cells, links, tabs and printed margins."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.cells import (
    LONGEST_TEXT,
    Place,
    clean,
    margin_text,
    must_quote,
    plain,
    put,
    safe_link,
    sheet_title,
)
from exports.styles import Style, add_styles
from inventory.safe_text import hides_something
from tests.exports.payloads import FORMULAS, ODDITIES

UNDERSCORE_STAND_IN = "\ue000"


@pytest.fixture
def workbook() -> Workbook:
    workbook = Workbook()
    add_styles(workbook)
    return workbook


def decoded(text: str) -> str:
    """What Excel shows for a stored text."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)


class TestClean:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Kementerian Contoh", "Kementerian Contoh"),
            ("line\nbreak\tand tab", "line\nbreak\tand tab"),
            ("a\r\nb", "a\nb"),
            ("a\rb", "a␍b"),
            ("\x1b[31m", "␛[31m"),
            ("gpj\u202eexe", "gpj\\u202eexe"),
            ("\ud800", "\\ud800"),
            ("\ufffe\uffff", "\\ufffe\\uffff"),
            ("\ufdd0\U0001fffe", "\\U0000fdd0\\U0001fffe"),
            ("كاون رسمي 😀", "كاون رسمي 😀"),
            ("_x000D_", "_x005F_x000D_"),
            ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
            ("_x000", "_x000"),
        ],
    )
    def test_known_texts(self, text: str, shown: str) -> None:
        assert clean(text) == shown

    @given(st.text(st.characters(exclude_characters=UNDERSCORE_STAND_IN)))
    def test_nothing_is_hidden_and_excel_shows_what_was_meant(self, text: str) -> None:
        result = clean(text)
        assert not hides_something(result.replace("\n", "").replace("\t", ""))
        unescaped = clean(text.replace("_", UNDERSCORE_STAND_IN))
        assert decoded(result) == unescaped.replace(UNDERSCORE_STAND_IN, "_")

    @given(st.text("_x05FDafg\n"))
    def test_what_looks_like_a_code_is_shown_as_it_was(self, text: str) -> None:
        assert decoded(clean(text)) == text

    @pytest.mark.parametrize("letter", ["a", "é", "😀", "_x000D_", "\u202e"])
    def test_a_text_too_long_for_a_cell_is_cut_and_says_so(self, letter: str) -> None:
        result = clean(letter * 40_000)
        assert len(result.encode("utf-16-le")) <= LONGEST_TEXT * 2
        assert result.endswith("characters]")
        assert "cut here" in result

    def test_the_longest_text_that_fits_is_not_cut(self) -> None:
        assert clean("é" * LONGEST_TEXT) == "é" * LONGEST_TEXT
        assert clean("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT


class TestValues:
    @pytest.mark.parametrize(
        ("value", "kept"),
        [
            (None, None),
            ("", None),
            ("00123", "00123"),
            (12, 12),
            (0.25, 0.25),
            (999_999_999_999_999, 999_999_999_999_999),
            (12345678901234567890, "12345678901234567890"),
            (-(10**15), "-1000000000000000"),
            (float("nan"), "nan"),
            (float("inf"), "inf"),
            (date(2026, 1, 2), date(2026, 1, 2)),
            (date(1900, 2, 28), "1900-02-28"),
        ],
    )
    def test_what_excel_cannot_hold_exactly_becomes_text(self, value: object, kept: object) -> None:
        assert plain(value) == kept  # type: ignore[arg-type]
        assert type(plain(value)) is type(kept)  # type: ignore[arg-type]

    @pytest.mark.parametrize("value", [True, datetime(2026, 1, 2, tzinfo=UTC), b"x", ["x"]])
    def test_what_a_sheet_must_say_in_words_is_refused(self, value: object) -> None:
        with pytest.raises(TypeError):
            plain(value)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "text", ["=1", "+60", "-1", "@x", "\tx", " =1", "'a", "＝1", "007", "1/2"]
    )
    def test_texts_that_would_not_survive_being_entered_again_are_quoted(self, text: str) -> None:
        assert must_quote(text)

    @pytest.mark.parametrize("text", ["Kementerian", "a=1", "(lihat)", "é", " x"])
    def test_other_texts_are_not(self, text: str) -> None:
        assert not must_quote(text)


class TestPut:
    @pytest.mark.parametrize("text", FORMULAS + ODDITIES)
    def test_no_text_becomes_a_formula_or_an_error(self, workbook: Workbook, text: str) -> None:
        cell = put(workbook.worksheets[0], 1, 1, text, Style.TEXT)
        assert cell.data_type == "s"
        assert cell.value == clean(text)
        assert bool(cell.quotePrefix) == must_quote(clean(text))
        assert cell.style == "rasmi_text"

    def test_a_date_is_a_date_in_our_format_in_any_style(self, workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        for row, style in enumerate([Style.DATE, Style.TEXT, Style.ANSWER_DATE], 1):
            cell = put(sheet, row, 1, date(2026, 1, 2), style)
            assert (cell.value, cell.number_format) == (date(2026, 1, 2), "dd/mm/yyyy")

    def test_a_number_among_dates_is_no_date(self, workbook: Workbook) -> None:
        cell = put(workbook.worksheets[0], 1, 1, 404, Style.DATE)
        assert (cell.value, cell.number_format) == (404, "General")

    def test_links_lead_to_pages_and_places_only(self, workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        page = put(sheet, 1, 1, "x", Style.LINK, "https://example.org/a")
        place = put(sheet, 2, 1, "x", Style.LINK, Place("O'Neil & co", "B7"))
        unsafe = put(sheet, 3, 1, "javascript:alert(1)", Style.LINK, "javascript:alert(1)")
        assert page.hyperlink is not None
        assert page.hyperlink.target == "https://example.org/a"
        assert place.hyperlink is not None
        assert (place.hyperlink.location, place.hyperlink.target) == ("'O''Neil & co'!B7", None)
        assert (unsafe.hyperlink, unsafe.value) == (None, "javascript:alert(1)")


SAFE = [
    ("https://www.facebook.com/contoh", None),
    ("http://example.org", None),
    ("https://example.org:8443/a?b=c&d=%20e#f", None),
    ("https://example.org/a?x[]=1", "https://example.org/a?x%5B%5D=1"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("https://example.org/jabatan/é", "https://example.org/jabatan/%C3%A9"),
    ("HTTPS://Example.ORG/A", "https://example.org/A"),
    ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ('https://example.org/"<>', "https://example.org/%22%3C%3E"),
]

UNSAFE = [
    "", "example.org", "//example.org/x", "javascript:alert(1)", "file:///etc/passwd",
    "\\\\evil\\share", "https:\\\\evil", "ms-word:ofe|u|https://x", "mailto:a@example.org",
    "ftp://example.org", "data:text/html,x", "https://user:pw@example.org/", "https://a@b.example/",
    "https://", "https:///x", "https://exa mple.org", "https://example.org/a b", " https://x.example",
    "https://example.org/\n", "https://example.org/\x00", "https://example.org/\u202egpj",
    "https://[::1]/", "https://[v1.x]/", "https://example.org:port/", "https://example.org:99999/",
    "https://exam%70le.org/", "https://exa|mple.org", "https://a..b.example/",
    "https://" + "a" * 300,
    "https://example.org/" + "a" * 2_000, "https://example.org/" + "é" * 700, "#'Sheet'!A1",
    "https://ex\u200bample.org", "https://例え\ud800.example",
]  # fmt: skip


class TestLinks:
    @pytest.mark.parametrize(("url", "link"), SAFE)
    def test_pages_of_the_web(self, url: str, link: str | None) -> None:
        assert safe_link(url) == (link or url)

    @pytest.mark.parametrize("url", UNSAFE)
    def test_anything_else_is_no_link(self, url: str) -> None:
        assert safe_link(url) is None

    @given(st.text() | st.text().map("https://example.org/{}".format))
    def test_a_link_is_short_plain_ascii_and_its_own_link(self, url: str) -> None:
        link = safe_link(url)
        if link is not None:
            assert re.fullmatch(r"https?://[!-~]+", link)
            assert len(link) <= 2_000
            assert not set(link) & set('"<>\\^`{|} ')
            assert safe_link(link) == link


class TestTitlesAndMargins:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("Penemuan", "Penemuan"),
            ("a/b\\c?d*e[f]g:h", "a-b-c-d-e-f-g-h"),
            ("'quoted'", "quoted"),
            ("History", "History 1"),
            ("", "1"),
            ("two\nlines", "two␊lines"),
            ("gpj\u202eexe", "gpj-u202eexe"),
            ("x" * 40, "x" * 31),
            ("😀" * 20, "😀" * 15),
        ],
    )
    def test_titles(self, text: str, title: str) -> None:
        assert sheet_title(text) == title

    def test_a_title_is_not_given_twice_whatever_its_case(self) -> None:
        assert sheet_title("Akaun", ["akaun"]) == "Akaun (2)"
        assert sheet_title("x" * 40, ["X" * 31, "x" * 27 + " (2)"]) == "x" * 27 + " (3)"

    @given(st.text())
    def test_excel_takes_any_title_we_make(self, text: str) -> None:
        title = sheet_title(text)
        assert 0 < len(title.encode("utf-16-le")) <= 62
        assert not set(title) & set("\\/?*[]:")
        assert not title.startswith("'")
        assert not title.endswith("'")

    @pytest.mark.parametrize(
        ("text", "margin"),
        [
            ("&CKomunikasi & Digital", "&&CKomunikasi && Digital"),
            ("line\nbreak", "line␊break"),
            ("x" * 90, "x" * 79 + "…"),
        ],
    )
    def test_a_margin_holds_no_commands(self, text: str, margin: str) -> None:
        assert margin_text(text) == margin
