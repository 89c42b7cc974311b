"""Dates as people write them, in Malay, English and Spanish; what is no date is None."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1990, 2100
_LONGEST = 64
_EXCEL_EPOCH = date(1899, 12, 30)


class DateOrder(StrEnum):
    """Which number comes first where a date is three numbers and the year is last."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januari enero ene",
            "february feb februari pebruari febrero",
            "march mar mac marzo maret",
            "april apr abril abr",
            "may mei mayo",
            "june jun junio",
            "july jul julai julio",
            "august aug ogos ogo ogs agosto ago",
            "september sep sept septiembre setiembre set",
            "october oct oktober okt octubre",
            "november nov noviembre",
            "december dec disember dis diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = (
    r"(?:[T ,]+(?:at |pukul |jam )?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?"
    r"\s*(?:am|pm|a\.m\.|p\.m\.|pg|ptg|tgh|h)?\s*(?:z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_WEEKDAY = r"(?:[^\W\d]{3,9}\.?,?\s+)?"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text + _TIME, re.IGNORECASE)


_YEAR_FIRST = _pattern(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = _pattern(r"([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})")
_DAY_NAMED = _pattern(
    _WEEKDAY
    + r"([0-9]{1,2})(?:st|nd|rd|th|hb|º|ª)?[\s./-]+(?:de\s+)?([^\W\d]{3,10})\.?"
    + r"[\s,./-]+(?:de[l]?\s+)?([0-9]{4}|[0-9]{2})"
)
_NAMED_DAY = _pattern(
    _WEEKDAY + r"([^\W\d]{3,10})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})"
)
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")


def read_date(text: str, *, day_first: bool = True, excel_serial: bool = False) -> date | None:
    """Return the date that `text` says, or None where it says none between 1990 and 2100.

    A time of day is left out. `day_first` settles what two readings fit (03/04/2026); where only
    the other one fits (12/31/2012) that one is taken. `excel_serial` allows Excel's day numbers.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    if excel_serial and (serial := _SERIAL.fullmatch(text)):
        return _within(_EXCEL_EPOCH + timedelta(days=int(serial[1])))
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := _COMPACT.fullmatch(text):
        return _date(match[1], match[2], match[3])
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = match[1], match[3], match[4]
        by_day, by_month = _date(year, second, first), _date(year, first, second)
        return (by_day or by_month) if day_first else (by_month or by_day)
    return _read_named(text)


def guess_order(texts: Iterable[str]) -> DateOrder | None:
    """Return the order that the dates of one column prove, or None where none of them does.

    13/04/2026 proves day first, 04/13/2026 month first. A column that holds both proves nothing;
    read it day first, and say so.
    """
    proven = {order for text in texts if (order := _proof(text))}
    return proven.pop() if len(proven) == 1 else None


def is_ambiguous(text: str) -> bool:
    """Say whether `text` is a different date day first than month first."""
    by_day = read_date(text)
    return by_day is not None and by_day != read_date(text, day_first=False)


def _proof(text: str) -> DateOrder | None:
    match = _YEAR_LAST.fullmatch(" ".join(text.split())) if len(text) <= _LONGEST else None
    if not match:
        return None
    by_day = _date(match[4], match[3], match[1])
    by_month = _date(match[4], match[1], match[3])
    if (by_day is None) == (by_month is None):
        return None
    return DateOrder.DAY_FIRST if by_day else DateOrder.MONTH_FIRST


def _read_named(text: str) -> date | None:
    if match := _DAY_NAMED.fullmatch(text):
        day, name, year = match[1], match[2], match[3]
    elif match := _NAMED_DAY.fullmatch(text):
        name, day, year = match[1], match[2], match[3]
    else:
        return None
    month = _MONTHS.get(name.casefold())
    return _date(year, str(month), day) if month else None


def _date(year: str, month: str, day: str) -> date | None:
    full = int(year)
    if len(year) == 2:
        full += 1900 if full >= FIRST_YEAR % 100 else 2000
    try:
        return _within(date(full, int(month), int(day)))
    except ValueError:
        return None


def _within(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
