from itertools import combinations

import pytest
from hypothesis import given

from gishe.core.planning import Code, Conflict, Premises, conflicts
from tests.core.planning.planning_reference import (
    NEXT_WEDNESDAY,
    THURSDAY,
    an_offer,
    meet,
    offer_lists,
)


def test_two_offers_in_one_room_at_one_hour_conflict():
    early = an_offer("early", room="1", starts=600, ends=720)
    late = an_offer("late", room="1", starts=700, ends=800)

    assert conflicts([late, early]) == (Conflict("early", "late", Code.ROOM_TAKEN),)


def test_an_offer_may_start_when_the_one_before_it_ends():
    first = an_offer("first", room="1", person="Ines", starts=600, ends=720)
    second = an_offer("second", room="1", person="Ines", starts=720, ends=780)

    assert conflicts([first, second]) == ()


def test_online_offers_do_not_share_a_room():
    assert conflicts([an_offer("a", room=None), an_offer("b", room=None)]) == ()


@pytest.mark.parametrize("day", [THURSDAY, NEXT_WEDNESDAY])
def test_another_date_is_no_conflict(day):
    one = an_offer("one", room="1", person="Ines", service="law")
    other = an_offer("other", room="1", person="Ines", service="law", date=day)

    assert conflicts([one, other]) == ()


def test_a_pair_is_named_once_for_each_ground():
    one = an_offer("one", room="1", person="Ines", service="law")
    other = an_offer("other", room="1", person="Ines", service="law")

    assert [pair.code for pair in conflicts([one, other])] == [
        Code.PERSON_TWICE,
        Code.ROOM_TAKEN,
        Code.SAME_SERVICE_SAME_HOUR,
    ]


def test_a_long_offer_conflicts_with_each_short_one_inside_it():
    long = an_offer("long", room="1", starts=540, ends=900)
    inside = [
        an_offer(f"short {hour}", room="1", starts=hour * 60, ends=hour * 60 + 30)
        for hour in (10, 12, 14)
    ]

    assert [pair.second for pair in conflicts([*inside, long])] == [
        "short 10",
        "short 12",
        "short 14",
    ]


@given(offer_lists(most=15))
def test_the_sweep_finds_what_comparing_all_pairs_finds(offers):
    found = {(frozenset((c.first, c.second)), c.code) for c in conflicts(offers)}

    assert found == {
        (frozenset((a.id, b.id)), code)
        for a, b in combinations(offers, 2)
        for code in meet(a, b)
    }
    assert len(found) == len(conflicts(offers))
    assert conflicts(offers) == conflicts(offers[::-1])


def test_one_id_for_two_offers_is_refused():
    with pytest.raises(ValueError, match="given twice"):
        conflicts([an_offer("same"), an_offer("same")])


@pytest.mark.parametrize(("starts", "ends"), [(600, 600), (-1, 60), (1400, 1441)])
def test_hours_outside_one_day_are_refused(starts, ends):
    with pytest.raises(ValueError, match="not a span of time"):
        an_offer("odd", starts=starts, ends=ends)


def test_the_doors_are_open_across_spans_that_touch_and_not_across_a_break():
    premises = Premises(opening={2: [(720, 1020), (540, 720)], 3: [(540, 700)]})

    assert premises.is_open(2, 600, 800)
    assert premises.is_open(3, 540, 700)
    assert not premises.is_open(3, 540, 701)
    assert not premises.is_open(2, 500, 600)
    assert not premises.is_open(4, 600, 660)
