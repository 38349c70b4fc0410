"""Languages of pages and of people: names, direction, dates."""

import re
from datetime import date, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "ckb", "ur", "he"})
# Codes of two letters that CLDR names and that are no countries.
NO_COUNTRY = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
# Numbers of acts, with letters that run left to right.
CODE = re.compile(r"\d+/\d+/[A-Z]+|\([A-Z]+\) \d+/\d+|\d+-[^\W\d_]\b")
# ISO 639-3 codes, as directories bring them, of the languages we meet most.
ISO_639_3 = {
    "bul": "bg",
    "eng": "en",
    "ukr": "uk",
    "rus": "ru",
    "ara": "ar",
    "fas": "fa",
    "pes": "fa",
    "prs": "fa-AF",
    "fra": "fr",
    "pus": "ps",
    "kur": "ku",
    "kmr": "ku",
    "spa": "es",
    "tur": "tr",
    "urd": "ur",
    "som": "so",
}


def active() -> str:
    """The language of the page that is being made."""
    return get_language() or settings.LANGUAGE_CODE


def page_languages() -> list[str]:
    """The languages in which every page exists."""
    return [code for code, _ in settings.LANGUAGES]


def direction(code: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=512)
def _locale(code: str) -> Locale:
    try:
        code = "en-GB" if code == "en" else ISO_639_3.get(code, code)
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def is_known(code: str) -> bool:
    """Whether a language has this code of ISO 639 and a name here."""
    return code in {*ISO_639_3, "bqn"} or code in Locale.parse("en").languages


def name(code: str, reader: str | None = None) -> str:
    """The language's name as ``reader`` calls it; the code itself where it has none."""
    if code == "bqn":  # a language of its own, which Babel does not know
        return _("Bulgarian Sign Language")
    two = ISO_639_3.get(code, code).replace("-", "_")
    names = _locale(reader or active()).languages
    return str(names.get(two) or names.get(two.split("_")[0]) or code)


def own_name(code: str) -> str:
    """The language's name in that language."""
    return name(code, code)


def country(code: str, reader: str | None = None) -> str:
    """A country's name by its ISO 3166 alpha-2 code."""
    names = _locale(reader or active()).territories
    return str(names.get(code.upper(), code))


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """ISO 3166 alpha-2 codes of all countries."""
    known = Locale("en").territories
    codes = frozenset(str(code) for code in known)
    return frozenset(c for c in codes if re.fullmatch("[A-Z]{2}", c)) - NO_COUNTRY


def day(value: date, skeleton: str = "") -> str:
    """A date in words, with its weekday: "сряда, 5 октомври".

    ``skeleton`` names a shorter form in the words of CLDR: "Ed" is "ср, 5".
    """
    locale = _locale(active())
    if skeleton:
        return str(format_skeleton(skeleton, value, locale=locale))
    known = locale.datetime_skeletons
    pattern = known["MMMMEd" if "MMMMEd" in known else "MMMEd"].pattern
    # Written out: a short weekday or month saves no room and costs a thought.
    pattern = re.sub("[Ec]+", "EEEE", re.sub("M+", "MMMM", pattern))
    return str(format_date(value, pattern, locale))


def month(value: date) -> str:
    """A month and its year: "октомври 2026 г."."""
    return str(format_skeleton("yMMMM", value, locale=_locale(active())))


def month_short(value: date) -> str:
    """A month in a few letters, for the foot of a chart: "окт"."""
    return str(format_date(value, "LLL", locale=_locale(active()))).strip(".")


def weekday(number: int, width: str = "wide") -> str:
    """The name of a weekday, 0 for Monday; ``width`` is wide, abbreviated or narrow."""
    return str(_locale(active()).days["stand-alone"][width][number])


def full_date(value: date) -> str:
    """A date with its year, as official papers write it."""
    return str(format_date(value, format="long", locale=_locale(active())))


def dated(text: str) -> str:
    """A day written 2026-11-21 as the page writes days; other text stays."""
    try:
        return full_date(date.fromisoformat(text))
    except ValueError:
        return text


def hours(starts: time, ends: time) -> str:
    """Hours from and to; wrap it in a left-to-right isolate on pages."""
    return f"{starts:%H:%M}–{ends:%H:%M}"


def city() -> str:
    """The city's name for the reader of this page."""
    names: dict[str, str] = settings.CITY
    return names.get(active()) or names.get("en") or next(iter(names.values()))


def joined(items: list[str]) -> str:
    """Words joined as the language joins them: "a, b and c"."""
    return str(format_list(items, locale=_locale(active())))


def comma() -> str:
    """What stands between the parts of an address, with its blank."""
    return "، " if active() in RIGHT_TO_LEFT else ", "


def number(value: float) -> str:
    """A number with at most one decimal place: "4,6", "4.6" in Western digits."""
    locale = _locale(active())
    if active() in RIGHT_TO_LEFT:
        locale = _locale("en")
    return str(format_decimal(value, "0.#", locale=locale))


def money(amount: float, currency: str) -> str:
    """A sum with its currency, without needless cents: "100 €", "€15.50"."""
    locale = _locale("en" if active() in RIGHT_TO_LEFT else active())
    pattern = str(locale.currency_formats["standard"].pattern)
    if float(amount).is_integer():
        pattern = pattern.replace(".00", "")
    found = format_currency(
        amount, currency, format=pattern, locale=locale, currency_digits=False
    )
    return str(found)


def codes_ltr(text: str) -> str:
    """The same, with numbers of acts kept from turning round: "2011/95/EU"."""
    if active() not in RIGHT_TO_LEFT:
        return text
    return CODE.sub("\u200e\\g<0>\u200e", text)


def listed(items: list[str]) -> str:
    """Parts of one name with the language's comma between: "a, b, c"."""
    return comma().join(items)
