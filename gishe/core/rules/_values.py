"""What an answer's values come to for one person."""

from collections.abc import Mapping
from datetime import date

from gishe.core.rules._bound import YES, worth
from gishe.core.rules._calendar import months_later
from gishe.core.rules._language import Call, Expression, Name, Text, Truth
from gishe.core.rules._meaning import InDoubt
from gishe.core.rules._pack import AnswerValue, Choice, Due, OnlyIf, Written
from gishe.core.rules._person import Facts


def value_of(given: AnswerValue, facts: Facts) -> object:
    """A plain value; None where a fact is missing that it needs."""
    if isinstance(given, Written):
        return calculated(given.expression, facts)
    if isinstance(given, Choice):
        return _chosen(given, facts)
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


def _chosen(given: Choice, facts: Facts) -> object:
    for condition, value in given.options:
        if condition is None:
            return value_of(value, facts)
        found = facts.value(facts.law.node(condition, ""))
        if found == YES:
            return value_of(value, facts)
        if found:
            return None
    return None


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
