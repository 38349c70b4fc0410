"""An answer of the law, laid out for reading: page and paper show the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gishe.core.rules import Answer, Pack
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.rights import beside, facts, packs, walk, why, wording
from gishe.rights.beside import Other, Presumed
from gishe.rights.facts import Given
from gishe.rights.why import Part, Source, once, sources
from gishe.rights.wording import STATES, State

SOON = timedelta(days=60)  # what is due then comes before what has no day
NOTED = ("yes", "conditional", "not_yet")  # an employer has something to rely on


@dataclass(frozen=True)
class Office:
    """Whom to ask or where to go. ``hours``: days in words, and times to isolate."""

    name: Translated
    place: str
    url: str
    phone: str = ""
    hours: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cost:
    """What a step costs: what is paid for, and the sum or that nothing is paid."""

    text: Translated
    amount: str


@dataclass(frozen=True)
class Item:
    """A line of the answer: a step, a duty, a warning, a condition."""

    text: Translated
    office: Office | None = None
    when: str = ""
    sources: tuple[Source, ...] = ()
    costs: tuple[Cost, ...] = ()
    is_remark: bool = False  # says how sure the law is, nothing to do


@dataclass(frozen=True)
class Paper:
    """A document: its name for the reader, and as it is printed."""

    name: Translated
    printed: str


@dataclass(frozen=True)
class Service:
    """Something else a person is entitled to."""

    name: Translated
    state: State
    text: Translated
    until: date | None
    conditions: tuple[Translated, ...]
    office: Office | None
    sources: tuple[Source, ...]


class Telling:
    """The answer for a page. Every list may be empty; the page leaves it out then."""

    def __init__(self, given: Given, answer: Answer, day: date) -> None:
        self.given, self.answer, self.day = given, answer, day
        self.pack: Pack = given.pack

    @property
    def state(self) -> State:
        return STATES[wording.end(self.answer)]

    @property
    def sentence(self) -> str:
        if self.answer.may_work == "unknown":
            return wording.unsure(by_answer=self.is_for_you_to_answer)
        return wording.sentence(self.answer)

    @cached_property
    def is_for_you_to_answer(self) -> bool:
        """Of an open answer: whether facts are missing, or nobody verified the law."""
        return bool(self.missing) and walk.would_settle(self.given, self.day)

    @property
    def is_partly_unverified(self) -> bool:
        """Whether some of a person's answers lead to law that nobody verified."""
        return bool(self.answer.route) and self.answer.unverified_law

    @property
    def paper_line(self) -> str:
        """Until when the paper is valid, where the right does not end with it."""
        return wording.paper_line(self.answer)

    @property
    def may_have_note(self) -> bool:
        """Whether there is something that an employer can rely on."""
        is_dated = self.answer.may_work != "not_yet" or bool(self.answer.from_date)
        is_sure = self.answer.may_work in NOTED and not wording.is_in_doubt(self.answer)
        return is_sure and is_dated and bool(self.route_text)

    @cached_property
    def route_text(self) -> Translated:
        """What the law says, in the words of its route."""
        has_right = self.answer.may_work in ("yes", "conditional")
        for reason in self.answer.reasons:
            if reason.rule == self.answer.route:
                met = reason.met if has_right else {}
                return packs.words(met or reason.text)
        return Translated.empty()

    @property
    def tells_route(self) -> bool:
        """Whether the route's words belong under the headline.

        Not beside a no, nor where they promise at once what first needs a permit.
        """
        is_plain = wording.end(self.answer) == self.answer.may_work != "no"
        return is_plain and not self.has_other_words and bool(self.route_text)

    @property
    def has_other_words(self) -> bool:
        """Of an open answer: whether a question or a doubt says more than the route."""
        is_open = self.answer.may_work == "unknown"
        return is_open and (self.is_for_you_to_answer or bool(self.doubts))

    @cached_property
    def conditions(self) -> list[Item]:
        return [
            Item(packs.words(it["text"]), sources=sources(it.get("citation"), None))
            for it in self.answer.conditions
            if it.get("leads_to") != "not_yet" and it.get("id") != wording.IN_DOUBT
        ]

    @cached_property
    def steps(self) -> list[Item]:
        return [
            Item(
                packs.words(it.get("text")),
                office_of(it.get("office")),
                costs=costs_of(it),
            )
            for it in self.answer.steps
            if it.get("text")
        ]

    @cached_property
    def papers(self) -> list[Paper]:
        return [_paper(it) for it in self.answer.documents if it.get("name")]

    @property
    def employer_duties(self) -> list[Item]:
        return [item for who, item in self._duties if who == "employer"]

    @property
    def own_duties(self) -> list[Item]:
        return [item for who, item in self._duties if who == "worker"]

    @cached_property
    def _duties(self) -> list[tuple[str, Item]]:
        """Whose duty, and the duty, those to be done next first."""
        ordered = sorted(self.answer.duties, key=self._urgency)
        return [(str(it["who"]), _duty(it, self.day)) for it in ordered]

    def _urgency(self, duty: Mapping[str, Any]) -> tuple[int, date]:
        """What is due soon or was, what has no day, what has time."""
        due, opens = duty.get("due"), duty.get("opens")
        if not isinstance(due, date):
            return 1, self.day
        begins = opens if isinstance(opens, date) else due - SOON
        return (0 if begins <= self.day else 2), due

    @cached_property
    def warnings(self) -> list[Item]:
        found = [
            Item(
                packs.words(it["text"]),
                when=wording.happens(it.get("date"), self.day, packs.said(it["text"])),
                sources=sources(it.get("citation"), it.get("verified")),
                is_remark=bool(it.get("remark")),
            )
            for it in self.answer.warnings
        ]
        # Two doubted rules are one doubt to the reader.
        return list({(str(it.text), it.when): it for it in found}.values())

    @property
    def cautions(self) -> list[Item]:
        """What to take care of. Where nobody can tell, how sure the law is, too."""
        is_open = self.answer.may_work == "unknown"
        return [it for it in self.warnings if is_open or not it.is_remark]

    @property
    def remarks(self) -> list[Item]:
        """How sure the law is, for who reads where it is written."""
        return [it for it in self.warnings if it not in self.cautions]

    @property
    def limits(self) -> list[str]:
        """What the right is limited to; not of a right that is not there."""
        if self.answer.may_work == "no":
            return []
        limits = dict(self.answer.limits)
        if wording.end(self.answer) != self.answer.may_work:
            limits.pop("employer", None)
        return wording.limits(limits)

    @cached_property
    def ask(self) -> list[Office]:
        """Whom to ask; the offices that know."""
        offices = (office_of(it) for it in self.answer.whom_to_ask)
        return [office for office in offices if office]

    @cached_property
    def doubts(self) -> list[Translated]:
        """What exactly nobody verified, where the answer stays open because of it."""
        found = why.unverified(self.answer, self.day)
        return list(found) if self.has_route and self.answer.unverified_law else []

    @cached_property
    def missing(self) -> list[tuple[str, str]]:
        """The facts that are missing, with their questions."""
        found = []
        for name in self.answer.missing:
            if self.given.concerns(name, self.day):
                found.append((name, facts.question_text(self.pack, name)))
        return found

    @cached_property
    def presumed(self) -> list[Presumed]:
        return beside.presumed(self.given, self.answer, self.day)

    @cached_property
    def services(self) -> list[Service]:
        """What else there is; nothing before anybody knows of whom we speak."""
        if "status" not in self.given.facts and not self.has_route:
            return []
        found = self.answer.entitlements.values()
        return [_service(it) for it in found if it["answer"] != "unknown"]

    @cached_property
    def others(self) -> list[Other]:
        return list(beside.others(self.given, self.answer))

    @cached_property
    def conflict(self) -> list[tuple[str, str]]:
        """Answers that do not fit each other: the facts, with what was said."""
        said = {
            name: (question, words) for name, question, words in facts.told(self.given)
        }
        return [
            (name, " ".join(said[name])) for name in self.given.conflict if name in said
        ]

    @cached_property
    def parts(self) -> list[Part]:
        """What decided, condition by condition."""
        found = why.parts(self.answer, self.given, self.day)
        unique = {str(part.text): part for part in found}
        return list(unique.values()) if self.has_route else []

    @cached_property
    def sources(self) -> list[Source]:
        """Every citation the answer rests on, once."""
        found = list(sources(self.answer.citation, self.answer.verified))
        for part in self.parts:
            found += part.sources
        for item in (
            *self.conditions,
            *self.warnings,
            *(i for _who, i in self._duties),
        ):
            found += item.sources
        return once(found)

    @property
    def failed(self) -> list[Part]:
        """On a no: the conditions that say it."""
        if self.answer.may_work != "no":
            return []
        return [part for part in self.parts if part.is_obstacle]

    @property
    def has_no_reason(self) -> bool:
        """A no that nothing on the page explains."""
        return self.answer.may_work == "no" and not self.failed and not self.warnings

    @property
    def must_ask(self) -> bool:
        """Whether the answer ends with an office instead of a step."""
        return self.answer.may_work in ("unknown", "no") or self.answer.unverified_law

    @property
    def has_route(self) -> bool:
        return self.answer.route not in (None, "none")

    @property
    def sources_for_employer(self) -> list[Source]:
        """What the right and the employer's duties rest on."""
        found = list(sources(self.answer.citation, self.answer.verified))
        for item in (*self.conditions, *self.employer_duties, *self.warnings):
            found += item.sources
        return once(found)

    @property
    def sources_by_state(self) -> list[tuple[str, list[Source]]]:
        """The sources, those read in the same way together."""
        states = dict.fromkeys(it.verified for it in self.sources)
        return [(s, [it for it in self.sources if it.verified == s]) for s in states]

    @property
    def version(self) -> str:
        return languages.dated(self.pack.version)


def office_of(office: object) -> Office | None:
    if not isinstance(office, Mapping) or not office.get("name"):
        return None
    return Office(
        packs.words(office["name"]),
        office.get("place", ""),
        office.get("url", ""),
        office.get("phone", ""),
        tuple(wording.office_hours(office.get("hours", ""))),
    )


def _paper(it: Mapping[str, Any]) -> Paper:
    """What is printed on a document is told where it is not its name anyway."""
    printed = str(it.get("printed", ""))
    is_other = printed != packs.said(it["name"])
    return Paper(packs.words(it["name"]), printed if is_other else "")


def _duty(it: Mapping[str, Any], today: date) -> Item:
    return Item(
        packs.words(it["what"]),
        office_of(it.get("to")),
        wording.due(it.get("due"), it.get("opens"), today),
        sources(it.get("citation"), it.get("verified")),
        costs_of(it),
    )


def costs_of(it: Mapping[str, Any]) -> tuple[Cost, ...]:
    """What a step or a duty costs, where somebody verified it."""
    return tuple(
        Cost(packs.words(cost["text"]), _sum(cost["amount"], cost["currency"]))
        for cost in it.get("cost", ())
    )


def _sum(amount: float, currency: str) -> str:
    return languages.money(amount, currency) if amount else _("no fee")


def _service(it: Mapping[str, Any]) -> Service:
    until = it.get("until")
    return Service(
        name=packs.words(it["name"]),
        state=STATES[str(it["answer"])],
        text=packs.words(it.get("text")),
        until=until if isinstance(until, date) else None,
        conditions=tuple(packs.words(c["text"]) for c in it.get("conditions", ())),
        office=office_of(it.get("ask")),
        sources=sources(it.get("citation"), it.get("verified")),
    )
