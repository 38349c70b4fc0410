"""A case as it comes from outside, and what the law answers, for API and console."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gishe.core.rules import (
    Answer,
    Case,
    Fact,
    InputError,
    NextQuestion,
    Pack,
    answer_to,
    next_question,
    read_case,
    standing_of,
)
from gishe.rights import packs


def case_of(given: Mapping[str, Any], today: date) -> tuple[Pack, Case]:
    """The pack and the case; no ``as_of`` means today.

    Raises InputError for what is wrong in the case, NoSuchLaw for its country.
    """
    if isinstance(given, Mapping):
        given = {**given, "as_of": given.get("as_of") or today}
    case = read_case(given)
    return packs.of_country(case.country, case.region), case


def decided(given: Mapping[str, Any], today: date) -> tuple[Pack, Answer]:
    """May this person work, by which law? Raises InputError, NoSuchLaw.

    The answer of the lawbook alone; what lawyers of a city doubt, ``reviews`` adds.
    """
    pack, case = case_of(given, today)
    return pack, answer_to(standing_of(pack, case))


def question_of(
    given: Mapping[str, Any], today: date
) -> tuple[str, NextQuestion | None]:
    """How the case stands, and what to ask next. Raises InputError, NoSuchLaw."""
    pack, case = case_of(given, today)
    standing = standing_of(pack, case)
    return standing.may_work, next_question(standing)


def vocabulary(pack: Pack) -> dict[str, dict[str, Any]]:
    """The facts that a case may give under this pack, as plain mappings by name."""
    return {name: _fact_json(fact) for name, fact in sorted(pack.facts.items())}


def _fact_json(fact: Fact) -> dict[str, Any]:
    told = {
        "type": fact.type,
        "values": list(fact.values),
        "many": fact.many,
        "min": fact.minimum,
        "max": fact.maximum,
        "presumed": fact.presume,
        "question": fact.question.text.get("en", "") if fact.question else "",
    }
    return {
        key: value
        for key, value in told.items()
        if value not in ("", [], None) and value is not False
    }


def question_json(found: NextQuestion) -> dict[str, Any]:
    """A question as plain mappings: words in all languages, options as printed."""
    question = found.question
    return {
        "fact": found.fact,
        "text": dict(question.text),
        "why": dict(question.why),
        "options": [
            {"value": it.value, "text": dict(it.text), "printed": it.printed}
            for it in question.options
        ],
        "values": list(found.values),
    }


def problems_json(error: InputError) -> list[dict[str, str]]:
    return [
        {"fact": it.fact, "message": it.message, "hint": it.hint}
        for it in error.problems
    ]
