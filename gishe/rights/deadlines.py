"""The deadlines of one hire, on a page and as an iCalendar file (RFC 5545)."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vText

from gishe.core.rules import Answer, months_after
from gishe.foundation import languages
from gishe.rights import packs, wording
from gishe.rights.facts import Given
from gishe.rights.telling import Office, office_of
from gishe.rights.why import Source, sources

# A reminder comes this many days before, at nine in the morning.
SOON, LONG = 3, 30
LAST_CALL = 7  # before the end of a time that has already begun
NINE = timedelta(hours=9)
LONGEST_NAME = 40


@dataclass(frozen=True)
class Deadline:
    """A day by which something must be done, or on which something ends.

    ``code`` names the rule, or the milestone: it stays the same in every language.
    ``opens``: the first day on which it can be done; ``short``: for a calendar's month.
    """

    code: str
    day: date
    what: str
    short: str
    opens: date | None = None
    who: str = ""  # employer, worker; nobody for a milestone
    office: Office | None = None
    sources: tuple[Source, ...] = ()
    reminds: int = SOON
    is_over: bool = False

    @property
    def by_worker(self) -> bool:
        return self.who == "worker"

    @property
    def title(self) -> str:
        """A few words, with who does it where that is not the employer."""
        if self.by_worker:
            return _("The person: %(what)s") % {"what": self.short}
        return self.short


def of_hire(given: Given, answer: Answer, day: date) -> list[Deadline]:
    """Every dated duty and milestone of a hire, in the order of the days."""
    found = [*_duties(answer, day), *_milestones(given, answer, day)]
    return sorted(found, key=lambda it: (it.day, it.code))


def _duties(answer: Answer, today: date) -> Iterator[Deadline]:
    for it in answer.duties:
        due, opens = it.get("due"), it.get("opens")
        if isinstance(due, date):
            office = office_of(it.get("to"))
            short = packs.said(it.get("short")) or (_office(office) if office else "")
            what = packs.said(it["what"])
            yield Deadline(
                code=str(it["id"]),
                day=due,
                what=what,
                short=short or what,
                opens=opens if isinstance(opens, date) else None,
                who=str(it["who"]),
                office=office,
                sources=sources(it.get("citation"), it.get("verified")),
                is_over=due < today,
            )


def _milestones(given: Given, answer: Answer, today: date) -> Iterator[Deadline]:
    facts = given.facts
    paper, start = facts.get("document_valid_until"), facts.get("employment_start")
    if answer.from_date and answer.from_date > today:
        text = _("From this day the person may work")
        yield Deadline("may_work_from", answer.from_date, text, text)
    if isinstance(paper, date):
        text, short = _("Ask to see the new one."), _("The person's paper ran out")
        if paper >= today:
            text = _("Ask to see the new one before this day.")
            short = _("The person's paper ends")
        yield _ends("paper_ends", paper, text, short, today)
    if answer.until_date and answer.until_date != paper:
        text = _("The right to work ends, unless it is prolonged")
        yield _ends("right_ends", answer.until_date, text, text, today)
    months = facts.get("contract_months")
    if isinstance(start, date) and isinstance(months, int) and months:
        text = _("The contract ends")
        yield _ends("contract_ends", contract_end(start, months), text, text, today)


def _ends(code: str, day: date, what: str, short: str, today: date) -> Deadline:
    return Deadline(code, day, what, short, reminds=LONG, is_over=day < today)


def contract_end(start: date, months: int) -> date:
    """The last day of a contract of so many calendar months.

    Six months from 1 March end on 31 August. Where the day does not exist, the last
    day of the month counts: one month from 31 January ends on 27 February.
    """
    return months_after(start, months) - timedelta(days=1)


def hire_name(text: str) -> str:
    """What an employer calls a hire, on one line, without signs that cannot be read."""
    line = " ".join(text.split())[:LONGEST_NAME]
    return "".join(letter for letter in line if letter.isprintable())


def calendar(
    given: Given, deadlines: Iterable[Deadline], name: str, now: datetime, url: str
) -> bytes:
    """All-day events with a reminder each, in the page's language.

    A UID is made of the rule and of ``name`` (what the employer calls this hire), or
    of the case where there is no name: the same file taken twice, or again after a
    date moved, replaces its events instead of doubling them.
    """
    made = Calendar()
    made.add("prodid", "-//Gishe//May I hire//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(_calendar_name(name)))
    identity = name.casefold().strip() or repr(sorted(given.hidden()))
    for deadline in deadlines:
        if not deadline.is_over:
            made.add_component(_event(given, deadline, name, identity, now, url))
    return bytes(made.to_ical())


def _calendar_name(name: str) -> str:
    if name:
        return _("Deadlines for %(name)s") % {"name": name}
    return _("Deadlines of a hire")


def _event(
    given: Given, it: Deadline, name: str, identity: str, now: datetime, url: str
) -> Event:
    event = Event()
    key = "\n".join((given.pack.id, it.code, identity))
    event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@gishe")
    event.add("dtstart", it.opens or it.day)
    event.add("dtend", it.day + timedelta(days=1))
    event.add("dtstamp", now.astimezone(UTC))
    # Whoever imports again after a date moved gets the later one.
    event.add("sequence", int(now.timestamp()) // 60 % 100_000_000)
    title = f"{name}: {it.title}" if name else it.title
    event.add("summary", title, {"language": languages.active()})
    event.add("description", "\n".join(_description(given, it)))
    if it.office:
        event.add("location", _office(it.office))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    event.add_component(_alarm(it, now.date()))
    return event


def _description(given: Given, it: Deadline) -> Iterator[str]:
    if it.what != it.title:
        yield it.title
    yield it.what
    if it.by_worker:
        yield _("The person does this.")
    if it.opens:
        yield wording.due(it.day, it.opens)
    if it.office:
        yield _office(it.office)
    for source in it.sources:
        yield f"{source.text} {source.url}".strip()
    yield _("Law: %(law)s, lawbook of %(version)s. This is not legal advice.") % {
        "law": packs.said(given.pack.name),
        "version": languages.dated(given.pack.version),
    }


def _office(office: Office) -> str:
    return office.name.shown(languages.active()).text


def _alarm(it: Deadline, today: date) -> Alarm:
    """Before the day; where there is a first day, on that one, or before the last."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", it.title)
    if it.opens is None:
        alarm.add("trigger", NINE - timedelta(days=it.reminds))
    elif it.opens > today:
        alarm.add("trigger", NINE)
    else:
        # Counted from the end, which is the midnight after the last day.
        before = NINE - timedelta(days=1 + LAST_CALL)
        alarm.add("trigger", before, {"related": "END"})
    return alarm
