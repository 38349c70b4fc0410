"""The partner countries: every sentence comes out, and no yes that nobody verified."""

import json
from datetime import date
from pathlib import Path

import pytest

from gishe.core.rules import check_pack, decide, questions, standing_of
from gishe.core.rules._checks_golden import differences
from gishe.lawbook.loading import LAWBOOK, load_pack

SHARED = Path(__file__).resolve().parents[3] / "shared" / "law" / "cases_sample.json"
LANGUAGES = ("bg", "en", "uk", "ru", "ar", "fa", "fr")
COUNTRIES = ("be", "es", "fi", "fr", "gr")
PACKS = {name: load_pack(LAWBOOK / name) for name in COUNTRIES}
SENTENCES = [
    pytest.param(name, case, id=f"{name}: {case.name}")
    for name, pack in PACKS.items()
    for case in pack.cases
]
EACH = pytest.mark.parametrize("name", COUNTRIES)

# The shared cases are written in rougher words than the vocabulary's: here the words
# of a case, there those of the lawbook. None: the lawbook needs no such fact.
WORDS = {
    "application_pending": "procedure_pending",
    "application_formalised": "application_lodged",
    "decided": None,  # false: no first decision yet
    "first_instance_decision": None,  # false: the same
    "region": None,  # the pack is the region's
}
ROUTES = {
    "ASYLUM_SEEKER_FI": "asylum_seeker_fi",
    "ASYLUM_SEEKER_ES": "asylum_seeker_es",
    "ASYLUM_SEEKER_GR": "asylum_seeker_gr",
    "TP_BE": "exempt_temporary_protection",
}
FIELDS = {
    "may_work": lambda a: a.may_work,
    "route": lambda a: a.route,
    "since": lambda a: str(a.from_date),
    "waiting_until": lambda a: str(a.from_date),
    "work_permit_required": lambda a: a.permit_required,
    "blue_card_eligible": lambda a: a.route == "eu_blue_card",
    "blocking_reason": lambda a: _blocked("eu_blue_card", a),
}
BLOCKING = {"salary_below_threshold": "salary_below_59373"}


def _blocked(route, answer):
    other = next(part for part in answer.alternatives if part["route"] == route)
    return BLOCKING[other["blocking"][0]]


def _shared():
    if not SHARED.exists():
        return []
    cases = json.loads(SHARED.read_text(encoding="utf-8"))
    return [case for case in cases if case["country"] != "BG"]


def _mapped(case):
    given = {WORDS.get(name, name): value for name, value in case["facts"].items()}
    facts = {name: value for name, value in given.items() if name is not None}
    return {"as_of": case["as_of"], "facts": facts}


@pytest.mark.parametrize(("name", "case"), SENTENCES)
def test_a_sentence_of_a_partner_country_comes_out_as_written(name, case):
    answer = decide(PACKS[name], {"as_of": case.as_of, "facts": case.facts})

    found = list(differences(case, answer))

    assert not found, "\n".join(map(str, found))


@EACH
def test_a_country_has_at_least_fifteen_sentences_of_its_own(name):
    cases = PACKS[name].cases
    own = [case for case in cases if "shared.yaml" not in case.file]

    assert len({case.name for case in cases}) == len(cases)
    assert len(own) >= 15


@pytest.mark.slow
@EACH
def test_a_partner_pack_passes_its_check(name):
    found = check_pack(PACKS[name])

    assert not found, "\n".join(map(str, found))


@pytest.mark.shared
@pytest.mark.parametrize("case", _shared(), ids=lambda case: case["id"])
def test_a_shared_case_of_a_partner_country_comes_out_right(case):
    answer = decide(PACKS[case["country"].lower()], _mapped(case))

    wanted = {name: value for name, value in case["expect"].items() if name in FIELDS}
    wanted |= {"route": ROUTES[wanted["route"]]} if "route" in wanted else {}
    assert {name: FIELDS[name](answer) for name in wanted} == wanted


@pytest.mark.shared
@pytest.mark.parametrize("case", _shared(), ids=lambda case: case["id"])
def test_a_shared_case_of_a_partner_country_gets_no_yes_it_must_not_have(case):
    answer = decide(PACKS[case["country"].lower()], _mapped(case))

    assert answer.may_work != "yes" or case["expect"].get("may_work", "yes") == "yes"


FAVOURABLE = {
    "nationality": "AF",
    "age": 30,
    "procedure_pending": True,
    "valid_travel_document_presented": True,
    "admitted_to_procedure": True,
    "applicant_card": True,
    "first_instance_decision": "none",
    "document_valid_until": "2030-01-01",
    "job_offer": True,
}
TWO_YEARS_AGO = {
    "application_lodged": "2024-06-01",
    "application_registered": "2024-06-01",
    "tp_granted": "2024-06-01",
}
SURE = {
    "refugee",
    "humanitarian_status",
    "single_permit",
    "eu_blue_card",
    "uk_withdrawal_agreement_beneficiary",
    "temporary_protection",
}
SURE_IN = {"fr": {"permanent_residence"}}
STATUSES = PACKS["fi"].facts["status"].values


def _facts(name, status):
    declared = PACKS[name].facts
    known = FAVOURABLE | TWO_YEARS_AGO | {"status": status}
    return {fact: value for fact, value in known.items() if fact in declared}


@EACH
@pytest.mark.parametrize("status", STATUSES)
def test_only_what_is_verified_is_answered_with_yes(name, status):
    case = {"as_of": "2026-11-21", "facts": _facts(name, status)}

    answer = decide(PACKS[name], case, alternatives=False)

    assert answer.may_work != "yes" or status in SURE | SURE_IN.get(name, set())


@EACH
@pytest.mark.parametrize("status", sorted(set(STATUSES) - {"eu_citizen"}))
def test_no_is_said_only_to_people_without_any_title(name, status):
    case = {"as_of": "2026-11-21", "facts": {"nationality": "MA", "status": status}}

    answer = decide(PACKS[name], case, alternatives=False)

    assert answer.may_work != "no" or status in ("irregular", "none", "none_abroad")


@EACH
def test_the_last_verified_day_for_asylum_seekers_is_11_june_2026(name):
    facts = _facts(name, "asylum_seeker") | {"work_authorisation": True}

    before = decide(PACKS[name], {"as_of": "2026-06-11", "facts": facts})
    after = decide(PACKS[name], {"as_of": "2026-06-12", "facts": facts})

    assert before.may_work == "yes"
    assert (after.may_work, after.unverified_law) == ("unknown", True)
    assert after.whom_to_ask


@EACH
def test_what_is_not_verified_names_whom_to_ask_in_seven_languages(name):
    case = {
        "as_of": "2026-11-21",
        "facts": {"nationality": "IQ", "status": "tolerated"},
    }

    answer = decide(PACKS[name], case)

    assert answer.unverified_law
    assert all(answer.whom_to_ask[0]["name"].get(language) for language in LANGUAGES)


@EACH
def test_the_question_on_status_names_no_bulgarian_paper(name):
    question = PACKS[name].facts["status"].question

    assert not any(option.printed for option in question.options)
    assert "presidential_asylum" not in {option.value for option in question.options}


def _public(pack):
    heads = [route.head for route in pack.routes]
    heads += [part.head for route in pack.routes for part in route.conditions]
    heads += [part.head for part in pack.restrictions]
    heads += [part.head for part in (*pack.duties, *pack.warnings)]
    yield from ((head.name, head.text) for head in heads)
    places = (*pack.documents.values(), *pack.offices.values())
    yield from ((place.code, place.name) for place in places)
    asked = [fact for fact in pack.facts.values() if fact.question]
    yield from ((fact.name, fact.question.text) for fact in asked)
    yield from ((fact.name, fact.because) for fact in asked if fact.presume)


@EACH
def test_what_the_public_of_a_partner_country_reads_is_in_seven_languages(name):
    lacking = {
        (code, language)
        for code, text in _public(PACKS[name])
        for language in LANGUAGES
        if not text.get(language)
    }

    assert not lacking


@EACH
def test_every_rule_says_when_somebody_looks_at_it_again(name):
    pack = PACKS[name]
    heads = [route.head for route in pack.routes]
    heads += [part.head for part in (*pack.restrictions, *pack.duties, *pack.warnings)]
    heads += [value.head for part in pack.parameters.values() for value in part.values]

    assert all(head.verified.checked_on for head in heads)
    assert all(head.verified.next_review > date(2026, 11, 21) for head in heads)


@EACH
@pytest.mark.parametrize(
    "truth",
    [
        {"status": "refugee", "nationality": "SY"},
        {"status": "temporary_protection", "nationality": "UA"},
        {"status": "asylum_seeker", "nationality": "AF"},
        {"status": "student", "nationality": "VN", "hours_per_week": 18},
        {"status": "eu_citizen", "nationality": "DE"},
        {"status": "irregular", "nationality": "PK"},
    ],
    ids=lambda truth: truth["status"],
)
def test_a_partner_country_asks_at_most_six_questions(name, truth):
    known: dict[str, object] = {}
    passed_over: set[str] = set()

    while question := _question(PACKS[name], known, passed_over):
        if question in truth:
            known[question] = truth[question]
        else:
            passed_over.add(question)

    assert len(known) + len(passed_over) <= 6


def _question(pack, known, passed_over):
    """The next question; "I don't know" passes it over."""
    asked = questions(standing_of(pack, {"as_of": "2026-11-21", "facts": known}))
    return next((q.fact for q in asked if q.fact not in passed_over), None)
