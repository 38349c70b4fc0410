"""The second form of a card: where, telephones, cost, papers to bring."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from gishe.accounts.models import User
from gishe.directory import actions
from gishe.directory.models import (
    Location,
    Organization,
    Phone,
    Representative,
    Schedule,
    Service,
)
from gishe.directory.telephones import can_be_dialled
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from tests.conftest import NOON
from tests.directory import directory_rows as rows

pytestmark = pytest.mark.django_db
Sent = dict[str, object]


@pytest.fixture
def card(clara: User) -> Service:
    """Clara's card, with everything a card can say."""
    owner = rows.organization()
    Representative.objects.create(user=clara, organization=owner)
    return rows.full(owner)


def path(card: Service) -> str:
    return f"/en/cards/{card.pk}/where/"


def shown(client: Client, address: str) -> Sent:
    """What a browser would send back of the form that it was shown."""
    page = client.get(address).text
    form = page[page.index("novalidate") : page.index("</form>", page.index("noval"))]
    data: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if not name or ('type="checkbox"' in tag and "checked" not in tag):
            continue
        many = data.setdefault(name[1], [])
        assert isinstance(many, list)
        many.append(unescape(value[1]) if value else "")
    for name, body in re.findall(
        r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, flags=re.S
    ):
        data[name] = unescape(body.strip())
    for name, body in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.S
    ):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', body)
        data[name] = chosen[1] if chosen else ""
    return data


def line(data: Sent, name: str, number: int) -> str:
    """The beginning of the names of one line's fields; -1 is the last line."""
    references = data[name]
    assert isinstance(references, list)
    return f"{name}-{references[number]}"


def fresh(card: Service) -> Service:
    return Service.objects.get(pk=card.pk)


def test_saving_it_as_it_was_shown_changes_nothing(client, card, clara):
    card.phones.create(number="ask for Ani", extension=7)
    Service.objects.update(is_free=None)
    card.cost_options.create(option=Translated.of("bg", bg="Деца"))
    client.force_login(clara)

    answer = client.post(path(card), shown(client, path(card)))

    assert answer.status_code == 302, answer.text
    assert fresh(card).local_fields == {}
    assert not AuditEvent.objects.exists()


def test_telephones_are_written_as_an_import_writes_them(client, card, clara):
    client.force_login(clara)
    data = shown(client, path(card))
    data[f"{line(data, 'phones', 0)}-number"] = "02 981 11 22 ext. 5"
    data[f"{line(data, 'phones', -1)}-number"] = "0888123456"
    data[f"{line(data, 'phones', -1)}-description-en"] = "Ask for Ani"

    answer = client.post(path(card), data)

    assert answer.status_code == 302, answer.text
    first, second = card.phones.order_by("pk")
    assert (first.number, first.extension) == ("+359 2 981 1122", 5)
    assert second.number == "+359 88 812 3456"
    assert second.description.shown("en").text == "Ask for Ani"
    assert set(fresh(card).local_fields) == {"phones"}
    page = client.get(f"/ar/services/{card.pk}/").text
    assert '<bdi dir="ltr" class="ltr">+359 88 812 3456</bdi>' in page
    assert "Ask for Ani" in page


def test_an_emptied_line_is_taken_off(client, card, clara):
    client.force_login(clara)
    data = shown(client, path(card))
    data[f"{line(data, 'phones', 0)}-number"] = ""
    data[f"{line(data, 'required_documents', 0)}-document-bg"] = ""

    client.post(path(card), data)

    assert not card.phones.exists()
    assert not card.required_documents.exists()
    assert set(fresh(card).local_fields) == {"phones", "required_documents"}


def test_papers_keep_their_translations(client, card, clara):
    paper = card.required_documents.get()
    paper.document = Translated.of("bg", bg="Лична карта", en="Identity card")
    paper.save()
    client.force_login(clara)
    data = shown(client, path(card))
    data[f"{line(data, 'required_documents', 0)}-document-bg"] = "Паспорт"
    data[f"{line(data, 'required_documents', -1)}-document-en"] = "A photograph"

    client.post(path(card), data)

    first, second = card.required_documents.order_by("pk")
    assert first.pk == paper.pk
    assert first.document.stale_languages() == ["en"]
    assert (second.document.source, str(second.document)) == ("en", "A photograph")


def test_a_price_is_a_price(client, card, clara):
    client.force_login(clara)
    data = shown(client, path(card)) | {"is_free": ""}
    data[f"{line(data, 'cost_options', -1)}-amount"] = "12,5"
    data[f"{line(data, 'cost_options', -1)}-option-en"] = "Grown-ups"

    client.post(path(card), data)

    cost = card.cost_options.get()
    assert (cost.amount, cost.currency) == (Decimal("12.50"), "EUR")
    assert fresh(card).is_free is False
    page = client.get(f"/en/services/{card.pk}/").text
    assert "Grown-ups" in page
    assert "€12.50" in page
    assert "Costs money" in page


def test_a_place_is_chosen_another_left_and_a_new_one_written(client, card, clara):
    school = rows.organization("Училище").locations.create(
        name=Translated.of("bg", bg="Чуждо училище")
    )
    ours = card.organization.locations.create(name=Translated.of("bg", bg="Нашата"))
    client.force_login(clara)
    data = shown(client, path(card))
    page = client.get(path(card)).text
    data |= {"places": [str(ours.pk)], "address_1": "ul. Tsar 1", "place_name": "Club"}

    for _ in range(2):
        answer = client.post(path(card), data)

    assert "Чуждо училище" not in page
    assert answer.status_code == 302, answer.text
    places = {str(it.location) for it in card.service_at_locations.all()}
    assert places == {"Нашата", "Club"}
    assert set(fresh(card).local_fields) == {"service_at_locations"}
    assert Location.objects.count() == 4
    assert school.service_at_locations.count() == 0
    assert AuditEvent.objects.filter(verb="service.edited").count() == 1


def test_hours_at_a_place_that_stays_stay_and_the_programme_outlives_it(card, clara):
    link = card.service_at_locations.get()
    own = link.schedules.get()
    months = Schedule.objects.create(
        service_at_location=link, byday="MO", source_name="programme", source_id="x"
    )
    ours = card.organization.locations.create()

    def go_to(*places: Location) -> None:
        actions.edit_card(
            service=fresh(card),
            version=fresh(card).version,
            edited=actions.Edited(fields={}, places=[it.pk for it in places]),
            by=clara,
            at=NOON,
        )

    go_to(link.location, ours)
    assert own in link.schedules.all()
    go_to(ours)

    months.refresh_from_db()
    assert (months.service, months.service_at_location) == (card, None)
    assert not Schedule.objects.filter(pk=own.pk).exists()


def test_sending_it_twice_adds_once(client, card, clara):
    client.force_login(clara)
    data = shown(client, path(card))
    data[f"{line(data, 'phones', -1)}-number"] = "112"

    answers = [client.post(path(card), data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert card.phones.count() == 2
    assert AuditEvent.objects.filter(verb="service.edited").count() == 1


def test_two_who_save_at_once_lose_nothing(client, card, clara, ines):
    client.force_login(clara)
    hers = shown(client, path(card))
    hers[f"{line(hers, 'phones', -1)}-number"] = "+359 2 111 11 11"
    client.force_login(ines)
    theirs = shown(client, path(card)) | {"email": "ines@example.org"}
    theirs[f"{line(theirs, 'phones', -1)}-number"] = "+359 2 222 22 22"
    client.post(path(card), theirs)
    client.force_login(clara)

    second = client.post(path(card), hers)

    assert second.status_code == 409
    assert "ines@example.org" in second.text
    assert second.text.count("+359 2 111 11 11") == 2
    assert 'value="+359 2 222 22 22"' in second.text
    again = shown_of(second.text)
    third = client.post(path(card), again)
    assert third.status_code == 302, third.text
    numbers = sorted(it.number[-2:] for it in card.phones.all())
    assert numbers == ["11", "22", "43"]


def shown_of(page: str) -> Sent:
    class Once:
        def get(self, _address: str) -> object:
            return type("Page", (), {"text": page})

    return shown(Once(), "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"url": "javascript:alert(1)"},
        {"version": "one"},
        {"is_free": "maybe"},
        {"places": [str(new_reference())]},
        {"postal_code": "1000"},
        {"fees_description-bg": "Ж" * 1001},
        {"+phones-number": "call me"},
        {"+phones-number": "12"},
        {"+phones-description-en-state": "perfect"},
        {"+cost_options-amount": "a lot"},
        {"+cost_options-amount": "7", "is_free": "True"},
        {"+required_documents-document-en": "Ж" * 2001},
    ],
)
def test_what_cannot_be_saved_comes_back_with_the_text(client, card, clara, wrong):
    client.force_login(clara)
    data = shown(client, path(card)) | {"fees_description-en": "Important words"}
    for name, value in wrong.items():
        if name.startswith("+"):
            table, rest = name[1:].split("-", 1)
            name = f"{line(data, table, -1)}-{rest}"
        data[name] = value

    answer = client.post(path(card), data)

    assert answer.status_code == 422
    assert "Important words" in answer.text
    assert fresh(card).version == 1


def test_a_line_of_another_card_is_not_taken(client, card, clara):
    other = rows.service(rows.organization("Чужди"))
    theirs = Phone.objects.create(service=other, number="+359 2 333 33 33")
    client.force_login(clara)
    data = shown(client, path(card))
    references = data["phones"]
    assert isinstance(references, list)
    data["phones"] = [*references, str(theirs.pk), "nonsense"]
    data[f"phones-{theirs.pk}-number"] = "112"

    client.post(path(card), data)

    theirs.refresh_from_db()
    assert (theirs.service, theirs.number) == (other, "+359 2 333 33 33")


def test_a_line_that_the_form_did_not_show_stays(client, card, clara):
    client.force_login(clara)
    data = shown(client, path(card)) | {"email": "a@example.org"}
    card.phones.create(number="+359 2 444 44 44")

    client.post(path(card), data)

    assert card.phones.count() == 2
    assert fresh(card).email == "a@example.org"


def test_an_organization_is_edited_like_a_card(client, card, clara, ines):
    owner = card.organization
    address = f"/en/organizations/{owner.pk}/"
    client.force_login(clara)
    hers = shown(client, address) | {"name-en": "Bridge"}
    hers[f"{line(hers, 'phones', -1)}-number"] = "02 987 65 43"
    client.force_login(ines)
    theirs = shown(client, address) | {"email": "bridge@example.org"}

    first = client.post(address, theirs)
    client.force_login(clara)
    second = client.post(address, hers)
    third = client.post(address, shown_of(second.text))

    assert [it.status_code for it in (first, second, third)] == [302, 409, 302]
    owner = Organization.objects.get(pk=owner.pk)
    assert owner.name.shown("en").text == "Bridge"
    assert owner.phones.count() == 1
    assert set(owner.local_fields) == {"email", "name", "phones"}
    assert "Bridge" in client.get("/en/services/?q=bridge").text
    wrong = shown(client, address) | {"name-bg": "", "name-en": ""}
    assert client.post(address, wrong).status_code == 422


@pytest.mark.parametrize(
    ("number", "can"),
    [
        ("112", True),
        ("116 111", True),
        ("+359 2 987 65 43", True),
        ("0700 12 345", True),
        ("*1234", True),
        ("12", False),
        ("+35", False),
        ("+359 2 987 65 43 99 88 77", False),
        ("phone", False),
    ],
)
def test_which_numbers_can_be_dialled(number, can):
    assert can_be_dialled(number, "BG") == can
