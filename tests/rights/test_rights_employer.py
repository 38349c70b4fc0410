"""May I hire? The pages, the dates, the calendar file, the quota."""

import re
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from icalendar import Calendar

from gishe.rights import deadlines, employer, packs, quota
from gishe.rights.models import RuleReview

pytestmark = pytest.mark.django_db

HIRE = "/en/may-i-hire/"
FILE = "/en/may-i-hire/calendar/"
COUNT = "/en/may-i-hire/quota/"
DAY = date(2026, 11, 18)
PAPER = {"step": "paper", "f-status": "humanitarian_status", "f-nationality": "SY"}
JOB = {
    **PAPER,
    "step": "job",
    "f-employment_start": "2026-12-01",
    "f-contract_months": "6",
    "f-document_valid_until": "2027-05-31",
}
FROM_ABROAD = {"f-status": "none_abroad", "f-nationality": "TR"}


@pytest.fixture(autouse=True)
def that_day(request, monkeypatch):
    if "browser" not in request.keywords:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *a, **k: DAY)


def _sent(said):
    query = QueryDict(mutable=True)
    for key, value in said.items():
        query[key] = value
    return query


def test_the_first_page_shows_the_names_printed_on_the_papers(client):
    page = client.get(HIRE).text

    assert "Карта на чужденец с хуманитарен статут" in page
    assert "Humanitarian status" in page


def test_two_pages_lead_to_the_answer(client):
    second = client.post(HIRE, PAPER)
    answer = client.post(HIRE, JOB)

    assert "First day of work" in second.text
    assert "Yes, you may hire" in answer.text
    assert "No work permit is needed" in answer.text


def test_the_inspectorate_is_told_seven_days_after_the_first_day_of_work(client):
    page = client.post(HIRE, JOB).text

    assert 'datetime="2026-12-08"' in page
    assert "Labour Inspectorate" in page


def test_a_card_that_expired_last_month_is_a_yes_with_a_warning(client):
    page = client.post(HIRE, {**JOB, "f-document_valid_until": "2026-10-20"}).text

    assert "Yes, you may hire." in page
    assert "The right to work lasts until" not in page
    assert "ran out on 20 October 2026. The right to work did not end then" in page
    assert "The person&#x27;s paper ran out" in page
    assert 'id="warnings"' in page


def test_a_right_that_lasts_longer_than_the_card_is_not_told_to_end_with_it(client):
    page = client.post(HIRE, JOB).text

    assert "The right to work lasts until" not in page
    assert "is valid until 31 May 2027. The right to work lasts longer" in page


def test_a_right_that_ends_with_the_permit_is_told_to_end(client):
    said = {"f-status": "single_permit", "f-nationality": "IN", "step": "job"}
    said["f-wants"] = "start_work"
    page = client.post(HIRE, {**said, "f-document_valid_until": "2027-06-01"}).text

    assert "The right to work lasts until 1 June 2027." in page
    assert "The permit is there already. No new one is needed." in page
    assert "No work permit is needed" not in page


def test_the_answer_names_the_law(client):
    assert "May I hire? · Bulgaria ·" in client.post(HIRE, JOB).text


def test_a_bulgarian_date_ends_its_sentence_once(client):
    said = {"f-status": "single_permit", "f-nationality": "IN", "step": "job"}
    said["f-wants"] = "start_work"
    address = HIRE.replace("/en/", "/bg/")
    page = client.post(address, {**said, "f-document_valid_until": "2027-06-01"}).text

    assert re.search(r"юни 2027\sг\.", page)
    assert "г.." not in page


def test_only_what_matters_is_asked():
    refugee = employer.turn(_sent(PAPER), DAY)
    abroad = employer.turn(_sent({"step": "paper", **FROM_ABROAD}), DAY)

    assert [it.fact for it in refugee.job] == ["employment_start", "contract_months"]
    assert "employer_average_headcount_12m" in [it.fact for it in abroad.job]


def test_a_permit_for_another_employer_is_no_permit():
    turn = employer.turn(_sent({"step": "paper", "f-status": "single_permit"}), DAY)

    assert "wants" in [it.fact for it in turn.job]


def test_the_pay_is_asked_by_the_month_and_counted_by_the_year():
    assert employer.written("gross_salary_eur", 24000.0) == "2000"


def test_no_paper_chosen_is_said_and_nothing_is_lost(client):
    response = client.post(HIRE, {"step": "paper", "f-nationality": "SY"})

    assert response.status_code == 422
    assert "Choose the person" in response.text
    assert '<option value="SY" selected>' in response.text


def test_an_impossible_date_is_refused_beside_its_field(client):
    response = client.post(HIRE, {**JOB, "f-employment_start": "2026-02-30"})

    assert response.status_code == 422
    assert 'id="f-employment_start-error"' in response.text
    assert 'value="6"' in response.text


@pytest.mark.parametrize("status", sorted(packs.by_id("bg").facts["status"].values))
def test_every_paper_alone_has_an_answer(client, status):
    said = {"step": "job", "f-status": status, "f-wants": "change_employer"}
    page = client.post(HIRE, said)

    assert page.status_code == 200
    assert 'id="verdict"' in page.text


@pytest.mark.parametrize("status", ["single_permit", "eu_blue_card"])
def test_whose_name_is_on_the_card_must_be_said(client, status):
    page = client.post(HIRE, {"step": "job", "f-status": status})

    assert page.status_code == 422
    assert "Look at the card: it names the employer." in page.text
    assert "may hire" not in page.text


def test_a_permit_of_another_employer_is_no_yes(client):
    said = {"step": "job", "f-status": "single_permit", "f-nationality": "IN"}
    page = client.post(HIRE, {**said, "f-wants": "change_employer"}).text

    assert "Yes, you may hire" not in page
    assert "No work permit is needed" not in page


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("employment_start", "9999-12-31"),
        ("employment_start", "1990-12-01"),
        ("document_valid_until", "9999-01-01"),
        ("contract_months", "99999"),
    ],
)
def test_a_mistyped_year_is_refused_and_breaks_nothing(client, fact, value):
    page = client.post(HIRE, {**JOB, f"f-{fact}": value})
    filed = client.post(FILE, {**JOB, f"f-{fact}": value})

    assert page.status_code == (422 if fact != "document_valid_until" else 200)
    assert filed.status_code == 200
    assert value[:4] not in filed.text


def test_where_we_cannot_tell_the_page_says_whom_to_ask(client):
    page = client.post(HIRE, {"step": "job", "f-status": "asylum_seeker"}).text

    assert 'id="ask"' in page


def test_unknown_statuses_and_facts_are_left_aside(client):
    response = client.post(HIRE, {"step": "job", "f-status": "king", "f-moon": "1"})

    assert response.status_code == 422


def test_nothing_is_stored(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):  # how the rules stand, and nothing else
        response = client.post(HIRE, JOB)

    assert "private" in response["Cache-Control"]
    assert not response.cookies
    assert not client.session.keys()


@pytest.mark.parametrize("address", [HIRE, FILE, COUNT])
def test_four_questions(client, address):
    works = client.post(address, JOB | {"size": "sme", "staff": 9, "foreign": 1})
    anonymous = client.get(address)
    wrong = client.delete(address)

    assert works.status_code == 200
    assert anonymous.status_code == (405 if address == FILE else 200)
    assert wrong.status_code == 405


# --- the dates


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

SPOKEN_TO = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)


def for_employers(pack):
    """What the law may say to the worker, with what it says to employers."""
    across = [*pack.restrictions, *pack.warnings, *pack.duties]
    held = [condition for route in pack.routes for condition in route.conditions]
    rules = [*pack.routes, *across, *held]
    today = [rule.head for rule in rules if rule.head.in_force(DAY)]
    yield from ((head.name, head.text, head.for_employer) for head in today)
    facts = pack.facts.values()
    yield from ((fact.name, fact.because, fact.for_employer) for fact in facts)
    for route in pack.routes:
        in_force = route.head.in_force(DAY)
        for step in route.answer.get("steps", ()) if in_force else ():
            told = getattr(step, "value", step)
            yield route.head.name, told["text"], told.get("for_employer", {})


def test_no_text_that_an_employer_reads_speaks_to_the_worker():
    found = list(for_employers(packs.home()))

    assert len(found) > 100
    told = [(name, (employer or text).get("en", "")) for name, text, employer in found]
    assert [name for name, text in told if SPOKEN_TO.search(text)] == []


def test_the_answer_speaks_of_the_person(client):
    said = {"step": "job", "f-status": "temporary_protection", "f-nationality": "UA"}
    said["f-re_registered"] = "no"
    page = client.post(HIRE, said).text
    student = client.post(HIRE, {**said, "f-status": "student"}).text

    assert "People with temporary protection" in page
    assert "First the person re-registers" in page
    assert "We take it that the person is 18 or older" in student
    assert "We take it that you" not in page + student


# --- the quota


@pytest.mark.parametrize(
    ("size", "staff", "foreign", "left", "over"),
    [
        ("large", 100, 19, 1, 0),
        ("large", 100, 20, 0, 0),
        ("large", 100, 21, 0, 1),
        ("large", 4, 0, 0, 0),
        ("sme", 20, 6, 1, 0),
        ("sme", 20, 7, 0, 0),
        ("sme", 3, 0, 1, 0),
    ],
)
def test_how_many_more_may_be_hired(size, staff, foreign, left, over):
    found = quota.quota(packs.by_id("bg"), size, staff, foreign, DAY)

    assert (found.left, found.over) == (left, over)


def test_no_limit_before_the_law_had_one():
    assert quota.quota(packs.by_id("bg"), "sme", 20, 1, date(1999, 1, 1)) is None


def test_the_quota_page_names_the_limit_and_its_source(client):
    page = client.post(COUNT, {"size": "sme", "staff": 20, "foreign": 6}).text

    assert "35 %" in page
    assert "berglaw" in page


def test_nobody_has_fewer_than_no_workers(client):
    page = client.post(COUNT, {"size": "sme", "staff": 0, "foreign": -1})

    assert page.status_code == 422


@pytest.mark.parametrize(("size", "percent"), [("sme", "35"), ("large", "20")])
def test_the_answer_counts_with_the_size_of_the_company(client, size, percent):
    said = {
        "step": "job",
        "f-status": "single_permit",
        "f-wants": "start_work",
        "f-employer_size": size,
        "f-employer_average_headcount_12m": "20.5",
        "f-employer_tcn_count_12m": "4",
    }

    page = client.post(HIRE, said).text

    assert f"{percent} %" in page
    assert "20.5" in page


def test_without_the_size_nothing_is_counted_and_the_calculator_is_there(client):
    said = {"step": "job", "f-status": "single_permit", "f-wants": "start_work"}
    page = client.post(HIRE, {**said, "f-employer_tcn_count_12m": "4"}).text

    assert "With your numbers it can be counted" in page
    assert f'href="{COUNT}"' in page


def test_an_average_is_seldom_whole_and_written_as_the_reader_writes(client):
    address = COUNT.replace("/en/", "/bg/")
    page = client.post(address, {"size": "sme", "staff": "12.5", "foreign": "2"}).text

    assert "12,5" in page
    assert "16 %" in page


def test_the_answer_counts_the_quota(client):
    page = client.post(
        HIRE,
        {
            "step": "job",
            **FROM_ABROAD,
            "f-employer_size": "sme",
            "f-employer_average_headcount_12m": "20",
            "f-employer_tcn_count_12m": "6",
        },
    ).text

    assert "35 %" in page
    assert "more person from outside the EU may be hired" in page


# --- a doubted rule


def test_a_doubted_rule_is_never_a_plain_yes(client, ines):
    RuleReview.objects.create(
        pack="bg",
        rule="exempt_international_protection",
        law_version="1",
        state="challenged",
        reason="Look again.",
        by=ines,
        at="2026-11-18T10:00Z",
    )

    page = client.post(HIRE, JOB).text

    assert page.count("This rule is in doubt here") == 1
    assert "By the lawbook yes, but a rule is in doubt here. Ask first." in page
    assert "Yes, you may hire" not in page


# --- in the browser


def looks(browser, who):
    """What is wrong with a page; axe needs JavaScript."""
    found = ["overflows"] if browser.overflows() else []
    return found + (browser.findings() if who == "visitor" else [])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["visitor", "old_phone"])
@pytest.mark.parametrize("language", ["bg", "ar"])
def test_hiring_on_an_old_phone(request, who, language):
    browser = request.getfixturevalue(who)
    page = browser.go(f"/{language}/may-i-hire/")
    assert looks(browser, who) == []

    page.check("input[value=humanitarian_status]")
    browser.follow("main form button[type=submit]")
    page.fill("input[name=f-employment_start]", "2026-12-01")
    assert looks(browser, who) == []

    browser.follow("main form button[type=submit] >> nth=0")
    assert page.locator("#verdict").count() == 1
    assert looks(browser, who) == []
    assert browser.complaints == []
    assert len(page.content()) < 150_000
