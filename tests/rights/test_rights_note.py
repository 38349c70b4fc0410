"""The note for the employer, read back from its PDF."""

import io
import re
from datetime import date

import pytest
from django.utils import translation
from pypdf import PdfReader

from gishe.core.rules import decide
from gishe.foundation import languages, pdf
from gishe.rights import notes
from gishe.rights.models import RuleReview
from gishe.rights.telling import Telling
from tests.rights.rights_walks import TODAY, answering, sent

pytestmark = pytest.mark.django_db  # doubts about rules are looked up

NOTE = "/{code}/may-i-work/note/"
TP = {"status": "temporary_protection", "re_registered": True, "age": 30}


def read(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    return re.sub(r"\s+", " ", reader.pages[0].extract_text())


@pytest.mark.parametrize("code", ["uk", "ar", "en"])
def test_both_languages_stand_side_by_side(client, code):
    response = client.post(NOTE.format(code=code), sent(TP) | {"name": "Олена Коваль"})

    assert response["Content-Type"] == "application/pdf"
    assert "private" in response["Cache-Control"]
    said = read(response.content)
    assert "Олена Коваль" in said
    assert "Този човек може да работи" in said
    assert "Инспекция по труда" in said
    assert "4 март 2027" in said
    assert "/bg/law/bg/exempt_temporary_protection/" in said


def test_there_is_no_name_unless_one_is_typed(client):
    said = read(client.post(NOTE.format(code="en"), sent(TP)).content)

    assert "Name of the person" not in said


def test_a_name_stays_a_name(client):
    name = '#panic("x") $1$ *bold*'

    said = read(client.post(NOTE.format(code="en"), sent(TP) | {"name": name}).content)

    assert "#panic" in said


@pytest.mark.parametrize(
    "said",
    [
        {"status": "asylum_seeker", "nationality": ["SY"], "age": 30},
        {"status": "tolerated"},
        {},
    ],
)
def test_what_nobody_can_tell_gets_no_note(client, said):
    response = client.post(NOTE.format(code="en"), sent(said))

    assert response.status_code == 409
    assert "There is no note" in response.text


CARD = {"status": "refugee", "age": 30, "document_valid_until": date(2027, 3, 1)}


def noted(client, said, code="en", name=""):
    response = client.post(NOTE.format(code=code), sent(said) | {"name": name})
    assert response["Content-Type"] == "application/pdf", response.text
    return read(response.content)


def test_the_right_does_not_end_with_the_card(client):
    said = noted(client, CARD)

    assert (
        "The paper is valid until 1 March 2027. The right to work lasts longer" in said
    )
    assert "Until:" not in said
    assert "The right to work lasts until" not in said


def test_a_right_that_ends_says_when(client):
    assert "The right to work lasts until 4 March 2027." in noted(client, TP)


def test_a_card_that_ran_out_tells_no_day_that_has_passed(client):
    said = noted(client, {**CARD, "document_valid_until": date(2026, 1, 20)})

    assert "ran out on 20 January 2026" in said
    assert "by 19 February 2026" not in said


def test_the_note_speaks_of_the_person(client):
    said = noted(client, CARD) + noted(client, TP)

    assert "People with refugee status" in said
    assert not re.search(r"\b(you|your)\b", said.replace("Lawbook", ""), re.IGNORECASE)


def test_the_note_of_a_minor_says_that_the_permit_is_missing(client):
    said = noted(client, {**CARD, "age": 17})

    assert "This person may work as soon as there is a permit." in said
    missing = said[said.index("Still missing:") :]
    assert "work needs a permit of the Labour Inspectorate" in missing[:120]


def test_how_sure_the_law_is_stands_in_one_line(client):
    said = noted(client, CARD)

    assert "One source of 2022" not in said
    assert "draft International Protection Act" not in said
    assert said.count("Some points of this law are open") == 1


def test_a_paper_that_is_called_as_it_is_printed_is_named_once(client):
    said = noted(client, CARD, code="bg")

    assert "Карта на бежанец" in said
    assert "(Карта на бежанец)" not in said


def test_a_long_name_may_go_on_in_the_next_line():
    given = answering(CARD)
    telling = Telling(given, decide(given.pack, given.case(TODAY)), TODAY)

    name = notes.data(telling, "https://gishe.example/", "Verylong" * 10)["name"]

    assert name.replace("\u200b", "") == "Verylong" * 10
    assert all(len(part) <= 24 for part in name.split("\u200b"))


def test_a_rule_in_doubt_makes_no_note(client, ines):
    RuleReview.objects.create(
        pack="bg",
        rule="exempt_international_protection",
        law_version="1",
        state="challenged",
        reason="Look again.",
        by=ines,
        at="2026-11-18T10:00Z",
    )

    assert client.post(NOTE.format(code="en"), sent(CARD)).status_code == 409


def test_numbers_of_acts_do_not_turn_round_in_arabic():
    with translation.override("ar"):
        assert languages.codes_ltr("x 2011/95/EU") == "x \u200e2011/95/EU\u200e"
        assert languages.codes_ltr("№ 2064-К") == "№ \u200e2064-К\u200e"
    with translation.override("en"):
        assert languages.codes_ltr("x 2011/95/EU") == "x 2011/95/EU"


def test_a_broken_font_is_said_and_nothing_is_lost(client, monkeypatch):
    def fails(*_args):
        raise pdf.CannotDraw("no fonts")

    monkeypatch.setattr(pdf, "render", fails)

    assert client.post(NOTE.format(code="en"), sent(TP)).status_code == 503


@pytest.mark.parametrize("code", ["bg", "ar", "fr"])
def test_the_longest_answers_fit_one_page(code, settings):
    people = [
        {"status": "student", "study_mode": "full_time_higher_education", "age": 17,
         "hours_per_week": 20, "nationality": ["IR"]},
        {"status": "humanitarian_status", "age": 16,
         "document_valid_until": date(2026, 10, 21)},
        {"status": "seasonal_worker", "age": 30, "nationality": ["NP"]},
    ]  # fmt: skip
    for person in people:
        given = answering(person)
        answer = decide(given.pack, given.case(TODAY))
        with translation.override(code):
            telling = Telling(given, answer, TODAY)
            if telling.may_have_note:
                url = f"https://gishe.example/bg/law/bg/{answer.route}/"
                read(notes.note(telling, url, "Name"))
