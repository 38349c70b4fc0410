"""The doors to one period and to the rows behind one number; else 404."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import QuerySet
from django.http import Http404

from gishe.insight import counts, published
from gishe.insight.counts import INDICATORS, Code
from gishe.insight.periods import NotAPeriod, Period, State
from gishe.insight.published import Statistics, Table
from gishe.visits.models import Contact


def period(text: str) -> Period:
    """The month or year that an address names."""
    try:
        return Period.parse(text)
    except NotAPeriod as error:
        raise Http404 from error


def begun(text: str, now: datetime) -> Period:
    """A month or year that is not in the future."""
    found = period(text)
    if found.state(now) is State.FUTURE:
        raise Http404
    return found


def rows(
    found: Period, *, indicator: str, breakdown: str, code: str, now: datetime
) -> tuple[str, QuerySet[Contact]]:
    """What a number counts, in words, and the contacts behind it.

    For staff with the right to open rows; the view asks for it. A number that does
    not stand on the page has no rows.
    """
    if indicator not in [it.value for it in Code if INDICATORS[it].rows]:
        raise Http404
    counted = Code(indicator)
    label = str(INDICATORS[counted].label)
    statistics = published.statistics(found, now)
    months = set(statistics.summed.get(counted, [found]))
    if breakdown:
        table, words = _part(statistics, counted, breakdown, code)
        label = f"{label} · {words}"
        months -= set(table.without)
    behind = counts.rows_behind(found, counted, breakdown, code)
    if not months:
        return label, behind.none()
    return label, behind.filter(reduce(or_, map(counts.counts_in, sorted(months))))


def _part(
    statistics: Statistics, indicator: Code, breakdown: str, code: str
) -> tuple[Table, str]:
    """The breakdown in which a number stands, and its name there."""
    for table in statistics.all_tables:
        if table.breakdown.code == breakdown and table.breakdown.indicator is indicator:
            for number in table.numbers:
                if number.code == code:
                    return table, f"{table.breakdown.label}: {number.label}"
    raise Http404
