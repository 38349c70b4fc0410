"""Feedback: once, anonymous, locked, and counted only in numbers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.insight import actions, queries
from gishe.insight.models import Feedback
from gishe.insight.periods import Period

MIDDLE = datetime(2026, 10, 14, 8, 0, tzinfo=UTC)
FINAL = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def give(at=MIDDLE, **fields):
    values = {"reference": new_reference(), "language": "ar", "at": at} | fields
    return actions.give_feedback(**values)


@pytest.mark.django_db
def test_the_same_form_twice_is_one_row():
    reference = new_reference()

    give(reference=reference, service_score=5)
    again = give(reference=reference, service_score=1)

    assert Feedback.objects.count() == 1
    assert again.service_score == 5
    assert AuditEvent.objects.filter(verb="feedback.given").count() == 1


@pytest.mark.django_db
def test_words_and_address_lie_locked_in_the_database():
    row = give(words="They were kind", answer_to="0888 123 456")

    with connection.cursor() as cursor:
        cursor.execute("SELECT words, answer_to FROM insight_feedback")
        stored = b"".join(bytes(value) for value in cursor.fetchone())

    assert b"kind" not in stored
    assert b"0888" not in stored
    assert Feedback.objects.get(id=row.id).words == "They were kind"


@pytest.mark.django_db
def test_a_flood_is_stopped_for_a_minute():
    for _ in range(actions.MOST_A_MINUTE):
        give(service_score=1)

    with pytest.raises(actions.TooManyAtOnce):
        give(service_score=1)
    assert give(at=MIDDLE + timedelta(seconds=61), service_score=4)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"service_score": 0}, {"service_score": 6}, {"staff_score": 9}, {}],
)
def test_the_database_refuses_what_is_no_feedback(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(given_at=MIDDLE, language="bg", **wrong)


def test_reading_words_leaves_a_trace(jonas):
    rows = [give(words="a"), give(words="b")]

    actions.read_feedback(rows=rows, by=jonas, at=FINAL)

    events = AuditEvent.objects.filter(verb="feedback.read")
    assert {event.reference for event in events} == {row.id for row in rows}
    assert all(event.purpose for event in events)


@pytest.mark.django_db
def test_satisfaction_is_silent_below_five_answers():
    for _ in range(4):
        give(service_score=5)

    assert queries.satisfaction(Period(2026, 10), FINAL) == []


@pytest.mark.django_db
def test_satisfaction_has_mean_and_number_of_answers():
    for score in (5, 5, 5, 4, 4):
        give(service_score=score)

    [found] = queries.satisfaction(Period(2026, 10), FINAL)

    assert (found.mean, found.n) == (4.6, 5)
    assert found.distribution is None  # 3 and 2 are small numbers


@pytest.mark.django_db
def test_the_distribution_is_shown_when_every_score_is_large_or_nobody():
    for score in (5,) * 6 + (4,) * 5:
        give(staff_score=score)

    [found] = queries.satisfaction(Period(2026, 10), FINAL)

    assert found.distribution == [(5, 6), (4, 5), (3, 0), (2, 0), (1, 0)]


@pytest.mark.django_db
def test_satisfaction_waits_until_the_month_is_final():
    for _ in range(6):
        give(service_score=5)

    assert queries.satisfaction(Period(2026, 10), MIDDLE + timedelta(days=1)) == []


@pytest.mark.django_db
def test_a_year_of_satisfaction_leaves_small_months_out():
    for _ in range(6):
        give(service_score=5)
    for _ in range(2):
        give(at=MIDDLE - timedelta(days=40), service_score=1)

    [found] = queries.satisfaction(Period(2026), FINAL)

    assert (found.n, found.mean) == (6, 5.0)
