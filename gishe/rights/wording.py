"""The law's answers in words of the page: states, dates, limits, citations."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from gishe.core.rules import Answer, Citation, Pack, Verification
from gishe.foundation import languages
from gishe.rights import facts, packs


@dataclass(frozen=True)
class State:
    """How an answer looks: a word, an icon and a tone, never colour alone."""

    word: str | Promise
    icon: str
    tone: str


STATES = {
    "yes": State(gettext_lazy("Yes"), "circle-check", "ok"),
    "conditional": State(gettext_lazy("Yes, on conditions"), "list-checks", "ok"),
    "after_registration": State(
        gettext_lazy("After a registration"), "clipboard-pen", "now"
    ),
    "after_permit": State(gettext_lazy("After a permit"), "file-pen", "now"),
    "not_yet": State(gettext_lazy("Not yet"), "hourglass", "now"),
    "no": State(gettext_lazy("No"), "circle-x", "stop"),
    "unknown": State(gettext_lazy("We cannot tell"), "circle-question-mark", ""),
    "presumed": State(gettext_lazy("Taken for granted"), "circle-dashed", ""),
    "ask": State(gettext_lazy("Ask there"), "circle-question-mark", ""),
}
VERIFIED = {
    "primary_text": gettext_lazy("read in the text of the law"),
    "official_page": gettext_lazy("read on an official page"),
    "secondary": gettext_lazy("from lawyers, organisations or the press"),
    "unverified": gettext_lazy("not verified by anybody"),
}
# The warning about a rule that a coordinator or a lawyer doubts.
IN_DOUBT = "rule_in_doubt"
# Facts that are dates of life and work, as what happens on them.
EVENTS = {
    "employment_start": gettext_lazy("the first day of work"),
    "document_valid_until": gettext_lazy("the last day of the paper"),
    "application_lodged": gettext_lazy("the application for protection"),
    "application_registered": gettext_lazy("the registration of the application"),
    "tp_granted": gettext_lazy("the day temporary protection was given"),
    "status_decision_served": gettext_lazy("the day the decision was handed over"),
    "blue_card_employment_start": gettext_lazy("the first day of work with the card"),
    "employment_end": gettext_lazy("the last day of work"),
    "permit_issued": gettext_lazy("the day the permit was issued"),
    "change_date": gettext_lazy("the change"),
}


def is_in_doubt(answer: Answer) -> bool:
    """Whether somebody here doubts a rule that the answer rests on."""
    return any(it.get("id") == IN_DOUBT for it in answer.warnings)


def doubtful_yes(answer: Answer) -> str:
    """What stands above a yes that rests on a doubted rule; else nothing."""
    if answer.may_work != "conditional" or not is_in_doubt(answer):
        return ""
    return _("By the lawbook yes, but a rule is in doubt here. Ask first.")


def last_day(answer: Answer) -> date | None:
    """The last day of the right, unless it lies behind us or only its paper ends."""
    until, today = answer.until_date, answer.law["as_of"]
    is_ahead = until and isinstance(today, date) and until >= today
    return until if is_ahead and not answer.right_outlives_paper else None


def paper_line(answer: Answer) -> str:
    """Of a right that outlives its paper: until when the paper is valid."""
    until, today = answer.until_date, answer.law["as_of"]
    has_right = answer.may_work in ("yes", "conditional")
    if not (answer.right_outlives_paper and has_right and until):
        return ""
    if isinstance(today, date) and until < today:
        text = _("The paper ran out on %(date)s. The right to work did not end then.")
    else:
        text = _("The paper is valid until %(date)s. The right to work lasts longer.")
    return text % {"date": languages.full_date(until)}


def end(answer: Answer) -> str:
    """How the answer ends for who reads it.

    A condition may be a permit or a registration that must be there before the first
    day of work (the limit ``start``): then it is no plain yes.
    """
    start = str(answer.limits.get("start", ""))
    return start if answer.may_work == "conditional" and start else answer.may_work


def sentence(answer: Answer) -> str:
    """The answer to "may I work?" in one sentence."""
    match end(answer):
        case "yes" if until := last_day(answer):
            text = _("Yes, you may work. Valid until %(date)s.")
            return text % {"date": languages.full_date(until)}
        case "yes":
            return _("Yes, you may work.")
        case "conditional":
            if doubt := doubtful_yes(answer):
                return doubt
            return _("Yes, you may work, if you keep to the conditions below.")
        case "after_registration" | "after_permit":
            return _after(answer)
        case "not_yet" if answer.from_date:
            start = languages.full_date(answer.from_date)
            return _("Not yet. You may work from %(date)s.") % {"date": start}
        case "not_yet":
            return _("Not yet, and nobody has verified from which day. Ask first.")
        case "no":
            return _("No, as things stand you may not work.")
    return unsure(by_answer=not answer.unverified_law)


def _after(answer: Answer) -> str:
    is_permit = end(answer) == "after_permit"
    office = office_name(answer.authority)
    by_employer = answer.who_applies == "employer"
    if not office or answer.who_applies not in ("employer", "worker"):
        if is_permit:
            return _("You may work as soon as there is a permit.")
        return _("You may work as soon as there is a registration.")
    if is_permit and by_employer:
        text = _("You may work after a permit. The employer asks for it: %(office)s.")
    elif is_permit:
        text = _("You may work after a permit. You ask for it: %(office)s.")
    elif by_employer:
        text = _(
            "You may work after a registration. The employer makes it: %(office)s."
        )
    else:
        text = _("You may work after a registration. You make it: %(office)s.")
    return text % {"office": office}


def unsure(*, by_answer: bool) -> str:
    """Why nobody can tell: an answer of the person is missing, or the law is open."""
    if by_answer:
        return _("We need one more answer from you.")
    return _("We cannot tell: nobody has verified this law. Ask before you start.")


def note_sentence(answer: Answer) -> str:
    """The same for an employer who reads the note: of the person, not to her."""
    if answer.may_work == "not_yet" and answer.from_date:
        start = languages.full_date(answer.from_date)
        return _("This person may work from %(date)s.") % {"date": start}
    if end(answer) == "after_permit":
        return _("This person may work as soon as there is a permit.")
    if answer.may_work == "conditional" and answer.conditions:
        return _("This person may work as soon as what is missing is there.")
    if answer.may_work == "conditional":
        return _("This person may work, on the conditions below.")
    return _("This person may work.")


def office_name(office: Mapping[str, Any] | None) -> str:
    return packs.said(office.get("name")) if office else ""


WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def office_hours(written: str) -> Iterator[tuple[str, str]]:
    """Days in the reader's words, and the times: ("Mon–Fri", "08:30–17:30")."""
    for part in filter(None, (it.strip() for it in written.split(";"))):
        days, _space, times = part.partition(" ")
        ends = [WEEK.index(day) for day in days.split("-")]
        names = [languages.weekday(day, "abbreviated") for day in ends]
        yield "–".join(names), times.replace("-", "–")


def cited(citation: Citation) -> str:
    """An act with article, paragraph and point, as lawyers write it."""
    act, printed = packs.said(citation.act_name), citation.act_printed
    # Offices know the act by its own name; whoever reads another language sees both.
    both = f"{act} ({printed})" if act and printed and printed not in act else act
    parts = [both or citation.act]
    if citation.article:
        parts.append(_("art. %(number)s") % {"number": citation.article})
    if citation.paragraph:
        parts.append(_("para. %(number)s") % {"number": citation.paragraph})
    if citation.point:
        parts.append(_("point %(number)s") % {"number": citation.point})
    return languages.codes_ltr(languages.listed(parts))


def verified(verification: Verification | None) -> str:
    """How well a rule is verified, and on which day somebody looked."""
    found = verification or Verification()
    words = str(VERIFIED[found.state])
    if found.checked_on is None:
        return words
    checked = languages.full_date(found.checked_on)
    if found.state == "unverified":
        return _("looked for on %(date)s, not confirmed") % {"date": checked}
    return _("%(how)s, checked on %(date)s") % {"how": words, "date": checked}


def due(given: object, opens: object = None, today: date | None = None) -> str:
    """By when a duty is due: a date, or so long before or after an event.

    ``opens``: the first day on which it can be done, where the law has one.
    A day before ``today`` is told as one that has passed.
    """
    if isinstance(given, date) and today and given < today:
        last = languages.full_date(given)
        return _("now: the last day was %(date)s") % {"date": last}
    if isinstance(given, date) and isinstance(opens, date):
        first, last = languages.full_date(opens), languages.full_date(given)
        return _("from %(first)s to %(last)s") % {"first": first, "last": last}
    if isinstance(given, Mapping) and isinstance(opens, Mapping):
        event = str(EVENTS.get(str(opens["before"]), opens["before"]))
        text = _("in the last %(time)s before %(event)s")
        return text % {"time": _time(opens), "event": event}
    if isinstance(given, date):
        return _("by %(date)s") % {"date": languages.full_date(given)}
    if not isinstance(given, Mapping):
        return ""
    if not any(given.get(unit) for unit in ("days", "months", "years")):
        return _("without delay")
    for side, text in (
        ("after", _("within %(time)s after %(event)s")),
        ("before", _("at least %(time)s before %(event)s")),
    ):
        if side in given:
            event = str(EVENTS.get(str(given[side]), given[side]))
            return text % {"time": _time(given), "event": event}
    return ""


def happens(given: object, today: date, text: str = "") -> str:
    """The day of a warning, and that it has passed where it has.

    Nothing where ``text`` names the day already.
    """
    if not isinstance(given, date):
        return ""
    day = languages.full_date(given)
    if given < today:
        return _("This day has passed: %(date)s") % {"date": day}
    return "" if day in text else day


def _time(given: Mapping[str, Any]) -> str:
    days, months, years = (int(given.get(k, 0)) for k in ("days", "months", "years"))
    if years:
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    if months:
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


# The number itself stands in %(n)s; count chooses the form of the noun.
LIMITS = {
    "hours_per_week": ngettext_lazy(
        "at most %(n)s hour a week", "at most %(n)s hours a week", "count"
    ),
    "hours_per_day": ngettext_lazy(
        "at most %(n)s hour a day", "at most %(n)s hours a day", "count"
    ),
    "hours_per_year": ngettext_lazy(
        "at most %(n)s hour a year", "at most %(n)s hours a year", "count"
    ),
    "average_hours_per_week": ngettext_lazy(
        "at most %(n)s hour a week on average",
        "at most %(n)s hours a week on average",
        "count",
    ),
    "months": ngettext_lazy("at most %(n)s month", "at most %(n)s months", "count"),
    "days": ngettext_lazy("at most %(n)s day", "at most %(n)s days", "count"),
    "days_in_12_months": ngettext_lazy(
        "at most %(n)s day in 12 months", "at most %(n)s days in 12 months", "count"
    ),
}
EMPLOYERS = {
    "any": gettext_lazy("with any employer"),
    "named": gettext_lazy("only with the employer named in the permit or registration"),
}


def limits(given: Mapping[str, Any]) -> list[str]:
    """What the right is limited to, one line each."""
    found = []
    for name, value in given.items():
        if name == "employer" and value in EMPLOYERS:
            found.append(str(EMPLOYERS[value]))
        elif name in LIMITS and isinstance(value, (int, float)):
            found.append(LIMITS[name] % {"n": f"{value:g}", "count": math.ceil(value)})
        elif name == "night_work" and value is False:
            found.append(_("no work at night"))
    return found


def need(pack: Pack, change: Mapping[str, Any]) -> str:
    """One fact that would have to be otherwise for another route."""
    name = str(change["fact"])
    if name == "status":
        paper = facts.printed(pack, name, change["then"])
        return _("another paper: %(paper)s") % {"paper": paper} if paper else ""
    question = facts.question_text(pack, name)
    value = facts.in_words(pack, name, change["then"])
    if not question:
        return ""
    return _("%(question)s → %(answer)s") % {"question": question, "answer": value}
