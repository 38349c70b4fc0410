"""The same answer of the law, said to the employer: of the person, never "you"."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from gishe.core.rules import Answer, Pack, Reason
from gishe.rights import packs
from gishe.rights.beside import Presumed
from gishe.rights.facts import Given
from gishe.rights.telling import Telling

KEY = "for_employer"


class ForEmployer(Telling):
    """The newcomer's answer in the words that the lawbook has for employers."""

    def __init__(self, given: Given, answer: Answer, day: date) -> None:
        super().__init__(given, said(answer), day)

    @property
    def has_other_words(self) -> bool:
        """An employer answers for somebody else, and reads what the rule says of it."""
        return False

    @cached_property
    def presumed(self) -> list[Presumed]:
        return [
            replace(it, text=packs.words(_because(self.pack, it.fact)))
            for it in super().presumed
        ]


def said(answer: Answer) -> Answer:
    """The answer with the words for the employer where the lawbook has any."""
    return replace(
        answer,
        conditions=tuple(_with(it, "text") for it in answer.conditions),
        warnings=tuple(_with(it, "text") for it in answer.warnings),
        steps=tuple(_with(it, "text") for it in answer.steps),
        duties=tuple(_with(it, "what") for it in answer.duties),
        explain=lambda: tuple(_reason(it) for it in answer.reasons),
    )


def _with(told: Mapping[str, object], key: str) -> Mapping[str, object]:
    return {**told, key: told[KEY]} if told.get(KEY) else told


def _reason(reason: Reason) -> Reason:
    inner = tuple(_reason(it) for it in reason.reasons)
    return replace(reason, text=reason.for_employer or reason.text, reasons=inner)


def _because(pack: Pack, name: str) -> Mapping[str, str]:
    fact = pack.facts[name]
    return fact.for_employer or fact.because
