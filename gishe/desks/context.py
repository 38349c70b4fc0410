"""What every page shows around its content: name, navigation, languages."""

from dataclasses import dataclass, replace
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


def _entries(doors: list[Door], path: str) -> list[dict[str, Any]]:
    """The navigation for a page at ``path``; the nearest door above it is marked."""
    urls = [reverse(door.url_name) for door in doors]
    above = [url for url in urls if path == url or _is_inside(path, url)]
    here = max(above, key=len, default="")
    return [
        {
            "url": url,
            "label": door.label,
            "shortcut": door.shortcut,
            "is_here": url == here,
        }
        for door, url in zip(doors, urls, strict=True)
    ]


def _is_inside(path: str, url: str) -> bool:
    return url.count("/") > 2 and path.startswith(url)


HOME, TODAY, FIND, PROGRAMME, NUMBERS = (
    Door("desks:home", _("Today")),
    Door("desks:today", _("Today")),
    Door("directory:services", _("Find help")),
    Door("programme:month_now", _("Programme")),
    Door("insight:statistics", _("Numbers")),
)
MAY_I_WORK = Door("rights:may_i_work", _("May I work?"))
LAW = Door("rights:cards", _("The law"))
CONTACT = Door("visits:new", _("New contact"), shortcut="n")
LOOK_UP = replace(FIND, shortcut="/")
SHEET = Door("visits:day_now", _("Day sheet"))
CARDS = Door("directory:my_cards", _("Cards"))
PUBLIC = [HOME, PROGRAMME, MAY_I_WORK, FIND, NUMBERS]
STAFF = {
    Role.ADVISER: [TODAY, CONTACT, SHEET, LOOK_UP, LAW, PROGRAMME],
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
        LOOK_UP,
        LAW,
        CARDS,
        NUMBERS,
    ],
    Role.RECEPTION: [TODAY, CONTACT, LOOK_UP, LAW, PROGRAMME],
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
        "navigation": _entries(doors, request.path),
        "page_language": languages.active(),
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "page_languages": settings.LANGUAGES,
    }
