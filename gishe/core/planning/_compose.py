"""Composing the month: which of the offered hours make the best programme?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gishe.core.planning._conflicts import Rivals, against
from gishe.core.planning._cover import Demand, Holes, holes
from gishe.core.planning._explain import rules_broken, why_left_out
from gishe.core.planning._improve import Draft, improve
from gishe.core.planning._model import solve
from gishe.core.planning._offers import Offer, Premises, in_order
from gishe.core.planning._reasons import Reason
from gishe.core.planning._score import Score, Tally, Weights, Yardstick

MONDAY_TO_FRIDAY = range(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A proposal for the month; the coordinator decides.

    ``chosen``: ids by date and hour. ``left_out``: every other offer, with all
    that stands against it. ``clashes``: locked offers that break a rule of the
    house or stand in each other's way; they are in all the same, and someone has
    to settle them. ``bound``: a total that no programme of these offers exceeds.
    """

    chosen: tuple[str, ...]
    left_out: Mapping[str, tuple[Reason, ...]]
    clashes: Mapping[str, tuple[Reason, ...]]
    score: Score
    bound: float
    holes: Holes

    @property
    def gap(self) -> float:
        """How far the best programme may lie above this one, as a share of it."""
        return max(0.0, self.bound - self.score.total) / (self.score.total or 1.0)


def compose(
    offers: Collection[Offer],
    *,
    premises: Premises | None = None,
    demand: Demand | None = None,
    needs: Sequence[str] | None = None,
    languages: Sequence[str] | None = None,
    weekdays: Sequence[int] | None = None,
    weights: Weights | None = None,
    seconds: float = 20.0,
    gap: float = 5e-3,
) -> Composition:
    """Propose which offers to take, and say why the others are left out.

    ``demand`` weighs pairs (need, language); a pair it does not name weighs 1.
    ``needs``, ``languages`` and ``weekdays`` say where to look for holes; without
    them, whatever the offers and the demand name, and the days the doors are open
    (Monday to Friday and the offers' own days, if no hours are given).

    Solves to within ``gap`` of the best total. The same offers in any order give
    the same answer unless ``seconds`` run out first, which a small ``gap`` may
    cause; ``Composition.gap`` tells how close the answer is proved to be.

    Raises ValueError when two offers share an id, or a demand or limit is senseless.
    Source: weighted set packing with maximum coverage, see
    docs/algorithms/composing.md.
    """
    if seconds <= 0 or gap < 0:
        raise ValueError("Composing takes some seconds, and no gap below 0.")
    if demand is not None and min(demand.values(), default=0.0) < 0:
        raise ValueError("A demand is never less than 0.")
    premises, ordered = premises or Premises(), in_order(offers)
    rivals = against(ordered)
    allowed = [o for o in ordered if o.locked or premises.lets_in(o)]
    candidates = _candidates(allowed, premises, rivals)
    yardstick = Yardstick(allowed, premises, demand, weights or Weights())
    solution = solve(yardstick, candidates, seconds=seconds, gap=gap)
    draft = improve(Draft(yardstick, candidates, rivals, solution.taken))
    chosen = tuple(offer for offer in ordered if offer.id in draft.chosen)
    missing = holes(
        chosen,
        _named(needs, ordered, demand, 0),
        _named(languages, ordered, demand, 1),
        _weekdays(ordered, premises) if weekdays is None else weekdays,
        demand,
    )
    return Composition(
        chosen=tuple(offer.id for offer in chosen),
        left_out=_left_out(ordered, premises, draft),
        clashes=_clashes(chosen, premises, draft),
        score=Tally(yardstick, chosen).score(),
        bound=solution.bound,
        holes=missing,
    )


def _left_out(
    offers: Collection[Offer], premises: Premises, draft: Draft
) -> Mapping[str, tuple[Reason, ...]]:
    return {
        offer.id: why_left_out(offer, premises, draft)
        for offer in offers
        if offer.id not in draft.chosen
    }


def _clashes(
    chosen: Collection[Offer], premises: Premises, draft: Draft
) -> Mapping[str, tuple[Reason, ...]]:
    """Only locked offers can stand in a programme against a rule of the house."""
    broken = {offer.id: rules_broken(offer, premises, draft) for offer in chosen}
    return {id_: reasons for id_, reasons in broken.items() if reasons}


def _candidates(
    allowed: Sequence[Offer], premises: Premises, rivals: Rivals
) -> list[Offer]:
    """Those that could come in: with a room, and not against a locked offer."""
    locked = {offer.id for offer in allowed if offer.locked}
    return [
        offer
        for offer in allowed
        if offer.locked
        or (
            premises.has_room(offer.room)
            and not any(rival in locked for _, rival in rivals.get(offer.id, ()))
        )
    ]


def _named(
    given: Sequence[str] | None,
    offers: Collection[Offer],
    demand: Demand | None,
    side: int,
) -> Sequence[str]:
    """The needs (side 0) or languages (side 1) to look for holes in."""
    if given is not None:
        return given
    offered = {
        name for offer in offers for name in (offer.needs, offer.languages)[side]
    }
    return sorted(offered | {pair[side] for pair in demand or {}})


def _weekdays(offers: Collection[Offer], premises: Premises) -> Sequence[int]:
    if premises.opening is not None:
        return sorted(day for day, spans in premises.opening.items() if spans)
    return sorted({*MONDAY_TO_FRIDAY, *(offer.weekday for offer in offers)})
