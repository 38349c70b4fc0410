"""The example pack decided: routes, dates, reasons, questions, alternatives."""

from datetime import date
from pathlib import Path

import pytest

from gishe.core.rules import (
    InputError,
    check_golden,
    check_pack,
    choose,
    decide,
    next_question,
    standing_of,
)
from gishe.lawbook.loading import load_pack

EXAMPLE = Path(__file__).parent / "example_pack"
SEEKER = {
    "nationality": "AF",
    "age": 27,
    "status": "asylum_seeker",
    "application_lodged": "2025-07-01",
    "delay_attributable_to_applicant": False,
}
COOK = {
    "nationality": "NP",
    "status": "none",
    "job_offer": True,
    "higher_education_years": 0,
    "employer_size": "sme",
    "employer_tcn_count_12m": 4,
    "employer_average_headcount_12m": 10,
}
QUOTA = ("quota_pct",)


@pytest.fixture(scope="module")
def pack():
    return load_pack(EXAMPLE)


def ask(pack, as_of: str, facts: dict):
    return decide(pack, {"country": "XX", "as_of": as_of, "facts": facts})


def test_golden_cases_come_out_as_written(pack):
    problems, _ = check_golden(pack)

    assert problems == []


def test_nothing_is_wrong_with_the_example(pack):
    assert [str(problem) for problem in check_pack(pack)] == []


def test_time_alone_opens_the_route_on_a_date(pack):
    day_91 = ask(pack, "2025-09-30", SEEKER)
    day_92 = ask(pack, "2025-10-01", SEEKER)

    assert (day_91.may_work, day_91.from_date) == ("not_yet", date(2025, 10, 1))
    assert (day_92.may_work, day_92.from_date) == ("yes", date(2025, 10, 1))


def test_after_the_last_verified_day_the_answer_is_unknown_with_whom_to_ask(pack):
    answer = ask(pack, "2026-06-12", SEEKER)

    assert (answer.may_work, answer.unverified_law) == ("unknown", True)
    assert [office["code"] for office in answer.whom_to_ask] == ["sar"]
    assert answer.missing == ()


def test_a_wait_that_ends_after_the_last_verified_day_has_no_date(pack):
    answer = ask(pack, "2026-05-12", {**SEEKER, "application_lodged": "2026-05-01"})

    assert (answer.may_work, answer.from_date) == ("not_yet", None)
    assert answer.unverified_law


def test_fault_closes_the_route_and_is_named(pack):
    answer = ask(
        pack, "2025-12-01", {**SEEKER, "delay_attributable_to_applicant": True}
    )

    assert (answer.may_work, answer.blocking) == (
        "no",
        ("delay_attributable_to_applicant",),
    )


def test_an_expired_card_warns_and_the_right_stands(pack):
    facts = {"status": "refugee", "document_valid_until": "2026-04-20", "age": 30}
    answer = ask(pack, "2026-05-12", {**facts, "nationality": "SY"})

    assert answer.may_work == "yes"
    assert [(w["id"], w["date"]) for w in answer.warnings] == [
        ("card_expired", date(2026, 5, 20))
    ]
    assert answer.presumed == {"status_withdrawn": False}


def test_a_quota_that_is_full_closes_the_general_route(pack):
    answer = ask(pack, "2026-05-12", COOK)

    assert (answer.may_work, answer.route) == ("no", "single_permit")
    assert answer.blocking == ("quota_exceeded",)
    assert answer.quota == {
        "applies": True,
        "limit_pct": 35,
        "share_pct": 40,
        "ok": False,
    }


def test_what_would_have_to_change_is_told_for_other_routes(pack):
    answer = ask(pack, "2026-05-12", COOK)
    needs = {a["route"]: a.get("needs") for a in answer.alternatives}

    assert {n["fact"]: n["then"] for n in needs["blue_card"]} == {
        "contract_months": 6,
        "gross_salary_eur": 18000.0,
        "higher_education_years": 3,
    }


def test_the_next_question_is_the_one_that_settles_most(pack):
    standing = standing_of(pack, {"as_of": "2026-05-12", "facts": {}})

    assert next_question(standing).fact == "status"


def test_nothing_more_is_asked_once_the_answer_is_settled(pack):
    standing = standing_of(pack, {"as_of": "2025-10-01", "facts": SEEKER})

    assert next_question(standing) is None


def test_a_moved_parameter_is_the_next_change(pack):
    facts = {
        **COOK,
        "higher_education_years": 4,
        "gross_salary_eur": 19000,
        "contract_months": 12,
    }
    later = standing_of(pack, {"as_of": "2026-05-12", "facts": facts}).next_change()

    assert (later.day, later.may_work) == (date(2026, 7, 1), "no")


def test_reasons_tell_only_what_decided(pack):
    answer = ask(
        pack, "2025-12-01", {**SEEKER, "delay_attributable_to_applicant": True}
    )
    [route] = answer.reasons
    told = {reason.rule: reason.value for reason in route.reasons}

    assert route.rule == "asylum_seeker_3m"
    assert told["asylum_seeker_3m.no_fault"] == "no"
    assert route.citation[0].article == "29"


def test_a_minor_is_told_the_condition(pack):
    answer = ask(
        pack, "2026-05-12", {"status": "refugee", "age": 16, "nationality": "SY"}
    )

    assert answer.may_work == "conditional"
    assert answer.limits == {"hours_per_day": 7}
    assert [c["id"] for c in answer.conditions] == ["under_18"]


def test_everything_wrong_with_a_case_is_told_at_once(pack):
    facts = {
        "statos": "refugee",
        "status": ["refugee", "worker"],
        "age": None,
        "birth_date": "2027-01-01",
        "gross_salary_eur": "much",
    }
    with pytest.raises(InputError) as error:
        ask(pack, "2026-05-12", facts)

    assert str(error.value).splitlines() == [
        "statos: There is no such fact. Did you mean status?",
        "status: Only one value is possible at a time, not several: refugee, worker.",
        "age: null is not a value. Leave the fact out if it is not known.",
        "gross_salary_eur: 'much' is not a number.",
        "birth_date: 2027-01-01 is after as_of (2026-05-12).",
    ]


def test_age_and_birth_date_must_agree(pack):
    with pytest.raises(InputError, match="Born on 2000-05-13, a person is 25"):
        ask(pack, "2026-05-12", {"birth_date": "2000-05-13", "age": 26})


def test_a_country_without_a_pack_is_told_clearly(pack):
    with pytest.raises(InputError, match=r"no law of DE here. There is: XX."):
        choose([pack], "DE")


@pytest.mark.parametrize(
    ("facts", "parameters"),
    [
        (SEEKER, ("waiting_months",)),
        (COOK, ("quota_pct", "quota_sme_pct")),
        ({**COOK, "employer_tcn_count_12m": 3}, ("quota_sme_pct",)),
        ({**COOK, "employer_size": "large", "employer_tcn_count_12m": 1}, QUOTA),
        ({"nationality": "DE", "status": "none", "job_offer": False}, ()),
    ],
)
def test_an_answer_names_the_numbers_of_the_law_that_decided_it(
    pack, facts, parameters
):
    assert ask(pack, "2025-12-01", facts).parameters == parameters


def test_a_comparison_names_the_number_of_the_law_in_it(pack):
    [route] = ask(pack, "2025-09-30", SEEKER).reasons

    waiting = next(part for part in route.reasons if part.rule.endswith(".waiting"))
    assert [part.parameters for part in waiting.reasons] == [("waiting_months",)]


def test_a_route_applies_does_not_or_may(pack):
    standing = standing_of(pack, {"as_of": "2025-12-01", "facts": {"status": "none"}})

    found = {way.name: standing.applies(way) for way in standing.law.ways}
    assert found["asylum_seeker_3m"] is False
    assert found["single_permit"] is None
