"""What would have to change to open a route: the fewest facts.

First facts are set free, a bundle of them in each lane: what may be true of some value,
is. That tells which facts every plan needs and which bundles could open the route at
all. Then the values of a bundle are tried, again a lane for each combination.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from itertools import combinations, islice, pairwise
from math import inf, nextafter, prod

from gishe.core.rules._facts import Fact, Known, shown_value
from gishe.core.rules._lanes import combined, interpret, product, run_lanes
from gishe.core.rules._law import OPEN_ENDS, Way
from gishe.core.rules._nodes import Node, simplify
from gishe.core.rules._on_day import NO, YES, holds, while_missing
from gishe.core.rules._person import Facts
from gishe.core.rules._program import Program
from gishe.core.rules._sets import Stretches, Words
from gishe.core.rules._standing import Standing

OPENED = OPEN_ENDS[-2]  # the worst end with which a person may work
MOST_BUNDLES, MOST_TRIED, MOST_LANES, MOST_PLANS = 1 << 14, 200, 1 << 14, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact that would have to be something else; ``now`` None: not known today."""

    fact: str
    now: object
    then: object


def smallest_change(standing: Standing, way: Way) -> list[Change] | None:
    """The fewest facts that would have to change for the route to be open today.

    Only facts that can change; of as few facts those that are asked first, with the
    values nearest to today's. None if no change is enough. What is computed from other
    facts is taken to stay as it is, and a plan with which it does not is left out. None
    also where more than 16,384 bundles of equally many facts come into question, or the
    first 200 of them that seem possible turn out not to be.
    """
    return Openings(standing).smallest(way)


class Openings:
    """Looks for plans that open routes; shares what all routes of a person need."""

    def __init__(self, standing: Standing) -> None:
        self.standing, self.bound = standing, standing.bound
        self.program: Program = standing.bound.program
        self.facts: dict[int, Fact] = {
            index: fact
            for index, column in enumerate(self.program.columns)
            if (fact := standing.law.facts.get(column.name)) is not None
            and (fact.changeable or fact.name not in standing.facts.known)
        }

    def smallest(self, way: Way) -> list[Change] | None:
        output = self.program.outputs[f"{way.name}/{OPENED}"]
        if self.standing.steps[output] == YES:
            return []
        for bundle in islice(self._bundles(output), MOST_TRIED):
            for plan in islice(self._plans(bundle, output), MOST_PLANS):
                if self._opens(simplify(way.ends[OPENED]), plan):
                    return [self._change(name, plan[name]) for name in sorted(plan)]
        return None

    @cached_property
    def _leaving_out(self) -> dict[str, int]:
        """Lane 0: all facts are free. Lane 1, 2, …: all but the first, second, …"""
        lanes = 1 + len(self.facts)
        every = (1 << lanes) - 1
        free = {c: every ^ 1 << at for at, c in enumerate(self.facts, 1)}
        return self._freed(free, lanes)

    def _freed(self, free: dict[int, int], lanes: int) -> dict[str, int]:
        """The program where columns are free in some lanes: what may be true, is."""
        every = (1 << lanes) - 1
        literals = [every if value == YES else 0 for value in self.standing.base]
        for column, mask in free.items():
            for index in self._reached[column]:
                literals[index] |= mask
        return interpret(self.program, literals, every, 0)

    @cached_property
    def _reached(self) -> dict[int, list[int]]:
        """The literals that some value of a column makes true."""
        sets = self.bound.sets
        return {
            column: [
                index
                for index in self.program.columns[column].literals
                if while_missing(fact.domain(), sets[index]) != NO
            ]
            for column, fact in self.facts.items()
        }

    def _bundles(self, output: str) -> Iterator[tuple[int, ...]]:
        """Columns that could open the route together, the fewest first."""
        without = self._leaving_out[output]
        if not without & 1:
            return
        must = [c for at, c in enumerate(self.facts, 1) if not without >> at & 1]
        met = self.program.literals_of(output)
        rest = [
            c
            for c in self.facts
            if c not in must and met.intersection(self.program.columns[c].literals)
        ]
        for more in range(0 if must else 1, len(rest) + 1):
            found = [*islice(combinations(rest, more), MOST_BUNDLES + 1)]
            if len(found) > MOST_BUNDLES:
                return
            bundles = sorted(((*must, *some) for some in found), key=self._price)
            yield from self._possible(bundles, output)

    def _price(self, bundle: Iterable[int]) -> float:
        asked = (self.facts[column].question for column in bundle)
        return sum(question.order if question else 1e3 for question in asked)

    def _possible(
        self, bundles: Sequence[tuple[int, ...]], output: str
    ) -> Iterator[tuple[int, ...]]:
        free: dict[int, int] = {}
        for lane, bundle in enumerate(bundles):
            for column in bundle:
                free[column] = free.get(column, 0) | 1 << lane
        opened = self._freed(free, len(bundles))[output]
        return (bundle for lane, bundle in enumerate(bundles) if opened >> lane & 1)

    def _plans(
        self, bundle: tuple[int, ...], output: str
    ) -> Iterator[dict[str, Known]]:
        """Values of the bundle's facts that make the route certain."""
        met = self.program.literals_of(output)
        values = {column: self._values(column, met) for column in bundle}
        if not 0 < prod(map(len, values.values())) <= MOST_LANES:
            return
        supposed, lanes = product(self.bound, bundle, values)
        found = run_lanes(self.bound, self.standing.base, supposed, lanes)[output]
        opened = found >> lanes
        for lane in range(lanes):
            if opened >> lane & 1:
                yield {
                    self.facts[part.column].name: values[part.column][part.which[lane]]
                    for part in supposed
                }

    def _values(self, column: int, met: frozenset[int]) -> list[Known]:
        """Other values, one of each kind that the route tells apart, nearest first."""
        fact, literals = self.facts[column], self.program.columns[column].literals
        sets = [self.bound.sets[index] for index in literals if index in met]
        seen = {tuple(self.standing.base[i] for i in literals if i in met)}
        found: list[Known] = []
        for value in self._nearest_first(fact, sets):
            row = tuple(holds(value, among) for among in sets)
            if row not in seen:
                seen.add(row)
                found.append(value)
        return found

    def _nearest_first(
        self, fact: Fact, sets: Sequence[Stretches | Words]
    ) -> list[Known]:
        if not fact.is_ordered:
            named = {str(w) for s in sets if isinstance(s, Words) for w in s.listed}
            if fact.many:
                return combined(sorted(named)) or [(word,) for word in sorted(named)]
            return [*(fact.all_values() or sorted(named))]
        domain, now = fact.domain(), self.standing.facts.known.get(fact.name)
        usual = self.standing.facts.as_of if fact.type == "date" else fact.minimum or 0
        start = now if isinstance(now, (int, float)) else usual
        some = [s for s in (*sets, domain) if isinstance(s, Stretches)]
        edges = [-inf, *sorted({cut for s in some for cut in s.cuts}), inf]
        near = [nearest_in(low, high, start, fact) for low, high in pairwise(edges)]
        near.sort(key=lambda value: abs(value - start))
        return [value for value in near if value in domain]

    def _opens(self, node: Node, plan: dict[str, Known]) -> bool:
        given = {**self.standing.given, **plan}
        facts = Facts(self.standing.law, given, self.standing.facts.as_of)
        return facts.value(node) == YES

    def _change(self, name: str, value: Known) -> Change:
        fact = self.standing.law.facts[name]
        now = shown_value(fact, self.standing.facts.known.get(name))
        return Change(fact=name, now=now, then=shown_value(fact, value))


def nearest_in(low: float, high: float, start: float, fact: Fact) -> float:
    """The number in [low, high) that is nearest to ``start``, written plainly."""
    if low <= start < high:
        return start
    if fact.is_whole:
        return int(low if start < low else high - 1)
    return _plain_above(low, high) if start < low else _plain_below(low, high)


def _plain_above(low: float, high: float) -> float:
    """1.5 for "at least 1.5", 1.51 for "more than 1.5"."""
    if not _is_plainer(nextafter(low, -inf), low):
        return low
    for unit in _units():
        value = float(
            ((Decimal(repr(low)) / unit).to_integral_value(ROUND_FLOOR) + 1) * unit
        )
        if low <= value < high:
            return value
    return low


def _plain_below(low: float, high: float) -> float:
    """1.5 for "at most 1.5", 1.49 for "less than 1.5"."""
    below = nextafter(high, -inf)
    if _is_plainer(below, high):
        return below
    for unit in _units():
        value = float(
            ((Decimal(repr(high)) / unit).to_integral_value(ROUND_CEILING) - 1) * unit
        )
        if low <= value < high:
            return value
    return below


def _is_plainer(one: float, other: float) -> bool:
    return len(repr(one)) < len(repr(other))


def _units() -> Iterator[Decimal]:
    """A hundredth, a thousandth, …"""
    return (Decimal(1).scaleb(-digits) for digits in range(2, 15))
