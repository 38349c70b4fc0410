"""The house: its hours, its closed days, its rooms; who changes them, and how."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.programme import actions, board, house, premises, queries
from gishe.programme.models import ClosedDay, HouseRoom, OpeningHours
from tests.conftest import NOON
from tests.programme import programme_factories as make
from tests.programme.programme_factories import NOVEMBER

pytestmark = pytest.mark.django_db
NOWHERE = UUID("01900000-0000-7000-8000-000000000000")  # nobody's reference
TODAY = NOON.date()  # a Wednesday
PAGE = "/en/programme/house/"
NINE_TO_FIVE, TEN_TO_SIX = (time(9), time(17)), (time(10), time(18))


@pytest.fixture(autouse=True)
def on_a_wednesday_at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def change(by, *spans, days=(2,), first_day=TODAY, revision=0):
    actions.change_hours(
        weekdays=days,
        spans=spans,
        first_day=first_day,
        revision=revision,
        by=by,
        at=NOON,
    )


def hours_on(day):
    return list(queries.house_hours_on(day).hours)


def told():
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def facts(name="Room 1", **changes):
    usual = {"places": 6, "position": 0, "is_in_use": True}
    return actions.RoomFacts(name=Translated.of("en", en=name), **{**usual, **changes})


def test_a_change_from_a_day_on_keeps_what_was(ines):
    make.house_open()
    coming = TODAY + timedelta(weeks=2)

    change(ines, TEN_TO_SIX, first_day=coming)

    assert hours_on(TODAY) == [NINE_TO_FIVE]
    assert hours_on(coming - timedelta(weeks=1)) == [NINE_TO_FIVE]
    assert hours_on(coming) == [TEN_TO_SIX]
    assert hours_on(coming + timedelta(days=1)) == [NINE_TO_FIVE]
    assert told() == ["house.hours_changed"]


def test_a_plan_gives_way_to_a_newer_plan(ines):
    make.house_open()
    coming = TODAY + timedelta(weeks=2)
    change(ines, TEN_TO_SIX, first_day=coming)

    change(ines, first_day=TODAY + timedelta(weeks=1), revision=1)

    assert hours_on(TODAY) == [NINE_TO_FIVE]
    assert hours_on(TODAY + timedelta(weeks=1)) == []
    assert hours_on(coming) == []


def test_a_break_at_noon(ines):
    change(ines, (time(9), time(12)), (time(13), time(17)), days=range(5))

    assert OpeningHours.objects.count() == 10
    assert not queries.house_hours_on(TODAY).is_open_at(time(12, 30))


def test_the_same_change_again_does_nothing(ines):
    change(ines, TEN_TO_SIX)

    change(ines, TEN_TO_SIX, revision=0)

    assert OpeningHours.objects.count() == 1
    assert told() == ["house.hours_changed"]


def test_the_second_of_two_people_changes_nothing(ines):
    change(ines, TEN_TO_SIX)

    with pytest.raises(actions.HouseMoved):
        change(ines, NINE_TO_FIVE, revision=0)

    assert hours_on(TODAY) == [TEN_TO_SIX]


@pytest.mark.parametrize(
    ("spans", "first_day"),
    [
        ([(time(17), time(9))], TODAY),
        ([(time(9), time(9))], TODAY),
        ([(time(9), time(13)), (time(12), time(17))], TODAY),
        ([NINE_TO_FIVE], TODAY - timedelta(days=1)),
    ],
)
def test_hours_that_cannot_be_are_refused(ines, spans, first_day):
    with pytest.raises(actions.HouseRefused):
        change(ines, *spans, first_day=first_day)

    assert not OpeningHours.objects.exists()


def close(by, day=TODAY, reference=None):
    return actions.close_day(
        reference=reference or new_reference(),
        day=day,
        reason=Translated.of("en", en="Repairs"),
        by=by,
        at=NOON,
    )


def test_a_closed_day_says_why(ines):
    make.house_open()

    close(ines)

    found = queries.house_hours_on(TODAY)
    assert (found.is_open, str(found.reason)) == (False, "Repairs")


def test_a_day_is_closed_once(ines):
    closed = close(ines)

    close(ines, reference=closed.id)
    with pytest.raises(actions.HouseRefused):
        close(ines)

    assert told() == ["house.day_closed"]


def test_a_day_that_is_over_is_neither_closed_nor_opened(ines):
    was = ClosedDay.objects.create(date=TODAY - timedelta(days=1))

    with pytest.raises(actions.HouseRefused):
        close(ines, day=TODAY - timedelta(days=1))

    assert not actions.open_day(reference=was.id, by=ines, at=NOON)
    assert ClosedDay.objects.get() == was


def test_a_day_is_opened_again_once(ines):
    closed = close(ines)

    answers = [
        actions.open_day(reference=closed.id, by=ines, at=NOON) for _time in range(2)
    ]

    assert answers == [True, False]
    assert told() == ["house.day_closed", "house.day_opened"]


def test_a_room_is_added_once(ines):
    reference = new_reference()

    for _time in range(2):
        actions.add_room(reference=reference, facts=facts(), by=ines, at=NOON)

    assert HouseRoom.objects.get().places == 6
    assert told() == ["room.added"]


def test_the_second_of_two_people_does_not_overwrite_a_room(ines):
    room = make.room()
    save = {"room": room, "version": 1, "by": ines, "at": NOON}
    actions.save_room(facts=facts("Blue room"), **save)
    stale = HouseRoom.objects.get()

    with pytest.raises(actions.HouseMoved):
        actions.save_room(**{**save, "room": stale}, facts=facts("Green room"))

    assert str(HouseRoom.objects.get().name) == "Blue room"


@pytest.fixture
def published_in_a_room(clara, ines):
    make.house_open()
    room = make.room()
    law = make.service(make.organization("Bridge", clara))
    make.offer(law, first_day=NOVEMBER, by=clara, room=room, weekday=3)
    make.publish(ines, NOVEMBER)
    return room


def test_a_room_with_published_hours_cannot_vanish(ines, published_in_a_room):
    with pytest.raises(actions.HouseRefused):
        actions.remove_room(room=published_in_a_room, by=ines, at=NOON)

    assert HouseRoom.objects.get() == published_in_a_room


def test_a_room_out_of_use_keeps_what_is_published(client, ines, published_in_a_room):
    actions.save_room(
        room=published_in_a_room,
        version=1,
        facts=facts(is_in_use=False),
        by=ines,
        at=NOON,
    )

    [slot] = queries.slots_on(date(2026, 11, 19))
    week = board.week(board.board(NOVEMBER), TODAY)
    assert slot.room.id == published_in_a_room.id
    assert published_in_a_room in week.rooms
    assert list(queries.rooms()) == []


def test_a_room_that_was_never_used_can_be_removed(ines):
    actions.remove_room(room=make.room(), by=ines, at=NOON)

    assert not HouseRoom.objects.exists()
    assert told() == ["room.removed"]


def local_noon():
    return datetime(2026, 11, 18, 12, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("why", "turn"),
    [
        ("closed", lambda by, room: close(by, day=date(2026, 11, 19))),
        ("outside", lambda by, room: change(by, (time(14), time(17)), days=[3])),
        (
            "room",
            lambda by, room: actions.save_room(
                room=room, version=1, facts=facts(is_in_use=False), by=by, at=NOON
            ),
        ),
    ],
)
def test_published_hours_that_do_not_fit_are_named(
    client, ines, published_in_a_room, why, turn
):
    client.force_login(ines)
    before = client.get(PAGE).text

    turn(ines, published_in_a_room)

    found = premises.premises(local_noon()).misfits
    assert {it.why for it in found} == {why}
    assert "does not fit the house" not in before
    assert "does not fit the house" in client.get(PAGE).text


ROOMS = ["house/", "house/rooms/new/", "room"]
POSTS = [
    "house/hours/",
    "house/closed/",
    f"house/closed/{NOWHERE}/open/",
    f"house/rooms/{NOWHERE}/remove/",
]


@pytest.mark.parametrize("page", ROOMS)
def test_four_questions_of_the_house(client, ines, mallory, page):
    if page == "room":
        page = f"house/rooms/{make.room().id}/"
    page = f"/en/programme/{page}"

    assert "/account/login/" in client.get(page).url
    client.force_login(mallory)
    assert client.get(page).status_code == 404
    client.force_login(ines)
    assert client.get(page).status_code == 200
    assert client.delete(page).status_code == 405


@pytest.mark.parametrize("page", POSTS)
def test_four_questions_of_what_changes_the_house(client, ines, mallory, page):
    page = f"/en/programme/{page}"

    assert "/account/login/" in client.post(page).url
    client.force_login(mallory)
    assert client.post(page).status_code == 404
    client.force_login(ines)
    assert client.post(page).status_code in (302, 404, 422)
    assert client.get(page).status_code == 405


def test_only_the_coordinator_looks_after_the_house(client, request):
    seen = {}
    for name in ("jonas", "clara", "ines", "otto", "ada", "mallory"):
        client.force_login(request.getfixturevalue(name))
        seen[name] = client.get(PAGE).status_code == 200

    assert [name for name, sees in seen.items() if sees] == ["ines"]


def said(**changes):
    usual = {"weekdays": ["2"], "opens": "10:00", "closes": "18:00", "revision": "0"}
    return {**usual, "first_day": "2026-11-18", **changes}


def test_hours_are_changed_and_shown_with_what_was(client, ines):
    make.house_open()
    client.force_login(ines)

    answer = client.post(f"{PAGE}hours/", said(), follow=True)

    assert "The new hours are saved." in answer.text
    assert "10:00–18:00" in answer.text
    assert "Hours that held before" in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens": "18:00", "closes": "10:00"}, "The house closes before it opens."),
        (
            {"opens_again": "17:00", "closes_again": "19:00"},
            "The two times overlap.",
        ),
        ({"opens": ""}, "Please give both hours, or none."),
        ({"opens": "soon"}, "Enter a valid time."),
        ({"weekdays": []}, "Choose at least one day."),
        ({"weekdays": ["9"]}, "Select a valid choice."),
        ({"first_day": "2026-11-17"}, "A change begins today at the earliest."),
        ({"first_day": ""}, "This field is required."),
    ],
)
def test_bad_hours_come_back_with_clear_words(client, ines, changes, words):
    client.force_login(ines)

    answer = client.post(f"{PAGE}hours/", said(**changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert not OpeningHours.objects.exists()


def test_who_saves_hours_second_sees_both_and_saves_again(client, ines):
    client.force_login(ines)
    client.post(f"{PAGE}hours/", said())

    answer = client.post(f"{PAGE}hours/", said(opens="11:00"))

    assert answer.status_code == 409
    assert "Somebody else changed the hours a moment ago." in answer.text
    assert "10:00–18:00" in answer.text
    assert 'value="11:00"' in answer.text
    client.post(f"{PAGE}hours/", said(opens="11:00", revision="1"))
    assert hours_on(TODAY) == [(time(11), time(18))]


def closing(**changes):
    usual = {"reference": str(new_reference()), "date": "2026-12-07"}
    reason = {"reason-source": "en", "reason-en": "Repairs", "reason-ar": "إصلاحات"}
    return {**usual, **reason, **changes}


def test_a_day_is_closed_with_a_reason_in_languages(client, ines):
    client.force_login(ines)
    form = closing()

    for _time in range(2):
        answer = client.post(f"{PAGE}closed/", form, follow=True)

    assert "Every page says so" in answer.text
    assert ClosedDay.objects.get().reason.shown("ar").text == "إصلاحات"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": "2026-11-17"}, "This day is over."),
        ({"date": "never"}, "Enter a valid date."),
        ({"reason-en": "", "reason-ar": ""}, "at least one language"),
    ],
)
def test_a_day_that_cannot_be_closed_comes_back(client, ines, changes, words):
    client.force_login(ines)

    answer = client.post(f"{PAGE}closed/", closing(**changes))

    assert answer.status_code == 422
    assert words in answer.text
    assert not ClosedDay.objects.exists()


def test_a_day_closed_by_somebody_else_is_told(client, ines):
    client.force_login(ines)
    client.post(f"{PAGE}closed/", closing())

    answer = client.post(f"{PAGE}closed/", closing())

    assert answer.status_code == 422
    assert "The house is already closed on this day." in answer.text


def a_room(**changes):
    usual = {"reference": str(new_reference()), "version": "1", "is_in_use": "on"}
    name = {"name-source": "en", "name-en": "Blue room", "name-ar": "الغرفة الزرقاء"}
    return {**usual, **name, "places": "8", "position": "2", **changes}


def test_a_room_is_made_and_kept_in_languages(client, ines):
    client.force_login(ines)

    client.post(f"{PAGE}rooms/new/", a_room())

    room = HouseRoom.objects.get()
    assert (room.places, room.position, room.is_in_use) == (8, 1, True)
    assert "الغرفة الزرقاء" in client.get("/ar/programme/house/").text


def test_who_saves_a_room_second_sees_both(client, ines):
    client.force_login(ines)
    page = f"{PAGE}rooms/{make.room().id}/"
    client.post(page, a_room())

    answer = client.post(page, a_room(**{"name-en": "Green room"}))

    assert answer.status_code == 409
    assert "Somebody else saved this room" in answer.text
    assert "Blue room" in answer.text
    assert "Green room" in answer.text
    again = a_room(**{"name-en": "Green room"}, version="2")
    client.post(page, again)
    assert str(HouseRoom.objects.get().name) == "Green room"


@pytest.mark.parametrize("changes", [{"places": "0"}, {"name-en": "", "name-ar": ""}])
def test_a_room_that_cannot_be_comes_back(client, ines, changes):
    client.force_login(ines)

    assert client.post(f"{PAGE}rooms/new/", a_room(**changes)).status_code == 422
    assert not HouseRoom.objects.exists()


def test_removing_a_used_room_is_refused_in_words(client, ines, published_in_a_room):
    client.force_login(ines)
    page = f"{PAGE}rooms/{published_in_a_room.id}/remove/"

    answer = client.post(page, follow=True)

    assert "Put it out of use instead." in answer.text


@pytest.mark.parametrize("year", range(2016, 2036))
def test_public_holidays_are_named_in_every_language(year):
    day = date(year, 1, 1)
    while day.year == year:
        if name := house.holiday(day):
            assert len(name.texts) == 7
            words = {code: it.text for code, it in name}
            assert len({words[code] for code in ("en", "bg", "ar", "fa", "fr")}) == 5
        day += timedelta(days=1)
    assert "Christmas" in house.holiday(date(year, 12, 25)).shown("en").text
