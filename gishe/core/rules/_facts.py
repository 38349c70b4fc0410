"""What may be known about a person or a job, and whether a case says it properly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from gishe.core.rules._countries import country_code
from gishe.core.rules._problems import BadFact, did_you_mean
from gishe.core.rules._sets import (
    EVERYTHING,
    Set,
    Stretches,
    Value,
    Words,
    compared,
    meet,
)

Words7: TypeAlias = Mapping[str, str]
Known: TypeAlias = bool | int | float | str | tuple[str, ...] | tuple[int, ...]

TYPES = ("bool", "integer", "number", "date", "enum", "country", "code", "children")
LANGUAGES = ("bg", "en", "uk", "ru", "ar", "fa", "fr")
MANY_CHILDREN = 40
# Further away no date of a life or a paper lies, and no due day falls out of range.
FIRST_YEAR, LAST_YEAR = 1850, 2250
MOST = 1e15
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to a question; ``printed`` is the name as printed on the paper."""

    value: str
    text: Words7
    printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a fact is asked: words, why, and what it costs a person to answer.

    ``presumed_too``: asked even where a presumption stands in for the fact.
    """

    text: Words7
    why: Words7
    options: tuple[Option, ...] = ()
    cost: float = 1
    sensitivity: float = 1
    order: float = 100
    ask_if: str = ""
    presumed_too: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A declared fact. ``presumed``: the values it may have while nobody gives it."""

    name: str
    type: str
    values: tuple[str, ...] = ()
    many: bool = False
    minimum: float | None = None
    maximum: float | None = None
    unless_given: str = ""
    not_before: str = ""
    not_after: str = ""
    changeable: bool = True
    presume: str = ""
    presumed: Set | None = None
    because: Words7 = field(default_factory=dict)
    for_employer: Words7 = field(default_factory=dict)
    question: Question | None = None
    file: str = ""
    line: int = 0

    @property
    def is_ordered(self) -> bool:
        return self.type in ("integer", "number", "date")

    @property
    def is_whole(self) -> bool:
        return self.type in ("integer", "date")

    def all_values(self) -> tuple[Value, ...] | None:
        """Every value there is, where they can be listed."""
        if self.type == "bool":
            return (True, False)
        return self.values if self.type == "enum" else None

    def domain(self) -> Set:
        """The values that are possible at all."""
        if not self.is_ordered:
            values = self.all_values()
            return EVERYTHING if values is None else Words(frozenset(values))
        found: Set = Stretches(True)
        for sign, limit in ((">=", self.minimum), ("<=", self.maximum)):
            if limit is not None:
                found = meet(found, compared(sign, limit, whole=self.is_whole))
        return found


class Misfit(Exception):
    """A value that is not of the fact's type."""


def read_value(fact: Fact, given: object) -> Known:
    """A given value in the form the engine computes with. Raises Misfit.

    Dates become ordinals, several nationalities a tuple, children their ages.
    """
    if given is None:
        raise Misfit("null is not a value. Leave the fact out if it is not known.")
    match fact.type:
        case "bool":
            if not isinstance(given, bool):
                raise Misfit(f"{given!r} is neither true nor false.{_bare(given)}")
            return given
        case "integer" | "number":
            return _number(fact, given)
        case "date":
            return _day(given)
        case "enum":
            return _one_of(fact, given)
        case "country":
            return _countries(fact, given)
        case "children":
            return _children(given)
        case _:
            return _code(given)


def _number(fact: Fact, given: object) -> Known:
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise Misfit(f"{given!r} is not a number.{_bare(given)}")
    if given != given or abs(given) == float("inf"):
        raise Misfit(f"{given!r} is not a number.")
    if abs(given) > MOST:
        raise Misfit("The number is far too large.")
    if fact.type == "integer" and given != int(given):
        raise Misfit(f"{given!r} is not a whole number.")
    if fact.minimum is not None and given < fact.minimum:
        raise Misfit(f"{given!r} is less than {fact.minimum:g}.")
    if fact.maximum is not None and given > fact.maximum:
        raise Misfit(f"{given!r} is more than {fact.maximum:g}.")
    return int(given) if fact.type == "integer" else float(given)


def _bare(given: object) -> str:
    """A hint for a value that is right but for its quotes."""
    if not isinstance(given, str):
        return ""
    word = given.strip()
    if word.casefold() in ("true", "yes", "false", "no"):
        bare = "true" if word.casefold() in ("true", "yes") else "false"
        return f" Write {bare}, without quotes."
    is_number = word.replace(".", "", 1).removeprefix("-").isdecimal()
    return f" Write {word}, without quotes." if is_number else ""


def _code(given: object) -> str:
    """A classification's code: digits, or a letter with or without digits."""
    word = str(given) if isinstance(given, int) and given is not True else given
    if not isinstance(word, str) or not (len(word) == 1 or _DIGIT.search(word)):
        raise Misfit(f'{given!r} is not a code. Write its number, as "5120".')
    return word


def _day(given: object) -> Known:
    day = read_day(given)
    if day is None:
        raise Misfit(f"{given!r} is not a date. Write it as 2026-06-11.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Misfit(f"{day} is too far away. Leave out what has no end.")
    return day.toordinal()


def read_day(given: object) -> date | None:
    """The day of a date or of a text like 2026-06-11; None if it is neither."""
    if isinstance(given, date):
        return date(given.year, given.month, given.day)
    if not isinstance(given, str) or len(given) != len("2026-06-11"):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _one_of(fact: Fact, given: object) -> Known:
    if isinstance(given, (list, tuple)):
        told = ", ".join(str(g) for g in given)
        raise Misfit(f"Only one value is possible at a time, not several: {told}.")
    if not isinstance(given, str) or given not in fact.values:
        raise Misfit(f"{given!r} is not known. {did_you_mean(str(given), fact.values)}")
    return given


def _countries(fact: Fact, given: object) -> Known:
    several = isinstance(given, (list, tuple))
    listed = list(given) if isinstance(given, (list, tuple)) else [given]
    if several and not fact.many:
        raise Misfit("Only one country is possible here.")
    if not listed:
        raise Misfit("An empty list is not a value. Leave the fact out.")
    try:
        codes = tuple(country_code(code) for code in listed)
    except ValueError as error:
        raise Misfit(str(error)) from None
    return codes if fact.many else codes[0]


def _children(given: object) -> Known:
    if not isinstance(given, (list, tuple)) or len(given) > MANY_CHILDREN:
        raise Misfit("Children are written as a list: [{age: 4}, {age: 9}].")
    ages = []
    for child in given:
        age = child.get("age") if isinstance(child, Mapping) else None
        if isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 120:
            raise Misfit(f"{child!r} is not a child. Write {{age: 4}}.")
        ages.append(age)
    return tuple(ages)


def read_facts(
    declared: Mapping[str, Fact], given: Mapping[str, object], as_of: int
) -> tuple[dict[str, Known], list[BadFact]]:
    """The facts of a case in the engine's form, and everything wrong with them."""
    found: dict[str, Known] = {}
    wrong: list[BadFact] = []
    for name, value in given.items():
        fact = declared.get(name)
        if fact is None:
            hint = did_you_mean(str(name), declared)
            wrong.append(BadFact(str(name), "There is no such fact.", hint))
            continue
        try:
            found[name] = read_value(fact, value)
        except Misfit as misfit:
            wrong.append(BadFact(name, str(misfit)))
    for name, value in found.items():
        wrong.extend(_out_of_order(declared[name], value, {**found, "as_of": as_of}))
    return found, wrong


def _out_of_order(
    fact: Fact, value: Known, facts: Mapping[str, Known]
) -> list[BadFact]:
    wrong = []
    for other, sign, word in (
        (fact.not_before, 1, "before"),
        (fact.not_after, -1, "after"),
    ):
        limit = facts.get(other)
        if not isinstance(value, int) or not isinstance(limit, int):
            continue
        if sign * (value - limit) < 0:
            told = f"{date.fromordinal(value)} is {word} {other} "
            wrong.append(BadFact(fact.name, f"{told}({date.fromordinal(limit)})."))
    return wrong


def shown_value(fact: Fact | None, value: Known | None) -> object:
    """Dates as dates, several nationalities as a list; ``fact`` None: a date."""
    if isinstance(value, int) and (fact is None or fact.type == "date"):
        return date.fromordinal(value)
    if isinstance(value, tuple):
        if fact is not None and fact.type == "children":
            return [{"age": age} for age in value]
        return list(value) if len(value) > 1 else value[0]
    return value
