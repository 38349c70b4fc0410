"""May I hire? The dates in the list and in the calendar file."""

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from gishe.rights import deadlines
from tests.rights.rights_hires import FILE, HIRE, JOB

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


def test_a_contract_of_six_months_ends_the_day_before():
    assert deadlines.contract_end(date(2026, 12, 1), 6) == date(2027, 5, 31)
    assert deadlines.contract_end(date(2026, 1, 31), 1) == date(2026, 2, 27)
    assert deadlines.contract_end(date(2024, 2, 29), 12) == date(2025, 2, 27)


def _events(client, **more):
    made = client.post(FILE, {**JOB, **more})
    assert made["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(made.content).walk("VEVENT"))


def test_the_calendar_holds_every_coming_date_all_day_with_a_reminder(client):
    events = _events(client)

    days = {str(it["dtstart"].dt) for it in events}
    assert {"2026-12-08", "2027-05-31"} <= days
    assert all(type(it["dtstart"].dt) is date for it in events)
    assert all(len(list(it.walk("VALARM"))) == 1 for it in events)


def test_a_calendar_taken_twice_replaces_its_events(client):
    first = [str(it["uid"]) for it in _events(client)]
    second = [str(it["uid"]) for it in _events(client)]

    assert first == second
    assert len(set(first)) == len(first)


def test_a_moved_first_day_keeps_the_events_of_a_named_hire(client):
    first = {str(it["uid"]) for it in _events(client, name="Cook")}
    moved = {
        str(it["uid"])
        for it in _events(client, name="cook ", **{"f-employment_start": "2026-12-15"})
    }
    other = {str(it["uid"]) for it in _events(client, name="Waiter")}

    assert first == moved
    assert not first & other


def test_the_calendar_speaks_the_language_of_the_page(client):
    made = client.post("/ar/may-i-hire/calendar/", JOB)
    events = list(Calendar.from_ical(made.content).walk("VEVENT"))

    assert all(it["summary"].params["language"] == "ar" for it in events)
    assert any("مفتشية العمل" in str(it["summary"]) for it in events)
    assert any("الشخص" in str(it["summary"]) for it in events)


def test_a_name_of_the_hire_cannot_break_the_file(client):
    events = _events(client, name="x\r\nEND:VCALENDAR;,\\")

    assert len(events) >= 3


def _days(client, **more):
    """The days of the page's list, and those of the calendar file."""
    said = {**JOB, **more}
    page = client.post(HIRE, said).text
    hidden = dict(
        re.findall(r'<input type="hidden" name="(f-\w+)" value="(.*?)"', page)
    )
    made = client.post(FILE, hidden)
    events = Calendar.from_ical(made.content).walk("VEVENT")
    listed = page[page.index('id="dates"') :]
    shown = re.findall(r'<time datetime="(.*?)">', listed)
    return shown, sorted(str(it["dtend"].dt - timedelta(days=1)) for it in events)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"f-contract_months": "24"},
        {"f-status": "single_permit", "f-wants": "start_work"},
        {"f-status": "permanent_residence", "f-contract_months": "9"},
    ],
)
def test_list_and_calendar_have_the_same_days(client, more):
    shown, filed = _days(client, **more)

    assert shown == filed


def test_the_end_of_the_contract_is_in_the_list(client):
    shown, _ = _days(client, **{"f-contract_months": "24"})

    assert "2028-11-30" in shown


def test_renewal_is_a_time_from_its_first_day_to_the_last(client):
    said = {"f-status": "single_permit", "f-wants": "start_work"}
    said["f-document_valid_until"] = "2027-06-01"
    page = client.post(HIRE, {**JOB, **said}).text
    events = {str(it["summary"]): it for it in _events(client, **said)}

    assert "from 2 April 2027 to 1 June 2027" in page
    renewal = events["The person: Renewal of the permit"]
    assert renewal["dtstart"].dt == date(2027, 4, 2)
    assert renewal["dtend"].dt == date(2027, 6, 2)
    assert "from 2 April 2027 to 1 June 2027" in str(renewal["description"])
    [alarm] = renewal.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=9)


def test_a_time_that_has_begun_is_called_before_its_last_day(client):
    said = {"f-status": "single_permit", "f-wants": "start_work"}
    events = _events(client, **said, **{"f-document_valid_until": "2026-12-31"})

    [renewal] = [it for it in events if "Renewal" in str(it["summary"])]
    [alarm] = renewal.walk("VALARM")
    assert alarm["trigger"].params["RELATED"] == "END"
    assert alarm["trigger"].dt == timedelta(days=-8, hours=9)


def test_what_the_person_does_is_said_to_be_the_persons(client):
    page = client.post(HIRE, JOB).text
    summaries = {str(it["summary"]) for it in _events(client)}

    assert "The person: A new card from the police" in page
    assert "The person: A new card from the police" in summaries


def test_a_calendar_shows_a_few_words_and_keeps_the_rest_inside(client):
    events = _events(client)

    assert all(len(str(it["summary"])) <= 60 for it in events)
    [notice] = [it for it in events if "Notice" in str(it["summary"])]
    assert "within 7 days of the day work really began" in str(notice["description"])


def test_signs_of_the_format_are_escaped_everywhere(client):
    made = client.post(FILE, {**JOB, "name": "a,b;c\\d"}).content.decode()

    assert "X-WR-CALNAME:Deadlines for a\\,b\\;c\\\\d" in made
    assert "SUMMARY;LANGUAGE=en:a\\,b\\;c\\\\d: " in made


# --- in the words for employers
