"""The published timetable as plain values: slots, what is different, what is on now.

Nothing here reads the database or the clock.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from gishe.foundation.translated import Translated

Day: TypeAlias = date  # values below have fields called ``date``


class State(StrEnum):
    """How a slot stands at a moment."""

    NOW = "now"
    LATER = "later"
    OVER = "over"
    CANCELLED = "cancelled"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a reference and a name: service, organization, room."""

    id: UUID
    name: Translated


@dataclass(frozen=True, slots=True)
class NoticeOfTheDay:
    """What is different from ``first_day`` to ``last_day``, both included."""

    id: UUID
    kind: str  # info, cancelled, full
    text: Translated
    first_day: date
    last_day: date
    posted_at: datetime
    service_id: UUID | None = None
    slot_id: UUID | None = None
    service_name: Translated | None = None
    is_demo: bool = False

    @property
    def is_for_the_house(self) -> bool:
        return self.service_id is None and self.slot_id is None

    def is_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def touches(self, slot: "PublishedSlot") -> bool:
        """Whether it speaks of this slot; a notice for the house speaks of all."""
        return self.is_on(slot.date) and (
            self.is_for_the_house
            or self.slot_id == slot.id
            or self.service_id == slot.service.id
        )


@dataclass(frozen=True, slots=True)
class PublishedSlot:
    """One dated line of the published month; hours are the city's local time."""

    id: UUID
    date: date
    starts: time
    ends: time
    service: Named
    organization: Named
    room: Named | None
    languages: tuple[str, ...]
    needs: tuple[str, ...]
    places: int | None
    needs_booking: bool
    is_demo: bool
    source: str
    state: State = State.LATER
    notices: tuple[NoticeOfTheDay, ...] = ()

    @property
    def order(self) -> tuple[Day, time, time, UUID]:
        return (self.date, self.starts, self.ends, self.id)


@dataclass(frozen=True)
class Choice:
    """What a reader wants to see of the month; None is everything."""

    language: str | None = None
    need: str | None = None
    weekday: int | None = None
    service: UUID | None = None
    organization: UUID | None = None

    def takes(self, slot: PublishedSlot) -> bool:
        return (
            (self.language is None or self.language in slot.languages)
            and (self.need is None or self.need in slot.needs)
            and (self.weekday is None or self.weekday == slot.date.weekday())
            and (self.service is None or self.service == slot.service.id)
            and (self.organization is None or self.organization == slot.organization.id)
        )

    def __bool__(self) -> bool:
        return self != Choice()


def standing(
    slot: PublishedSlot, notices: Iterable[NoticeOfTheDay], at: datetime
) -> PublishedSlot:
    """The slot as it stands at ``at``, a moment in the city's local time."""
    about = tuple(notice for notice in notices if notice.touches(slot))
    kinds = {notice.kind for notice in about}
    if "cancelled" in kinds:
        state = State.CANCELLED
    elif (slot.date, slot.ends) <= (at.date(), at.time()):
        state = State.OVER
    elif "full" in kinds:
        state = State.FULL
    elif (slot.date, slot.starts) <= (at.date(), at.time()):
        state = State.NOW
    else:
        state = State.LATER
    own = tuple(notice for notice in about if not notice.is_for_the_house)
    return replace(slot, state=state, notices=own)


def by_day(slots: Iterable[PublishedSlot]) -> list[tuple[date, list[PublishedSlot]]]:
    """Slots under their days, both in order."""
    days: dict[date, list[PublishedSlot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.order):
        days[slot.date].append(slot)
    return sorted(days.items())


@dataclass(frozen=True)
class Regular:
    """The same hours on several dates of one weekday, as a wall poster says it."""

    slot: PublishedSlot
    weekday: int
    dates: tuple[date, ...]
    is_every_week: bool


def regulars(
    slots: Iterable[PublishedSlot], open_days: Sequence[date]
) -> list[Regular]:
    """The month by weekday and hour; ``is_every_week``: on all its open days."""
    found: dict[tuple[object, ...], list[PublishedSlot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.order):
        room = slot.room.id if slot.room else None
        key = (
            slot.date.weekday(),
            slot.starts,
            slot.ends,
            slot.service.id,
            slot.organization.id,
            room,
            slot.languages,
            slot.needs_booking,
        )
        found[key].append(slot)
    lines = []
    for same in found.values():
        weekday = same[0].date.weekday()
        dates = tuple(slot.date for slot in same)
        possible = {day for day in open_days if day.weekday() == weekday}
        whole = len(possible) > 1 and possible <= set(dates)
        lines.append(Regular(same[0], weekday, dates, whole))
    return sorted(lines, key=lambda it: (it.weekday, it.slot.starts, it.slot.order))


def by_hour(lines: Iterable[Regular]) -> list[tuple[time, list[Regular]]]:
    """Regular hours under the hour at which they start."""
    hours: dict[time, list[Regular]] = defaultdict(list)
    for line in lines:
        hours[line.slot.starts.replace(minute=0)].append(line)
    return sorted(hours.items())
