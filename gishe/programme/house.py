"""Days on which the house is closed, and why."""

from datetime import date
from functools import lru_cache

import holidays
from django.conf import settings

# Languages in which the calendar of holidays has names; others read the English ones.
SPOKEN = {"bg": "bg", "uk": "uk"}


@lru_cache(maxsize=64)
def _calendar(year: int, language: str) -> dict[date, str]:
    found = holidays.country_holidays("BG", years=year, language=language)
    return {day: str(found[day]) for day in found}


def holiday(day: date, language: str = settings.LANGUAGE_CODE) -> str | None:
    """The name of the public holiday on ``day``, or None."""
    return _calendar(day.year, SPOKEN.get(language, "en_US")).get(day)
