"""What hangs on facts that do not change the answer: warnings, and duties to renew."""

from typing import Any

from gishe.core.rules import Standing
from gishe.core.rules._bound import NO, OPEN, YES
from gishe.core.rules._nodes import All, Literal, Named, Node, literals
from gishe.core.rules._nodes import Any as AnyOf


def open_beside(standing: Standing) -> set[str]:
    """Facts nobody gave that would bring a warning, or a duty of the person's own.

    A presumption does not count here: a card is presumed valid so that the answer can
    be given, and that is why its last day is worth asking.
    """
    own = [duty for duty in standing.pack.duties if duty.who == "worker"]
    found: set[str] = set()
    rules: list[Any] = [*standing.pack.warnings, *own]
    for rule in rules:
        if rule.applies_if is None or not rule.head.in_force(standing.day):
            continue
        if rule.scope.covers(standing.route or "none"):
            node = standing.law.node(rule.applies_if, rule.head.name)
            if _given_value(standing, node) == OPEN:
                found |= {it for lit in literals(node) for it in lit.term.facts()}
    return found & set(standing.pack.facts)


def _given_value(standing: Standing, node: Node) -> int:
    """The value of a condition by what was given alone."""
    match node:
        case Literal(term):
            known = all(name in standing.facts.known for name in term.facts())
            return standing.facts.value(node) if known else OPEN
        case All(parts):
            return min((_given_value(standing, part) for part in parts), default=YES)
        case AnyOf(parts):
            return max((_given_value(standing, part) for part in parts), default=NO)
        case Named(body=body):
            return _given_value(standing, body)
    return OPEN
