"""The hours of the programme on the cards of their services."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from gishe.directory import actions, queries
from gishe.directory.card import card, editable_hours
from gishe.directory.models import Schedule
from tests.directory import directory_rows as rows

DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
MONDAYS = [date(2026, 12, day) for day in (7, 14, 21, 28)]

pytestmark = pytest.mark.django_db


def publish(made, days, month=DECEMBER, opens=10):
    hours = [actions.HouseHours(made.pk, day, time(opens), time(12)) for day in days]
    return actions.publish_hours(month=month, hours=hours, by=None, at=AT)


def said(made, today, language="en"):
    with translation.override(language):
        found = card(made, today).coming
        return [
            f"{it.days} {it.opens:%H:%M}–{it.closes:%H:%M} {it.limits}".strip()
            for it in found
        ]


@pytest.fixture
def advice(db):
    made = rows.service(rows.organization())
    rows.at(made, rows.house())
    return made


def test_weeks_running_are_one_row_at_the_house(advice):
    count = publish(advice, MONDAYS)

    row = Schedule.objects.get()
    assert count == 1
    assert row.service is None
    assert row.service_at_location.service == advice
    assert (row.freq, row.byday) == ("WEEKLY", "MO")
    assert (row.valid_from, row.valid_to) == (MONDAYS[0], MONDAYS[-1])
    assert row.source_name == "programme"
    assert row.source_id.startswith("2026-12/")


def test_a_service_without_the_house_carries_its_hours_itself():
    made = rows.service(rows.organization())
    publish(made, MONDAYS[:1])

    assert Schedule.objects.get().service == made


def test_a_gap_makes_two_rows_and_no_day_too_many(advice):
    publish(advice, [MONDAYS[0], MONDAYS[2], MONDAYS[3]])

    spans = Schedule.objects.order_by("valid_from").values_list(
        "valid_from", "valid_to"
    )
    assert list(spans) == [(MONDAYS[0], MONDAYS[0]), (MONDAYS[2], MONDAYS[3])]


def test_publishing_again_replaces_only_the_hours_of_that_month(advice):
    own = Schedule.objects.create(
        service=advice, byday="FR", opens_at=time(8), closes_at=time(9)
    )
    publish(advice, MONDAYS)
    publish(advice, [date(2027, 1, 4)], month=JANUARY)
    kept = Schedule.objects.get(source_id__startswith="2027-01")

    publish(advice, [MONDAYS[1]])

    assert set(Schedule.objects.all()) >= {own, kept}
    assert Schedule.objects.count() == 3
    assert Schedule.objects.get(source_id__startswith="2026-12").valid_to == MONDAYS[1]


def test_the_same_hours_again_change_nothing(advice):
    publish(advice, MONDAYS)
    before = set(Schedule.objects.values_list("pk", flat=True))

    publish(advice, MONDAYS)

    assert set(Schedule.objects.values_list("pk", flat=True)) == before


def test_what_is_over_leaves_when_the_next_month_comes(advice):
    publish(advice, [date(2026, 9, 7)], month=date(2026, 9, 1))
    publish(advice, MONDAYS)

    assert Schedule.objects.filter(valid_to__lt=date(2026, 10, 1)).count() == 0


@pytest.mark.parametrize(
    ("days", "today", "words"),
    [
        (MONDAYS, date(2026, 12, 2), ["Every Monday 10:00–12:00"]),
        (MONDAYS, date(2026, 11, 20), ["Every Monday 10:00–12:00 from 7 December"]),
        (
            MONDAYS[:2],
            date(2026, 12, 2),
            ["Every Monday 10:00–12:00 until 14 December"],
        ),
        (MONDAYS[:1], date(2026, 12, 2), ["Monday 7 December 10:00–12:00"]),
        (MONDAYS, date(2026, 12, 28), ["Monday 28 December 10:00–12:00"]),
        (MONDAYS, date(2026, 12, 29), []),
        (
            [MONDAYS[0], MONDAYS[3]],
            date(2026, 12, 8),
            ["Monday 28 December 10:00–12:00"],
        ),
    ],
)
def test_the_card_says_when_and_nothing_past(advice, days, today, words):
    publish(advice, days)

    assert [it.replace(",", "") for it in said(advice, today)] == words


def test_two_months_that_follow_are_said_once(advice):
    publish(advice, MONDAYS)
    publish(advice, [date(2027, 1, 4), date(2027, 1, 11)], month=JANUARY)

    assert said(advice, date(2026, 12, 9)) == [
        "Every Monday 10:00–12:00 until 11 January"
    ]


def test_every_weekday_is_said_as_its_language_says_it(advice):
    publish(advice, [date(2026, 12, day) for day in (2, 9, 16, 23, 30)])

    assert said(advice, date(2026, 12, 1), "ru") == ["Каждую среду 10:00–12:00"]


def test_the_day_of_the_week_finds_them_while_they_last(advice):
    publish(advice, MONDAYS)

    for day, found in ((DECEMBER, [advice.pk]), (date(2026, 12, 29), [])):
        assert queries.search(weekday=0, today=day).found == found
    assert queries.search(weekday=1, today=DECEMBER).found == []


def test_who_keeps_the_card_edits_only_his_own_hours(advice, clara):
    made = rows.service(rows.organization(), texts={"bg": "Курс"})
    publish(made, MONDAYS)
    assert editable_hours(made) == {}

    edited = actions.Edited(fields={}, hours={2: (time(9), time(10))})
    actions.edit_card(
        service=made, version=made.version, edited=edited, by=clara, at=AT
    )

    assert sorted(made.schedules.values_list("byday", "source_name")) == [
        ("MO", "programme"),
        ("WE", ""),
    ]


def test_pages_say_when(client, advice, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2026, 12, 2))
    publish(advice, MONDAYS)

    for page in ("/en/services/", f"/en/services/{advice.pk}/"):
        assert "Every Monday" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("number", "words"),
    [("+359 2 987 65 43", "Please call"), ("", "Please ask at the counter")],
)
def test_nobody_is_asked_to_call_where_there_is_no_number(client, number, words):
    made = rows.service(rows.organization(), review_date=date(2020, 1, 1))
    if number:
        made.phones.create(number=number)

    shown = client.get(f"/en/services/{made.pk}/").content.decode()

    assert words in shown
    assert ("call" in shown) == bool(number)
