"""How good is a programme? Cover, fairness and regularity, each from 0 to 1."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gishe.core.planning._cover import Cell, Demand, cells_of, weight
from gishe.core.planning._offers import Offer, Premises


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What counts how much.

    ``cover``, ``fairness`` and ``regularity`` weigh the three parts of the score.
    ``steps`` are the values of the first, second, third ... cover of a cell on one
    date; they never rise, and covers beyond the last step are worth nothing.
    ``served`` is the value of a cell being covered at all in the month.
    ``fair_share`` is the share of asked hours, above 0 and at most 1, up to which
    every provider counts by itself.

    Raises ValueError for numbers that contradict this.
    """

    cover: float = 1.0
    fairness: float = 0.25
    regularity: float = 0.1
    served: float = 0.5
    steps: tuple[float, ...] = (1.0, 0.3, 0.1)
    fair_share: float = 0.5

    def __post_init__(self) -> None:
        parts = (self.fairness, self.regularity, self.served, *self.steps)
        falls = all(a >= b for a, b in zip(self.steps, self.steps[1:], strict=False))
        if self.cover <= 0 or min(parts) < 0:
            raise ValueError("Cover weighs more than 0, nothing less than 0.")
        if not self.steps or not falls:
            raise ValueError("A further cover of a cell never counts for more.")
        if not 0 < self.fair_share <= 1:
            raise ValueError("The fair share lies above 0 and is at most 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The parts of a programme's score, each from 0 to 1, and their weighted sum.

    ``cover``: of what all offers together would cover. ``fairness``: from the
    shares of asked hours that the providers get. ``regularity``: of the dates of
    weekly rules, those whose rule is taken whole.
    """

    cover: float
    fairness: float
    regularity: float
    total: float


class Yardstick:
    """What the offers could reach at best: the scale that a score is read on.

    Made of the offers that the calendar allows, rooms left aside, so that the
    scale stays the same when a room is added.
    """

    def __init__(
        self,
        offers: Sequence[Offer],
        premises: Premises,
        demand: Demand | None,
        weights: Weights,
    ) -> None:
        self.offers = offers
        self.weights = weights
        self.demand = demand
        self.dates = _dates_per_weekday(offers, premises)
        self.asked: Counter[str] = Counter()
        rules: dict[str, list[str]] = defaultdict(list)
        for offer in offers:
            self.asked[offer.provider] += offer.minutes
            if offer.rule is not None:
                rules[offer.rule].append(offer.id)
        self.rules: Mapping[str, Sequence[str]] = {
            rule: ids for rule, ids in rules.items() if len(ids) > 1
        }
        self.rule_dates = sum(len(ids) for ids in self.rules.values())
        self.reach = 0.0
        self.reach = Tally(self, offers).points

    def on_a_date(self, cell: Cell, covers: int) -> float:
        """Points for this many covers of a cell on one date."""
        share = weight(self.demand, cell[:2]) / self.dates[cell[2]]
        return share * sum(self.weights.steps[:covers])

    def in_the_month(self, cell: Cell) -> float:
        """Points for a cell being covered at all."""
        return weight(self.demand, cell[:2]) * self.weights.served


class Tally:
    """A programme in the making: offers go in and out, and the score follows."""

    def __init__(self, yardstick: Yardstick, offers: Iterable[Offer] = ()) -> None:
        self.yardstick = yardstick
        self.points = 0.0
        self._days: Counter[tuple[Cell, date]] = Counter()
        self._cells: Counter[Cell] = Counter()
        self._minutes: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        for offer in offers:
            self.put(offer)

    def put(self, offer: Offer) -> None:
        self._move(offer, 1)

    def take(self, offer: Offer) -> None:
        self._move(offer, -1)

    def swap(self, out: Collection[Offer], into: Collection[Offer]) -> None:
        for offer in out:
            self.take(offer)
        for offer in into:
            self.put(offer)

    def after(self, out: Collection[Offer], into: Collection[Offer]) -> Score:
        """The score if some offers made room for others."""
        points = self.points
        self.swap(out, into)
        score = self.score()
        self.swap(into, out)
        self.points = points  # no rounding is left behind
        return score

    def share(self, provider: str) -> float:
        """Of the hours this provider asked for, those it gets; from 0 to 1."""
        asked = self.yardstick.asked[provider]
        return self._minutes[provider] / asked if asked else 1.0

    def score(self) -> Score:
        yardstick, weights = self.yardstick, self.yardstick.weights
        cover = self.points / yardstick.reach if yardstick.reach else 1.0
        fairness = self._fairness()
        whole = sum(
            len(ids)
            for rule, ids in yardstick.rules.items()
            if self._rules[rule] == len(ids)
        )
        regularity = whole / yardstick.rule_dates if yardstick.rule_dates else 1.0
        return Score(
            cover=cover,
            fairness=fairness,
            regularity=regularity,
            total=weights.cover * cover
            + weights.fairness * fairness
            + weights.regularity * regularity,
        )

    def _fairness(self) -> float:
        shares = [self.share(provider) for provider in self.yardstick.asked]
        if not shares:
            return 1.0
        fair = self.yardstick.weights.fair_share
        on_the_way = sum(min(1.0, share / fair) for share in shares) / len(shares)
        return (min(shares) + on_the_way) / 2

    def _move(self, offer: Offer, step: int) -> None:
        for cell in cells_of(offer):
            day = (cell, offer.date)
            before = self._points_of(cell, day)
            self._days[day] += step
            self._cells[cell] += step
            self.points += self._points_of(cell, day) - before
        self._minutes[offer.provider] += step * offer.minutes
        if offer.rule is not None:
            self._rules[offer.rule] += step

    def _points_of(self, cell: Cell, day: tuple[Cell, date]) -> float:
        yardstick = self.yardstick
        served = yardstick.in_the_month(cell) if self._cells[cell] else 0.0
        return served + yardstick.on_a_date(cell, self._days[day])


def _dates_per_weekday(
    offers: Sequence[Offer], premises: Premises
) -> Mapping[int, int]:
    """How many dates of each weekday lie between the first offer and the last.

    Closed dates do not count. Each weekday counts one at least, for offers that
    are locked on a closed date.
    """
    if not offers:
        return {}
    first = min(offer.date for offer in offers)
    days = (max(offer.date for offer in offers) - first).days
    counts: Counter[int] = Counter()
    for weekday in range(7):
        offset = (weekday - first.weekday()) % 7
        counts[weekday] = (days - offset) // 7 + 1
    for closed in set(premises.closed):
        if first <= closed <= first + timedelta(days=days):
            counts[closed.weekday()] -= 1
    return {weekday: max(1, counts[weekday]) for weekday in range(7)}
