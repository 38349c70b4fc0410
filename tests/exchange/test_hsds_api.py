"""The open interface: what the standard asks, in its envelope, for everybody."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from gishe.directory.models import Organization, Service, ServiceAtLocation
from gishe.exchange import api, exporting
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from tests.conftest import SHARED

SCHEMAS = SHARED / "data/hsds/3.1/schema"
EXAMPLES = SHARED / "data/hsds/3.1/examples"
ENVELOPE = {
    "total_items",
    "total_pages",
    "page_number",
    "size",
    "first_page",
    "last_page",
    "empty",
    "contents",
}
LISTS = [
    "services",
    "organizations",
    "service_at_locations",
    "taxonomies",
    "taxonomy_terms",
]


@pytest.fixture
def served(folder, bring):
    """A small directory, served."""
    bring(folder(), language="bg")


@pytest.fixture
def get(client):
    def ask(path, **headers):
        return client.get(f"/api/hsds/{path}", headers=headers)

    return ask


def validator(name: str) -> Draft202012Validator:
    def found(uri: str) -> Resource:
        path = SCHEMAS / Path(uri).name
        return Resource.opaque(json.loads(path.read_text(encoding="utf-8")))

    registry = Registry(retrieve=found)  # type: ignore[call-arg]
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return Draft202012Validator(
        schema,
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


@pytest.mark.parametrize("name", LISTS)
def test_every_list_comes_in_the_envelope(served, get, name):
    answer = get(name)

    assert answer.status_code == 200
    assert answer.json().keys() == ENVELOPE


def test_the_root_names_the_version_and_its_description(db, get):
    about = get("").json()

    assert about["version"] == "3.1"
    assert about["openapi_url"] == "http://testserver/api/hsds/openapi.json"
    assert "/services" in "".join(get("openapi.json").json()["paths"])


def test_pages_of_a_list(served, get):
    first = get("services?per_page=1").json()
    last = get("services?per_page=1&page=2").json()
    beyond = get("services?per_page=1&page=3").json()

    assert (first["total_items"], first["total_pages"], first["size"]) == (2, 2, 1)
    assert (first["first_page"], first["last_page"]) == (True, False)
    assert (last["first_page"], last["last_page"]) == (False, True)
    assert first["contents"] != last["contents"]
    assert (beyond["empty"], beyond["contents"]) == (True, [])


def test_an_empty_directory_is_an_empty_page(db, get):
    page = get("services").json()

    assert (page["total_items"], page["empty"], page["last_page"]) == (0, True, True)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("services?page=0", "page"),
        ("services?per_page=x", "per_page"),
        ("services?per_page=100000", "per_page"),
        ("services?full=true&per_page=500", "per_page"),
        ("services?modified_after=yesterday", "modified_after"),
        ("services?taxonomy_term_id=5", "taxonomy_term_id"),
        ("services?format=xml", "format"),
        ("services?lang=xx", "lang"),
        ("services/019a0000-0000-7000-8000-000000000000?lang=xx", "lang"),
        ("service_at_locations?proximity=100", "proximity"),
        ("taxonomy_terms?parent_id=0", "parent_id"),
    ],
)
def test_bad_parameters_are_named(db, get, query, word):
    answer = get(query)

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(word)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "identity", ["nothing", "019a0000-0000-7000-8000-000000000000"]
)
def test_what_is_not_there_is_404(db, get, name, identity):
    assert get(f"{name}/{identity}").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_the_interface_only_reads(db, client, name):
    assert client.post(f"/api/hsds/{name}").status_code == 405


def test_everybody_may_read_from_everywhere(served, get):
    answer = get("services")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert get("services/x")["Access-Control-Allow-Origin"] == "*"


def test_an_unchanged_answer_is_not_sent_again(served, get):
    tag = get("services")["ETag"]

    again = get("services", **{"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_texts_come_in_the_language_asked_for(served, get):
    service = Service.objects.get(source_id="10")
    service.name = service.name.written("ar", "دورة")
    service.save()

    by_query = get(f"services/{service.pk}?lang=ar")
    by_header = get(f"services/{service.pk}", **{"Accept-Language": "ar,en;q=0.5"})
    other = get(f"services/{service.pk}?lang=fr")

    assert by_query.json()["name"] == by_header.json()["name"] == "دورة"
    assert by_query["Content-Language"] == by_header["Content-Language"] == "ar"
    assert other.json()["name"] == "German course"


def test_services_nobody_gives_any_more_are_not_served(served, get):
    service = Service.objects.get(source_id="10")
    Service.objects.filter(pk=service.pk).update(status="defunct")

    assert get(f"services/{service.pk}").status_code == 404
    assert get("services").json()["total_items"] == 1
    assert get("service_at_locations").json()["total_items"] == 1


def test_lists_are_narrowed(served, get):
    service = Service.objects.get(source_id="10")
    organization = service.organization_id

    def count(query):
        return get(query).json()["total_items"]

    assert count(f"services?organization_id={organization}") == 2
    assert count("services?organization_id=019a0000-0000-7000-8000-000000000000") == 0
    assert count("services?modified_after=2026-11-01") == 2
    assert count("services?modified_after=2026-12-01T10:00:00Z") == 0
    assert count("organizations?search=open") == 1
    assert count("organizations?search=closed") == 0


def test_minimal_is_id_and_date(served, get):
    page = get("services?minimal=true").json()

    assert {tuple(each) for each in page["contents"]} == {("id", "modified_date")}


def test_places_near_a_postcode(folder, bring, get):
    bring(
        folder(
            locations="id,name,latitude,longitude\n20,A,42.69,23.32\n21,B,43.2,27.9\n",
            addresses="id,location_id,postal_code\n1,20,1000\n2,21,9000\n",
            service_at_location="service_id,location_id\n10,20\n11,21\n",
        )
    )

    def count(query):
        return get(f"service_at_locations?{query}").json()["total_items"]

    assert count("postcode=1000") == 1
    assert count("postcode=1000&proximity=1000") == 1
    assert count("postcode=1000&proximity=900000") == 2
    assert count("postcode=4000&proximity=900000") == 0


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("services", 2),
        ("services?full=true", 19),
        ("organizations?full_service=true", 21),
        ("service_at_locations?full=true", 18),
    ],
)
def test_the_number_of_queries_does_not_grow(
    served, get, django_assert_max_num_queries, path, most
):
    with django_assert_max_num_queries(most):
        get(path)


def test_a_card_written_by_hand_is_served_and_exported(client, get, ines, tmp_path):
    owner = Organization.objects.create(name=Translated.of("en", en="Open Window"))
    client.force_login(ines)
    reference = str(new_reference())
    card = {
        "reference": reference,
        "new_place": str(new_reference()),
        "written_in": "en",
        "name": "Sewing room",
        "description": "We learn to sew.",
        "needs": ["employment"],
        "languages": ["en"],
        "address_1": "5 Long Street",
        "phone": "+359 2 987 65 43",
        "amount": "5.50",
        "documents": "Identity card",
    }
    client.post(f"/en/organizations/{owner.pk}/services/new/", card)

    served = get(f"services/{reference}?lang=en").json()
    exporting.write_json(tmp_path / "all.json", "en")

    [place] = served["service_at_locations"]
    assert place["location"]["addresses"][0]["address_1"] == "5 Long Street"
    assert served["phones"][0]["number"] == "+359 2 987 65 43"
    assert served["cost_options"][0]["amount"] == 5.5
    assert served["cost_options"][0]["currency"] == "EUR"
    assert served["required_documents"][0]["document"] == "Identity card"
    written = (tmp_path / "all.json").read_text(encoding="utf-8")
    for said in ("Sewing room", "5 Long Street", "+359 2 987 65 43", "Identity card"):
        assert said in written
    if SCHEMAS.exists():
        assert list(validator("service").iter_errors(served)) == []


@pytest.mark.shared
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_answer_holds_to_the_official_schemas(
    bring, get, language, folder, settings
):
    bring(folder())
    bring(EXAMPLES / "service_full.json", source_name="official")
    bring(SHARED / "data/directories/ilao", source_name="ilao")
    assert Organization.objects.exists()
    assert ServiceAtLocation.objects.exists()
    singular = {
        "services": "service",
        "organizations": "organization",
        "service_at_locations": "service_at_location",
        "taxonomies": "taxonomy",
        "taxonomy_terms": "taxonomy_term",
    }

    faults = []
    for name in LISTS:
        check = validator(singular[name])
        documents = []
        for query in ("per_page=100", "full=true&per_page=100", "full_service=true"):
            page = get(f"{name}?{query}&lang={language}").json()
            assert page["contents"], name
            documents += page["contents"]
        for each in documents[:3] + documents[-3:]:
            one = get(f"{name}/{each['id']}?lang={language}").json()
            assert one["id"] == each["id"]
            documents.append(one)
        faults += [
            f"{name}: {error.json_path}: {error.message[:100]}"
            for document in documents
            for error in check.iter_errors(document)
        ]
    assert faults[:10] == []


def test_no_page_is_larger_than_its_bound():
    assert api.MOST_FULL <= api.MOST <= 1000


def test_services_are_searched_in_plain_words(served, get):
    found = get("services?search=german&lang=en").json()

    assert [each["name"] for each in found["contents"]] == ["German course"]
