"""Finishing a solution by hand: no single exchange may still make it better."""

from collections.abc import Collection, Sequence

from gishe.core.planning._conflicts import Rivals
from gishe.core.planning._offers import Offer
from gishe.core.planning._score import Score, Tally, Yardstick

SAME = 1e-9
"""Totals closer than this are equal."""
ROUNDS = 100


class Draft:
    """A programme without conflicts between free offers, and those that may join.

    ``rivals`` gives for each id the conflicts as pairs of code and id.
    """

    def __init__(
        self,
        yardstick: Yardstick,
        candidates: Sequence[Offer],
        rivals: Rivals,
        taken: Collection[str],
    ) -> None:
        self.candidates = candidates
        self.rivals = rivals
        self.chosen = {offer.id: offer for offer in candidates if offer.id in taken}
        self.tally = Tally(yardstick, self.chosen.values())

    def standing_against(self, offer: Offer) -> tuple[Offer, ...]:
        """The chosen offers that cannot take place beside this one."""
        ids = {rival for _, rival in self.rivals.get(offer.id, ())}
        return tuple(self.chosen[id_] for id_ in sorted(ids & self.chosen.keys()))

    def exchange(self, out: Collection[Offer], into: Collection[Offer]) -> None:
        self.tally.swap(out, into)
        for offer in out:
            del self.chosen[offer.id]
        self.chosen |= {offer.id: offer for offer in into}

    def gain(self, out: Collection[Offer], into: Collection[Offer]) -> float:
        """By how much an exchange would raise the total."""
        return self.tally.after(out, into).total - self.score.total

    @property
    def score(self) -> Score:
        return self.tally.score()


def improve(draft: Draft) -> Draft:
    """Exchange until no offer could come in, with its rivals out, for the better.

    The solver stops within its gap; this closes what one exchange can close, and
    drops every offer that adds nothing. What is left out afterwards has a reason.
    """
    for _ in range(ROUNDS):
        if not (_bring_in(draft) or _drop_idle(draft)):
            break
    return draft


def _bring_in(draft: Draft) -> bool:
    changed = False
    for offer in draft.candidates:
        if offer.id not in draft.chosen:
            out = draft.standing_against(offer)
            gain = draft.gain(out, [offer])
            if gain > SAME or (gain > -SAME and _wins_tie(offer, out)):
                draft.exchange(out, [offer])
                changed = True
    return changed


def _wins_tie(offer: Offer, out: Collection[Offer]) -> bool:
    """More places decide between equals, where everybody has said how many."""
    places = [other.places for other in out if other.places is not None]
    return (
        offer.places is not None
        and 0 < len(places) == len(out)
        and offer.places > sum(places)
    )


def _drop_idle(draft: Draft) -> bool:
    changed = False
    for offer in reversed(draft.candidates):
        in_by_choice = offer.id in draft.chosen and not offer.locked
        if in_by_choice and draft.gain([offer], []) > -SAME:
            draft.exchange([offer], [])
            changed = True
    return changed
