"""The law of Bulgaria: every sentence and every shared case comes out as written."""

import json
from pathlib import Path

import pytest

from gishe.core.rules import check_pack, decide, questions, standing_of
from gishe.core.rules._checks_golden import differences
from gishe.lawbook.loading import LAWBOOK, load_pack

SHARED = Path(__file__).resolve().parents[3] / "shared" / "law" / "cases_sample.json"
BG = load_pack(LAWBOOK / "bg")

# The shared cases are written in rougher words than the vocabulary's.
NO_FACT = ("documents", "delay_reason", "job", "asylum_application", "document")
JOBS = {"cook": {"occupation": "5120"}, "hotel_receptionist_assistant": {}}
ROUTES = {
    "ASYLUM_SEEKER_3M": "asylum_seeker_3m",
    "EXEMPT_INTERNATIONAL_PROTECTION": "exempt_international_protection",
    "EXEMPT_TEMPORARY_PROTECTION": "exempt_temporary_protection",
    "EXEMPT_FAMILY_OF_BULGARIAN": "family_of_bulgarian",
    "FREE_MOVEMENT": "free_movement",
    "EU_BLUE_CARD": "eu_blue_card",
    "SINGLE_PERMIT": "single_permit",
    "SEASONAL_PERMIT_9M": "seasonal_permit_9m",
    "STUDENT_20H": "student_20h",
    "BG_ORIGIN_REGISTRATION": "bulgarian_origin_registration",
    "NONE": "none",
}
FIELDS = {
    "may_work": lambda a: a.may_work,
    "route": lambda a: a.route,
    "since": lambda a: str(a.from_date),
    "waiting_until": lambda a: str(a.from_date),
    "labour_market_test": lambda a: a.labour_market_test,
    "work_permit_required": lambda a: a.permit_required,
    "quota_applies": lambda a: a.quota.get("applies"),
    "quota_pct": lambda a: a.quota.get("limit_pct"),
    "employer_tcn_share_pct": lambda a: a.quota.get("share_pct"),
    "employer_restriction": lambda a: a.limits.get("employer"),
    "who_applies": lambda a: a.who_applies,
    "max_hours_day": lambda a: a.limits.get("hours_per_day"),
    "max_hours_week": lambda a: a.limits.get("hours_per_week"),
    "max_months": lambda a: a.limits.get("months"),
    "max_duration_years": lambda a: a.limits.get("months", 0) / 12,
    "minimum_contract_months": lambda a: a.limits.get("minimum_contract_months"),
    "blocking_reason": lambda a: a.blocking[0],
    "condition": lambda a: CONDITIONS[a.conditions[0]["id"]],
    "warning_date": lambda a: str(
        _one(a.warnings, "card_expired_status_stands")["date"]
    ),
    "deadline": lambda a: str(_one(a.duties, "municipal_registration_egn")["due"]),
}
UNDER_18 = "labour_inspectorate_permit_for_under_18"
CONDITIONS = {
    "re_registered": "re_register_with_SAR_first",
    UNDER_18: UNDER_18,
}


def _one(listed, code):
    return next(entry for entry in listed if entry["id"] == code)


def _shared():
    if not SHARED.exists():
        return []
    cases = json.loads(SHARED.read_text(encoding="utf-8"))
    return [case for case in cases if case["country"] == "BG"]


def _mapped(case):
    given = case["facts"]
    facts = {name: value for name, value in given.items() if name not in NO_FACT}
    return {"as_of": case["as_of"], "facts": facts | JOBS.get(given.get("job"), {})}


@pytest.mark.parametrize("case", BG.cases, ids=lambda case: case.name)
def test_a_sentence_comes_out_as_written(case):
    answer = decide(BG, {"as_of": case.as_of, "facts": case.facts})

    found = list(differences(case, answer))

    assert not found, "\n".join(map(str, found))


def test_there_are_at_least_150_sentences():
    assert len({case.name for case in BG.cases}) == len(BG.cases) >= 150


@pytest.mark.slow
def test_the_pack_passes_its_check():
    found = check_pack(BG)

    assert not found, "\n".join(map(str, found))


@pytest.mark.shared
@pytest.mark.parametrize("case", _shared(), ids=lambda case: case["id"])
def test_a_shared_case_comes_out_right(case):
    answer = decide(BG, _mapped(case))

    wanted = {name: value for name, value in case["expect"].items() if name in FIELDS}
    wanted |= {"route": ROUTES[wanted["route"]]} if "route" in wanted else {}
    assert {name: FIELDS[name](answer) for name in wanted} == wanted


@pytest.mark.shared
@pytest.mark.parametrize("case", _shared(), ids=lambda case: case["id"])
def test_a_shared_case_never_gets_a_yes_it_must_not_have(case):
    answer = decide(BG, _mapped(case))

    assert answer.may_work != "yes" or case["expect"].get("may_work", "yes") == "yes"


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("refugee", {}),
        ("humanitarian_status", {}),
        ("temporary_protection", {"re_registered": True, "tp_granted": "2022-04-01"}),
        ("asylum_seeker", {"nationality": "AF", "application_lodged": "2026-05-01"}),
        (
            "none",
            {
                "nationality": "UA",
                "residence_in_ukraine_before_2022_02_24": True,
                "left_ukraine": "2025-05-05",
            },
        ),
        ("student", {"study_mode": "full_time_higher_education"}),
        ("prolonged_residence", {"residence_ground": "spouse_of_bulgarian_citizen"}),
        ("eu_citizen", {"nationality": "DE"}),
        ("irregular", {"nationality": "PK"}),
    ],
)
def test_a_person_with_a_paper_in_hand_is_asked_at_most_six_questions(status, more):
    truth = {"status": status, "nationality": "SY"} | more
    known: dict[str, object] = {}
    not_known: set[str] = set()

    while question := _question(known, not_known):
        if question in truth:
            known[question] = truth[question]
        else:
            not_known.add(question)

    assert len(known) + len(not_known) <= 6


def _question(known, not_known):
    """The next question; "I don't know" passes it over."""
    asked = questions(standing_of(BG, {"as_of": "2026-11-21", "facts": known}))
    return next((q.fact for q in asked if q.fact not in not_known), None)


@pytest.mark.parametrize(
    "fact", [f for f in BG.facts.values() if f.question], ids=lambda f: f.name
)
def test_a_question_has_words_in_all_seven_languages(fact):
    words = [fact.question.text, fact.question.why]
    words += [option.text for option in fact.question.options]

    for text in words:
        assert all(
            text.get(lang) for lang in ("bg", "en", "uk", "ru", "ar", "fa", "fr")
        )


PUBLIC = [
    *((head.name, head.text) for head in (r.head for r in BG.routes)),
    *((c.head.name, c.head.text) for r in BG.routes for c in r.conditions),
    *((r.head.name, r.head.text) for r in BG.restrictions),
    *((d.head.name, d.head.text) for d in BG.duties),
    *((w.head.name, w.head.text) for w in BG.warnings),
    *((g.head.name, g.head.text) for e in BG.entitlements.values() for g in e.rules),
    *((place.code, place.name) for place in BG.documents.values()),
    *((place.code, place.name) for place in BG.offices.values()),
]


@pytest.mark.parametrize(
    ("name", "text"), PUBLIC, ids=[f"{n}{i}" for i, (n, _) in enumerate(PUBLIC)]
)
def test_what_the_public_reads_is_in_all_seven_languages(name, text):
    assert all(text.get(lang) for lang in ("bg", "en", "uk", "ru", "ar", "fa", "fr")), (
        name
    )
