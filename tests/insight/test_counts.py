"""What is counted, and what is not."""

from datetime import UTC, datetime, timedelta

import pytest

from gishe.insight import counts
from gishe.insight.counts import BREAKDOWNS, INDICATORS, Code
from gishe.insight.periods import Period
from tests.insight.insight_factories import contact, service

OCTOBER = Period(2026, 10)
MIDDLE = datetime(2026, 10, 14, 8, 0, tzinfo=UTC)  # a Wednesday, 11 in Sofia


@pytest.fixture
def legal(db):
    return service()


def test_one_talk_is_one_contact_with_each_service_once(jonas, legal):
    other = service("Accompaniment")
    contact(jonas, MIDDLE, services=(legal, other), places=("Red Cross",))
    contact(jonas, MIDDLE, needs=("legal", "health"))

    found = counts.tally(OCTOBER)

    assert found.totals == {
        Code.CONTACT: 2,
        Code.SERVICE_GIVEN: 2,
        Code.REFERRAL_OUT: 1,
    }
    assert found.parts["need"] == {"legal": 2, "health": 1}
    assert found.parts["service"] == {str(legal.pk): 1, str(other.pk): 1}


def test_every_partition_adds_up_to_its_indicator(jonas, legal):
    for hour in range(12):
        at = MIDDLE + timedelta(hours=hour * 5)
        contact(
            jonas,
            at,
            services=(legal,) * (hour % 2),
            language=["ar", "uk", "ru"][hour % 3],
            age_group=["", "18_24"][hour % 2],
        )

    found = counts.tally(OCTOBER)

    for breakdown in BREAKDOWNS.values():
        if breakdown.is_partition:
            total = found.totals[breakdown.indicator]
            assert found.parts[breakdown.code].total() == total


def test_a_contact_after_midnight_counts_for_its_local_day(jonas):
    contact(jonas, datetime(2026, 9, 30, 21, 30, tzinfo=UTC))

    found = counts.tally(OCTOBER)

    assert found.totals[Code.CONTACT] == 1
    assert found.parts["weekday"] == {"4": 1}  # Thursday, 1 October
    assert found.parts["hour"] == {"00": 1}
    assert counts.tally(Period(2026, 9)).totals[Code.CONTACT] == 0


def test_what_was_taken_back_does_not_count(jonas):
    contact(jonas, MIDDLE, undone_at=MIDDLE + timedelta(minutes=5), undone_by=jonas)

    assert counts.tally(OCTOBER).totals[Code.CONTACT] == 0
    assert counts.by_month(Code.CONTACT, [OCTOBER]) == {OCTOBER: 0}
    assert counts.first_month() is None


def test_a_final_month_keeps_what_is_taken_back_later(jonas, legal):
    late = OCTOBER.closes_at
    contact(jonas, MIDDLE, services=(legal,), undone_at=late, undone_by=jonas)
    early = late - timedelta(seconds=1)
    contact(jonas, MIDDLE, undone_at=early, undone_by=jonas)

    assert counts.tally(OCTOBER).totals[Code.CONTACT] == 1
    assert counts.contacts(Period(2026)).count() == 1
    assert counts.by_month(Code.CONTACT, [OCTOBER]) == {OCTOBER: 1}
    assert counts.by_month(Code.SERVICE_GIVEN, [OCTOBER]) == {OCTOBER: 1}


def test_all_ways_of_counting_a_month_agree(jonas, legal):
    for n in range(7):
        contact(jonas, MIDDLE + timedelta(days=n), services=(legal,), places=("X",))

    found = counts.tally(OCTOBER)

    for code in (Code.CONTACT, Code.SERVICE_GIVEN, Code.REFERRAL_OUT):
        assert INDICATORS[code].count(OCTOBER) == found.totals[code]
        assert counts.by_month(code, [OCTOBER]) == {OCTOBER: found.totals[code]}


def test_behind_every_part_stand_as_many_contacts_as_it_says(jonas, legal):
    gone = service("Gone")
    for n in range(6):
        contact(
            jonas,
            MIDDLE + timedelta(days=n, hours=n),
            needs=("legal",) if n % 2 else ("legal", "health"),
            services=(legal,) if n % 2 else (gone,),
            language="ar" if n < 4 else "uk",
            age_group="" if n < 2 else "18_24",
        )
    gone.delete()

    found = counts.tally(OCTOBER)

    for breakdown in BREAKDOWNS.values():
        for code, count in found.parts[breakdown.code].items():
            rows = counts.rows_behind(
                OCTOBER, breakdown.indicator, breakdown.code, code
            )
            assert rows.count() == count, (breakdown.code, code)


def test_people_are_not_counted_yet():
    assert INDICATORS[Code.PERSON].count(OCTOBER) is None


def test_counting_a_month_takes_four_queries(jonas, legal, django_assert_num_queries):
    contact(jonas, MIDDLE, services=(legal,))

    with django_assert_num_queries(4):
        counts.tally(OCTOBER)
