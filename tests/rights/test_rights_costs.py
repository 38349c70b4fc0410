"""What a step costs is told with its words, and only where somebody verified it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from gishe.core.rules import PackError, decide, plant, read_pack
from gishe.foundation import languages
from gishe.rights import packs
from gishe.rights.telling import costs_of
from tests.rights.rights_walks import TODAY

REFUGEE = {"status": "refugee", "age": 30, "employed": False}
WANTED = {
    "status": "none_abroad",
    "nationality": ["IN"],
    "age": 30,
    "job_offer": True,
    "seasonal": False,
    "salary_ratio_to_average": 2,
    "higher_education_years": 4,
    "contract_months": 24,
}


def answer(facts, day=TODAY):
    return decide(packs.by_id("bg"), {"as_of": day, "facts": facts})


def test_a_duty_tells_its_cost_with_words_and_source():
    [duty] = [
        it for it in answer(REFUGEE).duties if it["id"] == "register_labour_bureau"
    ]

    [cost] = duty["cost"]
    assert (cost["amount"], cost["currency"]) == (0, "EUR")
    assert cost["text"]["bg"] == "Регистрация в Бюрото по труда"
    assert cost["citation"][0].act == "znz"


def test_a_step_tells_its_cost():
    told = answer(WANTED)

    assert told.route == "eu_blue_card"
    assert told.steps[0]["cost"][0]["amount"] == 0


def test_a_fee_that_nobody_verified_is_not_told():
    duties = {
        it["id"]: it
        for it in answer(REFUGEE | {"document_valid_until": date(2027, 6, 1)}).duties
    }

    assert "cost" not in duties["renew_protection_card"]


def test_the_answer_as_json_holds_the_cost():
    told = answer(REFUGEE).to_json()

    [duty] = [it for it in told["duties"] if it["id"] == "register_labour_bureau"]
    assert duty["cost"][0]["verified"]["state"] == "secondary"


@pytest.mark.parametrize(
    ("language", "amount", "told"),
    [
        ("bg", 100, "100\xa0€"),
        ("en", 100, "€100"),
        ("en", 15.5, "€15.50"),
        ("fr", 15.5, "15,50\xa0€"),
        ("ar", 100, "€100"),
    ],
)
def test_a_sum_is_written_as_the_language_writes_it(language, amount, told):
    with translation.override(language):
        assert languages.money(amount, "EUR") == told


def test_nothing_to_pay_is_said_in_words():
    cost = {"text": {"en": "Card"}, "amount": 0, "currency": "EUR"}

    with translation.override("bg"):
        [told] = costs_of({"cost": [cost]})

    assert told.amount == "без такса"


@pytest.mark.django_db
def test_the_page_shows_what_a_step_costs(client):
    said = {"f-status": "temporary_protection", "f-re_registered": "no", "answer": "1"}

    with translation.override("bg"):
        page = client.post(reverse("rights:may_i_work"), said).text

    assert "Нова регистрационна карта" in page
    assert "без такса" in page


def pack_with(cost):
    rule = {
        "text": {"bg": "…", "en": "Here"},
        "cite": {"act": "act", "article": "1"},
        "verified": {"state": "primary_text"},
    }
    return plant(
        {
            "pack": {
                "id": "xx",
                "country": "XX",
                "name": {"en": "Nowhere"},
                "version": "1",
                "ask": "office",
            },
            "acts": {"act": {"name": {"en": "Act"}}},
            "facts": {"here": {"type": "bool"}},
            "parameters": {
                "fee_card": {
                    "text": {"en": "Card"},
                    "unit": "EUR",
                    "values": [{"from": date(2026, 1, 1), "value": 12, **rule}],
                }
            },
            "routes": [
                {
                    "id": "route",
                    "applies_if": "here",
                    "grants": "yes",
                    "answer": {"steps": [{"text": {"en": "Go"}, "cost": cost}]},
                    **rule,
                }
            ],
        },
        "xx/pack.yaml",
        3,
    )


def test_a_cost_that_is_no_parameter_is_refused_with_a_hint():
    with pytest.raises(PackError) as caught:
        read_pack([pack_with("parameter.fee_cart")])

    [problem] = [it for it in caught.value.problems if "cost" in it.message]
    assert (problem.file, problem.line, problem.rule) == ("xx/pack.yaml", 3, "route")
    assert "parameter.fee_card" in problem.hint


def test_before_a_fee_was_introduced_there_is_none():
    tree = pack_with(["parameter.fee_card"])
    values = tree.value["parameters"].value["fee_card"].value["values"].value
    values[0].value.pop("text")
    pack = read_pack([tree])
    facts = {"here": True}

    before = decide(pack, {"as_of": date(2025, 12, 31), "facts": facts})
    after = decide(pack, {"as_of": date(2026, 1, 1), "facts": facts})

    assert "cost" not in before.steps[0]
    assert after.steps[0]["cost"][0]["amount"] == 12
