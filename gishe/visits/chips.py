"""The chips of the contact form: what can be chosen, and by which key.

The keys lie on the keyboard as the chips lie on the page: needs on the two upper rows
of letters, languages on the lowest, services on the digits; with Shift, places on the
digits and the channel and age on the middle row. ``N`` stays free for a new contact.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from uuid import UUID

from django.utils.translation import gettext as _

from gishe.directory.models import Organization, Service
from gishe.directory.needs import NEEDS
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.visits import queries
from gishe.visits.forms import ContactForm
from gishe.visits.vocabulary import AGE_GROUPS, CHANNELS, LANGUAGES

NEED_KEYS = "QWERTYUIOPASDFGHJ"
LANGUAGE_KEYS = "ZXCVBMKL"
SERVICE_KEYS = "1234567890"
PLACE_KEYS = ["⇧" + digit for digit in "12345678"]
CHANNEL_KEYS = ["⇧" + letter for letter in "ASDFG"]
AGE_KEYS = ["", *("⇧" + letter for letter in "HJKL")]
# The languages that have a chip of their own.
HOUSE_LANGUAGES = LANGUAGES[:7]


@dataclass(frozen=True)
class Chip:
    """One thing to choose."""

    name: str
    value: str
    label: str | Translated
    key: str
    is_chosen: bool

    @property
    def html_id(self) -> str:
        return f"{self.name}-{self.value}".replace(":", "-")

    @property
    def aria_key(self) -> str:
        """The key as ``aria-keyshortcuts`` wants it."""
        return self.key.replace("⇧", "Shift+")


def needs(form: ContactForm) -> list[Chip]:
    options = [(need.value, str(it.label)) for need, it in NEEDS.items()]
    return _chips(form, "need", options, NEED_KEYS)


def spoken(form: ContactForm, lately: Sequence[str]) -> list[Chip]:
    """The languages of the house, and others that were spoken lately."""
    others = [code for code in lately if code not in HOUSE_LANGUAGES]
    options = [(code, languages.name(code)) for code in (*HOUSE_LANGUAGES, *others)]
    return _chips(form, "language", options, LANGUAGE_KEYS)


def other_languages() -> list[tuple[str, str]]:
    """All other languages by their names, as the reader's alphabet has them."""
    named = [(c, languages.name(c)) for c in LANGUAGES if c not in HOUSE_LANGUAGES]
    return sorted(named, key=lambda pair: pair[1].casefold())


def services(form: ContactForm, usual: Sequence[Service]) -> list[Chip]:
    """What is given at this counter, and whatever is chosen already."""
    options = {str(it.id): it.name for it in usual}
    gone = [ref for ref in form.chosen("service") if ref not in options]
    options |= {str(it.id): it.name for it in queries.services(_references(gone))}
    return _chips(form, "service", options.items(), SERVICE_KEYS)


def places(form: ContactForm, usual: Sequence[Service | Organization]) -> list[Chip]:
    """Where people are usually sent, and whatever is chosen already."""
    options = {_place(it): it.name for it in usual}
    gone = [value for value in form.chosen("sent_to") if value not in options]
    ids = _references(value.partition(":")[2] for value in gone)
    cards: list[Service | Organization] = [*queries.services(ids)]
    for card in (*cards, *queries.organizations(ids)):
        options[_place(card)] = card.name
    return _chips(form, "sent_to", options.items(), PLACE_KEYS)


def channels(form: ContactForm) -> list[Chip]:
    options = [(code.value, str(word)) for code, word in CHANNELS.items()]
    return _chips(form, "channel", options, CHANNEL_KEYS)


def ages(form: ContactForm) -> list[Chip]:
    known = [(code.value, str(word)) for code, word in AGE_GROUPS.items()]
    return _chips(form, "age_group", [("", _("Not asked")), *known], AGE_KEYS)


def _place(card: Service | Organization) -> str:
    kind = "service" if isinstance(card, Service) else "organization"
    return f"{kind}:{card.id}"


def _references(values: Iterable[str]) -> list[UUID]:
    found = []
    for value in values:
        with suppress(ValueError):
            found.append(UUID(value))
    return found


def _chips(
    form: ContactForm,
    name: str,
    options: Iterable[tuple[str, str | Translated]],
    keys: Sequence[str],
) -> list[Chip]:
    chosen = form.chosen(name) or [""]
    keyed = zip_longest(options, keys, fillvalue=None)
    return [
        Chip(name, option[0], option[1], key or "", option[0] in chosen)
        for option, key in keyed
        if option
    ]
