"""The demo city on every day of the week."""

from datetime import UTC, datetime, timedelta

import pytest

from gishe.desks import queries
from gishe.desks.demo import open_city
from gishe.programme.models import Notice
from gishe.programme.queries import house_days


@pytest.mark.parametrize("day", range(14, 21))
def test_the_demo_city_opens_on_every_day_of_the_week(db, day):
    at = datetime(2026, 12, day, 9, 0, tzinfo=UTC)

    open_city(at)

    assert queries.counter(at).coming
    days = [at.date() + timedelta(days=n) for n in range(14)]
    opens = next(it for it, house in house_days(days).items() if house.is_open)
    about_the_house = Notice.objects.get(slot__isnull=True)
    assert (about_the_house.first_day, about_the_house.last_day) == (opens, opens)
