"""Days, commas and numbers as the reader's language and the city's clock say them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from gishe.foundation import languages
from gishe.foundation.templatetags import ui


def test_a_moment_late_in_the_evening_is_the_citys_next_day():
    late = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)

    with translation.override("en"):
        assert "22 November" in ui.day(late)
        assert ui.full_date(late) == "22 November 2026"
        assert ui.full_date(date(2026, 11, 21)) == "21 November 2026"


@pytest.mark.parametrize(
    ("language", "comma", "number"),
    [
        ("bg", ", ", "4,6"),
        ("uk", ", ", "4,6"),
        ("ru", ", ", "4,6"),
        ("fr", ", ", "4,6"),
        ("en", ", ", "4.6"),
        ("ar", "، ", "4.6"),
        ("fa", "، ", "4.6"),
    ],
)
def test_commas_and_numbers_are_those_of_the_language(language, comma, number):
    with translation.override(language):
        assert languages.comma() == comma
        assert languages.number(4.6) == number
