"""What the public reads stands in every language of the pack."""

from collections.abc import Iterator, Mapping

from gishe.core.rules._facts import Words7
from gishe.core.rules._law import heads
from gishe.core.rules._pack import AnswerValue, Head, OnlyIf, Pack, Place
from gishe.core.rules._problems import Problem


def word_problems(pack: Pack) -> Iterator[Problem]:
    """Texts that lack a language in which the pack itself has a name."""
    wanted = tuple(pack.name) or ("en",)
    for head in heads(pack):
        if not head.name.startswith("parameter."):
            yield from _of_head(head, wanted)
    for route in pack.routes:
        for step in _steps(route.answer.get("steps")):
            yield from _missing(step, wanted, "A step", _at(route.head))
    for entitlement in pack.entitlements.values():
        found = entitlement.name
        yield from _missing(found, wanted, "The name", ("", 0, entitlement.service))
        for rule in entitlement.rules:
            for text in rule.conditions:
                yield from _missing(text, wanted, "A condition", _at(rule.head))
    yield from _beside(pack, wanted)


def _of_head(head: Head, wanted: tuple[str, ...]) -> Iterator[Problem]:
    yield from _missing(head.text, wanted, "The text", _at(head))
    for name, words in (("met", head.met), ("for_employer", head.for_employer)):
        if words:
            yield from _missing(words, wanted, name, _at(head))


def _beside(pack: Pack, wanted: tuple[str, ...]) -> Iterator[Problem]:
    for definition in pack.definitions.values():
        line = definition.meaning
        at = (line.file, line.line, definition.name)
        yield from _missing(definition.text, wanted, "The text", at)
    for fact in pack.facts.values():
        at = (fact.file, fact.line, fact.name)
        for name, words in (
            ("because", fact.because),
            ("for_employer", fact.for_employer),
        ):
            if words:
                yield from _missing(words, wanted, name, at)
    for parameter in pack.parameters.values():
        for dated in parameter.values[:1]:
            at = (dated.head.file, dated.head.line, parameter.name)
            yield from _missing(parameter.text, wanted, "The text", at)
    places: tuple[Mapping[str, Place], ...] = (pack.acts, pack.offices, pack.documents)
    for place in (place for some in places for place in some.values()):
        yield from _missing(place.name, wanted, "The name", ("", 0, place.code))


def _steps(told: AnswerValue) -> Iterator[Words7]:
    for step in told if isinstance(told, (list, tuple)) else ():
        value = step.value if isinstance(step, OnlyIf) else step
        if isinstance(value, Mapping):
            for key in ("text", "for_employer"):
                words = value.get(key)
                if isinstance(words, Mapping):
                    yield {code: str(word) for code, word in words.items()}


def _at(head: Head) -> tuple[str, int, str]:
    return head.file, head.line, head.name


def _missing(
    words: Words7, wanted: tuple[str, ...], what: str, at: tuple[str, int, str]
) -> Iterator[Problem]:
    missing = [language for language in wanted if not words.get(language)]
    if missing:
        told = f"{what} has no words in {', '.join(missing)}."
        hint = "Write them, or take the language from the name of the pack."
        yield Problem(told, hint, *at)
