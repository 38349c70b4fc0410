"""Who sees what of the statistics and of feedback."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gishe.foundation.models import AuditEvent
from gishe.foundation.references import new_reference
from gishe.insight import actions, figures, pages, published
from gishe.insight.models import Feedback
from gishe.insight.periods import Period
from tests.insight.insight_factories import contact, contacts, service

OLD = datetime(2025, 10, 14, 8, 0, tzinfo=UTC)  # final, whenever the tests run
PUBLIC = [
    "/en/statistics/",
    "/en/statistics/2025-10/",
    "/en/statistics/2025/",
    "/en/statistics/2025-10.csv",
    "/en/statistics/2025-10.json",
    "/en/feedback/",
    "/en/feedback/thanks/",
]
STAFF = [
    "/en/statistics/2025-10/rows/?of=contact",
    "/en/feedback/words/",
    "/en/feedback/sheet.pdf",
]


@pytest.fixture
def october(jonas):
    return contacts(jonas, OLD, {"ar": 20, "uk": 12, "fa": 2})


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_open_for_everybody(client, october, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [*PUBLIC[:5], *STAFF])
def test_pages_to_read_refuse_to_be_written(client, october, jonas, path):
    client.force_login(jonas)

    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", STAFF)
def test_staff_pages_send_strangers_to_the_door(client, october, path):
    answer = client.get(path)

    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ("jonas", True),
        ("ines", True),
        ("clara", False),
        ("otto", False),
        ("ada", False),
        ("mallory", False),
    ],
)
def test_who_opens_rows_and_words(client, october, request, who, opens):
    client.force_login(request.getfixturevalue(who))

    answers = [client.get(path).status_code for path in STAFF]

    assert answers == [200 if opens else 404] * 3


def test_only_staff_see_numbers_that_are_hidden(client, october, jonas, mallory):
    def sees():
        page = client.get("/en/statistics/2025-10/").text
        return "Persian (2)" in page, "rows/?of=contact" in page

    public = sees()
    client.force_login(mallory)
    funder = sees()
    client.force_login(jonas)
    staff = sees()

    assert (public, funder, staff) == ((False, False), (False, False), (True, True))


def test_staff_see_breakdowns_before_they_are_published(client, jonas):
    contacts(jonas, timezone.now() - timedelta(minutes=30), {"ar": 9})
    path = f"/en/statistics/{Period.month_of(timezone.now())}/"

    before = client.get(path).text
    client.force_login(jonas)
    staff = client.get(path).text

    assert "Arabic" not in before
    assert "Arabic" in staff


def test_opening_rows_is_noted_with_its_purpose(client, october, ines):
    client.force_login(ines)

    page = client.get("/en/statistics/2025-10/rows/?of=contact&by=language&code=fa")

    event = AuditEvent.objects.get(verb="contacts.opened")
    assert "2 contacts stand behind this number." in page.text
    assert event.by == ines.id
    assert event.purpose
    assert event.detail["number"]["code"] == "fa"


@pytest.mark.parametrize(
    "query",
    ["", "of=person", "of=contact&by=name&code=x", "of=contact&by=language&code=xx"],
)
def test_a_number_that_is_not_there_has_no_rows(client, october, jonas, query):
    client.force_login(jonas)

    assert client.get(f"/en/statistics/2025-10/rows/?{query}").status_code == 404


@pytest.mark.parametrize(
    "period", ["2025-13", "2025-00", "1999-01", "abc", "2025-1", "20251"]
)
@pytest.mark.parametrize("suffix", ["/", ".csv", ".json"])
def test_what_is_no_month_is_not_there(client, db, period, suffix):
    assert client.get(f"/en/statistics/{period}{suffix}").status_code == 404


def test_a_month_that_has_not_begun_says_so(client, db):
    month = Period.month_of(timezone.now()).next

    page = client.get(f"/en/statistics/{month}/")

    assert page.status_code == 404
    assert "has not begun" in page.text
    assert client.get(f"/en/statistics/{month}.json").status_code == 404


def test_a_month_without_contacts_has_an_empty_state(client, db):
    page = client.get("/en/statistics/2021-02/")

    assert page.status_code == 200
    assert "No contact was logged" in page.text


def test_published_figures_stand_beside_computed_ones(client, db):
    figures.seed(at=timezone.now())

    overview = client.get("/en/statistics/").text
    month = client.get("/en/statistics/2022-09/").text

    assert "1150" in overview
    assert "do not add up" in overview
    assert "~90" in month


def test_json_is_open_data(client, october):
    answer = json.loads(client.get("/bg/statistics/2025-10.json").content)

    assert answer["totals"][0]["value"] == 34
    assert answer["state"] == "closed"
    assert answer["licence"] == "CC-BY-4.0"
    assert {it["code"] for it in answer["definitions"]} >= {"contact", "person"}


def send(client, **fields):
    data = {"reference": str(new_reference()), "service_score": "5"} | fields
    return client.post("/en/feedback/", data)


@pytest.mark.django_db
def test_feedback_is_taken_without_account_or_script():
    client = Client(enforce_csrf_checks=False)

    answer = send(client, words="Good <b>help</b>", answer_to="a@example.org")

    row = Feedback.objects.get()
    assert answer["Location"] == "/en/feedback/thanks/"
    assert (row.service_score, row.language) == (5, "en")
    assert row.words == "Good <b>help</b>"


@pytest.mark.django_db
def test_sending_twice_makes_one_row(client):
    reference = str(new_reference())

    send(client, reference=reference)
    send(client, reference=reference)

    assert Feedback.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"service_score": ""},
        {"service_score": "6"},
        {"service_score": "x"},
        {"reference": "no"},
        {"words": "x" * 2001},
    ],
)
def test_feedback_that_cannot_be_kept_is_shown_again(client, wrong):
    answer = send(client, **wrong)

    assert answer.status_code == 422
    assert Feedback.objects.count() == 0


@pytest.mark.django_db
def test_a_flood_gets_a_clear_answer(client, monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_MINUTE", 1)
    send(client, words="first")

    answer = send(client, words="second")

    assert answer.status_code == 429
    assert "Nothing is lost" in answer.text
    assert "second" in answer.text


def test_words_are_shown_as_words(client, jonas):
    send(client, words="<script>alert(1)</script>")
    client.force_login(jonas)

    page = client.get("/en/feedback/words/").text

    assert "<script>alert" not in page
    assert AuditEvent.objects.filter(verb="feedback.read").count() == 1


def test_words_are_never_public(client, october):
    send(client, words="a very special word")

    assert "special word" not in "".join(client.get(path).text for path in PUBLIC[:5])


@pytest.mark.django_db
def test_the_address_of_the_sheet_finds_the_language_of_the_phone(client):
    answer = client.get("/feedback/", headers={"Accept-Language": "ar"})

    assert answer["Location"] == "/ar/feedback/"


def test_the_sheet_is_a_pdf(client, ines):
    client.force_login(ines)

    answer = client.get("/en/feedback/sheet.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_year_row_adds_up_what_its_months_publish(client, jonas):
    given = service()
    for day in range(6):
        contact(jonas, OLD + timedelta(days=day), services=(given,), places=("School",))
    for _ in range(3):  # too few to be published
        contact(jonas, OLD - timedelta(days=31), services=(given,))
    lines = published.months_until(datetime(2025, 12, 1, 8, 0, tzinfo=UTC))

    [year] = pages.years(lines)

    assert year.totals == [6, 6, 6]
    page = client.get("/en/statistics/2025/").text
    months = page[page.index('id="months"') :]
    assert "Contacts are counted here since September 2025." in months
    assert months.count("<strong>6</strong>") == 3


def test_a_year_row_of_hidden_months_says_no_number(jonas):
    contacts(jonas, OLD, {"ar": 3})
    lines = published.months_until(datetime(2025, 10, 31, 8, 0, tzinfo=UTC))

    [year] = pages.years(lines)

    assert year.totals == [None, None, None]
