"""Which presumptions carried an answer."""

from gishe.core.rules._bound import OPEN, YES, only_value, while_missing
from gishe.core.rules._facts import Known
from gishe.core.rules._lanes import interpret
from gishe.core.rules._law import OPEN_ENDS
from gishe.core.rules._sets import Words
from gishe.core.rules._standing import Standing


def presumed_in(standing: Standing) -> dict[str, Known]:
    """Missing facts whose presumption the answer rests on, with what was presumed.

    A presumption counts if the answer would be another, or stay open, without it.
    """
    found: dict[str, Known] = {}
    bound, known = standing.bound, standing.facts.known
    for column in bound.program.columns:
        fact = standing.law.facts.get(column.name)
        if fact is None or not fact.presume or column.name in known:
            continue
        base = list(standing.base)
        for index in column.literals:
            base[index] = while_missing(fact.domain(), bound.sets[index])
        if base != standing.base and _matters(standing, base):
            told = _told(fact.presumed)
            found[column.name] = fact.presume if told is None else told
    return found


def _told(presumed: object) -> Known | None:
    if isinstance(presumed, Words) and len(presumed.listed) == 1:
        return next(iter(presumed.listed))
    value = only_value(presumed)  # type: ignore[arg-type]
    return int(value) if value is not None else None


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
