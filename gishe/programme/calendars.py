"""The published month as an iCalendar feed (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from gishe.foundation import languages
from gishe.programme import queries, wording
from gishe.programme.models import days_of
from gishe.programme.pages import address, house_place
from gishe.programme.timetable import (
    Choice,
    NoticeOfTheDay,
    PublishedSlot,
    State,
    standing,
)

# One version makes room for this many notices about the same slot.
STEP = 1000


def calendar(months: Iterable[date], choice: Choice, at: datetime, url: str) -> bytes:
    """Events of these months as they stand ``at`` this moment.

    An event keeps its UID through all versions. What was cancelled, or went out with
    a later version, is said with STATUS:CANCELLED and a higher SEQUENCE. A notice
    for the whole house is an event of its own, all day long.
    """
    made = Calendar()
    made.add("prodid", "-//Gishe//Programme//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _name(choice))
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval", timedelta(hours=1), {"value": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    where = address(house_place())
    told: set[UUID] = set()
    for first_day in months:
        for event in _events(first_day, choice, at, where, url, told):
            made.add_component(event)
    return bytes(made.to_ical())


def _name(choice: Choice) -> str:
    name = _("Programme at the counter, %(city)s") % {"city": languages.city()}
    return f"{name} · {languages.name(choice.language)}" if choice.language else name


def _events(
    first_day: date,
    choice: Choice,
    at: datetime,
    where: str,
    url: str,
    told: set[UUID],
) -> Iterable[Event]:
    month = queries.published(first_day)
    if month is None:
        return
    days, moment = days_of(first_day), timezone.localtime(at)
    every = queries.notices_between(days[0], days[-1], with_withdrawn=True)
    standing_ids = {it.id for it in queries.notices_between(days[0], days[-1])}
    notices = [it for it in every if it.id in standing_ids]
    # A notice counts once when it is posted and once more when it is withdrawn.
    weight = {it.id: 1 if it.id in standing_ids else 2 for it in every}
    for slot, is_gone in _lines(month):
        if not choice.takes(slot):
            continue
        about = [it for it in every if it.touches(slot)]
        news = sum(weight[it.id] for it in about)
        stamp = max([month.published_at, *(it.posted_at for it in about)])
        event = _slot(standing(slot, notices, moment), is_gone, where, url)
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("sequence", month.number * STEP + news)
        yield event
    for notice in notices:
        if notice.is_for_the_house and notice.id not in told:
            told.add(notice.id)
            yield _all_day(notice)


def _lines(month: queries.Published) -> Iterable[tuple[PublishedSlot, bool]]:
    yield from ((slot, False) for slot in month.slots)
    yield from ((slot, True) for slot in month.removed)


def _slot(slot: PublishedSlot, is_gone: bool, where: str, url: str) -> Event:
    event = Event()
    event.add("uid", f"{slot.id}@gishe")
    event.add("dtstart", _moment(slot.date, slot.starts))
    event.add("dtend", _moment(slot.date, slot.ends))
    is_off = is_gone or slot.state == State.CANCELLED
    name = str(slot.service.name)
    if is_off:
        name = _("Cancelled: %(service)s") % {"service": wording.ISOLATED.format(name)}
    elif slot.state == State.FULL:
        name = _("Full: %(service)s") % {"service": wording.ISOLATED.format(name)}
    event.add("summary", name, {"language": languages.active()})
    event.add("description", "\n".join(_description(slot)))
    event.add("location", f"{where}, {slot.room.name}" if slot.room else where)
    event.add("url", url)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event


def _description(slot: PublishedSlot) -> Iterable[str]:
    yield str(slot.organization.name)
    if slot.languages:
        yield languages.joined([languages.name(code) for code in slot.languages])
    yield _("Book first") if slot.needs_booking else _("Just come")
    yield from (str(notice.text) for notice in slot.notices if notice.text)
    if slot.is_demo:
        yield _("DEMO")


def _all_day(notice: NoticeOfTheDay) -> Event:
    event = Event()
    event.add("uid", f"{notice.id}@gishe")
    event.add("dtstart", notice.first_day)
    event.add("dtend", notice.last_day + timedelta(days=1))
    event.add("dtstamp", notice.posted_at.astimezone(UTC))
    event.add("summary", wording.notice(notice))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    return event


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour)).astimezone(UTC)
