"""What a newcomer is told: the true cause, the next thing to do, nothing exotic."""

from datetime import date

import pytest
from django.utils import translation

from gishe.core.rules import decide
from gishe.rights import facts, walk
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

    assert not given.arises("residence_in_ukraine_before_2022_02_24")
    assert not given.arises("safe_return_to_origin_possible")
    assert given.arises("nationality")


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
