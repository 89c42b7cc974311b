"""What a cell of a workbook says, as the text its reader would take it for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache

EXACT_DIGITS = 15
_LONG = 10**EXACT_DIGITS
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - no zone
_FIRST_DAY = 1_000
_ZEROS = re.compile("0{2,32}")


@dataclass(frozen=True, slots=True)
class Styles:
    """What the number formats of a workbook mean, by the number of the style."""

    dates: frozenset[str] = frozenset()
    durations: frozenset[str] = frozenset()
    zeros: Mapping[str, int] = field(default_factory=dict)
    from_1904: bool = False


def zeros_of(number_format: str) -> int:
    """Return how many digits a format such as `00000` shows; 0 for any other."""
    return len(number_format) if _ZEROS.fullmatch(number_format) else 0


def number_text(value: str, style: str, styles: Styles) -> str:
    """Return the number `value` as it is shown: a date as ISO text, a whole number without `.0`."""
    if style in styles.dates:
        return serial_text(value, style in styles.durations, styles.from_1904)
    text = value if value.isdecimal() and value.isascii() else _plain(value)
    return text.zfill(styles.zeros[style]) if style in styles.zeros else text


def is_rounded(text: str) -> bool:
    """Say whether a whole number has more digits than Excel keeps of a number."""
    return len(text) > EXACT_DIGITS and len(text.lstrip("-")) > EXACT_DIGITS and _is_whole(text)


@cache
def serial_text(value: str, duration: bool, from_1904: bool) -> str:
    """Return Excel's day number as ISO text, its time dropped at midnight.

    A number that is no day of the calendar stays the number it is, and so does one below 1,000:
    whoever types 404 into a column of dates does not mean a day of 1901.
    """
    try:
        days = float(value)
        if duration:
            return str(timedelta(seconds=round(days * 86_400)))
        if 1 <= days < _FIRST_DAY:
            return _plain(value)
        moment = (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(
            seconds=round(days * 86_400)
        )
    except (ValueError, OverflowError):
        return _plain(value)
    if 0 <= days < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if moment.time() == time.min else moment.isoformat(sep=" ")


def iso_text(value: str) -> str:
    """Return a date written as ISO text by the file, its time dropped at midnight."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment.date().isoformat() if moment.time() == time.min else moment.isoformat(sep=" ")


def _plain(value: str) -> str:
    """Return a number without exponent, without `.0`, with the 15 digits Excel shows."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number != number or number in (float("inf"), float("-inf")):
        return value
    if _is_whole(value):
        return value
    if number.is_integer():
        return str(int(number))
    return f"{number:.{EXACT_DIGITS}g}" if abs(number) < _LONG else repr(number)


def _is_whole(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isdecimal() and digits.isascii()
