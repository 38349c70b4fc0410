"""What every page shows around its content: name, navigation, languages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from gishe.accounts.models import User
from gishe.accounts.roles import Right, Role
from gishe.foundation import languages


@dataclass(frozen=True)
class Door:
    """One entry of the navigation."""

    url_name: str
    label: str | Promise
    shortcut: str = ""  # the key that leads here from any page

    def entry(self, path: str) -> dict[str, Any]:
        url = reverse(self.url_name)
        return {
            "url": url,
            "label": self.label,
            "shortcut": self.shortcut,
            "is_here": path.startswith(url) if url.count("/") > 2 else path == url,
        }


PUBLIC = [
    Door("desks:home", _("Today")),
    Door("programme:month_now", _("Programme")),
    Door("directory:services", _("Find help")),
    Door("insight:statistics", _("Numbers")),
]
TODAY, FIND, PROGRAMME, NUMBERS = (
    Door("desks:today", _("Today")),
    Door("directory:services", _("Find help")),
    Door("programme:month_now", _("Programme")),
    Door("insight:statistics", _("Numbers")),
)
CONTACT = Door("visits:new", _("New contact"), shortcut="n")
SHEET = Door("visits:day_now", _("Day sheet"))
CARDS = Door("directory:my_cards", _("Cards"))
STAFF = {
    Role.ADVISER: [TODAY, CONTACT, SHEET, FIND, PROGRAMME, NUMBERS],
    Role.PROVIDER: [
        TODAY,
        Door("programme:my_hours", _("My hours")),
        CARDS,
        PROGRAMME,
        NUMBERS,
    ],
    Role.COORDINATOR: [
        TODAY,
        Door("programme:compose", _("The month")),
        CONTACT,
        SHEET,
        FIND,
        CARDS,
        NUMBERS,
    ],
    Role.RECEPTION: [TODAY, CONTACT, FIND, PROGRAMME],
    Role.FUNDER: [TODAY, PROGRAMME, NUMBERS],
    Role.ADMINISTRATOR: [TODAY, Door("accounts:people", _("People")), NUMBERS],
}


def house(request: HttpRequest) -> dict[str, Any]:
    """The frame of the page."""
    user = getattr(request, "user", None)
    doors = STAFF[Role(user.role)] if isinstance(user, User) else PUBLIC
    return {
        "city": languages.city(),
        "is_demo_city": settings.DEMO,
        "rights": {
            right.value: isinstance(user, User) and user.may(right) for right in Right
        },
        "navigation": [door.entry(request.path) for door in doors],
        "page_language": languages.active(),
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "page_languages": settings.LANGUAGES,
    }
