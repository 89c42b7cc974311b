"""Times as platforms write them: read with care, never from the future."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from audits.probes.sightings import Precision

_CLOCKS_DIFFER = timedelta(minutes=5)
_DAYS_DIFFER = timedelta(days=1)  # somewhere it is tomorrow already
_FIRST_YEAR = 1990  # earlier is a date nobody set
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC, and how exactly it is known."""

    at: datetime
    precision: Precision = Precision.SECOND


def moment(written: object, now: datetime) -> Moment | None:
    """Return an ISO 8601 time; None when it is none, lies in the future or was never set.

    A time without a zone is known to the day.
    """
    if not isinstance(written, str) or not 8 <= len(written) <= _LONGEST:
        return None
    try:
        read = datetime.fromisoformat(written.strip().upper())
    except ValueError:
        return None
    return past(read, now)


def past(read: datetime, now: datetime) -> Moment | None:
    """Return a time that was read as a moment in UTC, unless it lies in the future."""
    if read.tzinfo is None:
        return _past_day(read.date(), now)
    try:
        at = read.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    if at.year < _FIRST_YEAR or at > now + _CLOCKS_DIFFER:
        return None
    return Moment(min(at, now))


def past_day(written: object, now: datetime) -> Moment | None:
    """Return the day of an ISO date or time, known to the day only."""
    found = moment(written, now)
    return None if found is None else _past_day(found.at.date(), now)


def day(written: object, now: datetime) -> date | None:
    """Return the day of an ISO date or time, or None."""
    found = moment(written, now)
    return None if found is None else found.at.date()


def newest(moments: Iterable[Moment | None]) -> Moment | None:
    """Return the latest of the moments that are known."""
    return max((one for one in moments if one), key=lambda one: one.at, default=None)


def _past_day(read: date, now: datetime) -> Moment | None:
    if read.year < _FIRST_YEAR or read > (now + _DAYS_DIFFER).date():
        return None
    return Moment(datetime(read.year, read.month, read.day, tzinfo=UTC), Precision.DAY)
