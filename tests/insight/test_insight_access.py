"""Behind every number stand exactly the rows that it counts."""

from datetime import UTC, datetime

import pytest
from django.http import Http404

from gishe.insight import access, published
from gishe.insight.periods import Period
from tests.insight.insight_factories import contact, contacts, service

FINAL = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def behind(period, number, table=None):
    breakdown = table.breakdown if table else None
    _, rows = access.rows(
        period,
        indicator=breakdown.indicator if breakdown else number.code,
        breakdown=breakdown.code if breakdown else "",
        code=number.code if breakdown else "",
        now=FINAL,
    )
    return rows.count()


@pytest.mark.parametrize("period", [Period(2025), Period(2025, 10)])
def test_every_number_of_contacts_opens_as_many_rows(jonas, period):
    legal = service()
    contacts(jonas, datetime(2025, 8, 12, 8, tzinfo=UTC), {"ar": 3})  # too small
    contacts(jonas, datetime(2025, 9, 12, 8, tzinfo=UTC), {"ar": 5, "fa": 1})  # whole
    at = datetime(2025, 10, 12, 8, tzinfo=UTC)
    contacts(jonas, at, {"ar": 30, "uk": 20, "fa": 2})
    for _ in range(6):
        contact(jonas, at, services=(legal,), needs=("legal", "health"))

    found = published.statistics(period, FINAL)

    assert behind(period, found.contacts) == found.contacts.count
    for table in found.all_tables:
        for number in table.numbers:
            shown = behind(period, number, table)
            assert shown == number.count, (table.breakdown.code, number)


@pytest.mark.parametrize(
    ("indicator", "breakdown", "code"),
    [("person", "", ""), ("contact", "service", "x"), ("contact", "need", "gold")],
)
def test_what_is_not_counted_has_no_rows(db, indicator, breakdown, code):
    with pytest.raises(Http404):
        access.rows(
            Period(2025, 10),
            indicator=indicator,
            breakdown=breakdown,
            code=code,
            now=FINAL,
        )
