"""What is asked: what still arises, what hangs beside the answer, what settles most."""

from pathlib import Path

import pytest

from gishe.core.rules import (
    hanging_on,
    may_ask,
    next_question,
    plant,
    questions,
    read_pack,
    standing_of,
)
from gishe.lawbook.loading import load_pack

EXAMPLE = Path(__file__).parent / "example_pack"
WORDS = {"bg": "…", "en": "…"}
HEAD = {"text": WORDS, "cite": {"act": "act"}, "verified": {"state": "primary_text"}}
ASKED = {"text": WORDS, "why": WORDS}
OPTIONS = {"applicant": {"text": WORDS}, "abroad": {"text": WORDS}}


@pytest.fixture(scope="module")
def example():
    return load_pack(EXAMPLE)


def small_pack(facts: dict, routes: list[dict]):
    heading = {"id": "xx", "country": "XX", "name": WORDS, "version": "1"}
    routes = [{**HEAD, "grants": "yes", "order": i, **r} for i, r in enumerate(routes)]
    content = {
        "pack": {**heading, "ask": "office"},
        "acts": {"act": {"name": WORDS}},
        "facts": facts,
        "groups": {"union": ["BG", "DE"], "near": ["RS", "MK"]},
        "routes": routes,
    }
    return read_pack([plant(content)])


def standing(pack, **facts):
    return standing_of(pack, {"as_of": "2026-05-12", "facts": facts})


LODGED = small_pack(
    {
        "status": {
            "type": "enum",
            "values": ["applicant", "abroad"],
            "question": {**ASKED, "options": OPTIONS},
        },
        "lodged": {
            "type": "date",
            "question": {**ASKED, "ask_if": "status == applicant"},
        },
    },
    [{"id": "way", "applies_if": "status == applicant and lodged < as_of"}],
)


@pytest.mark.parametrize(
    ("facts", "arises"),
    [({"status": "applicant"}, True), ({"status": "abroad"}, False), ({}, True)],
)
def test_a_question_arises_until_its_condition_is_certainly_false(facts, arises):
    assert may_ask(standing(LODGED, **facts), "lodged") is arises


def test_a_given_answer_whose_question_no_longer_arises_can_be_found():
    told = standing(LODGED, status="abroad", lodged="2026-01-01")

    assert not may_ask(told, "lodged")
    assert may_ask(told, "status")


def test_a_fact_without_a_condition_may_always_be_asked(example):
    assert may_ask(standing(example), "status")


def test_the_last_day_of_a_card_hangs_beside_a_settled_answer(example):
    settled = standing(example, status="refugee", nationality="SY", age=30)

    assert next_question(settled) is None
    assert hanging_on(settled) == {"document_valid_until"}


def test_nothing_hangs_on_what_was_given(example):
    settled = standing(
        example,
        status="refugee",
        nationality="SY",
        age=30,
        document_valid_until="2027-01-01",
    )

    assert hanging_on(settled) == set()


def test_a_warning_of_another_route_is_left_alone(example):
    assert hanging_on(standing(example, nationality="DE")) == set()


COUNTRIES = small_pack(
    {
        "nationality": {"type": "country", "many": True, "question": ASKED},
        "occupation": {"type": "code", "question": {**ASKED, "cost": 3}},
        "rich": {"type": "bool", "question": ASKED},
        "wise": {"type": "bool", "question": ASKED},
    },
    [
        {"id": "free", "applies_if": "nationality in group.union"},
        {"id": "near", "applies_if": "nationality in group.near and rich and wise"},
        {"id": "post", "applies_if": "starts_with(occupation, [2, 25]) and rich"},
    ],
)


def test_the_citizenship_that_settles_most_is_asked_first():
    ranked = questions(standing(COUNTRIES))

    assert ranked[0].fact == "nationality"
    assert ranked[0].gain > 0


def test_the_gain_of_a_citizenship_counts_each_group_and_all_others_once():
    gains = {q.fact: q.gain for q in questions(standing(COUNTRIES, rich=False))}

    # A citizen of the Union, of a near country, of any other: all three settle it.
    assert set(gains) == {"nationality"}
    assert gains["nationality"] >= 1


def test_a_code_that_settles_something_has_a_gain():
    facts = {"nationality": ["SY"], "rich": True}
    gains = {q.fact: q.gain for q in questions(standing(COUNTRIES, **facts))}

    assert list(gains) == ["occupation"]
    assert gains["occupation"] >= 1


def test_a_second_citizenship_is_as_good_as_the_first():
    assert standing(COUNTRIES, nationality=["SY", "DE"]).route == "free"
