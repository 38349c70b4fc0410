"""The demo city: whole in every language, sourced or marked, and never invented
under a real organisation's name."""

import json
import re
from collections.abc import Iterator
from datetime import date, time
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from gishe.directory.needs import Need

DEMO = Path(__file__).resolve().parents[2] / "gishe" / "desks" / "demo"
LANGUAGES = ["bg", "en", "uk", "ru", "ar", "fa", "fr"]
CYRILLIC = re.compile("[а-яА-ЯіїєґІЇЄҐёЁ]")
ARABIC = re.compile("[\u0620-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]")
# Latin names that stay as they are (Arms Wide Open, SDA).
LATIN_NAME = re.compile(r"[A-Za-z ]+")


def load(name: str) -> Any:
    return json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8"))


NAMES = sorted(path.stem for path in DEMO.glob("*.json"))
HOUSE = load("house")
ORGANIZATIONS = {row["key"]: row for row in load("organizations")}
SERVICES = {row["key"]: row for row in load("services")}
HISTORY = load("history")
MONTH = load("month")
OFFERS = [*MONTH["current"], *MONTH["next"]]
SOURCED = [*HOUSE["locations"], *ORGANIZATIONS.values(), *SERVICES.values()]


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every translated text in a file, however deep."""
    if isinstance(value, dict) and "bg" in value:
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def said_in(language: str) -> list[str]:
    return [text[language] for name in NAMES for text in texts(load(name))]


def weekday(offer: dict[str, Any]) -> int:
    return int(offer["weekday"] if "weekday" in offer else offer["nth"]["weekday"])


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Two offers on the same weekday at the same hour."""
    return (
        weekday(one) == weekday(other)
        and one["starts"] < other["ends"]
        and other["starts"] < one["ends"]
    )


def conflicts(offers: list[dict[str, Any]], field: str) -> list[tuple[str, str, str]]:
    return [
        (str(one[field]), one["service"], other["service"])
        for one, other in combinations(offers, 2)
        if one[field] and one[field] == other[field] and overlap(one, other)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_whole_in_seven_languages(name):
    for text in texts(load(name)):
        assert list(text) == LANGUAGES
        assert all(words and words.strip() == words for words in text.values()), text


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        ("bg", CYRILLIC),
        ("uk", CYRILLIC),
        ("ru", CYRILLIC),
        ("ar", ARABIC),
        ("fa", ARABIC),
    ],
)
def test_texts_are_in_the_script_of_their_language(language, letters):
    wrong = [
        words
        for words in said_in(language)
        if not letters.search(words) and not LATIN_NAME.fullmatch(words)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("language", "foreign"),
    [
        ("bg", "[ыэёіїєґ]"),
        ("uk", "[ыэёъ]"),
        ("ru", "[іїєґ]"),
        ("ar", "[\u06af\u0686\u067e\u0698\u06a9\u06cc]"),
        ("fa", "[\u064a\u0643\u0629\u0649]"),
        ("en", "[а-яёА-Я\u0620-\u06cc]"),
        ("fr", "[а-яёА-Я\u0620-\u06cc]"),
    ],
)
def test_no_letter_of_a_neighbour_language(language, foreign):
    # What is written on a door stays in Bulgarian: «Съвети», entrance Б.
    said = [re.sub(r"«.*?»|\bБ\b", "", words) for words in said_in(language)]

    assert [words for words in said if re.search(foreign, words)] == []


@pytest.mark.parametrize(("language", "own"), [("uk", "іїє"), ("fa", "یکگچپ")])
def test_a_language_shows_its_own_letters(language, own):
    assert set(own) <= set("".join(said_in(language)))


def test_close_languages_are_translated_and_not_copied():
    same = [
        text["ru"]
        for name in NAMES
        for text in texts(load(name))
        if text["ru"] in (text["bg"], text["uk"]) and len(text["ru"].split()) > 4
    ]

    assert same == []


def test_keys_are_unique():
    for rows in (load("organizations"), load("services"), HOUSE["locations"]):
        keys = [row["key"] for row in rows]

        assert len(keys) == len(set(keys))


def test_keys_resolve():
    locations = {row["key"] for row in HOUSE["locations"]}
    rooms = {row["key"] for row in HOUSE["rooms"]}

    assert {row["organization"] for row in SERVICES.values()} <= set(ORGANIZATIONS)
    assert {row["location"] for row in SERVICES.values()} <= {*locations, None}
    assert {need for row in SERVICES.values() for need in row["needs"]} <= set(Need)
    assert {row["service"] for row in [*OFFERS, *HISTORY]} <= set(SERVICES)
    assert {offer["room"] for offer in OFFERS} <= {*rooms, None}


def test_there_is_one_house_and_its_doubtful_number_is_told():
    [house] = [row for row in HOUSE["locations"] if row["is_house"]]

    for note in house["note"].values():
        # Persian digits are read as well.
        assert {111, 113} <= {int(number) for number in re.findall(r"\d+", note)}


@pytest.mark.parametrize("row", SOURCED, ids=lambda row: row["key"])
def test_a_row_is_sourced_or_marked_as_demo(row):
    assert row["is_demo"] is (row["source"] is None)


def test_sources_have_the_form_of_the_register():
    register = re.compile(r"S\d+b?(, S\d+b?)*")

    for row in [*SOURCED, *HISTORY]:
        assert row["source"] is None or register.fullmatch(row["source"])


def test_a_service_is_as_real_as_its_organization():
    for row in SERVICES.values():
        assert row["is_demo"] is ORGANIZATIONS[row["organization"]]["is_demo"], row[
            "key"
        ]


def test_invented_hours_stand_under_invented_organizations_only():
    assert all(SERVICES[offer["service"]]["is_demo"] for offer in OFFERS)
    assert all(row["is_demo"] for row in [*HOUSE["hours"], *HOUSE["rooms"]])


def test_nothing_to_bring_is_invented_for_a_real_service():
    assert not [r for r in SERVICES.values() if r["what_to_bring"] and not r["is_demo"]]


def test_documented_hours_stand_under_real_organizations_with_a_source():
    for row in HISTORY:
        assert row["source"]
        assert not SERVICES[row["service"]]["is_demo"]
        assert not any(ORGANIZATIONS[key]["is_demo"] for key in row["organizations"])
        if row["date"]:
            assert date.fromisoformat(row["date"])
        else:
            assert row["month"]
            assert row["weekday"] in range(7)


def test_only_confirmed_organizations_are_real():
    for row in ORGANIZATIONS.values():
        assert row["confirmed_partner"] is not row["is_demo"]


def test_telephone_numbers_are_impossible_ones():
    for row in ORGANIZATIONS.values():
        if row["is_demo"]:
            assert re.fullmatch(r"\+359 2 000 00 \d\d", row["phone"])
        else:
            assert row["phone"] is None


def test_times_are_times_and_end_after_they_start():
    for row in [*OFFERS, *HISTORY]:
        assert time.fromisoformat(row["starts"]) < time.fromisoformat(row["ends"])
    for row in HOUSE["hours"]:
        assert time.fromisoformat(row["opens"]) < time.fromisoformat(row["closes"])


def test_every_offer_has_one_kind_of_day():
    for offer in OFFERS:
        assert ("weekday" in offer) is not ("nth" in offer)
        assert weekday(offer) in range(5)
        assert offer.get("nth", {}).get("n", 1) in range(1, 5)


def test_an_offer_has_a_room_when_its_service_is_at_the_house():
    for offer in OFFERS:
        at_home = SERVICES[offer["service"]]["location"] == "house"

        assert (offer["room"] is not None) is at_home, offer


def test_offers_fit_the_service_and_the_opening_hours():
    for offer in OFFERS:
        assert set(offer["languages"]) <= set(SERVICES[offer["service"]]["languages"])
        if offer["room"]:
            assert offer["starts"] >= HOUSE["hours"][0]["opens"]
            assert offer["ends"] <= HOUSE["hours"][0]["closes"]


@pytest.mark.parametrize("field", ["room", "person", "service"])
def test_this_month_is_composed_without_conflict(field):
    assert conflicts(MONTH["current"], field) == []


@pytest.mark.parametrize("field", ["room", "person", "service"])
def test_next_month_has_conflicts_to_settle(field):
    assert conflicts(MONTH["next"], field)


def test_every_need_has_a_service_of_the_demo_city():
    covered = {n for row in SERVICES.values() if row["is_demo"] for n in row["needs"]}

    assert covered == set(Need)


def test_the_holes_are_there_to_be_found():
    talks = [row for row in SERVICES.values() if "mental_health" in row["needs"]]

    assert not any("fa" in row["languages"] for row in talks)
    assert not [offer for offer in OFFERS if weekday(offer) == 4]


def test_the_counter_has_an_order():
    orders = sorted(row["order"] for row in SERVICES.values() if row["counter"])

    assert orders == list(range(1, len(orders) + 1))
    assert not [r for r in SERVICES.values() if r["order"] and not r["counter"]]


def test_booking_is_known_or_honestly_unknown():
    for row in SERVICES.values():
        known = (
            {"none", "phone", "needed"} if row["is_demo"] else {"none", "needed", None}
        )

        assert row["booking"] in known


def test_feedback_is_rated_and_marked():
    for row in load("feedback"):
        assert row["service"] in range(1, 6)
        assert row["staff"] in range(1, 6)
        assert row["language"] in LANGUAGES
        assert row["is_demo"]
