"""What would have to change to open a route: the fewest facts, in plain values."""

from itertools import product

import pytest
from hypothesis import example, given, settings

from gishe.core.rules import smallest_change, standing_of
from tests.core.rules.rules_reference import (
    AS_OF,
    FACTS,
    ROUTES,
    ROUTES_OF_LISTED_WORDS,
    VALUES,
    completions,
    facts_in,
    pack_of,
    people,
    slow_answer,
)

SOMEBODY = {
    "b0": False,
    "b1": False,
    "b2": False,
    "e0": "red",
    "i0": 0,
    "n0": 1.5,
    "d0": AS_OF,
    "k0": "9",
    "c0": ("XX",),
}


def way_if(tree: tuple, *conditions: tuple, grants: str = "yes") -> dict:
    return {"applies": tree, "grants": grants, "conditions": list(conditions)}


def standing_for(routes: list[dict], person: dict, **changed_facts: dict):
    case = {"as_of": AS_OF, "facts": person}
    return standing_of(pack_of(routes, **changed_facts), case)


def changes_for(route: dict, person: dict, **changed_facts: dict):
    standing = standing_for([route], person, **changed_facts)
    return smallest_change(standing, standing.law.ways[0])


def opens(route: dict, person: dict) -> bool:
    return slow_answer([route], person)[0] not in ("no", "not_yet")


def said(change) -> object:
    """The value of a change, with one nationality as a bundle of one."""
    then = change.then
    if change.fact != "c0":
        return then
    return (then,) if isinstance(then, str) else tuple(then)


def fewest(route: dict, person: dict) -> int | None:
    """How many facts have to change, found by trying every other person."""
    names, best = facts_in(route), None
    for values in product(*(VALUES[name] for name in names)):
        other = {**person, **dict(zip(names, values, strict=True))}
        changed = sum(other[name] != person[name] for name in names)
        if (best is None or changed < best) and opens(route, other):
            best = changed
    return best


@given(ROUTES_OF_LISTED_WORDS, people(least_known=len(FACTS)))
@example([way_if(("compare", "n0", "<", 1.5))], SOMEBODY)
@example([way_if(("not", ("compare", "n0", ">=", 1.5)))], SOMEBODY)
# What is fulfilled today must not be lost by the change.
@example(
    [
        way_if(
            (
                "and",
                (
                    ("compare", "n0", "<", 1.5),
                    (
                        "or",
                        (
                            ("compare", "n0", ">=", 1.5),
                            ("fact", "b0"),
                        ),
                    ),
                ),
            )
        )
    ],
    SOMEBODY,
)
@settings(max_examples=80, deadline=None)
def test_the_smallest_change_opens_the_route_and_none_is_smaller(routes, person):
    standing = standing_for(routes, person)
    for way, route in zip(standing.law.ways, routes, strict=True):
        if standing.ends(way) != ("no",):
            continue

        changes = smallest_change(standing, way)

        assert (None if changes is None else len(changes)) == fewest(route, person)
        changed = {c.fact: c.then for c in changes or ()}
        assert changes is None or opens(route, {**person, **changed})


@given(ROUTES, people(least_known=6))
@settings(max_examples=80, deadline=None)
def test_a_change_opens_the_route_whatever_the_facts_not_known_are(routes, person):
    standing = standing_for(routes, person)
    for way, route in zip(standing.law.ways, routes, strict=True):
        changes = smallest_change(standing, way)

        if changes is not None:
            changed = {**person, **{c.fact: said(c) for c in changes}}
            assert all(opens(route, whole) for whole in completions(changed, {}))


@pytest.mark.parametrize(
    ("tree", "now", "then"),
    [
        (("compare", "n0", "<", 1.5), 7.5, 1.49),
        (("compare", "n0", "<=", 1.5), 7.5, 1.5),
        (("compare", "n0", ">", 1.5), 0.5, 1.51),
        (("compare", "n0", ">=", 1.5), 0.5, 1.5),
        (("compare", "n0", "==", 1.5), 0.5, 1.5),
        (("compare", "i0", "<", 3), 5, 2),
        (("compare", "i0", ">", 3), 0, 4),
    ],
)
def test_the_nearest_value_is_named_as_people_write_it(tree, now, then):
    [change] = changes_for(way_if(tree), {**SOMEBODY, tree[1]: now})

    assert (change.now, change.then) == (now, then)


def test_what_cannot_change_is_not_proposed():
    route = way_if(("compare", "i0", ">=", 3))

    assert changes_for(route, SOMEBODY, i0={"changeable": "no"}) is None


def test_what_is_missing_may_be_proposed_although_it_cannot_change():
    person = {name: value for name, value in SOMEBODY.items() if name != "i0"}
    route = way_if(("and", (("compare", "i0", ">=", 3), ("fact", "b0"))))

    changes = changes_for(route, person, i0={"changeable": "no"})

    assert [(c.fact, c.now, c.then) for c in changes] == [
        ("b0", False, True),
        ("i0", None, 3),
    ]


def test_an_open_route_needs_no_change():
    assert changes_for(way_if(("compare", "i0", ">=", 0)), SOMEBODY) == []
