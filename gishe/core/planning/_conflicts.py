"""Which offers cannot both take place?"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeAlias

from gishe.core.planning._offers import Offer, in_order
from gishe.core.planning._reasons import Code

Rivals: TypeAlias = Mapping[str, tuple[tuple[Code, str], ...]]


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Two offers that cannot both take place, and why; the earlier one first.

    ``code`` is ``room_taken``, ``person_twice`` or ``same_service_same_hour``.
    """

    first: str
    second: str
    code: Code


def conflicts(offers: Collection[Offer]) -> tuple[Conflict, ...]:
    """All pairs of offers that cannot both take place, by date and hour.

    Sweeps once over each room, person and service of each date, so the time is
    that of sorting the offers and of writing the answer (n log n + pairs).

    Raises ValueError when two offers share an id.
    """
    ordered = in_order(offers)
    place = {offer.id: number for number, offer in enumerate(ordered)}
    found = (
        Conflict(standing.id, offer.id, code)
        for code, offer, others in _meetings(ordered)
        for standing in others
    )
    return tuple(sorted(found, key=lambda c: (place[c.first], place[c.second], c.code)))


def cliques(offers: Collection[Offer]) -> tuple[tuple[Offer, ...], ...]:
    """Sets of offers of which one at most can take place.

    Whatever meets at one moment excludes each other all together; one constraint
    on such a set is stronger than one on each of its pairs.
    """
    return tuple((*others, offer) for _, offer, others in _meetings(offers))


def against(offers: Collection[Offer]) -> Rivals:
    """For each offer: what stands against it, as pairs of code and id."""
    table: dict[str, list[tuple[Code, str]]] = defaultdict(list)
    for pair in conflicts(offers):
        table[pair.first].append((pair.code, pair.second))
        table[pair.second].append((pair.code, pair.first))
    return {offer: tuple(sorted(pairs)) for offer, pairs in table.items()}


def _meetings(
    offers: Collection[Offer],
) -> Iterator[tuple[Code, Offer, tuple[Offer, ...]]]:
    """Every offer with those that are under way in its place when it starts."""
    claims = chain.from_iterable(
        ((claim, offer) for claim in _claims(offer)) for offer in offers
    )
    groups: dict[tuple[Code, str, date], list[Offer]] = defaultdict(list)
    for claim, offer in claims:
        groups[claim].append(offer)
    for (code, _, _), group in groups.items():
        under_way: list[Offer] = []
        for offer in sorted(group, key=lambda offer: offer.order):
            under_way = [other for other in under_way if other.ends > offer.starts]
            if under_way:
                yield code, offer, tuple(under_way)
            under_way.append(offer)


def _claims(offer: Offer) -> Iterator[tuple[Code, str, date]]:
    """What the offer takes for itself alone while it lasts."""
    if offer.room is not None:
        yield Code.ROOM_TAKEN, offer.room, offer.date
    if offer.person is not None:
        yield Code.PERSON_TWICE, offer.person, offer.date
    yield Code.SAME_SERVICE_SAME_HOUR, offer.service, offer.date
