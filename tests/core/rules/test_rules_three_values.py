"""Settled is settled, and unknown is never a hidden yes or no."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gishe.core.rules import decide, decide_table, read_table
from tests.core.rules.rules_reference import (
    AS_OF,
    FACTS,
    INSTEAD,
    ROUTES,
    VALUES,
    completions,
    pack_of,
    people,
    slow_answer,
)

KNOWN_WELL = 4  # so few facts are missing that every completion can be tried


def asked(pack, person: dict):
    return decide(pack, {"as_of": AS_OF, "facts": person}, alternatives=False)


@given(ROUTES, people(least_known=len(FACTS)))
@settings(max_examples=150, deadline=None)
def test_a_person_about_whom_all_is_known_gets_the_answer_of_the_slow_reference(
    routes, person
):
    answer = asked(pack_of(routes), person)

    assert (answer.may_work, answer.route) == slow_answer(routes, person)


@given(ROUTES, people(least_known=KNOWN_WELL))
@settings(max_examples=150, deadline=None)
def test_an_answer_is_settled_exactly_when_all_completions_agree(routes, person):
    told = asked(pack_of(routes), person)
    answers = {slow_answer(routes, whole)[0] for whole in completions(person)}

    if told.may_work == "unknown":
        assert len(answers) > 1
        assert answers <= set(told.possible)
        assert told.missing
    else:
        assert answers == {told.may_work}


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
