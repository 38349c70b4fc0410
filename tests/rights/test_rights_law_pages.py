"""The law as public pages and as cards: where a rule leads, what it asks for."""

import re
from datetime import date

import pytest

from gishe.rights import cards, laws, packs
from gishe.rights.wording import STATES

pytestmark = pytest.mark.django_db  # doubts about rules are looked up

DAY = date(2026, 11, 21)
LAW = "/en/law/bg/"


@pytest.fixture(autouse=True)
def that_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *a, **k: DAY)


@pytest.fixture
def rules():
    return {rule.name: rule for rule in laws.routes(packs.by_id("bg"), DAY)}


@pytest.mark.parametrize(
    ("route", "end"),
    [
        ("exempt_international_protection", "yes"),
        ("single_permit", "after_permit"),
        ("eu_blue_card", "after_permit"),
        ("ict_permit", "after_permit"),
        ("asylum_seeker_pact", "unknown"),
        ("researcher", "unknown"),
    ],
)
def test_a_route_leads_where_it_leads_somebody_new(rules, route, end):
    assert rules[route].leads_to == STATES[end]


def test_the_page_of_a_law_has_its_routes_by_where_they_lead(client):
    page = client.get(LAW).text

    headings = re.findall(r"<h2.*?</h2>", page, re.DOTALL)
    words = [re.sub(r"<.*?>", "", heading).strip() for heading in headings]
    assert words[0] == "Yes"
    assert words[-2:] == ["We cannot tell", "Another country"]
    unsure = page[page.index("We cannot tell") :]
    assert "From 12 June 2026 the law on asylum seekers changes" in unsure


def test_a_condition_says_what_it_asks_for_and_what_is_so_without_it(client):
    page = client.get(f"{LAW}single_permit/").text

    asked, special = page.split("What it asks for")[1].split("In special cases")
    assert "The permit for this employer and this job has been issued" in asked
    assert "If not: After a permit" in asked
    assert "Your paper has run out" not in asked
    assert "Your paper has run out" in special
    assert "If not" not in special


def test_what_holds_for_some_says_for_whom(rules):
    special = {it.name: it for it in rules["single_permit"].special}

    assert "16 and 17" in str(special["labour_inspectorate_permit_for_under_18"].text)
    assert special["permit_expired"].leads_to == STATES["unknown"]


def test_a_rule_that_is_not_in_force_leads_nowhere(client, ines):
    client.force_login(ines)
    page = client.get("/en/law/cards/bg/asylum_seeker_3m/").text
    public = client.get(f"{LAW}asylum_seeker_3m/").text

    head = page[page.index("<h1") - 600 : page.index("<h1")]
    assert "This rule is not in force today" in page
    assert "Yes" not in head
    shown = public[public.index("<h1") :].split("Earlier and later")[0]
    assert "not in force today" in shown
    assert "circle-check" not in shown


def test_an_unverified_card_says_neither_yes_nor_no():
    found = {card.name: card for card in cards.cards(packs.by_id("bg"))}

    assert found["asylum_seeker_pact"].end == STATES["unknown"]
    assert found["student_full_time_vacation"].end == STATES["unknown"]
    assert found["free_movement"].end == STATES["yes"]


def test_a_condition_alone_is_no_answer():
    found = {card.name: card for card in cards.cards(packs.by_id("bg"))}

    assert found["student_20h.full_time"].end is None


def test_a_duty_with_a_first_day_and_a_last_says_both():
    [card] = cards.named(packs.by_id("bg"), "renew_work_permit", DAY)

    assert ("By when", "in the last 60 days before the last day of the paper") in (
        card.facts
    )


def test_rows_of_services_name_their_service(client, ines):
    client.force_login(ines)
    page = client.get("/en/law/cards/due/").text

    assert "Right to a service · " in page


@pytest.mark.parametrize("address", [LAW, f"{LAW}single_permit/", "/ar/law/bg/"])
def test_days_in_prose_are_written_as_days(client, address):
    page = client.get(address).text

    prose = re.sub(r'(datetime|href|content|value)="[^"]*"', "", page)
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", prose)
