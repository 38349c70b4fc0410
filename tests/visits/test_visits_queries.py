"""What counts, where a day begins, and what is usual at this counter."""

from datetime import UTC, date, datetime, timedelta

from gishe.directory.models import Location, ServiceAtLocation
from gishe.foundation.translated import Translated
from gishe.visits import queries
from gishe.visits.models import Contact, ContactReferral, ContactService
from tests.conftest import NOON
from tests.visits import visits_factories as make

TOMORROW = NOON + timedelta(days=1)


def at_the_counter(*names):
    house = Location.objects.create(
        name=Translated.of("en", en="The counter"), is_house=True
    )
    services = [make.service(name) for name in names]
    for position, service in enumerate(services):
        ServiceAtLocation.objects.create(
            service=service, location=house, position=position
        )
    return services


def give(contact, service):
    ContactService.objects.create(
        contact=contact, service=service, service_name=service.name
    )


def test_contacts_between_leaves_out_the_end_and_what_was_undone(jonas):
    first = make.contact(jonas, NOON)
    make.contact(jonas, NOON + timedelta(hours=1), logged_at=NOON + timedelta(hours=1))
    make.contact(jonas, NOON, undone_at=NOON, undone_by=jonas)

    found = queries.contacts_between(NOON, NOON + timedelta(hours=1))

    assert list(found) == [first]


def test_a_day_begins_at_midnight_in_the_city(jonas):
    late = make.contact(jonas, datetime(2026, 11, 17, 22, 30, tzinfo=UTC))
    make.contact(jonas, datetime(2026, 11, 17, 21, 30, tzinfo=UTC))

    assert list(queries.on_day(date(2026, 11, 18))) == [late]


def test_the_day_on_which_the_clock_changes_has_25_hours():
    start, end = queries.bounds_of(date(2026, 10, 25))

    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=25)


def test_languages_spoken_last_come_first(jonas, otto):
    for minutes, language in enumerate(["ar", "uk", "ar", "ps"]):
        at = NOON + timedelta(minutes=minutes)
        make.contact(jonas, at, language=language)
    make.contact(otto, NOON, language="fr")

    assert queries.recent_languages(jonas) == ["ps", "ar", "uk"]


def test_usual_services_are_those_of_the_counter_my_own_first(jonas, otto):
    rare, mine, others = at_the_counter("Rare", "Mine", "Others")
    make.service("Elsewhere")
    give(make.contact(jonas, NOON), mine)
    for _ in range(3):
        give(make.contact(otto, NOON), others)

    assert queries.usual_services(jonas, TOMORROW) == [mine, others, rare]


def test_the_order_stays_all_day_and_moves_over_night(jonas):
    first, second = at_the_counter("First", "Second")
    school, clinic = make.organization("School"), make.organization("Clinic")
    yesterday = make.contact(jonas, NOON - timedelta(days=1))
    give(yesterday, first)
    morning = queries.usual_services(jonas, NOON), queries.usual_places(jonas, NOON)
    today = make.contact(jonas, NOON - timedelta(hours=3))
    late = make.contact(jonas, NOON - timedelta(days=2), logged_at=NOON)
    for contact in (today, late):
        give(contact, second)
        ContactReferral.objects.create(
            contact=contact, organization=clinic, place_name=clinic.name
        )
    Contact.objects.filter(id=yesterday.id).update(undone_at=NOON, undone_by=jonas)

    evening = NOON + timedelta(hours=8)
    assert queries.usual_services(jonas, evening) == morning[0] == [first, second]
    assert queries.usual_places(jonas, evening) == morning[1]
    assert queries.usual_services(jonas, TOMORROW) == [second, first]
    assert queries.usual_places(jonas, TOMORROW)[0] == clinic
    assert school in morning[1]


def test_usual_places_begin_with_the_known_organizations(jonas):
    school, clinic = make.organization("School"), make.organization("Clinic")
    ContactReferral.objects.create(
        contact=make.contact(jonas, NOON), organization=clinic, place_name=clinic.name
    )
    ContactReferral.objects.create(
        contact=make.contact(jonas, NOON),
        place_name=Translated.of("en", en="Elsewhere"),
    )

    assert queries.usual_places(jonas, TOMORROW) == [clinic, school]
