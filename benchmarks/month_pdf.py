"""How long does the poster of a full month take, once the compiler is warm?

Prints one JSON line: the median in milliseconds of each page language, by the clock
on the wall and by the processor (all threads of this process), which a busy machine
does not lengthen. The month is invented: 60 weekly hours in 3 rooms on all open days,
every text in that language.

    python -m benchmarks.month_pdf [--weekly 60] [--runs 20]
"""

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from datetime import date, datetime
from datetime import time as clock
from uuid import UUID
from zoneinfo import ZoneInfo

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("GISHE_HOME", tempfile.mkdtemp(prefix="gishe-bench-"))

import django

django.setup()

from django.utils import translation  # noqa: E402

from gishe.foundation.references import new_reference  # noqa: E402
from gishe.foundation.translated import Translated  # noqa: E402
from gishe.programme import posters  # noqa: E402
from gishe.programme.models import days_of  # noqa: E402
from gishe.programme.pages import DayPage, MonthPage  # noqa: E402
from gishe.programme.queries import HouseDay, Published  # noqa: E402
from gishe.programme.timetable import Choice, Named, PublishedSlot, regulars  # noqa: E402

FIRST_DAY = date(2026, 12, 1)
AT = datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("Europe/Sofia"))
LANGUAGES = ("bg", "en", "uk", "ru", "ar", "fa", "fr")
WORDS = {
    "bg": "Консултация за работа и документи",
    "en": "Advice on work and documents",
    "uk": "Консультація щодо роботи й документів",
    "ru": "Консультация по работе и документам",
    "ar": "استشارة حول العمل والوثائق",
    "fa": "مشاوره کار و مدارک",
    "fr": "Conseil sur l’emploi et les documents",
}


def named(number: int) -> Named:
    texts = {code: f"{words} {number}" for code, words in WORDS.items()}
    return Named(UUID(int=number), Translated.of("bg", **texts))


def slots(weekly: int) -> list[PublishedSlot]:
    """``weekly`` hours a week, on each of their days of the month."""
    draw = random.Random(0)
    found = []
    for number in range(weekly):
        weekday, starts = draw.randrange(5), 9 + draw.randrange(7)
        ends, spoken = starts + draw.choice((1, 2)), draw.sample(LANGUAGES, 3)
        found += [
            PublishedSlot(
                id=new_reference(),
                date=day,
                starts=clock(starts),
                ends=clock(ends),
                service=named(number % 25),
                organization=named(100 + number % 15),
                room=named(200 + number % 3),
                languages=tuple(spoken),
                needs=("employment",),
                places=None,
                needs_booking=number % 3 == 0,
                is_demo=True,
                source="",
            )
            for day in days_of(FIRST_DAY)
            if day.weekday() == weekday
        ]
    return found


def month(weekly: int) -> MonthPage:
    found, days = slots(weekly), days_of(FIRST_DAY)
    houses = {
        day: HouseDay(day, ((clock(9), clock(17)),) if day.weekday() < 5 else ())
        for day in days
    }
    open_days = tuple(day for day in days if houses[day].is_open)
    told = tuple(
        DayPage(houses[day], (), tuple(s for s in found if s.date == day))
        for day in days
    )
    published = Published(FIRST_DAY, new_reference(), 1, AT, tuple(found), ())
    return MonthPage(
        first_day=FIRST_DAY,
        at=AT,
        choice=Choice(),
        published=published,
        place=None,
        today=None,
        days=told,
        past=(),
        regular=tuple(regulars(found, open_days)),
        notices=(),
        open_days=open_days,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("weekly", 60), ("runs", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    page, medians, worked, size = month(asked.weekly), {}, {}, 0
    for code in LANGUAGES:
        with translation.override(code):
            spent, busy = [], []
            for run in range(asked.runs + 1):
                # The address changes, so that no run finds the one before it ready.
                start, begun = time.perf_counter(), time.process_time()
                made = posters.poster(page, f"https://example.org/{code}/{run}/")
                spent.append(1000 * (time.perf_counter() - start))
                busy.append(1000 * (time.process_time() - begun))
            worked[code] = round(statistics.median(busy[1:]), 1)
            medians[code] = round(statistics.median(spent[1:]), 1)
            size = max(size, len(made))
    line = {
        "benchmark": "month_pdf",
        "weekly_hours": asked.weekly,
        "slots": len(page.published.slots if page.published else ()),
        "runs": asked.runs,
        "median_ms": medians,
        "median_cpu_ms": worked,
        "largest_bytes": size,
        "target_ms": 100,
    }
    print(json.dumps(line))  # noqa: T201


if __name__ == "__main__":
    main()
