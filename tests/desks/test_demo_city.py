"""The demo city, as it is opened."""

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from gishe.desks import queries
from gishe.desks.demo import open_city
from gishe.desks.demo.content import read, reference
from gishe.directory.models import Service
from gishe.directory.queries import search
from gishe.foundation.models import AuditEvent
from gishe.programme.models import Offer
from gishe.visits.models import Contact

TODAY = "/en/today/"


@pytest.fixture(scope="module")
def opened_city(django_db_setup, django_db_blocker):
    """The demo city, opened once; a test's own rows are taken back after each."""
    with override_settings(DEMO=True):
        with django_db_blocker.unblock():
            opening = transaction.atomic()
            opening.__enter__()
            open_city(timezone.now())
        yield
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            opening.__exit__(None, None, None)


@pytest.fixture
def demo_city(opened_city, db):
    """The demo city, and nothing else."""


def test_everybody_sees_on_today_only_what_is_his_work(
    client, demo_city, jonas, clara, ines, mallory
):
    def sees(user):
        client.force_login(user)
        session = client.session
        session["second_factor"] = True
        session.save()
        page = client.get(TODAY).text
        return ["Contacts today" in page, "Cards to look at" in page]

    assert [sees(u) for u in (clara, mallory)] == [[False, True], [False, False]]


def test_opening_the_demo_city_again_changes_nothing(demo_city):
    before = Contact.objects.count(), Offer.objects.count()

    open_city(timezone.now())

    assert (Contact.objects.count(), Offer.objects.count()) == before


def test_the_demo_city_is_never_empty(demo_city):
    today = timezone.localdate()

    assert queries.counter(timezone.now()).location is not None
    assert Contact.objects.filter(at__year=today.year).exists()
    assert AuditEvent.objects.filter(verb="month.published").count() == 3


def test_documented_slots_keep_their_source_and_invented_ones_are_marked(demo_city):
    real = Offer.objects.filter(is_demo=False)

    assert real.count() == 3
    assert not real.filter(source="").exists()
    assert not Offer.objects.filter(is_demo=True, organization__is_demo=False).exists()


WORK = [
    ("ar", "عمل"),
    ("en", "job"),
    ("fr", "emploi"),
    ("fa", "کار"),
    ("uk", "робота"),
    ("ru", "работа"),
    ("bg", "работа"),
]


def test_a_word_finds_what_it_means_in_the_demo_city(demo_city, client):
    job_seekers = {
        reference("service", row["key"])
        for row in read("services")
        if "jobseekers" in row["population_groups"]
    }

    for language, word in WORK:
        assert set(search(word, language=language).found[:3]) <= job_seekers, word
    for language, word in [("fa", "دکتر"), ("ar", "طبيب"), ("uk", "лікар")]:
        found = search(word, language=language).found
        assert reference("service", "find_a_doctor") in found[:3], word
    page = client.get("/ar/services/", {"q": "طبيب"}).text
    assert "10:00–12:00" in page


def test_invented_cards_are_confirmed_by_nobody_by_name(demo_city):
    invented = Service.objects.filter(is_demo=True, assured_date__isnull=False)

    assert invented.exists()
    assert not invented.exclude(confirmed_by_name="").exists()


def test_arabic_addresses_have_an_arabic_comma(demo_city, client):
    place = client.get("/ar/").text.split('class="page-head"')[1].split("</section>")[0]
    assert "، " in place


def test_the_demo_line_names_the_badge_in_the_readers_language(demo_city, client):
    assert "ДЕМО са измислени" in client.get("/bg/").text
