"""Working days: counted with the weekend of the state. Public holidays are not known here."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from itertools import count

SATURDAY_SUNDAY = frozenset({5, 6})


def due_on(received: date, days: int, weekend: Collection[int] = SATURDAY_SUNDAY) -> date:
    """Return the last day of a period of `days` working days that begins after `received`.

    Weekdays are numbered from Monday 0. Raises ValueError for a week without a working day.
    """
    if len(frozenset(weekend) & frozenset(range(7))) == 7:
        raise ValueError("a week needs a working day")
    left = days
    for step in count():
        day = received + timedelta(days=step)
        if step and day.weekday() not in weekend:
            left -= 1
        if left <= 0:
            return day
    raise AssertionError("unreachable")


def weekend_of(
    names: Collection[str], states: Mapping[str, frozenset[int]], default: frozenset[int]
) -> frozenset[int]:
    """Return the weekend that holds for an organisation by its names and those above it.

    A state counts where its name is a word of one of `names`.
    """
    words = {word for name in names for word in name.casefold().split()}
    return next((weekend for state, weekend in states.items() if state in words), default)
