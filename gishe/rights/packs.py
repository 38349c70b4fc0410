"""The packs of law that this house knows, read once a process."""

from collections.abc import Mapping

from django.conf import settings

from gishe.core.rules import InputError, Pack, choose
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.lawbook import loading


class NoSuchLaw(Exception):
    """There is no pack of law for this country; the message names those there are."""


def all_packs() -> list[Pack]:
    """Every pack, the city's own first."""
    found = loading.packs().values()
    return sorted(found, key=lambda pack: (pack.id != settings.LAW, pack.id))


def home() -> Pack:
    """The pack of the city itself."""
    return all_packs()[0]


def by_id(name: str) -> Pack:
    """The pack of this name. Raises NoSuchLaw."""
    for pack in all_packs():
        if pack.id == name:
            return pack
    there = ", ".join(pack.id for pack in all_packs())
    raise NoSuchLaw(f"There is no law called {name}. There is: {there}.")


def of_country(country: str, region: str = "") -> Pack:
    """The pack for a country and, where the law is a region's, the region.

    No country means the city's own. Raises NoSuchLaw.
    """
    if not country:
        return home()
    try:
        return choose(all_packs(), country.upper(), region)
    except InputError as error:
        raise NoSuchLaw(" ".join(str(problem) for problem in error.problems)) from error


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
