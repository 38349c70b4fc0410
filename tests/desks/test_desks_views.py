"""The first page of each door."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from gishe.desks import queries
from gishe.desks.demo import open_city
from gishe.desks.demo.content import read, reference
from gishe.directory.models import Service
from gishe.directory.queries import search
from gishe.foundation.models import AuditEvent
from gishe.programme.models import Notice, Offer
from gishe.programme.queries import house_days
from gishe.visits.models import Contact

HOME, TODAY = "/en/", "/en/today/"


@pytest.fixture
def demo_city(db, settings):
    settings.DEMO = True
    open_city(timezone.now())


def test_the_home_page_needs_no_account(client, db):
    assert client.get(HOME).status_code == 200


def test_the_home_page_of_an_empty_house_says_what_to_do(client, db):
    page = client.get(HOME).text

    assert "Find help" in page
    assert "See the other days" in page


@pytest.mark.parametrize("address", [HOME, TODAY])
def test_the_first_pages_are_only_read(client, jonas, address):
    client.force_login(jonas)

    assert client.post(address).status_code == 405


def test_today_sends_strangers_to_the_sign_in(client, db):
    answer = client.get(TODAY)

    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


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


@pytest.mark.parametrize("day", range(14, 21))
def test_the_demo_city_opens_on_every_day_of_the_week(db, day):
    at = datetime(2026, 12, day, 9, 0, tzinfo=UTC)

    open_city(at)

    assert queries.counter(at).coming
    days = [at.date() + timedelta(days=n) for n in range(14)]
    opens = next(it for it, house in house_days(days).items() if house.is_open)
    about_the_house = Notice.objects.get(slot__isnull=True)
    assert (about_the_house.first_day, about_the_house.last_day) == (opens, opens)


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
