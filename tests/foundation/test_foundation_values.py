"""Translated text, references, languages, environment: plain values."""

import os
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.forms import Form
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from config import env
from gishe.foundation import languages
from gishe.foundation.forms import OnceField
from gishe.foundation.references import made_at, new_reference
from gishe.foundation.translated import MACHINE, Translated
from tests.conftest import NOON

CODES = st.sampled_from(["bg", "en", "uk", "ru", "ar", "fa", "fr"])
TEXTS = st.dictionaries(CODES, st.text(min_size=1), max_size=7)


@given(CODES, TEXTS)
def test_a_translated_text_survives_its_json(source, texts):
    value = Translated.of(source, **texts)

    assert Translated.from_json(value.to_json()) == value


@given(CODES, TEXTS, CODES)
def test_a_reader_always_gets_something_if_there_is_anything(source, texts, reader):
    shown = Translated.of(source, **texts).shown(reader)

    assert bool(shown.text) == bool(texts)
    assert shown.is_fallback == (bool(texts) and reader not in texts)


def test_who_cannot_read_it_gets_english_then_bulgarian_then_the_source():
    assert Translated.of("uk", uk="так", bg="да", en="yes").shown("ar").text == "yes"
    assert Translated.of("uk", uk="так", bg="да").shown("ar").text == "да"
    assert Translated.of("uk", uk="так").shown("ar").text == "так"


def test_translations_grow_stale_when_the_source_moves_and_fresh_when_written():
    text = Translated.of("bg", bg="Вторник", en="Tuesday", fr="mardi")

    moved = text.written("bg", "Сряда")
    mended = moved.written("en", "Wednesday", MACHINE)

    assert moved.stale_languages() == ["en", "fr"]
    assert mended.stale_languages() == ["fr"]
    assert mended.shown("en").state == MACHINE
    assert text.written("bg", "Вторник").stale_languages() == []


def test_an_empty_text_takes_the_language_out():
    text = Translated.of("bg", bg="Вторник", en="Tuesday").written("en", "")

    assert text.shown("en").language == "bg"


def test_a_fallback_carries_its_language_and_cannot_smuggle_markup():
    value = Translated.of("bg", bg="<b>Вторник</b>")
    with translation.override("ar"):
        html = Template("{% tr value %}").render(Context({"value": value}))

    assert '<span lang="bg" dir="ltr"' in html
    assert "&lt;b&gt;" in html


def test_references_grow_in_time():
    made = [new_reference() for _ in range(2000)]

    assert made == sorted(made)
    assert len(set(made)) == 2000
    assert {reference.version for reference in made} == {7}


def test_a_reference_tells_when_it_was_made():
    one = new_reference()

    assert abs(made_at(one) - made_at(new_reference())) < timedelta(seconds=5)
    assert made_at(one) > NOON - timedelta(days=1)


def test_a_form_sent_twice_names_the_same_row():
    class Once(Form):
        reference = OnceField()

    shown = Once()
    sent = {"reference": str(shown["reference"].value())}
    first, second = Once(sent), Once(sent)

    assert first.is_valid()
    assert second.is_valid()
    assert first.cleaned_data == second.cleaned_data
    assert Once()["reference"].value() != shown["reference"].value()


@pytest.mark.parametrize("nonsense", ["", "x", "1234", "01a1-zz"])
def test_a_nonsense_reference_is_refused(nonsense):
    class Once(Form):
        reference = OnceField()

    assert not Once({"reference": nonsense}).is_valid()


def test_days_months_and_weekdays_are_said_as_the_language_says_them():
    day = date(2026, 11, 18)
    with translation.override("bg"):
        assert languages.day(day) == "сряда, 18 ноември"
        assert languages.month(day).split() == ["ноември", "2026", "г."]
        assert languages.day(day, "Ed") == "ср, 18"
    with translation.override("fr"):
        assert languages.day(day) == "mercredi 18 novembre"
        assert languages.weekday(2) == "mercredi"
    with translation.override("ar"):
        assert "نوفمبر" in languages.day(day)


def test_hours_run_from_left_to_right_in_every_language():
    with translation.override("ar"):
        html = Template("{{ a|hours:b }}").render(
            Context({"a": time(9), "b": time(12, 30)})
        )

    assert html == '<bdi dir="ltr" class="ltr">09:00–12:30</bdi>'


def test_languages_and_countries_have_names_and_unknown_ones_stay_codes():
    assert languages.name("uk", "bg") == "украински"
    assert languages.name("ukr", "en") == "Ukrainian"
    assert languages.own_name("fa") == "فارسی"
    assert languages.country("SY", "fr") == "Syrie"
    assert languages.name("xx-nonsense", "en") == "xx-nonsense"
    assert languages.country("ZZZ", "en") == "ZZZ"


@pytest.mark.parametrize(
    ("code", "direction"), [("ar", "rtl"), ("fa-AF", "rtl"), ("bg", "ltr"), ("", "ltr")]
)
def test_direction(code, direction):
    assert languages.direction(code) == direction


@pytest.fixture
def setting(monkeypatch):
    return lambda value: monkeypatch.setitem(os.environ, "GISHE_TEST", value)


def test_flags_and_numbers_are_read(setting):
    setting("on")
    assert env.flag("GISHE_TEST", False) is True
    setting("FALSE")
    assert env.flag("GISHE_TEST", True) is False
    setting("42")
    assert env.integer("GISHE_TEST", 1) == 42
    setting("")
    assert env.flag("GISHE_TEST", True) is True
    assert env.integer("GISHE_TEST", 7) == 7
    setting("a, b  c")
    assert env.words("GISHE_TEST", "") == ["a", "b", "c"]


@pytest.mark.parametrize("nonsense", ["yes", "1", "ja", "truee"])
def test_a_nonsense_flag_is_refused_with_a_sentence(setting, nonsense):
    setting(nonsense)

    with pytest.raises(ImproperlyConfigured, match="write true or false"):
        env.flag("GISHE_TEST", False)


def test_a_nonsense_number_is_refused_with_a_sentence(setting):
    setting("many")

    with pytest.raises(ImproperlyConfigured, match="write a whole number"):
        env.integer("GISHE_TEST", 1)


def test_a_city_has_a_name_a_language(setting):
    setting("bg=София; en=Sofia")
    assert env.by_language("GISHE_TEST", "") == {"bg": "София", "en": "Sofia"}
    setting("Brest")
    assert env.by_language("GISHE_TEST", "") == {"": "Brest"}
    setting("bg=София; Sofia")
    with pytest.raises(ImproperlyConfigured, match="must read"):
        env.by_language("GISHE_TEST", "")


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("hidden\n", encoding="utf-8")
    monkeypatch.setitem(os.environ, "GISHE_TEST_FILE", str(tmp_path / "secret"))
    assert env.text("GISHE_TEST") == "hidden"
    monkeypatch.setitem(os.environ, "GISHE_TEST_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.text("GISHE_TEST")


def test_databases_are_told_by_their_address(setting):
    setting("postgresql://ada:p%40ss@db.example:5433/city?sslmode=require")
    found = env.database("GISHE_TEST", Path("x"))
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("city", "ada", "p@ss")
    assert (found["HOST"], found["PORT"]) == ("db.example", "5433")
    assert found["OPTIONS"] == {"sslmode": "require"}
    setting("sqlite:////data/a%20city.sqlite3")
    assert env.database("GISHE_TEST", Path("x"))["NAME"] == Path("/data/a city.sqlite3")
    setting("")
    assert env.database("GISHE_TEST", Path("x"))["NAME"] == Path("x")
    setting("mysql://x")
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database("GISHE_TEST", Path("x"))
