"""May I hire? The pages and what they say."""

import re

import pytest
from django.http import QueryDict

from gishe.rights import employer, packs
from gishe.rights.models import RuleReview
from tests.rights.rights_hires import (
    COUNT,
    DAY,
    FILE,
    FROM_ABROAD,
    HIRE,
    JOB,
    PAPER,
)
from tests.rights.rights_looks import looks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def usual_day(request):
    """The browser's own day stays, since its date fields know no other."""
    if "browser" not in request.keywords:
        request.getfixturevalue("that_day")


def _sent(said):
    query = QueryDict(mutable=True)
    for key, value in said.items():
        query[key] = value
    return query


def test_the_first_page_shows_the_names_printed_on_the_papers(client):
    page = client.get(HIRE).text

    assert "Карта на чужденец с хуманитарен статут" in page
    assert "Humanitarian status" in page


def test_two_pages_lead_to_the_answer(client):
    second = client.post(HIRE, PAPER)
    answer = client.post(HIRE, JOB)

    assert "First day of work" in second.text
    assert "Yes, you may hire" in answer.text
    assert "No work permit is needed" in answer.text


def test_the_inspectorate_is_told_seven_days_after_the_first_day_of_work(client):
    page = client.post(HIRE, JOB).text

    assert 'datetime="2026-12-08"' in page
    assert "Labour Inspectorate" in page


def test_a_card_that_expired_last_month_is_a_yes_with_a_warning(client):
    page = client.post(HIRE, {**JOB, "f-document_valid_until": "2026-10-20"}).text

    assert "Yes, you may hire." in page
    assert "The right to work lasts until" not in page
    assert "ran out on 20 October 2026. The right to work did not end then" in page
    assert "The person&#x27;s paper ran out" in page
    assert 'id="warnings"' in page


def test_a_right_that_lasts_longer_than_the_card_is_not_told_to_end_with_it(client):
    page = client.post(HIRE, JOB).text

    assert "The right to work lasts until" not in page
    assert "is valid until 31 May 2027. The right to work lasts longer" in page


def test_a_right_that_ends_with_the_permit_is_told_to_end(client):
    said = {"f-status": "single_permit", "f-nationality": "IN", "step": "job"}
    said["f-wants"] = "start_work"
    page = client.post(HIRE, {**said, "f-document_valid_until": "2027-06-01"}).text

    assert "The right to work lasts until 1 June 2027." in page
    assert "The permit is there already. No new one is needed." in page
    assert "No work permit is needed" not in page


def test_the_answer_names_the_law(client):
    assert "May I hire? · Bulgaria ·" in client.post(HIRE, JOB).text


def test_a_bulgarian_date_ends_its_sentence_once(client):
    said = {"f-status": "single_permit", "f-nationality": "IN", "step": "job"}
    said["f-wants"] = "start_work"
    address = HIRE.replace("/en/", "/bg/")
    page = client.post(address, {**said, "f-document_valid_until": "2027-06-01"}).text

    assert re.search(r"юни 2027\sг\.", page)
    assert "г.." not in page


def test_only_what_matters_is_asked():
    refugee = employer.turn(_sent(PAPER), DAY)
    abroad = employer.turn(_sent({"step": "paper", **FROM_ABROAD}), DAY)

    assert [it.fact for it in refugee.job] == ["employment_start", "contract_months"]
    assert "employer_average_headcount_12m" in [it.fact for it in abroad.job]


def test_a_permit_for_another_employer_is_no_permit():
    turn = employer.turn(_sent({"step": "paper", "f-status": "single_permit"}), DAY)

    assert "wants" in [it.fact for it in turn.job]


def test_the_pay_is_asked_by_the_month_and_counted_by_the_year():
    assert employer.written("gross_salary_eur", 24000.0) == "2000"


def test_no_paper_chosen_is_said_and_nothing_is_lost(client):
    response = client.post(HIRE, {"step": "paper", "f-nationality": "SY"})

    assert response.status_code == 422
    assert "Choose the person" in response.text
    assert '<option value="SY" selected>' in response.text


def test_an_impossible_date_is_refused_beside_its_field(client):
    response = client.post(HIRE, {**JOB, "f-employment_start": "2026-02-30"})

    assert response.status_code == 422
    assert 'id="f-employment_start-error"' in response.text
    assert 'value="6"' in response.text


@pytest.mark.parametrize("status", sorted(packs.by_id("bg").facts["status"].values))
def test_every_paper_alone_has_an_answer(client, status):
    said = {"step": "job", "f-status": status, "f-wants": "change_employer"}
    page = client.post(HIRE, said)

    assert page.status_code == 200
    assert 'id="verdict"' in page.text


@pytest.mark.parametrize("status", ["single_permit", "eu_blue_card"])
def test_whose_name_is_on_the_card_must_be_said(client, status):
    page = client.post(HIRE, {"step": "job", "f-status": status})

    assert page.status_code == 422
    assert "Look at the card: it names the employer." in page.text
    assert "may hire" not in page.text


def test_a_permit_of_another_employer_is_no_yes(client):
    said = {"step": "job", "f-status": "single_permit", "f-nationality": "IN"}
    page = client.post(HIRE, {**said, "f-wants": "change_employer"}).text

    assert "Yes, you may hire" not in page
    assert "No work permit is needed" not in page


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("employment_start", "9999-12-31"),
        ("employment_start", "1990-12-01"),
        ("document_valid_until", "9999-01-01"),
        ("contract_months", "99999"),
    ],
)
def test_a_mistyped_year_is_refused_and_breaks_nothing(client, fact, value):
    page = client.post(HIRE, {**JOB, f"f-{fact}": value})
    filed = client.post(FILE, {**JOB, f"f-{fact}": value})

    assert page.status_code == (422 if fact != "document_valid_until" else 200)
    assert filed.status_code == 200
    assert value[:4] not in filed.text


def test_where_we_cannot_tell_the_page_says_whom_to_ask(client):
    page = client.post(HIRE, {"step": "job", "f-status": "asylum_seeker"}).text

    assert 'id="ask"' in page


def test_unknown_statuses_and_facts_are_left_aside(client):
    response = client.post(HIRE, {"step": "job", "f-status": "king", "f-moon": "1"})

    assert response.status_code == 422


def test_nothing_is_stored(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):  # how the rules stand, and nothing else
        response = client.post(HIRE, JOB)

    assert "private" in response["Cache-Control"]
    assert not response.cookies
    assert not client.session.keys()


@pytest.mark.parametrize("address", [HIRE, FILE, COUNT])
def test_four_questions(client, address):
    works = client.post(address, JOB | {"size": "sme", "staff": 9, "foreign": 1})
    anonymous = client.get(address)
    wrong = client.delete(address)

    assert works.status_code == 200
    assert anonymous.status_code == (405 if address == FILE else 200)
    assert wrong.status_code == 405


# --- the dates


SPOKEN_TO = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)


def for_employers(pack):
    """What the law may say to the worker, with what it says to employers."""
    across = [*pack.restrictions, *pack.warnings, *pack.duties]
    held = [condition for route in pack.routes for condition in route.conditions]
    rules = [*pack.routes, *across, *held]
    today = [rule.head for rule in rules if rule.head.in_force(DAY)]
    yield from ((head.name, head.text, head.for_employer) for head in today)
    facts = pack.facts.values()
    yield from ((fact.name, fact.because, fact.for_employer) for fact in facts)
    for route in pack.routes:
        in_force = route.head.in_force(DAY)
        for step in route.answer.get("steps", ()) if in_force else ():
            told = getattr(step, "value", step)
            yield route.head.name, told["text"], told.get("for_employer", {})


def test_no_text_that_an_employer_reads_speaks_to_the_worker():
    found = list(for_employers(packs.home()))

    assert len(found) > 100
    told = [(name, (employer or text).get("en", "")) for name, text, employer in found]
    assert [name for name, text in told if SPOKEN_TO.search(text)] == []


def test_the_answer_speaks_of_the_person(client):
    said = {"step": "job", "f-status": "temporary_protection", "f-nationality": "UA"}
    said["f-re_registered"] = "no"
    page = client.post(HIRE, said).text
    student = client.post(HIRE, {**said, "f-status": "student"}).text

    assert "People with temporary protection" in page
    assert "First the person re-registers" in page
    assert "We take it that the person is 18 or older" in student
    assert "We take it that you" not in page + student


def test_a_doubted_rule_is_never_a_plain_yes(client, ines):
    RuleReview.objects.create(
        pack="bg",
        rule="exempt_international_protection",
        law_version="1",
        state="challenged",
        reason="Look again.",
        by=ines,
        at="2026-11-18T10:00Z",
    )

    page = client.post(HIRE, JOB).text

    assert page.count("This rule is in doubt here") == 1
    assert "By the lawbook yes, but a rule is in doubt here. Ask first." in page
    assert "Yes, you may hire" not in page


# --- in the browser


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["visitor", "old_phone"])
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_hiring_on_an_old_phone(request, who, language):
    browser = request.getfixturevalue(who)
    page = browser.go(f"/{language}/may-i-hire/")
    assert looks(browser, who) == []

    page.check("input[value=humanitarian_status]")
    browser.follow("main form button[type=submit]")
    page.fill("input[name=f-employment_start]", "2026-12-01")
    assert looks(browser, who) == []

    browser.follow("main form button[type=submit] >> nth=0")
    assert page.locator("#verdict").count() == 1
    assert looks(browser, who) == []
    assert browser.complaints == []
    assert len(page.content()) < 150_000
