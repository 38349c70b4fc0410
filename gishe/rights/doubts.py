"""What lawyers of the city doubt, told for many rows at once.

A single case is warned of the doubted rules that had a part in its answer. A table has
no reasons: a row is warned of every doubted rule that covers its route, so that it is
warned once too often rather than not at all.
"""

import re
from collections.abc import Iterator, Mapping

from gishe.core.rules import Pack

PARAMETER = re.compile(r"parameter\.(\w+)")
WORD = re.compile(r"[a-z_][a-z_0-9]*")


def by_route(pack: Pack, doubted: set[str]) -> Mapping[str, tuple[str, ...]]:
    """For each route, the doubted rules that cover it; routes without any left out.

    Those are the route, its conditions, the restrictions, duties and warnings in whose
    scope it lies, and the numbers of the law that they name.
    """
    found: dict[str, set[str]] = {}
    for route in pack.routes if doubted else ():
        name = route.head.name
        across = [it for it in pack.restrictions if it.scope.covers(name)]
        heads = [it.head for it in (*route.conditions, *across)]
        heads += [it.head for it in pack.duties if it.scope.covers(name)]
        heads += [it.head for it in pack.warnings if it.scope.covers(name)]
        lines = [route.applies_if, *(it.needs for it in (*route.conditions, *across))]
        lines += [it.applies_if for it in across]
        texts = " ".join(line.text for line in lines if line is not None)
        rules = {name, *(head.name for head in heads), *_numbers(pack, texts)}
        found.setdefault(name, set()).update(rules & doubted)
    return {name: tuple(sorted(rules)) for name, rules in found.items() if rules}


def _numbers(pack: Pack, text: str) -> Iterator[str]:
    """The parameters that a text names, also through a definition."""
    words = set(WORD.findall(text))
    behind = [it.meaning.text for n, it in pack.definitions.items() if n in words]
    yield from PARAMETER.findall(" ".join([text, *behind]))
