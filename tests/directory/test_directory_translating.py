"""The form field for text in several languages."""

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from gishe.directory.spelling import bare, grams, normalise, romanised, variants
from gishe.directory.translating import TranslatedFormField
from gishe.foundation.translated import APPROVED, MACHINE, Translated

BEFORE = Translated.of("bg", bg="Вторник", en="Tuesday")


class TextForm(forms.Form):
    text = TranslatedFormField(max_length=20)


def written(before: Translated = BEFORE, **sent: str) -> Translated:
    data = {"text-source": before.source}
    for code, text in before:
        data |= {f"text-{code}": text.text, f"text-{code}-state": text.state}
    data |= {f"text-{key.replace('_', '-')}": value for key, value in sent.items()}
    form = TextForm(MultiValueDict({key: [value] for key, value in data.items()}))
    assert form.is_valid(), form.errors
    return form.cleaned_data["text"].put_on(before)


def test_sending_the_form_back_changes_nothing():
    assert written() == BEFORE


def test_a_new_original_makes_translations_stale():
    assert written(bg="Сряда").stale_languages() == ["en"]


def test_a_translation_written_with_its_original_is_current():
    assert written(bg="Сряда", en="Wednesday").stale_languages() == []


def test_a_translation_that_still_fits_is_current_again():
    stale = written(bg="Всеки вторник")

    assert stale.stale_languages() == ["en"]
    assert written(stale, en_fits="on").stale_languages() == []


def test_approving_changes_the_state_alone():
    approved = written(en_state=APPROVED)

    assert approved.shown("en").state == APPROVED
    assert approved.shown("en").text == "Tuesday"


def test_a_new_translation_keeps_its_state():
    assert written(fr="Mardi", fr_state=MACHINE).shown("fr").state == MACHINE


def test_an_emptied_translation_is_taken_out():
    assert written(en="").shown("en").is_fallback


def test_another_original_keeps_every_text():
    moved = written(source="en")

    assert moved.source == "en"
    assert dict(moved).keys() == {"bg", "en"}
    assert moved.stale_languages() == []


@pytest.mark.parametrize(
    ("sent", "valid"),
    [
        ({"text-bg": "a" * 20}, True),
        ({"text-bg": "a" * 21}, False),
        ({"text-source": "xx", "text-bg": "Добре"}, True),
        ({"text-source": "en", "text-bg": "Добре"}, False),
        ({"text-bg": "\0  "}, False),
        ({}, False),
    ],
)
def test_what_is_sent_is_checked(sent, valid):
    form = TextForm(MultiValueDict({key: [value] for key, value in sent.items()}))

    assert form.is_valid() == valid


def test_the_widget_shows_what_was_sent_and_escapes_it():
    form = TextForm({"text-bg": "</textarea><b>", "text-en": "x" * 30})

    shown = str(form["text"])

    assert "&lt;/textarea&gt;&lt;b&gt;" in shown
    assert "x" * 30 in shown


def test_a_stale_translation_stands_open():
    shown = str(TextForm(initial={"text": BEFORE.written("bg", "Сряда")})["text"])

    assert shown.count("<details open>") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أُريدُ", "اريد"),
        ("مدرسة", "مدرسه"),
        ("کار", "كار"),
        ("Їжа", "ижа"),
        ("ПЪРВИ   клас!", "първи клас"),
        ("об’єднання", "обеднання"),
        ("Œuvre", "oeuvre"),
    ],
)
def test_spellings_of_one_word_are_one(one, other):
    assert normalise(one) == normalise(other)


def test_words_are_taken_apart_as_the_index_does_it():
    assert bare("الطبيب") == "طبيب"
    assert variants("وطبيب") == ["وطبيب", "طبيب"]
    assert grams(["дом"]) == {" до", "дом", "ом "}
    assert romanised("училище") == "uchilishte"
