"""The lines of a pack that are not conditions: what stands in its answers."""

from collections.abc import Iterator, Mapping

from gishe.core.rules._facts import Fact
from gishe.core.rules._language import Call, Expression, Name, Text, Truth
from gishe.core.rules._meaning import Meaning
from gishe.core.rules._pack import AnswerValue, Choice, OnlyIf, Pack, Written


def conditions_beside(pack: Pack) -> Iterator[tuple[Written | None, str]]:
    """The conditions of duties, warnings and entitlements, with their rule."""
    yield from ((duty.applies_if, duty.head.name) for duty in pack.duties)
    yield from ((part.applies_if, part.head.name) for part in pack.warnings)
    for entitlement in pack.entitlements.values():
        for rule in entitlement.rules:
            yield rule.applies_if, rule.head.name
            yield rule.needs, rule.head.name


def calculations(pack: Pack) -> Iterator[tuple[Written, str]]:
    """Every calculation in an answer, with its rule."""
    for value, name in _values(pack):
        for line, is_condition in _inside(value):
            if not is_condition:
                yield line, name


def choices(pack: Pack) -> Iterator[tuple[Written, str]]:
    """Every condition of a choice in an answer, with its rule."""
    for value, name in _values(pack):
        for line, is_condition in _inside(value):
            if is_condition:
                yield line, name


def _values(pack: Pack) -> Iterator[tuple[AnswerValue, str]]:
    yield from ((route.answer, route.head.name) for route in pack.routes)
    yield from ((part.answer, part.head.name) for part in pack.restrictions)
    yield from ((warning.date, warning.head.name) for warning in pack.warnings)
    for entitlement in pack.entitlements.values():
        yield from ((rule.until, rule.head.name) for rule in entitlement.rules)


def _inside(value: AnswerValue) -> Iterator[tuple[Written, bool]]:
    if isinstance(value, Written):
        yield value, False
    elif isinstance(value, Choice):
        for condition, inner in value.options:
            if condition is not None:
                yield condition, True
            yield from _inside(inner)
    elif isinstance(value, OnlyIf):
        yield value.condition, True
        yield from _inside(value.value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _inside(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _inside(inner)


def understand(meaning: Meaning, facts: Mapping[str, Fact], line: Expression) -> None:
    """Raises Unreadable if a calculation means nothing, InDoubt if in doubt."""
    match line:
        case Text() | Truth():
            return
        case Call("months_after" | "days_after", (start, count)):
            understand(meaning, facts, start)
            understand(meaning, facts, count)
        case Name(name) if name in facts:
            return
        case _:
            meaning.amount(line)
