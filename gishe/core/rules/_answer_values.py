"""What an answer's values come to for one person."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import takewhile

from gishe.core.rules._calendar import months_later
from gishe.core.rules._language import Call, Expression, Name, Text, Truth, names_in
from gishe.core.rules._meaning import PARAMETER, InDoubt
from gishe.core.rules._on_day import NO, YES, worth
from gishe.core.rules._pack import AnswerValue, Choice, Due, OnlyIf, Written
from gishe.core.rules._person import Facts


def value_of(given: AnswerValue, facts: Facts) -> object:
    """A plain value; None where a fact is missing that it needs."""
    if isinstance(given, Written):
        return calculated(given.expression, facts)
    if isinstance(given, Choice):
        return value_of(_chosen(given, facts), facts)
    if isinstance(given, OnlyIf):
        found = facts.value(facts.law.node(given.condition, ""))
        return value_of(given.value, facts) if found == YES else None
    if isinstance(given, Mapping):
        told = {key: value_of(inner, facts) for key, inner in given.items()}
        return {key: value for key, value in told.items() if value is not None}
    if isinstance(given, (list, tuple)):
        told_parts = [value_of(inner, facts) for inner in given]
        return [part for part in told_parts if part is not None]
    return given


def _chosen(given: Choice, facts: Facts) -> AnswerValue:
    for condition, value in given.options:
        found = YES if condition is None else facts.value(facts.law.node(condition, ""))
        if found:
            return value if found == YES else None
    return None


def parameters_in(given: AnswerValue, facts: Facts) -> set[str]:
    """The numbers of the law that went into a value as it is told."""
    if isinstance(given, Written):
        return _behind(given.expression, facts)
    if isinstance(given, Choice):
        tested = takewhile(lambda option: option[0] is not None, given.options)
        nodes = [facts.law.node(condition, "") for condition, _ in tested]
        reached = [*takewhile(lambda node: facts.value(node) == NO, nodes)]
        met = nodes[: len(reached) + 1]
        found = set[str]().union(*(facts.parameters_in(node) for node in met))
        return found | parameters_in(_chosen(given, facts), facts)
    if isinstance(given, OnlyIf):
        node = facts.law.node(given.condition, "")
        told = given.value if facts.value(node) == YES else None
        return facts.parameters_in(node) | parameters_in(told, facts)
    parts: Iterable[AnswerValue] = ()
    if isinstance(given, Mapping):
        parts = given.values()
    elif isinstance(given, (list, tuple)):
        parts = given
    return set[str]().union(*(parameters_in(part, facts) for part in parts))


def _behind(expression: Expression, facts: Facts) -> set[str]:
    found: set[str] = set()
    for name in names_in(expression):
        if name.startswith(PARAMETER):
            found.add(name.removeprefix(PARAMETER))
        elif name in facts.law.facts:
            found |= facts.parameters_behind(name)
    return found


def calculated(expression: Expression, facts: Facts) -> object:
    """A number, a date, a word or a truth value."""
    match expression:
        case Text(word):
            return word
        case Truth(value):
            return value
        case Call("months_after" | "days_after" as function, (start, count)):
            return _later(function, start, count, facts)
        case Name(name) if name in facts.law.facts:
            fact = facts.law.facts[name]
            if not fact.is_ordered:
                return facts.known.get(name)
    try:
        amount = facts.law.meaning.amount(expression)
    except InDoubt:
        return None
    found = worth(amount.as_term(), facts.standing, facts.as_of)
    if found is None:
        return None
    if amount.dates == 1:
        return date.fromordinal(int(found))
    return int(found) if found == int(found) else round(found, 4)


def _later(
    function: str, start: Expression, count: Expression, facts: Facts
) -> date | None:
    day, number = calculated(start, facts), calculated(count, facts)
    if not isinstance(day, date) or not isinstance(number, (int, float)):
        return None
    if function == "days_after":
        return date.fromordinal(day.toordinal() + int(number))
    later = months_later(day.toordinal(), number)
    return date.fromordinal(later) if later is not None else None


def due(given: Due | None, facts: Facts) -> object:
    """The day on which a duty is due, or how many days after which event."""
    if given is None or given.on is not None:
        return given.on if given else None
    start = facts.known.get(given.fact)
    if not isinstance(start, int):
        word = "before" if given.count < 0 else "after"
        return {given.unit: abs(given.count), word: given.fact}
    if given.unit == "days":
        return date.fromordinal(start + given.count)
    months = given.count * (12 if given.unit == "years" else 1)
    later = months_later(start, months)
    return date.fromordinal(later) if later is not None else None
