"""Added by hand: organizations, services, who speaks for them; taken out of view."""

import pytest
from django.http import Http404
from django.test import Client

from gishe.accounts.models import User
from gishe.directory import access, actions, queries
from gishe.directory.models import (
    Location,
    Organization,
    Representative,
    Service,
)
from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from tests.conftest import NOON
from tests.directory import directory_rows as rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(clara: User) -> Organization:
    """Clara's organization, without a card."""
    made = rows.organization()
    Representative.objects.create(user=clara, organization=made)
    return made


def new_organization(**changes: str) -> dict[str, str]:
    return {
        "reference": str(new_reference()),
        "written_in": "en",
        "name": "Open Window",
        "description": "Neighbours who help.",
        "phone": "02 987 65 43",
        "email": "window@example.org",
        "website": "",
    } | changes


def new_service(**changes: object) -> dict[str, object]:
    return {
        "reference": str(new_reference()),
        "new_place": str(new_reference()),
        "written_in": "bg",
        "name": "Шивашко ателие",
        "description": "Учим се да шием заедно.",
        "needs": ["employment", "social_contacts"],
        "languages": ["bg", "uk"],
        "phone": "",
        "documents": "",
    } | changes


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def add(client: Client, owner: Organization, **changes: object):
    data = new_service(**changes)
    return client.post(f"/en/organizations/{owner.pk}/services/new/", data)


def test_an_organization_is_added_once_and_its_service_comes_next(client, ines):
    rows.house()
    client.force_login(ines)
    data = new_organization()

    for _ in range(2):
        answer = client.post("/en/organizations/new/", data)

    added = Organization.objects.get()
    assert answer["Location"] == f"/en/organizations/{added.pk}/services/new/"
    assert added.name.shown("en").text == "Open Window"
    assert added.name.source == "en"
    assert [it.number for it in added.phones.all()] == ["+359 2 987 6543"]
    assert verbs() == ["organization.added"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "Ж" * 201},
        {"description": " "},
        {"phone": "call me"},
        {"phone": "02 987 65 43 (Ани)"},
        {"phone": "+359 2 987 65 43; +359 2 987 65 44"},
        {"phone": "+359 2"},
        {"email": "nobody"},
        {"website": "javascript:alert(1)"},
        {"written_in": "xx"},
        {"reference": "mine"},
        {"name": "  мост "},
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(client, ines, wrong):
    rows.organization("Мост")
    client.force_login(ines)

    answer = client.post(
        "/en/organizations/new/",
        new_organization(**{"description": "Typed with care"} | wrong),
    )

    assert answer.status_code == 422
    assert "nothing is lost" in answer.text
    assert "Typed with care" in answer.text or "description" in wrong
    assert Organization.objects.count() == 1


def test_a_card_is_added_whole_and_found(client, clara, owner):
    house = rows.house()
    client.force_login(clara)

    answer = add(
        client,
        owner,
        places=[str(house.pk)],
        opens_1="09:30",
        closes_1="11:00",
        phone="٠٢ ٩٨٧ ٦٥ ٤٣",
        is_free="",
        amount="5,50",
        fees_description="За материали",
        documents="Лична карта\n\n Снимка \nЛична карта",
    )

    card = Service.objects.get()
    assert answer["Location"] == "/en/cards/"
    assert queries.search("шиене ателие").found == [card.pk]
    assert queries.needs_of(card) == ["employment", "social_contacts"]
    assert [it.number for it in card.phones.all()] == ["+359 2 987 6543"]
    assert card.schedules.get().byday == "TU"
    assert card.is_free is False
    papers = [str(it) for it in card.required_documents.order_by("pk")]
    assert papers == ["Лична карта", "Снимка"]
    page = client.get(f"/en/services/{card.pk}/").text
    for said in ("€5.50", "За материали", "Гишето", "09:30–11:00", "by Clara"):
        assert said in page, said
    assert card.service_at_locations.get().position == 1


def test_who_writes_a_card_confirms_it_today(client, clara, owner):
    client.force_login(clara)

    add(client, owner)

    card = Service.objects.get()
    assert card.assured_date == card.last_modified.date()
    assert (card.assurer_email, card.confirmed_by_name) == (clara.email, "Clara")
    assert not card.is_stale(card.assured_date)
    assert verbs() == ["service.added"]


def test_a_card_sent_twice_is_one_card_at_one_new_address(client, clara, owner):
    rows.house()
    client.force_login(clara)
    data = new_service(address_1="ул. Пиротска 5", city="София", phone="112")
    address = f"/en/organizations/{owner.pk}/services/new/"

    for _ in range(2):
        answer = client.post(address, data)

    card = Service.objects.get()
    place = card.service_at_locations.get().location
    assert answer.status_code == 302
    assert place.organization == owner
    assert str(place.name) == "Мост"
    assert str(place.addresses.get().address_1) == "ул. Пиротска 5"
    assert place.addresses.get().country == "BG"
    assert card.phones.count() == 1
    assert verbs() == ["service.added"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"description": ""},
        {"needs": []},
        {"needs": ["gold"]},
        {"languages": []},
        {"languages": ["klingon"]},
        {"opens_0": "12:00", "closes_0": "10:00"},
        {"opens_0": "12:00"},
        {"phone": "someone"},
        {"amount": "much"},
        {"amount": "-1"},
        {"is_free": "True", "amount": "5"},
        {"is_free": "maybe"},
        {"places": [str(new_reference())]},
        {"postal_code": "1000"},
        {"place_name": "Училище"},
        {"district": "moon"},
        {"reference": ""},
        {"new_place": "here"},
    ],
)
def test_a_card_that_cannot_be_saved_comes_back(client, clara, owner, wrong):
    rows.house()
    client.force_login(clara)

    answer = add(client, owner, **{"documents": "Важен ред"} | wrong)

    assert answer.status_code == 422
    assert "Важен ред" in answer.text
    assert not Service.objects.exists()
    assert Location.objects.count() == 1


def test_html_that_was_typed_is_shown_as_text(client, clara, owner):
    client.force_login(clara)
    evil = "<script>alert(1)</script>"

    add(client, owner, name=evil, description=evil, documents=evil)

    card = Service.objects.get()
    for address in (f"services/{card.pk}/", "cards/", f"cards/{card.pk}/where/"):
        assert evil not in client.get(f"/en/{address}").text


def test_a_card_of_somebody_else_is_not_taken_over(client, clara, owner):
    other = rows.service(rows.organization("Чужди"), texts={"bg": "Чуждо"})
    client.force_login(clara)

    add(client, owner, reference=str(other.pk))
    other.refresh_from_db()

    assert str(other.name) == "Чуждо"
    assert Service.objects.count() == 1
    assert verbs() == []


PAGES = [
    ("get", "/en/organizations/", ["clara", "ines"]),
    ("get", "/en/organizations/new/", ["ines"]),
    ("get", "/en/organizations/{owner}/", ["clara", "ines"]),
    ("get", "/en/organizations/{owner}/services/new/", ["clara", "ines"]),
    ("get", "/en/cards/{card}/where/", ["clara", "ines"]),
    ("post", "/en/cards/{card}/take-out/", ["clara", "ines"]),
    ("post", "/en/cards/{card}/bring-back/", ["clara", "ines"]),
    ("post", "/en/organizations/{owner}/speakers/", ["ines"]),
    ("post", "/en/organizations/{owner}/speakers/{clara}/off/", ["ines"]),
]
STAFF = ["clara", "ines", "jonas", "otto", "ada", "mallory"]


@pytest.mark.parametrize(("method", "address", "allowed"), PAGES)
def test_pages_of_who_keeps_the_directory(
    request, client, owner, clara, method, address, allowed
):
    card = rows.service(owner)
    address = address.format(owner=owner.pk, card=card.pk, clara=clara.pk)
    wrong = {"get": client.delete, "post": client.get}[method]

    anonymous = getattr(client, method)(address)
    works = []
    for name in STAFF:
        client.force_login(request.getfixturevalue(name))
        answer = getattr(client, method)(address)
        works += [name] if answer.status_code in (200, 302) else []
        assert answer.status_code in (200, 302, 404)
    client.force_login(request.getfixturevalue("ines"))

    assert anonymous.status_code == 302
    assert "/account/login" in anonymous["Location"]
    assert works == allowed
    assert wrong(address).status_code == 405


def test_a_provider_adds_only_to_his_own_organization(client, clara, owner):
    other = rows.organization("Чужди")
    client.force_login(clara)

    assert "Чужди" not in client.get("/en/organizations/").text
    for address in (f"{other.pk}/", f"{other.pk}/services/new/"):
        assert client.get(f"/en/organizations/{address}").status_code == 404
        assert client.post(f"/en/organizations/{address}").status_code == 404


def test_the_way_to_a_new_card_is_short(client, clara, owner, ines):
    direct = f"/en/organizations/{owner.pk}/services/new/"
    client.force_login(clara)
    hers = client.get("/en/cards/").text
    rows.organization("Чужди")
    client.force_login(ines)
    of_all = client.get("/en/cards/").text

    assert direct in hers
    assert "/en/organizations/new/" not in hers
    assert direct not in of_all
    assert "/en/organizations/new/" in of_all


@pytest.mark.parametrize(("asked", "found"), [("МОСТ", 1), ("bridge", 0), ("", 2)])
def test_organizations_are_found_by_name(client, ines, asked, found):
    rows.organization("Мост")
    rows.organization("Чужди")
    client.force_login(ines)

    page = client.get("/en/organizations/", {"q": asked}).text

    assert page.count("/services/new/") == found


def test_a_card_leaves_the_view_and_comes_back(client, clara, owner):
    card = rows.service(owner, texts={"bg": "Плуване"})
    client.force_login(clara)

    for _ in range(2):
        client.post(f"/en/cards/{card.pk}/take-out/")
    gone = queries.search("плуване").found
    public = client.get(f"/en/services/{card.pk}/").status_code
    in_view = client.get("/en/cards/").text
    out = client.get("/en/cards/?out").text
    for _ in range(2):
        client.post(f"/en/cards/{card.pk}/bring-back/")
    card.refresh_from_db()

    assert (gone, public) == ([], 404)
    assert "Плуване" not in in_view.split("<main")[1].split("table")[0]
    assert f"/en/cards/{card.pk}/bring-back/" in out
    assert card.status == "active"
    assert set(card.local_fields) == {"status"}
    assert queries.search("плуване").found == [card.pk]
    assert verbs() == ["service.edited", "service.edited"]


def test_a_card_that_was_given_up_comes_back_too(client, clara, owner):
    card = rows.service(owner, status="defunct")
    client.force_login(clara)

    page = client.get("/en/cards/?out").text
    client.post(f"/en/cards/{card.pk}/bring-back/")
    card.refresh_from_db()

    assert "Bring back" in page
    assert card.status == "active"


def test_who_takes_a_card_out_while_another_saves_is_told(client, clara, owner, ines):
    card = rows.service(owner)
    stale = Service.objects.get(pk=card.pk)
    Service.objects.filter(pk=card.pk).update(version=2)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.take_out_of_view(service=stale, by=clara, at=NOON)

    card.refresh_from_db()
    assert card.status == "active"


def test_speakers_are_appointed_and_dismissed_once(client, ines, clara):
    owner = rows.organization()
    client.force_login(ines)
    page = client.get(f"/en/organizations/{owner.pk}/").text

    for _ in range(2):
        client.post(f"/en/organizations/{owner.pk}/speakers/", {"user": clara.pk})
    speaks = list(queries.organizations_of(clara))
    off = f"/en/organizations/{owner.pk}/speakers/{clara.pk}/off/"
    answers = [client.post(off).status_code for _ in range(2)]

    assert "Clara" in page
    assert speaks == [owner]
    assert answers == [302, 404]
    assert not queries.organizations_of(clara)
    assert verbs() == ["speaker.appointed", "speaker.dismissed"]


def test_only_providers_can_speak(client, ines, mallory, jonas):
    owner = rows.organization()
    client.force_login(ines)

    for user in (mallory, jonas):
        client.post(f"/en/organizations/{owner.pk}/speakers/", {"user": user.pk})

    assert not Representative.objects.exists()


def test_who_may_open_which_organization(owner, clara, ines, jonas, mallory):
    other = rows.organization("Чужди")

    def opens(user, row):
        try:
            return bool(access.organization_for(user, row.pk))
        except Http404:
            return False

    everybody = (clara, ines, jonas, mallory)
    assert [opens(user, owner) for user in everybody] == [True, True, False, False]
    assert [opens(user, other) for user in everybody] == [False, True, False, False]
