"""The pages of "May I work?": what they say, and that they keep nothing."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.rights import packs
from gishe.rights.actions import mark_rule
from tests.rights.rights_walks import sent

pytestmark = pytest.mark.django_db

URL, NOTE = "/en/may-i-work/", "/en/may-i-work/note/"
REFUGEE = {"status": "refugee", "age": 30, "document_valid_until": None}


def rows() -> int:
    """Everything that this house has written down."""
    return sum(model.objects.count() for model in apps.get_models())


def asked(response) -> str:
    found = re.search(r'name="asking"\s+value="(\w+)"', response.text)
    return found[1] if found else ""


def test_it_begins_with_the_paper_one_has(client):
    response = client.get(URL)

    assert response.status_code == 200
    assert asked(response) == "status"
    assert "Карта на бежанец" in response.text


@pytest.mark.parametrize("url", [URL, "/en/law/bg/", "/en/law/bg/free_movement/"])
def test_everybody_may_look_signed_in_or_not(client, url, mallory):
    assert client.get(url).status_code == 200
    client.force_login(mallory)
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    ("method", "url"),
    [("put", URL), ("delete", URL), ("get", NOTE), ("post", "/en/law/bg/")],
)
def test_other_methods_are_refused(client, method, url):
    assert getattr(client, method)(url).status_code == 405


@pytest.mark.parametrize(
    "url", ["/en/law/zz/", "/en/law/bg/nonsense/", "/en/law/bg/under_18/"]
)
def test_a_law_and_a_rule_that_are_not_there_are_404(client, url):
    assert client.get(url).status_code == 404


def test_nothing_is_stored_and_no_cookie_is_set(client):
    before = rows()

    client.get(URL)
    for data in (
        {"law": "bg", "asking": "status", "f-status": "irregular"},
        sent(REFUGEE) | {"change": "status"},
        sent(REFUGEE) | {"answer": "1"},
    ):
        response = client.post(URL, data)
        assert response.status_code == 200
        assert "private" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
    client.post(NOTE, sent(REFUGEE) | {"name": "Amira"})

    assert not client.cookies
    assert rows() == before
    assert Session.objects.count() == AuditEvent.objects.count() == 0


def test_the_pages_ask_the_database_for_doubts_and_nothing_else(client):
    with CaptureQueriesContext(connection) as asked_of_it:
        client.get(URL)
        client.post(URL, sent(REFUGEE) | {"answer": "1"})
        client.post(NOTE, sent(REFUGEE))
        client.get("/en/law/bg/")
        client.get("/en/law/bg/free_movement/")

    said = [query["sql"] for query in asked_of_it.captured_queries]
    assert [sql for sql in said if not sql.startswith("SELECT")] == []
    assert [sql for sql in said if "rights_rulereview" not in sql] == []


def test_a_doubted_rule_is_no_plain_yes_for_a_newcomer(client, ines):
    mark_rule(
        reference=new_reference(),
        pack="bg",
        rule="exempt_international_protection",
        law_version=packs.by_id("bg").version,
        state="challenged",
        reason="A court sees it otherwise.",
        by=ines,
        at=timezone.now(),
    )

    page = client.post(URL, sent(REFUGEE) | {"answer": "1"}).text

    assert "a rule is in doubt here. Ask first." in page
    assert page.count("This rule is in doubt here") == 1


def test_answers_stand_in_no_address(client):
    page = client.post(URL, sent(REFUGEE) | {"answer": "1"}).text

    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', page)
    ours = [url for url in addresses if url.startswith(("/", "?"))]
    assert ours
    assert not [url for url in ours if "refugee" in url or "f-" in url]


def test_an_address_carries_no_answer_in(client):
    response = client.get(URL, {"f-status": "refugee", "answer": "1"})

    assert asked(response) == "status"


def test_a_humanitarian_card_that_expired_last_month_is_a_yes_with_a_warning(client):
    expired = timezone.localdate() - timedelta(days=31)
    response = client.post(
        URL, {"law": "bg", "asking": "status", "f-status": "humanitarian_status"}
    )
    said = {"status": "humanitarian_status"}
    while name := asked(response):
        value = {"age": 30, "document_valid_until": expired}[name]
        response = client.post(
            URL, sent(said) | {"asking": name, f"f-{name}": str(value)}
        )
        said[name] = value

    assert "Yes, you may work." in response.text
    assert f"Valid until {expired}" not in response.text
    assert "Take care" in response.text
    assert "The card has run out" in response.text


def test_i_do_not_know_is_an_answer(client):
    response = client.post(
        URL, {"law": "bg", "asking": "status", "f-status": "refugee", "skip": "1"}
    )

    assert asked(response) not in ("", "status")


def test_no_answer_at_all_is_asked_again_with_a_word(client):
    response = client.post(URL, {"law": "bg", "asking": "status"})

    assert response.status_code == 422
    assert asked(response) == "status"
    assert "Choose an answer" in response.text


def test_an_earlier_answer_can_be_changed(client):
    response = client.post(URL, sent(REFUGEE) | {"change": "status"})

    assert asked(response) == "status"
    assert re.search(r'value="refugee"\s+checked', response.text)


def test_the_same_question_goes_on_in_another_language(client):
    page = client.post(URL, {"law": "bg", "asking": "status", "f-status": "refugee"})

    assert 'formaction="/ar/may-i-work/"' in page.text
    other = client.post("/ar/may-i-work/", sent({"status": "refugee"}))
    assert asked(other) == asked(page)


def test_who_seeks_asylum_now_is_told_whom_to_ask(client):
    said = {"status": "asylum_seeker", "nationality": ["SY"], "age": 30}
    page = client.post(URL, sent(said) | {"answer": "1"}).text

    assert "We cannot tell" in page
    assert "State Agency for Refugees" in page
    assert "Make the note" not in page


def test_a_no_says_why_and_offers_no_note(client):
    said = {"status": "irregular", "nationality": ["AF"], "left_ukraine": None}
    said["residence_in_ukraine_before_2022_02_24"] = False
    page = client.post(URL, sent(said) | {"answer": "1"}).text

    assert "as things stand you may not work" in page
    assert "Make the note" not in page


def test_what_was_presumed_is_named_and_can_be_changed(client):
    page = client.post(URL, sent({"status": "refugee"}) | {"answer": "1"}).text

    assert "What we took for granted" in page
    assert 'name="change"' in page


def test_a_rule_says_since_when_and_how_well_it_is_verified(client):
    page = client.get("/en/law/bg/exempt_temporary_protection/").text

    assert "In force from" in page
    assert "checked on" in page


@pytest.mark.parametrize("code", ["bg", "uk", "ru", "ar", "fa", "fr"])
def test_every_language_says_it_in_its_own_words(client, code):
    data = sent(REFUGEE) | {"answer": "1"}

    page = client.post(f"/{code}/may-i-work/", data).text

    assert "Yes, you may work" not in page
    assert ".." not in re.sub(r"<[^>]+>", " ", page)


def test_a_telephone_can_be_dialled_and_runs_left_to_right(client):
    said = {"status": "asylum_seeker", "nationality": ["SY"], "age": 30}
    page = client.post("/ar/may-i-work/", sent(said) | {"answer": "1"}).text

    dialled = re.search(r'<a href="tel:028181122">(.*?)</a>', page)
    assert dialled
    assert 'dir="ltr"' in dialled[1]


def test_answers_that_do_not_fit_each_other_can_both_be_changed(client):
    said = {"status": "eu_citizen", "nationality": ["IN"]}
    page = client.post(URL, sent(said) | {"answer": "1"}).text

    assert "These answers do not fit each other" in page
    assert 'name="change" value="status"' in re.sub(r"\s+", " ", page)
    assert 'name="change" value="nationality"' in re.sub(r"\s+", " ", page)
    assert "as things stand you may not work" not in page


def test_a_missing_answer_is_the_first_thing_to_do_and_no_heading_is_empty(client):
    said = {"status": None, "situation": None, "nationality": None}
    page = client.post(URL, sent(said) | {"answer": "1"}).text

    assert "We need one more answer from you." in page
    assert "nobody has verified" not in page
    assert re.search(r'name="change"\s+value="status"', page)
    assert 'id="sources"' not in page


def test_the_missing_question_comes_before_every_warning(client):
    said = {"status": "temporary_protection", "re_registered": None, "tp_granted": None}
    page = client.post(URL, sent(said) | {"answer": "1"}).text

    assert page.index('id="missing"') < page.index('id="warnings"')
    assert "you may work without a permit" not in page
