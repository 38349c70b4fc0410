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
from gishe.accounts.roles import Role
from gishe.foundation import languages


@dataclass(frozen=True)
class Door:
    """One entry of the navigation."""

    url_name: str
    label: str | Promise
    icon: str
    shortcut: str = ""  # the key that leads here from any page

    def entry(self, path: str) -> dict[str, Any]:
        url = reverse(self.url_name)
        return {
            "url": url,
            "label": self.label,
            "icon": self.icon,
            "shortcut": self.shortcut,
            "is_here": path == url or (path.startswith(url) and url.count("/") > 2),
        }


PUBLIC = [
    Door("desks:home", _("Home"), "house"),
    Door("programme:month_now", _("Programme"), "calendar-days"),
]
CONTACTS = [
    Door("visits:new", _("New contact"), "plus", shortcut="n"),
    Door("visits:day_now", _("Day sheet"), "table"),
]
NOTICES = Door("programme:notices", _("Different today"), "megaphone")
STAFF: dict[str, list[Door]] = {
    Role.ADVISER: [*CONTACTS, NOTICES],
    Role.PROVIDER: [Door("programme:my_hours", _("My hours"), "calendar-plus")],
    Role.COORDINATOR: [
        Door("programme:compose", _("The month"), "calendar-days"),
        *CONTACTS,
        NOTICES,
    ],
    Role.RECEPTION: CONTACTS,
}


def house(request: HttpRequest) -> dict[str, Any]:
    """The frame of the page."""
    user = getattr(request, "user", None)
    doors = STAFF.get(user.role, []) if isinstance(user, User) else PUBLIC
    return {
        "city": languages.city(),
        "is_demo_city": settings.DEMO,
        "navigation": [door.entry(request.path) for door in doors],
        "page_language": languages.active(),
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "page_languages": settings.LANGUAGES,
    }
