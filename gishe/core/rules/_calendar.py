"""Calendar months, counted the way a deadline is counted.

Three months after 1 July end on 1 October. Where the day does not exist, the last day
of the month counts: one month after 31 January is the last day of February.
"""

from calendar import monthrange
from datetime import date
from math import ceil

LAST_YEAR = 9999


def months_after(day: date, months: int) -> date:
    """The day ``months`` calendar months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_since(start: date, as_of: date) -> int:
    """Whole calendar months from ``start`` to ``as_of`` (negative before it)."""
    months = (as_of.year - start.year) * 12 + as_of.month - start.month
    return months if months_after(start, months) <= as_of else months - 1


def first_start_too_late(as_of: date, months: int) -> int:
    """The first day (ordinal) from which ``months`` months are not over on ``as_of``.

    For every day d: months_since(d, as_of) >= months exactly if d.toordinal() is
    smaller. Deadlines on a column of dates become one comparison this way.
    """
    year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
    if year < 1:
        return 0
    if year > LAST_YEAR:
        return date.max.toordinal() + 1
    last = monthrange(year, month + 1)[1]
    month_is_full = as_of.day == monthrange(as_of.year, as_of.month)[1]
    day = last if month_is_full else min(as_of.day, last)
    return date(year, month + 1, day).toordinal() + 1


def months_later(ordinal: int, months: float) -> int | None:
    """The day (ordinal) on which ``months`` months after a day are over."""
    day = date.fromordinal(ordinal)
    total = day.year * 12 + day.month - 1 + ceil(months)
    if not 12 <= total < (LAST_YEAR + 1) * 12:
        return None
    return months_after(day, ceil(months)).toordinal()
