"""Which numbers of the law a rule uses, and what is written in it to be computed."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from gishe.core.rules import Pack

PARAMETER = re.compile(r"parameter\.(\w+)")
WORD = re.compile(r"[a-z_][a-z_0-9]*")
DEEPEST = 3  # a definition may name another one


@lru_cache(maxsize=32)
def used_by(pack: Pack) -> Mapping[str, frozenset[str]]:
    """For each rule, the parameters that its lines name, also through definitions."""
    behind = {name: it.meaning.text for name, it in pack.definitions.items()}
    behind |= {n: f.unless_given for n, f in pack.facts.items() if f.unless_given}
    found: dict[str, frozenset[str]] = {}
    for name, lines in _all(pack):
        text = " ".join(lines)
        for _step in range(DEEPEST):
            words = [behind[word] for word in set(WORD.findall(text)) if word in behind]
            text = " ".join([text, *words])
        found[name] = found.get(name, frozenset()) | set(PARAMETER.findall(text))
    return found


def _all(pack: Pack) -> Iterator[tuple[str, tuple[str, ...]]]:
    for route in pack.routes:
        inside = [line for it in route.conditions for line in written(it)]
        yield route.head.name, (*written(route), *inside)
        yield from ((it.head.name, written(it)) for it in route.conditions)
    grants = [rule for it in pack.entitlements.values() for rule in it.rules]
    others: list[Any] = [*pack.restrictions, *pack.duties, *pack.warnings, *grants]
    for rule in others:
        yield rule.head.name, written(rule)


def written(rule: Any) -> tuple[str, ...]:
    """The lines of a rule in the language of conditions, as they are written."""
    names = ("applies_if", "needs", "answer", "until", "date", "due", "costs")
    return tuple(line for name in names for line in _lines(getattr(rule, name, None)))


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from (f"{key}: {line}" for line in _lines(item))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _lines(item)
    elif hasattr(value, "options"):
        for condition, item in value.options:
            yield from (*_lines(condition), *_lines(item))
    elif hasattr(value, "expression"):
        yield value.text
    elif value is not None:
        yield str(value)
