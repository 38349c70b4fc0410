"""What would have to change to open each other route."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from gishe.core.rules._bound import NO, YES
from gishe.core.rules._facts import Fact, Known
from gishe.core.rules._lanes import lane_values, product, run_lanes
from gishe.core.rules._law import OPEN_ENDS, Way
from gishe.core.rules._standing import Standing
from gishe.core.rules._wording import shown_value

MOST_CHANGES = 3
MOST_TRIED = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact that would have to be something else; ``now`` None: not known today."""

    fact: str
    now: object
    then: object


def smallest_change(standing: Standing, way: Way) -> list[Change] | None:
    """The fewest facts that would have to change for the route to be open today.

    Only facts that can change, and at most three of them; None if that is not enough.
    """
    program = standing.bound.program
    target = f"{way.name}/{OPEN_ENDS[-2]}"
    output = program.outputs[target]
    columns = list(_columns_under(standing, output))
    tried = 0
    for size in range(1, MOST_CHANGES + 1):
        for chosen in combinations(columns, size):
            values = {c: _others(standing, c) for c in chosen}
            lanes = int(np.prod([len(v) for v in values.values()], dtype=np.int64))
            tried += lanes
            if not lanes or tried > MOST_TRIED:
                continue
            found = _first_opening(standing, chosen, values, output)
            if found is not None:
                return found
    return None


def _first_opening(
    standing: Standing,
    chosen: Sequence[int],
    values: Mapping[int, Sequence[Known]],
    output: str,
) -> list[Change] | None:
    bound = standing.bound
    supposed, lanes = product(bound, chosen, values)
    result = run_lanes(bound, standing.base, supposed, lanes)[output]
    if not result >> lanes:
        return None
    open_lanes = np.flatnonzero(lane_values(result, lanes) == YES)
    lane = int(open_lanes[0])
    return [
        _change(standing, part.column, part.values[int(part.which[lane])])
        for part in supposed
    ]


def _change(standing: Standing, column: int, value: Known | None) -> Change:
    name = standing.bound.program.columns[column].name
    fact = standing.law.facts[name]
    now = shown_value(fact, standing.facts.known.get(name))
    return Change(fact=name, now=now, then=shown_value(fact, value))


def _columns_under(standing: Standing, output: str) -> Iterator[int]:
    """The columns a route rests on whose fact can change, the cheapest first."""
    program, needed = standing.bound.program, {output}
    for result, _, arguments in reversed(program.steps):
        if result in needed:
            needed.update(arguments)
    found = []
    for index, column in enumerate(program.columns):
        fact = standing.law.facts.get(column.name)
        if fact is None or column.kind == "tested" or not _can_change(standing, fact):
            continue
        if any(f"a{i}" in needed for i in column.literals):
            found.append((_price(fact), index))
    return iter(index for _, index in sorted(found))


def _can_change(standing: Standing, fact: Fact) -> bool:
    return fact.changeable or fact.name not in standing.facts.known


def _price(fact: Fact) -> tuple[float, str]:
    question = fact.question
    return (question.order if question else 1000.0, fact.name)


def _others(standing: Standing, column: int) -> list[Known]:
    """The values that the fact does not have now."""
    bound = standing.bound
    part = bound.program.columns[column]
    now = standing.facts.known.get(part.name)
    row = bound.row(part, now) if now is not None else None
    return [value for value in bound.cells(part) if bound.row(part, value) != row]


def alternatives_of(standing: Standing) -> Iterator[dict[str, object]]:
    """Every other route that is not lost: how it ends, or what it would need."""
    for way in standing.law.ways:
        if way is standing.way:
            continue
        ends, applies = standing.ends(way), standing.facts.value(way.applies)
        told: dict[str, object] = {"route": way.name, "text": way.route.head.text}
        if ends != ("no",):
            told["may_work"] = ends[0] if len(ends) == 1 else "unknown"
        if len(ends) > 1:
            wanted = [f"{way.name}/{end}" for end in ends if end != "no"]
            told["missing"] = standing.missing(wanted)
        if ends == ("no",):
            told["may_work"] = "no"
            told["blocking"] = _blocking(standing, way) if applies == YES else []
            changes = smallest_change(standing, way)
            if changes is None:
                continue
            told["needs"] = [
                {"fact": c.fact, "now": c.now, "then": c.then} for c in changes
            ]
        yield {key: value for key, value in told.items() if value != []}


def _blocking(standing: Standing, way: Way) -> list[str]:
    return [
        held.condition.blocking
        for held in way.held
        if held.condition.otherwise == "no" and standing.facts.value(held.node) == NO
    ]
