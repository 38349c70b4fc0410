"""``gishe stats``."""

import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from gishe.insight.commands import app
from tests.insight.insight_factories import contacts

OLD = datetime(2025, 10, 14, 8, 0, tzinfo=UTC)


@pytest.fixture
def october(jonas):
    return contacts(jonas, OLD, {"ar": 20, "uk": 12, "fa": 2})


def run(*words):
    return CliRunner().invoke(app, list(words))


def test_a_month_as_json_hides_what_the_page_hides(october):
    answer = json.loads(run("month", "2025-10", "--json").stdout)

    [language] = [t for t in answer["breakdowns"] if t["code"] == "language"]
    assert answer["totals"][0]["value"] == 34
    assert {p["code"]: p["value"] for p in language["parts"]} == {
        "ar": 20,
        "uk": None,
        "fa": None,
    }


def test_a_month_as_a_table(october):
    answer = run("month", "2025-10")

    assert answer.exit_code == 0
    assert "34" in answer.stdout


def test_definitions_name_what_is_not_counted_yet(db):
    answer = json.loads(run("definitions", "--json").stdout)

    assert {it["code"]: it["is_counted"] for it in answer} == {
        "contact": True,
        "service_given": True,
        "referral_out": True,
        "person": False,
    }
    assert "Contacts (contact)" in run("definitions").stdout


def test_the_text_of_a_month_in_every_language(october):
    answer = json.loads(run("text", "2025-10", "--json").stdout)

    assert set(answer) == {"bg", "en", "uk", "ru", "ar", "fa", "fr"}
    assert "[fa]" in run("text", "2025-10").stdout


@pytest.mark.parametrize(
    "words", [("month", "2025-13"), ("month", "2099-01"), ("month", "x")]
)
def test_what_is_no_month_is_refused(db, words):
    assert run(*words).exit_code == 2


def test_an_unknown_language_is_refused(db):
    assert run("definitions", "--language", "xx").exit_code == 2


@pytest.mark.parametrize("words", [("month", "2024-01"), ("text", "2024")])
def test_a_time_before_the_log_began_is_told(october, words):
    answer = run(*words, "--json")

    assert answer.exit_code == 0
    assert "The contact log began in 2025-10, after 2024" in answer.stderr
    assert json.loads(answer.stdout)


def test_an_empty_log_is_told(db):
    assert "Nothing has been counted yet." in run("month", "2024-01").stderr


def test_a_year_in_which_the_log_began_is_no_time_before_it(october):
    assert run("month", "2025").stderr == ""
