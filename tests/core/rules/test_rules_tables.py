"""Tables: broken rows, stored planes, and two laws side by side."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gishe.core.rules import (
    InputError,
    compare_laws,
    decide,
    decide_table,
    read_table,
)
from gishe.core.rules._table import Coded, Ordered
from gishe.core.rules._table_planes import CHUNK
from tests.core.rules.rules_reference import (
    AS_OF,
    FACTS,
    ROUTES,
    pack_of,
    people,
)

ADULT = [
    {
        "applies": ("compare", "i0", ">=", 3),
        "grants": "yes",
        "conditions": [(("fact", "b0"), "conditional")],
    }
]
OLDER = [{**ADULT[0], "applies": ("compare", "i0", ">=", 4)}]


def test_broken_rows_are_told_and_the_rest_is_decided():
    pack = pack_of(ADULT)
    columns = {"i0": [5, "five", 2, None], "b0": [True, True, None, "maybe"]}

    decisions = decide_table(pack, read_table(pack, columns), AS_OF)

    assert [decisions.may_work(row) for row in range(4)] == [
        "yes",
        "error",
        "no",
        "error",
    ]
    assert str(decisions.errors[1][0]) == "i0: 'five' is not a number."
    assert decisions.counts() == {"yes": 1, "no": 1, "error": 2}


def test_a_column_that_is_no_fact_is_refused():
    with pytest.raises(InputError, match="There is no such fact"):
        read_table(pack_of(ADULT), {"i00": [1]})


def test_columns_of_different_length_are_refused():
    with pytest.raises(InputError, match="2 rows, the others have 1"):
        read_table(pack_of(ADULT), {"i0": [1], "b0": [True, False]})


def test_arrays_are_taken_as_they_are():
    pack = pack_of(ADULT)
    days = np.array(["2026-03-30", "NaT"], dtype="datetime64[D]")
    columns = {
        "i0": np.ma.array([5, 1], mask=[False, True]),
        "b0": np.array([True, False]),
        "n0": np.array([1.5, np.nan]),
        "e0": np.array(["red", "blue"]),
        "d0": days,
    }

    table = read_table(pack, columns)

    assert isinstance(table.columns["d0"], Ordered)
    assert table.columns["d0"].values[0] == AS_OF.toordinal()
    assert table.columns["d0"].missing.tolist() == [False, True]
    assert table.columns["n0"].missing.tolist() == [False, True]
    assert isinstance(table.columns["e0"], Coded)
    decisions = decide_table(pack, table, AS_OF)
    assert [decisions.may_work(row) for row in (0, 1)] == ["yes", "unknown"]


def test_a_moved_threshold_names_whom_it_affects():
    old, new = pack_of(ADULT), pack_of(OLDER)
    table = read_table(old, {"i0": [2, 3, 4, None], "b0": [True, True, False, True]})

    difference = compare_laws(old, new, table, AS_OF, keep=True)

    assert difference.rows.tolist() == [1]
    assert difference.changed(1) == ("yes", "no")
    assert difference.counts() == {("yes", "no"): 1}


@given(ROUTES, st.lists(people(), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_stored_planes_answer_the_same(routes, everybody):
    pack = pack_of(routes)
    table = read_table(pack, {n: [p.get(n) for p in everybody] for n in FACTS})
    plain = decide_table(pack, table, AS_OF)

    first = decide_table(pack, table, AS_OF, keep=True)
    second = decide_table(pack, table, AS_OF, keep=True)

    for stored in (first, second):
        assert stored.codes.tolist() == plain.codes.tolist()
        assert stored.routes.tolist() == plain.routes.tolist()


@pytest.mark.parametrize(
    "instead",
    [
        {"i0": {"unless_given": "n0 + 3"}},
        {"i0": {"presume": 5}},
        {"b0": {"unless_given": "n0 < 2"}},
        {"n0": {"presume": 5}},
    ],
)
def test_a_law_that_fills_gaps_otherwise_does_not_find_the_planes_of_the_other(instead):
    both = {"i0": {"unless_given": "n0"}, "b0": {"unless_given": "n0 > 2"}}
    old, new = pack_of(ADULT, **both), pack_of(ADULT, **{**both, **instead})
    columns = {"n0": [1.0, 4.0, None], "i0": [None] * 3, "b0": [None] * 3}
    table = read_table(old, columns)
    decide_table(old, table, AS_OF, keep=True)

    stored = decide_table(new, table, AS_OF, keep=True)

    plain = decide_table(new, read_table(new, columns), AS_OF)
    assert stored.codes.tolist() == plain.codes.tolist()


def test_an_empty_table_is_decided():
    pack = pack_of(ADULT)

    assert decide_table(pack, read_table(pack, {"i0": []}), AS_OF).counts() == {}


def test_a_table_longer_than_one_part_agrees_with_single_cases():
    pack = pack_of(ADULT)
    size = CHUNK + 70
    table = read_table(
        pack, {"i0": np.arange(size) % 6, "b0": np.arange(size) % 2 == 0}
    )

    decisions = decide_table(pack, table, AS_OF)

    for row in (0, 3, 4, CHUNK - 1, CHUNK, size - 1):
        facts = {"i0": row % 6, "b0": row % 2 == 0}
        assert decisions.may_work(row) == decide(pack, _case(facts)).may_work


def _case(facts: dict) -> dict:
    return {"as_of": AS_OF, "facts": facts}


def test_days_before_the_first_law_have_no_route():
    pack = pack_of(ADULT)

    assert decide(pack, {"as_of": date(1990, 1, 1), "facts": {"i0": 1}}).route == "none"
