"""The mixed-integer programme behind composing, solved by HiGHS."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from gishe.core.planning._conflicts import cliques
from gishe.core.planning._cover import cells_of
from gishe.core.planning._offers import Offer
from gishe.core.planning._score import Yardstick


@dataclass(frozen=True, slots=True)
class Solution:
    """The offers that the solver takes, and a total that no programme exceeds."""

    taken: frozenset[str]
    bound: float


@dataclass(slots=True)
class _Model:
    """Columns with a gain and bounds, rows with a limit from above."""

    gain: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)

    def column(self, gain: float, *, least: float = 0.0, whole: bool = False) -> int:
        self.gain.append(gain)
        self.least.append(least)
        self.most.append(1.0)
        self.whole.append(int(whole))
        return len(self.gain) - 1

    def row(self, terms: Mapping[int, float], limit: float) -> None:
        number = len(self.limits)
        self.limits.append(limit)
        self.entries.extend((number, column, by) for column, by in terms.items())

    def constraints(self) -> LinearConstraint | tuple[()]:
        if not self.limits:
            return ()
        rows, columns, values = zip(*self.entries, strict=True)
        matrix = coo_array(
            (values, (rows, columns)), shape=(len(self.limits), len(self.gain))
        )
        return LinearConstraint(matrix.tocsr(), ub=np.array(self.limits))


def solve(
    yardstick: Yardstick, offers: Sequence[Offer], *, seconds: float, gap: float
) -> Solution:
    """The best choice among ``offers``, which hold the locked ones.

    Stops when the choice is proved to be within ``gap`` (a share of its total) of
    the best one, or after ``seconds``. Should no choice be found by then, only
    the locked offers are taken and the bound is infinite.
    """
    locked = frozenset(offer.id for offer in offers if offer.locked)
    model = _Model()
    takes = {
        offer.id: model.column(0.0, least=float(offer.locked), whole=True)
        for offer in offers
    }
    for clique in cliques([offer for offer in offers if not offer.locked]):
        model.row({takes[offer.id]: 1.0 for offer in clique}, 1.0)
    base = _add_cover(model, yardstick, offers, takes)
    base += _add_fairness(model, yardstick, offers, takes)
    base += _add_regularity(model, yardstick, takes)
    if not offers:
        return Solution(locked, base)
    answer = milp(
        -np.array(model.gain),
        integrality=np.array(model.whole),
        bounds=Bounds(np.array(model.least), np.array(model.most)),
        constraints=model.constraints(),
        options={"time_limit": seconds, "mip_rel_gap": gap},
    )
    if answer.x is None:
        return Solution(locked, float("inf"))
    taken = frozenset(id_ for id_, column in takes.items() if answer.x[column] > 0.5)
    return Solution(taken, base - float(answer.mip_dual_bound))


def _add_cover(
    model: _Model,
    yardstick: Yardstick,
    offers: Sequence[Offer],
    takes: Mapping[str, int],
) -> float:
    """Steps of falling value for each set of offers that cover the same cells."""
    if not yardstick.reach:
        return yardstick.weights.cover
    scale = yardstick.weights.cover / yardstick.reach
    days, cells = defaultdict(list), defaultdict(list)
    for offer in offers:
        for cell in cells_of(offer):
            days[cell, offer.date].append(takes[offer.id])
            cells[cell].append(takes[offer.id])
    values: dict[tuple[int, ...], list[float]] = defaultdict(list)
    steps = len(yardstick.weights.steps)
    for (cell, _), columns in days.items():
        points = [yardstick.on_a_date(cell, covers) for covers in range(steps + 1)]
        _pile(values[tuple(columns)], np.diff(points) * scale)
    for cell, columns in cells.items():
        _pile(values[tuple(columns)], [yardstick.in_the_month(cell) * scale])
    for taking, gains in values.items():
        if len(taking) == 1:
            model.gain[taking[0]] += gains[0]
        else:
            _add_steps(model, taking, gains[: len(taking)])
    return 0.0


def _pile(pile: list[float], gains: Collection[float]) -> None:
    """Add gains to those of the same step; the first step is the first."""
    pile.extend([0.0] * (len(gains) - len(pile)))
    for number, gain in enumerate(gains):
        pile[number] += float(gain)


def _add_steps(model: _Model, taking: Sequence[int], gains: Sequence[float]) -> None:
    """Columns worth ``gains`` in turn, as many as there are offers taken.

    They fall, so the solver fills the first before the second without being told,
    and they need not be whole numbers.
    """
    terms = {model.column(gain): 1.0 for gain in gains if gain > 0}
    if terms:
        model.row(terms | {column: -1.0 for column in taking}, 0.0)


def _add_fairness(
    model: _Model,
    yardstick: Yardstick,
    offers: Sequence[Offer],
    takes: Mapping[str, int],
) -> float:
    """One column for the worst share, one a provider for its way to a fair share."""
    weights, providers = yardstick.weights, yardstick.asked
    if not providers:
        return weights.fairness
    shares: dict[str, dict[int, float]] = {provider: {} for provider in providers}
    for offer in offers:
        part = offer.minutes / providers[offer.provider]
        shares[offer.provider][takes[offer.id]] = -part
    worst = model.column(weights.fairness / 2)
    for share in shares.values():
        model.row({worst: 1.0} | share, 0.0)
        on_the_way = model.column(weights.fairness / 2 / len(providers))
        model.row({on_the_way: weights.fair_share} | share, 0.0)
    return 0.0


def _add_regularity(
    model: _Model, yardstick: Yardstick, takes: Mapping[str, int]
) -> float:
    """A column for each weekly rule, at most as large as each of its dates."""
    if not yardstick.rule_dates:
        return yardstick.weights.regularity
    scale = yardstick.weights.regularity / yardstick.rule_dates
    for ids in yardstick.rules.values():
        if all(id_ in takes for id_ in ids):
            whole = model.column(scale * len(ids))
            for id_ in ids:
                model.row({whole: 1.0, takes[id_]: -1.0}, 0.0)
    return 0.0
