"""Working days, by the weekend of the state."""

from datetime import date

import pytest

from audits.workdays import SATURDAY_SUNDAY, due_on, weekend_of

FRIDAY_SATURDAY = frozenset({4, 5})
STATES = {"kedah": FRIDAY_SATURDAY}


@pytest.mark.parametrize(
    ("received", "days", "weekend", "due"),
    [
        (date(2026, 1, 5), 3, SATURDAY_SUNDAY, date(2026, 1, 8)),  # Monday to Thursday
        (date(2026, 1, 2), 3, SATURDAY_SUNDAY, date(2026, 1, 7)),  # Friday to Wednesday
        (date(2026, 1, 3), 3, SATURDAY_SUNDAY, date(2026, 1, 7)),  # Saturday to Wednesday
        (date(2026, 1, 4), 1, SATURDAY_SUNDAY, date(2026, 1, 5)),
        (date(2026, 1, 1), 3, FRIDAY_SATURDAY, date(2026, 1, 6)),  # Thursday to Tuesday
        (date(2026, 1, 5), 0, SATURDAY_SUNDAY, date(2026, 1, 5)),
    ],
)
def test_a_period_ends_on_a_working_day(
    received: date, days: int, weekend: frozenset[int], due: date
) -> None:
    assert due_on(received, days, weekend) == due


def test_a_week_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="working day"):
        due_on(date(2026, 1, 1), 1, range(7))


@pytest.mark.parametrize(
    ("names", "weekend"),
    [
        (["Majlis Bandaran Contoh", "Negeri Kedah"], FRIDAY_SATURDAY),
        (["Kedahan Contoh"], SATURDAY_SUNDAY),
        ([], SATURDAY_SUNDAY),
    ],
)
def test_a_state_is_recognised_by_a_whole_word(names: list[str], weekend: frozenset[int]) -> None:
    assert weekend_of(names, STATES, SATURDAY_SUNDAY) == weekend
