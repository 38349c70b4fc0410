"""What a newcomer is told: the true cause, the next thing to do, nothing exotic."""

from datetime import date

import pytest
from django.utils import translation

from gishe.core.rules import decide
from gishe.rights import facts, packs, walk, wording
from gishe.rights.telling import Telling
from tests.rights.rights_walks import answering

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def told(**answers) -> Telling:
    """The answer at the end of the walk of somebody who knows ``answers``."""
    given = answering(answers, day=TODAY)
    return Telling(given, decide(given.pack, given.case(TODAY)), TODAY)


def test_who_knows_nothing_is_asked_in_plain_words_and_nothing_exotic():
    given = answering({}, day=TODAY)

    assert list(given.said) == ["status", "situation", "nationality"]


def test_a_situation_in_plain_words_stands_for_the_paper():
    given = answering({"situation": "asylum_seeker", "nationality": ["SY"]}, day=TODAY)

    assert given.facts["status"] == "asylum_seeker"
    assert decide(given.pack, given.case(TODAY)).route == "asylum_seeker_pact"


def test_who_finds_the_paper_after_all_need_not_say_it_plainly():
    given = answering({"situation": "none"}, day=TODAY)

    after = facts.still_asked(given.saying("status", "refugee"), TODAY)

    assert "situation" not in after.said


def test_a_missing_answer_is_named_as_the_cause_and_not_the_law():
    telling = told()

    assert telling.sentence == "We need one more answer from you."
    assert [fact for fact, _ in telling.missing] == ["status", "nationality"]
    assert telling.parts == telling.others == telling.sources == []


def test_a_missing_answer_before_doubtful_law_names_both():
    telling = told(status="temporary_protection", nationality=["UA"])

    assert telling.sentence == "We need one more answer from you."
    assert telling.missing[0][0] == "re_registered"
    assert telling.is_partly_unverified


def test_law_that_nobody_verified_is_named_as_the_cause():
    telling = told(status="asylum_seeker", nationality=["SY"])

    assert "nobody has verified this law" in telling.sentence
    assert telling.missing == []
    assert telling.ask


def test_a_question_that_rests_on_an_unknown_answer_does_not_arise():
    given = answering({"status": "irregular"}, day=TODAY)

    assert not given.concerns("residence_in_ukraine_before_2022_02_24", TODAY)
    assert not given.concerns("safe_return_to_origin_possible", TODAY)
    assert given.concerns("nationality", TODAY)
    assert "left_ukraine" not in given.said


def test_few_kinds_of_study_are_seen_at_once_and_no_paper_is_spoken_of():
    given = answering({"status": "student"}, day=TODAY)

    assert walk.asked(given, "status").is_about_papers
    assert not walk.asked(given, "study_mode").is_about_papers


@pytest.mark.parametrize(
    ("language", "earlier", "later"),
    [
        ("en", "AX", "AL"),  # Åland Islands, Albania
        ("fr", "EG", "EE"),  # Égypte, Estonie
        ("uk", "EG", "ZW"),  # Єгипет, Зімбабве
        ("uk", "IS", "IT"),  # Ісландія, Італія
        ("fa", "PK", "TJ"),  # پاکستان, تاجیکستان
        ("bg", "BR", "BG"),  # Бразилия, България
    ],
)
def test_countries_stand_in_the_order_of_the_readers_alphabet(language, earlier, later):
    with translation.override(language):
        codes = [code for code, _ in facts.countries()]

    usual = len(facts.MET_MOST)
    assert codes[: usual + 1] == [*facts.MET_MOST, facts.STATELESS]
    assert codes.index(earlier, usual) < codes.index(later, usual)
    assert len(codes) == len(set(codes))


def test_work_at_17_is_told_as_after_the_permit_of_the_inspectorate():
    telling = told(status="refugee", nationality=["AF"], age=17)

    assert telling.sentence.startswith("You may work after a permit. The employer")
    assert "Labour Inspectorate" in telling.sentence
    assert str(telling.state.word) == "After a permit"
    assert "permit of the Labour Inspectorate" in str(telling.steps[0].text)


def test_at_17_nobody_is_asked_for_hours_and_a_limit_is_told_once():
    telling = told(status="refugee", nationality=["AF"], age=17)

    assert not {"hours_per_week", "hours_per_day", "night_work"} & {*telling.given.said}
    weekly = [it for it in telling.limits if "week" in it]
    assert weekly == ["at most 35 hours a week"]
    assert not [it for it in telling.presumed if "hours" in str(it.text)]


def test_with_the_permit_of_the_inspectorate_a_person_of_17_may_work():
    telling = told(status="refugee", age=17, labour_inspectorate_permit=True)

    assert telling.sentence == "Yes, you may work."


def test_an_expired_card_is_renewed_first_and_its_days_are_told_as_past():
    telling = told(
        status="humanitarian_status",
        nationality=["SY"],
        document_valid_until=date(2026, 10, 20),
        age=30,
    )

    first = telling.own_duties[0]
    assert "Ask the police for a new one now" in str(first.text)
    assert first.when == "now: the last day was 20 October 2026"
    assert telling.warnings[0].when == "This day has passed: 19 November 2026"
    assert "may have begun" in str(telling.warnings[1].text)
    assert not [it for it in telling.own_duties if "municipality" in str(it.text)]


def test_what_is_due_next_stands_before_what_has_time():
    telling = told(status="refugee", document_valid_until=date(2028, 6, 1), age=30)

    words = [str(it.text) for it in telling.own_duties]
    assert "municipality" in words[0]
    assert "new card" in words[-1]


def test_who_lost_the_job_of_a_single_permit_is_never_told_a_plain_yes():
    telling = told(status="single_permit", nationality=["IN"], age=30, wants="find_job")

    assert telling.sentence.startswith("You may work after a permit.")
    assert "new job needs a new permit" in str(telling.conditions[0].text)


def test_a_change_of_employer_that_nobody_verified_is_explained():
    said = {"status": "single_permit", "nationality": ["IN"], "age": 30}
    telling = told(**said, wants="change_employer")

    assert "nobody has verified this law" in telling.sentence
    assert "EU law gives holders of a single permit" in str(telling.doubts[0])
    assert telling.must_ask
    assert telling.ask


def test_citizens_of_the_union_with_another_nationality_are_asked_to_change_one():
    telling = told(status="eu_citizen", nationality=["IN"])

    assert [fact for fact, _ in telling.conflict] == ["status", "nationality"]
    assert "India" in telling.conflict[1][1]


def test_a_second_nationality_of_the_union_is_no_conflict():
    telling = told(status="eu_citizen", nationality=["IN", "DE"])

    assert telling.conflict == []
    assert telling.sentence == "Yes, you may work."


def test_other_ways_are_those_within_reach_the_usual_one_first():
    telling = told(status="none", nationality=["MA"])

    assert [it.route for it in telling.others] == ["single_permit", "freelance_permit"]
    assert telling.others[0].needs[0].fact == "job_offer"


def test_bulgarian_origin_is_asked_where_it_opens_a_shorter_way():
    visitor = {"status": "none", "job_offer": True, "age": 35, "seasonal": False}

    given = answering(visitor | {"nationality": ["RU"]}, day=TODAY)
    other = answering(visitor | {"nationality": ["MA"]}, day=TODAY)

    assert "bulgarian_origin_certificate" in given.said
    assert "bulgarian_origin_certificate" not in other.said


def test_bulgarian_origin_is_among_the_other_ways_of_a_moldovan():
    telling = told(status="none", nationality=["MD"])

    needs = [need.fact for it in telling.others for need in it.needs]
    assert "bulgarian_origin_certificate" in needs


def test_who_is_abroad_is_promised_nothing_of_those_who_are_here():
    telling = told(status="none_abroad", nationality=["NP"], job_offer=True, age=25)

    assert telling.services == []


def test_what_is_taken_for_granted_concerns_this_person_and_can_be_changed():
    seasonal = told(status="seasonal_worker", nationality=["UZ"])
    afghan = told(status="irregular", nationality=["AF"])

    assert "seasonal" not in [it.fact for it in seasonal.presumed]
    (ukraine,) = (it for it in afghan.presumed if it.fact == "had_ukrainian_permit")
    assert ukraine.change == "legal_residence_ukraine"


def test_nothing_is_taken_for_granted_twice_in_the_same_words():
    telling = told(status="none_abroad", nationality=["NP"], job_offer=True, age=25)

    words = [str(it.text) for it in telling.presumed]
    assert len(words) == len(set(words))


def test_what_nobody_asked_about_is_marked_as_taken_for_granted():
    telling = told(status="seasonal_worker", nationality=["UZ"])

    marks = {str(it.text): str(it.mark.word) for it in telling.parts}
    assert marks == {"There is accommodation.": "Taken for granted"}


def test_a_blue_card_holder_reads_of_the_card_and_not_how_to_ask_for_one():
    telling = told(status="eu_blue_card")

    assert str(telling.route_text).startswith("The EU Blue Card allows")
    assert not [it for it in telling.parts if "higher education" in str(it.text)]


def test_temporary_protection_after_the_round_needs_no_re_registration():
    telling = told(
        status="temporary_protection",
        re_registered=False,
        tp_granted=date(2026, 10, 20),
    )

    assert "nobody has verified this law" in telling.sentence
    assert not telling.own_duties


def test_an_office_says_where_it_is_when_it_is_open_and_its_telephone():
    telling = told(status="single_permit", age=30, wants="change_employer")

    (office,) = telling.ask
    assert "48" in office.place
    assert office.hours == (("Mon–Fri", "08:30–17:30"),)


@pytest.mark.parametrize("law", [it.id for it in packs.abouts()])
def test_every_offices_hours_can_be_told_and_are_sourced(law):
    for office in packs.by_id(law).offices.values():
        assert list(wording.office_hours(office.hours)) or not office.hours
        assert office.source or not (office.hours or office.phone)


def test_who_seeks_asylum_names_the_day_of_registration_and_gets_a_day():
    said = {"status": "asylum_seeker", "nationality": ["SY"]}
    telling = told(**said, application_registered=date(2026, 9, 20))

    days = [it.when for it in telling.warnings]
    assert "20 March 2027" in days


def test_what_is_not_there_has_no_limits():
    child = told(status="refugee", age=14)
    young = told(status="refugee", age=17)

    assert child.limits == []
    assert "with any employer" not in young.limits


def test_nothing_is_promised_to_whom_nobody_knows():
    assert told().services == []


def test_few_are_asked_for_posting_and_transfer_but_all_can_say_so():
    telling = told(status="none", nationality=["MA"])

    assert not {"foreign_employer", "transfer"} & {*telling.given.said}
    assert {"foreign_employer", "transfer"} <= {it.change for it in telling.presumed}


def test_a_day_that_the_words_name_is_not_told_again():
    telling = told(status="temporary_protection", re_registered=True, age=30)

    (ends,) = (it for it in telling.warnings if "4 March 2027" in str(it.text))
    assert ends.when == ""


def test_how_sure_the_law_is_stands_with_the_sources():
    telling = told(status="refugee", age=30)

    shown = [str(it.text) for it in telling.remarks]

    assert any("One source of 2022" in text for text in shown)
    assert not any("One source of 2022" in str(it.text) for it in telling.cautions)


def test_where_nobody_can_tell_how_sure_the_law_is_comes_first():
    telling = told(status="asylum_seeker", nationality=["SY"], age=30)

    assert telling.answer.may_work == "unknown"
    assert telling.cautions == telling.warnings
    assert telling.remarks == []
