"""What would have to change to open each other route."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from gishe.core.rules._bound import NO, YES, column_of, on_day
from gishe.core.rules._facts import Fact, Known
from gishe.core.rules._law import OPEN_ENDS, Way
from gishe.core.rules._nodes import All, Any, Doubt, Literal, Named, Node, simplify
from gishe.core.rules._person import Facts
from gishe.core.rules._sets import Set, Stretches, Value, Words, meet
from gishe.core.rules._standing import Standing
from gishe.core.rules._wording import shown_value

BEAM = 24

Plan: TypeAlias = Mapping[str, Set]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact that would have to be something else; ``now`` None: not known today."""

    fact: str
    now: object
    then: object


def smallest_change(standing: Standing, way: Way) -> list[Change] | None:
    """The fewest facts that would have to change for the route to be open today.

    Only facts that can change; None if that is not enough, or if the route rests on
    something computed that no single fact decides. Plans are built from the condition's
    leaves upwards, the shortest few kept at each step, and each is tried before it is
    told.
    """
    node = simplify(way.ends[OPEN_ENDS[-2]])
    for plan in _plans(standing, node):
        values = {name: _nearest(standing, name, s) for name, s in plan.items()}
        if all(value is not None for value in values.values()):
            known = {name: v for name, v in values.items() if v is not None}
            if _opens(standing, node, known):
                return [_change(standing, name, known[name]) for name in sorted(known)]
    return None


def _plans(standing: Standing, node: Node) -> list[Plan]:
    """Ways to make a condition true, the shortest first; none needed if it is."""
    if standing.facts.value(node) == YES:
        return [{}]
    match node:
        case Literal():
            return _plan(standing, node)
        case Any(parts):
            found = [plan for part in parts for plan in _plans(standing, part)]
            return _shortest(standing, found)
        case All(parts):
            return _together(standing, parts)
        case Named(body=body):
            return _plans(standing, body)
        case Doubt():
            return []


def _plan(standing: Standing, literal: Literal) -> list[Plan]:
    fact = standing.law.facts.get(column_of(literal.term))
    if fact is None or not _can_change(standing, fact):
        return []
    return [{fact.name: on_day(literal, standing.facts.as_of)}]


def _together(standing: Standing, parts: Iterable[Node]) -> list[Plan]:
    found: list[Plan] = [{}]
    for part in parts:
        more = _plans(standing, part)
        joined = [_joined(a, b) for a, b in product(found, more)]
        found = _shortest(standing, [plan for plan in joined if plan is not None])
    return found


def _joined(a: Plan, b: Plan) -> Plan | None:
    plan = dict(a)
    for name, among in b.items():
        if name in plan and plan[name] != among:
            if _is_prefixed(plan[name]) or _is_prefixed(among):
                return None
            plan[name] = meet(plan[name], among)
        else:
            plan[name] = among
        if plan[name].everything is False:
            return None
    return plan


def _is_prefixed(among: Set) -> bool:
    return isinstance(among, Words) and among.prefixes


def _shortest(standing: Standing, plans: list[Plan]) -> list[Plan]:
    def price(plan: Plan) -> tuple[int, float]:
        facts = [standing.law.facts[name] for name in plan]
        return len(plan), sum(f.question.order if f.question else 1e3 for f in facts)

    return sorted(plans, key=price)[:BEAM]


def _opens(standing: Standing, node: Node, known: Mapping[str, Known]) -> bool:
    facts = Facts(standing.law, {**standing.given, **known}, standing.facts.as_of)
    return facts.value(node) == YES


def _change(standing: Standing, name: str, value: Known) -> Change:
    fact = standing.law.facts[name]
    now = shown_value(fact, standing.facts.known.get(name))
    return Change(fact=name, now=now, then=shown_value(fact, value))


def _can_change(standing: Standing, fact: Fact) -> bool:
    return fact.changeable or fact.name not in standing.facts.known


def _nearest(standing: Standing, name: str, among: Set) -> Known | None:
    """The value in the set that is nearest to what is."""
    fact = standing.law.facts[name]
    if isinstance(among, Words):
        words: Iterable[Value] = fact.all_values() or sorted(map(str, among.listed))
        found = next((word for word in words if word in among), None)
        return (str(found),) if fact.many and found is not None else found
    now = standing.facts.known.get(name)
    instead = standing.facts.as_of if fact.type == "date" else fact.minimum or 0
    start = now if isinstance(now, (int, float)) else instead
    candidates = [start, *_edges(fact, among)]
    inside = [v for v in candidates if v in among and v in fact.domain()]
    if not inside:
        return None
    value = min(inside, key=lambda v: abs(v - start))
    return int(value) if fact.is_whole else value


def _edges(fact: Fact, among: Stretches) -> Iterator[float]:
    for cut in among.cuts:
        yield cut
        yield cut - 1 if fact.is_whole else round(cut - 0.005, 2)


def alternatives_of(standing: Standing) -> Iterator[dict[str, object]]:
    """Every other route that is not lost: how it ends, or what it would need."""
    for way in standing.law.ways:
        if way is standing.way:
            continue
        ends = standing.ends(way)
        told: dict[str, object] = {"route": way.name, "text": way.route.head.text}
        told["may_work"] = ends[0] if len(ends) == 1 else "unknown"
        if len(ends) > 1:
            wanted = [f"{way.name}/{end}" for end in ends if end != "no"]
            told["missing"] = standing.missing(wanted)
        if ends == ("no",):
            changes = smallest_change(standing, way)
            if changes is None:
                continue
            told["blocking"] = _blocking(standing, way)
            told["needs"] = [
                {"fact": c.fact, "now": c.now, "then": c.then} for c in changes
            ]
        yield {key: value for key, value in told.items() if value != []}


def _blocking(standing: Standing, way: Way) -> list[str]:
    if standing.facts.value(way.applies) != YES:
        return []
    return [
        held.condition.blocking
        for held in way.held
        if held.condition.otherwise == "no" and standing.facts.value(held.node) == NO
    ]
