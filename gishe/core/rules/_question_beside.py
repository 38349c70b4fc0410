"""What hangs on facts beside the answer: warnings, one's own duties, its last day.

The answer is settled without them. They are worth a question all the same, because
"your card ends in three weeks" is told only to somebody who said when it ends.
"""

from collections.abc import Iterator

from gishe.core.rules._language import names_in
from gishe.core.rules._nodes import All, Any, Doubt, Literal, Named, Node
from gishe.core.rules._on_day import NO, OPEN, YES
from gishe.core.rules._pack import AnswerValue, Choice, Duty, OnlyIf, Warn, Written
from gishe.core.rules._question import with_sources
from gishe.core.rules._standing import Standing


def hanging_on(standing: Standing) -> set[str]:
    """The facts nobody gave on which something beside the answer still hangs.

    That is: a warning or a duty of the worker that is in force, concerns the answer's
    route and is neither certain nor excluded; the day of a warning that is certain;
    and the last day of the right. A
    presumption does not count as known here: a card is presumed valid so that there
    can be an answer, and that is why its last day is worth asking. Facts that are
    computed are told as those from which they are. The set holds facts without a
    question, too; combine it with ``may_ask``.
    """
    rules: list[Duty | Warn] = [*standing.pack.warnings]
    rules += [duty for duty in standing.pack.duties if duty.who == "worker"]
    found: list[str] = []
    for rule in rules:
        concerns = rule.scope.covers(standing.route or "none")
        if concerns and rule.head.in_force(standing.day):
            node = standing.law.node(rule.applies_if, rule.head.name)
            found += _open(standing, node)
            if isinstance(rule, Warn) and standing.facts.value(node) == YES:
                found += _of_value(standing, rule.date)
    if standing.way is not None:
        found += _of_value(standing, standing.way.route.answer.get("until_date"))
    names = list(dict.fromkeys(found))
    return {name for name, _ in with_sources(standing, names)}


def _value(standing: Standing, node: Node) -> int:
    """The value of a condition by what was given, without presumptions."""
    match node:
        case Literal(term):
            known = all(name in standing.facts.known for name in term.facts())
            return standing.facts.value(node) if known else OPEN
        case Doubt():
            return OPEN
        case Named(body=body):
            return _value(standing, body)
        case All(parts):
            return min((_value(standing, part) for part in parts), default=YES)
        case Any(parts):
            return max((_value(standing, part) for part in parts), default=NO)


def _open(standing: Standing, node: Node) -> Iterator[str]:
    if _value(standing, node) != OPEN:
        return
    match node:
        case Literal(term):
            yield from (n for n in term.facts() if n not in standing.facts.known)
        case Named(body=body):
            yield from _open(standing, body)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _open(standing, part)


def _of_value(standing: Standing, value: AnswerValue) -> Iterator[str]:
    """The facts that a value of the answer waits for."""
    if isinstance(value, Written):
        for name in names_in(value.expression):
            if name in standing.law.facts and name not in standing.facts.known:
                yield name
    elif isinstance(value, OnlyIf):
        yield from _of_choice(standing, Choice(((value.condition, value.value),)))
    elif isinstance(value, Choice):
        yield from _of_choice(standing, value)


def _of_choice(standing: Standing, choice: Choice) -> Iterator[str]:
    for condition, inner in choice.options:
        node = standing.law.node(condition, "")
        holds = standing.facts.value(node)
        if holds == NO:
            continue
        yield from _open(standing, node)
        yield from _of_value(standing, inner)
        if holds == YES:
            return
