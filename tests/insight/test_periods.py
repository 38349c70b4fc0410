"""Months begin at midnight at the counter, and are final after fourteen days."""

from datetime import UTC, date, datetime

import pytest

from gishe.insight.periods import NotAPeriod, Period, State


def test_october_begins_at_midnight_in_sofia():
    october = Period.parse("2026-10")

    assert october.start == datetime(2026, 9, 30, 21, tzinfo=UTC)  # summer time
    assert october.end == datetime(2026, 10, 31, 22, tzinfo=UTC)  # winter time


def test_a_moment_belongs_to_the_month_of_the_counter():
    late = datetime(2026, 9, 30, 21, 30, tzinfo=UTC)  # half past midnight in Sofia

    assert Period.month_of(late) == Period(2026, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2026-13",
        "2026-00",
        "2026-1",
        "26-10",
        "20261",
        "2026-10-01",
        "",
        "２０２６",
        "x",
    ],
)
def test_what_names_no_month_is_refused(text):
    with pytest.raises(NotAPeriod):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2022-10", "2022"])
def test_a_period_is_written_as_it_was_read(text):
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2026, 9, 30, 20, 59, tzinfo=UTC), State.FUTURE),
        (datetime(2026, 9, 30, 21, 0, tzinfo=UTC), State.RUNNING),
        (datetime(2026, 10, 31, 22, 0, tzinfo=UTC), State.CLOSING),
        (datetime(2026, 11, 14, 21, 59, tzinfo=UTC), State.CLOSING),
        (datetime(2026, 11, 14, 22, 0, tzinfo=UTC), State.CLOSED),
    ],
)
def test_how_far_october_has_come(now, state):
    assert Period(2026, 10).state(now) is state


def test_the_last_day_for_late_entries():
    assert Period(2026, 10).last_entry_day == date(2026, 11, 14)


def test_neighbours_across_the_new_year():
    assert Period(2026, 12).next == Period(2027, 1)
    assert Period(2027, 1).before == Period(2026, 12)
    assert Period(2026).next == Period(2027)
