"""The bridge to ``core.planning``: offers become values, its answer rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from gishe.core import planning
from gishe.directory import queries as directory
from gishe.directory.needs import Need
from gishe.foundation import languages
from gishe.programme import queries
from gishe.programme.models import HouseRoom, Offer, Slot, days_of


@dataclass(frozen=True)
class Line:
    """One date of one offer: what the coordinator sees and moves."""

    offer: Offer
    date: date
    slot: Slot | None = None

    @property
    def key(self) -> str:
        """The line's name in ``core.planning``."""
        return key(self.offer.id, self.date)

    @property
    def room(self) -> HouseRoom | None:
        return self.slot.room if self.slot else self.offer.room

    @property
    def is_in(self) -> bool:
        return bool(self.slot and self.slot.is_in)

    @property
    def is_new(self) -> bool:
        """Nobody has looked at it yet."""
        return self.slot is None

    @property
    def is_taken_out(self) -> bool:
        return bool(self.slot and not self.slot.is_in and self.slot.is_locked)


def key(offer_id: UUID, day: date) -> str:
    return f"{offer_id}:{day.isoformat()}"


def lines(first_day: date) -> list[Line]:
    """Every date of every offer that stands, by date and hour."""
    known = {(slot.offer_id, slot.date): slot for slot in queries.slots(first_day)}
    found = [
        Line(offer, day, known.get((offer.id, day)))
        for offer in queries.offers(first_day)
        for day in offer.dates
        if day >= offer.offered_at.date() or (offer.id, day) in known
    ]
    return sorted(found, key=lambda it: (it.date, it.offer.starts, it.key))


def value(line: Line) -> planning.Offer:
    """The line as ``core.planning`` reads it."""
    offer, room = line.offer, line.room
    person = offer.person.strip().casefold()
    return planning.Offer(
        id=line.key,
        provider=str(offer.organization_id),
        service=_kind(offer),
        needs=frozenset(directory.needs_of(offer.service)),
        languages=frozenset(offer.languages),
        date=line.date,
        starts=_minutes(offer.starts),
        ends=_minutes(offer.ends),
        room=str(room.id) if room else None,
        person=f"{offer.organization_id}:{person}" if person else None,
        places=offer.places,
        locked=bool(line.slot and line.slot.is_in and line.slot.is_locked),
        rule=str(offer.id) if offer.weekday is not None else None,
    )


def _kind(offer: Offer) -> str:
    """Two organizations give the same service when their cards bear the same name."""
    name = offer.service.name
    source = name.texts.get(name.source)
    return source.text.strip().casefold() if source else str(offer.service_id)


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def premises(first_day: date) -> planning.Premises:
    """The rooms, the opening hours as they hold in this month, the closed days."""
    days = queries.house_days(days_of(first_day))
    opening: dict[int, list[tuple[int, int]]] = {}
    for day, it in days.items():
        if it.hours:
            spans = [(_minutes(a), _minutes(b)) for a, b in it.hours]
            opening.setdefault(day.weekday(), spans)
    closed = [day for day, it in days.items() if it.why in ("holiday", "closed")]
    return planning.Premises(
        rooms=[str(room.id) for room in queries.rooms()],
        opening=opening or None,
        closed=frozenset(closed) if opening else frozenset(),
    )


def propose(first_day: date, found: Iterable[Line]) -> planning.Composition:
    """The proposal of ``core.planning``; what was taken out by hand stays out."""
    candidates = [value(line) for line in found if not line.is_taken_out]
    house = premises(first_day)
    return planning.compose(
        candidates,
        premises=house,
        needs=[need.value for need in Need],
        languages=languages.page_languages(),
        weekdays=open_weekdays(house),
    )


def open_weekdays(house: planning.Premises) -> list[int]:
    return sorted(house.opening) if house.opening else list(range(5))


def reasons_json(reasons: Iterable[planning.Reason]) -> list[dict[str, Any]]:
    """Reasons as a slot keeps them."""
    return [
        {
            "code": it.code.value,
            "offers": list(it.offers),
            "date": it.date.isoformat() if it.date else None,
        }
        for it in reasons
    ]


def clashes(found: Iterable[Line]) -> tuple[planning.Conflict, ...]:
    """Pairs of lines that cannot both take place."""
    return planning.conflicts([value(line) for line in found])


def missing(first_day: date, found: Iterable[Line]) -> planning.Holes:
    """Needs, languages and weekdays that none of these lines covers."""
    house = premises(first_day)
    return planning.holes(
        [value(line) for line in found],
        [need.value for need in Need],
        languages.page_languages(),
        open_weekdays(house),
    )
