"""How every other route ends, and what would have to change to open it."""

from collections.abc import Iterator

from gishe.core.rules._changes import Openings
from gishe.core.rules._law import Way
from gishe.core.rules._on_day import NO, YES
from gishe.core.rules._standing import Standing


def alternatives_of(standing: Standing) -> Iterator[dict[str, object]]:
    """Every other route that is not lost: how it ends, or what it would need."""
    openings = Openings(standing)
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
            changes = openings.smallest(way)
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
