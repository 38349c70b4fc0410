"""Golden cases: does every sentence come out as it is written?"""

from collections.abc import Iterator, Mapping
from datetime import date

from gishe.core.rules._answer import Answer, Reason, plain
from gishe.core.rules._answer_reasons import UNVERIFIED
from gishe.core.rules._case import Case
from gishe.core.rules._decide import decide
from gishe.core.rules._pack import Golden, Pack
from gishe.core.rules._problems import InputError, Problem, did_you_mean

CODES = ("code", "id", "answer", "route", "fact")
FIELDS = tuple(name for name in Answer.__dataclass_fields__ if name != "explain")


def check_golden(pack: Pack) -> tuple[list[Problem], set[str]]:
    """What does not come out as written, and the rules that had a part in a case."""
    problems: list[Problem] = []
    used: set[str] = set()
    for case in pack.cases:
        try:
            answer = decide(pack, Case(as_of=case.as_of, facts=case.facts))
        except InputError as error:
            problems.append(_wrong(case, f"The facts cannot be read: {error}."))
            continue
        used |= rules_in(answer)
        problems += differences(case, answer)
    return problems, used


def differences(case: Golden, answer: Answer) -> Iterator[Problem]:
    """Where an answer is not what the case expects, or what it must never be."""
    told = {name: plain(getattr(answer, name)) for name in FIELDS}
    for key, expected in case.expect.items():
        if key not in told:
            hint = did_you_mean(key, told)
            yield _wrong(case, f"An answer has no field {key}.", hint)
        elif not matches(expected, told[key]):
            given = _short(told[key])
            yield _wrong(case, f"{key} is {given}, not {_short(expected)}.")
    for key, excluded in case.never.items():
        if matches(excluded, told.get(key)):
            yield _wrong(case, f"{key} must never be {_short(excluded)}, and is.")


def matches(expected: object, given: object) -> bool:
    """Of a mapping only the keys expected, of a list every entry expected."""
    if isinstance(expected, date):
        expected = expected.isoformat()
    if isinstance(expected, list):
        found = given if isinstance(given, list) else []
        if not expected:
            return not found
        return all(any(matches(item, entry) for entry in found) for item in expected)
    if isinstance(given, Mapping):
        if isinstance(expected, Mapping):
            return all(
                matches(value, given.get(key)) for key, value in expected.items()
            )
        return any(given.get(code) == expected for code in CODES if code in given)
    if expected is None:
        return given in (None, [], {})
    if isinstance(expected, bool) or isinstance(given, bool):
        return expected is given
    return expected == given


def rules_in(answer: Answer) -> set[str]:
    """The names of all rules that had a part in an answer."""
    found = {answer.route} if answer.route else set()  # open, too: it is this route's
    for reason in answer.reasons:
        found |= _rules(reason)
    listed = (*answer.duties, *answer.warnings)
    found |= {str(part["id"]) for part in listed}
    return found | {str(part["rule"]) for part in answer.entitlements.values()}


def _rules(reason: Reason) -> set[str]:
    found = {reason.rule} if reason.rule and reason.value != "unknown" else set()
    if reason.rule and reason.says == UNVERIFIED:
        found.add(reason.rule)
    return found.union(*(_rules(inner) for inner in reason.reasons))


def _short(value: object) -> str:
    return str(plain(value)).replace("None", "nothing")[:200]


def _wrong(case: Golden, message: str, hint: str = "") -> Problem:
    return Problem(message, hint, case.file, case.line, f'"{case.name}"')
