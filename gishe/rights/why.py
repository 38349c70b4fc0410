"""Why: the conditions that decided, in words, and where they are written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from gishe.core.rules import Answer, Citation, Reason, Verification
from gishe.foundation.translated import Translated
from gishe.rights import packs, wording
from gishe.rights.facts import Given
from gishe.rights.wording import STATES, State

UNVERIFIED = "unverified_law"
MET = State(_("Fulfilled"), "circle-check", "ok")
NOT_MET = State(_("Not fulfilled"), "circle-x", "stop")
OBSTACLE = State(_("Obstacle"), "circle-x", "stop")
OPEN = State(_("Not known yet"), "circle-question-mark", "")
DOUBTED = State(_("Not verified"), "circle-question-mark", "")
# What a condition that does not hold leads to, where that is no plain no.
LEADS_TO = {
    "not_yet": STATES["not_yet"],
    "after_permit": State(_("Still needed"), "file-pen", "now"),
    "after_registration": State(_("Still needed"), "clipboard-pen", "now"),
    "conditional": State(_("Condition"), "list-checks", "now"),
}


@dataclass(frozen=True)
class Source:
    """A citation in words, how well it is verified, where it can be read."""

    text: str
    url: str
    verified: str


@dataclass(frozen=True)
class Part:
    """One thing that had a say; an obstacle is one that closes the way."""

    text: Translated
    mark: State
    sources: tuple[Source, ...]
    is_obstacle: bool

    @property
    def is_presumed(self) -> bool:
        """Whether nobody said so: it was only taken for granted."""
        return self.mark is STATES["presumed"]


def sources(citations: object, verification: object) -> tuple[Source, ...]:
    cites: Iterable[Citation] = citations if isinstance(citations, tuple) else ()
    known = verification if isinstance(verification, Verification) else None
    words = wording.verified(known) if known else ""
    return tuple(once(Source(wording.cited(it), it.url, words) for it in cites))


def once(found: Iterable[Source]) -> list[Source]:
    """Each article once, in its first place: verified and with an address if it can."""
    best: dict[str, Source] = {}
    for it in found:
        there = best.setdefault(it.text, it)
        if (bool(it.verified), bool(it.url)) > (bool(there.verified), bool(there.url)):
            best[it.text] = it
    return list(best.values())


def parts(answer: Answer, given: Given, day: date) -> Iterator[Part]:
    """What decided, condition by condition."""
    for reason in answer.reasons:
        yield from _parts(reason, given, day)


def unverified(answer: Answer, day: date) -> Iterator[Translated]:
    """The conditions of the routes that nobody vouches for on a day."""
    for reason in answer.reasons:
        for inner in reason.reasons:
            is_open = inner.value == "unknown" and inner.rule != reason.rule
            if is_open and inner.verified and not inner.verified.vouches(day):
                yield packs.words(inner.text)


def _parts(reason: Reason, given: Given, day: date) -> Iterator[Part]:
    """The conditions beneath a reason, but for what goes without saying."""
    for inner in reason.reasons:
        if not inner.text:
            yield from _parts(inner, given, day)
        elif inner.rule != reason.rule and _is_told(inner, given, day):
            yield _part(inner)


def _is_told(inner: Reason, given: Given, day: date) -> bool:
    return inner.value != "yes" or _says_something(inner, given, day)


def _part(inner: Reason) -> Part:
    """A condition that does not hold as it is written, any other as a fulfilled one."""
    is_doubted = inner.value == "unknown" and not _waits_for_a_fact(inner)
    is_written = inner.value == "no" or is_doubted
    words = inner.text if is_written else inner.met or inner.text
    found = sources(inner.citation, inner.verified)
    is_obstacle = inner.value == "no" and inner.says == "no"
    return Part(packs.words(words), _mark(inner, is_doubted), found, is_obstacle)


def _says_something(inner: Reason, given: Given, day: date) -> bool:
    """Whether more than the paper settles it, and it concerns this person.

    Of a Blue Card holder nobody asked about pay and diploma: nothing is told of them.
    """
    rests_on = {*_facts_of(inner)}
    presumed = [given.pack.facts[name] for name, known in rests_on if not known]
    idle = [it for it in presumed if it.question and not given.concerns(it.name, day)]
    is_rule = inner.verified is not None  # and no mere name of who the route is for
    return is_rule and rests_on != {("status", True)} and not idle


def _mark(inner: Reason, is_doubted: bool) -> State:
    """A condition that holds only by what was presumed is marked as that."""
    known = [given for _name, given in _facts_of(inner)]
    if inner.value == "yes" and known and not all(known):
        return STATES["presumed"]
    if inner.verified is None:  # a name for something: so it is, or it is not so
        return {"yes": STATES["yes"], "no": STATES["no"]}.get(inner.value, OPEN)
    if is_doubted:
        return DOUBTED
    if inner.value == "no":
        return LEADS_TO.get(inner.says, OBSTACLE if inner.met else NOT_MET)
    return MET if inner.value == "yes" else OPEN


def _waits_for_a_fact(inner: Reason) -> bool:
    """Of an open condition: whether an answer is missing, not the law unverified."""
    if inner.reasons:
        return any(_waits_for_a_fact(it) for it in inner.reasons)
    return inner.value == "unknown" and inner.says != UNVERIFIED


def _facts_of(reason: Reason) -> Iterator[tuple[str, bool]]:
    """The facts that a reason rests on, and whether somebody gave them."""
    for name, value in reason.facts.items():
        yield name, value is not None
    for inner in reason.reasons:
        yield from _facts_of(inner)
