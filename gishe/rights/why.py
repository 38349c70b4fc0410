"""Why: the conditions that decided, in words, and where they are written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gishe.core.rules import Answer, Citation, Reason, Verification
from gishe.foundation.translated import Translated
from gishe.rights import packs, wording
from gishe.rights.facts import Given
from gishe.rights.wording import STATES, State

PART_MARKS = {"yes": STATES["yes"], "no": STATES["no"], "unknown": STATES["unknown"]}


@dataclass(frozen=True)
class Source:
    """A citation in words, how well it is verified, where it can be read."""

    text: str
    url: str
    verified: str


@dataclass(frozen=True)
class Part:
    """One condition that had a say: fulfilled, not fulfilled, or not known."""

    text: Translated
    mark: State
    sources: tuple[Source, ...]

    @property
    def is_presumed(self) -> bool:
        """Whether nobody said so: it was only taken for granted."""
        return self.mark is STATES["presumed"]


def sources(citations: object, verification: object) -> tuple[Source, ...]:
    cites: Iterable[Citation] = citations if isinstance(citations, tuple) else ()
    known = verification if isinstance(verification, Verification) else None
    words = wording.verified(known) if known else ""
    return tuple(Source(wording.cited(it), it.url, words) for it in cites)


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
        elif inner.value != "yes" or _says_something(inner, given, day):
            found = sources(inner.citation, inner.verified)
            yield Part(packs.words(_part_words(inner, day)), _mark(inner), found)


def _says_something(inner: Reason, given: Given, day: date) -> bool:
    """Whether more than the paper settles it, and it concerns this person.

    Of a Blue Card holder nobody asked about pay and diploma: nothing is told of them.
    """
    rests_on = {*_facts_of(inner)}
    presumed = [given.pack.facts[name] for name, known in rests_on if not known]
    idle = [it for it in presumed if it.question and not given.concerns(it.name, day)]
    is_rule = inner.verified is not None  # and no mere name of who the route is for
    return is_rule and rests_on != {("status", True)} and not idle


def _part_words(inner: Reason, day: date) -> Mapping[str, str]:
    """A condition that does not hold as it is written, any other as a fulfilled one."""
    is_verified = inner.verified is None or inner.verified.vouches(day)
    holds = inner.value == "yes" or (inner.value == "unknown" and is_verified)
    return inner.met if holds and inner.met else inner.text


def _mark(inner: Reason) -> State:
    """A condition that holds only by what was presumed is marked as that."""
    known = [given for _name, given in _facts_of(inner)]
    if inner.value == "yes" and known and not all(known):
        return STATES["presumed"]
    return PART_MARKS[inner.value]


def _facts_of(reason: Reason) -> Iterator[tuple[str, bool]]:
    """The facts that a reason rests on, and whether somebody gave them."""
    for name, value in reason.facts.items():
        yield name, value is not None
    for inner in reason.reasons:
        yield from _facts_of(inner)
