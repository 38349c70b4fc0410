"""Settled is settled, and unknown is never a hidden yes or no."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gishe.core.rules import decide, decide_table, read_table
from tests.core.rules.rules_reference import (
    AS_OF,
    COMPUTED,
    FACTS,
    INSTEAD,
    PRESUMED,
    ROUTES,
    VALUES,
    completions,
    pack_of,
    people,
    slow_answer,
)

KNOWN_WELL = 5  # so few facts are missing that every completion can be tried
NEITHER = {"b0": False, "b1": False, "b2": False, "k0": "9", "c0": ("XX",)}
# Two lists of words that only together are all there are.
OVERLAPPING = [
    {"applies": ("fact", "b0"), "grants": "yes", "conditions": []},
    {
        "applies": (
            "or",
            (("in", "e0", ("red", "green")), ("in", "e0", ("red", "blue"))),
        ),
        "grants": "yes",
        "conditions": [],
    },
]
# What is presumed (at least 3) begins between the numbers that the law names.
FROM_FOUR = [
    {
        "applies": (
            "or",
            (
                ("and", (("compare", "i0", ">=", 4), ("fact", "b0"))),
                ("and", (("compare", "i0", ">=", 4), ("not", ("fact", "b0")))),
                ("and", (("compare", "i0", "<", 2), ("fact", "b1"))),
            ),
        ),
        "grants": "yes",
        "conditions": [],
    },
]


def asked(pack, person: dict):
    return decide(pack, {"as_of": AS_OF, "facts": person}, alternatives=False)


@given(ROUTES, people(least_known=len(FACTS)))
@settings(max_examples=150, deadline=None)
def test_a_person_about_whom_all_is_known_gets_the_answer_of_the_slow_reference(
    routes, person
):
    answer = asked(pack_of(routes), person)

    assert (answer.may_work, answer.route) == slow_answer(routes, person)


def answers_of(routes, person: dict, instead: dict) -> set[str]:
    return {slow_answer(routes, whole)[0] for whole in completions(person, instead)}


@given(ROUTES, people(least_known=KNOWN_WELL), st.sampled_from(PRESUMED))
@example(OVERLAPPING, {**NEITHER, "i0": 0}, {})
@example(
    FROM_FOUR, {"b0": False, "b1": False, "b2": False}, {"i0": {"presume": ">= 3"}}
)
@settings(max_examples=150, deadline=None)
def test_an_answer_is_settled_exactly_when_all_completions_agree(
    routes, person, presumed
):
    told = asked(pack_of(routes, **presumed), person)
    answers = answers_of(routes, person, presumed)

    if told.may_work == "unknown":
        assert len(answers) > 1
        assert answers <= set(told.possible)
        assert told.missing
    else:
        assert answers == {told.may_work}


@given(ROUTES, people(least_known=KNOWN_WELL), st.sampled_from(COMPUTED))
@settings(max_examples=100, deadline=None)
def test_where_a_fact_is_computed_no_completion_contradicts_a_settled_answer(
    routes, person, computed
):
    told = asked(pack_of(routes, **computed), person)

    answers = answers_of(routes, person, computed)
    assert answers <= (set(told.possible) or {told.may_work})


@given(ROUTES, people(), st.data())
@settings(max_examples=150, deadline=None)
def test_more_facts_never_turn_a_settled_answer_around(routes, person, data):
    pack = pack_of(routes)
    before = asked(pack, person)
    more = dict(person)
    for name in FACTS:
        if name not in more and data.draw(st.booleans()):
            more[name] = data.draw(st.sampled_from(VALUES[name]))

    after = asked(pack, more)

    assert before.may_work in ("unknown", after.may_work)


@given(ROUTES, st.lists(people(), min_size=1, max_size=70), INSTEAD)
@settings(max_examples=100, deadline=None)
def test_one_by_one_and_the_whole_table_agree(routes, everybody, instead):
    pack = pack_of(routes, **instead)
    columns = {name: [p.get(name) for p in everybody] for name in FACTS}
    single = [asked(pack, person) for person in everybody]

    table = decide_table(pack, read_table(pack, columns), AS_OF)

    for row, answer in enumerate(single):
        assert table.may_work(row) == answer.may_work
        if answer.may_work != "unknown":
            assert table.route(row) in (answer.route, None)
