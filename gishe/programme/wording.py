"""Conflicts, holes and reasons in the reader's words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gishe.core.planning import Conflict, Holes
from gishe.directory import needs
from gishe.directory.queries import needs_of
from gishe.foundation import languages
from gishe.programme.composing import Line
from gishe.programme.models import Offer
from gishe.programme.timetable import NoticeOfTheDay

ISOLATED = "\u2068{}\u2069"  # a name of any script inside a sentence of any script
HOURS = "\u2066{}\u2069"

CONFLICTS = {
    "room_taken": lambda: _("The same room at the same time"),
    "person_twice": lambda: _("The same person in two places"),
    "same_service_same_hour": lambda: _("The same service at the same hour"),
}


@dataclass(frozen=True)
class Said:
    """One conflict in words: what, on which days, between which offers."""

    title: str
    first: Line
    second: Line
    days: tuple[date, ...]


def who(line: Line) -> str:
    """An offer in a few words: whose, what, when."""
    offer = line.offer
    return _("%(organization)s, %(service)s, %(hours)s") % {
        "organization": ISOLATED.format(offer.organization.name),
        "service": ISOLATED.format(offer.service.name),
        "hours": HOURS.format(languages.hours(offer.starts, offer.ends)),
    }


def conflicts(found: Iterable[Conflict], by_key: Mapping[str, Line]) -> list[Said]:
    """Conflicts of the same two offers are told once, with all their days."""
    days: dict[tuple[Any, ...], list[Line]] = {}
    for pair in found:
        first, second = by_key[pair.first], by_key[pair.second]
        same = (first.offer.id, second.offer.id, pair.code.value)
        days.setdefault(same, []).append(first)
    said = []
    for (_first, second_id, code), lines in days.items():
        second = next(
            line
            for line in by_key.values()
            if line.offer.id == second_id and line.date == lines[0].date
        )
        dates = tuple(line.date for line in lines)
        said.append(Said(CONFLICTS[code](), lines[0], second, dates))
    return said


def reason(it: Mapping[str, Any], by_key: Mapping[str, Line]) -> str:
    """Why an hour is not in the programme, as a sentence."""
    about = [who(by_key[k]) for k in it["offers"] if k in by_key]
    others = "; ".join(about[:2]) or _("other hours")
    return str(_SENTENCES[it["code"]]() % {"others": others})


_SENTENCES = {
    "closed_day": lambda: _("The house is closed on this day."),
    "outside_opening_hours": lambda: _("The house is not open during these hours."),
    "room_unknown": lambda: _("This room is not in use."),
    "room_taken": lambda: _("The room is taken: %(others)s."),
    "person_twice": lambda: _("The same person already works then: %(others)s."),
    "same_service_same_hour": lambda: _(
        "The same service is already given then: %(others)s."
    ),
    "others_cover_more": lambda: _(
        "The hours in its place reach more people who would find nothing else:"
        " %(others)s."
    ),
    "provider_already_has_more": lambda: _(
        "This organization already gets a larger part of the hours it offered than:"
        " %(others)s."
    ),
    "less_fair": lambda: _(
        "The hours would be shared less fairly without: %(others)s."
    ),
    "keeps_rule_whole": lambda: _(
        "The hours in its place stay every week this way: %(others)s."
    ),
    "equally_good": lambda: _("It would do just as well as: %(others)s."),
    "adds_no_cover": lambda: _("It fits, but others cover the same: %(others)s."),
}


@dataclass(frozen=True)
class Cover:
    """What is missing, and how many hours a language has on each weekday."""

    needs: list[str]
    languages: list[str]
    weekdays: list[int]
    columns: list[int]
    rows: list[tuple[str, list[int]]]

    @property
    def is_whole(self) -> bool:
        return not (self.needs or self.languages or self.weekdays)


def cover(holes: Holes, found: Sequence[Line]) -> Cover:
    """Needs, languages and weekdays that nobody covers at all, and the table."""
    count = Counter(
        (code, line.date.weekday())
        for code, line in _weekly(found)
        if code in holes.by_language
    )
    columns = list(holes.by_weekday)
    rows = [(code, [count[code, d] for d in columns]) for code in holes.by_language]
    covered = {need for line in found for need in needs_of(line.offer.service)}
    return Cover(
        needs=[needs.label(code) for code in holes.by_need if code not in covered],
        languages=[code for code, row in rows if not any(row)],
        weekdays=[d for n, d in enumerate(columns) if not any(r[n] for _c, r in rows)],
        columns=columns,
        rows=rows,
    )


def _weekly(found: Iterable[Line]) -> Iterable[tuple[str, Line]]:
    """Each language of each offer once for a weekday, however many its dates."""
    seen = set()
    for line in found:
        for code in line.offer.languages:
            mark = (line.offer.id, line.date.weekday(), code)
            if mark not in seen:
                seen.add(mark)
                yield code, line


def notice(it: NoticeOfTheDay) -> str:
    """What is different, in words: the notice's own, or the usual ones of its kind."""
    usual = {"cancelled": _("Cancelled"), "full": _("No more places"), "info": ""}
    return str(it.text) or usual[it.kind]


def dated_notice(it: NoticeOfTheDay) -> str:
    """A notice with its day or days, and what it is about."""
    first, last = languages.day(it.first_day), languages.day(it.last_day)
    if it.first_day == it.last_day:
        days = first
    else:
        days = _("%(first)s to %(last)s") % {"first": first, "last": last}
    about = {
        "days": days,
        "service": ISOLATED.format(it.service_name or ""),
        "words": ISOLATED.format(notice(it)),
    }
    if it.service_name:
        return _("%(days)s, %(service)s: %(words)s") % about
    return _("%(days)s: %(words)s") % about


def taken_out() -> str:
    return _("Taken out by hand.")


def hours_of(offer: Offer) -> str:
    """An offer on one line: "Legal advice, Wednesday 10:00–12:00"."""
    if offer.date is not None:
        day = languages.day(offer.date)
    else:
        day = _("Every week: %(weekday)s") % {
            "weekday": languages.weekday(offer.weekday or 0)
        }
    hours = HOURS.format(languages.hours(offer.starts, offer.ends))
    return languages.comma().join([str(offer.service), f"{day} {hours}"])
