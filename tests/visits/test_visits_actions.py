"""Logging a contact once, and taking it back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from gishe.foundation import audit
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.visits import actions, queries
from gishe.visits.actions import Entry, Place
from gishe.visits.models import (
    Contact,
    ContactNeed,
    ContactReferral,
    ContactService,
)
from tests.conftest import NOON
from tests.visits import visits_factories as make

LATER = NOON + timedelta(minutes=11)


def log(by, **said):
    usual = {
        "reference": new_reference(),
        "at": NOON,
        "now": NOON,
        "channel": "walk_in",
        "language": "ar",
        "needs": ["legal"],
    }
    return actions.log_contact(by=by, **(usual | said))


def test_a_contact_is_logged_with_everything_that_was_said(jonas):
    given, sent = make.service("Legal help"), make.organization("School")
    elsewhere = Translated.of("en", en="Town hall")

    contact = log(
        jonas,
        needs=["legal", "housing"],
        services=[given],
        referrals=[Place(sent.name, organization=sent), Place(elsewhere)],
        country_group="syria",
        age_group="25_60",
        with_interpreter=True,
    )

    contact = queries.with_answers().get(id=contact.id)
    assert {row.need for row in contact.needs.all()} == {"legal", "housing"}
    assert [str(row.service_name) for row in contact.services.all()] == ["Legal help"]
    assert {str(row.place_name) for row in contact.referrals.all()} == {
        "School",
        "Town hall",
    }
    assert (contact.logged_by, contact.logged_at) == (jonas, NOON)
    assert (contact.country_group, contact.age_group) == ("syria", "25_60")
    assert contact.with_interpreter


def test_the_trail_tells_what_happened_and_nothing_about_the_person(jonas):
    contact = log(jonas, country_group="syria", age_group="25_60")

    event = AuditEvent.objects.get()
    assert (event.verb, event.reference, event.by) == (
        "contact.logged",
        contact.id,
        jonas.id,
    )
    assert event.detail == {"needs": ["legal"], "services": 0, "referrals": 0}


def test_the_same_form_sent_twice_makes_one_contact_and_one_event(jonas):
    said = {"reference": new_reference(), "services": [make.service()]}

    first, second = log(jonas, **said), log(jonas, **said, now=LATER)

    assert first == second
    assert Contact.objects.count() == ContactNeed.objects.count() == 1
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [{"needs": ["housing"]}, {"language": "uk"}, {"referrals": [Place(Translated())]}],
    ids=str,
)
def test_a_form_sent_again_with_other_answers_is_not_swallowed(jonas, other):
    first = log(jonas)

    with pytest.raises(actions.AlreadyLogged) as refused:
        log(jonas, reference=first.id, **other)

    assert refused.value.contact == first
    assert Contact.objects.count() == 1


def test_somebody_elses_reference_is_refused(jonas, otto):
    first = log(jonas)

    with pytest.raises(actions.AlreadyLogged):
        log(otto, reference=first.id)


@pytest.mark.parametrize(
    "at", [NOON + timedelta(seconds=1), NOON - timedelta(days=14, seconds=1)]
)
def test_a_contact_lies_within_the_last_fourteen_days(jonas, at):
    with pytest.raises(actions.NotThen):
        log(jonas, at=at)


def test_a_contact_without_a_need_is_refused(jonas):
    with pytest.raises(ValueError, match="at least one need"):
        log(jonas, needs=[])


def test_what_the_table_refuses_leaves_nothing_behind(jonas):
    with pytest.raises(IntegrityError):
        log(jonas, needs=["legal", "luck"])

    assert not Contact.objects.exists()
    assert not AuditEvent.objects.exists()


def test_logging_takes_few_queries(jonas, django_assert_max_num_queries):
    given, sent = make.service(), make.organization()
    said = {"services": [given], "referrals": [Place(sent.name, organization=sent)]}
    log(jonas, **said)

    with django_assert_max_num_queries(13):
        log(jonas, **said)


def test_many_are_written_at_once_with_one_event(jonas):
    service = make.service()
    entries = [
        Entry(
            reference=new_reference(),
            at=NOON - timedelta(days=day),
            channel="walk_in",
            language="uk",
            needs=["legal", "housing"],
            services=[service],
            by=jonas,
            is_demo=True,
        )
        for day in range(60)
    ]

    written = actions.log_many(entries=entries, by=None, at=NOON)

    assert len(written) == Contact.objects.filter(is_demo=True).count() == 60
    assert (ContactNeed.objects.count(), ContactService.objects.count()) == (120, 60)
    assert AuditEvent.objects.get().detail == {"contacts": 60}
    assert not ContactReferral.objects.exists()


def test_whoever_logged_a_contact_may_take_it_back(jonas):
    contact = log(jonas)

    undone = actions.undo_contact(
        contact=contact, by=jonas, at=NOON + timedelta(minutes=9)
    )

    assert undone.undone_by == jonas
    assert not queries.all_contacts().exists()
    assert AuditEvent.objects.filter(verb="contact.undone").count() == 1
    assert list(audit.faults()) == []


def test_who_may_undo_and_when(jonas, otto, ines, clara):
    def may(user, at, reason=""):
        contact = log(jonas)
        try:
            actions.undo_contact(contact=contact, by=user, at=at, reason=reason)
        except actions.CannotUndo:
            return False
        return True

    assert [may(user, NOON) for user in (jonas, otto, ines, clara)] == [
        True,
        False,
        False,
        False,
    ]
    assert [may(user, LATER) for user in (jonas, ines)] == [False, False]
    assert [may(user, LATER, "Entered twice") for user in (jonas, otto, ines)] == [
        False,
        False,
        True,
    ]


def test_undoing_twice_is_refused(jonas):
    contact = log(jonas)
    actions.undo_contact(contact=contact, by=jonas, at=NOON)

    with pytest.raises(actions.CannotUndo):
        actions.undo_contact(contact=contact, by=jonas, at=NOON)

    assert AuditEvent.objects.filter(verb="contact.undone").count() == 1
