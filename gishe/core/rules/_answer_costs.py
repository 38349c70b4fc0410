"""What a step or a duty costs: sums of the law, told only where somebody vouches."""

from collections.abc import Iterator, Mapping
from datetime import date

from gishe.core.rules._pack import (
    AnswerValue,
    Choice,
    Dated,
    Head,
    OnlyIf,
    Pack,
    Parameter,
)
from gishe.core.rules._problems import Problem, did_you_mean

PREFIX = "parameter."


def costs(pack: Pack, named: object, day: date) -> Iterator[dict[str, object]]:
    """The named sums on a day, each with its words, currency and citation.

    What nobody verified for that day is left out.
    """
    for parameter, dated in _vouched(pack, named, day):
        yield {
            "text": parameter.text,
            "amount": dated.value,
            "currency": parameter.unit,
            "citation": dated.head.cites,
            "verified": dated.head.verified,
        }


def parameters_of_costs(pack: Pack, named: object, day: date) -> set[str]:
    """The names of the sums that are told."""
    return {parameter.name for parameter, _ in _vouched(pack, named, day)}


def _vouched(pack: Pack, named: object, day: date) -> Iterator[tuple[Parameter, Dated]]:
    for name in _names(named):
        parameter = pack.parameters.get(name.removeprefix(PREFIX))
        dated = parameter.on(day) if parameter else None
        if parameter is None or dated is None or dated.value is None:
            continue
        if dated.head.verified.vouches(day):
            yield parameter, dated


def strange_costs(pack: Pack) -> Iterator[Problem]:
    """Costs that name no sum of the pack."""
    for head, name in _named(pack):
        known = [PREFIX + parameter for parameter in pack.parameters]
        if name not in known:
            hint = did_you_mean(name, known)
            told = f"cost names {name}, which is no parameter."
            yield Problem(told, hint, head.file, head.line, head.name)


def _named(pack: Pack) -> Iterator[tuple[Head, str]]:
    for duty in pack.duties:
        yield from ((duty.head, name) for name in duty.costs)
    told = [(route.head, route.answer) for route in pack.routes]
    told += [(part.head, part.answer) for part in pack.restrictions]
    for head, answer in told:
        for step in _steps(answer.get("steps")):
            yield from ((head, name) for name in _names(step.get("cost")))


def _steps(told: AnswerValue) -> Iterator[Mapping[str, AnswerValue]]:
    if isinstance(told, OnlyIf):
        yield from _steps(told.value)
    elif isinstance(told, Choice):
        for _condition, inner in told.options:
            yield from _steps(inner)
    elif isinstance(told, Mapping):
        yield told
    elif isinstance(told, (list, tuple)):
        for inner in told:
            yield from _steps(inner)


def _names(named: object) -> list[str]:
    listed = named if isinstance(named, (list, tuple)) else [named]
    return [str(name) for name in listed if name]
