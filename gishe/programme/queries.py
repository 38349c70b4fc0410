"""Reading the month: what is published, what is different today, what is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from gishe.accounts.models import User
from gishe.accounts.roles import Right
from gishe.directory import queries as directory
from gishe.directory.models import Organization, Service
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.programme import house, snapshots
from gishe.programme.models import (
    ClosedDay,
    HouseRoom,
    Month,
    MonthVersion,
    Notice,
    Offer,
    OpeningHours,
    Slot,
    month_after,
    month_of,
)
from gishe.programme.timetable import (
    Named,
    NoticeOfTheDay,
    PublishedSlot,
    State,
    standing,
)

__all__ = [
    "HouseDay",
    "Named",
    "NoticeOfTheDay",
    "Published",
    "PublishedSlot",
    "State",
    "house_hours_on",
    "is_published",
    "next_slots",
    "notices_on",
    "published",
    "slots_on",
]


NOTHING_SAID = Translated.empty()


@dataclass(frozen=True)
class Published:
    """The newest published version of a month."""

    first_day: date
    version_id: UUID
    number: int
    published_at: datetime
    slots: tuple[PublishedSlot, ...]
    removed: tuple[PublishedSlot, ...]


@dataclass(frozen=True)
class HouseDay:
    """Whether the house is open on a day: its hours, or why it is closed.

    ``why`` is ``weekend``, ``holiday``, ``closed`` (the house's own reason is in
    ``reason``) or empty; ``reason`` is the holiday's name or the house's words.
    """

    date: date
    hours: tuple[tuple[time, time], ...]
    why: str = ""
    reason: Translated = NOTHING_SAID

    @property
    def is_open(self) -> bool:
        return bool(self.hours)

    @property
    def opens(self) -> time | None:
        return self.hours[0][0] if self.hours else None

    @property
    def closes(self) -> time | None:
        return self.hours[-1][1] if self.hours else None

    def is_open_at(self, at: time) -> bool:
        return any(opens <= at < closes for opens, closes in self.hours)


@lru_cache(maxsize=64)
def _content(version_id: UUID) -> snapshots.Content:
    """A version never changes, so it may be kept; notices are always read anew."""
    return snapshots.read(MonthVersion.objects.get(id=version_id).snapshot)


def published(first_day: date) -> Published | None:
    """The newest version of the month, or None while none is published."""
    newest = (
        MonthVersion.objects.filter(month__first_day=first_day)
        .order_by("-number")
        .values_list("id", "number", "published_at")
        .first()
    )
    if newest is None:
        return None
    content = _content(newest[0])
    return Published(first_day, *newest, content.slots, content.removed)


def is_published(first_day: date) -> bool:
    return MonthVersion.objects.filter(month__first_day=first_day).exists()


def published_months() -> list[date]:
    """First days of the months that have a version, the newest first."""
    found = MonthVersion.objects.order_by("-month__first_day")
    return list(found.values_list("month__first_day", flat=True).distinct())


def newest_published_month() -> date | None:
    return next(iter(published_months()), None)


def versions(first_day: date) -> QuerySet[MonthVersion]:
    return (
        MonthVersion.objects.filter(month__first_day=first_day)
        .select_related("published_by")
        .order_by("-number")
    )


def newest_version(first_day: date) -> MonthVersion | None:
    return versions(first_day).first()


def notices_between(
    first: date, last: date, *, with_withdrawn: bool = False
) -> list[NoticeOfTheDay]:
    """What is different on any day from ``first`` to ``last``, the newest first."""
    found = Notice.objects.filter(first_day__lte=last, last_day__gte=first)
    if not with_withdrawn:
        found = found.filter(withdrawn_at__isnull=True)
    found = found.select_related("service", "slot__offer__service")
    return [_notice(row) for row in found.order_by("-posted_at", "id")]


def _notice(row: Notice) -> NoticeOfTheDay:
    service = row.slot.offer.service if row.slot else row.service
    return NoticeOfTheDay(
        id=row.id,
        kind=row.kind,
        text=row.text,
        first_day=row.first_day,
        last_day=row.last_day,
        posted_at=row.posted_at,
        service_id=row.service_id,
        slot_id=row.slot_id,
        service_name=service.name if service else None,
        is_demo=row.is_demo,
    )


def notices_on(day: date) -> list[NoticeOfTheDay]:
    """What is different on this day, the newest first; read anew every time."""
    return notices_between(day, day)


def slots_on(day: date, at: datetime | None = None) -> list[PublishedSlot]:
    """The published slots of a day as they stand ``at`` that moment (or now)."""
    month = published(month_of(day))
    if month is None:
        return []
    moment, notices = timezone.localtime(at or timezone.now()), notices_on(day)
    found = [standing(s, notices, moment) for s in month.slots if s.date == day]
    return sorted(found, key=lambda slot: slot.order)


def next_slots(
    service: Service, count: int = 3, at: datetime | None = None
) -> list[PublishedSlot]:
    """The next ``count`` hours of a service that take place, in order."""
    moment = timezone.localtime(at or timezone.now())
    first = month_of(moment.date())
    found: list[PublishedSlot] = []
    for first_day in (first, month_after(first)):
        month = published(first_day)
        if month is None:
            continue
        notices = notices_between(moment.date(), month_after(first_day))
        mine = [slot for slot in month.slots if slot.service.id == service.id]
        found += [standing(slot, notices, moment) for slot in mine]
    over = {State.OVER, State.CANCELLED}
    coming = [slot for slot in found if slot.state not in over]
    return sorted(coming, key=lambda slot: slot.order)[:count]


def house_hours_on(day: date) -> HouseDay:
    """When the house is open on this day, or why it is closed."""
    return house_days([day])[day]


def house_days(days: Sequence[date]) -> dict[date, HouseDay]:
    """:func:`house_hours_on` of several days in three queries."""
    first, last = min(days), max(days)
    hours = list(OpeningHours.objects.order_by("weekday", "opens"))
    closed = dict(
        ClosedDay.objects.filter(date__range=(first, last)).values_list(
            "date", "reason"
        )
    )
    shut = {
        day: notice.text
        for notice in notices_between(first, last)
        if notice.is_for_the_house and notice.kind == "cancelled"
        for day in days
        if notice.is_on(day)
    }
    return {day: _house_day(day, hours, closed | shut) for day in days}


def _house_day(
    day: date, hours: list[OpeningHours], closed: dict[date, Translated]
) -> HouseDay:
    if day in closed:
        return HouseDay(day, (), "closed", closed[day])
    if name := house.holiday(day):
        return HouseDay(day, (), "holiday", name)
    spans = tuple(
        (it.opens, it.closes)
        for it in hours
        if it.weekday == day.weekday()
        and (it.valid_from is None or it.valid_from <= day)
        and (it.valid_until is None or day < it.valid_until)
    )
    if spans:
        return HouseDay(day, spans)
    return HouseDay(day, (), "weekend" if day.weekday() >= 5 else "closed")


def change_counts(first_day: date) -> dict[str, int]:
    """How many hours the newest version added, took out, changed; {} for the first."""
    later = versions(first_day).filter(number__gt=1)
    changes = later.values_list("changes", flat=True).first()
    return {kind: len(it) for kind, it in changes.items()} if changes else {}


def rooms() -> QuerySet[HouseRoom]:
    return HouseRoom.objects.filter(is_in_use=True).order_by("position", "id")


def every_room() -> QuerySet[HouseRoom]:
    """Rooms in use, then those that are not."""
    return HouseRoom.objects.order_by("-is_in_use", "position", "id")


def month_row(first_day: date) -> Month | None:
    return Month.objects.filter(first_day=first_day).first()


def offers(first_day: date) -> QuerySet[Offer]:
    """Everybody's offers for the month, without those withdrawn."""
    return (
        Offer.objects.filter(month__first_day=first_day, withdrawn_at__isnull=True)
        .select_related("month", "organization", "service__organization", "room")
        .prefetch_related("service__attributes")
        .order_by("weekday", "date", "starts", "id")
    )


def taken_back(user: User, first_day: date) -> list[Offer]:
    """The user's offers that were taken back and not made again, the latest first."""
    here = {_same_hours(offer) for offer in offers(first_day)}
    gone = Offer.objects.filter(
        month__first_day=first_day,
        withdrawn_at__isnull=False,
        organization__in=organizations_for(user),
        service__in=services_for(user),
    ).select_related("service", "organization")
    found: dict[tuple[object, ...], Offer] = {}
    for offer in gone.order_by("-withdrawn_at", "id"):
        if _same_hours(offer) not in here:
            found.setdefault(_same_hours(offer), offer)
    return list(found.values())


def _same_hours(offer: Offer) -> tuple[object, ...]:
    return (offer.service_id, offer.weekday, offer.date, offer.starts, offer.ends)


def slots(first_day: date) -> QuerySet[Slot]:
    """The lines of the composition as it stands, in and out."""
    return (
        Slot.objects.filter(
            month__first_day=first_day, offer__withdrawn_at__isnull=True
        )
        .select_related("room", "offer__organization", "offer__service", "offer__room")
        .prefetch_related("offer__service__attributes")
        .order_by("date", "offer__starts", "id")
    )


def organizations_for(user: User) -> QuerySet[Organization]:
    """For whom the user may offer hours: a coordinator may for everybody."""
    if user.may(Right.COMPOSE_MONTH):
        return Organization.objects.order_by("id")
    return directory.organizations_of(user)


def services_for(user: User) -> QuerySet[Service]:
    """The services that the user may offer hours of."""
    mine = organizations_for(user)
    return (
        directory.services_shown()
        .filter(organization__in=mine)
        .select_related("organization")
        .order_by("organization_id", "id")
    )


def standing_notices(day: date) -> QuerySet[Notice]:
    """Notices of this day and of days to come, as staff keep them."""
    return (
        Notice.objects.filter(Q(last_day__gte=day), withdrawn_at__isnull=True)
        .select_related("service", "slot__offer__service", "posted_by")
        .order_by("first_day", "id")
    )


def week_of(day: date) -> list[date]:
    """Monday to Sunday of the week in which ``day`` lies."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=n) for n in range(7)]


def targets(today: date) -> dict[str, tuple[str, dict[str, UUID]]]:
    """What a notice may be about besides the house: coming slots, then services."""
    found: dict[str, tuple[str, dict[str, UUID]]] = {}
    for first_day in (month_of(today), month_after(month_of(today))):
        month = published(first_day)
        coming = [s for s in month.slots if s.date >= today] if month else []
        for slot in coming[:60]:
            hours = languages.hours(slot.starts, slot.ends)
            words = f"{languages.day(slot.date)}, {hours}: {slot.service.name}"
            found[f"slot:{slot.id}"] = (words, {"slot": slot.id})
    for service in directory.counter_services():
        found[f"service:{service.id}"] = (str(service.name), {"service": service.id})
    return found
