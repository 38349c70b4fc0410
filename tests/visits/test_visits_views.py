"""The pages of the contact log, as a browser without JavaScript sends and sees them."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from gishe.directory.actions import set_needs
from gishe.directory.models import Location, Service, ServiceAtLocation
from gishe.directory.needs import NEEDS, Need
from gishe.directory.queries import needs_of
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.visits.models import Contact
from tests.conftest import NOON
from tests.visits import visits_factories as make

NEW = "/en/contacts/new/"

NOWHERE = UUID("01900000-0000-7000-8000-000000000000")  # nobody's reference


@pytest.fixture
def at_the_counter(db):
    """A service that is given at the house."""
    house = Location.objects.create(
        name=Translated.of("en", en="The counter"), is_house=True
    )
    service = make.service("Legal consultation")
    ServiceAtLocation.objects.create(service=service, location=house)
    return service


def said(**other):
    usual = {
        "reference": str(new_reference()),
        "need": ["legal"],
        "language": "ar",
        "channel": "walk_in",
    }
    return usual | other


@pytest.mark.parametrize(
    ("page", "wrong_method"),
    [
        ("/en/contacts/new/", "delete"),
        ("/en/contacts/day/", "post"),
        ("/en/contacts/day/2026-11-18/", "post"),
        ("/en/contacts/paper/", "post"),
        ("/en/contacts/{contact}/undo/", "delete"),
    ],
)
def test_four_questions(client, jonas, mallory, ada, page, wrong_method):
    page = page.format(contact=make.contact(jonas, timezone.now()).id)

    assert client.get(page).status_code == 302
    assert "/account/login/" in client.get(page).url
    for stranger in (mallory, ada):
        client.force_login(stranger)
        assert client.get(page).status_code == 404
    client.force_login(jonas)
    assert client.get(page, follow=True).status_code == 200
    assert getattr(client, wrong_method)(page).status_code == 405


def test_a_contact_is_saved_and_the_page_is_ready_for_the_next(
    client, jonas, at_the_counter
):
    client.force_login(jonas)
    school = make.organization("School")

    answer = client.post(
        NEW,
        said(service=[at_the_counter.id], sent_to=[f"organization:{school.id}"]),
        follow=True,
    )

    contact = Contact.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{NEW}?logged={contact.id}", 302)]
    assert "Arabic · Legal help and family and Legal consultation" in page
    assert f"/en/contacts/{contact.id}/undo/" in page
    assert str(contact.id) not in page.split('name="reference"')[1][:80]
    assert contact.services.get().service == at_the_counter
    assert contact.referrals.get().organization == school


def test_the_language_spoken_last_is_chosen(client, jonas):
    client.force_login(jonas)
    client.post(NEW, said(language="", other_language="ps"))

    page = client.get(NEW).content.decode()

    assert 'value="ps"' in page.split('id="language-ps"')[0][-90:]
    assert "checked" in page.split('id="language-ps"')[1].split(">")[0]


def test_a_form_sent_twice_logs_one_contact(client, jonas):
    client.force_login(jonas)
    form = said()

    answers = [client.post(NEW, form) for _ in range(2)]

    assert [answer.url for answer in answers] == [answers[0].url] * 2
    assert Contact.objects.count() == AuditEvent.objects.count() == 1


def test_a_form_changed_after_it_was_saved_says_so_and_keeps_the_changes(client, jonas):
    client.force_login(jonas)
    form = said()
    client.post(NEW, form)

    answer = client.post(NEW, form | {"need": ["housing"]})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "already logged" in page
    assert "checked" in page.split('id="need-housing"')[1].split(">")[0]
    assert form["reference"] not in page
    assert Contact.objects.count() == 1


def test_without_a_need_the_service_that_was_given_tells_it(
    client, jonas, at_the_counter
):
    client.force_login(jonas)
    set_needs(service=at_the_counter, needs=["housing", "legal"])
    own = needs_of(Service.objects.get())[:1]

    page = client.post(NEW, said(need=[], service=[at_the_counter.id]), follow=True)

    contact = Contact.objects.get()
    assert [row.need for row in contact.needs.all()] == own
    assert str(NEEDS[Need(own[0])].label) in page.text.split("<form")[1]


def test_a_service_without_needs_tells_none(client, jonas, at_the_counter):
    client.force_login(jonas)

    page = client.post(NEW, said(need=[], service=[at_the_counter.id]))

    assert page.status_code == 422
    assert "Choose what it was about." in page.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"need": []}, "Choose what it was about."),
        ({"need": ["luck"]}, "luck"),
        ({"language": ""}, "Choose the language that was spoken."),
        ({"language": "xx"}, "xx"),
        ({"channel": "pigeon"}, "pigeon"),
        ({"country_group": "atlantis"}, "atlantis"),
        ({"age_group": "25_59"}, "25_59"),
        ({"service": [NOWHERE]}, "no longer in the directory"),
        ({"service": ["nonsense"]}, "no longer in the directory"),
        (
            {"sent_to": [f"organization:{NOWHERE}"]},
            "no longer in the directory",
        ),
        ({"sent_to": ["organization:nonsense"]}, "no longer in the directory"),
        ({"reference": "nonsense"}, "too old"),
        ({"reference": ""}, "too old"),
        ({"other_place": "x" * 121}, "120"),
        ({"clock": "25:00"}, "valid time"),
        ({"day": "2026-02-30", "clock": "10:00"}, "valid date"),
    ],
    ids=str,
)
def test_bad_input_is_told_clearly_and_nothing_is_lost(client, jonas, wrong, words):
    client.force_login(jonas)

    answer = client.post(NEW, said(need=["legal", "housing"]) | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Nothing is lost" in page
    assert not Contact.objects.exists()
    if "need" not in wrong:
        for need in ("legal", "housing"):
            assert "checked" in page.split(f'id="need-{need}"')[1].split(">")[0]


def test_a_missing_reference_is_made_anew_so_that_saving_again_works(client, jonas):
    client.force_login(jonas)
    page = client.post(NEW, said(reference="nonsense")).content.decode()

    fresh = page.split('name="reference" value="')[1].split('"')[0]

    assert client.post(NEW, said(reference=fresh)).status_code == 302


@pytest.mark.parametrize(
    ("days", "status", "words"),
    [
        (0, 302, ""),
        (13, 302, ""),
        (15, 422, "last 14 days"),
        (-1, 422, "not come yet"),
    ],
)
def test_a_contact_may_be_entered_late(client, jonas, days, status, words):
    client.force_login(jonas)
    then = timezone.localtime() - timedelta(days=days, minutes=1)

    answer = client.post(NEW, said(day=f"{then:%Y-%m-%d}", clock=f"{then:%H:%M}"))

    assert answer.status_code == status
    assert words in answer.content.decode()
    if status == 302:
        at = timezone.localtime(Contact.objects.get().at)
        assert f"{at:%Y-%m-%d %H:%M}" == f"{then:%Y-%m-%d %H:%M}"


def test_another_day_wants_its_time(client, jonas):
    client.force_login(jonas)
    yesterday = timezone.localdate() - timedelta(days=1)

    answer = client.post(NEW, said(day=f"{yesterday:%Y-%m-%d}"))

    assert "Write the time too." in answer.content.decode()


def test_another_place_finds_the_organization_of_that_name(client, jonas):
    client.force_login(jonas)
    school = make.organization("School")

    client.post(NEW, said(other_place="SCHOOL", sent_to=[f"organization:{school.id}"]))
    client.post(NEW, said(other_place="school"))
    client.post(NEW, said(other_place="<b>Town hall</b>"))

    rows = [
        [(row.organization, str(row.place_name)) for row in contact.referrals.all()]
        for contact in Contact.objects.order_by("logged_at")
    ]
    assert rows == [
        [(school, "School")],
        [(school, "School")],
        [(None, "<b>Town hall</b>")],
    ]
    assert "<b>Town hall" not in client.get("/en/contacts/day/", follow=True).text


def test_undo_takes_one_click_for_ten_minutes(client, jonas):
    client.force_login(jonas)
    client.post(NEW, said())
    contact = Contact.objects.get()

    page = client.post(f"/en/contacts/{contact.id}/undo/", follow=True).text

    contact.refresh_from_db()
    assert contact.undone_by == jonas
    assert "does not count" in page
    assert client.post(f"/en/contacts/{contact.id}/undo/").status_code == 404


def test_after_ten_minutes_only_a_coordinator_undoes_with_a_reason(
    client, jonas, otto, ines
):
    contact = make.contact(jonas, timezone.now() - timedelta(minutes=11))
    url = f"/en/contacts/{contact.id}/undo/"

    client.force_login(otto)
    assert client.post(url, {"reason": "Twice"}).status_code == 404
    client.force_login(jonas)
    assert "Ask a coordinator" in client.post(url, {"reason": "Twice"}).text
    client.force_login(ines)
    assert "required" in client.post(url, {"reason": " "}).text
    assert not Contact.objects.filter(undone_at__isnull=False).exists()
    assert client.post(url, {"reason": "Entered twice"}).status_code == 302

    contact.refresh_from_db()
    assert contact.undone_by == ines
    assert AuditEvent.objects.get().detail == {"reason": "Entered twice"}


DAY = "/en/contacts/day/2026-11-18/"


def test_who_sees_which_rows_of_the_day(client, jonas, otto, ines):
    make.contact(jonas, NOON, "housing", language="ps")
    make.contact(otto, NOON, "food", language="uk")

    def rows(user):
        client.force_login(user)
        page = client.get(DAY).text
        assert "2 contacts" in page
        table = page.split("<thead>")[-1] if "<thead>" in page else ""
        return [language in table for language in ("Pashto", "Ukrainian")]

    assert [rows(user) for user in (jonas, otto, ines)] == [
        [True, True],
        [False, True],
        [True, True],
    ]


def test_the_totals_leave_out_what_was_undone(client, jonas):
    make.contact(jonas, NOON, "housing", "food")
    make.contact(jonas, NOON, "housing", undone_at=NOON, undone_by=jonas)
    client.force_login(jonas)

    answer = client.get(DAY)

    totals = answer.context["totals"]
    assert (totals.contacts, totals.undone) == (1, 1)
    assert totals.needs == [("Food and things for the home", 1), ("Housing", 1)]
    assert "1 taken back" in answer.text


def test_the_day_sheet_needs_few_queries(client, jonas, django_assert_max_num_queries):
    for minute in range(20):
        at = NOON + timedelta(minutes=minute)
        make.contact(jonas, at, "housing", "food")
    client.force_login(jonas)

    with django_assert_max_num_queries(8):
        client.get(DAY)


def test_a_day_without_contacts_says_what_to_do(client, jonas):
    client.force_login(jonas)

    assert "Nothing was logged on this day." in client.get(DAY).text


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "yesterday", "0000-00-00"])
def test_a_day_that_does_not_exist_is_not_there(client, jonas, day):
    client.force_login(jonas)

    assert client.get(f"/en/contacts/day/{day}/").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_edges_of_the_calendar_do_not_break_the_sheet(client, jonas, day):
    client.force_login(jonas)

    assert client.get(f"/en/contacts/day/{day}/").status_code in (200, 404)


def test_posting_a_contact_takes_few_queries(
    client, jonas, at_the_counter, django_assert_max_num_queries
):
    client.force_login(jonas)
    first, second = (said(service=[at_the_counter.id]) for _ in range(2))
    client.post(NEW, first)

    with django_assert_max_num_queries(16):
        client.post(NEW, second)


def test_a_day_that_has_not_come_has_no_sheet(client, jonas):
    client.force_login(jonas)
    today = timezone.localdate()

    assert client.get(f"/en/contacts/day/{today}/").status_code == 200
    tomorrow = today + timedelta(days=1)
    assert client.get(f"/en/contacts/day/{tomorrow}/").status_code == 404
