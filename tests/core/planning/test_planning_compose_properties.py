from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gishe.core.planning import Code, Premises, Weights, compose
from tests.core.planning.planning_reference import (
    calendar_allows,
    demands,
    doors_open,
    lawful_choices,
    meet,
    offer_lists,
    parts,
    premises_kinds,
    room_exists,
    shares,
    weight_kinds,
)

ABOUT = 1e-7
few = settings(max_examples=60, deadline=None)


def by_id(offers, ids):
    return [offer for offer in offers if offer.id in ids]


@few
@given(offer_lists(most=12), premises_kinds)
def test_nothing_in_a_programme_breaks_a_rule_unless_it_is_locked(offers, premises):
    month = compose(offers, premises=premises)

    chosen = by_id(offers, month.chosen)
    for one, other in combinations(chosen, 2):
        assert not meet(one, other) or (one.locked and other.locked)
    for offer in chosen:
        lawful = calendar_allows(offer, premises) and room_exists(offer, premises)
        assert offer.locked or lawful
    assert {offer.id for offer in offers if offer.locked} <= set(month.chosen)
    assert set(month.chosen) | month.left_out.keys() == {o.id for o in offers}
    assert not set(month.chosen) & month.left_out.keys()


@few
@given(st.data())
def test_the_order_of_the_offers_changes_nothing(data):
    offers = data.draw(offer_lists(most=10))
    premises = data.draw(premises_kinds)

    shuffled = data.draw(st.permutations(offers))

    assert compose(offers, premises=premises) == compose(shuffled, premises=premises)


@few
@given(offer_lists(), premises_kinds, demands, weight_kinds)
def test_it_finds_the_best_of_all_choices(offers, premises, demand, weights):
    month = compose(offers, premises=premises, demand=demand, weights=weights, gap=0.0)

    best = max(
        parts(choice, offers, premises, demand, weights)[3]
        for choice in lawful_choices(offers, premises)
    )
    assert month.score.total == pytest.approx(best, abs=ABOUT)
    assert month.bound == pytest.approx(best, abs=1e-5)


@few
@given(offer_lists(most=12), premises_kinds, demands, weight_kinds)
def test_the_score_is_what_its_definition_says(offers, premises, demand, weights):
    month = compose(offers, premises=premises, demand=demand, weights=weights)

    expected = parts(by_id(offers, month.chosen), offers, premises, demand, weights)
    score = month.score
    assert (
        score.cover,
        score.fairness,
        score.regularity,
        score.total,
    ) == pytest.approx(expected, abs=ABOUT)
    assert month.bound >= score.total - ABOUT
    assert month.gap <= 5e-3 + ABOUT


@few
@given(offer_lists(most=10))
def test_one_more_room_never_lowers_the_score(offers):
    smaller = compose(offers, premises=Premises(rooms=["1"]), gap=0.0)
    larger = compose(offers, premises=Premises(rooms=["1", "2"]), gap=0.0)

    assert larger.score.total >= smaller.score.total - ABOUT


@few
@given(offer_lists(most=10).filter(bool))
def test_a_room_of_its_own_for_one_offer_never_lowers_the_score(offers):
    moved = [replace(offers[0], room="a room of its own"), *offers[1:]]

    before, after = compose(offers, gap=0.0), compose(moved, gap=0.0)

    assert after.score.total >= before.score.total - ABOUT


@settings(max_examples=150, deadline=None)
@given(offer_lists(most=12), premises_kinds, demands, weight_kinds)
def test_every_reason_is_true(offers, premises, demand, weights):
    month = compose(offers, premises=premises, demand=demand, weights=weights)

    case = Case(offers, premises, demand, weights, by_id(offers, month.chosen))
    for id_, reasons in month.left_out.items():
        (offer,) = by_id(offers, [id_])
        assert reasons
        for reason in reasons:
            case.check(offer, reason)
        assert case.forbids(offer) == {r.code for r in reasons} & FORBIDDING
    for id_, reasons in month.clashes.items():
        (offer,) = by_id(offers, [id_])
        assert offer.locked
        assert {reason.code for reason in reasons} == case.forbids(offer)
        for reason in reasons:
            case.check(offer, reason)


FORBIDDING = {
    Code.CLOSED_DAY,
    Code.OUTSIDE_OPENING_HOURS,
    Code.ROOM_UNKNOWN,
    Code.ROOM_TAKEN,
    Code.PERSON_TWICE,
    Code.SAME_SERVICE_SAME_HOUR,
}


class Case:
    """Checks reasons against their definitions, with the slow reference."""

    def __init__(self, offers, premises, demand, weights, chosen):
        self.offers, self.premises = offers, premises
        self.demand, self.weights, self.chosen = demand, weights, chosen

    def forbids(self, offer):
        codes = set().union(
            *(meet(offer, other) for other in self.chosen if other is not offer)
        )
        if offer.date in self.premises.closed:
            codes.add(Code.CLOSED_DAY)
        if not doors_open(offer, self.premises):
            codes.add(Code.OUTSIDE_OPENING_HOURS)
        if not room_exists(offer, self.premises):
            codes.add(Code.ROOM_UNKNOWN)
        return codes

    def check(self, offer, reason):
        against = by_id(self.chosen, reason.offers)
        assert len(against) == len(reason.offers)
        if reason.code in FORBIDDING:
            self.check_forbidding(offer, reason, against)
        elif reason.code is Code.ADDS_NO_COVER:
            assert not self.forbids(offer)
            more = self.parts([*self.chosen, offer])
            assert more == pytest.approx(self.parts(self.chosen), abs=ABOUT)
            assert all(other.date == offer.date for other in against)
        else:
            self.check_preference(offer, reason.code, against)

    def check_forbidding(self, offer, reason, against):
        assert reason.room is None or reason.room == offer.room
        assert reason.date is None or reason.date == offer.date
        alike = [o for o in self.chosen if o is not offer]
        assert against == [o for o in alike if reason.code in meet(offer, o)]
        assert reason.code in self.forbids(offer)

    def check_preference(self, offer, code, against):
        assert against == [o for o in self.chosen if meet(offer, o)]
        assert not any(o.locked for o in against)
        swapped = [o for o in self.chosen if o not in against] + [offer]
        now, then = self.parts(self.chosen), self.parts(swapped)
        falls = [
            after < before - 1e-10 for before, after in zip(now, then, strict=True)
        ]
        match code:
            case Code.EQUALLY_GOOD:
                assert then[3] == pytest.approx(now[3], abs=ABOUT)
            case Code.OTHERS_COVER_MORE:
                assert falls[0]
                assert falls[3]
            case Code.PROVIDER_ALREADY_HAS_MORE | Code.LESS_FAIR:
                assert falls[1]
                assert falls[3]
                has_more = self.has_more(offer, against, swapped)
                assert has_more == (code is Code.PROVIDER_ALREADY_HAS_MORE)
            case Code.KEEPS_RULE_WHOLE:
                assert falls[2]
                assert falls[3]
            case _:
                pytest.fail(f"{code} is no preference")

    def has_more(self, offer, against, swapped):
        allowed = [
            o for o in self.offers if o.locked or calendar_allows(o, self.premises)
        ]
        has = shares(self.chosen, allowed)[offer.provider]
        keep = shares(swapped, allowed)
        others = {o.provider for o in against} - {offer.provider}
        return any(has > keep[other] + 1e-10 for other in others)

    def parts(self, chosen):
        return parts(chosen, self.offers, self.premises, self.demand, self.weights)


@few
@given(offer_lists(most=8), st.floats(0.0, 3.0))
def test_any_weight_of_fairness_gives_a_lawful_programme(offers, fairness):
    month = compose(offers, weights=Weights(fairness=fairness))

    assert month.gap <= 5e-3 + ABOUT
