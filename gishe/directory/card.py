"""What the card of a service says: hours by weekday, places, languages, needs."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property

from django.utils.text import Truncator

from gishe.directory.coming import ComingHours, coming, is_dated
from gishe.directory.groups import GROUPS, Group
from gishe.directory.identity import PROGRAMME
from gishe.directory.models import Location, Phone, Schedule, Service
from gishe.directory.needs import NEEDS, Need, NeedDescription
from gishe.directory.queries import groups_of, needs_of
from gishe.foundation import languages
from gishe.foundation.translated import Translated

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
SUMMARY = 160  # letters
Span = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """Weekdays in a row (0 is Monday) with the same hours."""

    first: int
    last: int
    spans: tuple[Span, ...]

    @property
    def days(self) -> str:
        """ "Mon" or "Mon–Fri", in the reader's language."""
        names = [
            languages.weekday(day, "abbreviated") for day in (self.first, self.last)
        ]
        return names[0] if self.first == self.last else "–".join(names)


@dataclass(frozen=True)
class Card:
    """A service as people read it. Made from rows that are already read."""

    service: Service
    week: dict[int, list[Span]]
    hours: list[Hours]
    coming: list[ComingHours]  # hours of some weeks or of one day, the next first
    other_hours: list[Translated]
    is_place_hours: bool  # the hours are those of the house, not of the service
    places: list[Location]
    languages: list[str]
    needs: list[tuple[Need, NeedDescription]]
    groups: list[str] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    is_stale: bool = False

    @cached_property
    def summary(self) -> Translated:
        """The beginning of the description, in every language it has."""
        whole: Translated = self.service.description
        cut = {code: replace(it, text=_beginning(it.text)) for code, it in whole}
        return replace(whole, texts=cut)

    @property
    def website(self) -> str:
        """Its page on the net, if that is an address a browser may be sent to."""
        found = self.service.url or self.service.organization.website
        return found if found.startswith(("https://", "http://")) else ""


def _beginning(text: str) -> str:
    """The first sentence, or what fits of it."""
    return Truncator(text.split("\n", 1)[0]).chars(SUMMARY)


def card(service: Service, today: date) -> Card:
    """What to say about ``service`` today; prefetch with ``queries.with_details``."""
    links = list(service.service_at_locations.all())
    places = [link.location for link in links]
    schedules, is_place_hours = _schedules(service, today)
    weekly = [row for row in schedules if is_weekly(row)]
    dated = [row for row in weekly if is_dated(row, today)]
    week = _week([row for row in weekly if row not in dated])
    return Card(
        service=service,
        week=week,
        hours=_grouped(week),
        coming=coming(dated, today),
        other_hours=[text for row in schedules if (text := _in_words(row))],
        is_place_hours=is_place_hours,
        places=places,
        languages=languages_of(service),
        needs=[(Need(code), NEEDS[Need(code)]) for code in needs_of(service)],
        groups=[str(GROUPS[Group(code)]) for code in groups_of(service)],
        phones=_phones(service, places),
        is_stale=service.is_stale(today),
    )


def _schedules(service: Service, today: date) -> tuple[list[Schedule], bool]:
    """The service's own hours, else those at its places, else the places' hours."""
    own = _valid(service.schedules.all(), today)
    links = service.service_at_locations.all()
    there = [row for link in links for row in _valid(link.schedules.all(), today)]
    if own or there:
        return [*own, *there], False
    open_hours = [
        row for link in links for row in _valid(link.location.schedules.all(), today)
    ]
    return open_hours, True


def _valid(rows: Iterable[Schedule], today: date) -> list[Schedule]:
    return [
        row
        for row in rows
        if (row.valid_to is None or row.valid_to >= today)
        and (row.until is None or row.until >= today)
    ]


def is_weekly(row: Schedule) -> bool:
    """Whether it says the same hours every week on whole weekdays."""
    days = row.byday.split(",") if row.byday else []
    every_week = row.freq in ("", "WEEKLY") and row.interval in (None, 1)
    known = bool(days) and all(day.strip() in WEEKDAYS for day in days)
    return every_week and known and None not in (row.opens_at, row.closes_at)


def editable_hours(service: Service) -> dict[int, Span] | None:
    """The service's own hours if they fit a table of one span a day, else None.

    What the programme of a month gives is not edited here and does not count.
    """
    rows = [it for it in service.schedules.all() if it.source_name != PROGRAMME]
    week = _week(rows)
    plain = all(
        is_weekly(row) and not (row.valid_from or row.valid_to or _in_words(row))
        for row in rows
    )
    if not plain or any(len(spans) > 1 for spans in week.values()):
        return None
    return {day: spans[0] for day, spans in week.items()}


def _week(rows: list[Schedule]) -> dict[int, list[Span]]:
    week: dict[int, set[Span]] = {}
    for row in rows:
        if is_weekly(row) and row.opens_at and row.closes_at:
            for day in row.byday.split(","):
                number = WEEKDAYS.index(day.strip())
                week.setdefault(number, set()).add((row.opens_at, row.closes_at))
    return {day: sorted(week[day]) for day in sorted(week)}


def _grouped(week: dict[int, list[Span]]) -> list[Hours]:
    found: list[Hours] = []
    for day, spans in week.items():
        last = found[-1] if found else None
        if last and last.last == day - 1 and last.spans == tuple(spans):
            found[-1] = Hours(last.first, day, last.spans)
        else:
            found.append(Hours(day, day, tuple(spans)))
    return found


def _in_words(row: Schedule) -> Translated:
    """What a schedule says in words; hours that no table can show must say it."""
    said: Translated = row.notes or row.description
    return said


def languages_of(service: Service) -> list[str]:
    """Codes, two letters where there are; a name where an import gave no code."""
    codes = [
        languages.ISO_639_3.get(row.code, row.code) or row.name
        for row in service.languages.all()
    ]
    return list(dict.fromkeys(code for code in codes if code))


def _phones(service: Service, places: list[Location]) -> list[Phone]:
    """Its own numbers, else those of its places, else those of the organization."""
    own = list(service.phones.all())
    there = [phone for place in places for phone in place.phones.all()]
    return own or there or list(service.organization.phones.all())
