"""Cells as people write them: the certain is mended, the doubtful is refused."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gishe.directory import telephones
from gishe.exchange.repairs import (
    READERS,
    Unreadable,
    numbers,
    text,
    times,
    words,
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("9:00", time(9)),
        ("09:00", time(9)),
        ("09:00:00", time(9)),
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9:30 a.m.", time(9, 30)),
        ("9.30pm", time(21, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("17:00 pm", time(17)),
        ("9.00", time(9)),
        ("9,30", time(9, 30)),
        ("0930", time(9, 30)),
        ("9", time(9)),
        ("9h", time(9)),
        ("9h30", time(9, 30)),
        ("9 ч.", time(9)),
        ("noon", time(12)),
        ("обяд", time(12)),
        ("полунощ", time(0)),
        ("24:00", time(0)),
        ("10:00Z", time(10)),
        ("10:00:00+02:00", time(10)),
        ("٩:٣٠", time(9, 30)),
    ],
)
def test_times_in_every_spelling(cell, expected):
    assert times.opening(cell)[0] == expected


@pytest.mark.parametrize(
    "cell",
    ["", "soon", "25:00", "24:01", "9:60", "13am", "0pm", "9:0", "1:2:3:4", "-1"],
)
def test_what_is_no_time_is_refused(cell):
    with pytest.raises(Unreadable):
        times.opening(cell)


@given(st.times())
def test_every_time_reads_back_to_the_minute(value):
    assert times.opening(f"{value:%H:%M}") == (
        value.replace(second=0, microsecond=0),
        None,
    )
    twelve = f"{value.hour % 12 or 12}:{value:%M} {'am' if value.hour < 12 else 'pm'}"
    assert times.opening(twelve)[0] == value.replace(second=0, microsecond=0)


@given(st.text(max_size=30), st.sampled_from(sorted(READERS)))
def test_no_cell_breaks_a_reader(cell, kind):
    try:
        value, _ = READERS[kind](cell)
    except Unreadable:
        value = "refused"

    assert value is not None


@given(st.text(max_size=60))
def test_text_can_always_be_kept(cell):
    value, _ = text.text(cell)

    assert "\0" not in value
    assert value.encode("utf-8").decode("utf-8") == value
    assert text.text(value)[0] == value or "&" in value or "<" in value


@given(st.text(max_size=40))
def test_telephones_never_break(cell):
    found = telephones.numbers(cell, "BG")

    assert all(len(number.number) <= 100 or number.number == cell for number in found)


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ((9, 0), (17, 0), ((9, 0), (17, 0))),
        ((10, 0), (4, 0), ((10, 0), (16, 0))),
        ((8, 30), (4, 30), ((8, 30), (16, 30))),
        ((9, 0), (0, 0), ((9, 0), (23, 59))),
        ((0, 0), (0, 0), ((0, 0), (23, 59))),
    ],
)
def test_hours_in_their_order(opens, closes, expected):
    found = times.hours(time(*opens), time(*closes))

    assert found[:2] == (time(*expected[0]), time(*expected[1]))


@pytest.mark.parametrize(
    ("opens", "closes"), [((21, 0), (20, 0)), ((22, 0), (6, 0)), ((13, 0), (13, 0))]
)
def test_hours_whose_meaning_is_not_certain_are_refused(opens, closes):
    with pytest.raises(Unreadable, match="ends_before_it_begins"):
        times.hours(time(*opens), time(*closes))


@given(st.times(), st.times())
def test_hours_that_are_taken_begin_before_they_end(opens, closes):
    try:
        first, last, _ = times.hours(opens, closes)
    except Unreadable:
        return
    assert first < last


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Monday", "MO"),
        ("MO,WE", "MO,WE"),
        ("1TU", "1TU"),
        ("Mon-Fri", "MO,TU,WE,TH,FR"),
        ("Saturday to Monday", "MO,SA,SU"),
        ("Tue & Thu", "TU,TH"),
        ("понеделник и сряда", "MO,WE"),
        ("пн, вт", "MO,TU"),
        ("daily", "MO,TU,WE,TH,FR,SA,SU"),
        ("Делнични дни", "MO,TU,WE,TH,FR"),
    ],
)
def test_weekdays_in_every_spelling(cell, expected):
    assert times.byday(cell)[0] == expected


@pytest.mark.parametrize("cell", ["Fraturday", "Mon-", "8", ",", "Mon-Tue-Wed"])
def test_what_is_no_weekday_is_refused(cell):
    with pytest.raises(Unreadable):
        times.byday(cell)


@pytest.mark.parametrize(
    ("cell", "number", "extension", "note"),
    [
        ("(312) 201-9740 x331", "(312) 201-9740", 331, ""),
        ("(312) 773-1068 ext. 321", "(312) 773-1068", 321, ""),
        ("217-525-5297 (LAWS)", "217-525-5297", None, "LAWS"),
        ("1-800-LAW-REP-4", "1-800-LAW-REP-4", None, ""),
        ('"+44 1234 234567"', "+44 1234 234567", None, ""),
        ("call us", "call us", None, ""),
    ],
)
def test_telephones_as_they_are_written(cell, number, extension, note):
    [found] = telephones.numbers(cell)

    assert (found.number, found.extension, found.note) == (number, extension, note)


@pytest.mark.parametrize(
    ("cell", "country", "number"),
    [
        ("02 987 6543", "BG", "+359 2 987 6543"),
        ("+359 2 987 65 43", "", "+359 2 987 65 43"),
        ("312-332-1624", "US", "+1 312-332-1624"),
        ("312-332-1624", "", "312-332-1624"),
        ("99", "BG", "99"),
    ],
)
def test_telephones_of_a_country(cell, country, number):
    assert telephones.numbers(cell, country)[0].number == number


@pytest.mark.parametrize("cell", ["no phone", "няма", "N/A", "-"])
def test_no_telephone_is_none(cell):
    assert telephones.none_meant(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("www.example.org", "https://www.example.org"),
        ("http//example.org", "http://example.org"),
        ("htpp://example.org", "http://example.org"),
        ("http://https://example.org", "https://example.org"),
        ("https://example.org/a b", "https://example.org/ab"),
        ("HTTPS://example.org", "https://example.org"),
    ],
)
def test_web_addresses(cell, expected):
    assert text.url(cell) == (expected, "url_mended")


@pytest.mark.parametrize("cell", ["javascript:alert(1)", "nowhere", "http://", "ftp"])
def test_what_is_no_web_address_is_refused(cell):
    with pytest.raises(Unreadable):
        text.url(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("mailto:a@example.org", "a@example.org"),
        ("a@example.org; b@example.org", "a@example.org"),
        ("a [at] example.org", "a@example.org"),
        ("<a@example.org>.", "a@example.org"),
    ],
)
def test_email_addresses(cell, expected):
    assert text.email(cell) == (expected, "email_mended")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("a &amp; b", "a & b"),
        ("<script>alert(1)</script>safe", "safe"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ],
)
def test_markup_becomes_words(cell, expected):
    assert text.text(cell)[0] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-11-30", date(2026, 11, 30)),
        ("30.11.2026", date(2026, 11, 30)),
        ("30.11.2026 г.", date(2026, 11, 30)),
        ("30/11/2026", date(2026, 11, 30)),
        ("11/30/2026", date(2026, 11, 30)),
        ("20261130", date(2026, 11, 30)),
        ("2026-11-30 10:00", date(2026, 11, 30)),
    ],
)
def test_dates(cell, expected):
    assert numbers.day(cell)[0] == expected


@pytest.mark.parametrize("cell", ["3/4/2026", "2026-02-30", "tomorrow", "0000-01-01"])
def test_dates_that_are_not_certain_are_refused(cell):
    with pytest.raises(Unreadable):
        numbers.day(cell)


def test_moments_have_a_zone():
    assert numbers.moment("2026-11-30T10:00:00")[0] == datetime(
        2026, 11, 30, 10, tzinfo=UTC
    )
    assert numbers.moment("2026-11-30T10:00:00+02:00")[0].hour == 8


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("1,5", 1.5), ("1 000", 1000), ("1,000.50", 1000.5), ("٣", 3), ("-2", -2)],
)
def test_numbers(cell, expected):
    assert numbers.number(cell)[0] == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("bg", "bg"),
        ("bul", "bul"),
        ("Bulgarian", "bg"),
        ("немски", "de"),
        ("عربي", None),
    ],
)
def test_languages(cell, code):
    if code is None:
        with pytest.raises(Unreadable):
            words.language(cell)
    else:
        assert words.language(cell)[0] == code
