"""The note for the employer, read back from its PDF."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from gishe.core.rules import decide
from gishe.foundation import pdf
from gishe.rights import notes
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


def test_a_broken_font_is_said_and_nothing_is_lost(client, monkeypatch):
    def fails(*_args):
        raise pdf.CannotDraw("no fonts")

    monkeypatch.setattr(pdf, "render", fails)

    assert client.post(NOTE.format(code="en"), sent(TP)).status_code == 503


@pytest.mark.parametrize("code", ["bg", "ar", "fr"])
def test_the_longest_answers_fit_one_page(code, settings):
    from django.utils import translation

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
