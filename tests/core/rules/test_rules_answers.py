"""What an answer tells: documents, steps and limits, each only where it concerns."""

from datetime import date

import pytest

from gishe.core.rules import check_pack, decide, plant, read_pack

WORDS = {"bg": "…", "en": "…"}
HEAD = {"text": WORDS, "cite": {"act": "act"}, "verified": {"state": "primary_text"}}


def pack_with(answer: dict, **more):
    """One route for everybody, and what it answers."""
    route = {**HEAD, "id": "way", "applies_if": "true", "grants": "yes"}
    return read_pack(
        [
            plant(
                {
                    "pack": {
                        "id": "xx",
                        "country": "XX",
                        "name": WORDS,
                        "version": "1",
                        "ask": "office",
                    },
                    "acts": {"act": {"name": WORDS}},
                    "offices": {"office": {"name": {"en": "Office"}}},
                    "documents": {
                        "card": {"name": WORDS},
                        "permit": {"name": WORDS},
                    },
                    "facts": {"age": {"type": "integer"}, "job": {"type": "bool"}},
                    "routes": [{**route, "answer": answer}],
                    **more,
                }
            )
        ]
    )


def told(pack, **facts):
    return decide(pack, {"as_of": "2026-06-01", "facts": facts})


PERMIT_FOR_MINORS = {"documents": ["card", {"code": "permit", "if": "age < 18"}]}


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"age": 16}, ["card", "permit"]),
        ({"age": 40}, ["card"]),
        ({}, ["card"]),
    ],
)
def test_a_document_on_a_condition_is_told_only_when_that_is_certain(facts, codes):
    answer = told(pack_with(PERMIT_FOR_MINORS), **facts)

    assert [document["code"] for document in answer.documents] == codes


@pytest.mark.parametrize(("facts", "count"), [({"job": True}, 2), ({}, 1)])
def test_a_step_on_a_condition_is_told_without_the_condition(facts, count):
    step = {"text": {"en": "Sign."}, "office": "office", "if": "job"}
    answer = told(pack_with({"steps": [{"text": {"en": "Come."}}, step]}), **facts)

    assert len(answer.steps) == count
    assert all("if" not in step for step in answer.steps)


def test_a_step_on_a_condition_names_its_office():
    step = {"text": {"en": "Sign."}, "office": "office", "if": "job"}
    [only] = told(pack_with({"steps": [step]}), job=True).steps

    assert only["office"]["code"] == "office"


def test_a_condition_of_a_document_is_checked_before_anybody_meets_it():
    broken = pack_with({"documents": [{"code": "card", "if": "agee < 18"}]})

    assert "There is no fact agee" in str(check_pack(broken)[0])


def limits(of_route: dict, of_restriction: dict) -> dict:
    restriction = {
        **HEAD,
        "id": "under_18",
        "routes": "all",
        "applies_if": "age < 18",
        "otherwise": "conditional",
        "answer": {"limits": of_restriction},
    }
    pack = pack_with({"limits": of_route}, restrictions=[restriction])
    return told(pack, age=17).limits


@pytest.mark.parametrize(
    ("of_route", "of_restriction", "expected"),
    [
        ({"hours_per_week": 20}, {"hours_per_week": 35}, {"hours_per_week": 20}),
        ({"hours_per_week": 40}, {"hours_per_week": 35}, {"hours_per_week": 35}),
        ({"hours_per_week": "any"}, {"hours_per_week": 35}, {"hours_per_week": 35}),
        ({"hours_per_week": 20}, {"hours_per_week": "any"}, {"hours_per_week": 20}),
        ({"minimum_months": 6}, {"minimum_months": 3}, {"minimum_months": 6}),
        ({"night_work": True}, {"night_work": False}, {"night_work": False}),
        ({"night_work": False}, {"night_work": True}, {"night_work": False}),
        ({"employer": "any"}, {"employer": "named"}, {"employer": "named"}),
        ({"employer": "named"}, {"days": 3}, {"employer": "named", "days": 3}),
        ({"hours": 20}, {"hours": "= 10 + 15"}, {"hours": 20}),
    ],
)
def test_of_two_limits_the_stricter_one_counts(of_route, of_restriction, expected):
    assert limits(of_route, of_restriction) == expected


@pytest.mark.parametrize(
    ("age", "value", "says"), [(20, "yes", ""), (3, "no", "after_permit")]
)
def test_a_condition_is_told_with_its_words_for_both_ends(age, value, says):
    grown = {
        "id": "grown",
        "text": {"en": "You are too young."},
        "met": {"en": "You are old enough."},
        "needs": "age >= 15",
        "otherwise": "after_permit",
    }
    route = {**HEAD, "id": "way", "applies_if": "true", "grants": "yes"}
    pack = pack_with({}, routes=[{**route, "conditions": [grown]}])

    [way] = told(pack, age=age).reasons
    condition = way.reasons[-1]

    assert (condition.value, condition.says) == (value, says)
    assert condition.met == {"en": "You are old enough."}
    assert condition.to_json()["met"] == {"en": "You are old enough."}


# --- said to the employer

TO_EMPLOYER = {"bg": "за лицето", "en": "about the person"}
RULE = {**HEAD, "for_employer": TO_EMPLOYER}


def test_what_is_said_to_the_employer_comes_with_the_answer():
    pack = pack_with(
        {"steps": [{"text": WORDS, "for_employer": TO_EMPLOYER}]},
        warnings=[{**RULE, "id": "warn"}],
        duties=[{**RULE, "id": "duty", "who": "worker", "to": "office"}],
        restrictions=[
            {
                **RULE,
                "id": "limit",
                "met": WORDS,
                "applies_if": "job",
                "otherwise": "conditional",
            }
        ],
    )

    answer = told(pack, job=True)

    parts = (answer.steps, answer.warnings, answer.duties, answer.conditions)
    assert [part[0]["for_employer"] for part in parts] == [TO_EMPLOYER] * 4
    [limit] = [it for it in answer.reasons[0].reasons if it.rule == "limit"]
    assert limit.for_employer == TO_EMPLOYER


def test_what_is_said_to_everybody_alike_is_said_once():
    answer = told(pack_with({}, warnings=[{**HEAD, "id": "warn"}]))

    assert "for_employer" not in answer.warnings[0]
    assert "for_employer" not in answer.to_json()["reasons"][0]


def test_a_right_may_outlive_its_paper():
    answer = told(pack_with({"right_outlives_paper": True}))

    assert answer.right_outlives_paper is True
    assert told(pack_with({})).right_outlives_paper is None


def test_a_duty_may_have_a_first_day_and_a_last():
    duty = {
        **HEAD,
        "id": "renew",
        "who": "worker",
        "to": "office",
        "opens": {"days": 60, "before": "until"},
        "due": {"days": 0, "before": "until"},
        "short": WORDS,
    }
    pack = pack_with({}, duties=[duty], facts={"until": {"type": "date"}})

    dated = told(pack, until="2027-06-01").duties[0]
    undated = told(pack).duties[0]

    assert (dated["opens"], dated["due"]) == (date(2027, 4, 2), date(2027, 6, 1))
    assert dated["short"] == WORDS
    assert undated["opens"] == {"days": 60, "before": "until"}
