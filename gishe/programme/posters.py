"""The month as a poster to pin on the wall: A4 across, readable as A3 too."""

import logging
from pathlib import Path
from typing import Any

import segno
from django.utils import timezone
from django.utils.translation import gettext as _

from gishe.foundation import languages, pdf
from gishe.programme import wording
from gishe.programme.pages import MonthPage, address
from gishe.programme.timetable import Regular

log = logging.getLogger(__name__)
TEMPLATE = Path(__file__).parent / "typst" / "month.typ"
# Lines that one column of the page holds in the largest letters, and in smaller ones;
# a fuller month puts more on a line, and a very full one goes on to a second page.
SIZES = ((20, 11.0), (26, 10.0), (34, 9.0), (44, 8.0))
SMALLEST = 7.5  # points


def poster(page: MonthPage, url: str) -> bytes:
    """The PDF of a month in the page's language; raises foundation.pdf.CannotDraw."""
    return pdf.render(TEMPLATE, data(page, url))


def data(page: MonthPage, url: str) -> dict[str, Any]:
    """What the template shows, every text ready in the reader's language."""
    code, published = languages.active(), page.published
    columns = [_column(page, day) for day in _weekdays(page)]
    return {
        "lang": code,
        "dir": languages.direction(code),
        "title": _("Programme at the counter"),
        "city": languages.city(),
        "month": _capital(languages.month(page.first_day)),
        "comma": languages.comma(),
        "address": address(page.place),
        "free": _("Free of charge. No document and no name is needed to ask."),
        "columns": columns,
        "notices": _notices(page),
        "closed": _closed(page),
        "empty": "" if published else _("This month is not published yet."),
        "demo": _("DEMO"),
        "is_demo": any(line.slot.is_demo for line in page.regular),
        "scan": _("Today's changes, in your language"),
        "version": _version(page),
        "url": url.split("//", 1)[-1],
        "qr": segno.make(url, error="m").svg_inline(border=0),
        **_size(columns),
    }


def _weekdays(page: MonthPage) -> list[int]:
    usual = {day.house.date.weekday() for day in page.all_days if day.house.is_open}
    met = {line.weekday for line in page.regular}
    return sorted(met | {day for day in usual if day < 5})


def _column(page: MonthPage, weekday: int) -> dict[str, Any]:
    days = [day.day for day in page.open_days if day.weekday() == weekday]
    return {
        "name": _capital(languages.weekday(weekday)),
        "days": [str(day) for day in days],
        "items": [_item(it) for it in page.regular if it.weekday == weekday],
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _item(line: Regular) -> dict[str, Any]:
    slot = line.slot
    names = [languages.name(code) for code in slot.languages]
    return {
        "hours": languages.hours(slot.starts, slot.ends),
        "service": _text(slot.service.name),
        "organization": _text(slot.organization.name),
        "room": _text(slot.room.name) if slot.room else None,
        "languages": names,
        "dates": "" if line.is_every_week else dates(line),
        "booking": _("Book first") if slot.needs_booking else "",
        "is_demo": slot.is_demo,
    }


def _text(name: Any) -> dict[str, str]:
    """A text with its language and direction, for a fallback reads its own way."""
    shown = name.shown(languages.active())
    code = shown.language or languages.active()
    return {"text": shown.text, "lang": code, "dir": languages.direction(code)}


def dates(line: Regular) -> str:
    """On which days of the month, where it is not every week."""
    numbers = [wording.HOURS.format(day.day) for day in line.dates]
    return _("only on: %(dates)s") % {"dates": ", ".join(numbers)}


def _notices(page: MonthPage) -> list[str]:
    """What is different from today on, for the house or one of its hours."""
    coming = [n for n in page.notices if n.last_day >= page.at.date()]
    return [wording.dated_notice(it) for it in reversed(coming)]


def _closed(page: MonthPage) -> str:
    days = [
        f"{languages.day(day.date, 'Ed')} ({day.house.reason})"
        for day in page.all_days
        if day.house.why == "holiday" and day.date.weekday() < 5
    ]
    return _("Closed: %(days)s") % {"days": ", ".join(days)} if days else ""


def _version(page: MonthPage) -> str:
    if page.published is None:
        return ""
    return _("Version %(number)s, published on %(date)s") % {
        "number": page.published.number,
        "date": languages.full_date(timezone.localdate(page.published.published_at)),
    }


def _size(columns: list[dict[str, Any]]) -> dict[str, Any]:
    """Letters as large as the fullest column lets them be, in points."""
    width = max(len(columns), 1)
    lines = max((_lines(column, width) for column in columns), default=0)
    size = next((size for most, size in SIZES if lines <= most), None)
    return {"size": size or SMALLEST, "compact": size is None}


def _lines(column: dict[str, Any], columns: int) -> float:
    letters = 150 // columns  # on a line of the column, roughly
    texts = ("service", "organization")
    return sum(
        1.6
        + sum(1 + len(item[it]["text"]) // letters for it in texts)
        + 1
        + len(" · ".join(item["languages"])) // letters
        + bool(item["dates"])
        for item in column["items"]
    )
