"""Why: the conditions that decided, and only those."""

from collections.abc import Iterator
from dataclasses import replace

from gishe.core.rules._answer import Reason
from gishe.core.rules._facts import Known, shown_value
from gishe.core.rules._law import Held, Way
from gishe.core.rules._nodes import All, Any, Doubt, Literal, Named, Node
from gishe.core.rules._on_day import NO, OPEN, YES
from gishe.core.rules._pack import Head
from gishe.core.rules._sets import Stretches, Words
from gishe.core.rules._standing import Standing

UNVERIFIED = "unverified_law"
TOLD = {NO: "no", OPEN: "unknown", YES: "yes"}


def reasons(standing: Standing) -> tuple[Reason, ...]:
    """The route that decided, or why each route did not."""
    if standing.way is not None:
        return (route_reason(standing, standing.way),)
    return tuple(route_reason(standing, way) for way in standing.law.ways)


def route_reason(standing: Standing, way: Way) -> Reason:
    """How a route ends, with the conditions that make it so."""
    facts, ends = standing.facts, standing.ends(way)
    applies = facts.value(way.applies)
    parts: list[Reason] = list(_tell(standing, way.applies))
    if applies == YES:
        for held in way.held:
            lies_across = held.condition.applies_if is not None
            if not (lies_across and facts.value(held.applies) == NO):
                parts += _held(standing, held)
        if not way.route.head.verified.vouches(standing.day):
            head = way.route.head
            parts.append(_rule(standing, head, OPEN, (), says=UNVERIFIED))
    value = NO if ends == ("no",) else OPEN if len(ends) > 1 else YES
    return _rule(standing, way.route.head, value, tuple(parts), says=" | ".join(ends))


def _held(standing: Standing, held: Held) -> Iterator[Reason]:
    """A condition; one that does not hold says what it leads to."""
    for reason in _tell(standing, held.node):
        bites = reason.rule == held.condition.head.name and reason.value == "no"
        yield replace(reason, says=held.condition.otherwise) if bites else reason


def _rule(
    standing: Standing,
    head: Head,
    value: int,
    parts: tuple[Reason, ...],
    says: str = "",
) -> Reason:
    return Reason(
        rule=head.name,
        value=TOLD[value],
        text=head.text,
        met=head.met,
        for_employer=head.for_employer,
        citation=head.cites,
        verified=head.verified,
        says=says,
        reasons=parts,
    )


def _tell(standing: Standing, node: Node) -> Iterator[Reason]:
    value = standing.facts.value(node)
    match node:
        case Literal():
            yield _fact(standing, node, value)
        case Doubt(rule):
            numbers = tuple(standing.facts.parameters_of(node))
            yield Reason(
                rule=rule, value="unknown", says=UNVERIFIED, parameters=numbers
            )
        case Named(name, body, holds):
            told = value if holds else YES - value if value != OPEN else OPEN
            yield _named(standing, name, told, tuple(_tell(standing, body)))
        case All(parts) | Any(parts):
            everything = value == YES if isinstance(node, All) else value == NO
            for part in parts:
                if everything or standing.facts.value(part) == value:
                    yield from _tell(standing, part)


def _named(
    standing: Standing, name: str, value: int, parts: tuple[Reason, ...]
) -> Reason:
    head = standing.law.heads.get(name)
    if head is not None:
        if len(parts) == 1 and parts[0].rule == name and parts[0].reasons:
            return parts[0]
        return _rule(standing, head, value, parts)
    definition = standing.pack.definitions.get(name)
    if definition is None:
        return Reason(rule=name, value=TOLD[value], reasons=parts)
    return Reason(
        rule=name,
        value=TOLD[value],
        text=definition.text,
        citation=definition.cites,
        reasons=parts,
    )


def _fact(standing: Standing, literal: Literal, value: int) -> Reason:
    names = [*literal.term.facts()] or ["as_of"]
    facts: dict[str, object] = {
        name: shown(standing, name, standing.facts.known.get(name)) for name in names
    }
    return Reason(
        rule="",
        value=TOLD[value],
        facts=facts,
        says=condition(literal),
        parameters=tuple(sorted(standing.facts.parameters_of(literal))),
    )


def shown(standing: Standing, name: str, value: Known | None) -> object:
    """A fact's value as people write it."""
    if name == "as_of":
        return standing.day
    return shown_value(standing.law.facts[name], value)


def condition(literal: Literal) -> str:
    """A literal in the language of conditions, as near as it can be put."""
    name, among = str(literal.term), literal.among
    if literal.term.kind == "months_since":
        unit = "years" if literal.term.const == 12 else "months"
        name = f"{unit}_since({literal.term.fact})"
    if isinstance(among, Words):
        return _words(name, among)
    return _stretches(name, among, literal.term.is_date)


def _words(name: str, among: Words) -> str:
    if among.listed <= {True, False} and len(among.listed) == 1:
        return name if (True in among) else f"not {name}"
    words = ", ".join(sorted(str(word) for word in among.listed))
    if among.prefixes:
        found = f"starts_with({name}, [{words}])"
        return f"not {found}" if among.outside else found
    if len(among.listed) == 1:
        return f"{name} {'!=' if among.outside else '=='} {words}"
    return f"{name} {'not in' if among.outside else 'in'} [{words}]"


def _stretches(name: str, among: Stretches, is_date: bool) -> str:
    inside, parts = among.start, []
    low: float | None = None
    for cut in (*among.cuts, None):
        if inside:
            parts.append(_stretch(name, low, cut, is_date))
        inside, low = not inside, cut
    return " or ".join(parts)


def _stretch(name: str, low: float | None, high: float | None, is_date: bool) -> str:
    from_, to = (_number(c, is_date) if c is not None else "" for c in (low, high))
    if low is not None and high is not None:
        return f"{from_} <= {name} < {to}"
    return f"{name} >= {from_}" if low is not None else f"{name} < {to}"


def _number(value: float, is_date: bool) -> str:
    return str(shown_value(None, int(value))) if is_date else f"{value:g}"
