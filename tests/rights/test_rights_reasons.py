"""Why: each line true of the person who reads it; nothing told twice."""

from datetime import date

import pytest
from django.utils import translation

from gishe.core.rules import Citation, Reason, Verification, decide
from gishe.rights import why, wording
from gishe.rights.telling import Telling
from tests.rights.rights_walks import answering

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def told(**answers) -> Telling:
    given = answering(answers, day=TODAY)
    return Telling(given, decide(given.pack, given.case(TODAY)), TODAY)


def lines(telling) -> dict[str, str]:
    return {it.text.shown("en").text: str(it.mark.word) for it in telling.parts}


def test_a_permit_that_is_missing_is_still_needed():
    found = lines(told(status="none_abroad", nationality=["NP"], job_offer=True))

    text = "First the permit for this employer and this job must be issued."
    assert found[text] == "Still needed"


@pytest.mark.parametrize(
    ("value", "says", "leaf", "text", "mark"),
    [
        ("yes", "", "", "It is issued.", "Fulfilled"),
        ("no", "no", "", "First get it.", "Obstacle"),
        ("no", "after_permit", "", "First get it.", "Still needed"),
        ("no", "conditional", "", "First get it.", "Condition"),
        ("unknown", "", "", "It is issued.", "Not known yet"),
        ("unknown", "", "unverified_law", "First get it.", "Not verified"),
    ],
)
def test_a_condition_is_told_as_it_stands(value, says, leaf, text, mark):
    condition = Reason(
        rule="way.permit",
        value=value,
        text={"en": "First get it."},
        met={"en": "It is issued."},
        says=says,
        verified=Verification(state="primary_text"),
        reasons=(Reason(rule="", value=value, says=leaf, facts={"status": "none"}),),
    )

    part = why._part(condition)

    assert part.text.shown("en").text == text
    assert str(part.mark.word) == mark
    assert part.is_obstacle == (says == "no")


def test_a_condition_without_two_wordings_is_said_not_to_be_fulfilled():
    bare = Reason(
        rule="way.hours",
        value="no",
        text={"en": "At most 20 hours."},
        says="no",
        verified=Verification(state="primary_text"),
    )

    assert str(why._part(bare).mark.word) == "Not fulfilled"


def test_an_article_is_named_once_with_its_address():
    cite = Citation(act="a", act_name={"en": "Act"}, article="7")
    linked = Citation(act="a", act_name={"en": "Act"}, article="7", url="https://x.org")

    [source] = why.sources((cite, linked, cite), None)

    assert (source.text, source.url) == ("Act, art. 7", "https://x.org")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("bg", "Закон (З), чл. 7"),
        ("en", "Act (З), art. 7"),
        ("fr", "Loi (З), art. 7"),
    ],
)
def test_an_act_is_named_in_the_language_and_by_its_own_name(language, words):
    names = {"bg": "Закон (З)", "en": "Act", "fr": "Loi"}
    cite = Citation(act="a", act_name=names, act_printed="З", article="7")

    with translation.override(language):
        assert wording.cited(cite) == words


def test_a_document_that_is_called_as_it_is_printed_is_told_once():
    telling = told(status="refugee", nationality=["SY"])

    with translation.override("bg"):
        in_bulgarian = [paper.printed for paper in telling.papers]
    in_english = [paper.printed for paper in told(status="refugee").papers]

    assert in_bulgarian == [""]
    assert in_english == ["Карта на бежанец"]


def test_what_nobody_verified_was_looked_for_and_not_confirmed():
    verification = Verification(state="unverified", checked_on=date(2026, 11, 21))

    assert wording.verified(verification) == (
        "looked for on 21 November 2026, not confirmed"
    )


@pytest.mark.parametrize(
    ("language", "months", "words"),
    [
        ("en", 1, "at most 1 month"),
        ("ar", 9, "9 أشهر على الأكثر"),
        ("ar", 36, "36 شهراً على الأكثر"),
        ("uk", 2, "щонайбільше 2 місяці"),
        ("ru", 12, "не больше 12 месяцев"),
    ],
)
def test_counted_nouns_have_the_form_of_their_number(language, months, words):
    with translation.override(language):
        assert wording.limits({"months": months}) == [words]
