"""The bridge: what a form says, as facts of a case, and facts as words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from gishe.core.rules import (
    InputError,
    NextQuestion,
    Pack,
    Standing,
    arises,
    may_ask,
    questions,
    standing_of,
)
from gishe.foundation import collation, languages
from gishe.rights import packs

PREFIX = "f-"
YES, NO, NOT_KNOWN = "yes", "no", "?"
WORD = re.compile(r"[a-z_][a-z_0-9]*")
LONGEST = 40  # letters of a value that a form may send
# A fact asked by the names of papers, and the same asked in plain words of those who
# do not know these names. The plain answers are values of the fact itself.
PLAINLY = {"status": "situation"}
# The group of countries whose citizens work without a permit.
UNION = "eu_eea_ch"
# Where most of those who come are citizens of: first in the list of countries.
MET_MOST = ("UA", "SY", "AF", "IQ", "IR", "MD", "RU", "TR", "GE", "AM", "MA", "NP")
STATELESS = "XX"


@dataclass(frozen=True)
class Given:
    """What a person said so far, in the order of saying it. Kept nowhere.

    ``said``: a value for each fact; None is "I don't know".
    """

    pack: Pack
    said: Mapping[str, object] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, object]:
        """What is known, also what was only said in plain words."""
        known = {name: value for name, value in self.said.items() if value is not None}
        for name, plain in PLAINLY.items():
            if plain in known:
                known.setdefault(name, known[plain])
        return known

    def case(self, day: date) -> dict[str, object]:
        return {"as_of": day, "facts": self.facts}

    def standing(self, day: date) -> Standing:
        return standing_of(self.pack, self.case(day))

    def open_questions(self, day: date) -> list[NextQuestion]:
        """What is worth asking now, best first, without what nobody can answer."""
        standing = self.standing(day)
        asked = (it for it in questions(standing) if it.fact not in self.said)
        return [it for it in asked if arises(standing, it.fact)]

    def concerns(self, name: str, day: date) -> bool:
        """Whether a fact may be asked for now: its question arises, and for certain.

        A question about a job somebody may have in a field that nobody asked about
        concerns nobody yet.
        """
        has_question = self.pack.facts[name].question is not None
        return has_question and arises(self.standing(day), name)

    def may_arise(self, name: str, day: date) -> bool:
        """Whether a question concerns this person, or would if a presumption fell."""
        if self.concerns(name, day):
            return True
        question = self.pack.facts[name].question
        words = WORD.findall(question.ask_if) if question else []
        before = [it for word in words if (it := self.pack.facts.get(word))]
        return any(it.presume and it.name not in self.facts for it in before)

    @property
    def conflict(self) -> tuple[str, ...]:
        """The facts whose answers cannot both be true of one person, if there are."""
        of = self.facts.get("nationality")
        union = self.pack.groups.get(UNION, ())
        is_citizen = self.facts.get("status") == "eu_citizen"
        if is_citizen and isinstance(of, list) and not set(of) & set(union):
            plain = PLAINLY["status"] if self.said.get("status") is None else "status"
            return (plain, "nationality")
        return ()

    def to_say_plainly(self) -> str | None:
        """The plain question to ask of somebody who did not know the papers' names."""
        for name, plain in PLAINLY.items():
            is_open = name in self.said and self.said[name] is None
            if is_open and plain not in self.said and plain in self.pack.facts:
                return plain
        return None

    def saying(self, name: str, value: object) -> "Given":
        return replace(self, said={**self.said, name: value})

    def without(self, name: str) -> "Given":
        said = {key: value for key, value in self.said.items() if key != name}
        return replace(self, said=said)

    def hidden(self) -> list[tuple[str, str]]:
        """Names and values of the hidden fields that carry this to the next page."""
        fields = [("law", self.pack.id)]
        for name, value in self.said.items():
            fields += [(PREFIX + name, text) for text in written(value)]
        return fields


def written(value: object) -> list[str]:
    """A fact's value as a form sends it."""
    if value is None:
        return [NOT_KNOWN]
    if isinstance(value, bool):
        return [YES if value else NO]
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def read_given(pack: Pack, sent: QueryDict, day: date, but: str = "") -> Given:
    """What the hidden fields carry; what does not fit is asked again, not refused.

    ``but``: the fact that is being answered now, which is read on its own.
    """
    given = Given(pack)
    for key in sent:
        name = key.removeprefix(PREFIX)
        if key == name or name == but or name not in pack.facts:
            continue
        try:
            given = take(given, name, sent.getlist(key), day)
        except Unreadable:
            continue
    return given


class Unreadable(Exception):
    """What was written is no answer to this question; the message says what to do."""


def take(given: Given, name: str, values: list[str], day: date) -> Given:
    """The same with one more answer. Raises Unreadable."""
    texts = [text.strip()[:LONGEST] for text in values if text.strip()]
    if not texts:
        raise Unreadable(_("Choose an answer, or “I don't know”."))
    if texts == [NOT_KNOWN]:
        return given.saying(name, None)
    kind = given.pack.facts[name].type
    try:
        value = _value(given.pack, name, texts)
        after = given.saying(name, value)
        after.standing(day)
    except (InputError, ValueError):
        raise Unreadable(_refusal(kind)) from None
    return after


def _refusal(kind: str) -> str:
    if kind == "date":
        return _("This date is not possible. Please look again.")
    if kind in ("integer", "number"):
        return _("This number is not possible. Please look again.")
    return _("This answer is not possible here. Please choose another one.")


def _value(pack: Pack, name: str, texts: list[str]) -> object:
    fact, text = pack.facts[name], texts[0]
    match fact.type:
        case "bool":
            if text not in (YES, NO):
                raise ValueError(text)
            return text == YES
        case "integer":
            return int(text)
        case "number":
            return float(text.replace(",", "."))
        case "date":
            return date.fromisoformat(text)
        case "country":
            codes = list(dict.fromkeys(texts))
            return codes if fact.many else text
        case "children":
            return [{"age": int(text)} for text in texts]
    return text


def still_asked(given: Given, day: date) -> Given:
    """Without the answers to questions that no longer arise.

    Who is no asylum seeker after all has no day of application either.
    """
    for name, plain in PLAINLY.items():
        if given.said.get(name) is not None or name not in given.said:
            given = given.without(plain)
    while True:
        standing = given.standing(day)
        idle = [name for name in given.said if not may_ask(standing, name)]
        if not idle:
            return given
        given = given.without(idle[-1])


def countries() -> list[tuple[str, str]]:
    """Codes and names of countries: those met most and no citizenship, then the rest.

    The rest in the order of the reader's alphabet.
    """
    reader = languages.active()
    rest = [(it, languages.country(it)) for it in languages.countries() - {*MET_MOST}]
    rest.sort(key=lambda named: collation.key(named[1], reader))
    return [*((code, country_name(code)) for code in (*MET_MOST, STATELESS)), *rest]


def in_words(pack: Pack, name: str, value: object) -> str:
    """A fact's value as a person says it, in the page's language."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return languages.full_date(value)
    if isinstance(value, (list, tuple)):
        return languages.joined([in_words(pack, name, item) for item in value])
    if isinstance(value, Mapping):
        return str(value.get("age", ""))
    fact = pack.facts.get(name)
    if fact is not None and fact.type == "country":
        return country_name(str(value))
    return _option(pack, name, str(value)) or str(value)


def country_name(code: str) -> str:
    if code == STATELESS:
        return _("No citizenship (stateless)")
    return languages.country(code)


def _option(pack: Pack, name: str, value: str) -> str:
    fact = pack.facts.get(name)
    for option in fact.question.options if fact and fact.question else ():
        if option.value == value:
            return packs.said(option.text)
    return ""


def printed(pack: Pack, name: str, value: object) -> str:
    """The name of a paper as printed on it, or nothing."""
    fact = pack.facts.get(name)
    for option in fact.question.options if fact and fact.question else ():
        if option.value == value:
            return option.printed
    return ""


def question_text(pack: Pack, name: str) -> str:
    """The question about a fact, or nothing where nobody is asked."""
    fact = pack.facts.get(name)
    return packs.said(fact.question.text) if fact and fact.question else ""


def told(given: Given) -> Iterator[tuple[str, str, str]]:
    """What was said so far: the fact, the question, the answer in words."""
    for name, value in given.said.items():
        if text := question_text(given.pack, name):
            known = value is not None
            words = in_words(given.pack, name, value) if known else _("I don't know")
            yield name, text, words
