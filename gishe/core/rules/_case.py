"""A case as it is given, and whether it makes sense."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias, TypeVar

from gishe.core.rules._calendar import months_since
from gishe.core.rules._facts import (
    FIRST_YEAR,
    LAST_YEAR,
    Known,
    read_day,
    read_facts,
)
from gishe.core.rules._pack import Pack
from gishe.core.rules._problems import BadFact, InputError, did_you_mean

KEYS = ("country", "region", "as_of", "facts", "id", "name")
# Other names of regions: ISO 3166-2 and what they call themselves.
REGIONS = {
    "be-vlg": "flanders",
    "vlaanderen": "flanders",
    "vlaams gewest": "flanders",
    "flandre": "flanders",
    "flemish region": "flanders",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is asked: facts by the vocabulary's names, on a day, in a country."""

    as_of: date
    facts: Mapping[str, object] = field(default_factory=dict)
    country: str = ""
    region: str = ""


CaseLike: TypeAlias = Case | Mapping[str, object]


def read_case(given: CaseLike) -> Case:
    """The case of a mapping {country, region, as_of, facts}. Raises InputError."""
    if isinstance(given, Case):
        return given
    if not isinstance(given, Mapping):
        told = "A case is written as {country, as_of, facts: {name: value}}."
        raise InputError([BadFact("", told)])
    wrong = [
        BadFact(str(key), "There is no such key.", did_you_mean(str(key), KEYS))
        for key in given
        if key not in KEYS
    ]
    facts = given.get("facts", {})
    if not isinstance(facts, Mapping):
        wrong.append(BadFact("facts", "Facts are written as {name: value}."))
        facts = {}
    for key in ("country", "region"):
        if not isinstance(given.get(key) or "", str):
            told = f"{given[key]!r} is not a word."
            wrong.append(BadFact(key, told, "Write it as BG, or leave it out."))
    as_of = read_day(given.get("as_of"))
    if as_of is None:
        told = "The day of the question is missing or no date."
        wrong.append(BadFact("as_of", told, "Write it as 2026-06-11."))
    elif not FIRST_YEAR <= as_of.year <= LAST_YEAR:
        wrong.append(BadFact("as_of", f"{as_of} is too far away."))
    if wrong or as_of is None:
        raise InputError(wrong)
    return Case(
        as_of=as_of,
        facts=facts,
        country=str(given.get("country") or "").strip().upper(),
        region=_region(str(given.get("region") or "")),
    )


def _region(given: str) -> str:
    word = given.strip()
    return REGIONS.get(word.casefold(), word)


def check_case(pack: Pack, case: Case) -> dict[str, Known]:
    """The facts in the engine's form. Raises InputError with everything wrong."""
    wrong = [*_wrong_place(pack, case)]
    found, misfits = read_facts(pack.facts, case.facts, case.as_of.toordinal())
    misfits = [_beside(it) if it.fact in KEYS else it for it in misfits]
    wrong += [*misfits, *_contradictions(pack, found, case)]
    if wrong:
        raise InputError(wrong)
    return found


def _beside(misfit: BadFact) -> BadFact:
    told = "Write it beside facts, not among them."
    return BadFact(misfit.fact, misfit.message, told)


def _wrong_place(pack: Pack, case: Case) -> Iterable[BadFact]:
    if case.country and case.country != pack.country:
        hint = f"Write {pack.country}."
        yield BadFact("country", f"This is the law of {pack.country}.", hint)
    region = case.region.casefold()
    if region and pack.region and region != pack.region.casefold():
        yield BadFact("region", f"This is the law of {pack.region}.")


def _contradictions(
    pack: Pack, facts: Mapping[str, Known], case: Case
) -> Iterable[BadFact]:
    """Facts that cannot both be true of one person."""
    yield from _share_and_heads(facts)
    born, age = facts.get("birth_date"), facts.get("age")
    if not isinstance(born, int):
        return
    day = date.fromordinal(born)
    if day > case.as_of:
        if pack.facts["birth_date"].not_after:
            return  # told already
        told = f"{day} is after the day of the question ({case.as_of})."
        yield BadFact("birth_date", told)
    elif isinstance(age, int) and age != (years := months_since(day, case.as_of) // 12):
        told = f"Born on {day}, a person is {years} on {case.as_of}, not {age}."
        yield BadFact("age", told, "Give one of the two.")


def _share_and_heads(facts: Mapping[str, Known]) -> Iterable[BadFact]:
    """A share of the staff, and the heads that it is a share of."""
    part = facts.get("employer_tcn_count_12m")
    whole = facts.get("employer_average_headcount_12m")
    share = facts.get("employer_tcn_share_pct")
    if not isinstance(part, int) or not isinstance(whole, (int, float)):
        return
    if part > whole:
        told = f"{part} of {whole:g} is not possible."
        yield BadFact("employer_tcn_count_12m", told, "The headcount counts everybody.")
    elif whole and isinstance(share, float) and abs(share - 100 * part / whole) > 1:
        told = (
            f"{part} of {whole:g} is {100 * part / whole:.4g} percent, not {share:g}."
        )
        yield BadFact("employer_tcn_share_pct", told, "Give one of the two.")


class Placed(Protocol):
    """A pack, or what is told about one."""

    @property
    def country(self) -> str: ...

    @property
    def region(self) -> str: ...


PlacedT = TypeVar("PlacedT", bound=Placed)


def choose(packs: Iterable[PlacedT], country: str, region: str = "") -> PlacedT:
    """The pack for a country and region. Raises InputError if there is none."""
    known = list(packs)
    of_country = [pack for pack in known if pack.country == country]
    if not of_country:
        told = f"There is no law of {country or 'no country'} here."
        there = ", ".join(sorted({pack.country for pack in known}))
        raise InputError([BadFact("country", told, f"There is: {there}.")])
    wanted = region.casefold()
    for pack in of_country:
        if pack.region.casefold() == wanted:
            return pack
    if wanted and any(not pack.region for pack in of_country):
        return next(pack for pack in of_country if not pack.region)
    there = ", ".join(sorted(pack.region for pack in of_country))
    if not wanted and len(of_country) == 1:
        return of_country[0]
    told = f"There is no law of {region or 'the whole country'} here."
    raise InputError([BadFact("region", told, f"There is: {there}.")])
