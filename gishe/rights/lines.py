"""What is written in a rule, line by line, for reading and comparing."""

from collections.abc import Iterator, Mapping
from typing import Any


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
