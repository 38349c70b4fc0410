"""The packs of law that this house knows, each read when it is first asked for."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.conf import settings

from gishe.core.rules import (
    InputError,
    Pack,
    choose,
    questions,
    read_table,
    standing_of,
)
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.lawbook import loading
from gishe.lawbook.loading import About


class NoSuchLaw(Exception):
    """There is no pack of law for this country; the message names those there are."""


def abouts() -> list[About]:
    """What packs there are, the city's own first. None of them is read for it."""
    found = loading.abouts().values()
    return sorted(found, key=lambda about: (about.id != settings.LAW, about.id))


def all_packs() -> Iterator[Pack]:
    """Every pack, the city's own first, each read as it is reached."""
    return (loading.pack(about.id) for about in abouts())


def home() -> Pack:
    """The pack of the city itself."""
    return loading.pack(abouts()[0].id)


def by_id(name: str) -> Pack:
    """The pack of this name. Raises NoSuchLaw."""
    if name in loading.abouts():
        return loading.pack(name)
    there = ", ".join(about.id for about in abouts())
    raise NoSuchLaw(f"There is no law called {name}. There is: {there}.")


def of_country(country: str, region: str = "") -> Pack:
    """The pack for a country and, where the law is a region's, the region.

    No country means the city's own. Raises NoSuchLaw.
    """
    if not country:
        return home()
    try:
        return loading.pack(choose(abouts(), country.upper(), region).id)
    except InputError as error:
        raise NoSuchLaw(" ".join(str(problem) for problem in error.problems)) from error


def is_fact(name: str) -> bool:
    """Whether some law knows a fact; others are read only if the city's does not."""
    return any(name in pack.facts for pack in all_packs())


def nearest_fact(name: str) -> str:
    """A hint which fact was probably meant, for a name that is none."""
    try:
        read_table(home(), {name: []})
    except InputError as error:
        return error.problems[0].hint
    return ""


def warm(day: date) -> None:
    """Read the city's own law and what its first question needs, before anybody asks.

    Raises PackError.
    """
    questions(standing_of(home(), {"as_of": day, "facts": {}}))


def words(text: object) -> Translated:
    """The lawbook's words as text that falls back visibly, like all our content."""
    if isinstance(text, Translated):
        return text
    if not isinstance(text, Mapping):
        return Translated.empty()
    return Translated.of("bg", **{str(code): str(told) for code, told in text.items()})


def said(text: object) -> str:
    """The lawbook's words in the page's language, for a sentence."""
    return words(text).shown(languages.active()).text


# In which language the papers of a country are printed.
PRINTED_IN = {"BG": "bg", "FI": "fi", "ES": "es", "BE": "nl", "GR": "el", "FR": "fr"}


def print_language(pack: Pack) -> str:
    """The language of the offices, and of what is printed on their papers."""
    return PRINTED_IN.get(pack.country, "en")


def office_language(pack: Pack) -> str:
    """The language of the pages that an employer of the country reads best."""
    printed = print_language(pack)
    return printed if printed in languages.page_languages() else "en"
