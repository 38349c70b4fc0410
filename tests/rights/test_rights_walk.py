from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import translation

from gishe.core.rules import decide, next_question, questions, standing_of
from gishe.lawbook import loading
from gishe.rights import facts, walk
from gishe.rights.facts import Given
from tests.rights.rights_walks import TODAY, answering

GROWN = {"age": 30, "document_valid_until": TODAY + timedelta(days=200)}
TYPICAL = {
    "refugee": {"status": "refugee"},
    "expired humanitarian card": {
        "status": "humanitarian_status",
        "document_valid_until": TODAY - timedelta(days=31),
    },
    "temporary protection": {"status": "temporary_protection", "re_registered": True},
    "asylum seeker": {
        "status": "asylum_seeker",
        "application_lodged": date(2026, 3, 1),
        "nationality": ["SY"],
    },
    "student": {
        "status": "student",
        "study_mode": "full_time_higher_education",
        "nationality": ["IN"],
        "hours_per_week": 20,
        "job_offer": True,
    },
    "single permit": {"status": "single_permit", "wants": "start_work"},
    "Moldovan visitor": {
        "status": "none",
        "nationality": ["MD"],
        "residence_in_ukraine_before_2022_02_24": False,
        "job_offer": True,
    },
    "EU family": {"status": "family_member_of_eu_citizen", "nationality": ["TR"]},
    "irregular": {
        "status": "irregular",
        "nationality": ["AF"],
        "residence_in_ukraine_before_2022_02_24": False,
    },
    "minor": {"status": "refugee", "age": 16, "nationality": ["SY"]},
}


@pytest.fixture
def law():
    return loading.pack("bg")


@pytest.mark.parametrize("who", TYPICAL)
def test_a_useful_answer_needs_at_most_six_questions(who):
    given = answering(GROWN | TYPICAL[who])

    assert 1 <= len(given.said) <= 6


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("refugee", "yes"),
        ("expired humanitarian card", "yes"),
        ("temporary protection", "yes"),
        ("student", "yes"),
        ("single permit", "yes"),
        ("EU family", "yes"),
        ("irregular", "no"),
        ("minor", "conditional"),
        ("asylum seeker", "unknown"),
    ],
)
def test_the_walk_ends_with_the_answer_of_the_law(who, answer):
    given = answering(GROWN | TYPICAL[who])

    assert decide(given.pack, given.case(TODAY)).may_work == answer


@pytest.mark.parametrize(
    ("law", "known", "asked"),
    [
        ("bg", {"status": "none_abroad", "nationality": ["NP"]}, "job_offer"),
        ("bg", {"status": "single_permit"}, "wants"),
        ("bg", {"status": "refugee"}, "age"),
        ("bg", {"status": "long_term_eu"}, "long_term_eu_issuing_state"),
        (
            "bg",
            {"status": "student", "study_mode": "full_time_higher_education"},
            "hours_per_week",
        ),
        (
            "bg",
            {"status": "none_abroad", "nationality": ["NP"], "age": 30}
            | {"job_offer": True},
            "seasonal",
        ),
        ("fi", {"status": "none_abroad", "nationality": ["NP"]}, "job_offer"),
        ("es", {"status": "student", "hours_per_week": 20, "age": 30}, "study_mode"),
    ],
)
def test_what_was_only_presumed_is_asked_while_the_answer_rests_on_it(
    law, known, asked
):
    pack = loading.pack(law)

    found = next_question(standing_of(pack, {"as_of": TODAY, "facts": known}))

    assert found is not None
    assert found.fact == asked


@pytest.mark.parametrize("who", TYPICAL)
def test_the_open_interface_asks_no_more_than_six_questions_either(law, who):
    answers = {"job_offer": False, "wants": "start_work", "nationality": ["IN"]}
    answers |= GROWN | TYPICAL[who]
    known, asked = {}, []

    while True:
        found = questions(standing_of(law, {"as_of": TODAY, "facts": known}))
        left = [it.fact for it in found if it.fact not in asked]
        if not left:
            break
        asked.append(left[0])
        known |= {name: answers[name] for name in left[:1] if name in answers}

    assert 1 <= len(asked) <= 6


def test_i_do_not_know_to_everything_ends_and_asks_nothing_twice(law):
    given = answering({})

    assert set(given.said.values()) == {None}
    assert 1 < len(given.said) <= 4
    assert "study_mode" not in given.said
    assert decide(law, given.case(TODAY)).may_work == "unknown"


def test_a_cards_last_day_is_asked_though_the_answer_is_settled():
    given = answering(GROWN | {"status": "humanitarian_status"})

    assert "document_valid_until" in given.said


def test_answers_that_no_longer_arise_are_dropped(law):
    given = Given(
        law, {"status": "asylum_seeker", "application_lodged": date(2026, 3, 1)}
    )

    changed = facts.still_asked(given.saying("status", "refugee"), TODAY)

    assert list(changed.said) == ["status"]


def test_what_is_left_is_counted_honestly_and_always_the_same(law):
    empty = Given(law)
    known = Given(law, {"status": "refugee", "age": 30})

    first = walk.about_left(empty, "status", TODAY)

    assert first == walk.about_left(empty, "status", TODAY)
    assert 2 <= first <= 6
    assert walk.about_left(known, "document_valid_until", TODAY) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("age", "two hundred"),
        ("age", "200"),
        ("document_valid_until", "31.12.2026"),
        ("status", "emperor"),
        ("re_registered", "perhaps"),
        ("application_lodged", "2030-01-01"),
        ("nationality", "Syria"),
        ("status", ""),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words(law, name, text):
    with translation.override("en"), pytest.raises(facts.Unreadable) as refused:
        facts.take(Given(law), name, [text], TODAY)

    assert str(refused.value).endswith(".")


def test_hidden_fields_carry_everything_and_bring_it_back(law):
    given = Given(
        law,
        {
            "status": "refugee",
            "nationality": ["SY", "XX"],
            "age": 30,
            "document_valid_until": date(2027, 1, 31),
            "re_registered": None,
        },
    )
    query = QueryDict(mutable=True)
    for name, value in given.hidden():
        query.appendlist(name, value)

    assert facts.read_given(law, query, TODAY) == given


def test_what_somebody_forged_into_a_hidden_field_is_asked_again(law):
    query = QueryDict("law=bg&f-status=<script>&f-nonsense=1&f-age=30")

    assert facts.read_given(law, query, TODAY).said == {"age": 30}
