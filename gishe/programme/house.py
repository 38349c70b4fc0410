"""Public holidays of Bulgaria, in every language of the pages.

The dates are those of the ``holidays`` package; the words are ours, because it knows
them in three languages only.
"""

import re
from datetime import date
from functools import lru_cache

import holidays
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gishe.foundation import languages
from gishe.foundation.translated import Translated

_CULTURE = _("Day of Bulgarian education, culture and Slavonic letters")
# The package's English names, and how we say them. Article 154 of the Labour Code.
NAMES: dict[str, str | Promise] = {
    "New Year's Day": _("New Year's Day"),
    "Liberation Day": _("Liberation Day of Bulgaria"),
    "Good Friday": _("Orthodox Good Friday"),
    "Holy Saturday": _("Orthodox Holy Saturday"),
    "Easter": _("Orthodox Easter"),
    "Labor Day and International Workers' Solidarity Day": _("Labour Day"),
    "Saint George's Day, Day of the Bulgarian Army": _("Saint George's Day"),
    "Day of Slavonic Alphabet, Bulgarian Enlightenment and Culture": _CULTURE,
    "Day of Bulgarian Enlightenment and Culture and Slavonic Alphabet": _CULTURE,
    "Unification Day": _("Unification Day of Bulgaria"),
    "Independence Day": _("Independence Day of Bulgaria"),
    "Christmas Eve": _("Christmas Eve"),
    "Christmas Day": _("Christmas"),
    "Non-working day": _("Day off by decision of the government"),
}
# Another day off by decision, or a day that the package learned after us.
OTHER = _("Public holiday")
OBSERVED = re.compile(r" \((observed|substituted from .*)\)$")


@lru_cache(maxsize=16)
def _calendar(year: int) -> dict[date, tuple[str, ...]]:
    found = holidays.country_holidays("BG", years=year, language="en_US")
    return {day: tuple(str(found[day]).split("; ")) for day in found}


def holiday(day: date) -> Translated | None:
    """The name of the public holiday on ``day`` in every language, or None."""
    names = _calendar(day.year).get(day)
    if names is None:
        return None
    words = [NAMES.get(OBSERVED.sub("", name), OTHER) for name in names]
    texts = {}
    for code in languages.page_languages():
        with translation.override(code):
            texts[code] = ", ".join(str(it) for it in words)
    return Translated.of("bg", **texts)
