"""A condition on a certain day: deadlines become days, and missing facts a value.

Three values are written as two bits, "certainly" and "possibly": 0 is false, 1 is not
known, 3 is true. "And" is &, "or" is |, on one person as on a million.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from math import ceil, nextafter

from gishe.core.rules._calendar import first_start_too_late, months_later, months_since
from gishe.core.rules._facts import Fact, Known
from gishe.core.rules._nodes import Literal, Term
from gishe.core.rules._sets import Set, Stretches, Words, meet

NO, OPEN, YES = 0, 1, 3
AS_OF = "as_of"
COMPARED_WITH_TODAY = ("months_since", "days_until")


def column_of(term: Term) -> str:
    """What is looked up to decide a literal on this term."""
    if term.kind == "as_of":
        return AS_OF
    if term.kind == "fact" or term.kind in COMPARED_WITH_TODAY:
        return term.fact
    return str(term)


def on_day(literal: Literal, as_of: int) -> Set:
    """The literal's set over the column itself, with deadlines counted back."""
    term, among = literal.term, literal.among
    if term.kind not in COMPARED_WITH_TODAY:
        return among
    assert isinstance(among, Stretches)
    if term.kind == "days_until":
        return Stretches(among.start, tuple(as_of + ceil(cut) for cut in among.cuts))
    unit, day = int(term.const), date.fromordinal(as_of)
    cuts = [first_start_too_late(day, ceil(cut) * unit) for cut in among.cuts]
    start = among.start ^ bool(len(cuts) & 1)
    return Stretches(start, tuple(reversed(cuts)))


def turning_days(literal: Literal, value: int) -> list[int]:
    """The days on which the literal may change while its fact stays what it is."""
    term, among = literal.term, literal.among
    if not isinstance(among, Stretches):
        return []
    if term.kind == "as_of":
        return [ceil(cut) for cut in among.cuts]
    if term.kind == "days_until":
        return [value - ceil(cut) + 1 for cut in among.cuts]
    unit = int(term.const)
    days = [months_later(value, ceil(cut) * unit) for cut in among.cuts]
    return [day for day in days if day is not None]


@lru_cache(maxsize=4096)
def while_missing(possible: Set, among: Set) -> int:
    """The value of "lies in ``among``" for a fact that may be any ``possible`` one."""
    if isinstance(among, Words) and among.prefixes:
        if isinstance(possible, Words) and possible.listed and not possible.outside:
            inside = {word in among for word in possible.listed}
            return OPEN if len(inside) > 1 else YES if inside == {True} else NO
        return OPEN
    if meet(possible, among).everything is False:
        return NO
    return YES if meet(possible, among.complement()).everything is False else OPEN


def holds(value: Known, among: Set) -> int:
    """Whether a known value lies in the set; of several, one is enough."""
    if isinstance(value, tuple):
        inside = [part in among for part in value]
        decided = all(inside) if getattr(among, "outside", False) else any(inside)
        return YES if decided else NO
    return YES if value in among else NO


def only_value(possible: Set | None) -> float | None:
    """The one number that is possible, if there is one."""
    if not isinstance(possible, Stretches) or possible.start:
        return None
    if len(possible.cuts) != 2:
        return None
    low, high = possible.cuts
    return low if high in (low + 1, nextafter(low, high)) else None


Getter = Callable[[str], Known | None]


def worth(term: Term, get: Getter, as_of: int) -> float | None:
    """What a term is worth; None if a fact in it is not known or it makes no sense."""
    match term.kind:
        case "const":
            return term.const
        case "as_of":
            return as_of
        case "fact":
            found = get(term.fact)
            return found if isinstance(found, (int, float)) else None
        case "months_since" | "days_until":
            start = get(term.fact)
            if not isinstance(start, int):
                return None
            if term.kind == "days_until":
                return start - as_of
            months = months_since(date.fromordinal(start), date.fromordinal(as_of))
            return months // int(term.const)
        case "youngest" | "oldest" | "number_of":
            return of_children(term.kind, get(term.fact))
    parts = [worth(part, get, as_of) for part in term.parts]
    known = [part for part in parts if part is not None]
    return _computed(term.kind, known) if len(known) == len(parts) else None


def of_children(kind: str, ages: Known | None) -> float | None:
    """The youngest age, the oldest, or how many; without children 999 and -1."""
    if not isinstance(ages, tuple):
        return None
    numbers = [int(age) for age in ages]
    if kind == "number_of":
        return len(numbers)
    if not numbers:
        return 999 if kind == "youngest" else -1
    return min(numbers) if kind == "youngest" else max(numbers)


def _computed(sign: str, parts: list[float]) -> float | None:
    if sign == "+":
        return sum(parts)
    left, right = parts
    if sign == "*":
        return left * right
    return left / right if right else None


def with_presumptions(given: Mapping[str, Known], facts: Mapping[str, Fact]) -> Getter:
    """Reads facts for calculations; a single presumed value stands in."""
    standing = {
        name: value
        for name, fact in facts.items()
        if fact.presumed is not None
        and (value := only_value(fact.presumed)) is not None
    }
    if not standing:
        return given.get
    return {**standing, **given}.get
