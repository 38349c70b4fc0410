"""What happens when hours are offered, composed, agreed and published."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gishe.accounts.models import User
from gishe.core.planning import Code
from gishe.directory.models import Schedule
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.programme import actions, composing, queries
from gishe.programme.models import Month, MonthVersion, Notice, Offer, Slot
from tests.conftest import NOON
from tests.programme import programme_factories as make
from tests.programme.programme_factories import DECEMBER, EARLY

pytestmark = pytest.mark.django_db


@pytest.fixture
def law(clara):
    return make.service(make.organization("Bridge", clara))


def test_a_weekly_offer_means_all_its_weekdays(law, clara):
    offer = make.offer(law, by=clara)

    assert [day.day for day in offer.dates] == [2, 9, 16, 23, 30]


def test_an_offer_sent_twice_is_one_offer(law, clara):
    reference = new_reference()
    same = {
        "reference": reference,
        "first_day": DECEMBER,
        "hours": make.hours(law),
        "by": clara,
        "at": EARLY,
    }

    first, second = actions.make_offer(**same), actions.make_offer(**same)

    assert first == second
    assert Offer.objects.count() == 1
    assert AuditEvent.objects.filter(verb="offer.made").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"starts": time(12), "ends": time(10)},
        {"starts": time(12), "ends": time(12)},
        {"languages": []},
        {"date": date(2027, 1, 5)},
    ],
)
def test_hours_that_cannot_be_are_refused(law, clara, changes):
    with pytest.raises(actions.OfferRefused):
        make.offer(law, by=clara, **changes)

    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    ("day", "ends", "is_refused"),
    [(17, 12, True), (18, 11, True), (18, 13, False), (19, 12, False)],
)
def test_an_offer_in_the_past_is_refused(law, clara, day, ends, is_refused):
    when = {"date": date(2026, 11, day), "starts": time(9), "ends": time(ends)}

    def offer():
        return make.offer(law, first_day=make.NOVEMBER, by=clara, at=NOON, **when)

    if is_refused:
        with pytest.raises(actions.OfferRefused):
            offer()
    else:
        assert offer().pk


def test_withdrawing_twice_is_withdrawing_once(law, clara):
    offer = make.offer(law, by=clara)

    actions.withdraw_offer(offer=offer, by=clara, at=NOON)
    actions.withdraw_offer(offer=offer, by=clara, at=NOON)

    assert AuditEvent.objects.filter(verb="offer.withdrawn").count() == 1
    assert not composing.lines(DECEMBER)


def test_last_months_hours_are_copied_once(law, clara):
    make.offer(law, first_day=make.NOVEMBER, by=clara)
    make.offer(law, first_day=make.NOVEMBER, by=clara, date=date(2026, 11, 6))
    copy = {
        "organizations": [law.organization],
        "first_day": DECEMBER,
        "by": clara,
        "at": NOON,
    }

    first, second = actions.copy_hours(**copy), actions.copy_hours(**copy)

    assert [offer.weekday for offer in first] == [2]
    assert second == []


def test_the_proposal_puts_hours_in_and_says_why_others_stay_out(law, clara, ines):
    make.house_open()
    room = make.room()
    rival = make.service(make.organization("Harbour"), "Job advice")
    make.offer(law, by=clara, room=room)
    make.offer(rival, by=clara, room=room, languages=["en"])
    month = Month.objects.get()

    actions.compose_month(month=month, revision=month.revision, by=ines, at=NOON)

    out = Slot.objects.filter(is_in=False).order_by("date")
    assert Slot.objects.filter(is_in=True).count() == 5
    assert {reason["code"] for reason in out[0].reasons} >= {Code.ROOM_TAKEN.value}


def test_composing_again_changes_nothing(law, clara, ines):
    make.offer(law, by=clara)
    month = Month.objects.get()

    actions.compose_month(month=month, revision=0, by=ines, at=NOON)
    actions.compose_month(month=month, revision=0, by=ines, at=NOON)

    month.refresh_from_db()
    assert month.revision == 1
    assert AuditEvent.objects.filter(verb="month.composed").count() == 1


def test_the_second_of_two_coordinators_is_told(law, clara, ines):
    make.offer(law, by=clara)
    month = Month.objects.get()
    actions.compose_month(month=month, revision=0, by=ines, at=NOON)
    line = composing.lines(DECEMBER)[0]
    out = {"is_in": False, "is_locked": True, "room": None, "by": ines, "at": NOON}

    with pytest.raises(actions.MonthMoved):
        actions.place(line=line, month=month, revision=0, **out)

    assert Slot.objects.filter(is_in=True).count() == 5


def test_what_is_taken_out_by_hand_stays_out(law, clara, ines):
    make.offer(law, by=clara)
    month = Month.objects.get()
    line = composing.lines(DECEMBER)[0]
    out = {"is_in": False, "is_locked": True, "room": None, "by": ines, "at": NOON}
    actions.place(line=line, month=month, revision=0, **out)

    actions.compose_month(month=month, revision=1, by=ines, at=NOON)

    assert [slot.date.day for slot in Slot.objects.filter(is_in=False)] == [2]


def test_only_an_agreed_month_is_published(law, clara, ines):
    make.offer(law, by=clara)
    month = Month.objects.get()

    with pytest.raises(actions.NotAgreed):
        actions.publish_month(month=month, revision=0, by=ines, at=NOON)

    assert not MonthVersion.objects.exists()


def test_a_room_in_two_hands_is_not_agreed_to(law, clara, ines):
    room = make.room()
    rival = make.service(make.organization("Harbour"), "Job advice")
    for of in (law, rival):
        make.offer(of, by=clara, room=room, date=date(2026, 12, 2))
    month = Month.objects.get()
    for line in composing.lines(DECEMBER):
        month.refresh_from_db()
        actions.place(
            line=line,
            month=month,
            is_in=True,
            is_locked=True,
            room=room,
            revision=month.revision,
            by=ines,
            at=NOON,
        )
    month.refresh_from_db()

    with pytest.raises(actions.ConflictsLeft):
        actions.agree_month(month=month, revision=month.revision, by=ines, at=NOON)


def test_publishing_twice_makes_one_version(law, clara, ines):
    make.offer(law, by=clara)

    first = make.publish(ines)
    month = Month.objects.get()
    second = actions.publish_month(month=month, revision=0, by=ines, at=EARLY)

    assert first == second
    assert AuditEvent.objects.filter(verb="month.published").count() == 1


def test_a_new_version_says_what_changed(law, clara, ines):
    make.offer(law, by=clara)
    late = make.offer(law, by=clara, weekday=4)
    make.publish(ines)
    actions.withdraw_offer(offer=late, by=clara, at=NOON)
    make.offer(law, by=clara, date=date(2026, 12, 3), at=NOON)

    version = make.publish(ines, at=NOON)

    assert version.number == 2
    assert {kind: len(it) for kind, it in version.changes.items()} == {
        "added": 1,
        "removed": 4,
        "changed": 0,
    }
    assert len(queries.published(DECEMBER).removed) == 4


def test_the_published_month_stands_until_the_next_version(law, clara, ines):
    offer = make.offer(law, by=clara)
    make.publish(ines)

    actions.withdraw_offer(offer=offer, by=clara, at=NOON)

    assert len(queries.published(DECEMBER).slots) == 5


def test_a_notice_sent_twice_is_one_notice(ines):
    notice = {
        "reference": new_reference(),
        "kind": "info",
        "first_day": NOON.date(),
        "last_day": NOON.date(),
        "text": Translated.of("en", en="Only ready documents today."),
        "by": ines,
        "at": NOON,
    }

    actions.post_notice(**notice)
    actions.post_notice(**notice)

    assert Notice.objects.count() == 1
    assert AuditEvent.objects.filter(verb="notice.posted").count() == 1


@pytest.mark.parametrize(
    "changes", [{"text": Translated.empty()}, {"last_day": date(2026, 11, 17)}]
)
def test_a_notice_without_sense_is_refused(ines, changes):
    notice = {
        "reference": new_reference(),
        "kind": "info",
        "first_day": NOON.date(),
        "last_day": NOON.date(),
        "text": Translated.of("en", en="Only ready documents today."),
        "by": ines,
        "at": NOON,
    }

    with pytest.raises(actions.NoticeRefused):
        actions.post_notice(**{**notice, **changes})


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": time(9)},
        {"weekday": None},
        {"weekday": 7},
        {"date": date(2026, 12, 2)},
        {"withdrawn_at": NOON},
    ],
)
def test_the_database_refuses_offers_that_cannot_be(law, clara, wrong):
    offer = make.offer(law, by=clara)

    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(**wrong)


ASKED = st.lists(
    st.tuples(
        st.integers(0, 1),  # service
        st.integers(0, 4),  # weekday
        st.integers(8, 11),  # starts
        st.integers(1, 3),  # hours
        st.integers(0, 2),  # room, 2 is none
        st.sampled_from(["", "Mira", "Petar"]),
    ),
    min_size=1,
    max_size=7,
)


class ComposingByActions(TestCase):
    """Properties over whatever may be offered."""

    @settings(max_examples=12, deadline=None)
    @given(asked=ASKED)
    def test_a_composed_month_has_no_conflict_and_every_absence_a_reason(self, asked):
        make.house_open()
        ines = User.objects.create_user("p@example.org", name="P", role="coordinator")
        services = [
            make.service(make.organization(name), name) for name in ("One", "Two")
        ]
        rooms = [make.room("A"), make.room("B"), None]
        for kind, weekday, starts, length, room, person in asked:
            make.offer(
                services[kind],
                weekday=weekday,
                starts=time(starts),
                ends=time(starts + length),
                room=rooms[room],
                person=person,
            )
        month = Month.objects.get(first_day=DECEMBER)

        actions.compose_month(
            month=month, revision=0, by=ines, at=datetime(2026, 11, 1, tzinfo=UTC)
        )

        lines = composing.lines(DECEMBER)
        assert composing.clashes([line for line in lines if line.is_in]) == ()
        assert all(line.slot.reasons for line in lines if not line.is_in)


def test_publishing_puts_the_hours_on_the_card(ines):
    advice = make.service(make.organization())
    make.offer(advice, weekday=2)
    make.publish(ines)

    row = Schedule.objects.get()
    assert (row.service, row.byday, row.source_name) == (advice, "WE", "programme")
    assert (row.valid_from.day, row.valid_to.day) == (2, 30)


def test_a_stale_page_of_a_published_month_does_not_say_agreed(law, clara, ines):
    make.offer(law, by=clara)
    make.publish(ines)
    month = Month.objects.get()

    with pytest.raises(actions.MonthMoved, match="published already"):
        actions.agree_month(month=month, revision=1, by=ines, at=EARLY)
    assert Month.objects.get().state == Month.State.PUBLISHED


def test_agreeing_twice_is_agreeing_once(law, clara, ines):
    make.offer(law, by=clara)
    month = Month.objects.get()
    same = {"month": month, "revision": month.revision, "by": ines, "at": EARLY}

    assert actions.agree_month(**same) == actions.agree_month(**same)
    assert AuditEvent.objects.filter(verb="month.agreed").count() == 1


def test_what_was_taken_back_is_put_back_once(law, clara):
    offer = make.offer(law, by=clara, person="Mira")
    actions.withdraw_offer(offer=offer, by=clara, at=EARLY)
    assert queries.taken_back(clara, DECEMBER) == [offer]

    again = [actions.put_back(offer=offer, by=clara, at=EARLY) for _ in range(2)]

    assert again[0] == again[1]
    assert queries.offers(DECEMBER).get() == again[0]
    assert (again[0].weekday, again[0].person) == (offer.weekday, "Mira")
    assert queries.taken_back(clara, DECEMBER) == []
