"""What is put on the table: the offered hours, and the premises that hold them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Hours that a provider is ready to work on one date.

    ``starts`` and ``ends`` are minutes from midnight, the end not included: an
    offer until 600 and one from 600 do not meet. ``person`` identifies the one
    who works the hours and must be unique among all providers: a name is not
    enough. ``room`` is None for hours online or in no particular room. ``rule``
    links the dates of one weekly rule. ``places`` only decides ties. A ``locked``
    offer was put in by the coordinator's own hand and stays in.

    Raises ValueError for hours that are empty or outside the day.
    """

    id: str
    provider: str
    service: str
    needs: frozenset[str]
    languages: frozenset[str]
    date: date
    starts: int
    ends: int
    room: str | None = None
    person: str | None = None
    places: int | None = None
    locked: bool = False
    rule: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.starts < self.ends <= MINUTES_A_DAY:
            raise ValueError(
                f"Offer {self.id}: from {self.starts} to {self.ends} minutes is not"
                " a span of time inside one day."
            )

    @property
    def weekday(self) -> int:
        """0 for Monday to 6 for Sunday."""
        return self.date.weekday()

    @property
    def minutes(self) -> int:
        return self.ends - self.starts

    @property
    def order(self) -> tuple[Any, ...]:
        """The one order in which offers are read, whatever order they came in."""
        return (self.date, self.starts, self.ends, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """The rooms, and when the doors are open.

    ``rooms`` None: every room that an offer names exists. ``opening`` gives for
    each weekday (0 is Monday) its spans in minutes from midnight; a weekday that
    is missing is closed all day, and None means open at any hour. ``closed`` are
    the dates without a programme, such as public holidays.
    """

    rooms: Collection[str] | None = None
    opening: Mapping[int, Sequence[tuple[int, int]]] | None = None
    closed: Collection[date] = frozenset()

    def has_room(self, room: str | None) -> bool:
        return room is None or self.rooms is None or room in self.rooms

    def is_open(self, weekday: int, starts: int, ends: int) -> bool:
        """Do the doors stand open from start to end, without a break?"""
        if self.opening is None:
            return True
        reached = starts
        for opens, closes in sorted(self.opening.get(weekday, ())):
            if opens <= reached < closes:
                reached = closes
        return reached >= ends

    def lets_in(self, offer: Offer) -> bool:
        """Does the calendar allow the offer? Rooms are another question."""
        return offer.date not in self.closed and self.is_open(
            offer.weekday, offer.starts, offer.ends
        )


def in_order(offers: Collection[Offer]) -> tuple[Offer, ...]:
    """The offers by date and hour. Raises ValueError when an id comes twice."""
    ordered = tuple(sorted(offers, key=lambda offer: offer.order))
    seen: set[str] = set()
    for offer in ordered:
        if offer.id in seen:
            raise ValueError(f"Offer {offer.id} is given twice.")
        seen.add(offer.id)
    return ordered
