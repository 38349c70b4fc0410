"""The pages of the directory: what they show, and to whom."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from gishe.accounts.models import User
from gishe.directory import queries
from gishe.directory.links import SALT, confirm_url
from gishe.directory.models import Correction, Representative, Service
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from tests.directory import directory_rows as rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(clara: User) -> Service:
    """Clara's organization's service, with everything a card can say."""
    owner = rows.organization()
    Representative.objects.create(user=clara, organization=owner)
    return rows.full(owner)


def test_finding_help_shows_the_needs_before_anything_is_asked(client, card):
    page = client.get("/en/services/").text

    assert page.count('class="chip"') >= 17
    assert "Legal consultation" in page


def test_a_result_says_who_what_when_where_in_which_languages(client, card):
    page = client.get("/en/services/", {"q": "I need a lawyer"}).text

    for said in ("Legal consultation", "Мост", "Wed–Thu", "10:00–12:30", "Гишето"):
        assert said in page
    for said in ("Bulgarian, English", "Free", "Just come", "DEMO", "Not confirmed"):
        assert said in page


def test_htmx_gets_the_part_that_the_page_holds(client, card):
    address = "/en/services/?q=lawyer"

    part = client.get(address, headers={"HX-Request": "true"}).text
    page = client.get(address).text

    assert "<html" not in part
    assert part.strip() in page


def test_nothing_found_says_so_and_shows_the_way(client, card):
    page = client.get("/en/services/?q=xyzzy+qwrtpl").text

    assert "We found nothing for this." in page
    assert "come to the counter" in page


@pytest.mark.parametrize(
    "query",
    [
        "language=xx&weekday=9&group=<b>&district=%00&need=nope&page=zzz",
        "q=" + "ж" * 5000,
        "q=<script>alert(1)</script>",
        "q=%00%ff&page=-1",
        "weekday=abc",
    ],
)
def test_a_strange_question_gets_a_plain_page(client, card, query):
    response = client.get(f"/en/services/?{query}")

    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_the_page_of_a_service_says_everything(client, card):
    page = client.get(f"/en/services/{card.pk}/").text

    for said in (
        "Legal consultation",
        "Юрист отговаря",
        "Wednesday",
        "10:00–12:30",
        "Мария Луиза",
        "Метро до Сердика",
        "Лична карта",
        "Free",
        "From",
        "Refugees",
        "Source: S1",
        "by Clara",
        "Nobody has confirmed this lately",
        'href="tel:+35929876543"',
        '<bdi dir="ltr" class="ltr">+359 2 987 65 43</bdi>',
        "geo:42.700000,23.300000",
    ):
        assert said in page, said
    main = page[page.index("<main") : page.index("</main>")]
    assert main.lower().count("free") == 1


def test_how_to_send_someone_is_for_staff(client, card, jonas):
    public = client.get(f"/en/services/{card.pk}/").text
    client.force_login(jonas)
    staff = client.get(f"/en/services/{card.pk}/").text

    assert "Обадете се на Ани" not in public
    assert "Обадете се на Ани" in staff


def test_html_in_names_is_shown_as_text(client):
    evil = "<script>alert(1)</script>"
    made = rows.service(rows.organization(evil), texts={"en": evil}, description=evil)
    Service.objects.filter(pk=made.pk).update(url="javascript:alert(1)")

    for address in ("/en/services/", f"/en/services/{made.pk}/"):
        page = client.get(address).text

        assert evil not in page
        assert "&lt;script&gt;" in page
        assert "javascript:" not in page


def test_a_service_that_is_given_up_is_not_there(client, card):
    Service.objects.filter(pk=card.pk).update(status="defunct")

    assert client.get(f"/en/services/{card.pk}/").status_code == 404


PAGES = [
    ("get", "/en/cards/", "clara", ["clara", "ines"]),
    ("get", "/en/cards/{card}/", "clara", ["clara", "ines"]),
    ("post", "/en/cards/{card}/confirm/", "clara", ["clara", "ines"]),
    ("get", "/en/services/to-confirm/", "ines", ["ines"]),
    ("post", "/en/corrections/{correction}/handled/", "ines", ["ines"]),
]


@pytest.mark.parametrize(("method", "address", "somebody", "allowed"), PAGES)
def test_pages_of_staff(
    request, client, card, mallory, jonas, method, address, somebody, allowed
):
    correction = Correction.objects.create(
        service=card, text="Закрито", received_at=timezone.now()
    )
    address = address.format(card=card.pk, correction=correction.pk)
    wrong = {"get": client.delete, "post": client.get}[method]

    anonymous = getattr(client, method)(address)
    client.force_login(mallory)
    stranger = getattr(client, method)(address)
    client.force_login(request.getfixturevalue(somebody))
    wrong_method = wrong(address)
    works = getattr(client, method)(address)

    assert anonymous.status_code == 302
    assert "/account/login" in anonymous["Location"]
    assert stranger.status_code == 404
    assert wrong_method.status_code == 405
    assert works.status_code in (200, 302)


def test_a_provider_does_not_reach_the_cards_of_others(client, card, clara):
    other = rows.service(rows.organization("Чужди"), texts={"bg": "Чуждо"})
    client.force_login(clara)

    assert "Чуждо" not in client.get("/en/cards/").text
    assert client.get(f"/en/cards/{other.pk}/").status_code == 404
    assert client.post(f"/en/cards/{other.pk}/confirm/").status_code == 404


def test_one_click_confirms_and_the_row_shows_it(client, card, clara):
    client.force_login(clara)
    address = f"/en/cards/{card.pk}/confirm/"

    part = client.post(address, headers={"HX-Request": "true"}).text
    card.refresh_from_db()

    assert "all right" in part
    assert "<html" not in part
    assert card.assured_date == timezone.localdate()
    assert card.confirmed_by_name == "Clara"


def sent_by(client: Client, card: Service, **changes: str) -> dict[str, str]:
    """What a browser would send back of the form that it was shown."""
    page = client.get(f"/en/cards/{card.pk}/").text
    data: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag and value:
            data[name[1]] = value[1]
    for name, body in re.findall(
        r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', page, flags=re.S
    ):
        data[name] = body.strip()
    for name, body in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, flags=re.S
    ):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', body)
        data[name] = chosen[1] if chosen else ""
    for name in ("needs", "groups", "languages"):
        data[name] = re.findall(  # type: ignore[assignment]
            rf'name="{name}" value="([^"]*)"[^>]*checked', page
        )
    assert "version" in data
    return data | changes


def test_saving_a_form_as_it_was_shown_changes_nothing(client, card, clara):
    client.force_login(clara)
    data = sent_by(client, card)

    response = client.post(f"/en/cards/{card.pk}/", data)
    card.refresh_from_db()

    assert response.status_code == 302
    assert card.version == 1
    assert card.local_fields == {}
    assert not AuditEvent.objects.filter(verb="service.edited")


def test_an_edit_marks_its_fields_as_ours(client, card, clara):
    client.force_login(clara)
    data = sent_by(
        client,
        card,
        **{"name-bg": "Адвокат", "opens_0": "09:00", "closes_0": "11:00"},
    )
    data["languages"] = ["bg", "uk"]

    response = client.post(f"/en/cards/{card.pk}/", data)
    card.refresh_from_db()

    assert response.status_code == 302, response.text
    assert card.name.shown("bg").text == "Адвокат"
    assert card.name.stale_languages() == ["en"]
    assert set(card.local_fields) == {"name", "languages", "schedules"}
    assert card.schedules.get().byday == "MO"
    assert card.edited_by == clara
    assert queries.search("адвокат", language="bg").found == [card.pk]


def test_two_who_save_at_once_lose_nothing(client, card, clara, ines):
    client.force_login(clara)
    hers = sent_by(client, card, **{"how_to_come-bg": "Елате във вторник."})
    client.force_login(ines)
    first = sent_by(client, card, **{"how_to_come-bg": "Обадете се."})

    client.post(f"/en/cards/{card.pk}/", first)
    client.force_login(clara)
    second = client.post(f"/en/cards/{card.pk}/", hers)

    assert second.status_code == 409
    assert "Обадете се." in second.text
    assert second.text.count("Елате във вторник.") == 2
    card.refresh_from_db()
    assert card.how_to_come.shown("bg").text == "Обадете се."

    again = re.search(r'name="version" value="(\d+)"', second.text)
    assert again
    third = client.post(f"/en/cards/{card.pk}/", hers | {"version": again[1]})
    card.refresh_from_db()

    assert third.status_code == 302
    assert card.how_to_come.shown("bg").text == "Елате във вторник."


@pytest.mark.parametrize(
    "wrong",
    [
        {"name-bg": "", "name-en": ""},
        {"name-bg": "", "name-en": "Only a translation"},
        {"name-bg": "Ж" * 201},
        {"status": "asleep"},
        {"opens_0": "12:00", "closes_0": "10:00"},
        {"opens_0": "12:00"},
        {"opens_0": "noon"},
        {"version": "one"},
        {"name-en-state": "perfect"},
    ],
)
def test_what_cannot_be_saved_comes_back_with_the_text(client, card, clara, wrong):
    client.force_login(clara)
    data = sent_by(client, card, **{"alert-bg": "Важен текст"}) | wrong

    response = client.post(f"/en/cards/{card.pk}/", data)
    card.refresh_from_db()

    assert response.status_code == 422
    assert "Важен текст" in response.text
    assert card.version == 1


def test_hours_that_no_table_can_show_are_left_alone(client, card, clara):
    card.schedules.create(freq="MONTHLY", byday="1TU")
    client.force_login(clara)
    data = sent_by(client, card, **{"alert-bg": "Ново"})

    client.post(f"/en/cards/{card.pk}/", data)
    card.refresh_from_db()

    assert "opens_0" not in data
    assert card.schedules.get().byday == "1TU"
    assert set(card.local_fields) == {"alert"}


def test_the_link_shows_the_card_and_confirms_it_without_an_account(client, card):
    link = confirm_url(card)

    page = client.get(link).text
    for _ in range(2):
        thanks = client.post(link, {"name": "Ани"})
    card.refresh_from_db()

    assert "Legal consultation" in page
    assert thanks.status_code == 200
    assert card.assured_date == timezone.localdate()
    assert card.confirmed_by_name == "Ани"
    assert card.review_date > timezone.localdate() + timedelta(days=170)
    assert AuditEvent.objects.filter(verb="service.confirmed").count() == 1


def test_looking_at_the_link_confirms_nothing(client, card):
    client.get(confirm_url(card))
    card.refresh_from_db()

    assert card.assured_date == rows.date(2026, 1, 5)


def test_what_has_changed_is_kept_once_for_the_coordinator(client, card, ines):
    link = f"{confirm_url(card)}changed/"
    data = {"reference": str(new_reference()), "text": "<b>Вече в петък</b>"}

    for _ in range(2):
        answer = client.post(link, data | {"name": ""})
    client.force_login(ines)
    page = client.get("/en/services/to-confirm/").text

    assert answer.status_code == 200
    assert Correction.objects.count() == 1
    assert "&lt;b&gt;Вече в петък" in page
    client.post(f"/en/corrections/{Correction.objects.get().pk}/handled/")
    assert "Вече в петък" not in client.get("/en/services/to-confirm/").text


def test_a_correction_without_words_is_asked_for_again(client, card):
    link = f"{confirm_url(card)}changed/"

    answer = client.post(link, {"reference": str(new_reference()), "text": " "})

    assert answer.status_code == 422
    assert Correction.objects.count() == 0


@pytest.mark.parametrize("kind", ["cut", "other", "old", "gone"])
def test_a_dead_link_says_so_and_changes_nothing(client, card, monkeypatch, kind):
    link = confirm_url(card)
    if kind == "cut":
        link = link[:-4] + "/"
    elif kind == "other":
        link = f"/bg/services/confirm/{signing.dumps(str(card.pk), salt='x')}/"
    elif kind == "old":
        monkeypatch.setattr("gishe.directory.links.LASTS", -1)
    else:
        token = signing.dumps(str(new_reference()), salt=SALT)
        link = f"/bg/services/confirm/{token}/"

    assert client.get(link).status_code == 410
    assert client.post(link, {"name": ""}).status_code == 410
    assert client.post(f"{link}changed/", {"text": "x"}).status_code == 410
    card.refresh_from_db()
    assert card.assured_date == rows.date(2026, 1, 5)


def test_the_coordinator_gets_links_that_work(client, card, ines):
    client.force_login(ines)

    page = client.get("/en/services/to-confirm/").text
    [link] = re.findall(r'value="http://testserver(/[^"]+)"', page)
    client.logout()

    assert client.get(link).status_code == 200


def test_lists_take_a_fixed_number_of_queries(
    client, card, django_assert_max_num_queries
):
    owner = rows.organization("Много")
    place = rows.house("vitosha")
    for number in range(15):
        made = rows.service(owner, texts={"bg": f"Курс {number}"}, needs=["language"])
        rows.at(made, place, byday="MO")

    with django_assert_max_num_queries(25):
        client.get("/bg/services/?q=курс")


def test_a_text_without_a_translation_shows_its_language(client, card):
    card.name = Translated.of("bg", bg="Само тук")
    card.save()

    page = client.get(f"/ar/services/{card.pk}/").text

    assert '<span lang="bg" dir="ltr" class="fallback">Само тук</span>' in page


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("?q=work permit", True), ("?need=employment", True), ("?q=doctor", False)],
)
def test_who_asks_for_work_is_led_to_the_law_too(client, db, asked, leads):
    page = client.get(f"/en/services/{asked}").text

    assert ("Nothing is stored." in page) == leads
