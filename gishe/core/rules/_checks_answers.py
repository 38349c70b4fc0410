"""Checks of what answers are made of: offices, documents, calculations, scopes."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from gishe.core.rules._answer_limits import is_comparable
from gishe.core.rules._checks_satisfiable import satisfiable
from gishe.core.rules._law import Held, Law
from gishe.core.rules._pack import AnswerValue, Choice, Head, OnlyIf, Pack, Written
from gishe.core.rules._problems import Problem, did_you_mean


def _at(head: Head, message: str, hint: str = "") -> Problem:
    return Problem(message, hint, head.file, head.line, head.name)


def reference_problems(pack: Pack) -> Iterator[Problem]:
    """Names of offices, documents, routes and facts that do not exist."""
    for duty in pack.duties:
        yield from _known(duty.head, "office", duty.to, pack.offices)
        for day in (duty.opens, duty.due):
            if day and day.fact:
                dates = [n for n, f in pack.facts.items() if f.type == "date"]
                yield from _known(duty.head, "date fact", day.fact, dates)
    routes = [route.head.name for route in pack.routes] + ["none"]
    scopes = [(duty.head, duty.scope) for duty in pack.duties]
    scopes += [(warning.head, warning.scope) for warning in pack.warnings]
    scopes += [(part.head, part.scope) for part in pack.restrictions]
    for head, scope in scopes:
        for name in (*(scope.routes or ()), *scope.but):
            yield from _known(head, "route", name, routes)
    answers = [(route.head, route.answer) for route in pack.routes]
    answers += [(part.head, part.answer) for part in pack.restrictions]
    for head, answer in answers:
        yield from _answer_names(pack, head, answer)
        yield from _known(head, "office", head.ask, pack.offices)


def _answer_names(
    pack: Pack, head: Head, answer: Mapping[str, AnswerValue]
) -> Iterator[Problem]:
    authority, documents = answer.get("authority"), answer.get("documents")
    if isinstance(authority, str):
        yield from _known(head, "office", authority, pack.offices)
    for code in documents if isinstance(documents, list) else []:
        part = code.value if isinstance(code, OnlyIf) else code
        name = part.get("code") if isinstance(part, Mapping) else part
        if isinstance(name, str):
            yield from _known(head, "document", name, pack.documents)


def _known(
    head: Head, what: str, name: str, among: Mapping[str, object] | list[str]
) -> Iterator[Problem]:
    if name and name not in among:
        yield _at(head, f"There is no {what} {name}.", did_you_mean(name, among))


def answer_problems(laws: list[Law]) -> Iterator[Problem]:
    """Restrictions that say different things."""
    for law in laws[-1:]:
        yield from _rival_limits(law)


def _rival_limits(law: Law) -> Iterator[Problem]:
    """Two restrictions that can bite at once and set one field to two values."""
    seen: dict[str, Held] = {}
    for way in law.ways:
        seen |= {h.condition.head.name: h for h in way.held if h.condition.answer}
    for one, other in combinations(seen.values(), 2):
        rivals = [
            key
            for key, value in _fields(one).items()
            if _rivals(value, _fields(other).get(key, value))
        ]
        if rivals and satisfiable(law, one.applies, other.applies):
            told = f"This and {one.condition.head.name} set {rivals[0]} differently."
            hint = "Narrow applies_if of one of them."
            yield _at(other.condition.head, told, hint)


def _rivals(value: object, other: object) -> bool:
    """Two words; of two numbers the stricter counts, as far as they are known."""
    if isinstance(value, (Written, Choice)) or isinstance(other, (Written, Choice)):
        return False
    return not is_comparable(value, other)


def _fields(held: Held) -> dict[str, object]:
    limits = held.condition.answer.get("limits")
    return dict(limits) if isinstance(limits, Mapping) else {}
