"""Contacts in number, for the tests of what is counted and published."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from gishe.accounts.models import User
from gishe.directory.models import Organization, Service
from gishe.foundation.translated import Translated
from gishe.visits.models import Contact, ContactNeed, ContactReferral, ContactService


def service(name: str = "Legal consultation") -> Service:
    organization = Organization.objects.create(name=Translated.of("en", en="Open Door"))
    return Service.objects.create(
        organization=organization, name=Translated.of("en", en=name, bg=name)
    )


def contact(
    by: User,
    at: datetime,
    *,
    needs: tuple[str, ...] = ("legal",),
    services: tuple[Service, ...] = (),
    places: tuple[str, ...] = (),
    **fields: Any,
) -> Contact:
    row = Contact.objects.create(
        **{"language": "ar", "at": at, "logged_at": at, "logged_by": by} | fields
    )
    for need in needs:
        ContactNeed.objects.create(contact=row, need=need)
    for it in services:
        ContactService.objects.create(contact=row, service=it, service_name=it.name)
    for place in places:
        name = Translated.of("en", en=place)
        ContactReferral.objects.create(contact=row, place_name=name)
    return row


def contacts(by: User, at: datetime, languages: Mapping[str, int]) -> list[Contact]:
    """So many contacts in each language, a minute apart."""
    spoken = [code for code, count in languages.items() for _ in range(count)]
    return [
        contact(by, at + timedelta(minutes=i), language=code)
        for i, code in enumerate(spoken)
    ]
