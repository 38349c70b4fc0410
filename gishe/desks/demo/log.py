"""Invented contacts of the last fourteen months, the same for the same day each time.

The curve is made up; its size follows what the Bureau published (about a hundred
contacts a month), and so do the order of needs and of countries of origin.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings

from gishe.accounts.models import User
from gishe.desks.demo.content import reference
from gishe.directory.models import Service
from gishe.directory.queries import needs_of
from gishe.visits import actions
from gishe.visits.models import Contact

MONTHS_BACK = 14
NEEDS = {
    "legal": 26,
    "documents": 22,
    "information": 14,
    "health": 13,
    "employment": 12,
    "income": 10,
    "language": 9,
    "housing": 7,
    "education": 6,
    "childcare": 4,
    "mental_health": 4,
    "qualifications": 3,
    "food": 3,
    "social_contacts": 2,
    "safety": 2,
    "special_needs": 1,
    "mobility": 1,
}
CHANNELS = {"walk_in": 70, "phone": 15, "appointment": 8, "message": 5, "outreach": 2}
COMING_FROM = {
    ("ukraine", "uk"): 24,
    ("ukraine", "ru"): 14,
    ("syria", "ar"): 24,
    ("iraq", "ar"): 10,
    ("afghanistan", "fa"): 8,
    ("iran", "fa"): 5,
    ("russia", "ru"): 5,
    ("africa", "fr"): 4,
    ("moldova", "ru"): 3,
    ("other_asia", "en"): 3,
    ("", "en"): 4,
}
AGES = {"25_60": 58, "18_24": 17, "over_60": 9, "under_18": 4, "": 12}


T = TypeVar("T")


def _one(chance: random.Random, weights: dict[T, int]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def _working_days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if day.weekday() < 5:
            yield day


def contacts_of(day: date, services: list[Service], by: User) -> list[actions.Entry]:
    """The invented contacts of one day."""
    chance = random.Random(day.toordinal())
    season = 1.25 if day.month in (1, 2, 3, 9, 10) else 1.0
    count = round(chance.gauss(5 * season, 1.6))
    return [_contact(day, n, chance, services, by) for n in range(max(count, 1))]


def _contact(
    day: date, n: int, chance: random.Random, services: list[Service], by: User
) -> actions.Entry:
    country, language = _one(chance, COMING_FROM)
    needs = {_one(chance, NEEDS)}
    if chance.random() < 0.3:
        needs.add(_one(chance, NEEDS))
    fitting = [s for s in services if needs & set(needs_of(s))]
    given = chance.sample(fitting, 1) if fitting and chance.random() < 0.85 else []
    others = [s for s in fitting if s not in given]
    sent = chance.sample(others, 1) if others and chance.random() < 0.3 else []
    minute = 9 * 60 + int(chance.triangular(0, 470, 150))
    at = datetime.combine(
        day, time(minute // 60, minute % 60), ZoneInfo(settings.TIME_ZONE)
    )
    return actions.Entry(
        reference=reference("contact", f"{day}/{n}"),
        at=at,
        channel=_one(chance, CHANNELS),
        language=language,
        needs=sorted(needs),
        by=by,
        services=given,
        referrals=[actions.Place(name=s.name, service=s) for s in sent],
        country_group=country,
        age_group=_one(chance, AGES),
        is_demo=True,
    )


def write(services: list[Service], by: User, at: datetime) -> int:
    """Write the contacts that are not there yet, up to this moment."""
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    first = (today.replace(day=1) - timedelta(days=30 * MONTHS_BACK)).replace(day=1)
    newest = Contact.objects.filter(is_demo=True).order_by("-at").first()
    if newest:
        first = newest.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    known = set(Contact.objects.filter(is_demo=True).values_list("id", flat=True))
    entries = [
        entry
        for day in _working_days(first, today)
        for entry in contacts_of(day, services, by)
        if entry.at <= at and entry.reference not in known
    ]
    actions.log_many(entries=entries, by=None, at=at)
    return len(entries)
