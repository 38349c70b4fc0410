"""What the public pages and papers show of a month, put together once for all forms."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.utils import timezone

from gishe.directory import queries as directory
from gishe.directory.models import Location
from gishe.foundation import languages
from gishe.programme import queries
from gishe.programme.models import days_of, month_after, month_before
from gishe.programme.timetable import (
    Choice,
    NoticeOfTheDay,
    PublishedSlot,
    Regular,
    State,
    by_day,
    by_hour,
    regulars,
    standing,
)


@dataclass(frozen=True)
class DayPage:
    """One day: is the house open, what is different, who is there."""

    house: queries.HouseDay
    notices: tuple[NoticeOfTheDay, ...]
    slots: tuple[PublishedSlot, ...]

    @property
    def date(self) -> date:
        return self.house.date

    @property
    def now(self) -> list[PublishedSlot]:
        return [slot for slot in self.slots if slot.state == State.NOW]


@dataclass(frozen=True)
class MonthPage:
    """A month for readers: its days from today on, the days that are over."""

    first_day: date
    at: datetime
    choice: Choice
    published: queries.Published | None
    place: Location | None
    today: DayPage | None
    days: tuple[DayPage, ...]
    past: tuple[DayPage, ...]
    regular: tuple[Regular, ...]
    notices: tuple[NoticeOfTheDay, ...]
    open_days: tuple[date, ...]

    @property
    def digest(self) -> str:
        """A word for all that the lists of days show, in whatever language."""
        shown = repr((self.days, self.past, self.is_current))
        return sha256(shown.encode()).hexdigest()

    @property
    def is_current(self) -> bool:
        return self.first_day == self.at.date().replace(day=1)

    @property
    def is_over(self) -> bool:
        return self.first_day < self.at.date().replace(day=1)

    @property
    def is_open_now(self) -> bool:
        return bool(self.today and self.today.house.is_open_at(self.at.time()))

    @property
    def hours(self) -> list[tuple[time, list[Regular]]]:
        return by_hour(self.regular)

    @property
    def all_days(self) -> tuple[DayPage, ...]:
        today = (self.today,) if self.today else ()
        return (*self.past, *today, *self.days)

    @property
    def shown_slots(self) -> list[PublishedSlot]:
        return [slot for day in self.all_days for slot in day.slots]

    @property
    def month_before(self) -> date | None:
        before = month_before(self.first_day)
        return before if queries.is_published(before) else None

    @property
    def month_after(self) -> date | None:
        after = month_after(self.first_day)
        return after if queries.is_published(after) else None


def month_page(first_day: date, choice: Choice, at: datetime) -> MonthPage:
    """The month as it stands ``at`` this moment, with what the reader chose."""
    moment = timezone.localtime(at)
    published, days = queries.published(first_day), days_of(first_day)
    notices = queries.notices_between(days[0], days[-1])
    houses = queries.house_days(days)
    found = [standing(s, notices, moment) for s in published.slots] if published else []
    chosen = dict(by_day(slot for slot in found if choice.takes(slot)))
    pages = [
        DayPage(
            houses[day],
            tuple(n for n in notices if n.is_on(day) and _is_for(n, choice)),
            tuple(chosen.get(day, ())),
        )
        for day in days
    ]
    today = next((it for it in pages if it.date == moment.date()), None)
    told = [it for it in pages if _is_told(it)]
    open_days = [day for day in days if houses[day].is_open]
    return MonthPage(
        first_day=first_day,
        at=moment,
        choice=choice,
        published=published,
        place=house_place(),
        today=today,
        days=tuple(it for it in told if it.date > moment.date()),
        past=tuple(it for it in told if it.date < moment.date()),
        regular=tuple(regulars((s for d in chosen.values() for s in d), open_days)),
        notices=tuple(notices),
        open_days=tuple(open_days),
    )


def _is_told(day: DayPage) -> bool:
    """Whether the list of days has anything to say about this one."""
    if day.slots or (day.house.why == "holiday" and day.date.weekday() < 5):
        return True
    return bool(day.notices) and (day.house.is_open or day.house.why == "closed")


def _is_for(notice: NoticeOfTheDay, choice: Choice) -> bool:
    return (
        notice.service_id is None
        or choice.service is None
        or notice.service_id == choice.service
    )


def coming_days(at: datetime) -> list[queries.HouseDay]:
    """The house's hours on the seven days from today."""
    days = [at.date() + timedelta(days=n) for n in range(7)]
    return list(queries.house_days(days).values())


def house_place() -> Location | None:
    """Where the programme takes place."""
    return directory.house()


def address(place: Location | None) -> str:
    """The house's address on one line."""
    if place is None:
        return str(languages.city())
    first = next(iter(place.addresses.all()), None)
    return str(first) if first else str(place.name)
