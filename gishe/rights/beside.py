"""What stands beside an answer: ways within reach, and what was taken for granted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gishe.core.rules import Answer
from gishe.foundation.translated import Translated
from gishe.rights import packs, wording
from gishe.rights.facts import Given
from gishe.rights.wording import STATES, State

MOST_OTHERS = 4
MOST_NEEDS = 3  # a route that needs more is far away


@dataclass(frozen=True)
class Need:
    """A fact that would have to be otherwise, in words."""

    fact: str
    text: str


@dataclass(frozen=True)
class Other:
    """Another route, and what it would need."""

    route: str
    text: Translated
    state: State
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Presumed:
    """What was taken for granted; ``change``: the fact to ask for, if one can say."""

    fact: str
    text: Translated
    change: str

    @property
    def can_change(self) -> bool:
        return bool(self.change)


def others(given: Given, answer: Answer) -> Iterator[Other]:
    """Other routes within reach: those that need less, and less exotic things, first.

    Not within reach is what nobody can change, what nobody can tell yet, and what
    concerns other people than this one.
    """
    found: list[tuple[tuple[int, float], Other]] = []
    for it in answer.alternatives:
        changes: Any = it.get("needs", ())
        needs = [Need(c["fact"], wording.need(given.pack, c)) for c in changes]
        has_words = all(need.text for need in needs)
        is_far = len(needs) > MOST_NEEDS or not _in_reach(given, answer, needs)
        if is_far or not has_words or it.get("missing"):
            continue
        state = STATES[str(it.get("may_work", "unknown"))]
        other = Other(str(it["route"]), packs.words(it["text"]), state, tuple(needs))
        found.append(((len(needs), _order(given, needs)), other))
    found.sort(key=lambda ranked: ranked[0])
    yield from (other for _, other in found[:MOST_OTHERS])


def _in_reach(given: Given, answer: Answer, needs: Iterable[Need]) -> bool:
    day = answer.law["as_of"]
    assert isinstance(day, date)
    facts_ = [given.pack.facts[need.fact] for need in needs]
    return all(it.changeable and given.may_arise(it.name, day) for it in facts_)


def _order(given: Given, needs: Iterable[Need]) -> float:
    asked = (given.pack.facts[need.fact].question for need in needs)
    return sum(question.order for question in asked if question)


def presumed(given: Given, answer: Answer, day: date) -> list[Presumed]:
    """What the answer rests on and nobody said; what can be changed stands first.

    Not what stands among the limits already, nor what does not concern this person.
    """
    found: dict[str, Presumed] = {}
    for name in answer.presumed:
        fact = given.pack.facts[name]
        change = _asked_for(given, name, day)
        is_idle = fact.question is not None and not change
        if fact.because and name not in answer.limits and not is_idle:
            told = Presumed(name, packs.words(fact.because), change)
            if change or str(told.text) not in found:
                found[str(told.text)] = told
    return sorted(found.values(), key=lambda it: not it.can_change)


def _asked_for(given: Given, name: str, day: date) -> str:
    """The fact whose question lets somebody say that it is not so, or nothing."""
    sources = given.standing(day).law.sources(name)
    return next((it for it in (name, *sources) if given.concerns(it, day)), "")
