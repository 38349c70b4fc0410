"""Charts: geometry that fits its frame, in both directions of reading."""

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from gishe.foundation import charts
from gishe.foundation.charts import Point

VALUES = st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=40)


def drawn(values, *, is_rtl=False):
    points = [Point(f"m{i}", value, f"Month {i}") for i, value in enumerate(values)]
    return charts.columns("months", "Contacts", "By month", points, is_rtl=is_rtl)


@given(VALUES, st.booleans())
def test_every_column_lies_within_the_frame(values, is_rtl):
    chart = drawn(values, is_rtl=is_rtl)

    for column in chart.columns:
        assert column.x >= 0
        assert column.x + column.width <= chart.width + 0.2
        assert column.y >= 0
        assert column.y + column.height <= chart.base + 0.2


@given(VALUES)
def test_right_to_left_is_the_mirror_image(values):
    left, right = drawn(values), drawn(values, is_rtl=True)

    for a, b in zip(left.columns, right.columns, strict=True):
        assert abs(a.middle - (left.width - b.middle)) < 0.3
        assert (a.y, a.height) == (b.y, b.height)


@given(st.floats(0, 10**9))
def test_axis_lines_are_few_and_round(highest):
    step = charts.nice_step(highest)

    assert re.fullmatch(r"[125]0*", str(step))
    assert highest / step <= 4.000001


@given(st.lists(st.integers(0, 500), max_size=30))
def test_the_longest_bar_is_whole_and_the_others_in_proportion(values):
    bars = charts.bars([(str(i), value, "") for i, value in enumerate(values)])

    for bar in bars:
        assert 0 <= bar.length <= 100
        assert bar.length == pytest.approx(
            100 * bar.value / (max(values) or 1), abs=0.1
        )


def test_a_hidden_value_is_drawn_and_told_as_hidden():
    html = render_to_string(
        "ui/chart_columns.html", {"chart": drawn([12, None]), "value_head": "Contacts"}
    )

    assert html.count("<rect") == 1
    assert "Month 1" in html
    assert "None" not in html


def test_a_chart_has_title_description_and_table():
    html = render_to_string(
        "ui/chart_columns.html", {"chart": drawn([12, 7]), "value_head": "Contacts"}
    )

    assert 'aria-labelledby="months-title months-desc"' in html
    assert '<desc id="months-desc">By month</desc>' in html
    assert "<table" in html
    assert "style=" not in html


def test_numbers_of_the_drawing_keep_their_point_in_every_language(settings):
    from django.utils import translation

    with translation.override("bg"):
        html = render_to_string(
            "ui/chart_bars.html",
            {"bars": charts.bars([("a", 3, ""), ("b", 1, "")]), "caption": "x"},
        )

    assert 'width="33.3%"' in html
