"""Which presumptions carried an answer."""

from collections.abc import Iterator

import numpy as np

from gishe.core.rules._facts import Fact, Known
from gishe.core.rules._lanes import Supposed, interpret, run_lanes
from gishe.core.rules._law import OPEN_ENDS
from gishe.core.rules._on_day import NO, OPEN, YES, only_value, while_missing
from gishe.core.rules._sets import Words
from gishe.core.rules._standing import Standing


def presumed_in(standing: Standing) -> dict[str, Known]:
    """Missing facts whose presumption the answer rests on, with what was presumed.

    A presumption counts if the answer would be another, or stay open, without it.
    """
    found: dict[str, Known] = {}
    for fact, column in _standing_in(standing):
        if _rests_on(standing, fact, column):
            found[fact.name] = _told(fact)
    for fact, column in _computed(standing):
        if _rests_on(standing, fact, column):
            sources = (standing.law.facts[n] for n in standing.law.sources(fact.name))
            found |= {s.name: _told(s) for s in sources if _is_presumed(standing, s)}
    return found


def still_asked(standing: Standing) -> dict[str, float]:
    """Presumed facts to be asked all the same, with how much an answer changes.

    Only those whose question says ``presumed_too``, while the answer rests on them.
    """
    found: dict[str, float] = {}
    for fact, column in _standing_in(standing):
        wanted = fact.question is not None and fact.question.presumed_too
        if wanted and _rests_on(standing, fact, column):
            found[fact.name] = _unsettling(standing, fact, column)
    return found


def _standing_in(standing: Standing) -> Iterator[tuple[Fact, int]]:
    """The facts that nobody gave and that are presumed, with their columns."""
    for index, column in enumerate(standing.bound.program.columns):
        fact = standing.law.facts.get(column.name)
        if fact is not None and _is_presumed(standing, fact):
            yield fact, index


def _computed(standing: Standing) -> Iterator[tuple[Fact, int]]:
    """The facts that nobody gave and that were computed, with their columns."""
    for index, column in enumerate(standing.bound.program.columns):
        name, known = column.name, standing.facts.known
        if (
            name in standing.law.derived
            and name in known
            and name not in standing.given
        ):
            yield standing.law.facts[name], index


def _is_presumed(standing: Standing, fact: Fact) -> bool:
    return bool(fact.presume) and fact.name not in standing.facts.known


def _rests_on(standing: Standing, fact: Fact, column: int) -> bool:
    bound, base = standing.bound, list(standing.base)
    for index in bound.program.columns[column].literals:
        base[index] = while_missing(fact.domain(), bound.sets[index])
    return base != standing.base and _matters(standing, base)


def _unsettling(standing: Standing, fact: Fact, column: int) -> float:
    """How many ends of the answer each of the fact's values changes on average."""
    bound = standing.bound
    values = bound.cells(bound.program.columns[column], fact.domain())
    lanes, half = len(values), (1 << len(values)) - 1
    each = Supposed(column, values, np.arange(lanes))
    found, changed = run_lanes(bound, standing.base, [each], lanes), 0
    for end in OPEN_ENDS:
        output = bound.program.outputs[f"any/{end}"]
        possibly, certainly = found[output] & half, found[output] >> lanes
        now = standing.steps[output]
        before = (half if now != NO else 0), (half if now == YES else 0)
        changed += (possibly ^ before[0] | certainly ^ before[1]).bit_count()
    return changed / lanes if lanes else 0.0


def _told(fact: Fact) -> Known:
    """The one value that is presumed, or the comparison as it is written."""
    presumed = fact.presumed
    if isinstance(presumed, Words) and len(presumed.listed) == 1:
        return next(iter(presumed.listed))
    value = only_value(presumed)
    return int(value) if value is not None else fact.presume


def _matters(standing: Standing, base: list[int]) -> bool:
    program = standing.bound.program
    found = interpret(program, base, YES, OPEN)
    wanted = [f"any/{end}" for end in OPEN_ENDS]
    if standing.way is not None:
        wanted += [f"{standing.way.name}/{end}" for end in OPEN_ENDS]
    return any(
        found[program.outputs[name]] != standing.steps[program.outputs[name]]
        for name in wanted
    )
