"""Hours that hold for some weeks or on one day, in words; what is over is left out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gishe.directory.identity import PROGRAMME
from gishe.directory.models import Schedule
from gishe.foundation import languages

WEEK = timedelta(days=7)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
EVERY: list[str | Promise] = [
    gettext_lazy("Every Monday"),
    gettext_lazy("Every Tuesday"),
    gettext_lazy("Every Wednesday"),
    gettext_lazy("Every Thursday"),
    gettext_lazy("Every Friday"),
    gettext_lazy("Every Saturday"),
    gettext_lazy("Every Sunday"),
]


@dataclass(frozen=True)
class ComingHours:
    """The same hours on one weekday from ``first`` to ``last``, both such a weekday.

    ``first`` is the next one from today on; ``last`` is None where no end is known.
    """

    first: date
    last: date | None
    opens: time
    closes: time
    begins_later: bool
    of_the_programme: bool

    @property
    def days(self) -> str:
        """ "Every Monday", or the one day that is left: "Monday 7 December"."""
        if self.first == self.last:
            return languages.day(self.first)
        return str(EVERY[self.first.weekday()])

    @property
    def limits(self) -> str:
        """ "from 7 December", "until 21 December", both or nothing."""
        if self.first == self.last:
            return ""
        said = {"first": _short(self.first), "last": _short(self.last)}
        if self.begins_later and self._ends:
            return _("from %(first)s until %(last)s") % said
        if self.begins_later:
            return _("from %(first)s") % said
        return _("until %(last)s") % said if self._ends else ""

    @property
    def _ends(self) -> bool:
        """A programme is of one month: that it reaches the month's end is no end."""
        if self.last is None:
            return False
        return not self.of_the_programme or (self.last + WEEK).month == self.last.month


def _short(day: date | None) -> str:
    return languages.day(day, "MMMMd") if day else ""


def is_dated(row: Schedule, today: date) -> bool:
    """Whether a weekly row ends some day, or has not begun yet."""
    return bool(_end(row)) or bool(row.valid_from and row.valid_from > today)


def coming(rows: Iterable[Schedule], today: date) -> list[ComingHours]:
    """Weekly rows that are dated, as they stand from ``today`` on, the next first.

    Hours that go on from one month's programme to the next are said once.
    """
    found: list[ComingHours] = []
    dated = [it for row in rows for it in _by_weekday(row)]
    for it in sorted(dated, key=lambda it: (it.opens, it.closes, it.first)):
        for place, other in enumerate(found):
            if _goes_on(other, it):
                found[place] = _joined(other, it)
                break
        else:
            found.append(it)
    standing = [_from(it, today) for it in found if it.last is None or it.last >= today]
    return sorted(standing, key=lambda it: (it.first, it.opens, it.closes))


def _end(row: Schedule) -> date | None:
    return min((day for day in (row.valid_to, row.until) if day), default=None)


def _by_weekday(row: Schedule) -> Iterable[ComingHours]:
    if row.opens_at is None or row.closes_at is None:
        return
    end = _end(row)
    begin = row.valid_from or row.dtstart or date.min
    for code in row.byday.split(","):
        weekday = WEEKDAYS.index(code.strip())
        first = begin + timedelta(days=(weekday - begin.weekday()) % 7)
        last = end and end - timedelta(days=(end.weekday() - weekday) % 7)
        if last is None or first <= last:
            mark = row.source_name == PROGRAMME
            yield ComingHours(first, last, row.opens_at, row.closes_at, False, mark)


def _goes_on(one: ComingHours, other: ComingHours) -> bool:
    """``other`` holds at the same hours at the latest a week after ``one`` ends."""
    return (
        (one.opens, one.closes) == (other.opens, other.closes)
        and one.first.weekday() == other.first.weekday()
        and (one.last is None or other.first <= one.last + WEEK)
    )


def _joined(one: ComingHours, other: ComingHours) -> ComingHours:
    if one.last is None or (other.last is not None and other.last <= one.last):
        return one
    return replace(one, last=other.last, of_the_programme=other.of_the_programme)


def _from(it: ComingHours, today: date) -> ComingHours:
    """From today on: weeks that are over count no more."""
    following = today + timedelta(days=(it.first.weekday() - today.weekday()) % 7)
    if it.first > following:
        return replace(it, begins_later=True)
    return replace(it, first=following)
