"""Who finds help for what, in which language, on which day of the week?"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from gishe.core.planning._offers import Offer

Pair: TypeAlias = tuple[str, str]
Cell: TypeAlias = tuple[str, str, int]
Demand: TypeAlias = Mapping[Pair, float]
Name = TypeVar("Name", str, int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holes:
    """What nobody covers: cells (need, language, weekday), and counts of them.

    Weekdays run from 0, Monday, to 6. The three counts name every need, language
    and weekday that was asked about, with 0 where nothing is missing.
    """

    cells: tuple[Cell, ...]
    by_need: Mapping[str, int]
    by_language: Mapping[str, int]
    by_weekday: Mapping[int, int]


def holes(
    offers: Collection[Offer],
    needs: Collection[str],
    languages: Collection[str],
    weekdays: Collection[int],
    demand: Demand | None = None,
) -> Holes:
    """The cells need x language x weekday that none of the offers covers.

    A cell is covered as soon as one offer covers it on one date. Cells come in
    the order of the three lists. A pair (need, language) whose demand is 0 is no
    hole; a pair that ``demand`` does not name counts as asked for.
    """
    covered = {cell for offer in offers for cell in cells_of(offer)}
    cells = tuple(
        (need, language, weekday)
        for need in needs
        for language in languages
        for weekday in weekdays
        if weight(demand, (need, language)) > 0
        and (need, language, weekday) not in covered
    )
    return Holes(
        cells=cells,
        by_need=_count(needs, (cell[0] for cell in cells)),
        by_language=_count(languages, (cell[1] for cell in cells)),
        by_weekday=_count(weekdays, (cell[2] for cell in cells)),
    )


def cells_of(offer: Offer) -> Iterator[Cell]:
    """The cells that one offer covers."""
    for need in sorted(offer.needs):
        for language in sorted(offer.languages):
            yield need, language, offer.weekday


def weight(demand: Demand | None, pair: Pair) -> float:
    """How much a need in a language is asked for; 1 where nobody said."""
    return 1.0 if demand is None else demand.get(pair, 1.0)


def _count(names: Collection[Name], found: Iterator[Name]) -> dict[Name, int]:
    counts = Counter(found)
    return {name: counts[name] for name in names}
