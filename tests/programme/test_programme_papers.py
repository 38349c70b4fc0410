"""Calendar, poster and the values behind them, read back as others read them."""

import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from icalendar import Calendar
from pypdf import PdfReader

from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.programme import actions, calendars, pages, posters, queries
from gishe.programme.models import ClosedDay, OpeningHours, Slot
from gishe.programme.timetable import Choice, State
from tests.conftest import NOON
from tests.programme import programme_factories as make
from tests.programme.programme_factories import DECEMBER, NOVEMBER

pytestmark = pytest.mark.django_db


@pytest.fixture
def law(clara):
    service = make.service(make.organization("Bridge", clara))
    names = {"en": "Legal advice", "bg": "Правна консултация", "ar": "استشارة قانونية"}
    service.name = Translated.of("bg", **names)
    service.save()
    return service


@pytest.fixture
def published(law, clara, ines):
    make.house_open()
    make.offer(law, first_day=NOVEMBER, by=clara, starts=time(11), ends=time(13))
    return make.publish(ines, NOVEMBER)


def events(choice=None, months=(NOVEMBER,), at=NOON):
    made = calendars.calendar(months, choice or Choice(), at, "https://example.org/")
    return {str(it["uid"]): it for it in Calendar.from_ical(made).walk("VEVENT")}


def notice(by, kind="cancelled", day=25, slot=None):
    return actions.post_notice(
        reference=new_reference(),
        kind=kind,
        first_day=date(2026, 11, day),
        last_day=date(2026, 11, day),
        text=Translated.of("en", en="The adviser is ill."),
        slot=slot,
        by=by,
        at=NOON,
    )


def test_a_calendar_is_read_back_as_it_was_meant(published):
    found = list(events().values())

    first = min(found, key=lambda it: it["dtstart"].dt)
    assert len(found) == 4
    assert first["dtstart"].dt == datetime(2026, 11, 4, 9, 0, tzinfo=UTC)
    assert first["dtend"].dt - first["dtstart"].dt == timedelta(hours=2)
    assert {str(it["status"]) for it in found} == {"CONFIRMED"}
    assert all("dtstamp" in it and it["sequence"] == 1000 for it in found)


def test_a_cancelled_hour_is_said_and_its_sequence_rises(published, ines):
    slot = Slot.objects.get(date=date(2026, 11, 25))
    before = events()[f"{slot.id}@gishe"]

    posted = notice(ines, slot=slot)

    cancelled = events()[f"{slot.id}@gishe"]
    actions.withdraw_notice(notice=posted, by=ines, at=NOON)
    again = events()[f"{slot.id}@gishe"]
    assert str(cancelled["status"]) == "CANCELLED"
    assert str(again["status"]) == "CONFIRMED"
    assert before["sequence"] < cancelled["sequence"] < again["sequence"]


def test_what_a_new_version_took_out_is_cancelled_in_calendars(
    published, law, clara, ines
):
    [offer] = queries.offers(NOVEMBER)
    uids = set(events())
    actions.withdraw_offer(offer=offer, by=clara, at=NOON)
    make.offer(law, first_day=NOVEMBER, by=clara, weekday=4, at=NOON)
    make.publish(ines, NOVEMBER, NOON)

    found = events()

    assert uids < set(found)
    assert {str(found[uid]["status"]) for uid in uids} == {"CANCELLED"}


def test_uids_stay_the_same_in_every_version(published, law, clara, ines):
    before = set(events())
    make.offer(law, first_day=NOVEMBER, by=clara, weekday=4, at=NOON)

    make.publish(ines, NOVEMBER, NOON)

    assert before < set(events())


def test_a_feed_holds_what_was_chosen(published, law):
    assert len(events(Choice(language="ar"))) == 4
    assert len(events(Choice(language="fa"))) == 0
    assert len(events(Choice(service=law.id))) == 4
    assert len(events(Choice(organization=law.organization_id))) == 4
    assert len(events(Choice(organization=law.id))) == 0


def test_a_notice_for_the_house_lasts_all_day_in_calendars(published, ines):
    posted = notice(ines, kind="info")

    found = events()[f"{posted.id}@gishe"]

    assert found["dtstart"].dt == date(2026, 11, 25)
    assert "The adviser is ill." in str(found["summary"])


def poster_text(language, first_day=NOVEMBER):
    with translation.override(language):
        page = pages.month_page(first_day, Choice(), NOON)
        made = posters.poster(page, f"https://example.org/{language}/programme/")
    reader = PdfReader(io.BytesIO(made))
    return len(reader.pages), "\n".join(it.extract_text() for it in reader.pages)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("bg", ["Правна", "Сряда", "11:00–13:00", "арабски"]),
        ("fr", ["Legal advice", "Mercredi", "11:00–13:00", "arabe"]),
        ("uk", ["Середа", "11:00–13:00"]),
    ],
)
def test_the_poster_says_the_month_on_one_page(published, language, words):
    count, text = poster_text(language)

    assert count == 1
    assert [it for it in words if it not in text] == []


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_poster_is_drawn_from_right_to_left(published, language):
    count, text = poster_text(language)

    assert count == 1
    assert "11:00–13:00" in text
    assert "2026" in text


def test_the_poster_says_what_is_different(published, ines):
    notice(ines)

    assert "The adviser is ill." in poster_text("en")[1]


def test_the_poster_names_dates_only_where_it_is_not_every_week(
    published, law, clara, ines
):
    day = date(2026, 11, 20)
    make.offer(law, first_day=NOVEMBER, by=clara, date=day, at=NOON)
    make.publish(ines, NOVEMBER, NOON)

    text = poster_text("en")[1]

    assert text.count("only on:") == 1


def test_the_house_is_open_closed_or_on_holiday(ines):
    make.house_open()
    ClosedDay.objects.create(
        date=date(2026, 12, 17), reason=Translated.of("en", en="Moving house")
    )

    found = {
        day: queries.house_hours_on(date(2026, 12, day)) for day in (16, 17, 19, 25)
    }

    assert {day: it.why for day, it in found.items()} == {
        16: "",
        17: "closed",
        19: "weekend",
        25: "holiday",
    }
    assert (found[16].opens, found[16].closes) == (time(9), time(17))
    assert str(found[17].reason) == "Moving house"
    assert found[25].reason.shown("bg").text


def test_opening_hours_hold_from_until():
    OpeningHours.objects.create(
        weekday=0,
        opens=time(9),
        closes=time(12),
        valid_until=date(2026, 12, 7),
    )

    assert queries.house_hours_on(date(2026, 11, 30)).is_open
    assert not queries.house_hours_on(date(2026, 12, 7)).is_open


def test_a_notice_can_close_the_house(published, ines):
    notice(ines)

    house = queries.house_hours_on(date(2026, 11, 25))

    assert (house.is_open, house.why) == (False, "closed")
    assert queries.slots_on(date(2026, 11, 25), NOON)[0].state == State.CANCELLED


@pytest.mark.parametrize(
    ("hour", "state"),
    [(8, State.LATER), (9, State.NOW), (10, State.NOW), (11, State.OVER)],
)
def test_a_slot_stands_as_the_clock_says(published, hour, state):
    at = datetime(2026, 11, 18, hour, 0, tzinfo=UTC)  # Sofia is two hours ahead

    assert [it.state for it in queries.slots_on(date(2026, 11, 18), at)] == [state]


def test_a_full_hour_is_full_until_it_is_over(published, ines):
    slot = Slot.objects.get(date=date(2026, 11, 18))
    notice(ines, kind="full", day=18, slot=slot)

    states = [
        queries.slots_on(slot.date, NOON + timedelta(hours=h))[0].state for h in (0, 5)
    ]

    assert states == [State.FULL, State.OVER]


def test_the_next_hours_of_a_service_leave_out_what_is_cancelled(published, law, ines):
    notice(ines, slot=Slot.objects.get(date=date(2026, 11, 25)))

    assert [it.date.day for it in queries.next_slots(law, 3, NOON)] == [18]


def test_nothing_is_on_in_a_month_without_a_version(law, clara):
    make.offer(law, by=clara)

    assert queries.slots_on(date(2026, 12, 2), NOON) == []
    assert queries.published(DECEMBER) is None
    assert not queries.is_published(DECEMBER)
