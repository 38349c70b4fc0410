"""Nobody who reads all published numbers can narrow a small one down."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from gishe.insight import suppression
from gishe.insight.suppression import Mark, is_small

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))


@st.composite
def parts(draw, width=None):
    width = width or draw(st.integers(2, 8))
    counts = draw(st.lists(COUNTS, min_size=width, max_size=width))
    if sum(counts) < 5:  # such a month is left out whole
        counts[draw(st.integers(0, width - 1))] += 5
    return counts


@st.composite
def year_of_parts(draw):
    width = draw(st.integers(2, 6))
    return draw(st.lists(parts(width), min_size=1, max_size=8))


class Attacker:
    """Knows every published number, all sums, and why each month's cell is hidden."""

    def __init__(self):
        self.names, self.bounds = [], []
        self.equal, self.at_least = [], []

    def unknown(self, name, low, high):
        self.names.append(name)
        self.bounds.append((low, high))

    def range_of(self, name):
        """The least and the largest value that fits everything he knows."""
        width, objective = len(self.names), np.zeros(len(self.names))
        objective[self.names.index(name)] = 1
        rows = {"A_eq": None, "b_eq": None, "A_ub": None, "b_ub": None}
        if self.equal:
            rows["A_eq"] = np.array([self._row(r, width) for r, _ in self.equal])
            rows["b_eq"] = [value for _, value in self.equal]
        if self.at_least:
            rows["A_ub"] = -np.array([self._row(r, width) for r, _ in self.at_least])
            rows["b_ub"] = [-value for _, value in self.at_least]
        low = linprog(objective, bounds=self.bounds, **rows)
        high = linprog(-objective, bounds=self.bounds, **rows)
        assert low.success, low.message
        assert high.success, high.message
        return round(low.fun, 6), round(-high.fun, 6)

    def _row(self, coefficients, width):
        row = np.zeros(width)
        for name, factor in coefficients.items():
            row[self.names.index(name)] = factor
        return row


def look_at_month(attacker, m, counts, marks, total, *, make_a_sum):
    for k, mark in enumerate(marks):
        if mark is not Mark.SHOWN:
            attacker.unknown((m, k), *suppression.bounds(mark, total))
    hidden = {(m, k): 1 for k, mark in enumerate(marks) if mark is not Mark.SHOWN}
    seen = sum(n for n, mark in zip(counts, marks, strict=True) if mark is Mark.SHOWN)
    if hidden:
        known = attacker.equal if make_a_sum else attacker.at_least
        known.append((hidden, total - seen))


def look_at_year(attacker, months, marks, year_marks):
    for k, mark in enumerate(year_marks):
        hidden = {(m, k): 1 for m, row in enumerate(marks) if row[k] is not Mark.SHOWN}
        seen = sum(row[k] for m, row in enumerate(months) if (m, k) not in hidden)
        if mark is Mark.SHOWN:
            if hidden:
                year = sum(row[k] for row in months)
                attacker.equal.append((hidden, year - seen))
        else:
            attacker.unknown(("year", k), 0, None)
            attacker.equal.append(({("year", k): 1} | dict.fromkeys(hidden, -1), seen))


def assert_small_cells_are_safe(attacker, months):
    for m, row in enumerate(months):
        for k, count in enumerate(row):
            if is_small(count):
                low, high = attacker.range_of((m, k))
                assert low <= 1, ((m, k), count, low, high)
                assert high >= 4, ((m, k), count, low, high)


@given(parts())
@settings(max_examples=150, deadline=None)
def test_parts_of_a_month_cannot_be_subtracted_back(counts):
    marks = suppression.protect_parts(counts)
    attacker = Attacker()
    look_at_month(attacker, 0, counts, marks, sum(counts), make_a_sum=True)

    assert_small_cells_are_safe(attacker, [counts])


@given(st.lists(COUNTS, min_size=1, max_size=8), st.data())
@settings(max_examples=150, deadline=None)
def test_answers_of_a_month_cannot_be_subtracted_back(counts, data):
    total = data.draw(st.integers(max(5, *counts), max(5, *counts, sum(counts))))
    if sum(counts) < total:  # everybody gives at least one answer
        counts = [*counts, total]
    marks = suppression.protect_answers(counts, total)
    attacker = Attacker()
    look_at_month(attacker, 0, counts, marks, total, make_a_sum=False)

    assert_small_cells_are_safe(attacker, [counts])


@given(year_of_parts())
@settings(max_examples=80, deadline=None)
def test_a_year_does_not_give_its_months_away(months):
    marks = [suppression.protect_parts(row) for row in months]
    year_marks = suppression.protect_year_parts(months, marks)
    attacker = Attacker()
    for m, row in enumerate(months):
        look_at_month(attacker, m, row, marks[m], sum(row), make_a_sum=True)
    look_at_year(attacker, months, marks, year_marks)

    assert_small_cells_are_safe(attacker, months)
    for k, mark in enumerate(year_marks):
        if mark is not Mark.SHOWN and sum(row[k] for row in months):
            low, high = attacker.range_of(("year", k))
            assert high - low >= suppression.YEAR_WIDTH


@given(st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=1, max_size=12))
@settings(max_examples=80, deadline=None)
def test_a_year_of_answers_does_not_give_its_months_away(months):
    months = [[*row, max(5, *row)] for row in months]  # one answer that everybody gave
    totals = [row[-1] for row in months]
    marks = [
        suppression.protect_answers(row, total)
        for row, total in zip(months, totals, strict=True)
    ]
    year_marks = suppression.protect_year_answers(months, marks)
    attacker = Attacker()
    for m, row in enumerate(months):
        look_at_month(attacker, m, row, marks[m], totals[m], make_a_sum=False)
    look_at_year(attacker, months, marks, year_marks)

    assert_small_cells_are_safe(attacker, months)


@given(year_of_parts())
@settings(max_examples=60, deadline=None)
def test_no_small_number_is_ever_shown(months):
    marks = [suppression.protect_parts(row) for row in months]
    year_marks = suppression.protect_year_parts(months, marks)

    for row, row_marks in zip(months, marks, strict=True):
        assert not any(
            is_small(n) and mark is Mark.SHOWN
            for n, mark in zip(row, row_marks, strict=True)
        )
    assert not any(
        is_small(sum(row[k] for row in months)) and mark is Mark.SHOWN
        for k, mark in enumerate(year_marks)
    )


@given(year_of_parts(), st.data())
@settings(max_examples=60, deadline=None)
def test_the_network_sees_what_a_linear_program_sees(months, data):
    marks = [suppression.protect_parts(row) for row in months]
    width = range(len(months[0]))
    shown = frozenset(data.draw(st.sets(st.sampled_from(list(width)))))
    year_marks = [Mark.SHOWN if k in shown else Mark.COVER for k in width]
    attacker = Attacker()
    for m, row in enumerate(months):
        look_at_month(attacker, m, row, marks[m], sum(row), make_a_sum=True)
    look_at_year(attacker, months, marks, year_marks)
    attacker.equal.append(
        (
            {("year", k): 1 for k in width if k not in shown},
            sum(sum(row[k] for row in months) for k in width if k not in shown),
        )
    )

    def is_safe():
        for m, row in enumerate(months):
            for k, count in enumerate(row):
                if is_small(count):
                    low, high = attacker.range_of((m, k))
                    if low > 1 or high < 4:
                        return False
        hidden = [k for k in width if k not in shown and sum(r[k] for r in months)]
        ranges = [attacker.range_of(("year", k)) for k in hidden]
        return all(high - low >= suppression.YEAR_WIDTH for low, high in ranges)

    assert suppression.is_protected(months, marks, shown) == is_safe()


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([40, 31, 9, 0], []),
        ([40, 31, 9, 2], [2, 3]),
        ([40, 31, 9, 2, 3], [3, 4]),  # 2 + 3 = 5: 1+4, 2+3, 3+2, 4+1
        ([40, 31, 9, 1, 1], [2, 3, 4]),  # 1 + 1 = 2 would tell both
        ([40, 31, 9, 4, 4], [2, 3, 4]),  # 4 + 4 = 8 would tell both
        ([1, 1, 1, 1, 1], [0, 1, 2, 3, 4]),
        ([5, 1, 0], [0, 1, 2]),  # 6 - 5 leaves 1, zeros are hidden too
    ],
)
def test_parts_that_are_hidden(counts, hidden):
    marks = suppression.protect_parts(counts)

    assert [i for i, mark in enumerate(marks) if mark is not Mark.SHOWN] == hidden
