"""The closed lists of the contact log: how somebody came, from where, how old.

Coarse on purpose. A country of which few people come to one counter would point at
a person; such countries are counted by the part of the world they lie in.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(StrEnum):
    """How the contact came about; codes as in the database and in exports."""

    WALK_IN = "walk_in"
    APPOINTMENT = "appointment"
    PHONE = "phone"
    MESSAGE = "message"
    OUTREACH = "outreach"


class CountryGroup(StrEnum):
    """Where somebody comes from, as far as it may be counted without pointing."""

    UKRAINE = "ukraine"
    SYRIA = "syria"
    IRAQ = "iraq"
    AFGHANISTAN = "afghanistan"
    IRAN = "iran"
    RUSSIA = "russia"
    MOLDOVA = "moldova"
    TURKEY = "turkey"
    OTHER_EUROPE = "other_europe"
    OTHER_ASIA = "other_asia"
    AFRICA = "africa"
    AMERICAS = "americas"
    STATELESS = "stateless"


class AgeGroup(StrEnum):
    """Brackets that add up exactly to those of the AMIF indicators: <18, 18-60, >60."""

    UNDER_18 = "under_18"
    FROM_18_TO_24 = "18_24"
    FROM_25_TO_60 = "25_60"
    OVER_60 = "over_60"


CHANNELS: dict[Channel, str | Promise] = {
    Channel.WALK_IN: _("Walk-in"),
    Channel.APPOINTMENT: _("Appointment"),
    Channel.PHONE: _("Phone call"),
    Channel.MESSAGE: _("Message"),
    Channel.OUTREACH: _("Outreach"),
}
COUNTRY_GROUPS: dict[CountryGroup, str | Promise] = {
    CountryGroup.UKRAINE: _("Ukraine"),
    CountryGroup.SYRIA: _("Syria"),
    CountryGroup.IRAQ: _("Iraq"),
    CountryGroup.AFGHANISTAN: _("Afghanistan"),
    CountryGroup.IRAN: _("Iran"),
    CountryGroup.RUSSIA: _("Russia"),
    CountryGroup.MOLDOVA: _("Moldova"),
    CountryGroup.TURKEY: _("Türkiye"),
    CountryGroup.OTHER_EUROPE: _("Other country in Europe"),
    CountryGroup.OTHER_ASIA: _("Other country in Asia"),
    CountryGroup.AFRICA: _("Africa"),
    CountryGroup.AMERICAS: _("The Americas or Oceania"),
    CountryGroup.STATELESS: _("Stateless"),
}
AGE_GROUPS: dict[AgeGroup, str | Promise] = {
    AgeGroup.UNDER_18: _("Under 18"),
    AgeGroup.FROM_18_TO_24: _("18 to 24"),
    AgeGroup.FROM_25_TO_60: _("25 to 60"),
    AgeGroup.OVER_60: _("Over 60"),
}
# BCP 47 codes of the languages spoken at counters like this one; the seven
# languages of the pages first, the others as a reader finds them in a list.
LANGUAGES = [
    *("bg", "uk", "ru", "ar", "fa", "en", "fr"),
    *("am", "bn", "ckb", "de", "es", "fa-AF", "hi", "hy", "it", "ka", "ku", "pa"),
    *("ps", "ro", "so", "sq", "sr", "ti", "tr", "ur", "uz", "vi", "zh"),
]


def label(words: Mapping[Any, str | Promise], code: str) -> str:
    """The word for a code in the reader's language; nothing for no code."""
    return next((str(word) for key, word in words.items() if key == code), code)
