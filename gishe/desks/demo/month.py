"""The programme of the demo city: 2022 as documented, this month and the next invented.

Months are composed by the same actions as everywhere, at moments before they began.
"""

import calendar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from gishe.accounts.models import User
from gishe.desks.demo.content import Record, read, reference, text
from gishe.directory.models import Service
from gishe.programme import actions, queries
from gishe.programme.models import (
    HouseRoom,
    Month,
    Notice,
    Offer,
    OpeningHours,
    month_after,
    month_of,
)


def put_up(today: date, by: User, at: datetime) -> None:
    """Rooms and hours, the documented months, this month, offers for the next."""
    _house()
    _documented(by)
    this, coming = month_of(today), month_after(month_of(today))
    for row in read("month")["current"]:
        _offer(row, this, by)
    _publish(this, by)
    for row in read("month")["next"]:
        _offer(row, coming, by)
    _notices(today, by, at)


def _shortly_before(first_day: date) -> datetime:
    """When the month was composed: ten days before it began."""
    day = first_day - timedelta(days=10)
    return datetime.combine(day, time(11), ZoneInfo(settings.TIME_ZONE))


def _house() -> None:
    house = read("house")
    for position, row in enumerate(house["rooms"]):
        HouseRoom.objects.get_or_create(
            id=reference("room", row["key"]),
            defaults={
                "name": text(row["name"]),
                "places": row["places"],
                "position": position,
                "is_demo": row["is_demo"],
            },
        )
    for row in house["hours"]:
        OpeningHours.objects.get_or_create(
            id=reference("hours", row["weekday"]),
            defaults={
                "weekday": row["weekday"],
                "opens": time.fromisoformat(row["opens"]),
                "closes": time.fromisoformat(row["closes"]),
                "is_demo": True,
            },
        )


def _documented(by: User) -> None:
    """What the Bureau published itself. Its languages were not stated: none is set."""
    rows = read("history")
    for number, row in enumerate(rows):
        first_day = _month_of(row)
        month, _ = Month.objects.get_or_create(first_day=first_day)
        hours = _hours(row, first_day)
        offer = hours.offer(
            month, reference("documented", number), _shortly_before(first_day)
        )
        offer.source = row["source"]
        if not Offer.objects.filter(id=offer.id).exists():
            offer.save(force_insert=True)
    for first_day in sorted({_month_of(row) for row in rows}):
        _publish(first_day, by)


def _month_of(row: Record) -> date:
    return date.fromisoformat(row["date"] or f"{row['month']}-01").replace(day=1)


def _hours(row: Record, first_day: date) -> actions.Hours:
    room = row.get("room")
    nth = row.get("nth")
    on = _nth_weekday(first_day, nth["weekday"], nth["n"]) if nth else None
    if row.get("date"):
        on = date.fromisoformat(row["date"])
    return actions.Hours(
        service=Service.objects.get(id=reference("service", row["service"])),
        starts=time.fromisoformat(row["starts"]),
        ends=time.fromisoformat(row["ends"]),
        languages=row.get("languages") or [],
        date=on,
        weekday=None if on else row["weekday"],
        room=HouseRoom.objects.get(id=reference("room", room)) if room else None,
        places=row.get("places"),
        person=row.get("person") or "",
        needs_booking=row.get("booking") in {"needed", "phone_or_email"},
    )


def _nth_weekday(first_day: date, weekday: int, n: int) -> date:
    weeks = calendar.Calendar().monthdatescalendar(first_day.year, first_day.month)
    days = [d for week in weeks for d in week if d.month == first_day.month]
    fitting = [day for day in days if day.weekday() == weekday]
    return fitting[min(n, len(fitting)) - 1]


def _offer(row: Record, first_day: date, by: User) -> None:
    when = row.get("weekday", row.get("nth"))
    key = f"{first_day}/{row['service']}/{when}/{row['starts']}/{row['ends']}"
    actions.make_offer(
        reference=reference("offer", f"{key}/{row['room']}/{row['person']}"),
        first_day=first_day,
        hours=_hours(row, first_day),
        by=by,
        at=_shortly_before(first_day),
        is_demo=True,
    )


def _publish(first_day: date, by: User) -> None:
    """Compose, agree, publish: once, for a published month stays as it is."""
    month, at = Month.objects.get(first_day=first_day), _shortly_before(first_day)
    if queries.is_published(first_day):
        return
    actions.compose_month(month=month, revision=month.revision, by=by, at=at)
    month.refresh_from_db()
    actions.agree_month(month=month, revision=month.revision, by=by, at=at)
    month.refresh_from_db()
    actions.publish_month(month=month, revision=month.revision, by=by, at=at)


def _notices(today: date, by: User, at: datetime) -> None:
    """For the house on the next open day; for one of today's slots each of the rest."""
    open_day = _next_open_day(today)
    free = iter(reversed(queries.slots_on(today, at)))
    for row in read("notices"):
        slot, day = None, open_day
        if row["kind"] in {Notice.Kind.CANCELLED, Notice.Kind.FULL}:
            shown = next(free, None)
            if shown is None:
                continue
            slot = queries.slots(month_of(today)).get(id=shown.id)
            day = today
        actions.post_notice(
            reference=reference("notice", f"{day}/{row['key']}"),
            kind=row["kind"] if slot else Notice.Kind.INFO,
            first_day=day,
            last_day=day,
            text=text(row["text"]),
            by=by,
            at=at,
            slot=slot,
            is_demo=True,
        )


def _next_open_day(today: date) -> date:
    """Today, or the next day on which the house is open."""
    days = queries.house_days([today + timedelta(days=n) for n in range(14)])
    return next((day for day, house in days.items() if house.is_open), today)
