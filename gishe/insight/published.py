"""What is published: one table object that page, CSV, JSON and text all read.

Months over for 14 days are final and shown whole. A month before that shows its
totals only: breakdowns that move from day to day would tell what each new contact
was about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils import timezone

from gishe.foundation import languages
from gishe.insight import counts, suppression
from gishe.insight.counts import BREAKDOWNS, INDICATORS, Breakdown, Code, Tally
from gishe.insight.periods import Period, State
from gishe.insight.suppression import Mark, is_small


@dataclass(frozen=True)
class Number:
    """One number: its true count for those who may see the rows, and what is shown."""

    code: str
    label: str
    count: int
    mark: Mark = Mark.SHOWN

    @property
    def shown(self) -> int | None:
        """The published value; None where it is hidden."""
        return self.count if self.mark is Mark.SHOWN else None


@dataclass(frozen=True)
class Table:
    """One breakdown with its numbers, the larger first unless its order is fixed."""

    breakdown: Breakdown
    numbers: tuple[Number, ...]
    without: tuple[Period, ...] = ()  # months of a year that are not in it

    @property
    def leaders(self) -> list[Number]:
        """The largest numbers, as far as they are shown and no hidden one is larger."""
        most_hidden = max((n.count for n in self.numbers if n.shown is None), default=0)
        return [number for number in self.shown if number.count > most_hidden]

    @property
    def is_whole_hidden(self) -> bool:
        return any(number.mark is Mark.WHOLE for number in self.numbers)

    @property
    def is_anything_hidden(self) -> bool:
        return any(number.shown is None for number in self.numbers)

    @property
    def shown(self) -> list[Number]:
        """Numbers that are published and not zero."""
        return [number for number in self.numbers if number.shown]

    @property
    def hidden(self) -> list[Number]:
        """Numbers that are there and not published; none when all are hidden."""
        if self.is_whole_hidden:
            return []
        return [number for number in self.numbers if number.shown is None]

    @property
    def all_by_size(self) -> list[Number]:
        """Every number there is, for staff: nothing is told by its place."""
        found = [number for number in self.numbers if number.count]
        if self.breakdown.has_own_order:
            return found
        return sorted(found, key=lambda number: (-number.count, number.label))

    @property
    def nobody(self) -> list[Number]:
        return [number for number in self.numbers if number.shown == 0]


@dataclass(frozen=True)
class Statistics:
    """A month or a year as it is published at one moment."""

    period: Period
    state: State
    as_of: datetime
    totals: dict[Code, Number]
    tables: tuple[Table, ...]
    all_tables: tuple[Table, ...]  # with breakdowns not published yet: for staff
    left_out: tuple[Period, ...] = ()  # months too small to be part of the year
    # which months each total of a year is the sum of
    summed: dict[Code, tuple[Period, ...]] = field(default_factory=dict)
    has_demo: bool = False  # some of it is invented

    @property
    def as_of_day(self) -> date:
        """The day here up to which this was counted."""
        return timezone.localtime(self.as_of).date()

    @property
    def contacts(self) -> Number:
        return self.totals[Code.CONTACT]

    @property
    def is_empty(self) -> bool:
        return self.contacts.count == 0

    @property
    def is_provisional(self) -> bool:
        return self.state is not State.CLOSED

    def table(self, code: str) -> Table | None:
        """A published breakdown by its code."""
        return next((t for t in self.tables if t.breakdown.code == code), None)


def statistics(period: Period, now: datetime) -> Statistics:
    """What is published about a month or a year at this moment."""
    return _year(period, now) if period.is_year else _month(period, now)


def _totals(found: dict[Code, int]) -> dict[Code, Number]:
    """Totals with their marks; under a hidden number of contacts all are hidden."""
    is_hidden = is_small(found[Code.CONTACT])
    return {
        code: Number(
            code,
            str(INDICATORS[code].label),
            count,
            Mark.SMALL if is_hidden or is_small(count) else Mark.SHOWN,
        )
        for code, count in found.items()
    }


def _month(period: Period, now: datetime) -> Statistics:
    tally = counts.tally(period)
    state = period.state(now)
    tables = tuple(
        _table(breakdown, [tally], marks)
        for breakdown in BREAKDOWNS.values()
        if (marks := _month_marks(breakdown, tally, _columns(breakdown, [tally])))
    )
    is_open = state is State.CLOSED and not is_small(tally.totals[Code.CONTACT])
    return Statistics(
        period=period,
        state=state,
        as_of=min(now, period.closes_at),
        totals=_totals(tally.totals),
        tables=tuple(t for t in tables if is_open and _has_total(t, [tally])),
        all_tables=tables,
        has_demo=tally.demo > 0,
    )


def _has_total(table: Table, tallies: Sequence[Tally]) -> bool:
    """A breakdown is published only beside a total that is."""
    indicator = table.breakdown.indicator
    return any(tally.totals[indicator] >= suppression.THRESHOLD for tally in tallies)


def _columns(breakdown: Breakdown, tallies: Iterable[Tally]) -> list[str]:
    """The parts in their usual order; without one, those that occur."""
    if breakdown.order and breakdown.code != "hour":
        return list(breakdown.order)
    return sorted({code for tally in tallies for code in tally.parts[breakdown.code]})


def _row(breakdown: Breakdown, tally: Tally, columns: list[str]) -> list[int]:
    return [tally.parts[breakdown.code][code] for code in columns]


def _month_marks(
    breakdown: Breakdown, tally: Tally, columns: list[str]
) -> suppression.Marks:
    row = _row(breakdown, tally, columns)
    if breakdown.is_partition:
        return suppression.protect_parts(row)
    return suppression.protect_answers(row, tally.totals[breakdown.indicator])


def _table(
    breakdown: Breakdown,
    tallies: Sequence[Tally],
    marks: suppression.Marks,
) -> Table:
    columns = _columns(breakdown, tallies)
    names = {code: str(name) for tally in tallies for code, name in tally.names.items()}
    numbers = [
        Number(
            code,
            names.get(code) or breakdown.word(code),
            sum(tally.parts[breakdown.code][code] for tally in tallies),
            mark,
        )
        for code, mark in zip(columns, marks, strict=True)
    ]
    if not breakdown.has_own_order:
        # Hidden numbers stand last, by name: their place must not tell their size.
        numbers.sort(key=lambda n: (n.shown is None, -(n.shown or 0), n.label))
    return Table(breakdown, tuple(numbers))


def _year(period: Period, now: datetime) -> Statistics:
    state = period.state(now)
    past = [month for month in period.months if month.state(now) is not State.FUTURE]
    tallies = {month: counts.tally(month) for month in past}
    summed = {
        code: tuple(
            month
            for month, tally in tallies.items()
            if not is_small(tally.totals[Code.CONTACT])
            and not is_small(tally.totals[code])
        )
        for code in (Code.CONTACT, Code.SERVICE_GIVEN, Code.REFERRAL_OUT)
    }
    totals = {
        code: sum(tallies[month].totals[code] for month in months)
        for code, months in summed.items()
    }
    tables = tuple(
        table
        for breakdown in BREAKDOWNS.values()
        if (table := _year_table(breakdown, tallies))
    )
    return Statistics(
        period=period,
        state=state,
        as_of=min(now, period.closes_at),
        totals=_totals(totals),
        tables=tables if state is State.CLOSED else (),
        all_tables=tables,
        left_out=tuple(
            month
            for month, tally in tallies.items()
            if is_small(tally.totals[Code.CONTACT])
        ),
        summed=summed,
        has_demo=any(tally.demo for tally in tallies.values()),
    )


def _year_table(breakdown: Breakdown, tallies: dict[Period, Tally]) -> Table | None:
    """The sums of the months that are published, with what may be shown of them.

    A month whose own breakdown is hidden whole is left out: else the year minus the
    other months would be that month, and large numbers would be hidden for its sake.
    """
    months = {
        month: tally
        for month, tally in tallies.items()
        if tally.totals[Code.CONTACT] >= suppression.THRESHOLD
        and tally.totals[breakdown.indicator] >= suppression.THRESHOLD
    }
    whole = {
        month
        for month, tally in months.items()
        if Mark.WHOLE in _month_marks(breakdown, tally, _columns(breakdown, [tally]))
    }
    shown = [tally for month, tally in months.items() if month not in whole]
    if not shown:
        return None
    columns = _columns(breakdown, shown)
    rows = [_row(breakdown, tally, columns) for tally in shown]
    marks = [_year_month_marks(breakdown, tally, columns) for tally in shown]
    protect = (
        suppression.protect_year_parts
        if breakdown.is_partition
        else suppression.protect_year_answers
    )
    table = _table(breakdown, shown, protect(rows, marks))
    return replace(table, without=tuple(sorted(whole)))


def _year_month_marks(
    breakdown: Breakdown, tally: Tally, columns: list[str]
) -> suppression.Marks:
    """The marks with which a month was published, in the year's columns."""
    own = _columns(breakdown, [tally])
    marks = dict(zip(own, _month_marks(breakdown, tally, own), strict=True))
    return tuple(marks.get(code, Mark.SHOWN) for code in columns)


def month_name(period: Period) -> str:
    """A month or a year in the reader's language."""
    return str(period) if period.is_year else languages.month(period.first_day)


@dataclass(frozen=True)
class MonthLine:
    """One month in a list: its published totals and how far it has come."""

    period: Period
    state: State
    totals: dict[Code, Number]

    @property
    def contacts(self) -> Number:
        return self.totals[Code.CONTACT]


def months_until(now: datetime) -> list[MonthLine]:
    """All months from the first with a contact until now, the latest first."""
    first, last = counts.first_month(), Period.month_of(now)
    if first is None:
        return []
    months = [last]
    while months[-1] > first:
        months.append(months[-1].before)
    codes = (Code.CONTACT, Code.SERVICE_GIVEN, Code.REFERRAL_OUT)
    found = {code: counts.by_month(code, months) for code in codes}
    return [
        MonthLine(
            month,
            month.state(now),
            _totals({code: found[code][month] for code in codes}),
        )
        for month in months
    ]
