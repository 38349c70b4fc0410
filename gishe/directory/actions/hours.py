"""The hours that the programme of a month gives: on the cards, as the standard says."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gishe.accounts.models import User
from gishe.directory.identity import PROGRAMME
from gishe.directory.models import Schedule, ServiceAtLocation
from gishe.foundation import audit

Day: TypeAlias = date  # values below have fields called ``date``
WEEK = timedelta(days=7)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@dataclass(frozen=True)
class HouseHours:
    """A service is given at the house on one date; hours are the city's local time."""

    service: UUID
    date: Day
    opens: time
    closes: time


@transaction.atomic
def publish_hours(
    *, month: date, hours: Iterable[HouseHours], by: User | None, at: datetime
) -> int:
    """Put the hours of the month's programme in place of those it had before.

    Hours of several weeks running become one weekly row, others a row valid on their
    date. Only rows of the programme are touched; what it gave in months that are over
    leaves the cards. Returns how many rows the month has; the same hours again change
    nothing.
    """
    rows = _rows(month, list(hours))
    ours = Schedule.objects.filter(source_name=PROGRAMME)
    gone = ours.filter(valid_to__lt=timezone.localdate(at).replace(day=1))
    changed = gone.delete()[0]
    of_the_month = ours.filter(source_id__startswith=f"{month:%Y-%m}/")
    changed += of_the_month.exclude(source_id__in=list(rows)).delete()[0]
    there = set(of_the_month.values_list("source_id", flat=True))
    new = [row for key, row in rows.items() if key not in there]
    Schedule.objects.bulk_create(new)
    if changed or new:
        audit.record(
            "hours.published",
            target=Schedule._meta.label,
            reference=None,
            by=by,
            at=at,
            month=f"{month:%Y-%m}",
            rows=len(rows),
        )
    return len(rows)


def _rows(month: date, hours: list[HouseHours]) -> dict[str, Schedule]:
    """Rows that are not saved yet, by what they are known as."""
    places = _places({it.service for it in hours})
    dates: dict[tuple[UUID, int, time, time], set[date]] = defaultdict(set)
    for it in hours:
        dates[it.service, it.date.weekday(), it.opens, it.closes].add(it.date)
    found = {}
    for (service, weekday, opens, closes), days in dates.items():
        for first, last in _runs(sorted(days)):
            key = f"{month:%Y-%m}/{service}/{first}/{last}/{opens:%H%M}-{closes:%H%M}"
            place = places.get(service)
            found[key] = Schedule(
                service_id=None if place else service,
                service_at_location_id=place,
                source_name=PROGRAMME,
                source_id=key,
                valid_from=first,
                valid_to=last,
                dtstart=first,
                freq="WEEKLY",
                wkst="MO",
                byday=WEEKDAYS[weekday],
                opens_at=opens,
                closes_at=closes,
            )
    return found


def _runs(days: list[date]) -> Iterable[tuple[date, date]]:
    """First and last day of each row of weeks without a gap."""
    first = last = days[0]
    for day in days[1:]:
        if day - last != WEEK:
            yield first, last
            first = day
        last = day
    yield first, last


def _places(services: set[UUID]) -> dict[UUID, UUID]:
    """Where each of these services is given at the house, as far as that is known."""
    links = ServiceAtLocation.objects.filter(
        location__is_house=True, service__in=services
    )
    return dict(links.order_by("-position", "-pk").values_list("service_id", "pk"))
