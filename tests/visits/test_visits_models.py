"""What the tables refuse."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gishe.visits.models import Contact, ContactReferral, ContactService
from tests.conftest import NOON
from tests.visits import visits_factories as make


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "pigeon"},
        {"language": ""},
        {"country_group": "atlantis"},
        {"age_group": "25_59"},
        {"at": NOON + timedelta(minutes=1)},
        {"undone_at": NOON},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_table_refuses_what_makes_no_sense(jonas, wrong):
    contact = make.contact(jonas, NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(id=contact.id).update(**wrong)


@pytest.mark.parametrize("needs", [("legal", "legal"), ("luck",)])
def test_a_need_is_known_and_stands_once(jonas, needs):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.contact(jonas, NOON, *needs)


def test_a_service_is_given_once_in_a_contact(jonas):
    contact, service = make.contact(jonas, NOON), make.service()
    ContactService.objects.create(contact=contact, service=service)

    with pytest.raises(IntegrityError), transaction.atomic():
        ContactService.objects.create(contact=contact, service=service)


def test_names_survive_the_card_they_were_copied_from(jonas):
    contact, service = make.contact(jonas, NOON), make.service("Legal help")
    row = ContactService.objects.create(
        contact=contact, service=service, service_name=service.name
    )
    sent = ContactReferral.objects.create(
        contact=contact, service=service, place_name=service.name
    )

    service.delete()

    row.refresh_from_db()
    sent.refresh_from_db()
    assert (row.service, str(row.service_name)) == (None, "Legal help")
    assert (sent.service, str(sent.place_name)) == (None, "Legal help")


def test_a_referral_names_one_place(jonas):
    contact, service = make.contact(jonas, NOON), make.service()

    with pytest.raises(IntegrityError), transaction.atomic():
        ContactReferral.objects.create(
            contact=contact, service=service, organization=service.organization
        )
