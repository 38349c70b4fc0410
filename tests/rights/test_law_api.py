"""The open interface: answers, questions, and what it says to bad input."""

import json

import pytest

pytestmark = pytest.mark.django_db

CASE = {
    "country": "BG",
    "as_of": "2025-09-30",
    "facts": {
        "status": "asylum_seeker",
        "nationality": ["SY"],
        "age": 27,
        "application_lodged": "2025-07-01",
        "procedure_pending": True,
    },
}


def post(client, path, body, **headers):
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(
        f"/api/law/{path}", text, content_type="application/json", **headers
    )


def test_a_case_is_decided_with_reasons_and_citations(client):
    response = post(client, "decide", CASE)

    told = response.json()
    assert response.status_code == 200
    assert (told["may_work"], told["from_date"]) == ("not_yet", "2025-10-01")
    assert told["reasons"][0]["citation"]
    assert told["law"]["as_of"] == "2025-09-30"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-store"


def test_no_day_means_today_and_no_country_the_citys(client):
    told = post(client, "decide", {"facts": {"status": "refugee"}}).json()

    assert told["may_work"] == "yes"
    assert told["law"]["pack"] == "bg"


def test_the_next_question_comes_with_words_and_papers(client):
    told = post(client, "question", {"country": "BG"}).json()

    question = told["question"]
    assert told["may_work"] == "unknown"
    assert question["fact"] == "status"
    assert set(question["text"]) == {"bg", "en", "uk", "ru", "ar", "fa", "fr"}
    assert any(option["printed"] for option in question["options"])


def test_a_settled_case_has_no_question(client):
    facts = {"status": "refugee", "age": 30}

    told = post(client, "question", {"facts": facts}).json()

    assert told == {"may_work": "yes", "question": None}


def test_what_a_settled_answer_presumes_is_asked_to_make_sure(client):
    told = post(client, "question", {"facts": {"status": "refugee"}}).json()

    assert (told["may_work"], told["question"]["fact"]) == ("yes", "age")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"facts": {"statuss": "refugee"}}, "status"),
        ({"facts": {"status": "refugees"}}, "Did you mean refugee?"),
        ({"facts": {"status": ["refugee", "student"]}}, "one value"),
        ({"facts": {"application_lodged": "2025-02-30"}}, "not a date"),
        ({"facts": {"age": None}}, "null"),
        ({"facts": {"birth_date": "1990-01-01", "age": 12}}, "not 12"),
        ({"as_of": "tomorrow"}, "2026-06-11"),
        ({"facts": []}, "facts"),
        ({"color": "red"}, "color"),
    ],
)
def test_a_bad_case_is_refused_with_what_to_write_instead(client, change, words):
    response = post(client, "decide", CASE | change)

    assert response.status_code == 422
    assert words in response.json()["detail"] + str(response.json()["problems"])


def test_a_fact_that_stands_there_twice_is_refused_by_its_name(client):
    body = '{"facts": {"status": "refugee", "status": "student"}}'

    response = post(client, "decide", body)

    assert response.status_code == 400
    assert response.json()["detail"] == "status stands there twice. Keep one."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"as_of": 2026}, "Write it as 2026-06-11."),
        ({"country": 5}, "5 is not a word."),
        ({"facts": [1]}, "Facts are written as {name: value}."),
        ({"facts": {"age": "30"}}, "Write 30, without quotes."),
        ({"facts": {"status": "subsidiary_protection"}}, "humanitarian_status"),
        ({"facts": {"nationality": "UK"}}, "Write GB."),
    ],
)
def test_the_words_are_those_of_the_console(client, change, words):
    response = post(client, "decide", CASE | change)

    assert response.status_code == 422
    assert words in response.json()["detail"]


@pytest.mark.parametrize("body", ["{", "[]", "null", '"x"', "\x00", "[" * 50_000])
def test_what_is_no_case_is_refused_politely(client, body):
    assert post(client, "decide", body).status_code in (400, 422)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"facts": {"age": NaN}}', "NaN is no number"),
        ('{"facts": {"age": -Infinity}}', "-Infinity is no number"),
        (
            '{"facts": {"status": "refugee", "status": "student"}}',
            "status stands there twice",
        ),
        ('{"facts":\n  {"age": }}', "line 2 column 11"),
        (b"\xc3\x28", "UTF-8"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(client, body, words):
    address = "/api/law/decide"
    response = client.post(address, body, content_type="application/json")

    assert response.status_code == 400
    assert words in response.json()["detail"]


def test_a_number_without_end_is_no_fact(client):
    response = post(client, "decide", '{"facts": {"age": 1e999}}')

    assert response.status_code == 422
    assert response.json()["problems"][0]["fact"] == "age"


def test_a_huge_body_is_refused_as_json(client):
    response = post(client, "decide", CASE | {"region": "x" * 5_000_000})

    assert response.status_code == 413
    assert response.json()["detail"] == "A case has at most 64 kB."


def test_a_country_without_a_pack_is_404_and_names_those_there_are(client):
    response = post(client, "decide", CASE | {"country": "JP"})

    assert response.status_code == 404
    assert "BG" in response.json()["detail"]


def test_a_body_that_is_too_long_is_refused(client):
    response = post(client, "decide", CASE | {"region": "x" * 70_000})

    assert response.status_code == 413


def test_only_doubts_are_asked_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert post(client, "decide", CASE).status_code == 200
    assert not client.cookies


def test_reading_is_not_asking(client):
    assert client.get("/api/law/decide").status_code == 405


def test_the_interface_describes_itself(client):
    document = client.get("/api/law/openapi.json").json()

    assert {"/api/law/decide", "/api/law/question"} == set(document["paths"])
    told = document["components"]["schemas"]["Decided"]["properties"]
    answer = post(client, "decide", CASE).json()
    assert set(answer) <= set(told)
    assert document["servers"]
    codes = document["paths"]["/api/law/decide"]["post"]["responses"]
    assert set(codes) == {"200", "400", "404", "413", "422"}
    case = document["components"]["schemas"]["Case"]
    assert case["example"]["facts"]
