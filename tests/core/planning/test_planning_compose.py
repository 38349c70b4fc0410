import doctest
from dataclasses import replace
from datetime import timedelta

import pytest

from gishe.core import planning
from gishe.core.planning import Code, Premises, Reason, Weights, compose
from tests.core.planning.planning_reference import (
    NEXT_WEDNESDAY,
    THURSDAY,
    WEDNESDAY,
    an_offer,
)


def codes(month, id_):
    return [reason.code for reason in month.left_out[id_]]


def every_wednesday(name, weeks=4, **changes):
    return [
        an_offer(
            f"{name} {week}",
            date=WEDNESDAY + timedelta(weeks=week),
            rule=f"every Wednesday: {name}",
            **changes,
        )
        for week in range(weeks)
    ]


def test_no_offers_make_an_empty_month():
    month = compose([], needs=["legal"], languages=["ar"])

    assert month.chosen == ()
    assert month.score.cover == month.score.fairness == month.score.regularity == 1.0
    assert len(month.holes.cells) == 5
    assert month.gap == 0.0


def test_offers_that_do_not_meet_are_all_taken():
    month = compose([an_offer("late", date=THURSDAY), an_offer("early")])

    assert month.chosen == ("early", "late")
    assert month.left_out == {}
    assert month.score.cover == pytest.approx(1.0)


def test_of_two_offers_for_one_room_the_one_that_covers_more_is_taken():
    one = an_offer("one", room="1")
    both = an_offer("both", room="1", languages=frozenset({"ar", "fa"}))

    month = compose([one, both], weights=Weights(fairness=0.0))

    assert month.chosen == ("both",)
    assert month.left_out["one"] == (
        Reason(code=Code.ROOM_TAKEN, offers=("both",), room="1", date=WEDNESDAY),
        Reason(code=Code.OTHERS_COVER_MORE, offers=("both",)),
    )


def test_nobody_works_twice_at_once():
    month = compose(
        [
            an_offer("here", room="1", person="Clara"),
            an_offer("there", room="2", person="Clara"),
        ]
    )

    assert len(month.chosen) == 1
    (left_out,) = month.left_out
    assert codes(month, left_out) == [Code.PERSON_TWICE, Code.EQUALLY_GOOD]


def test_one_service_is_not_given_twice_in_the_same_hour():
    month = compose(
        [
            an_offer("a", service="law", provider="A", starts=600, ends=720),
            an_offer("b", service="law", provider="B", starts=660, ends=780),
            an_offer("c", service="law", provider="C", starts=720, ends=800),
        ]
    )

    assert month.chosen == ("a", "c")
    assert Code.SAME_SERVICE_SAME_HOUR in codes(month, "b")


def test_holidays_and_closed_doors_are_named():
    premises = Premises(closed=[THURSDAY], opening={2: [(540, 700)], 3: [(540, 1020)]})

    month = compose(
        [an_offer("holiday", date=THURSDAY), an_offer("late")], premises=premises
    )

    assert month.chosen == ()
    assert month.left_out == {
        "holiday": (Reason(code=Code.CLOSED_DAY, date=THURSDAY),),
        "late": (Reason(code=Code.OUTSIDE_OPENING_HOURS, date=WEDNESDAY),),
    }
    assert month.holes.by_weekday == {2: 1, 3: 1}


def test_a_room_that_does_not_exist_is_named():
    month = compose([an_offer("a", room="9")], premises=Premises(rooms=["1", "2"]))

    assert month.left_out == {"a": (Reason(code=Code.ROOM_UNKNOWN, room="9"),)}


def test_what_the_coordinator_locked_stays_against_better_offers():
    locked = an_offer("locked", room="1", locked=True, needs=frozenset())
    better = an_offer("better", room="1")

    month = compose([locked, better])

    assert month.chosen == ("locked",)
    assert codes(month, "better") == [Code.ROOM_TAKEN]
    assert month.clashes == {}


def test_locked_offers_that_clash_are_reported_and_stay():
    one = an_offer("one", room="1", locked=True)
    other = an_offer("other", room="1", locked=True, starts=660)
    holiday = an_offer("holiday", locked=True, date=THURSDAY)

    month = compose([one, other, holiday], premises=Premises(closed=[THURSDAY]))

    assert month.chosen == ("one", "other", "holiday")
    assert {id_: [r.code for r in rs] for id_, rs in month.clashes.items()} == {
        "one": [Code.ROOM_TAKEN],
        "other": [Code.ROOM_TAKEN],
        "holiday": [Code.CLOSED_DAY],
    }
    assert month.clashes["one"][0].offers == ("other",)


def test_a_fourth_offer_for_the_same_people_adds_no_cover():
    association = [
        an_offer(f"{hour}", starts=hour * 60, ends=hour * 60 + 60)
        for hour in (9, 10, 11, 12)
    ]

    month = compose(association, weights=Weights(fairness=0.0))

    assert len(month.chosen) == 3
    (left_out,) = month.left_out
    assert month.left_out[left_out] == (
        Reason(
            code=Code.ADDS_NO_COVER,
            offers=tuple(sorted(month.chosen)),
            date=WEDNESDAY,
        ),
    )


def test_the_small_provider_is_not_crowded_out():
    large = [
        an_offer(
            f"large {week}",
            provider="large",
            room="1",
            date=date,
            languages=frozenset({"ar", "fa"}),
        )
        for week, date in enumerate((WEDNESDAY, THURSDAY, NEXT_WEDNESDAY))
    ]
    small = an_offer("small", provider="small", room="1", date=THURSDAY)

    fair = compose([*large, small], weights=Weights(fairness=1.0))
    cover_only = compose([*large, small], weights=Weights(fairness=0.0))

    assert "small" in fair.chosen
    assert codes(fair, "large 1") == [Code.ROOM_TAKEN, Code.PROVIDER_ALREADY_HAS_MORE]
    assert cover_only.chosen == ("large 0", "large 1", "large 2")
    assert codes(cover_only, "small") == [Code.ROOM_TAKEN, Code.OTHERS_COVER_MORE]


def test_one_provider_that_would_keep_less_is_enough_to_say_so():
    long = an_offer("long", provider="A", room="1", needs=frozenset("nmk"))
    first = an_offer("first", provider="B", room="1", ends=660, needs=frozenset("n"))
    second = an_offer("second", provider="C", room="1", starts=660)
    elsewhere = [
        an_offer("half of A", provider="A", date=THURSDAY),
        an_offer("most of C", provider="C", date=THURSDAY, starts=720, ends=900),
    ]

    month = compose([long, first, second, *elsewhere], weights=Weights(fairness=9.0))

    # A has 1/2 of what it asked for; in its place B would keep 0 and C 3/4
    assert codes(month, "long") == [Code.ROOM_TAKEN, Code.PROVIDER_ALREADY_HAS_MORE]


def test_every_wednesday_is_kept_whole_where_nothing_else_decides():
    weekly = every_wednesday("law", room="1")
    once = replace(weekly[2], id="a single date", rule=None)

    month = compose([*weekly, once], weights=Weights(fairness=0.0))

    assert month.chosen == tuple(offer.id for offer in weekly)
    assert month.score.regularity == 1.0
    assert Code.KEEPS_RULE_WHOLE in codes(month, "a single date")


def test_a_holiday_does_not_break_a_weekly_rule():
    month = compose(every_wednesday("law"), premises=Premises(closed=[NEXT_WEDNESDAY]))

    assert month.chosen == ("law 0", "law 2", "law 3")
    assert month.score.regularity == 1.0
    assert month.score.cover == pytest.approx(1.0)


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_tie_goes_to_the_offer_with_more_places(names):
    few, many = names
    month = compose(
        [an_offer(few, room="1", places=4), an_offer(many, room="1", places=12)]
    )

    assert month.chosen == (many,)
    assert codes(month, few) == [Code.ROOM_TAKEN, Code.EQUALLY_GOOD]


def test_what_is_asked_for_more_is_covered_first():
    law = an_offer("law", room="1")
    work = an_offer("work", room="1", needs=frozenset({"work"}))

    month = compose([law, work], demand={("work", "ar"): 2.0, ("legal", "ar"): 1.0})

    assert month.chosen == ("work",)
    assert month.holes.by_need == {"legal": 5, "work": 4}


def test_holes_are_looked_for_where_the_caller_says():
    month = compose(
        [an_offer("law")], needs=["legal", "work"], languages=["ar"], weekdays=[2]
    )

    assert month.holes.cells == (("work", "ar", 2),)


def test_a_saturday_offer_puts_saturdays_on_the_map():
    month = compose([an_offer("law", date=WEDNESDAY + timedelta(days=3))])

    assert month.holes.by_weekday == {0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 0}


def test_when_time_runs_out_the_month_is_lawful_and_says_how_good_it_is():
    crowd = [
        an_offer(
            f"{number} {week}",
            provider=f"{number % 7}",
            service=f"service {number % 11}",
            room=f"{number % 3}",
            starts=540 + 30 * (number % 9),
            ends=630 + 30 * (number % 9),
            needs=frozenset({f"{number % 8}"}),
            date=date,
        )
        for number in range(60)
        for week, date in enumerate((WEDNESDAY, THURSDAY, NEXT_WEDNESDAY))
    ]

    month = compose(crowd, seconds=1e-6)

    chosen = [offer for offer in crowd if offer.id in month.chosen]
    assert chosen
    assert planning.conflicts(chosen) == ()
    assert month.bound >= month.score.total


@pytest.mark.parametrize(
    "wrong",
    [
        {"cover": 0.0},
        {"fairness": -1.0},
        {"steps": ()},
        {"steps": (0.1, 0.3)},
        {"fair_share": 0.0},
    ],
)
def test_weights_that_contradict_themselves_are_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        Weights(**wrong)


def test_a_negative_demand_is_refused():
    with pytest.raises(ValueError, match="never less than 0"):
        compose([an_offer("a")], demand={("legal", "ar"): -1.0})


def test_a_span_of_time_is_needed():
    with pytest.raises(ValueError, match="seconds"):
        compose([an_offer("a")], seconds=0.0)


def test_one_id_for_two_offers_is_refused_here_too():
    with pytest.raises(ValueError, match="given twice"):
        compose([an_offer("same"), an_offer("same")])


def test_the_door_of_the_package_keeps_its_promises():
    assert doctest.testmod(planning).failed == 0
    assert sorted(planning.__all__) == planning.__all__
    assert all(hasattr(planning, name) for name in planning.__all__)


def test_the_worked_example_of_the_documentation():
    law = an_offer("law", provider="A", room="1", languages=frozenset({"ar", "fa"}))
    work = an_offer(
        "work",
        provider="B",
        room="1",
        needs=frozenset({"work"}),
        languages=frozenset({"uk"}),
    )

    month = compose([law, work])

    assert month.chosen == ("law",)
    assert month.score.cover == pytest.approx(0.6667, abs=1e-4)
    assert month.score.fairness == pytest.approx(0.25)
    assert month.score.regularity == 1.0
    assert month.score.total == pytest.approx(0.8292, abs=1e-4)
