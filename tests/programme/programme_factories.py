"""Rows for the tests of this room: two organizations, two rooms, a month."""

from datetime import UTC, date, datetime, time
from typing import Any

from gishe.accounts.models import User
from gishe.directory.identity import need_term
from gishe.directory.models import (
    Attribute,
    Organization,
    Representative,
    Service,
    TaxonomyTerm,
)
from gishe.directory.needs import Need
from gishe.foundation.references import new_reference
from gishe.foundation.translated import Translated
from gishe.programme import actions
from gishe.programme.models import HouseRoom, Month, MonthVersion, Offer, OpeningHours

DECEMBER = date(2026, 12, 1)
NOVEMBER = date(2026, 11, 1)
EARLY = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


def organization(name: str = "Bridge", user: User | None = None) -> Organization:
    row = Organization.objects.create(name=Translated.of("en", en=name), is_demo=True)
    if user:
        Representative.objects.create(user=user, organization=row)
    return row


def service(
    of: Organization, name: str = "Legal advice", need: Need = Need.LEGAL
) -> Service:
    row = Service.objects.create(
        organization=of, name=Translated.of("en", en=name, bg=f"{name} (bg)")
    )
    term, _new = TaxonomyTerm.objects.get_or_create(
        id=need_term(need), defaults={"name": Translated.of("en", en=need.value)}
    )
    Attribute.objects.create(service=row, taxonomy_term=term)
    return row


def room(name: str = "Room 1", position: int = 1) -> HouseRoom:
    return HouseRoom.objects.create(
        name=Translated.of("en", en=name), places=6, position=position
    )


def house_open(weekdays: range = range(5)) -> None:
    for weekday in weekdays:
        OpeningHours.objects.create(weekday=weekday, opens=time(9), closes=time(17))


def hours(of: Service, **changes: Any) -> actions.Hours:
    usual: dict[str, Any] = {
        "service": of,
        "starts": time(10),
        "ends": time(12),
        "languages": ["en", "ar"],
        "weekday": None if "date" in changes else 2,
    }
    return actions.Hours(**{**usual, **changes})


def offer(
    of: Service,
    *,
    first_day: date = DECEMBER,
    by: User | None = None,
    at: datetime = EARLY,
    **changes: Any,
) -> Offer:
    return actions.make_offer(
        reference=new_reference(),
        first_day=first_day,
        hours=hours(of, **changes),
        by=by,
        at=at,
    )


def publish(by: User, first_day: date = DECEMBER, at: datetime = EARLY) -> MonthVersion:
    """Propose, agree, publish: the month as it stands."""
    month = Month.objects.get(first_day=first_day)
    actions.compose_month(month=month, revision=month.revision, by=by, at=at)
    month.refresh_from_db()
    actions.agree_month(month=month, revision=month.revision, by=by, at=at)
    month.refresh_from_db()
    return actions.publish_month(month=month, revision=month.revision, by=by, at=at)
