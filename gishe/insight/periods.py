"""Months and years at the counter: local time, and when their numbers are final."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from gishe.visits.actions import LATE_ENTRY_FOR


class State(StrEnum):
    """How far a period has come."""

    FUTURE = "future"
    RUNNING = "running"
    CLOSING = "closing"  # over, but contacts may still be entered late
    CLOSED = "closed"  # final: nothing changes it any more


class NotAPeriod(ValueError):
    """These letters name no month and no year."""


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, order=True)
class Period:
    """A month, or a year where ``month`` is 0; from midnight to midnight here."""

    year: int
    month: int = 0

    @classmethod
    def parse(cls, text: str) -> "Period":
        """From "2022-10" or "2022", as in addresses; raises ``NotAPeriod``."""
        found = re.fullmatch(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?", text, re.ASCII)
        if found is None:
            raise NotAPeriod(text)
        return cls(int(found[1]), int(found[2] or 0))

    @classmethod
    def month_of(cls, at: datetime) -> "Period":
        """The month at the counter in which this moment lies."""
        local = timezone.localtime(at)
        return cls(local.year, local.month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def is_year(self) -> bool:
        return self.month == 0

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def last_day(self) -> date:
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def start(self) -> datetime:
        return _midnight(self.first_day)

    @property
    def end(self) -> datetime:
        """The first moment that no longer belongs to it."""
        return self.next.start

    @property
    def closes_at(self) -> datetime:
        """From now on nothing can be entered late, and the numbers are final."""
        return self.end + LATE_ENTRY_FOR

    @property
    def last_entry_day(self) -> date:
        """The last day on which a contact of this time may still be entered."""
        return timezone.localtime(self.closes_at - timedelta(hours=2)).date()

    @property
    def next(self) -> "Period":
        if self.is_year:
            return Period(self.year + 1)
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def before(self) -> "Period":
        if self.is_year:
            return Period(self.year - 1)
        return Period(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def months(self) -> "list[Period]":
        return [Period(self.year, n) for n in range(1, 13)] if self.is_year else [self]

    def state(self, now: datetime) -> State:
        """How far the period has come at this moment."""
        if now < self.start:
            return State.FUTURE
        if now < self.end:
            return State.RUNNING
        return State.CLOSING if now < self.closes_at else State.CLOSED
