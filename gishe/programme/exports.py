"""The published month as JSON. Names of fields are a promise: they only ever grow."""

from typing import Any

from django.conf import settings

from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.programme.pages import MonthPage, address
from gishe.programme.timetable import Named, NoticeOfTheDay, PublishedSlot

FORMAT = "gishe-programme-1"
Json = dict[str, Any]


def month_json(page: MonthPage) -> Json:
    """The month in the page's language, with what is different on its days."""
    published = page.published
    slots = [slot for slot in page.shown_slots]
    return {
        "format": FORMAT,
        "city": languages.city(),
        "time_zone": settings.TIME_ZONE,
        "language": languages.active(),
        "month": f"{page.first_day:%Y-%m}",
        "is_published": published is not None,
        "version": published.number if published else None,
        "published_at": published.published_at.isoformat() if published else None,
        "address": address(page.place),
        "notices": [_notice(it) for it in page.notices],
        "slots": [_slot(it) for it in slots],
        "removed": [str(it.id) for it in published.removed] if published else [],
    }


def _text(value: Translated) -> Json:
    shown = value.shown(languages.active())
    return {"text": shown.text, "language": shown.language}


def _named(it: Named) -> Json:
    return {"id": str(it.id), "name": _text(it.name)}


def _notice(it: NoticeOfTheDay) -> Json:
    return {
        "id": str(it.id),
        "kind": it.kind,
        "text": _text(it.text),
        "first_day": it.first_day.isoformat(),
        "last_day": it.last_day.isoformat(),
        "service": str(it.service_id) if it.service_id else None,
        "slot": str(it.slot_id) if it.slot_id else None,
        "posted_at": it.posted_at.isoformat(),
        "is_demo": it.is_demo,
    }


def _slot(it: PublishedSlot) -> Json:
    return {
        "id": str(it.id),
        "date": it.date.isoformat(),
        "starts": f"{it.starts:%H:%M}",
        "ends": f"{it.ends:%H:%M}",
        "state": it.state.value,
        "service": _named(it.service),
        "organization": _named(it.organization),
        "room": _named(it.room) if it.room else None,
        "languages": list(it.languages),
        "needs": list(it.needs),
        "places": it.places,
        "needs_booking": it.needs_booking,
        "notices": [str(notice.id) for notice in it.notices],
        "is_demo": it.is_demo,
        "source": it.source,
    }
