"""Page, CSV, JSON and text say the same, and nothing that is hidden."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from gishe.insight import export, pages, published, words
from gishe.insight.counts import Code
from gishe.insight.periods import Period, State
from tests.insight.insight_factories import contact, contacts, service

OCTOBER = Period(2026, 10)
MIDDLE = datetime(2026, 10, 14, 8, 0, tzinfo=UTC)
FINAL = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def shown(statistics, breakdown):
    table = statistics.table(breakdown)
    return {number.code: number.shown for number in table.numbers if number.count}


def test_a_small_part_is_hidden_together_with_one_that_would_tell_it(jonas):
    contacts(jonas, MIDDLE, {"ar": 20, "uk": 12, "fa": 2})

    found = published.statistics(OCTOBER, FINAL)

    assert found.contacts.shown == 34
    assert shown(found, "language") == {"ar": 20, "uk": None, "fa": None}


def test_a_month_of_four_contacts_shows_no_number_at_all(jonas):
    contacts(jonas, MIDDLE, {"ar": 4})

    found = published.statistics(OCTOBER, FINAL)

    assert {number.shown for number in found.totals.values()} == {None}
    assert found.tables == ()


def test_services_of_a_small_month_are_hidden_even_when_they_are_many(jonas):
    given = (service("A"), service("B"), service("C"))
    for _ in range(3):
        contact(jonas, MIDDLE, services=given)

    found = published.statistics(OCTOBER, FINAL)

    assert found.totals[Code.SERVICE_GIVEN].count == 9
    assert found.totals[Code.SERVICE_GIVEN].shown is None


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (MIDDLE + timedelta(days=3), State.RUNNING),
        (datetime(2026, 11, 5, tzinfo=UTC), State.CLOSING),
    ],
)
def test_breakdowns_wait_until_the_month_is_final(jonas, now, state):
    contacts(jonas, MIDDLE, {"ar": 20, "uk": 12})

    found = published.statistics(OCTOBER, now)

    assert found.state is state
    assert found.contacts.shown == 32
    assert found.is_provisional
    assert found.tables == ()


def test_a_year_leaves_out_months_that_are_too_small(jonas):
    contacts(jonas, datetime(2025, 8, 12, 8, tzinfo=UTC), {"ar": 3})
    contacts(jonas, datetime(2025, 9, 12, 8, tzinfo=UTC), {"ar": 20})

    found = published.statistics(Period(2025), FINAL)

    assert found.contacts.shown == 20
    assert found.left_out == (Period(2025, 8),)


def test_the_year_is_the_sum_of_its_months(jonas):
    for month in range(1, 13):
        at = datetime(2025, month, 12, 8, tzinfo=UTC)
        contacts(jonas, at, {"ar": 10 + month, "uk": 8, "fa": month % 5})

    year = published.statistics(Period(2025), FINAL)
    months = [published.statistics(m, FINAL) for m in Period(2025).months]

    assert year.contacts.shown == sum(m.contacts.shown for m in months)
    for number in year.table("language").numbers:
        parts = [
            n.count
            for m in months
            for n in m.table("language").numbers
            if n.code == number.code
        ]
        assert number.count == sum(parts)


def test_a_running_year_shows_no_breakdown(jonas):
    contacts(jonas, MIDDLE, {"ar": 20})

    assert published.statistics(Period(2026), FINAL).tables == ()


def test_csv_and_json_say_what_the_page_says(jonas):
    contacts(jonas, MIDDLE, {"ar": 20, "uk": 12, "fa": 2})
    found = published.statistics(OCTOBER, FINAL)

    lines = list(csv.DictReader(io.StringIO(export.as_csv(found).decode("utf-8-sig"))))
    answer = json.loads(json.dumps(export.as_json(found, [])))

    page = {n.code: n.shown for t in found.tables for n in t.numbers}
    in_csv = {
        line["code"]: int(line["value"]) if line["value"] else None
        for line in lines
        if line["breakdown"]
    }
    in_json = {
        part["code"]: part["value"]
        for table in answer["breakdowns"]
        for part in table["parts"]
    }
    assert page == in_csv == in_json
    assert {line["flag"] for line in lines if not line["value"]} == {"c"}
    [language] = [t for t in answer["breakdowns"] if t["code"] == "language"]
    hidden = {p["code"]: p["suppressed"] for p in language["parts"]}
    assert hidden == {"ar": False, "uk": True, "fa": True}
    assert answer["licence"] == "CC-BY-4.0"


def test_a_breakdown_hidden_whole_names_no_part(jonas):
    contacts(jonas, MIDDLE, {"ar": 5, "uk": 1})
    found = published.statistics(OCTOBER, FINAL)

    [language] = [
        t for t in export.as_json(found, [])["breakdowns"] if t["code"] == "language"
    ]
    text = export.as_csv(found).decode()

    assert language["parts"] is None
    assert language["suppressed"]
    assert "Ukrainian" not in text
    assert "contact,language,,Language spoken,,c" in text


def test_no_spreadsheet_takes_a_name_for_a_formula(jonas):
    bad = service("=HYPERLINK(1)")
    for _ in range(6):
        contact(jonas, MIDDLE, services=(bad,))

    text = export.as_csv(published.statistics(OCTOBER, FINAL)).decode("utf-8-sig")

    assert ",'=HYPERLINK(1)," in text


def test_the_text_of_a_month_speaks_of_published_numbers_only(jonas):
    contacts(jonas, datetime(2026, 9, 14, 8, tzinfo=UTC), {"ar": 30})
    contacts(jonas, MIDDLE, {"ar": 20, "uk": 12, "fa": 2})

    text = words.text(
        published.statistics(OCTOBER, FINAL), pages.compared(OCTOBER, FINAL)
    )

    assert text == (
        "October 2026: 34 contacts at the counter. "
        "4 more than in the month before. "
        "People asked most about: Legal help and family. "
        "Languages spoken most: Arabic."
    )


def test_a_month_that_runs_is_not_set_against_a_whole_one(jonas):
    contacts(jonas, datetime(2026, 10, 14, 8, tzinfo=UTC), {"ar": 30})
    contacts(jonas, datetime(2026, 11, 3, 8, tzinfo=UTC), {"ar": 8})

    november = published.statistics(Period(2026, 11), FINAL)

    assert pages.compared(Period(2026, 11), FINAL) is None
    assert words.text(november, None) == (
        "November 2026: 8 contacts at the counter. These numbers can still change."
    )


def test_the_text_exists_in_every_language(jonas):
    contacts(jonas, MIDDLE, {"ar": 34})

    texts = dict(pages.texts(OCTOBER, FINAL))

    assert set(texts) == {"bg", "en", "uk", "ru", "ar", "fa", "fr"}
    assert all("34" in text for text in texts.values())
    assert len(set(texts.values())) == 7


def test_hidden_numbers_stand_by_name_not_by_size(jonas):
    contacts(jonas, MIDDLE, {"ar": 30, "uk": 12, "fa": 1, "bg": 3, "am": 2})

    table = published.statistics(OCTOBER, FINAL).table("language")

    labels = [number.label for number in table.hidden]
    assert labels == sorted(labels)


def test_the_first_screen_speaks_of_the_latest_final_month(jonas):
    contacts(jonas, MIDDLE, {"ar": 30})
    contacts(jonas, FINAL - timedelta(days=1), {"ar": 8})

    lines = published.months_until(FINAL)

    assert [line.period for line in lines] == [Period(2026, 11), OCTOBER]
    assert pages.headline(lines).period == OCTOBER


def test_the_text_calls_nothing_the_most_while_something_larger_is_hidden(jonas):
    contacts(jonas, MIDDLE, {"ar": 20, "uk": 2, "fa": 6})
    table = published.statistics(OCTOBER, FINAL).table("language")

    assert [n.code for n in table.leaders] == [
        n.code for n in table.shown if n.count > max(h.count for h in table.hidden)
    ]


def test_a_month_hidden_whole_is_not_in_the_breakdown_of_its_year(jonas):
    contacts(jonas, datetime(2025, 9, 12, 8, tzinfo=UTC), {"ar": 5, "fa": 1})
    contacts(jonas, datetime(2025, 10, 12, 8, tzinfo=UTC), {"ar": 30, "uk": 20})

    table = published.statistics(Period(2025), FINAL).table("language")

    assert table.without == (Period(2025, 9),)
    assert {n.code: n.shown for n in table.numbers} == {"ar": 30, "uk": 20}
