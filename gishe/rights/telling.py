"""An answer of the law, laid out for reading: page and paper show the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from gishe.core.rules import Answer, Citation, Pack, Reason, Verification
from gishe.foundation import languages
from gishe.foundation.translated import Translated
from gishe.rights import facts, packs, walk, wording
from gishe.rights.facts import Given
from gishe.rights.wording import STATES, State

MOST_OTHERS = 4
MOST_NEEDS = 3  # a route that needs more is far away
NOTED = ("yes", "conditional", "not_yet")  # an employer has something to rely on


@dataclass(frozen=True)
class Office:
    name: Translated
    place: str
    url: str


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
    sources: tuple["Source", ...] = ()
    costs: tuple[Cost, ...] = ()


@dataclass(frozen=True)
class Source:
    """A citation in words, how well it is verified, where it can be read."""

    text: str
    url: str
    verified: str


@dataclass(frozen=True)
class Paper:
    """A document: its name for the reader, and as it is printed."""

    name: Translated
    printed: str


@dataclass(frozen=True)
class Part:
    """One condition that had a say: fulfilled, not fulfilled, or not known."""

    text: Translated
    mark: State
    sources: tuple[Source, ...]


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


@dataclass(frozen=True)
class Other:
    """Another route, and what it would need."""

    route: str
    text: Translated
    state: State
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Presumed:
    """What was taken for granted; ``fact`` can be changed where it has a question."""

    fact: str
    text: Translated
    can_change: bool


PART_MARKS = {"yes": STATES["yes"], "no": STATES["no"], "unknown": STATES["unknown"]}


class Telling:
    """The answer for a page. Every list may be empty; the page leaves it out then."""

    def __init__(self, given: Given, answer: Answer, day: date) -> None:
        self.given, self.answer, self.day = given, answer, day
        self.pack: Pack = given.pack

    @property
    def state(self) -> State:
        return STATES[self.answer.may_work]

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
        return self.answer.may_work in NOTED and is_dated and bool(self.route_text)

    @cached_property
    def route_text(self) -> Translated:
        """What the law says, in the words of its route."""
        for reason in self.answer.reasons:
            if reason.rule == self.answer.route:
                return packs.words(reason.text)
        return Translated.empty()

    @cached_property
    def conditions(self) -> list[Item]:
        return [
            Item(packs.words(it["text"]), sources=sources(it.get("citation"), None))
            for it in self.answer.conditions
            if it.get("leads_to") != "not_yet"
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
        return [
            Paper(packs.words(it.get("name")), str(it.get("printed", "")))
            for it in self.answer.documents
            if it.get("name")
        ]

    @property
    def employer_duties(self) -> list[Item]:
        return [item for who, item in self._duties if who == "employer"]

    @property
    def own_duties(self) -> list[Item]:
        return [item for who, item in self._duties if who == "worker"]

    @cached_property
    def _duties(self) -> list[tuple[str, Item]]:
        return [(str(it["who"]), _duty(it)) for it in self.answer.duties]

    @cached_property
    def warnings(self) -> list[Item]:
        return [
            Item(
                packs.words(it["text"]),
                when=wording.due(it.get("date")),
                sources=sources(it.get("citation"), it.get("verified")),
            )
            for it in self.answer.warnings
        ]

    @property
    def limits(self) -> list[str]:
        return wording.limits(self.answer.limits)

    @cached_property
    def ask(self) -> list[Office]:
        """Whom to ask; the offices that know."""
        offices = (office_of(it) for it in self.answer.whom_to_ask)
        return [office for office in offices if office]

    @cached_property
    def doubts(self) -> list[Translated]:
        """What exactly nobody verified, where the answer stays open because of it."""
        found = (
            part for it in self.answer.reasons for part in _unverified(it, self.day)
        )
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
        found = []
        for name in self.answer.presumed:
            fact = self.pack.facts[name]
            if fact.because:
                can = fact.question is not None
                found.append(Presumed(name, packs.words(fact.because), can))
        return found

    @cached_property
    def services(self) -> list[Service]:
        return [_service(it) for it in self.answer.entitlements.values()]

    @cached_property
    def others(self) -> list[Other]:
        """Other routes within reach: those that need less, and less exotic things.

        Another person's paper is not within reach, nor is what nobody can tell yet.
        """
        found: list[tuple[tuple[int, float], Other]] = []
        for it in self.answer.alternatives:
            changes: Any = it.get("needs", ())
            needs = tuple(wording.need(self.pack, change) for change in changes)
            is_far = len(needs) > MOST_NEEDS or not self._in_reach(changes)
            if is_far or "" in needs or it.get("missing"):
                continue
            state = STATES[str(it.get("may_work", "unknown"))]
            other = Other(str(it["route"]), packs.words(it["text"]), state, needs)
            found.append(((len(needs), self._order(changes)), other))
        found.sort(key=lambda ranked: ranked[0])
        return [other for _, other in found][:MOST_OTHERS]

    def _in_reach(self, changes: Iterable[Mapping[str, Any]]) -> bool:
        """Whether these changes are not another status, nor beside what was asked."""
        names = [str(change["fact"]) for change in changes]
        return "status" not in names and all(map(self.given.arises, names))

    def _order(self, changes: Iterable[Mapping[str, Any]]) -> float:
        asked = (self.pack.facts[str(change["fact"])].question for change in changes)
        return sum(question.order for question in asked if question)

    @cached_property
    def parts(self) -> list[Part]:
        """What decided, condition by condition."""
        found = (part for it in self.answer.reasons for part in _parts(it))
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
        return list({(it.text, it.url): it for it in reversed(found)}.values())[::-1]

    @property
    def failed(self) -> list[Part]:
        """On a no: the conditions that say it."""
        if self.answer.may_work != "no":
            return []
        return [part for part in self.parts if part.mark is STATES["no"]]

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
        return list({(it.text, it.url): it for it in found}.values())

    @property
    def sources_by_state(self) -> list[tuple[str, list[Source]]]:
        """The sources, those read in the same way together."""
        states = dict.fromkeys(it.verified for it in self.sources)
        return [(s, [it for it in self.sources if it.verified == s]) for s in states]

    @property
    def version(self) -> str:
        return languages.dated(self.pack.version)


def sources(citations: object, verification: object) -> tuple[Source, ...]:
    cites: Iterable[Citation] = citations if isinstance(citations, tuple) else ()
    known = verification if isinstance(verification, Verification) else None
    words = wording.verified(known) if known else ""
    return tuple(Source(wording.cited(it), it.url, words) for it in cites)


def office_of(office: object) -> Office | None:
    if not isinstance(office, Mapping) or not office.get("name"):
        return None
    return Office(
        packs.words(office["name"]), office.get("place", ""), office.get("url", "")
    )


def _duty(it: Mapping[str, Any]) -> Item:
    return Item(
        packs.words(it["what"]),
        office_of(it.get("to")),
        wording.due(it.get("due"), it.get("opens")),
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


def _parts(reason: Reason) -> Iterator[Part]:
    for inner in reason.reasons:
        if inner.text:
            found = sources(inner.citation, inner.verified)
            yield Part(packs.words(inner.text), PART_MARKS[inner.value], found)
        else:
            yield from _parts(inner)


def _unverified(reason: Reason, day: date) -> Iterator[Translated]:
    """The conditions of a route that nobody vouches for on a day."""
    for inner in reason.reasons:
        is_open = inner.value == "unknown" and inner.rule != reason.rule
        if is_open and inner.verified and not inner.verified.vouches(day):
            yield packs.words(inner.text)
