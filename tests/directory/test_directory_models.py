"""What the database refuses, and what it keeps as it came."""

from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from gishe.directory.identity import NEED_BY_TERM, need_term, row_id
from gishe.directory.models import (
    Attribute,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceCapacity,
    Unit,
)
from gishe.directory.needs import Need
from gishe.foundation.translated import Translated
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization() -> Organization:
    return Organization.objects.create(name=Translated.of("bg", bg="Мост", en="Bridge"))


@pytest.fixture
def service(organization: Organization) -> Service:
    return Service.objects.create(
        organization=organization, name=Translated.of("bg", bg="Курс")
    )


def refused(**fields: object) -> bool:
    model = fields.pop("model")
    try:
        with transaction.atomic():
            model.objects.create(**fields)
    except IntegrityError:
        return True
    return False


def test_a_name_comes_back_in_its_languages(organization):
    found = Organization.objects.get(pk=organization.pk)

    assert found.name == Translated.of("bg", bg="Мост", en="Bridge")


def test_a_detail_of_nothing_is_refused():
    assert refused(model=Phone, number="1")
    assert refused(model=Schedule, byday="MO")


def test_an_attribute_stands_on_exactly_one_row(service, organization):
    assert refused(model=Attribute, value="x")
    assert refused(
        model=Attribute, value="x", service=service, organization=organization
    )
    assert not refused(model=Attribute, value="x", service=service)
    assert service.attributes.get().link_entity == "service"


def test_a_schedule_that_ends_before_it_begins_is_refused(service):
    early, late = date(2026, 1, 1), date(2026, 2, 1)

    assert refused(model=Schedule, service=service, valid_from=late, valid_to=early)
    assert not refused(model=Schedule, service=service, valid_from=early, valid_to=late)


def test_no_more_can_be_free_than_there_is(service):
    unit = Unit.objects.create(name=Translated.of("en", en="bed"))
    beds = {"model": ServiceCapacity, "service": service, "unit": unit, "updated": NOON}

    assert refused(**beds, available=5, maximum=4)
    assert not refused(**beds, available=4, maximum=4)


def test_a_row_comes_once_from_its_source(organization):
    row = {"model": Organization, "source_name": "ilao", "source_id": "7"}

    assert not refused(**row)
    assert refused(**row)


def test_an_edit_carries_its_author(organization, ines):
    assert refused(model=Service, organization=organization, edited_at=NOON)
    assert not refused(
        model=Service, organization=organization, edited_at=NOON, edited_by=ines
    )


def test_a_status_that_the_standard_does_not_know_is_refused(organization):
    assert refused(model=Service, organization=organization, status="asleep")


def test_a_foreign_id_gives_the_same_uuid_each_time():
    known = "ac148810-d857-441c-9679-408f346de14b"

    assert row_id("a", "service", known) == UUID(known)
    assert row_id("a", "service", "1") == row_id("a", "service", "1")
    assert row_id("a", "service", "1") != row_id("a", "location", "1")


def test_every_need_has_its_own_term():
    assert len(NEED_BY_TERM) == len(Need)
    assert NEED_BY_TERM[need_term(Need.HEALTH)] == Need.HEALTH


def test_a_service_is_stale_the_day_after_its_review(service):
    service.review_date = date(2026, 11, 18)

    assert not service.is_stale(date(2026, 11, 18))
    assert service.is_stale(date(2026, 11, 19))
