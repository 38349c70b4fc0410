"""What the statistics pages show: published numbers as bars, columns and links."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from gishe.directory.needs import label as need_label
from gishe.foundation import charts, languages
from gishe.foundation.templatetags.ui import ltr
from gishe.insight import published, words
from gishe.insight.counts import INDICATORS
from gishe.insight.models import PublishedFigure
from gishe.insight.periods import Period, State
from gishe.insight.published import MonthLine, Number, Statistics, Table
from gishe.visits import vocabulary
from gishe.visits.models import Contact

SHOWN_MONTHS = 13  # a year and the same month of the year before


def rows_address(period: Period, indicator: str, breakdown: str, code: str) -> str:
    """Where staff open the rows behind a number."""
    asked = {"of": indicator, "by": breakdown, "code": code}
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{reverse('insight:rows', args=[period])}?{query}"


@dataclass(frozen=True)
class Total:
    """A total with its change and its definition."""

    number: Number
    change: str
    definition: str
    counts_once: str
    href: str


@dataclass(frozen=True)
class Part:
    """One breakdown as the page shows it. ``hidden`` pairs a name with an address."""

    code: str
    label: str
    value_head: str
    adds_up: bool
    bars: list[charts.Bar]
    hidden: list[tuple[str, int | None, str]]
    nobody: list[str]
    is_whole_hidden: bool
    is_public: bool
    without: list[str]


def totals(
    statistics: Statistics, before: Statistics | None, is_staff: bool
) -> list[Total]:
    """The totals of a period, each with its change to the time before."""
    return [
        Total(
            number=number,
            change=words.change(
                number, before.totals[code] if before else None, statistics.period
            ),
            definition=str(INDICATORS[code].definition),
            counts_once=str(INDICATORS[code].counts_once),
            href=rows_address(statistics.period, code, "", "") if is_staff else "",
        )
        for code, number in statistics.totals.items()
    ]


def parts(statistics: Statistics, is_staff: bool) -> list[Part]:
    """The published breakdowns; for staff also those that are not published (yet)."""
    tables = statistics.all_tables if is_staff else statistics.tables
    return [
        _part(statistics, table, is_staff)
        for table in tables
        if any(number.count for number in table.numbers)
    ]


def _part(statistics: Statistics, table: Table, is_staff: bool) -> Part:
    breakdown = table.breakdown
    is_public = statistics.table(breakdown.code) is not None
    shows_all = is_staff and (not is_public or table.is_whole_hidden)

    def label(number: Number) -> str:
        return ltr(number.label) if breakdown.code == "hour" else number.label

    def href(number: Number) -> str:
        if not is_staff:
            return ""
        return rows_address(
            statistics.period, breakdown.indicator, breakdown.code, number.code
        )

    drawn = table.all_by_size if shows_all else table.shown
    hidden = [] if shows_all else table.hidden
    return Part(
        code=breakdown.code,
        label=str(breakdown.label),
        value_head=str(INDICATORS[breakdown.indicator].label),
        adds_up=breakdown.is_partition,
        bars=charts.bars([(label(n), n.count, href(n)) for n in drawn]),
        hidden=[(label(n), n.count if is_staff else None, href(n)) for n in hidden],
        nobody=[] if shows_all else [label(n) for n in table.nobody],
        is_whole_hidden=table.is_whole_hidden,
        is_public=is_public and not table.is_whole_hidden,
        without=[published.month_name(month) for month in table.without],
    )


def series(lines: list[MonthLine], shown: Period | None = None) -> charts.Columns:
    """The contacts of the last months as columns, the latest last."""
    chosen = lines[:SHOWN_MONTHS][::-1]
    points = [
        charts.Point(
            label=languages.month_short(line.period.first_day),
            value=line.contacts.shown,
            words=published.month_name(line.period),
            href=reverse("insight:period", args=[line.period]),
            is_now=line.period == shown,
            is_provisional=line.state is not State.CLOSED,
        )
        for line in chosen
    ]
    return charts.columns(
        "months",
        _("Contacts by month"),
        _("One column for each month, the latest last. The numbers follow as a table."),
        points,
        is_rtl=get_language_bidi(),
    )


@dataclass(frozen=True)
class Year:
    """A year in the overview: its months, and the sum of those that are published."""

    period: Period
    months: list[MonthLine]

    @property
    def totals(self) -> list[int | None]:
        """Per column the sum of what its months publish; None where all is hidden."""
        columns = zip(*(line.totals.values() for line in self.months), strict=True)
        return [_sum(column) for column in columns]

    @property
    def is_over(self) -> bool:
        return all(line.state is State.CLOSED for line in self.months)


def _sum(numbers: Iterable[Number]) -> int | None:
    """Adds up published numbers only, so that it tells nothing that they do not."""
    every = list(numbers)
    shown = [number.shown for number in every if number.shown is not None]
    return sum(shown) if sum(shown) or len(shown) == len(every) else None


def years(lines: list[MonthLine]) -> list[Year]:
    """The months by year, the latest first."""
    return [
        Year(Period(year), list(months))
        for year, months in groupby(lines, key=lambda line: line.period.year)
    ]


def years_of(lines: list[MonthLine], period: Period) -> list[Year]:
    """The months of a year, for the year's own page."""
    if not period.is_year:
        return []
    return [year for year in years(lines) if year.period == period]


def headline(lines: list[MonthLine]) -> MonthLine | None:
    """The latest final month with contacts; else the latest month there is."""
    final = (x for x in lines if x.state is State.CLOSED and x.contacts.count)
    return next(final, lines[0] if lines else None)


def compared(period: Period, now: datetime) -> Statistics | None:
    """The month or year before, to set this one against; None before the first.

    A month or year that is not over is not set against a whole one.
    """
    if period.state(now) is State.RUNNING:
        return None
    before = published.statistics(period.before, now)
    return None if before.is_empty else before


def texts(period: Period, now: datetime) -> list[tuple[str, str]]:
    """The short text of a period in every language of the pages."""
    found = []
    for language in languages.page_languages():
        with translation.override(language):
            statistics = published.statistics(period, now)
            found.append((language, words.text(statistics, compared(period, now))))
    return found


@dataclass(frozen=True)
class Contradiction:
    """Two published figures that cannot both be right, in numbers."""

    visits: int
    months: int

    @property
    def per_month(self) -> int:
        return round(self.visits / self.months)


def contradictions(figures: list[PublishedFigure]) -> list[Contradiction]:
    """Sums over several months that fall short of the stated monthly average."""
    stated = [f.value for f in figures if f.is_monthly]
    return [
        Contradiction(int(f.value), f.month_count)
        for f in figures
        if f.counted == PublishedFigure.Counted.VISITS
        and f.per_month is not None
        and any(f.per_month < average for average in stated)
    ]


def definitions() -> list[tuple[str, str, str]]:
    """Label, definition and who counts once, of all indicators."""
    return [
        (str(it.label), str(it.definition), str(it.counts_once))
        for it in INDICATORS.values()
    ]


def crumbs(period: Period, *, below: bool = False) -> list[tuple[str, str]]:
    """The way to a period's page; with the page itself for what lies ``below`` it."""
    way = [(reverse("insight:statistics"), _("Statistics"))]
    if not period.is_year:
        year = Period(period.year)
        way.append((reverse("insight:period", args=[year]), str(year)))
    if below:
        address = reverse("insight:period", args=[period])
        way.append((address, published.month_name(period)))
    return way


@dataclass(frozen=True)
class Row:
    """A contact behind a number, in words."""

    at: datetime
    is_demo: bool
    is_undone: bool
    channel: str
    language: str
    needs: str
    services: str
    referrals: str


def rows(contacts: Iterable[Contact]) -> list[Row]:
    """Contacts with what they were about, as a table shows them."""
    return [
        Row(
            at=it.at,
            is_demo=it.is_demo,
            is_undone=it.undone_at is not None,
            channel=vocabulary.label(vocabulary.CHANNELS, it.channel),
            language=it.language,
            needs=" · ".join(need_label(row.need) for row in it.needs.all()),
            services=" · ".join(str(row.service_name) for row in it.services.all()),
            referrals=" · ".join(str(row.place_name) for row in it.referrals.all()),
        )
        for it in contacts
    ]
