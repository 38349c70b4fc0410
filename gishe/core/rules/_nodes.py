"""Conditions after they are understood: literals joined by all and any.

There is no "not" here: it is pushed down to the literals, whose sets are turned
round. What remains grows with what is known, which is what keeps a settled answer
settled.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from gishe.core.rules._sets import Set, meet, union


@dataclass(frozen=True, slots=True)
class Term:
    """What is compared: a fact, the day of the question, or something computed.

    ``kind`` is ``fact``, ``as_of``, ``const``, ``months_since``, ``days_since``,
    ``days_until`` (of one date fact), or the name of an operation on ``parts``.
    """

    kind: str
    fact: str = ""
    parts: tuple["Term", ...] = ()
    const: float = 0
    is_date: bool = False
    is_whole: bool = False
    many: bool = False

    def facts(self) -> Iterator[str]:
        if self.fact:
            yield self.fact
        for part in self.parts:
            yield from part.facts()

    def __str__(self) -> str:
        if self.kind == "fact":
            return self.fact
        if self.kind == "const":
            return f"{self.const:g}"
        if self.kind == "as_of":
            return "as_of"
        inner = ", ".join(str(part) for part in self.parts) or self.fact
        return f"{self.kind}({inner})"


@dataclass(frozen=True, slots=True)
class Literal:
    """A term lies in a set. ``parameters``: the law's numbers that made the set."""

    term: Term
    among: Set
    parameters: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Nobody verified this law on this day: neither true nor false."""

    rule: str


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A node that carries a rule's name; ``holds`` is False when it is negated."""

    name: str
    body: "Node" = field(compare=False, hash=False)
    holds: bool = True


Node: TypeAlias = Literal | Doubt | All | Any | Named

TRUE = All(())
FALSE = Any(())


def negate(node: Node) -> Node:
    match node:
        case Literal(term, among, parameters):
            return Literal(term, among.complement(), parameters)
        case Doubt():
            return node
        case All(parts):
            return Any(tuple(negate(part) for part in parts))
        case Any(parts):
            return All(tuple(negate(part) for part in parts))
        case Named(name, body, holds):
            return Named(name, negate(body), not holds)


def all_of(parts: Iterable[Node]) -> Node:
    found = tuple(parts)
    return found[0] if len(found) == 1 else All(found)


def any_of(parts: Iterable[Node]) -> Node:
    found = tuple(parts)
    return found[0] if len(found) == 1 else Any(found)


def literals(node: Node) -> Iterator[Literal]:
    match node:
        case Literal():
            yield node
        case All(parts) | Any(parts):
            for part in parts:
                yield from literals(part)
        case Named(body=body):
            yield from literals(body)
        case Doubt():
            return


def doubts(node: Node) -> Iterator[str]:
    match node:
        case Doubt(rule):
            yield rule
        case All(parts) | Any(parts):
            for part in parts:
                yield from doubts(part)
        case Named(body=body):
            yield from doubts(body)
        case Literal():
            return


def simplify(node: Node) -> Node:
    """The same condition with names gone and literals on one term merged.

    Merging is where three values alone would be too weak: ``age < 18 or age >= 18``
    becomes true here, whatever is known about the age.
    """
    match node:
        case Named(body=body):
            return simplify(body)
        case Literal(_, among):
            return node if among.everything is None else _constant(among.everything)
        case Doubt():
            return node
        case All(parts):
            return _merged(parts, conjunction=True)
        case Any(parts):
            return _merged(parts, conjunction=False)


def _constant(value: bool) -> Node:
    return TRUE if value else FALSE


def _merged(parts: tuple[Node, ...], *, conjunction: bool) -> Node:
    neutral, final = (TRUE, FALSE) if conjunction else (FALSE, TRUE)
    kind = All if conjunction else Any
    by_term: dict[Term, list[Set]] = {}
    rest: dict[Node, None] = {}
    for part in (simplify(p) for p in parts):
        if part == neutral:
            continue
        if part == final:
            return final
        for inner in part.parts if isinstance(part, kind) else (part,):
            if isinstance(inner, Literal):
                sets = by_term.setdefault(inner.term, [])
                _add(sets, inner.among, inner.term, conjunction)
            else:
                rest[inner] = None
    found: list[Node] = []
    for term, sets in by_term.items():
        for among in sets:
            if among.everything is (not conjunction):
                return final
            if among.everything is None:
                found.append(Literal(term, among))
    whole = (*found, *(r for r in rest if not _absorbed(r, found, kind)))
    return whole[0] if len(whole) == 1 else kind(whole)


def _add(sets: list[Set], new: Set, term: Term, conjunction: bool) -> None:
    """Join ``new`` to a set it can be merged with exactly, or keep it beside them.

    A person may have several nationalities: then "one of these" and "one of those"
    cannot be met, and "none of these" or "none of those" cannot be joined.
    """
    for i, old in enumerate(sets):
        if _mergeable(old, new, term, conjunction):
            if old != new:
                sets[i] = meet(old, new) if conjunction else union(old, new)
            return
    sets.append(new)


def _mergeable(old: Set, new: Set, term: Term, conjunction: bool) -> bool:
    outside = [getattr(s, "outside", None) for s in (old, new)]
    if getattr(old, "prefixes", False) or getattr(new, "prefixes", False):
        return old == new or old == new.complement()
    if term.many:
        return outside[0] is outside[1] is conjunction or old == new.complement()
    return True


def _absorbed(node: Node, beside: list[Node], kind: type[All] | type[Any]) -> bool:
    """``a and (a or b)`` is a; ``a or (a and b)`` is a."""
    other = Any if kind is All else All
    return isinstance(node, other) and any(part in beside for part in node.parts)
