"""What the first page of each door shows, gathered from the rooms."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from gishe.accounts.models import User
from gishe.accounts.roles import Right
from gishe.directory import queries as directory
from gishe.directory.models import Location, Service
from gishe.directory.needs import label
from gishe.foundation import languages
from gishe.programme import queries as programme
from gishe.programme.models import month_after, month_of
from gishe.visits import queries as visits
from gishe.visits.models import Contact

DAYS_AHEAD = 14


@dataclass(frozen=True)
class Counter:
    """The counter on a day: its hours, who is there, what is different."""

    day: date
    house: programme.HouseDay
    is_open: bool
    slots: list[programme.PublishedSlot]
    notices: list[programme.NoticeOfTheDay]
    location: Location | None
    next_open: programme.HouseDay | None  # only while it is closed
    after: list[programme.PublishedSlot]  # of the next open day

    @property
    def day_shown(self) -> date:
        """Today while something is still to come, else the next open day."""
        return self.coming[0].date if self.coming else self.day

    @property
    def coming(self) -> list[programme.PublishedSlot]:
        """What is on now and comes later today, or on the next open day."""
        left = [slot for slot in self.slots if slot.state != programme.State.OVER]
        return left or self.after


def counter(at: datetime) -> Counter:
    """The counter today."""
    moment = timezone.localtime(at)
    today = moment.date()
    ahead = [today + timedelta(days=n) for n in range(DAYS_AHEAD + 1)]
    days = programme.house_days(ahead)
    house = days[today]
    is_open = house.is_open_at(moment.time())
    comes = house.opens is not None and moment.time() < house.opens
    later = [days[day] for day in ahead[0 if comes else 1 :] if days[day].is_open]
    return Counter(
        day=today,
        house=house,
        is_open=is_open,
        slots=programme.slots_on(today, at),
        notices=[n for n in programme.notices_on(today) if n.is_for_the_house],
        location=directory.house(),
        next_open=None if is_open or not later else later[0],
        after=_after(ahead[1:], days, at),
    )


def _after(
    ahead: list[date], days: dict[date, programme.HouseDay], at: datetime
) -> list[programme.PublishedSlot]:
    """The slots of the first open day that has any."""
    for day in ahead:
        if days[day].is_open and (slots := programme.slots_on(day, at)):
            return slots
    return []


@dataclass(frozen=True)
class Logged:
    """One of the latest contacts, in words."""

    at: datetime
    language: str
    needs: str


@dataclass(frozen=True)
class Desk:
    """What somebody who works here looks at first, as far as his role may."""

    contacts_today: int
    latest: list[Logged]
    stale: list[Service]
    corrections: int
    next_month: date
    next_month_state: str
    offers: int


def desk(user: User, at: datetime) -> Desk:
    """The desk of ``user``: what waits for him, by what his role may do."""
    today = timezone.localtime(at).date()
    coming = month_after(month_of(today))
    row = programme.month_row(coming)
    logs = user.may(Right.LOG_CONTACTS)
    contacts = visits.on_day(today).filter(undone_at=None)
    keeps = user.may(Right.KEEP_DIRECTORY)
    cards = directory.stale_cards(today) if keeps else directory.cards_in_view(user)
    return Desk(
        contacts_today=contacts.count() if logs else 0,
        latest=[_logged(row) for row in contacts.reverse()[:5]] if logs else [],
        stale=[card for card in cards[:50] if card.is_stale(today)][:6],
        corrections=directory.open_corrections().count() if keeps else 0,
        next_month=coming,
        next_month_state=row.state if row else "",
        offers=programme.offers(coming).count(),
    )


def _logged(contact: Contact) -> Logged:
    labels = [label(row.need) for row in contact.needs.all()]
    return Logged(contact.at, contact.language, languages.joined(labels))
