"""The walk through the questions: which comes now, and about how many are left."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import QueryDict

from gishe.core.rules import (
    InputError,
    Pack,
    Standing,
    answer_to,
    hanging_on,
)
from gishe.foundation.translated import Translated
from gishe.rights import facts, packs
from gishe.rights.facts import Given

MOST_ASKED = 6  # with an answer at hand, nobody is asked more than this
MOST_UNKNOWN = 4  # who does not know so often is better told whom to ask
LIGHT_ENOUGH = 2  # cost times sensitivity of a question that only makes it more exact
MOST_AT_SIGHT = 8  # choices that are seen at once
HEAVY = 6  # the same, of a question that brings the only day there is
WALKS = 8  # invented people who answer, to count the questions that are left


@dataclass(frozen=True)
class Choice:
    """One answer to choose, with the name printed on the paper, if there is one."""

    value: str
    text: Translated | str
    printed: str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """One question, ready for its page."""

    fact: str
    kind: str
    text: Translated
    why: Translated
    choices: tuple[Choice, ...]
    value: str
    other: str
    least: float | None
    most: float | None
    many: bool

    @property
    def is_about_papers(self) -> bool:
        """Many papers: those who have none of them open the rest of the list."""
        return bool(self.with_paper) and len(self.choices) > MOST_AT_SIGHT

    @property
    def with_paper(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.printed]

    @property
    def without_paper(self) -> list[Choice]:
        return [choice for choice in self.choices if not choice.printed]

    @property
    def usual_countries(self) -> tuple[Choice, ...]:
        """Where most of those who come are citizens of, and citizens of no country."""
        return self.choices[: len(facts.MET_MOST) + 1]

    @property
    def other_countries(self) -> tuple[Choice, ...]:
        return self.choices[len(facts.MET_MOST) + 1 :]

    @property
    def is_without_paper(self) -> bool:
        return any(choice.is_chosen for choice in self.without_paper)


def next_fact(given: Given, day: date) -> str | None:
    """The fact to ask for now; None when it is time for the answer."""
    standing = given.standing(day)
    if given.conflict:
        return None
    if sum(name not in given.facts for name in given.said) >= MOST_UNKNOWN:
        return None
    if standing.may_work == "unknown":
        if plain := given.to_say_plainly():
            return plain
        if found := given.open_questions(day):
            return found[0].fact
        is_law = standing.way and standing.in_doubt
        if not is_law or set(standing.waits_for) & set(given.said):
            return None
    if len(given.said) >= MOST_ASKED:
        return None
    return next(_more_exact(given, standing), None)


def _more_exact(given: Given, standing: Standing) -> Iterator[str]:
    """Light questions that do not change the answer but what comes with it.

    What was only presumed, and what a warning or the last day hangs on. Where nobody
    verified the law, that is all there is to say, and worth a heavier question.
    """
    answer = answer_to(standing, alternatives=False)
    is_open = standing.may_work == "unknown"
    most = HEAVY if is_open else LIGHT_ENOUGH
    wanted = {*([] if is_open else answer.presumed), *hanging_on(standing)}
    found = []
    for name in wanted - set(given.said):
        question = given.pack.facts[name].question
        if question is None or question.cost * question.sensitivity > most:
            continue
        if given.concerns(name, standing.day):
            found.append((question.order, name))
    return iter([name for _, name in sorted(found)])


def asked(given: Given, name: str) -> Asked:
    """The question about a fact with the answer given so far, if there is one."""
    fact = given.pack.facts[name]
    assert fact.question is not None
    said = given.said.get(name)
    texts = facts.written(said) if said is not None else []
    return Asked(
        fact=name,
        kind=fact.type,
        text=packs.words(fact.question.text),
        why=packs.words(fact.question.why),
        choices=tuple(_choices(given.pack, name, texts)),
        value=texts[0] if texts else "",
        other=texts[1] if len(texts) > 1 else "",
        least=fact.minimum,
        most=fact.maximum,
        many=fact.many,
    )


def _choices(pack: Pack, name: str, chosen: list[str]) -> Iterator[Choice]:
    fact = pack.facts[name]
    if fact.type == "bool":
        for value in (facts.YES, facts.NO):
            text = facts.in_words(pack, name, value == facts.YES)
            yield Choice(value, text, "", value in chosen)
    elif fact.type == "country":
        for code, country in facts.countries():
            yield Choice(code, country, "", code in chosen)
    elif fact.question:
        of = {plain: meant for meant, plain in facts.PLAINLY.items()}.get(name, name)
        for option in fact.question.options:
            if option.value in pack.facts[of].values:
                words = packs.words(option.text)
                is_chosen = option.value in chosen
                yield Choice(option.value, words, option.printed, is_chosen)


def about_left(given: Given, name: str, day: date) -> int:
    """About how many questions are left, the one about ``name`` among them.

    A few invented people answer at random, always the same ones; the middle of
    their numbers is told.
    """
    walks = (_walked(given, name, day, seed) for seed in range(WALKS))
    counts = sorted(count for _, count in walks)
    return counts[len(counts) // 2]


def would_settle(given: Given, day: date) -> bool:
    """Whether answers to what somebody could not answer might settle it.

    Where nobody's answers would, it is the law itself that nobody verified.
    """
    known = Given(given.pack, given.facts)
    name = next_fact(known, day)
    walks = (_walked(known, name, day, seed) for seed in range(WALKS))
    return any(it.standing(day).may_work != "unknown" for it, _ in walks)


def _walked(given: Given, name: str | None, day: date, seed: int) -> tuple[Given, int]:
    """An invented person at the end of the questions, and how many there were."""
    chance, count = random.Random(seed), 0
    while name is not None and count < 2 * MOST_ASKED:
        count += 1
        value = _anything(given.pack, name, day, chance)
        try:
            after = given.saying(name, value)
            after.standing(day)
        except InputError:
            after = given.saying(name, None)
        given = after
        name = next_fact(given, day)
    return given, count


def _anything(pack: Pack, name: str, day: date, chance: random.Random) -> object:
    fact = pack.facts[name]
    match fact.type:
        case "bool":
            return chance.random() < 0.5
        case "integer" | "number":
            low = max(fact.minimum or 0, 0)
            high = fact.maximum if fact.maximum is not None else low + 60
            return int(low + chance.random() * (high - low))
        case "date":
            return day + timedelta(days=chance.randint(-500, 500))
        case "country":
            code = chance.choice(facts.MET_MOST)
            return [code] if fact.many else code
    options = [choice.value for choice in _choices(pack, name, [])]
    return chance.choice(options) if options else None


@dataclass(frozen=True)
class Turn:
    """One page of the walk: a question, or (``asked`` None) time for the answer."""

    given: Given
    asked: Asked | None
    error: str = ""
    left: int = 0
    is_change: bool = False

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The hidden fields of the question's own form."""
        given = self.given.without(self.asked.fact) if self.asked else self.given
        return given.hidden()

    @property
    def last_said(self) -> str:
        """The fact that "back" leads to."""
        now = self.asked.fact if self.asked else ""
        said = [name for name in self.given.said if name != now]
        return said[-1] if said else ""


def turn(sent: QueryDict, day: date) -> Turn:
    """What comes after a form: the next question, the same once more, or the answer.

    A form names the fact it answers (``asking``); ``skip`` is "I don't know",
    ``change`` goes back to an earlier fact, ``answer`` asks no more.
    """
    pack = _law(sent.get("law", ""))
    fact, change = sent.get("asking", ""), sent.get("change", "")
    is_answer = fact in pack.facts and not change
    given = facts.read_given(pack, sent, day, but=fact if is_answer else "")
    if change and (found := pack.facts.get(change)) and found.question:
        return _ask(given, change, day, is_change=True)
    if is_answer:
        values = sent.getlist(facts.PREFIX + fact)
        try:
            known = [facts.NOT_KNOWN] if "skip" in sent else values
            given = facts.take(given, fact, known, day)
        except facts.Unreadable as error:
            return _ask(given, fact, day, error=str(error))
    given = facts.still_asked(given, day)
    name = None if "answer" in sent else next_fact(given, day)
    return _ask(given, name, day) if name else Turn(given, None)


def first(sent: QueryDict, day: date) -> Turn:
    """The first question; the address may name the law, and nothing about a person."""
    empty = Given(_law(sent.get("law", "")))
    name = next_fact(empty, day)
    return _ask(empty, name, day) if name else Turn(empty, None)


def given(sent: QueryDict, day: date) -> Given:
    """What the hidden fields of an answer's page carry."""
    pack = _law(sent.get("law", ""))
    return facts.still_asked(facts.read_given(pack, sent, day), day)


def _ask(
    given: Given, name: str, day: date, *, error: str = "", is_change: bool = False
) -> Turn:
    left = about_left(given.without(name), name, day)
    return Turn(given, asked(given, name), error, left, is_change)


def _law(name: str) -> Pack:
    try:
        return packs.by_id(name or settings.LAW)
    except packs.NoSuchLaw:
        return packs.home()
