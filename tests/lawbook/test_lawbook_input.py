"""What authors of cases write by mistake is told in words that say what to write."""

import pytest

from gishe.core.rules import InputError, decide, read_case
from gishe.lawbook.loading import LAWBOOK, load_pack

BG = load_pack(LAWBOOK / "bg")
REFUGEE = {"status": "refugee", "nationality": "AF", "age": 30}


def _told(facts, **more):
    with pytest.raises(InputError) as error:
        decide(BG, {"country": "BG", "as_of": "2026-03-01", "facts": facts} | more)
    return str(error.value)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"application_pending": True}, "Did you mean procedure_pending?"),
        ({"application_formalised": "2026-01-01"}, "Did you mean application_lodged?"),
        ({"job": "cook"}, "Did you mean occupation?"),
        ({"Nationality": "AF"}, "Did you mean nationality?"),
        ({"region": "Flanders"}, "Write it beside facts"),
        ({"status": "subsidiary_protection"}, "Did you mean humanitarian_status?"),
        ({"status": "Student"}, "Did you mean student?"),
        ({"status": ["refugee", "student"]}, "Only one value is possible"),
        ({"age": "30"}, "Write 30, without quotes."),
        ({"age": float("nan")}, "is not a number"),
        ({"age": 10**400}, "far too large"),
        ({"job_offer": "yes"}, "Write true, without quotes."),
        ({"nationality": "UK"}, "Write GB."),
        ({"nationality": "ZZ"}, "is not a country code"),
        ({"nationality": "Afghanistan"}, "is not a country code"),
        ({"nationality": []}, "Leave the fact out"),
        ({"occupation": "cook"}, 'as "5120"'),
        ({"document_valid_until": "2026-02-30"}, "is not a date"),
        ({"document_valid_until": "30.04.2026"}, "is not a date"),
        ({"document_valid_until": "9999-12-31"}, "Leave out what has no end"),
        ({"birth_date": "2027-01-01"}, "is after as_of"),
        ({"application_lodged": "2026-05-01"}, "is after as_of"),
        (
            {"employer_tcn_count_12m": 9, "employer_average_headcount_12m": 3},
            "9 of 3 is not possible",
        ),
        (
            {
                "employer_tcn_count_12m": 9,
                "employer_average_headcount_12m": 10,
                "employer_tcn_share_pct": 10,
            },
            "9 of 10 is 90 percent, not 10. Give one of the two.",
        ),
    ],
)
def test_a_wrong_fact_is_refused_with_what_to_write(facts, words):
    assert words in _told(facts)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": "9999-12-31"}, "too far away"),
        ({"country": 5}, "5 is not a word"),
        ({"country": "ES"}, "This is the law of BG"),
        ({"fact": {}}, "Did you mean facts?"),
    ],
)
def test_what_stands_around_the_facts_is_looked_at_too(more, words):
    assert words in _told(REFUGEE, **more)


@pytest.mark.parametrize("given", [[], "x", None, 5])
def test_what_is_no_case_is_refused(given):
    with pytest.raises(InputError, match="A case is written as"):
        read_case(given)


def test_small_letters_of_countries_and_a_code_without_quotes_are_understood():
    facts = REFUGEE | {"nationality": "it", "occupation": 5120}

    answer = decide(BG, {"country": "bg", "as_of": "2026-03-01", "facts": facts})

    assert answer.route == "free_movement"


@pytest.mark.parametrize("region", ["flanders", "Flanders", "BE-VLG", "Vlaanderen"])
def test_the_names_of_a_region_are_one(region):
    case = read_case({"country": "be", "region": region, "as_of": "2026-03-01"})

    assert (case.country, case.region.casefold()) == ("BE", "flanders")
