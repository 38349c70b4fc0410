"""The doors to one period and to the rows behind one number; else 404."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from gishe.insight import counts, published
from gishe.insight.counts import INDICATORS, Code
from gishe.insight.periods import NotAPeriod, Period, State
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
    label = str(INDICATORS[Code(indicator)].label)
    if breakdown:
        label = f"{label} · {_part(found, indicator, breakdown, code, now)}"
    return label, counts.rows_behind(found, Code(indicator), breakdown, code)


def _part(
    found: Period, indicator: str, breakdown: str, code: str, now: datetime
) -> str:
    for table in published.statistics(found, now).all_tables:
        if table.breakdown.code == breakdown and table.breakdown.indicator == indicator:
            for number in table.numbers:
                if number.code == code:
                    return f"{table.breakdown.label}: {number.label}"
    raise Http404
