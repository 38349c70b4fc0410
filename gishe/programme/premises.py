"""The house as its page shows it: hours and their changes, closed days, rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet

from gishe.programme import queries
from gishe.programme.models import (
    ClosedDay,
    House,
    HouseRoom,
    OpeningHours,
    month_after,
    month_of,
)
from gishe.programme.timetable import PublishedSlot, State, standing

Spans = tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class Weekday:
    """The hours of one weekday: now, from a day to come, until a day that was."""

    number: int
    now: Spans
    coming: tuple[tuple[date, Spans], ...]
    before: tuple[tuple[date, Spans], ...]


@dataclass(frozen=True)
class Misfit:
    """A published hour the house cannot hold: ``closed``, ``outside``, ``room``."""

    slot: PublishedSlot
    why: str


@dataclass(frozen=True)
class Premises:
    """Everything the page of the house shows."""

    revision: int
    weekdays: tuple[Weekday, ...]
    closed_days: tuple[ClosedDay, ...]
    rooms: tuple[HouseRoom, ...]
    misfits: tuple[Misfit, ...]

    @property
    def has_history(self) -> bool:
        return any(it.before for it in self.weekdays)


def premises(at: datetime) -> Premises:
    """The house as it stands ``at`` a moment in the city's local time."""
    today = at.date()
    rows = list(OpeningHours.objects.order_by("weekday", "opens", "id"))
    return Premises(
        revision=revision(),
        weekdays=tuple(_weekday(n, rows, today) for n in range(7)),
        closed_days=tuple(closed_days(today)),
        rooms=tuple(queries.every_room()),
        misfits=tuple(_misfits(at)) if rows else (),
    )


def revision() -> int:
    """How often hours were changed; a form says which of these it was made from."""
    house = House.objects.filter(id=1).first()
    return house.revision if house else 0


def closed_days(today: date) -> QuerySet[ClosedDay]:
    """Closed days from today on."""
    return ClosedDay.objects.filter(date__gte=today).order_by("date")


def _weekday(number: int, rows: Sequence[OpeningHours], today: date) -> Weekday:
    own = [it for it in rows if it.weekday == number]
    turns = {it.valid_from for it in own} | {it.valid_until for it in own}
    days = sorted(day for day in turns if day is not None)
    was = [day for day in days if day <= today]
    earlier = [None, *was[:-1]]
    return Weekday(
        number=number,
        now=_spans(own, today),
        coming=tuple((day, _spans(own, day)) for day in days if day > today),
        before=tuple(
            (until, held)
            for start, until in zip(earlier, was, strict=False)
            if (held := _spans(own, start))
        ),
    )


def _spans(rows: Sequence[OpeningHours], day: date | None) -> Spans:
    """The hours that hold on ``day``; None is the time before every change."""
    return tuple(
        (it.opens, it.closes)
        for it in rows
        if it.valid_from is None or (day is not None and it.valid_from <= day)
        if it.valid_until is None or day is None or day < it.valid_until
    )


def _misfits(at: datetime) -> list[Misfit]:
    """Published hours from now on that take place, but not in this house."""
    first = month_of(at.date())
    months = [queries.published(it) for it in (first, month_after(first))]
    slots = [s for month in months if month for s in month.slots]
    coming = sorted((s for s in slots if s.date >= at.date()), key=lambda s: s.order)
    if not coming:
        return []
    notices = queries.notices_between(coming[0].date, coming[-1].date)
    days = queries.house_days(sorted({slot.date for slot in coming}))
    rooms = {room.id for room in queries.rooms()}
    over = {State.OVER, State.CANCELLED}
    return [
        Misfit(slot, why)
        for slot in coming
        if standing(slot, notices, at).state not in over
        and (why := _why_not(slot, days[slot.date], rooms))
    ]


def _why_not(slot: PublishedSlot, day: queries.HouseDay, rooms: set[UUID]) -> str:
    if not day.is_open:
        return "closed"
    if not any(a <= slot.starts and slot.ends <= b for a, b in day.hours):
        return "outside"
    return "room" if slot.room and slot.room.id not in rooms else ""
