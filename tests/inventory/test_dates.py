"""Dates as people write them in three languages, and what is no date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.dates import DateOrder, guess_order, is_ambiguous, read_date

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        "2026/11/20",
        "2026.11.20",
        "20261120",
        "2026-11-20T13:45:00Z",
        "2026-11-20T13:45:00+08:00",
        "2026-11-20 13:45:00.123",
        "2026-11-20T13:45",
        " 2026-11-20 ",
        "20/11/2026",
        "20.11.26",
        "20-11-2026",
        "20 / 11 / 2026",
        "20/11/2026 13:45",
        "20/11/2026, 1:45:00 PM",
        "20/11/2026 1.45 ptg",
        "11/20/2026",
        "11/20/2026 12:00:00 AM",
        "20 Nov 2026",
        "20-Nov-26",
        "20 November 2026",
        "20hb November 2026",
        "20th November, 2026",
        "November 20, 2026",
        "Nov 20 2026",
        "Fri, 20 Nov 2026 10:00:00 GMT",
        "Jumaat, 20 November 2026",
        "20 de noviembre de 2026",
        "viernes, 20 de noviembre de 2026",
        "20\u00a0nov. 2026",
    ],
)
def test_one_day_in_many_forms(text):
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("Januari", 1), ("Jan", 1), ("enero", 1), ("January", 1),
        ("Februari", 2), ("Feb", 2), ("febrero", 2),
        ("Mac", 3), ("March", 3), ("marzo", 3), ("Mar", 3),
        ("April", 4), ("Abr", 4), ("Apr", 4),
        ("Mei", 5), ("May", 5), ("mayo", 5),
        ("Jun", 6), ("June", 6), ("junio", 6),
        ("Julai", 7), ("July", 7), ("julio", 7), ("Jul", 7),
        ("Ogos", 8), ("OGOS", 8), ("August", 8), ("agosto", 8), ("Aug", 8),
        ("September", 9), ("Sept", 9), ("septiembre", 9), ("Sep", 9),
        ("Oktober", 10), ("October", 10), ("octubre", 10), ("Okt", 10),
        ("November", 11), ("noviembre", 11),
        ("Disember", 12), ("December", 12), ("diciembre", 12), ("Dis", 12),
    ],
)  # fmt: skip
def test_the_months_of_three_languages(name, month):
    assert read_date(f"5 {name} 2026") == date(2026, month, 5)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "404", "404.0", "tiada", "-", "N/A", "2026", "11/2026", "Nov 2026",
        "31/02/2026", "32/01/2026", "13/13/2026", "0/1/2026", "2026-13-01", "2026-00-10",
        "20/11/1989", "20/11/2101", "1901-02-07", "99999999", "45981", "20 Foo 2026",
        "1.2.3.4", "20-11/2026", "20/11/026", "https://x.com/2026-11-20", "2026-11-20 lalu",
        "٢٠/١١/٢٠٢٦", "x" * 10_000, "1" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_date(text):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("03/04/2026", True, date(2026, 4, 3)),
        ("03/04/2026", False, date(2026, 3, 4)),
        ("25/04/2026", False, date(2026, 4, 25)),
        ("04/25/2026", True, date(2026, 4, 25)),
        ("12/12/2012 12:00:00 AM", True, date(2012, 12, 12)),
        ("2026-03-04", False, date(2026, 3, 4)),
        ("3/4/90", True, date(1990, 4, 3)),
        ("3/4/89", True, date(2089, 4, 3)),
    ],
)
def test_which_number_is_the_day(text, day_first, expected):
    assert read_date(text, day_first=day_first) == expected


def test_excels_day_numbers_are_dates_only_when_told():
    assert read_date("46346") is None
    assert read_date("46346", excel_serial=True) == DAY
    assert read_date("46346.57", excel_serial=True) == DAY
    assert read_date("404", excel_serial=True) is None
    assert read_date("99999", excel_serial=True) is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "25/04/2026"], DateOrder.DAY_FIRST),
        (["03/04/2026", "04/25/2026 12:00:00 AM", "404"], DateOrder.MONTH_FIRST),
        (["03/04/2026", "05/05/2026"], None),
        (["25/04/2026", "04/25/2026"], None),
        (["2026-11-20", "20 Nov 2026", "", "404"], None),
        ([], None),
    ],
)
def test_a_column_proves_its_order_or_not(texts, order):
    assert guess_order(texts) == order


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [("03/04/2026", True), ("04/04/2026", False), ("25/04/2026", False), ("404", False)],
)
def test_an_ambiguous_date_is_known(text, ambiguous):
    assert is_ambiguous(text) is ambiguous


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from("/-."))
def test_every_day_is_read_back(day, mark):
    written = f"{day.day}{mark}{day.month}{mark}{day.year}"

    assert read_date(day.isoformat()) == day
    assert read_date(written) == day
    assert read_date(f"{day.month:02}{mark}{day.day:02}{mark}{day.year}", day_first=False) == day
    assert read_date(f"{day:%d %b %Y}") == day
    assert read_date(f"{day:%B %d, %Y}") == day


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_none(text):
    found = read_date(text)

    assert found is None or 1990 <= found.year <= 2100
