"""Rows for the tests of the contact log."""

from datetime import datetime
from typing import Any

from gishe.accounts.models import User
from gishe.directory.models import Organization, Service
from gishe.foundation.translated import Translated
from gishe.visits.models import Contact, ContactNeed


def organization(name: str = "Open Door") -> Organization:
    return Organization.objects.create(name=Translated.of("en", en=name, bg=name))


def service(name: str = "Legal help", of: Organization | None = None) -> Service:
    return Service.objects.create(
        organization=of or organization(), name=Translated.of("en", en=name)
    )


def contact(by: User, at: datetime, *needs: str, **fields: Any) -> Contact:
    row = Contact.objects.create(
        **{"language": "ar", "at": at, "logged_at": at, "logged_by": by} | fields
    )
    for need in needs or ("legal",):
        ContactNeed.objects.create(contact=row, need=need)
    return row
