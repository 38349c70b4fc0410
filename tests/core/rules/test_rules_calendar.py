"""Calendar months against a walk through the days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gishe.core.rules._calendar import (
    first_start_too_late,
    months_after,
    months_later,
    months_since,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def walked(start: date, months: int) -> date:
    """The day ``months`` later, found by counting days one by one."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    day = date(year, month, 1)
    while day.day < start.day and (day + timedelta(1)).month == month:
        day += timedelta(1)
    return day


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-07-01", 3, "2025-10-01"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-12-15", 1, "2026-01-15"),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(start, months, end):
    assert months_after(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_on_day_91_after_1_july_the_three_months_are_not_over():
    start = date(2025, 7, 1)

    assert months_since(start, start + timedelta(91)) == 2
    assert months_since(start, start + timedelta(92)) == 3


@given(DAYS, st.integers(0, 80))
def test_adding_months_is_walking_through_the_days(start, months):
    assert months_after(start, months) == walked(start, months)


@given(DAYS, DAYS)
def test_months_since_is_the_most_months_that_are_over(start, as_of):
    months = months_since(start, as_of)

    assert months_after(start, months) <= as_of < months_after(start, months + 1)


@given(DAYS, DAYS, st.integers(-30, 60))
def test_a_deadline_is_one_comparison_of_days(start, as_of, months):
    over = start.toordinal() < first_start_too_late(as_of, months)

    assert over is (months_since(start, as_of) >= months)


@given(DAYS, st.integers(0, 60))
def test_the_day_months_are_over_is_the_first_on_which_they_are(start, months):
    day = date.fromordinal(months_later(start.toordinal(), months))

    assert months_since(start, day) == months
    assert months_since(start, day - timedelta(1)) < months


def test_months_before_the_calendar_begins_are_never_over():
    assert first_start_too_late(date(2026, 1, 1), 12 * 3000) == 0
